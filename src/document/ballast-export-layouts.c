/* The table of the exporters as front ends see it, and what each layout cannot hold.  Any thread. */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-export-layouts.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "ballast-exporter.h"

guint
ballast_export_layouts_get_n (void)
{
  return ballast_exporter_get_n ();
}

const char *
ballast_export_layouts_get_name (guint index)
{
  return index < ballast_exporter_get_n () ? ballast_exporter_get (index)->name : NULL;
}

const char *
ballast_export_layouts_get_title (guint index)
{
  return index < ballast_exporter_get_n () ? _(ballast_exporter_get (index)->title) : "";
}

const char *
ballast_export_layouts_get_summary (guint index)
{
  return index < ballast_exporter_get_n () ? _(ballast_exporter_get (index)->summary) : "";
}

guint
ballast_export_layouts_find (const char *name)
{
  for (guint i = 0; i < ballast_exporter_get_n (); i++)
    if (g_strcmp0 (ballast_exporter_get (i)->name, name) == 0)
      return i;
  return 0;
}

char *
ballast_export_layouts_dup_loss (guint               index,
                                 const BallastTally *tally)
{
  BallastExporterFlags flags;

  g_return_val_if_fail (index < ballast_exporter_get_n (), NULL);

  flags = ballast_exporter_get (index)->flags;
  if (tally->multi_label > 0 && (flags & BALLAST_EXPORTER_MULTI_LABEL) == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "It holds one class an image: %" PRIu64 " image of several "
                                         "classes is left out, and so are all boxes.",
                                         "It holds one class an image: %" PRIu64 " images of several "
                                         "classes are left out, and so are all boxes.",
                                         (gulong) MIN (tally->multi_label, 1000000)), tally->multi_label);
  if (tally->boxes > 0 && (flags & BALLAST_EXPORTER_BOXES) == 0)
    return g_strdup (_("It has no place for boxes: classes alone are written."));
  if (tally->boxes > 0 && (flags & BALLAST_EXPORTER_OUTLINES) == 0)
    return g_strdup (_("It has no place for outlines and masks: boxes alone are written."));
  if (tally->boxes > 0 && (flags & BALLAST_EXPORTER_MASKS) == 0)
    return g_strdup (_("It has no place for masks: they are written as boxes."));
  if (tally->boxes < tally->annotations && (flags & BALLAST_EXPORTER_BOXES) != 0 &&
      (flags & BALLAST_EXPORTER_PLAIN_LABELS) == 0)
    return g_strdup (_("Labels without a box are written as boxes round the whole image."));
  return NULL;
}
