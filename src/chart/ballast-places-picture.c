/*
 * Maps of where boxes lie.
 *
 * A map is drawn as a small image that is enlarged smoothly: the eye reads hills, not cells.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-places-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ballast-chart-model.h"
#include "ballast-colour-ramp.h"

#define GAP_PX 12.0
#define TILE_PX 64.0       /* the least width of a small map */
#define LARGE_SHARE 0.42   /* of the width, for the first one */
#define MAX_LARGE_PX 340.0
#define LEGEND_PX 26.0
#define SMALL 0.88
#define RADIUS 5.0

double
ballast_places_map_get_most (const BallastPlacesMap *map,
                             guint                   cells)
{
  float most = 0;

  for (guint i = 0; i < cells * cells; i++)
    most = MAX (most, map->shares[i]);
  return most;
}

/* The map itself; its name stands below. */
static BallastChartRect
get_map_area (const BallastPlacesPicture *self,
              guint                       part)
{
  guint place = part - 1;
  double step = self->tile / self->aspect + self->line + GAP_PX / 2;

  if (part == 0)
    return (BallastChartRect){ 0, 0, self->large, self->large / self->aspect };
  return (BallastChartRect){ self->large + GAP_PX + (self->tile + GAP_PX) * (place % self->columns),
                             step * (place / self->columns), self->tile, self->tile / self->aspect };
}

/* Maps that would hang out below are left away. */
static gboolean
is_shown (const BallastPlacesPicture *self,
          guint                       part)
{
  BallastChartRect area = get_map_area (self, part);

  return part == 0 || (area.width > 8 && area.y + area.height + self->line <= self->base.height + 1);
}

static void
places_layout (BallastPicture   *base,
               double            width,
               double            height,
               BallastChartFont *font)
{
  BallastPlacesPicture *self = (BallastPlacesPicture *) base;
  double rest;
  guint most;

  self->line = ballast_chart_font_get_measure (font)->line_height + 4;
  self->large = MIN (MIN (width * (self->n > 1 ? LARGE_SHARE : 1), MAX_LARGE_PX),
                     MAX (height - self->line - LEGEND_PX, 20) * self->aspect);
  rest = width - self->large - GAP_PX;
  most = MAX ((guint) (MAX (rest + GAP_PX, 0) / (TILE_PX + GAP_PX)), 1);
  self->columns = 0;
  do
    {
      self->columns++;
      self->tile = MIN ((rest + GAP_PX) / self->columns - GAP_PX, self->large);
    }
  while (self->columns < most && self->n > 1 && !is_shown (self, self->n - 1));
}

static BallastChartRect
places_get_area (BallastPicture *base,
                 guint           part)
{
  BallastPlacesPicture *self = (BallastPlacesPicture *) base;
  BallastChartRect area = get_map_area (self, part);

  area.height += self->line;
  return area;
}

static int
places_hit (BallastPicture *base,
            double          x,
            double          y)
{
  BallastPlacesPicture *self = (BallastPlacesPicture *) base;

  for (guint i = 0; i < self->n; i++)
    {
      BallastChartRect area = places_get_area (base, i);

      if (is_shown (self, i) && x >= area.x && x < area.x + area.width && y >= area.y &&
          y < area.y + area.height)
        return i;
    }
  return -1;
}

static int
places_step (BallastPicture *base,
             int             part,
             int             dx,
             int             dy)
{
  BallastPlacesPicture *self = (BallastPlacesPicture *) base;
  int last = (int) self->n - 1, next;

  while (last > 0 && !is_shown (self, last))
    last--;
  if (part < 0 || last < 0)
    return MIN (0, last);
  next = part + CLAMP (dx, -last, last) + CLAMP (dy, -last, last) * (int) self->columns;
  return CLAMP (next, 0, last);
}

/* (transfer full) */
static cairo_surface_t *
make_surface (const BallastPlacesPicture *self,
              const BallastPlacesMap     *map,
              gboolean                    dark)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->cells, self->cells);
  double most = ballast_places_map_get_most (map, self->cells);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (guint row = 0; row < self->cells; row++)
    for (guint column = 0; column < self->cells; column++)
      {
        double heat = most > 0 ? map->shares[row * self->cells + column] / most : 0;
        BallastInk ink = ballast_colour_ramp_get (heat, dark);
        guint32 *pixel = (guint32 *) (gpointer) (pixels + (gsize) row * stride + column * 4);

        *pixel = (guint32) (ink.red * 255 + 0.5f) << 16 | (guint32) (ink.green * 255 + 0.5f) << 8 |
                 (guint32) (ink.blue * 255 + 0.5f);
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
path_round (cairo_t                *cr,
            const BallastChartRect *area)
{
  double right = area->x + area->width, bottom = area->y + area->height;
  double radius = MIN (RADIUS, MIN (area->width, area->height) / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, area->y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, area->x + radius, bottom - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, area->x + radius, area->y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
draw_map (BallastPlacesPicture *self,
          cairo_t              *cr,
          guint                 part,
          const BallastTheme   *theme,
          BallastChartFont     *font)
{
  BallastChartRect area = get_map_area (self, part);
  cairo_surface_t *surface = make_surface (self, &self->maps[part], theme->dark);
  gboolean lit = self->base.lit == (int) part;
  BallastTextPlace name = { area.x, area.y + area.height + self->line / 2, BALLAST_TEXT_START,
                            part == 0 ? 1 : SMALL, part == 0 || lit, 0, area.width };

  cairo_save (cr);
  path_round (cr, &area);
  cairo_clip (cr);
  cairo_translate (cr, area.x, area.y);
  cairo_scale (cr, area.width / self->cells, area.height / self->cells);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);

  path_round (cr, &area);
  ballast_chart_set_ink (cr, lit ? (self->base.focused ? &theme->accent : &theme->foreground)
                                 : &theme->grid, 1);
  cairo_set_line_width (cr, lit ? 2 : 1);
  cairo_stroke (cr);
  ballast_chart_font_draw (font, cr, self->maps[part].name, &name, &theme->foreground);
}

static void
draw_legend (BallastPlacesPicture *self,
             cairo_t              *cr,
             const BallastTheme   *theme,
             BallastChartFont     *font)
{
  BallastChartRect map = get_map_area (self, 0);
  double y = map.y + map.height + self->line + 6, width = MIN (72, map.width / 3);
  double most = ballast_places_map_get_most (&self->maps[0], self->cells);
  g_autofree char *text = g_strdup_printf (_("up to %.0f\u202f%%"), 100 * most);
  BallastTextPlace high = { width + 8, y + 5, BALLAST_TEXT_START, SMALL, .max_width = MAX (map.width - width - 8, 10) };

  for (guint i = 0; i < 36; i++)
    {
      BallastInk ink = ballast_colour_ramp_get (i / 35.0, theme->dark);

      cairo_rectangle (cr, width * i / 36, y, width / 36 + 0.5, 10);
      ballast_chart_set_ink (cr, &ink, 1);
      cairo_fill (cr);
    }
  ballast_chart_font_draw (font, cr, text, &high, &theme->dim);
}

static void
places_draw (BallastPicture     *base,
             cairo_t            *cr,
             const BallastTheme *theme,
             BallastChartFont   *font)
{
  BallastPlacesPicture *self = (BallastPlacesPicture *) base;

  for (guint i = 0; i < self->n; i++)
    if (is_shown (self, i))
      draw_map (self, cr, i, theme, font);
  if (self->n > 0)
    draw_legend (self, cr, theme, font);
}

/* The middle of the place where most boxes lie, in words. */
static const char *
name_place (const BallastPlacesPicture *self,
            const BallastPlacesMap     *map)
{
  static const char *const names[] = {
    N_("top left"), N_("top"), N_("top right"), N_("left"), N_("middle"), N_("right"),
    N_("bottom left"), N_("bottom"), N_("bottom right"),
  };
  double most = ballast_places_map_get_most (map, self->cells), x = 0, y = 0, n = 0;

  for (guint i = 0; i < self->cells * self->cells; i++)
    if (map->shares[i] >= 0.95 * most)
      {
        x += i % self->cells + 0.5;
        y += i / self->cells + 0.5;
        n++;
      }
  return _(names[MIN ((guint) (y / MAX (n, 1) / self->cells * 3), 2) * 3 +
                  MIN ((guint) (x / MAX (n, 1) / self->cells * 3), 2)]);
}

static char *
places_describe (BallastPicture *base,
                 guint           part)
{
  BallastPlacesPicture *self = (BallastPlacesPicture *) base;
  const BallastPlacesMap *map = &self->maps[part];
  g_autofree char *boxes = ballast_chart_format_count (map->boxes);

  /* Translators: "car: most of its 1 040 boxes lie in the middle; up to 43 % cover one place" – the
   * place is one of “top left”, “middle” and so on. */
  return g_strdup_printf (_("%s: the most of %s boxes at one place is %.0f\u202f%%, %s"), map->name,
                          boxes, 100 * ballast_places_map_get_most (map, self->cells),
                          name_place (self, map));
}

static BallastPictureTable *
places_make_table (BallastPicture *base)
{
  BallastPlacesPicture *self = (BallastPlacesPicture *) base;
  const char *const titles[] = { _("Class"), _("Most boxes are"), _("Boxes"), _("At one place"),
                                 NULL };
  BallastPictureTable *table = ballast_picture_table_new (titles, 2, self->n);

  for (guint i = 0; i < self->n; i++)
    {
      double most = ballast_places_map_get_most (&self->maps[i], self->cells);

      ballast_picture_table_take (table, i, 0, g_strdup (self->maps[i].name));
      ballast_picture_table_take (table, i, 1, g_strdup (name_place (self, &self->maps[i])));
      ballast_picture_table_take (table, i, 2, ballast_chart_format_count (self->maps[i].boxes));
      ballast_picture_table_take (table, i, 3, g_strdup_printf (_("%.1f\u202f%%"), 100 * most));
    }
  return table;
}

static double
places_get_height (BallastPicture   *base,
                   double            width,
                   BallastChartFont *font)
{
  BallastPlacesPicture *self = (BallastPlacesPicture *) base;
  double line = ballast_chart_font_get_measure (font)->line_height + 4;
  double large = MIN (width * (self->n > 1 ? LARGE_SHARE : 1), MAX_LARGE_PX);

  return MIN (large / self->aspect, MAX_LARGE_PX) + line + LEGEND_PX;
}

static void
places_free (BallastPicture *base)
{
  BallastPlacesPicture *self = (BallastPlacesPicture *) base;

  for (guint i = 0; i < self->n; i++)
    {
      g_free (self->maps[i].name);
      g_free (self->maps[i].shares);
    }
  g_free (self->maps);
  g_free (self);
}

BallastPlacesPicture *
ballast_places_picture_new (guint  n,
                            guint  cells,
                            double aspect)
{
  static const BallastPictureClass class = {
    places_layout, places_draw, places_hit, places_get_area, places_step,
    places_describe, places_make_table, places_get_height, places_free,
  };
  BallastPlacesPicture *self = g_new0 (BallastPlacesPicture, 1);

  self->base.class = &class;
  self->base.lit = -1;
  self->n = n;
  self->cells = cells;
  self->aspect = CLAMP (aspect, 0.25, 4);
  self->maps = g_new0 (BallastPlacesMap, n);
  for (guint i = 0; i < n; i++)
    self->maps[i].shares = g_new0 (float, cells * cells);
  return self;
}
