/*
 * Outlines of boxes over a picture, where GtkPicture puts it with the content fit “contain”.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-box-overlay.h"

#define LINE_PX 2
#define SHADOW_PX 1

struct _BallastBoxOverlay
{
  GtkWidget parent_instance;

  GArray *boxes;      /* of BallastOverlayBox */
  double  proportions; /* width by height of the picture; 0: none */
};

G_DEFINE_FINAL_TYPE (BallastBoxOverlay, ballast_box_overlay, GTK_TYPE_WIDGET)

/* Where the picture is in the widget. */
static void
find_picture (BallastBoxOverlay *self,
              graphene_rect_t   *area)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double fitted_width = MIN (width, height * self->proportions);
  double fitted_height = fitted_width / self->proportions;

  graphene_rect_init (area, (float) ((width - fitted_width) / 2), (float) ((height - fitted_height) / 2),
                      (float) fitted_width, (float) fitted_height);
}

static void
outline (GtkSnapshot           *snapshot,
         const graphene_rect_t *box,
         const GdkRGBA         *colour,
         float                  width)
{
  GskRoundedRect rounded;
  const float widths[4] = { width, width, width, width };

  gsk_rounded_rect_init_from_rect (&rounded, box, 2);
  gtk_snapshot_append_border (snapshot, &rounded, widths,
                              (const GdkRGBA[4]) { *colour, *colour, *colour, *colour });
}

/* A coloured line on a dark one is seen on any picture. */
static void
ballast_box_overlay_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  BallastBoxOverlay *self = BALLAST_BOX_OVERLAY (widget);
  const GdkRGBA shadow = { 0, 0, 0, 0.4f };
  graphene_rect_t area;

  if (self->proportions <= 0)
    return;
  find_picture (self, &area);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const BallastOverlayBox *shown = &g_array_index (self->boxes, BallastOverlayBox, i);
      const graphene_rect_t *share = &shown->share;
      graphene_rect_t box;

      graphene_rect_init (&box, area.origin.x + share->origin.x * area.size.width,
                          area.origin.y + share->origin.y * area.size.height,
                          share->size.width * area.size.width, share->size.height * area.size.height);
      outline (snapshot, &box, &shadow, LINE_PX + 2 * SHADOW_PX);
      graphene_rect_inset (&box, SHADOW_PX, SHADOW_PX);
      outline (snapshot, &box, &shown->colour, LINE_PX);
    }
}

static void
ballast_box_overlay_finalize (GObject *object)
{
  g_array_unref (BALLAST_BOX_OVERLAY (object)->boxes);
  G_OBJECT_CLASS (ballast_box_overlay_parent_class)->finalize (object);
}

static void
ballast_box_overlay_class_init (BallastBoxOverlayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_box_overlay_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = ballast_box_overlay_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ballast_box_overlay_init (BallastBoxOverlay *self)
{
  self->boxes = g_array_new (FALSE, FALSE, sizeof (BallastOverlayBox));
}

void
ballast_box_overlay_set_boxes (BallastBoxOverlay       *self,
                               const BallastOverlayBox *boxes,
                               guint                    n_boxes)
{
  g_return_if_fail (BALLAST_IS_BOX_OVERLAY (self));

  g_array_set_size (self->boxes, 0);
  if (n_boxes > 0)
    g_array_append_vals (self->boxes, boxes, n_boxes);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
ballast_box_overlay_get_n_boxes (BallastBoxOverlay *self)
{
  g_return_val_if_fail (BALLAST_IS_BOX_OVERLAY (self), 0);

  return self->boxes->len;
}

void
ballast_box_overlay_set_picture (BallastBoxOverlay *self,
                                 GdkPaintable      *picture)
{
  int height;

  g_return_if_fail (BALLAST_IS_BOX_OVERLAY (self));

  height = picture != NULL ? gdk_paintable_get_intrinsic_height (picture) : 0;
  self->proportions = height > 0 ? (double) gdk_paintable_get_intrinsic_width (picture) / height : 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
