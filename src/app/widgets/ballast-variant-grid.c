/*
 * Cells of variants over a BallastPreviewer.
 *
 * Every cell has the number of the copy that it shows.  A request draws a run of copies; drawing
 * one cell again asks for one copy alone, behind all that were shown so far, and the request's
 * serial says which cell it is for.  An older serial's pictures are dropped, but for the cell that
 * waits for it.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-variant-grid.h"

#include <glib/gi18n.h>

#include "ballast-previewer.h"
#include "ballast-texture.h"
#include "ballast-variant-cell.h"

#define MAXIMUM_PICTURES 25
#define PICTURE_SIZE_PX 360 /* of the longer side: two device pixels for each of a cell's */

struct _BallastVariantGrid
{
  GtkWidget         parent_instance;

  BallastPreviewer *previewer;
  BallastImageItem *item;
  BallastPipeline  *pipeline;
  guint64           seed;

  GtkWidget        *flow;
  GtkWidget        *cells[MAXIMUM_PICTURES];
  guint32           copies[MAXIMUM_PICTURES]; /* that the cells show; 0: the original */
  guint             n_pictures;
  guint32           last_copy;                /* the highest number shown so far */
  guint             serial;                   /* of the run that is being drawn */
  guint             lone_serial;              /* of the cell that is drawn again */
  guint             lone_cell;
};

G_DEFINE_FINAL_TYPE (BallastVariantGrid, ballast_variant_grid, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_COST_NS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static guint
request (BallastVariantGrid *self,
         guint               first_copy,
         guint               n_variants)
{
  g_autofree char *relative_path =
    ballast_image_record_dup_path (ballast_image_item_get_record (self->item));
  const BallastPreviewRequest wanted = {
    .path = ballast_image_item_get_path (self->item),
    .relative_path = relative_path,
    .class_name = ballast_image_item_get_class_name (self->item),
    .pipeline = self->pipeline,
    .seed = self->seed,
    .first_copy = first_copy,
    .n_variants = n_variants,
    .size_px = PICTURE_SIZE_PX * gtk_widget_get_scale_factor (GTK_WIDGET (self)),
  };

  return ballast_previewer_request (self->previewer, &wanted);
}

/* Draws what the cells show now, anew. */
static void
draw (BallastVariantGrid *self)
{
  if (self->item == NULL || self->pipeline == NULL)
    return;

  self->lone_serial = 0;
  self->serial = request (self, self->copies[1], self->n_pictures - 1);
}

static void
number_cells (BallastVariantGrid *self,
              guint32             first_copy)
{
  for (guint i = 1; i < self->n_pictures; i++)
    self->copies[i] = first_copy + i - 1;
  self->last_copy = MAX (self->last_copy, first_copy + self->n_pictures - 2);
}

static void
show_original (BallastVariantGrid *self,
               GdkPaintable       *original)
{
  double aspect = (double) gdk_paintable_get_intrinsic_height (original) /
                  MAX (gdk_paintable_get_intrinsic_width (original), 1);

  for (guint i = 0; i < self->n_pictures; i++)
    {
      ballast_variant_cell_set_aspect (BALLAST_VARIANT_CELL (self->cells[i]), aspect);
      ballast_variant_cell_set_original (BALLAST_VARIANT_CELL (self->cells[i]), original);
    }
  ballast_variant_cell_set_picture (BALLAST_VARIANT_CELL (self->cells[0]), original, _("original"));
}

static void
show_variant (BallastVariantGrid          *self,
              guint                        cell,
              const BallastPreviewVariant *variant)
{
  g_autoptr(GdkTexture) texture = NULL;
  const char *caption = variant->description;

  if (variant->raster != NULL)
    texture = ballast_texture_new (variant->raster);
  if (texture == NULL)
    caption = variant->error != NULL ? variant->error->message : "";
  else if (*caption == '\0')
    caption = _("unchanged");

  ballast_variant_cell_set_picture (BALLAST_VARIANT_CELL (self->cells[cell]),
                                    GDK_PAINTABLE (texture), caption);
}

static void
on_variant_ready (BallastPreviewer            *previewer,
                  const BallastPreviewVariant *variant,
                  BallastVariantGrid          *self)
{
  if (variant->variant == 0)
    {
      if (variant->serial == self->serial && variant->raster != NULL)
        {
          g_autoptr(GdkTexture) original = ballast_texture_new (variant->raster);

          show_original (self, GDK_PAINTABLE (original));
        }
      else if (variant->serial == self->serial)
        show_variant (self, 0, variant);
      return;
    }

  if (variant->serial == self->lone_serial && self->lone_serial != 0)
    show_variant (self, self->lone_cell, variant);
  else if (variant->serial == self->serial && variant->variant < self->n_pictures)
    show_variant (self, variant->variant, variant);
}

static void
on_cost_changed (BallastVariantGrid *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COST_NS]);
}

static void
on_cell_redraw (BallastVariantCell *cell,
                BallastVariantGrid *self)
{
  if (self->item == NULL || self->pipeline == NULL)
    return;

  for (guint i = 1; i < self->n_pictures; i++)
    if (self->cells[i] == GTK_WIDGET (cell))
      {
        self->copies[i] = ++self->last_copy;
        self->lone_cell = i;
        self->lone_serial = request (self, self->copies[i], 1);
      }
}

static void
build_cells (BallastVariantGrid *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);

  for (guint i = 0; i < self->n_pictures; i++)
    {
      self->cells[i] = ballast_variant_cell_new (i);
      g_signal_connect (self->cells[i], "redraw", G_CALLBACK (on_cell_redraw), self);
      gtk_flow_box_append (GTK_FLOW_BOX (self->flow), self->cells[i]);
      gtk_widget_set_focusable (gtk_widget_get_parent (self->cells[i]), FALSE);
    }
}

static void
ballast_variant_grid_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BallastVariantGrid *self = BALLAST_VARIANT_GRID (object);

  if (property_id == PROP_COST_NS)
    g_value_set_int64 (value, ballast_variant_grid_get_cost_ns (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
ballast_variant_grid_dispose (GObject *object)
{
  BallastVariantGrid *self = BALLAST_VARIANT_GRID (object);

  if (self->previewer != NULL)
    ballast_previewer_cancel (self->previewer);
  g_clear_object (&self->previewer);
  g_clear_object (&self->item);
  g_clear_pointer (&self->pipeline, ballast_pipeline_free);
  g_clear_pointer (&self->flow, gtk_widget_unparent);

  G_OBJECT_CLASS (ballast_variant_grid_parent_class)->dispose (object);
}

static void
ballast_variant_grid_class_init (BallastVariantGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_variant_grid_get_property;
  object_class->dispose = ballast_variant_grid_dispose;

  properties[PROP_COST_NS] = g_param_spec_int64 ("cost-ns", NULL, NULL, -1, G_MAXINT64, -1,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "variantgrid");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
ballast_variant_grid_init (BallastVariantGrid *self)
{
  self->flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->flow), TRUE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->flow), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), 5);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->flow), 6);
  gtk_widget_set_valign (self->flow, GTK_ALIGN_START);
  gtk_widget_set_parent (self->flow, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->flow), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Variants"), -1);

  self->previewer = ballast_previewer_new ();
  g_signal_connect_object (self->previewer, "variant-ready", G_CALLBACK (on_variant_ready), self, 0);
  g_signal_connect_object (self->previewer, "notify::cost-ns", G_CALLBACK (on_cost_changed), self,
                           G_CONNECT_SWAPPED);
  self->n_pictures = 9;
  number_cells (self, 1);
  build_cells (self);
}

void
ballast_variant_grid_set_item (BallastVariantGrid *self,
                               BallastImageItem   *item)
{
  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  if (!g_set_object (&self->item, item))
    return;

  self->last_copy = 0;
  number_cells (self, 1);
  if (item == NULL)
    {
      ballast_previewer_cancel (self->previewer);
      build_cells (self);
    }
  draw (self);
}

void
ballast_variant_grid_set_pipeline (BallastVariantGrid    *self,
                                   const BallastPipeline *pipeline)
{
  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  g_clear_pointer (&self->pipeline, ballast_pipeline_free);
  self->pipeline = ballast_pipeline_copy (pipeline);
  draw (self);
}

void
ballast_variant_grid_set_seed (BallastVariantGrid *self,
                               guint64             seed)
{
  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  if (self->seed == seed)
    return;

  self->seed = seed;
  draw (self);
}

void
ballast_variant_grid_set_n_pictures (BallastVariantGrid *self,
                                     guint               n_pictures)
{
  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  n_pictures = CLAMP (n_pictures, 2, MAXIMUM_PICTURES);
  if (self->n_pictures == n_pictures)
    return;

  self->n_pictures = n_pictures;
  number_cells (self, self->copies[1]);
  build_cells (self);
  draw (self);
}

void
ballast_variant_grid_draw_again (BallastVariantGrid *self)
{
  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  number_cells (self, self->last_copy + 1);
  draw (self);
}

gint64
ballast_variant_grid_get_cost_ns (BallastVariantGrid *self)
{
  g_return_val_if_fail (BALLAST_IS_VARIANT_GRID (self), -1);

  return self->previewer != NULL ? ballast_previewer_get_cost_ns (self->previewer) : -1;
}
