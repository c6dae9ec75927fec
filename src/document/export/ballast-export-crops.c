/*
 * A window of the plan as steps in front of a pipeline: cut, and make smaller where that is asked for.
 *
 * The engine does the rest: what is drawn, boxes and outlines go through one chain.  The steps are new
 * to a copy of the pipeline, so the draws of the others are those of whole copies.  The job's thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-export-crops.h"

#include "ballast-op-table.h"

/* Parameters of the steps, in the order of their declarations. */
enum
{
  CROP_X_MIN,
  CROP_Y_MIN,
  CROP_X_MAX,
  CROP_Y_MAX,
};

enum
{
  LONGEST_MAX_SIZE,
};

static void
crop_clear (gpointer data)
{
  BallastExportCrop *crop = data;

  ballast_pipeline_free (crop->pipeline);
  g_free (crop->classes);
}

static void
set_number (BallastPipeline *pipeline,
            guint            parameter,
            double           number)
{
  BallastValue value = ballast_pipeline_get_step (pipeline, 0)->values[parameter];

  value.number[0] = number;
  ballast_pipeline_set_value (pipeline, 0, parameter, &value);
}

static void
add_cutting (BallastPipeline           *pipeline,
             const BallastBox          *window,
             const BallastCropSettings *settings)
{
  BallastBoxPolicy policy = *ballast_pipeline_get_box_policy (pipeline);

  if (settings->size > 0 && MAX (window->width, window->height) > settings->size)
    {
      ballast_pipeline_add (pipeline, ballast_op_find ("LongestMaxSize"), 0);
      set_number (pipeline, LONGEST_MAX_SIZE, settings->size);
    }
  ballast_pipeline_add (pipeline, ballast_op_find ("Crop"), 0);
  set_number (pipeline, CROP_X_MIN, window->x);
  set_number (pipeline, CROP_Y_MIN, window->y);
  set_number (pipeline, CROP_X_MAX, window->x + window->width);
  set_number (pipeline, CROP_Y_MAX, window->y + window->height);

  /* The plan has counted what shows so much; what is cut away is meant to go. */
  policy.loss = BALLAST_BOX_LOSS_TRIM;
  policy.min_visibility = settings->visibility;
  ballast_pipeline_set_box_policy (pipeline, &policy);
}

static BallastExportCrop
make_crop (const BallastSnapshot *snapshot,
           const BallastPlan     *plan,
           const BallastPlanCrop *window)
{
  gint64 class_id = window->n_cells == 0 ? 0
                    : plan->classes[window->cells[0].class_index].class_id;
  const BallastPipeline *usual = ballast_settings_get_pipeline (snapshot->settings, class_id);
  BallastExportCrop crop = {
    .pipeline = usual != NULL ? ballast_pipeline_copy (usual) : ballast_pipeline_new (),
    .n_copies = window->times,
    .classes = g_new (guint, window->n_cells + 1),
    .n_classes = window->n_cells,
  };

  for (guint i = 0; i < window->n_cells; i++)
    crop.classes[i] = window->cells[i].class_index;
  add_cutting (crop.pipeline, &window->window, &plan->settings.crops);
  return crop;
}

GArray *
ballast_export_crops_new (const BallastSnapshot *snapshot,
                          const BallastPlan     *plan,
                          gint64                 image_id)
{
  g_autoptr(GArray) windows = ballast_plan_dup_image_crops (plan, image_id);
  GArray *crops;

  if (windows == NULL || windows->len == 0)
    return NULL;

  crops = g_array_new (FALSE, FALSE, sizeof (BallastExportCrop));
  g_array_set_clear_func (crops, crop_clear);
  for (guint i = 0; i < windows->len; i++)
    {
      BallastExportCrop crop = make_crop (snapshot, plan,
                                          &g_array_index (windows, BallastPlanCrop, i));

      g_array_append_val (crops, crop);
    }
  return crops;
}
