#pragma once

#include "ballast-box-policy.h"
#include "ballast-op.h"

G_BEGIN_DECLS

/*
 * An ordered tree of steps: ops with ranges and probabilities, and groups of steps of which some are
 * drawn.  A plain value without I/O: copy it to keep it, compare it by ballast_pipeline_equal().
 * Not locked: one thread changes it.
 *
 * Positions count all steps in the order in which they are read: a group comes before what is
 * inside it.  A step is inside the nearest group before it that is less deep.
 */
typedef struct _BallastPipeline BallastPipeline;

typedef struct
{
  const BallastOp *op;
  guint32          id;        /* stable and unique in the pipeline: names the step's random draws */
  guint            depth;     /* 0: inside no group */
  gboolean         enabled;
  double           p;         /* probability, 0 … 1 */
  BallastValue     values[BALLAST_OP_MAX_PARAMETERS];
  char           **kept_from; /* names of the classes that the step leaves alone; NULL: none */
} BallastStep;

BallastPipeline   *ballast_pipeline_new         (void);
BallastPipeline   *ballast_pipeline_copy        (const BallastPipeline *pipeline);
void               ballast_pipeline_free        (BallastPipeline       *pipeline);
gboolean           ballast_pipeline_equal       (const BallastPipeline *a,
                                                 const BallastPipeline *b);

guint              ballast_pipeline_get_n_steps (const BallastPipeline *pipeline);

/* TRUE if a step that is switched on takes parts of other pictures. */
gboolean           ballast_pipeline_mixes       (const BallastPipeline *pipeline);

/* (transfer none): valid until the pipeline changes. */
const BallastStep *ballast_pipeline_get_step    (const BallastPipeline *pipeline,
                                                 guint                  position);

/* The position of the step with @id, or -1. */
int                ballast_pipeline_find_step   (const BallastPipeline *pipeline,
                                                 guint32                id);

/* Puts a step with the op's defaults at @position, beside the step that is there (-1: last, inside no
 * group).  Returns its id, which no step of this pipeline has had before. */
guint32            ballast_pipeline_add         (BallastPipeline       *pipeline,
                                                 const BallastOp       *op,
                                                 int                    position);

/* Removes the step and all that is inside it. */
void               ballast_pipeline_remove      (BallastPipeline       *pipeline,
                                                 guint                  position);

/* Moves the step at @from, with all that is inside it, to the other side of the step at @to; all
 * keep their ids and their draws.  Nothing happens where @to is inside @from. */
void               ballast_pipeline_move        (BallastPipeline       *pipeline,
                                                 guint                  from,
                                                 guint                  to);

/* Setters.  Numbers are brought within their limits. */
void               ballast_pipeline_set_enabled (BallastPipeline       *pipeline,
                                                 guint                  position,
                                                 gboolean               enabled);
void               ballast_pipeline_set_p       (BallastPipeline       *pipeline,
                                                 guint                  position,
                                                 double                 p);
void               ballast_pipeline_set_value   (BallastPipeline       *pipeline,
                                                 guint                  position,
                                                 guint                  parameter,
                                                 const BallastValue    *value);

/* Keeps the step from images of the class called @class_name, or no longer. */
void               ballast_pipeline_set_kept_from (BallastPipeline     *pipeline,
                                                 guint                  position,
                                                 const char            *class_name,
                                                 gboolean               kept);
gboolean           ballast_step_is_kept_from    (const BallastStep     *step,
                                                 const char            *class_name);

/* A renamed class keeps its rules. */
void               ballast_pipeline_rename_class (BallastPipeline      *pipeline,
                                                 const char            *old_name,
                                                 const char            *new_name);

/* What becomes of boxes that are cut; numbers are brought within their limits. */
const BallastBoxPolicy *ballast_pipeline_get_box_policy (const BallastPipeline *pipeline);
void               ballast_pipeline_set_box_policy (BallastPipeline        *pipeline,
                                                    const BallastBoxPolicy *policy);

/*
 * (transfer full): a file that Albumentations 2.0.8 loads.  What it does not know (step ids,
 * switched off, classes, our own sizes) stands under "ballast" at the top level, which it ignores;
 * steps that are switched off are written there alone.
 */
char              *ballast_pipeline_to_json     (const BallastPipeline *pipeline,
                                                 gboolean               pretty);

/* (transfer full): a NULL-terminated list of English sentences about what a program that loads
 * "transform" alone will do otherwise; empty where it will do the same. */
char             **ballast_pipeline_list_unsaid (const BallastPipeline *pipeline);

/*
 * (transfer full): reads our files and those of Albumentations 0.5 to 2.x.  What has no counterpart
 * here is left out and named in @dropped (out, nullable, transfer full: a NULL-terminated list of
 * English sentences, empty where all was understood).  NULL with BALLAST_AUGMENT_ERROR_SYNTAX only
 * where the text is no pipeline at all.
 */
BallastPipeline   *ballast_pipeline_from_json   (const char            *text,
                                                 gssize                 length,
                                                 char                ***dropped,
                                                 GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPipeline, ballast_pipeline_free)

G_END_DECLS
