/*
 * Boxes are lines in the picture's own coordinates, scaled with it, with a darker edge, so that they
 * are seen on any ground.  It holds the item, whose boxes do not change.  Main thread; cost: a node a
 * box, and a cairo node for outlines and masks.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-boxed-paintable.h"

#include "ballast-palette.h"
#include "ballast-shape.h"

/* Names are written where the picture is at least so wide. */
#define NAMES_FROM_PX 420

/* Of an image with more, the largest view alone shows all. */
#define MAX_SMALL_BOXES 80

#define FILL_ALPHA 0.28

/* Of the boxes that are not selected, where one is. */
#define BACK_ALPHA 0.35

struct _BallastBoxedPaintable
{
  GObject parent_instance;

  GdkPaintable     *picture;
  BallastImageItem *item;
  gint64            selected; /* annotation; 0: none */
};

static void
ballast_boxed_paintable_paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BallastBoxedPaintable, ballast_boxed_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      ballast_boxed_paintable_paintable_init))

/* Where the picture is drawn. */
typedef struct
{
  GdkSnapshot *snapshot;
  double       width;
  double       height;
  double       scale_x; /* from pixels of the image */
  double       scale_y;
  gint64       selected;
} Canvas;

static GdkRGBA
get_colour (const BallastItemBox *box,
            double                alpha)
{
  BallastInk ink = ballast_palette_get_class (box->class_index);

  return (GdkRGBA) { ink.red, ink.green, ink.blue, alpha };
}

static void
trace_polygons (cairo_t            *cr,
                const Canvas       *canvas,
                const BallastShape *shape)
{
  const double *point = shape->points;

  for (guint part = 0; part < shape->n_parts; part++)
    {
      for (guint i = 0; i < shape->sizes[part]; i++, point += 2)
        cairo_line_to (cr, point[0] * canvas->scale_x, point[1] * canvas->scale_y);
      cairo_close_path (cr);
    }
}

static void
trace_runs (cairo_t            *cr,
            const Canvas       *canvas,
            const BallastShape *shape)
{
  guint64 position = 0;

  for (guint i = 0; i < shape->n_runs && shape->height > 0; i++)
    {
      guint64 end = position + shape->runs[i];

      for (; i % 2 == 1 && position < end;)
        {
          guint64 column = position / shape->height;
          guint64 stop = MIN (end, (column + 1) * shape->height);

          cairo_rectangle (cr, column * canvas->scale_x,
                           position % shape->height * canvas->scale_y, canvas->scale_x,
                           (stop - position) * canvas->scale_y);
          position = stop;
        }
      position = end;
    }
}

static void
draw_shape (const Canvas         *canvas,
            const BallastItemBox *box)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
  GdkRGBA colour = get_colour (box, 1);
  cairo_t *cr;

  if (box->n_extra == 0 || !ballast_shape_unpack (&shape, box->extra, box->n_extra)
      || shape.kind == BALLAST_SHAPE_NONE)
    return;
  cr = gtk_snapshot_append_cairo (canvas->snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, canvas->width, canvas->height));
  if (shape.kind == BALLAST_SHAPE_POLYGONS)
    trace_polygons (cr, canvas, &shape);
  else
    trace_runs (cr, canvas, &shape);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, FILL_ALPHA);
  cairo_fill_preserve (cr);
  if (shape.kind == BALLAST_SHAPE_POLYGONS)
    {
      gdk_cairo_set_source_rgba (cr, &colour);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static void
draw_frame (const Canvas   *canvas,
            graphene_rect_t rect,
            float           width,
            GdkRGBA         colour)
{
  GskRoundedRect outline;
  const float widths[4] = { width, width, width, width };
  const GdkRGBA colours[4] = { colour, colour, colour, colour };

  gsk_rounded_rect_init_from_rect (&outline, &rect, MIN (3, width * 1.5f));
  gtk_snapshot_append_border (canvas->snapshot, &outline, widths, colours);
}

static graphene_rect_t
get_rect (const Canvas         *canvas,
          const BallastItemBox *box)
{
  double left = CLAMP (box->box.x * canvas->scale_x, 0, canvas->width);
  double top = CLAMP (box->box.y * canvas->scale_y, 0, canvas->height);
  double right = CLAMP ((box->box.x + box->box.width) * canvas->scale_x, left, canvas->width);
  double bottom = CLAMP ((box->box.y + box->box.height) * canvas->scale_y, top, canvas->height);

  return GRAPHENE_RECT_INIT (left, top, MAX (right - left, 2), MAX (bottom - top, 2));
}

/* The class's name on its colour, at the box's top left corner, inside the picture. */
static void
draw_name (const Canvas         *canvas,
           const BallastItemBox *box,
           graphene_rect_t       rect)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr(PangoLayout) layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string ("Sans Bold 8.5");
  GdkRGBA ground = get_colour (box, 0.92);
  double light = 0.299 * ground.red + 0.587 * ground.green + 0.114 * ground.blue;
  GdkRGBA ink = light > 0.6 ? (GdkRGBA) { 0, 0, 0, 0.87 } : (GdkRGBA) { 1, 1, 1, 1 };
  GskRoundedRect chip;
  graphene_rect_t place;
  int width, height;

  g_object_unref (context);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, box->class_name, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  place = GRAPHENE_RECT_INIT (CLAMP (rect.origin.x, 0, MAX (canvas->width - width - 8, 0)),
                              rect.origin.y >= height + 2 ? rect.origin.y - height - 2
                                                          : rect.origin.y, width + 8, height + 2);
  gsk_rounded_rect_init_from_rect (&chip, &place, 3);
  gtk_snapshot_push_rounded_clip (canvas->snapshot, &chip);
  gtk_snapshot_append_color (canvas->snapshot, &ground, &place);
  gtk_snapshot_pop (canvas->snapshot);
  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (canvas->snapshot,
                          &GRAPHENE_POINT_INIT (place.origin.x + 4, place.origin.y + 1));
  gtk_snapshot_append_layout (canvas->snapshot, layout, &ink);
  gtk_snapshot_restore (canvas->snapshot);
}

/* White between two dark lines: seen on any picture, whatever the class's colour. */
static void
draw_selected (const Canvas         *canvas,
               const BallastItemBox *box)
{
  graphene_rect_t rect = get_rect (canvas, box);
  GdkRGBA wash = get_colour (box, 0.18);
  graphene_rect_t around = rect;

  gtk_snapshot_append_color (canvas->snapshot, &wash, &rect);
  graphene_rect_inset (&around, -4, -4);
  draw_frame (canvas, around, 2, (GdkRGBA) { 0, 0, 0, 0.55 });
  graphene_rect_inset (&around, 1.5f, 1.5f);
  draw_frame (canvas, around, 2.5f, (GdkRGBA) { 1, 1, 1, 1 });
  draw_frame (canvas, rect, 2, get_colour (box, 1));
  if (canvas->width >= NAMES_FROM_PX)
    draw_name (canvas, box, rect);
}

static void
draw_box (const Canvas         *canvas,
          const BallastItemBox *box,
          float                 width)
{
  graphene_rect_t rect = get_rect (canvas, box);
  graphene_rect_t around = rect;
  double alpha = canvas->selected != 0 ? BACK_ALPHA : 1;

  graphene_rect_inset (&around, -1, -1);
  draw_frame (canvas, around, width + 2, (GdkRGBA) { 0, 0, 0, 0.35 * (float) alpha });
  draw_frame (canvas, rect, width, get_colour (box, alpha));
}

static void
draw_boxes (const Canvas         *canvas,
            const BallastItemBox *boxes,
            guint                 n_boxes)
{
  gboolean is_large = canvas->width >= NAMES_FROM_PX;
  guint n = is_large ? n_boxes : MIN (n_boxes, MAX_SMALL_BOXES);
  float width = is_large ? 2 : 1.25f;

  for (guint i = 0; i < n; i++)
    draw_shape (canvas, &boxes[i]);
  for (guint i = 0; i < n; i++)
    if (boxes[i].id != canvas->selected)
      draw_box (canvas, &boxes[i], width);
  for (guint i = 0; is_large && canvas->selected == 0 && i < n; i++)
    draw_name (canvas, &boxes[i], get_rect (canvas, &boxes[i]));
  for (guint i = 0; i < n; i++)
    if (boxes[i].id == canvas->selected)
      draw_selected (canvas, &boxes[i]);
}

static void
ballast_boxed_paintable_snapshot (GdkPaintable *paintable,
                                  GdkSnapshot  *snapshot,
                                  double        width,
                                  double        height)
{
  BallastBoxedPaintable *self = BALLAST_BOXED_PAINTABLE (paintable);
  const BallastImageRecord *record = ballast_image_item_get_record (self->item);
  Canvas canvas = { snapshot, width, height, .selected = self->selected };
  guint n_boxes;
  const BallastItemBox *boxes = ballast_image_item_get_boxes (self->item, &n_boxes);
  guint32 image_width = ballast_image_facts_get_view_width (&record->facts);
  guint32 image_height = ballast_image_facts_get_view_height (&record->facts);

  gdk_paintable_snapshot (self->picture, snapshot, width, height);
  if (image_width == 0 || image_height == 0)
    return;
  canvas.scale_x = width / image_width;
  canvas.scale_y = height / image_height;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_boxes (&canvas, boxes, n_boxes);
  gtk_snapshot_pop (snapshot);
}

static int
ballast_boxed_paintable_get_intrinsic_width (GdkPaintable *paintable)
{
  return gdk_paintable_get_intrinsic_width (BALLAST_BOXED_PAINTABLE (paintable)->picture);
}

static int
ballast_boxed_paintable_get_intrinsic_height (GdkPaintable *paintable)
{
  return gdk_paintable_get_intrinsic_height (BALLAST_BOXED_PAINTABLE (paintable)->picture);
}

static GdkPaintableFlags
ballast_boxed_paintable_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE;
}

static void
ballast_boxed_paintable_paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = ballast_boxed_paintable_snapshot;
  iface->get_intrinsic_width = ballast_boxed_paintable_get_intrinsic_width;
  iface->get_intrinsic_height = ballast_boxed_paintable_get_intrinsic_height;
  iface->get_flags = ballast_boxed_paintable_get_flags;
}

static void
ballast_boxed_paintable_finalize (GObject *object)
{
  BallastBoxedPaintable *self = BALLAST_BOXED_PAINTABLE (object);

  g_clear_object (&self->picture);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (ballast_boxed_paintable_parent_class)->finalize (object);
}

static void
ballast_boxed_paintable_class_init (BallastBoxedPaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_boxed_paintable_finalize;
}

static void
ballast_boxed_paintable_init (BallastBoxedPaintable *self)
{
}

GdkPaintable *
ballast_boxed_paintable_new (GdkPaintable     *picture,
                             BallastImageItem *item)
{
  BallastBoxedPaintable *self;
  guint n_boxes;

  g_return_val_if_fail (GDK_IS_PAINTABLE (picture), NULL);
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (item), NULL);

  ballast_image_item_get_boxes (item, &n_boxes);
  if (n_boxes == 0)
    return g_object_ref (picture);
  self = g_object_new (BALLAST_TYPE_BOXED_PAINTABLE, NULL);
  self->picture = g_object_ref (picture);
  self->item = g_object_ref (item);

  return GDK_PAINTABLE (self);
}

void
ballast_boxed_paintable_select (BallastBoxedPaintable *self,
                                gint64                 id)
{
  g_return_if_fail (BALLAST_IS_BOXED_PAINTABLE (self));

  if (self->selected == id)
    return;
  self->selected = id;
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}
