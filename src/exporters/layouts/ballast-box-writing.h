#pragma once

#include "ballast-exporter-private.h"
#include "ballast-shape.h"

G_BEGIN_DECLS

/* What writers of layouts with boxes share. */

/* Appends @number with the fewest digits that read back as the same, without ".0". */
void     ballast_box_append_number  (GString                   *text,
                                     double                     number);

/* Appends @text as a JSON string, quotes and all; bytes that are no UTF-8 are shown as \xHH. */
void     ballast_box_append_json    (GString                   *text,
                                     const char                *string);

/* (transfer full): the folder of @source's split, "images" where nothing has one. */
char    *ballast_box_dup_folder     (const BallastExporterContext *context,
                                     const BallastExportSource *source,
                                     const char                *class_name);

/* The part of @path behind @folder/, or all of it where it lies elsewhere. */
const char *ballast_box_cut_folder  (const char                *path,
                                     const char                *folder);

/* Writes @text into the file @name, whole. */
gboolean ballast_box_write_file     (int                        dir_fd,
                                     const char                *name,
                                     const GString             *text,
                                     GError                   **error);

/* The name of @file's class, as text that every format takes. */
char    *ballast_box_dup_class_name (const BallastExportOptions *options,
                                     guint                      class_index);

G_END_DECLS
