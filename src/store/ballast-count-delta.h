#pragma once

#include "ballast-db.h"
#include "ballast-image-record.h"

G_BEGIN_DECLS

/* Single counts; the names are those in the table total. */
typedef enum
{
  BALLAST_TOTAL_UNLABELLED,
  BALLAST_TOTAL_MULTI_LABEL,
  BALLAST_TOTAL_BOXES,
  BALLAST_TOTAL_EXCLUDED,
  BALLAST_TOTAL_UNREADABLE,
  BALLAST_TOTAL_GONE,
} BallastTotal;

#define BALLAST_N_TOTALS (BALLAST_TOTAL_GONE + 1)

/*
 * What a change does to the counts.  Every change of records, whatever it is, takes away what
 * the images contributed before it, adds what they contribute after it, and writes the difference
 * in the same transaction: there is one definition of what an image contributes.
 */
typedef struct _BallastCountDelta BallastCountDelta;

BallastCountDelta *ballast_count_delta_new       (void);
void               ballast_count_delta_free      (BallastCountDelta       *delta);

/* An image that is gone, excluded or unreadable counts as the first of these and nothing else. */
void               ballast_count_delta_add       (BallastCountDelta       *delta,
                                                  const BallastImageRecord *record,
                                                  const BallastAnnotation *annotations,
                                                  guint                    n_annotations,
                                                  int                      sign);

/* Writes the difference into counter and total, and starts again from zero. */
gboolean           ballast_count_delta_write     (BallastCountDelta       *delta,
                                                  BallastDb               *db,
                                                  GError                 **error);

const char        *ballast_total_get_name        (BallastTotal             total);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastCountDelta, ballast_count_delta_free)

G_END_DECLS
