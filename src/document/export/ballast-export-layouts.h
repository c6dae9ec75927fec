#pragma once

#include "ballast-document.h"

G_BEGIN_DECLS

/* The layouts that can be written, for whoever offers them: the table of the exporters. */
guint       ballast_export_layouts_get_n       (void);

/* (transfer none): "coco"; NULL behind the end. */
const char *ballast_export_layouts_get_name    (guint               index);

/* (transfer none): in the user's language: "COCO", and one sentence. */
const char *ballast_export_layouts_get_title   (guint               index);
const char *ballast_export_layouts_get_summary (guint               index);

/* The position of the layout @name; 0 for an unknown one. */
guint       ballast_export_layouts_find        (const char         *name);

/* What of the data not every layout and format can hold; counted beside the tally. */
typedef struct
{
  gboolean has_outlines;
  gboolean has_masks;
  gboolean has_crowds;
  gboolean has_marks;
  guint64  n_deep;    /* images of more than 8 bits a channel that are drawn in 8 */
  guint64  n_no_jpeg; /* images that no JPEG holds */
} BallastExportSubstance;

void        ballast_export_substance_load_async  (BallastDocument              *document,
                                                  GCancellable                 *cancellable,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
/* (transfer full) */
BallastExportSubstance *
            ballast_export_substance_load_finish (GAsyncResult                 *result,
                                                  GError                      **error);

/* What is exported, and how. */
typedef struct
{
  const BallastTally           *tally;
  const BallastExportSubstance *substance; /* NULL: not known yet */
  guint                         format;    /* BallastFormatChoice */
  gboolean                      draws;     /* copies are drawn */
} BallastExportQuestion;

/* (transfer full) (nullable): what the layout has no place for, sentences; NULL where it holds all. */
char       *ballast_export_layouts_dup_loss    (guint                        index,
                                                const BallastExportQuestion *question);

G_END_DECLS
