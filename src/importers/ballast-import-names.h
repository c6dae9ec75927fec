#pragma once

#include "ballast-import-sink.h"

G_BEGIN_DECLS

/* Declares @names (UTF-8) in their order and puts the sink's indices into @indices (int).  Names
 * that differ only in case are told as problems. */
gboolean ballast_import_declare_classes (const BallastImportSink *sink,
                                         BallastImportSummary    *summary,
                                         GPtrArray               *names,
                                         GArray                  *indices,
                                         GError                 **error);

gboolean ballast_import_declare_splits  (const BallastImportSink *sink,
                                         GPtrArray               *names,
                                         GArray                  *indices,
                                         GError                 **error);

/* (transfer full) (nullable): a name that was asked for before and is the same but for case. */
char    *ballast_import_find_clash      (GHashTable              *folded_names,
                                         const char              *name);

/* (transfer full): for ballast_import_find_clash, which fills it. */
GHashTable *ballast_import_clashes_new  (void);

G_END_DECLS
