/*
 * What the Augment page says about costs: of the chain, of every step, and whether a JPEG is written
 * without loss.
 *
 * Steps are measured on the chosen picture, one after the other, when an edit stands.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-augment-page-private.h"

#include <glib/gi18n.h>

#include "ballast-pipeline-tree.h"

/* Less would be told as 0.0. */
#define LEAST_TOLD_NS 50000

/* Large enough that a step's own work is measured, not its beginning. */
#define MEASURED_SIZE_PX 384

static gboolean
moves_boxes (const BallastPipeline *pipeline)
{
  for (guint i = 0; i < ballast_pipeline_get_n_steps (pipeline); i++)
    {
      const BallastStep *step = ballast_pipeline_get_step (pipeline, i);

      if (step->op->moves_boxes && ballast_pipeline_is_active (pipeline, i))
        return TRUE;
    }

  return FALSE;
}

void
_ballast_augment_page_show_cost (BallastAugmentPage *self)
{
  const BallastPipeline *pipeline = ballast_pipeline_editor_get_pipeline (self->editor);
  gint64 cost_ns = ballast_variant_grid_get_cost_ns (self->grid);
  guint n_resamplings = ballast_variant_grid_get_n_resamplings (self->grid);
  g_autoptr(GString) text = g_string_new (NULL);

  if (cost_ns >= 0)
    g_string_append_printf (text, _("%.1f ms an image"), (double) cost_ns / 1e6);
  if (moves_boxes (pipeline))
    /* Translators: boxes are drawn round objects; they are turned and moved with the picture. */
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _("boxes follow"));
  if (n_resamplings > 0)
    {
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append_printf (text, ngettext ("%u resampling pass", "%u resampling passes",
                                              n_resamplings), n_resamplings);
    }
  gtk_label_set_label (self->cost, text->str);
}

static void
on_step_measured (BallastEffects      *effects,
                  const BallastEffect *effect,
                  BallastAugmentPage  *self)
{
  g_autofree char *cost =
    effect->cost_ns < LEAST_TOLD_NS ? g_strdup (_("under 0.1 ms an image"))
                                    : g_strdup_printf (_("%.1f ms an image"),
                                                       (double) effect->cost_ns / 1e6);
  g_autofree char *facts =
    g_strdup_printf ("%s · %s", cost, effect->is_symmetry ? _("a JPEG keeps every pixel")
                                                          : _("a JPEG is encoded anew"));

  ballast_pipeline_editor_set_facts (self->editor, effect->key, facts);
}

void
_ballast_augment_page_init_costs (BallastAugmentPage *self)
{
  self->effects = ballast_effects_new ();
  g_signal_connect_object (self->effects, "ready", G_CALLBACK (on_step_measured), self, 0);
}

void
_ballast_augment_page_measure_steps (BallastAugmentPage *self)
{
  const BallastPipeline *pipeline = ballast_pipeline_editor_get_pipeline (self->editor);
  BallastImageItem *item = ballast_image_strip_get_chosen (self->strip);
  g_autofree char *relative_path = NULL;

  if (item == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  relative_path = ballast_image_record_dup_path (ballast_image_item_get_record (item));
  ballast_effects_begin (self->effects, ballast_image_item_get_path (item), relative_path,
                         MEASURED_SIZE_PX);
  for (guint i = 0; i < ballast_pipeline_get_n_steps (pipeline); i++)
    {
      const BallastStep *step = ballast_pipeline_get_step (pipeline, i);
      g_autoptr(BallastPipeline) alone = NULL;

      if (step->op->combinator != BALLAST_COMBINATOR_NONE)
        continue;
      alone = ballast_pipeline_copy_of_step (pipeline, i);
      ballast_effects_add (self->effects, step->id, alone);
    }
}

void
_ballast_augment_page_set_costs_item (BallastAugmentPage *self,
                                      BallastImageItem   *item)
{
  BallastOpChooser *chooser = ballast_pipeline_editor_get_chooser (self->editor);
  g_autofree char *relative_path = NULL;

  if (item != NULL)
    relative_path = ballast_image_record_dup_path (ballast_image_item_get_record (item));
  ballast_op_chooser_set_picture (chooser, item != NULL ? ballast_image_item_get_path (item) : NULL,
                                  relative_path);
  _ballast_augment_page_measure_steps (self);
}
