#pragma once

#include "ballast-import-options.h"
#include "ballast-import-wishes.h"

G_BEGIN_DECLS

/* The first rows of a manifest, and how they are written. */
typedef struct
{
  BallastManifestFormat format;
  char                  separator;
  GPtrArray            *columns; /* names of JSON members, or numbers; the header is still a row */
  GPtrArray            *rows;    /* (element-type GPtrArray of char*, NULL where absent) */
  guint                 n_bad;
  gboolean              varies;  /* rows of different lengths */
} BallastManifestSample;

#define BALLAST_MANIFEST_SAMPLE_ROWS 512

/* (transfer full): NULL with the errors of ballast_table_open(), or BALLAST_IMPORT_ERROR_SYNTAX
 * where no row can be understood.  @separator: 0 to find it out, ' ' for white space. */
BallastManifestSample *ballast_manifest_sample_new  (const char            *path,
                                                     char                   separator,
                                                     GError               **error);
void                   ballast_manifest_sample_free (BallastManifestSample *sample);

/* (transfer none): "" where there is no such field. */
const char            *ballast_manifest_sample_get  (const BallastManifestSample *sample,
                                                     guint                  row,
                                                     guint                  column);

/* (transfer none): as options call it: its name in the header, or its number. */
const char            *ballast_manifest_sample_get_column (const BallastManifestSample *sample,
                                                           gboolean         has_header,
                                                           guint            column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastManifestSample, ballast_manifest_sample_free)

/*
 * Names the columns of @sample: fills the members of @options that tell how a manifest is written and
 * which columns are what, as @wishes say or by looking.
 *
 * Returns how sure it is that this is a list of images, 0 … 1; 0: it is none, or (with @error set to
 * BALLAST_IMPORT_ERROR_OPTIONS) it has no such column.
 */
double                 ballast_manifest_sample_guess (const BallastManifestSample *sample,
                                                      const BallastImportWishes *wishes,
                                                      BallastImportOptions  *options,
                                                      GError               **error);

G_END_DECLS
