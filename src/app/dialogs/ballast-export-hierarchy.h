#pragma once

#include "ballast-document.h"

G_BEGIN_DECLS

/* TRUE where the project has a hierarchy, so that its datasets can be exported. */
gboolean ballast_export_hierarchy_is_there    (BallastDocument *document);

/* (transfer full): "5 datasets, one a classifier, of the training split alone". */
char    *ballast_export_hierarchy_dup_help    (BallastDocument *document);

/* (transfer full): "1 800 images in 5 datasets"; of very many datasets only how many they are. */
char    *ballast_export_hierarchy_dup_summary (BallastDocument *document);

G_END_DECLS
