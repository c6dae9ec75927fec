/*
 * Cells of variants over a BallastPreviewer.
 *
 * Every cell has the number of the copy that it shows, and keeps it while the pipeline changes.
 * Drawing one cell again gives it the next number that none has had.  What is still drawn for an
 * older request of the same picture is shown, so that a moving slider is followed; it is the
 * previewer that keeps the old from replacing the new.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-variant-grid.h"

#include <glib/gi18n.h>

#include "ballast-fitting-layout.h"
#include "ballast-palette.h"
#include "ballast-previewer.h"
#include "ballast-texture.h"
#include "ballast-variant-cell.h"

#define MAXIMUM_PICTURES 25
/* Pictures are drawn in one of few sizes, so that a window that is resized asks seldom. */
#define SIZE_STEP_PX 64
#define FIRST_SIZE_PX 192

struct _BallastVariantGrid
{
  GtkWidget parent_instance;

  BallastPreviewer *previewer;
  BallastImageItem *item;
  BallastPipeline  *pipeline;
  guint64           seed;

  BallastRedraws       *redraws;              /* NULL: none */
  char                 *mirrored;             /* the class that a mirror makes of the item's; NULL: none */
  char                 *class_name;           /* that steps are asked for; NULL: the item's */
  BallastPreviewLender *lender;               /* NULL: nothing is lent */
  GArray               *boxes;                /* of BallastBox, in pixels of the item's file */
  GPtrArray            *outlines; /* (nullable): of the boxes */
  GArray               *classes;              /* of guint: the index of each box's class */
  guint                 width;                /* of that file */
  guint                 height;

  GtkWidget *cells[MAXIMUM_PICTURES];
  guint32    copies[MAXIMUM_PICTURES];        /* that the cells show; [0] is the original */
  guint      n_pictures;
  guint32    last_copy;                       /* the highest number shown so far */
  guint      serial;                          /* of the newest request */
  guint      size_px;                         /* that it was asked for in */
  guint      n_resamplings;                   /* of its variants so far, the most */
};

G_DEFINE_FINAL_TYPE (BallastVariantGrid, ballast_variant_grid, GTK_TYPE_WIDGET)

enum
{
  MEASURED,
  REJECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static BallastFittingLayout *
get_layout (BallastVariantGrid *self)
{
  return BALLAST_FITTING_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
}

/* Of the longer side: at least as many device pixels as the cells have. */
static guint
get_size_px (BallastVariantGrid *self)
{
  int room = ballast_fitting_layout_get_picture_px (get_layout (self));
  int size = room > 0 ? (room + SIZE_STEP_PX - 1) / SIZE_STEP_PX * SIZE_STEP_PX : FIRST_SIZE_PX;

  return (guint) (size * gtk_widget_get_scale_factor (GTK_WIDGET (self)));
}

/* Draws what the cells show now, anew. */
static void
draw (BallastVariantGrid *self)
{
  g_autofree char *relative_path = NULL;
  BallastPreviewRequest wanted = {
    .pipeline = self->pipeline,
    .seed = self->seed,
    .copies = &self->copies[1],
    .n_variants = self->n_pictures - 1,
    .size_px = get_size_px (self),
    .redraws = self->redraws,
    .boxes = (const BallastBox *) (gconstpointer) self->boxes->data,
    .n_boxes = self->boxes->len,
    .outlines = self->outlines,
    .lender = self->lender,
  };

  if (self->item == NULL || self->pipeline == NULL)
    return;

  relative_path = ballast_image_record_dup_path (ballast_image_item_get_record (self->item));
  wanted.path = ballast_image_item_get_path (self->item);
  wanted.relative_path = relative_path;
  wanted.class_name = self->class_name != NULL ? self->class_name
                                               : ballast_image_item_get_class_name (self->item);
  self->size_px = wanted.size_px;
  self->n_resamplings = 0;
  self->serial = ballast_previewer_request (self->previewer, &wanted);
}

static void
on_resized (BallastVariantGrid *self)
{
  if (get_size_px (self) != self->size_px)
    draw (self);
}

static void
number_cells (BallastVariantGrid *self,
              guint32             first_copy)
{
  for (guint i = 1; i < self->n_pictures; i++)
    self->copies[i] = first_copy + i - 1;
  self->last_copy = MAX (self->last_copy, first_copy + self->n_pictures - 2);
}

/* The colour of a box's class; partners' classes are not known here. */
static GdkRGBA
get_colour (const BallastVariantGrid *self,
            const BallastMappedBox   *box)
{
  BallastInk ink;

  if (box->source >= self->classes->len)
    return (GdkRGBA) { 0.98f, 0.94f, 0.42f, 1 };
  ink = ballast_palette_get_class (g_array_index (self->classes, guint, box->source));
  return (GdkRGBA) { ink.red, ink.green, ink.blue, 1 };
}

static void
show_boxes (BallastVariantGrid     *self,
            guint                   cell,
            const BallastMappedBox *boxes,
            guint                   n_boxes)
{
  g_autofree BallastOverlayBox *shown = g_new (BallastOverlayBox, n_boxes + 1);

  for (guint i = 0; i < n_boxes; i++)
    {
      graphene_rect_init (&shown[i].share, (float) boxes[i].box.x, (float) boxes[i].box.y,
                          (float) boxes[i].box.width, (float) boxes[i].box.height);
      shown[i].colour = get_colour (self, &boxes[i]);
    }
  ballast_variant_cell_set_boxes (BALLAST_VARIANT_CELL (self->cells[cell]), shown, n_boxes);
}

/* Of the original, in shares of it. */
static void
show_own_boxes (BallastVariantGrid *self)
{
  g_autofree BallastMappedBox *shares = g_new0 (BallastMappedBox, self->boxes->len + 1);

  for (guint i = 0; i < self->boxes->len; i++)
    {
      const BallastBox *box = &g_array_index (self->boxes, BallastBox, i);

      shares[i].source = i;
      shares[i].box = (BallastBox) { box->x / self->width, box->y / self->height,
                                     box->width / self->width, box->height / self->height };
    }
  show_boxes (self, 0, shares, self->boxes->len);
}

/* Of the file, not of what was drawn: its rounded pixels follow the room of the cells, and the room
 * follows the proportions, so that the two could chase each other for ever. */
static double
get_aspect (BallastVariantGrid *self,
            GdkPaintable       *original)
{
  const BallastImageFacts *facts = &ballast_image_item_get_record (self->item)->facts;
  guint width = ballast_image_facts_get_view_width (facts);
  guint height = ballast_image_facts_get_view_height (facts);

  if (width > 0 && height > 0)
    return (double) height / width;
  return (double) gdk_paintable_get_intrinsic_height (original) /
         MAX (gdk_paintable_get_intrinsic_width (original), 1);
}

static void
show_original (BallastVariantGrid *self,
               GdkPaintable       *original)
{
  ballast_fitting_layout_set_aspect (get_layout (self), get_aspect (self, original));
  for (guint i = 0; i < self->n_pictures; i++)
    ballast_variant_cell_set_original (BALLAST_VARIANT_CELL (self->cells[i]), original);
  ballast_variant_cell_set_picture (BALLAST_VARIANT_CELL (self->cells[0]), original, _("original"));
  show_own_boxes (self);
}

/* (transfer full): "Rotate: −9°", a line a step, and what becomes of the copy. */
static char *
describe_variant (BallastVariantGrid          *self,
                  guint                        cell,
                  const BallastPreviewVariant *variant,
                  gboolean                     crosses)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _("Copy %u"), self->copies[cell]);
  for (guint i = 0; variant->recipe != NULL && i < variant->recipe->n_steps; i++)
    {
      const BallastRecipeStep *step = &variant->recipe->steps[i];

      g_string_append_printf (text, "\n%s", _(step->op->title));
      if (step->op->describe == NULL)
        continue;
      g_string_append (text, ": ");
      step->op->describe (step, text);
    }
  if (crosses)
    g_string_append_printf (text, "\n%s",
                            _("A mirror made it an image of the other class: the export passes over "
                               "it and draws the next."));
  return g_string_free (text, FALSE);
}

static const char *
get_mark (const BallastPreviewVariant *variant)
{
  switch (variant->quality)
    {
    case BALLAST_VARIANT_ALIKE:
      return _("like the original");
    case BALLAST_VARIANT_DESTROYED:
      return _("hardly to be recognised");
    case BALLAST_VARIANT_FINE:
    default:
      return NULL;
    }
}

static void
show_facts (BallastVariantGrid          *self,
            guint                        cell,
            const BallastPreviewVariant *variant)
{
  gboolean crosses = self->mirrored != NULL && variant->recipe != NULL
                     && ballast_recipe_mirrors (variant->recipe);
  g_autofree char *facts = describe_variant (self, cell, variant, crosses);
  g_autofree char *class = NULL;
  const char *mark = variant->raster != NULL ? get_mark (variant) : NULL;

  if (crosses)
    /* Translators: a mirrored picture shows another class: “becomes turn-right”. */
    class = g_strdup_printf (_("becomes %s"), self->mirrored);
  ballast_variant_cell_set_facts (BALLAST_VARIANT_CELL (self->cells[cell]), facts,
                                  crosses ? class : mark);
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
  show_facts (self, cell, variant);
  show_boxes (self, cell, variant->boxes, variant->n_boxes);
}

static void
on_variant_ready (BallastPreviewer            *previewer,
                  const BallastPreviewVariant *variant,
                  BallastVariantGrid          *self)
{
  if (variant->variant >= self->n_pictures)
    return;

  if (variant->serial == self->serial)
    self->n_resamplings = MAX (self->n_resamplings, variant->n_resamplings);
  if (variant->variant == 0 && variant->raster != NULL)
    {
      g_autoptr(GdkTexture) original = ballast_texture_new (variant->raster);

      show_original (self, GDK_PAINTABLE (original));
    }
  else
    show_variant (self, variant->variant, variant);
}

static void
on_finished (BallastPreviewer   *previewer,
             guint               serial,
             BallastVariantGrid *self)
{
  g_signal_emit (self, signals[MEASURED], 0);
}

static void
on_cell_redraw (BallastVariantCell *cell,
                BallastVariantGrid *self)
{
  for (guint i = 1; i < self->n_pictures; i++)
    if (self->cells[i] == GTK_WIDGET (cell))
      self->copies[i] = ++self->last_copy;
  draw (self);
}

static void
on_cell_rejected (BallastVariantCell *cell,
                  BallastVariantGrid *self)
{
  for (guint i = 1; i < self->n_pictures; i++)
    if (self->cells[i] == GTK_WIDGET (cell))
      g_signal_emit (self, signals[REJECTED], 0, self->copies[i]);
}

static void
remove_cells (BallastVariantGrid *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
build_cells (BallastVariantGrid *self)
{
  remove_cells (self);
  for (guint i = 0; i < self->n_pictures; i++)
    {
      self->cells[i] = ballast_variant_cell_new (i);
      g_signal_connect (self->cells[i], "redraw", G_CALLBACK (on_cell_redraw), self);
      g_signal_connect (self->cells[i], "reject", G_CALLBACK (on_cell_rejected), self);
      gtk_widget_set_parent (self->cells[i], GTK_WIDGET (self));
    }
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
  g_clear_pointer (&self->redraws, ballast_redraws_unref);
  g_clear_pointer (&self->mirrored, g_free);
  g_clear_pointer (&self->class_name, g_free);
  g_clear_pointer (&self->lender, ballast_preview_lender_unref);
  g_clear_pointer (&self->boxes, g_array_unref);
  g_clear_pointer (&self->outlines, g_ptr_array_unref);
  g_clear_pointer (&self->classes, g_array_unref);
  remove_cells (self);

  G_OBJECT_CLASS (ballast_variant_grid_parent_class)->dispose (object);
}

static void
ballast_variant_grid_class_init (BallastVariantGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ballast_variant_grid_dispose;

  signals[MEASURED] = g_signal_new ("measured", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[REJECTED] = g_signal_new ("rejected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "variantgrid");
  gtk_widget_class_set_layout_manager_type (widget_class, BALLAST_TYPE_FITTING_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ballast_variant_grid_init (BallastVariantGrid *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Variants"), -1);
  g_signal_connect_object (get_layout (self), "resized", G_CALLBACK (on_resized), self,
                           G_CONNECT_SWAPPED);
  self->previewer = ballast_previewer_new ();
  g_signal_connect_object (self->previewer, "variant-ready", G_CALLBACK (on_variant_ready), self, 0);
  g_signal_connect_object (self->previewer, "finished", G_CALLBACK (on_finished), self, 0);
  self->boxes = g_array_new (FALSE, FALSE, sizeof (BallastBox));
  self->classes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->width = self->height = 1;
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
  g_clear_pointer (&self->outlines, g_ptr_array_unref);
  g_array_set_size (self->boxes, 0);
  g_array_set_size (self->classes, 0);
  g_clear_pointer (&self->class_name, g_free);
  g_clear_pointer (&self->lender, ballast_preview_lender_unref);
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
  ballast_previewer_cancel (self->previewer); /* the new cells want the original again */
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

guint
ballast_variant_grid_get_n_resamplings (BallastVariantGrid *self)
{
  g_return_val_if_fail (BALLAST_IS_VARIANT_GRID (self), 0);

  return self->n_resamplings;
}

void
ballast_variant_grid_set_redraws (BallastVariantGrid   *self,
                                  const BallastRedraws *redraws)
{
  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  if (self->redraws == redraws)
    return;

  g_clear_pointer (&self->redraws, ballast_redraws_unref);
  self->redraws = redraws != NULL ? ballast_redraws_ref (redraws) : NULL;
  draw (self);
}

void
ballast_variant_grid_set_mirrored (BallastVariantGrid *self,
                                   const char         *mirrored)
{
  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  if (g_strcmp0 (self->mirrored, mirrored) == 0)
    return;

  g_free (self->mirrored);
  self->mirrored = g_strdup (mirrored);
  draw (self);
}

void
ballast_variant_grid_set_outlines (BallastVariantGrid *self,
                                   GPtrArray          *outlines)
{
  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  g_clear_pointer (&self->outlines, g_ptr_array_unref);
  self->outlines = g_ptr_array_ref (outlines);
}

void
ballast_variant_grid_set_boxes (BallastVariantGrid *self,
                                const GArray       *boxes,
                                const GArray       *classes,
                                guint               width,
                                guint               height)
{
  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  g_array_set_size (self->boxes, 0);
  g_array_set_size (self->classes, 0);
  if (boxes->len > 0)
    {
      g_array_append_vals (self->boxes, boxes->data, boxes->len);
      g_array_append_vals (self->classes, classes->data, classes->len);
    }
  self->width = MAX (width, 1);
  self->height = MAX (height, 1);
  /* The original may be there already, and is not drawn again. */
  show_own_boxes (self);
  draw (self);
}

void
ballast_variant_grid_set_class_name (BallastVariantGrid *self,
                                     const char         *class_name)
{
  const char *shown;

  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  shown = self->class_name != NULL || self->item == NULL
            ? self->class_name : ballast_image_item_get_class_name (self->item);
  if (g_strcmp0 (shown, class_name) == 0)
    return;

  g_free (self->class_name);
  self->class_name = g_strdup (class_name);
  draw (self);
}

void
ballast_variant_grid_set_lender (BallastVariantGrid   *self,
                                 BallastPreviewLender *lender)
{
  g_return_if_fail (BALLAST_IS_VARIANT_GRID (self));

  if (self->lender == NULL && lender == NULL)
    return;

  g_clear_pointer (&self->lender, ballast_preview_lender_unref);
  self->lender = lender != NULL ? ballast_preview_lender_ref (lender) : NULL;
  draw (self);
}
