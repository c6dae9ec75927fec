#pragma once

#include "ballast-document.h"
#include "ballast-effect.h"
#include "ballast-job.h"

G_BEGIN_DECLS

typedef struct
{
  guint  index;                            /* in the tally */
  char  *name;
  guint  images;                           /* that were looked at */
  double recalls[BALLAST_EFFECT_N_ARMS];   /* 0 … 1 */
} BallastEffectClass;

typedef enum
{
  BALLAST_EFFECT_TOO_FEW,    /* images or classes for any estimate */
  BALLAST_EFFECT_NO_TROUBLE, /* rare classes are told as well as common ones */
  BALLAST_EFFECT_HELPS,
  BALLAST_EFFECT_UNCLEAR,    /* no difference beyond chance */
  BALLAST_EFFECT_HURTS,
} BallastEffectVerdict;

/* What the job leaves as its result.  Shares are 0 … 1. */
typedef struct
{
  guint                images;      /* that were looked at */
  guint64              of_images;
  guint                unreadable;  /* of those chosen */
  guint                n_classes;
  guint                of_classes;
  BallastEffectClass  *classes;     /* in index order */
  gboolean             tried[BALLAST_EFFECT_N_ARMS]; /* FALSE: nothing set, or not of that kind */
  BallastEffectResult  arms[BALLAST_EFFECT_N_ARMS];  /* recalls: NULL */
  double               head_recall; /* as it is: the larger half of the classes, and the smaller */
  double               tail_recall;
  BallastEffectVerdict verdict;
  double               seconds;
} BallastEffectReport;

/*
 * (transfer full): trains a small linear classifier on coarse features of at most some thousand
 * training images, by grouped cross-validation, with and without the plan and the weights.  Takes
 * seconds; writes nothing.  Main thread.
 */
BallastJob *ballast_document_estimate_effect       (BallastDocument            *document);

/* (transfer full): the outcome in a sentence or two, and what the estimate is not. */
char       *ballast_effect_report_dup_verdict      (const BallastEffectReport  *report);
char       *ballast_effect_report_dup_caveat       (const BallastEffectReport  *report);

/* (transfer none): "as-is", "plan", "weights". */
const char *ballast_effect_arm_get_name            (BallastEffectArm            arm);

G_END_DECLS
