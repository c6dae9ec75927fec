/*
 * Class folders: split/class/file, or class/file where no image is in a split.  What torchvision's
 * ImageFolder, Keras and every second tutorial read.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-exporter-private.h"

#include <glib/gi18n-lib.h>

#include "ballast-export-names.h"

static char *
dup_folder (const BallastExporterContext *context,
            const BallastExportSource    *source,
            const char                   *class_name)
{
  g_autofree char *class_folder = ballast_export_name_component (class_name);
  g_autofree char *list_name = NULL;

  if (!context->has_splits)
    return g_steal_pointer (&class_folder);

  list_name = ballast_exporter_dup_list_name (source);
  return g_strconcat (list_name, "/", class_folder, NULL);
}

const BallastExporter ballast_exporter_folders = {
  .name = "folders",
  .title = N_("Class folders"),
  .summary = N_("One folder a class, below one a split: for torchvision, Keras, fastai and by eye."),
  .flags = BALLAST_EXPORTER_PIXELS,
  .dup_folder = dup_folder,
};
