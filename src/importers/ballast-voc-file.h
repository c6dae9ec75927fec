#pragma once

#include "ballast-box-records.h"

G_BEGIN_DECLS

/* A file of annotations in Pascal VOC's XML may be this large. */
#define BALLAST_VOC_MAX_BYTES (4 * 1024 * 1024)

/*
 * Reads one file: its record (without stem, file and split) and its labels go to @records.  Returns
 * FALSE with a G_MARKUP_ERROR or BALLAST_IMPORT_ERROR_SYNTAX where it is no annotation; nothing is
 * added then.  @faults: objects that have no name, or no box of four numbers.
 */
gboolean ballast_voc_file_parse (const char         *text,
                                 gsize               length,
                                 BallastBoxRecords  *records,
                                 GPtrArray          *faults, /* (element-type utf8): of single objects */
                                 GError            **error);

/* (transfer full) (nullable): the bytes of a regular file of at most BALLAST_VOC_MAX_BYTES. */
char    *ballast_voc_file_read  (const char         *path,
                                 gsize              *length);

G_END_DECLS
