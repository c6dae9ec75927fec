#pragma once

#include "ballast-manifest-sample.h"

G_BEGIN_DECLS

typedef enum
{
  BALLAST_COLUMN_PATH,
  BALLAST_COLUMN_LABEL,
  BALLAST_COLUMN_SPLIT,
  BALLAST_COLUMN_GROUP,
  BALLAST_COLUMN_OTHER, /* never a label, whatever stands in it */
} BallastColumnUse;

/* How much the header @text speaks for @use; 0: not at all. */
int         ballast_column_rank          (BallastColumnUse           use,
                                          const char                *text);

/* What is being found out of a manifest. */
typedef struct
{
  const BallastManifestSample *sample;
  const BallastImportWishes   *wishes;
  gboolean                     has_header;
  guint                        first_row; /* below the header */
  guint                        n_rows;    /* with it */
  guint                        n_columns;
  int                          path;      /* columns, or -1 */
  int                          split;
  int                          group;
} BallastColumnGuess;

/* (transfer none): "" where there is no such field. */
const char *ballast_column_guess_get     (const BallastColumnGuess  *guess,
                                          guint                      row,
                                          guint                      column);

/* (transfer none): the name of a column; its number where the header has none. */
const char *ballast_column_guess_get_name (const BallastColumnGuess *guess,
                                          guint                      column);

/* How much the header of a column speaks for @use. */
int         ballast_column_guess_rank    (const BallastColumnGuess  *guess,
                                          BallastColumnUse           use,
                                          guint                      column);

/* The column that the user calls @name, by its header or its number; or -1. */
int         ballast_column_guess_find    (const BallastColumnGuess  *guess,
                                          const char                *name);

typedef gboolean (*BallastColumnTest) (const char *text);

/* Every value that is not empty passes, and there is one. */
gboolean    ballast_column_guess_all     (const BallastColumnGuess  *guess,
                                          guint                      column,
                                          BallastColumnTest          test);
gboolean    ballast_column_is_number     (const char                *text);
gboolean    ballast_column_is_indicator  (const char                *text);

guint       ballast_column_guess_count_distinct (const BallastColumnGuess *guess,
                                          guint                      column);

/* Fills in which columns are labels, and what separates several in one, as the user wishes or by
 * looking. */
void        ballast_column_guess_find_labels (const BallastColumnGuess *guess,
                                          BallastImportOptions      *options);

G_END_DECLS
