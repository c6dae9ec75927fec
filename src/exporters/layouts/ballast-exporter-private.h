#pragma once

#include "ballast-export-file.h"
#include "ballast-exporter.h"

G_BEGIN_DECLS

extern const BallastExporter ballast_exporter_coco;
extern const BallastExporter ballast_exporter_createml;
extern const BallastExporter ballast_exporter_folders;
extern const BallastExporter ballast_exporter_lists;
extern const BallastExporter ballast_exporter_manifest;
extern const BallastExporter ballast_exporter_voc;
extern const BallastExporter ballast_exporter_webdataset;
extern const BallastExporter ballast_exporter_yolo;

/* (transfer full): the safe name of the list of @source's split, without ending: "train". */
char    *ballast_exporter_dup_list_name (const BallastExportSource  *source);

/* Lists by name, opened at their first line. */
typedef struct
{
  int         dir_fd;
  GHashTable *files; /* name → BallastTextFile */
} BallastListFiles;

void     ballast_list_files_init  (BallastListFiles  *lists,
                                   int                dir_fd);
void     ballast_list_files_clear (BallastListFiles  *lists);

/* Appends @line @times times to the list @name. */
gboolean ballast_list_files_add   (BallastListFiles  *lists,
                                   const char        *name,
                                   const char        *line,
                                   guint              times,
                                   GError           **error);
gboolean ballast_list_files_close (BallastListFiles  *lists,
                                   GError           **error);

G_END_DECLS
