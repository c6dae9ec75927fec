#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * What becomes of boxes that an augmentation cuts: a part of the pipeline, and Albumentations'
 * bbox_params where it has a word for it.  A plain value.
 *
 * All limits are looked at once, at the end of the chain, against the original box.
 */
typedef enum
{
  BALLAST_BOX_LOSS_TRIM,   /* what is left is kept, if the limits allow it */
  BALLAST_BOX_LOSS_DROP,   /* a box that is not whole any more goes */
  BALLAST_BOX_LOSS_REDRAW, /* as TRIM, but a copy in which a box would go is drawn again */
} BallastBoxLoss;

typedef struct
{
  BallastBoxLoss loss;
  gboolean       ellipse;        /* turned boxes are taken round the ellipse inside them */
  double         min_visibility; /* share of the area, 0 … 1 */
  double         min_area;       /* px² of what comes out, and so below */
  double         min_width;      /* px */
  double         min_height;     /* px */
  double         max_ratio;      /* of the longer side to the shorter; 0: any */
} BallastBoxPolicy;

/* A fifth of a box has to be left, and a pixel each way. */
#define BALLAST_BOX_POLICY_INITIAL                                                                 \
  { .loss = BALLAST_BOX_LOSS_TRIM, .min_visibility = 0.2, .min_width = 1, .min_height = 1 }

/* Brings every number within its limits; what is none becomes the initial value. */
void      ballast_box_policy_clamp     (BallastBoxPolicy       *policy);
gboolean  ballast_box_policy_equal     (const BallastBoxPolicy *a,
                                        const BallastBoxPolicy *b);

/* (transfer full): the value of "bbox_params" as Albumentations 2.0.8 loads it. */
JsonNode *ballast_box_policy_to_params (const BallastBoxPolicy *policy);

/* Reads "bbox_params" (an object or null); what is missing there means what Albumentations means by
 * it.  Null leaves @policy as it is. */
void      ballast_box_policy_read_params (BallastBoxPolicy     *policy,
                                        JsonNode               *params);

/* (transfer full): what Albumentations has no word for; and back. */
JsonNode *ballast_box_policy_to_json   (const BallastBoxPolicy *policy);
void      ballast_box_policy_read_json (BallastBoxPolicy       *policy,
                                        JsonNode               *node);

G_END_DECLS
