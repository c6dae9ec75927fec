/*
 * What augmentation cuts away, before anything is drawn.
 *
 * A plan counts the boxes of a copy as those of its source.  How many of them a pipeline loses is a
 * matter of its recipes alone, which need no pixels.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-box-loss.h"

#include "ballast-program-box.h"
#include "ballast-recipe.h"

#define N_DRAWS 32
#define WIDTH 640
#define HEIGHT 480
/* Boxes a row and a column, each of half its cell. */
#define N_SIDE 5

static void
lay_out (BallastBox *boxes)
{
  const double width = (double) WIDTH / N_SIDE, height = (double) HEIGHT / N_SIDE;

  for (guint i = 0; i < N_SIDE * N_SIDE; i++)
    boxes[i] = (BallastBox) { (i % N_SIDE + 0.25) * width, (double) (i / N_SIDE) * height + height / 4,
                              width / 2, height / 2 };
}

double
ballast_box_loss_estimate (const BallastPipeline *pipeline)
{
  BallastBox boxes[N_SIDE * N_SIDE];
  const BallastSubject subject = { .width = WIDTH, .height = HEIGHT, .boxes = boxes,
                                   .n_boxes = G_N_ELEMENTS (boxes) };
  guint n_kept = 0;

  if (pipeline == NULL || ballast_pipeline_get_n_steps (pipeline) == 0)
    return 0;

  lay_out (boxes);
  for (guint i = 0; i < N_DRAWS; i++)
    {
      BallastRandomKey key = ballast_random_key (0, "", i + 1);
      g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample_subject (pipeline, &key, &subject);
      g_autoptr(GArray) mapped = ballast_recipe_map_boxes (recipe, boxes, G_N_ELEMENTS (boxes),
                                                            ballast_pipeline_get_box_policy (pipeline),
                                                            NULL);

      n_kept += MIN (mapped->len, G_N_ELEMENTS (boxes));
    }

  return 1 - n_kept / (double) (N_DRAWS * G_N_ELEMENTS (boxes));
}
