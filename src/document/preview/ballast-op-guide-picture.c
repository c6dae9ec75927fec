/*
 * What each op does, shown on a traffic sign that the program draws itself.
 *
 * Many ops draw "nothing" now and then: the first of some copies that differs from the original is
 * taken.  Any thread; a millisecond or two a picture.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-op-guide-picture.h"

#include <string.h>

#include "ballast-pipeline.h"
#include "ballast-program.h"
#include "ballast-recipe.h"
#include "ballast-sample-faces.h"
#include "ballast-sample-kinds.h"

#define SEED 7
#define MAX_DRAWS 8

/* A difference that an eye sees: levels of 255, on average. */
#define VISIBLE 2.0

void
ballast_op_guide_pictures_draw (BallastOpGuidePictures *self)
{
  static const BallastSign signs[BALLAST_OP_GUIDE_PICTURES] = {
    BALLAST_SIGN_TURN_RIGHT, BALLAST_SIGN_STOP, BALLAST_SIGN_PEDESTRIANS, BALLAST_SIGN_SPEED_50
  };

  for (guint i = 0; i < BALLAST_OP_GUIDE_PICTURES; i++)
    {
      BallastDice dice = ballast_dice_init (SEED, ballast_sign_get_name (signs[i]));

      self->pictures[i] = ballast_sample_draw_sign (signs[i], &dice);
    }
}

void
ballast_op_guide_pictures_clear (BallastOpGuidePictures *self)
{
  for (guint i = 0; i < BALLAST_OP_GUIDE_PICTURES; i++)
    g_clear_pointer (&self->pictures[i], ballast_raster_free);
}

static double
compare (const BallastRaster *left,
         const BallastRaster *right)
{
  guint n = left->width * left->channels;
  guint64 sum = 0;

  if (left->width != right->width || left->height != right->height)
    return G_MAXDOUBLE;
  for (guint y = 0; y < left->height; y++)
    {
      const guint8 *a = ballast_raster_get_row (left, y), *b = ballast_raster_get_row (right, y);

      for (guint x = 0; x < n; x++)
        sum += (guint64) ABS (a[x] - b[x]);
    }
  return (double) sum / ((double) n * left->height);
}

/* (transfer full): copy number @copy, the sign in the middle being its object. */
static BallastRecipe *
sample (const BallastOpGuidePictures *self,
        const BallastPipeline        *pipeline,
        guint                         copy)
{
  const BallastRaster *first = self->pictures[0];
  const BallastBox box = { first->width * 0.2, first->height * 0.2, first->width * 0.6,
                           first->height * 0.6 };
  BallastPartner partners[BALLAST_OP_GUIDE_PICTURES];
  BallastPartnerList list = { partners, BALLAST_OP_GUIDE_PICTURES, 0 };
  BallastSubject subject = { .width = first->width, .height = first->height, .boxes = &box,
                             .n_boxes = 1, .partners = &list };
  BallastRandomKey key = ballast_random_key (SEED, "guide", copy);

  for (guint i = 0; i < BALLAST_OP_GUIDE_PICTURES; i++)
    partners[i] = (BallastPartner){ "", 0, self->pictures[i]->width, self->pictures[i]->height,
                                    &box, 1 };
  return ballast_pipeline_sample_subject (pipeline, &key, &subject);
}

static BallastRaster *
draw (const BallastOpGuidePictures *self,
      const BallastRecipe          *recipe,
      GCancellable                 *cancellable,
      GError                      **error)
{
  const BallastRaster *first = self->pictures[0];
  g_autoptr(BallastProgram) program =
    ballast_program_new (recipe, first->width, first->height, first->channels, first->depth);
  g_autoptr(GPtrArray) partners = g_ptr_array_new ();

  for (guint i = 0; i < recipe->n_steps; i++)
    for (guint k = 0; k < recipe->steps[i].n_partners; k++)
      g_ptr_array_add (partners, self->pictures[recipe->steps[i].partners[k].index]);
  return ballast_program_run_with (program, first,
                                   (const BallastRaster *const *) partners->pdata, cancellable,
                                   error);
}

BallastRaster *
ballast_op_guide_pictures_apply (const BallastOpGuidePictures *self,
                                 const BallastOp              *op,
                                 GCancellable                 *cancellable,
                                 GError                      **error)
{
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  BallastRaster *raster = NULL;

  ballast_pipeline_add (pipeline, op, -1);
  ballast_pipeline_set_p (pipeline, 0, 1);
  for (guint copy = 1; copy <= MAX_DRAWS; copy++)
    {
      g_autoptr(BallastRecipe) recipe = sample (self, pipeline, copy);

      g_clear_pointer (&raster, ballast_raster_free);
      raster = draw (self, recipe, cancellable, error);
      if (raster == NULL || compare (raster, self->pictures[0]) > VISIBLE)
        break;
    }
  return raster;
}
