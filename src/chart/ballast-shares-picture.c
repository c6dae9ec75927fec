/*
 * Ranked bars: what stands beside a class.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-shares-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ballast-chart-model.h"

#define ROW_PX 30.0
#define MIN_ROW_PX 18.0
#define BAR_PX 8.0
#define VALUE_PX 52.0
#define MAX_NAME_PX 150.0

static void
shares_layout (BallastPicture   *base,
               double            width,
               double            height,
               BallastChartFont *font)
{
  BallastSharesPicture *self = (BallastSharesPicture *) base;
  const BallastTextMeasure *measure = ballast_chart_font_get_measure (font);
  double widest = 0;

  for (guint i = 0; i < self->n; i++)
    widest = MAX (widest, measure->get_width (self->rows[i].name, measure->user_data));
  self->name_width = MIN (ceil (widest) + 14, MIN (MAX_NAME_PX, width * 0.4));
  self->row_height = CLAMP (height / MAX (self->n, 1), MIN_ROW_PX, ROW_PX);
}

static BallastChartRect
shares_get_area (BallastPicture *base,
                 guint           part)
{
  BallastSharesPicture *self = (BallastSharesPicture *) base;

  return (BallastChartRect){ 0, self->row_height * part, base->width, self->row_height };
}

static int
shares_hit (BallastPicture *base,
            double          x,
            double          y)
{
  BallastSharesPicture *self = (BallastSharesPicture *) base;
  double place = y / self->row_height;

  return place < 0 || place >= self->n || x < 0 || x > base->width ? -1 : (int) place;
}

static int
shares_step (BallastPicture *base,
             int             part,
             int             dx,
             int             dy)
{
  int last = (int) ((BallastSharesPicture *) base)->n - 1;

  return part < 0 ? MIN (0, last) : CLAMP (part + CLAMP (dy, -last, last), 0, last);
}

static double
get_share (const BallastSharesPicture *self,
           guint                       row)
{
  return self->images == 0 ? 0 : (double) self->rows[row].images / self->images;
}

static void
draw_bar (cairo_t   *cr,
          double     x,
          double     y,
          double     width,
          BallastInk ink,
          double     opacity)
{
  double radius = MIN (BAR_PX, width) / 2;

  if (width <= 0)
    return;
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + radius, y, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, x + width - radius, y, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
  ballast_chart_set_ink (cr, &ink, opacity);
  cairo_fill (cr);
}

static void
draw_row (BallastSharesPicture *self,
          cairo_t              *cr,
          guint                 row,
          const BallastTheme   *theme,
          BallastChartFont     *font)
{
  double y = self->row_height * (row + 0.5), start = self->name_width;
  double room = MAX (self->base.width - start - VALUE_PX, 1);
  gboolean lit = self->base.lit == (int) row;
  BallastTextPlace name = { 0, y, BALLAST_TEXT_START, 1, lit, 0, self->name_width - 12 };
  BallastTextPlace value = { self->base.width, y, BALLAST_TEXT_END, 1, lit };
  g_autofree char *text = g_strdup_printf ("%.0f\u202f%%", 100 * get_share (self, row));

  ballast_chart_font_draw (font, cr, self->rows[row].name, &name, &theme->foreground);
  draw_bar (cr, start, y, room, theme->track, 1);
  draw_bar (cr, start, y, MAX (room * get_share (self, row), 3), self->rows[row].ink, 1);
  ballast_chart_font_draw (font, cr, text, &value, lit ? &theme->foreground : &theme->dim);
}

static void
shares_draw (BallastPicture     *base,
             cairo_t            *cr,
             const BallastTheme *theme,
             BallastChartFont   *font)
{
  BallastSharesPicture *self = (BallastSharesPicture *) base;

  for (guint i = 0; i < self->n; i++)
    draw_row (self, cr, i, theme, font);
  if (base->focused && base->lit >= 0)
    {
      BallastChartRect area = shares_get_area (base, base->lit);

      cairo_rectangle (cr, area.x + 0.75, area.y + 1, area.width - 1.5, area.height - 2);
      ballast_chart_set_ink (cr, &theme->accent, 1);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
    }
}

static char *
shares_describe (BallastPicture *base,
                 guint           part)
{
  BallastSharesPicture *self = (BallastSharesPicture *) base;
  g_autofree char *count = ballast_chart_format_count (self->rows[part].images);
  g_autofree char *images = ballast_chart_format_count (self->images);

  return g_strdup_printf (_("%.0f\u202f%% of “%s” images hold “%s” (%s of %s)"),
                          100 * get_share (self, part), self->name, self->rows[part].name, count,
                          images);
}

static BallastPictureTable *
shares_make_table (BallastPicture *base)
{
  BallastSharesPicture *self = (BallastSharesPicture *) base;
  const char *const titles[] = { _("Class"), _("Images"), _("Share"), NULL };
  BallastPictureTable *table = ballast_picture_table_new (titles, 1, self->n);

  for (guint i = 0; i < self->n; i++)
    {
      ballast_picture_table_take (table, i, 0, g_strdup (self->rows[i].name));
      ballast_picture_table_take (table, i, 1, ballast_chart_format_count (self->rows[i].images));
      ballast_picture_table_take (table, i, 2,
                                  g_strdup_printf (_("%.1f\u202f%%"), 100 * get_share (self, i)));
    }
  return table;
}

static double
shares_get_height (BallastPicture   *base,
                   double            width,
                   BallastChartFont *font)
{
  return ROW_PX * MAX (((BallastSharesPicture *) base)->n, 1);
}

static void
shares_free (BallastPicture *base)
{
  BallastSharesPicture *self = (BallastSharesPicture *) base;

  for (guint i = 0; i < self->n; i++)
    g_free (self->rows[i].name);
  g_free (self->rows);
  g_free (self->name);
  g_free (self);
}

BallastSharesPicture *
ballast_shares_picture_new (guint       n,
                            const char *name,
                            guint64     images)
{
  static const BallastPictureClass class = {
    shares_layout, shares_draw, shares_hit, shares_get_area, shares_step,
    shares_describe, shares_make_table, shares_get_height, shares_free,
  };
  BallastSharesPicture *self = g_new0 (BallastSharesPicture, 1);

  self->base.class = &class;
  self->base.lit = -1;
  self->n = n;
  self->rows = g_new0 (BallastSharesRow, n);
  self->name = g_strdup (name);
  self->images = images;
  return self;
}
