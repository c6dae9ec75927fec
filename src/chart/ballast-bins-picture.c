/*
 * Histograms whose bins say what they are.
 *
 * The axis has no numbers of its own: counts stand above the columns where they fit, and pointing
 * tells them with their share.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-bins-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ballast-chart-model.h"

#define GAP 3.0
#define RADIUS 3.0
#define MAX_COLUMN_PX 96.0
#define SMALL 0.88
#define OPACITY 0.8
#define HEIGHT_PX 168.0

static double
get_slot (const BallastBinsPicture *self)
{
  return self->plot.width / MAX (self->n, 1);
}

static guint64
get_most (const BallastBinsPicture *self)
{
  guint64 most = 1;

  for (guint i = 0; i < self->n; i++)
    most = MAX (most, self->counts[i]);
  return most;
}

static guint64
get_sum (const BallastBinsPicture *self)
{
  guint64 sum = 0;

  for (guint i = 0; i < self->n; i++)
    sum += self->counts[i];
  return sum;
}

static void
bins_layout (BallastPicture   *base,
             double            width,
             double            height,
             BallastChartFont *font)
{
  BallastBinsPicture *self = (BallastBinsPicture *) base;
  const BallastTextMeasure *measure = ballast_chart_font_get_measure (font);
  double line = measure->line_height + 2, below = line * (self->title != NULL ? 2 : 1);
  g_autofree char *most = ballast_chart_format_count (get_most (self));
  double wide = MIN (width, MAX_COLUMN_PX * MAX (self->n, 1));

  self->plot = (BallastChartRect){ (width - wide) / 2, line, wide, MAX (height - line - below, 1) };
  self->values = measure->get_width (most, measure->user_data) * SMALL + 2 <= get_slot (self);
}

static BallastChartRect
bins_get_area (BallastPicture *base,
               guint           part)
{
  BallastBinsPicture *self = (BallastBinsPicture *) base;

  return (BallastChartRect){ self->plot.x + get_slot (self) * part, self->plot.y, get_slot (self),
                             self->plot.height };
}

static int
bins_hit (BallastPicture *base,
          double          x,
          double          y)
{
  BallastBinsPicture *self = (BallastBinsPicture *) base;
  double place = (x - self->plot.x) / get_slot (self);

  return place < 0 || place >= self->n || y < 0 || y > self->base.height ? -1 : (int) place;
}

static int
bins_step (BallastPicture *base,
           int             part,
           int             dx,
           int             dy)
{
  BallastBinsPicture *self = (BallastBinsPicture *) base;
  int last = (int) self->n - 1;

  return part < 0 ? MIN (0, last) : CLAMP (part + CLAMP (dx, -last, last), 0, last);
}

static void
draw_bin (BallastBinsPicture *self,
          cairo_t            *cr,
          guint               bin,
          const BallastTheme *theme,
          BallastChartFont   *font)
{
  BallastChartRect slot = bins_get_area (&self->base, bin);
  double line = ballast_chart_font_get_measure (font)->line_height;
  double height = slot.height * (double) self->counts[bin] / (double) get_most (self);
  BallastChartRect bar = { slot.x + GAP / 2, slot.y, MAX (slot.width - GAP, 1), 0 };
  BallastTextPlace value = { slot.x + slot.width / 2, 0, BALLAST_TEXT_CENTRE, SMALL };
  g_autofree char *count = ballast_chart_format_count (self->counts[bin]);
  gboolean lit = self->base.lit == (int) bin;

  bar.height = self->counts[bin] > 0 ? MAX (height, 1) : 0;
  bar.y = slot.y + slot.height - bar.height;
  ballast_chart_path_bar (cr, &bar, RADIUS);
  ballast_chart_set_ink (cr, &theme->accent, lit ? 1 : OPACITY);
  cairo_fill (cr);
  if (self->counts[bin] > 0 && (self->values || lit))
    {
      value.y = bar.y - line / 2;
      value.bold = lit;
      ballast_chart_font_draw (font, cr, count, &value, lit ? &theme->foreground : &theme->dim);
    }
  if (self->labels[bin] != NULL)
    {
      value.y = slot.y + slot.height + line / 2 + 3;
      value.bold = FALSE;
      ballast_chart_font_draw (font, cr, self->labels[bin], &value, &theme->dim);
    }
}

static void
bins_draw (BallastPicture     *base,
           cairo_t            *cr,
           const BallastTheme *theme,
           BallastChartFont   *font)
{
  BallastBinsPicture *self = (BallastBinsPicture *) base;
  double y = floor (self->plot.y + self->plot.height) + 0.5;
  BallastTextPlace title = { self->plot.x + self->plot.width / 2,
                             base->height - ballast_chart_font_get_measure (font)->line_height / 2,
                             BALLAST_TEXT_CENTRE, SMALL, .max_width = base->width };

  for (guint i = 0; i < self->n; i++)
    draw_bin (self, cr, i, theme, font);
  cairo_move_to (cr, self->plot.x, y);
  cairo_line_to (cr, self->plot.x + self->plot.width, y);
  ballast_chart_set_ink (cr, &theme->axis, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  if (self->title != NULL)
    ballast_chart_font_draw (font, cr, self->title, &title, &theme->dim);
  if (base->focused && base->lit >= 0)
    {
      BallastChartRect area = bins_get_area (base, base->lit);

      cairo_rectangle (cr, area.x + 0.5, area.y, area.width - 1, area.height);
      ballast_chart_set_ink (cr, &theme->accent, 1);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
    }
}

static char *
bins_describe (BallastPicture *base,
               guint           part)
{
  BallastBinsPicture *self = (BallastBinsPicture *) base;
  g_autofree char *count = ballast_chart_format_count (self->counts[part]);

  /* Translators: of a histogram: what the bin is, how many, of what, their share: "medium, 32² to
   * 96² px: 1 526 objects, 31.2 %". */
  return g_strdup_printf (_("%s: %s %s, %.1f\u202f%%"), self->whole[part], count, self->unit,
                          100.0 * self->counts[part] / MAX (get_sum (self), 1));
}

static BallastPictureTable *
bins_make_table (BallastPicture *base)
{
  BallastBinsPicture *self = (BallastBinsPicture *) base;
  const char *const titles[] = { self->title != NULL ? self->title : "", self->unit, _("Share"),
                                 NULL };
  BallastPictureTable *table = ballast_picture_table_new (titles, 1, self->n);

  for (guint i = 0; i < self->n; i++)
    {
      ballast_picture_table_take (table, i, 0, g_strdup (self->whole[i]));
      ballast_picture_table_take (table, i, 1, ballast_chart_format_count (self->counts[i]));
      ballast_picture_table_take (table, i, 2,
                                  g_strdup_printf (_("%.1f\u202f%%"), 100.0 * self->counts[i] /
                                                   MAX (get_sum (self), 1)));
    }
  return table;
}

static double
bins_get_height (BallastPicture   *base,
                 double            width,
                 BallastChartFont *font)
{
  return HEIGHT_PX;
}

static void
bins_free (BallastPicture *base)
{
  BallastBinsPicture *self = (BallastBinsPicture *) base;

  for (guint i = 0; i < self->n; i++)
    {
      g_free (self->labels[i]);
      g_free (self->whole[i]);
    }
  g_free (self->labels);
  g_free (self->whole);
  g_free (self->counts);
  g_free (self->title);
  g_free (self->unit);
  g_free (self);
}

BallastBinsPicture *
ballast_bins_picture_new (guint       n,
                          const char *title,
                          const char *unit)
{
  static const BallastPictureClass class = {
    bins_layout, bins_draw, bins_hit, bins_get_area, bins_step,
    bins_describe, bins_make_table, bins_get_height, bins_free,
  };
  BallastBinsPicture *self = g_new0 (BallastBinsPicture, 1);

  self->base.class = &class;
  self->base.lit = -1;
  self->n = n;
  self->counts = g_new0 (guint64, n);
  self->labels = g_new0 (char *, n);
  self->whole = g_new0 (char *, n);
  self->title = g_strdup (title);
  self->unit = g_strdup (unit);
  return self;
}

void
ballast_bins_picture_set (BallastBinsPicture *self,
                          guint               bin,
                          guint64             count,
                          char               *label,
                          char               *whole)
{
  g_return_if_fail (bin < self->n);

  self->counts[bin] = count;
  g_free (self->labels[bin]);
  g_free (self->whole[bin]);
  self->labels[bin] = label;
  self->whole[bin] = whole;
}
