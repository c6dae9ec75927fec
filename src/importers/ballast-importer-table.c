/*
 * The readers, one line each.  Where two are equally sure of a layout, the earlier one wins.
 * Those of annotation files come first: what they know is nobody else's.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-importer-table.h"

static const BallastImporter *const importers[] = {
  &ballast_importer_coco,
  &ballast_importer_voc,
  &ballast_importer_yolo,
  &ballast_importer_createml,
  &ballast_importer_folders,
  &ballast_importer_manifest,
};

guint
ballast_importer_get_n (void)
{
  return G_N_ELEMENTS (importers);
}

const BallastImporter *
ballast_importer_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (importers), NULL);

  return importers[index];
}

const BallastImporter *
ballast_importer_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (importers); i++)
    if (g_strcmp0 (importers[i]->name, name) == 0)
      return importers[i];

  return NULL;
}

gboolean
ballast_importer_read (const BallastImporter      *importer,
                       const BallastImportRequest *request,
                       BallastImportSummary       *summary,
                       GCancellable               *cancellable,
                       GError                    **error)
{
  BallastImportSummary own = { 0 };

  g_return_val_if_fail (importer != NULL && request->path != NULL, FALSE);
  g_return_val_if_fail (request->options != NULL && request->sink != NULL, FALSE);

  if (summary == NULL)
    summary = &own;
  *summary = own;
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !importer->read (request, summary, cancellable, error))
    return FALSE;

  return ballast_import_sink_finish (request->sink, summary, error);
}
