#pragma once

#include "ballast-reader.h"

G_BEGIN_DECLS

/* The directories of a TIFF, which is also what EXIF is made of. Plain and big TIFF. */
typedef struct
{
  BallastReader *reader;
  guint64        base;       /* where the TIFF header lies in the file */
  guint64        length;     /* bytes that belong to it */
  guint64        first;      /* offset of the first directory, from base */
  gboolean       big_endian;
  gboolean       big;        /* 64-bit offsets */
} BallastTiff;

typedef struct
{
  guint   tag;
  guint   type;
  guint64 count;
  guint64 values; /* offset of the first value, from base */
} BallastTiffEntry;

gboolean ballast_tiff_open        (BallastTiff            *tiff,
                                   BallastReader          *reader,
                                   guint64                 base,
                                   guint64                 length);

/* The number of entries of @directory; FALSE where it lies outside. */
gboolean ballast_tiff_get_n_entries (BallastTiff          *tiff,
                                   guint64                 directory,
                                   guint64                *n_entries);
gboolean ballast_tiff_get_entry   (BallastTiff            *tiff,
                                   guint64                 directory,
                                   guint64                 index,
                                   BallastTiffEntry       *entry);

/* The offset of the directory after this one; 0: none. */
guint64  ballast_tiff_get_next    (BallastTiff            *tiff,
                                   guint64                 directory);

/* Value @index of an entry of unsigned integers; FALSE for others and where it lies outside. */
gboolean ballast_tiff_get_value   (BallastTiff            *tiff,
                                   const BallastTiffEntry *entry,
                                   guint64                 index,
                                   guint64                *value);

G_END_DECLS
