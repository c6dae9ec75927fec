/* The table of the exporters as front ends see it, and what each layout cannot hold.  Any thread. */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-export-layouts.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "ballast-document-private.h"
#include "ballast-exporter.h"
#include "ballast-settings.h"
#include "ballast-store-query.h"

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

static void
add (GString    *text,
     const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
}

/* Takes @sentence. */
static void
add_counted (GString *text,
             char    *sentence)
{
  add (text, sentence);
  g_free (sentence);
}

static gulong
plural (guint64 n)
{
  return (gulong) MIN (n, 1000000);
}

/* Of layouts for classification. */
static void
tell_of_images (GString             *text,
                BallastExporterFlags flags,
                const BallastTally  *tally)
{
  if (tally->multi_label > 0 && (flags & BALLAST_EXPORTER_MULTI_LABEL) == 0)
    add_counted (text, g_strdup_printf (
                   g_dngettext (GETTEXT_PACKAGE,
                                "It holds one class an image: %" PRIu64 " image of several "
                                "classes is left out.",
                                "It holds one class an image: %" PRIu64 " images of several "
                                "classes are left out.",
                                plural (tally->multi_label)), (guint64) tally->multi_label));
  if (tally->unlabelled > 0 && (flags & BALLAST_EXPORTER_MULTI_LABEL) == 0)
    add_counted (text, g_strdup_printf (
                   g_dngettext (GETTEXT_PACKAGE,
                                "%" PRIu64 " image without a class is left out.",
                                "%" PRIu64 " images without a class are left out.",
                                plural (tally->unlabelled)), (guint64) tally->unlabelled));
  if (tally->boxes > 0 && (flags & BALLAST_EXPORTER_BOXES) == 0)
    add (text, _("It has no place for boxes: classes alone are written."));
}

static void
tell_of_shapes (GString                      *text,
                BallastExporterFlags          flags,
                const BallastExportSubstance *substance)
{
  gboolean loses_outlines = (substance == NULL || substance->has_outlines) &&
                            (flags & BALLAST_EXPORTER_OUTLINES) == 0;
  gboolean loses_masks = (substance == NULL || substance->has_masks) &&
                         (flags & BALLAST_EXPORTER_MASKS) == 0;

  if (loses_outlines && loses_masks)
    add (text, _("It has no place for outlines and masks: boxes alone are written."));
  else if (loses_outlines)
    add (text, _("It has no place for outlines: boxes alone are written."));
  else if (loses_masks)
    add (text, _("It has no place for masks: they are written as boxes."));
  if (substance != NULL && substance->has_crowds && (flags & BALLAST_EXPORTER_CROWDS) == 0)
    add (text, _("Crowds are written as single objects."));
  if (substance != NULL && substance->has_marks && (flags & BALLAST_EXPORTER_MARKS) == 0)
    add (text, _("The marks “difficult”, “truncated” and “occluded” are left out."));
}

static void
tell_of_boxes (GString                     *text,
               BallastExporterFlags         flags,
               const BallastExportQuestion *question)
{
  const BallastTally *tally = question->tally;
  guint n_empty = 0;

  if (tally->boxes == 0 || (flags & BALLAST_EXPORTER_BOXES) == 0)
    return;
  tell_of_shapes (text, flags, question->substance);
  for (guint i = 0; i < tally->n_classes; i++)
    n_empty += tally->classes[i].total.instances == 0;
  if (n_empty > 0 && (flags & BALLAST_EXPORTER_CLASS_LIST) == 0)
    add_counted (text, g_strdup_printf (
                   g_dngettext (GETTEXT_PACKAGE,
                                "%" PRIu64 " class without a box is not named in it.",
                                "%" PRIu64 " classes without a box are not named in it.",
                                plural (n_empty)), (guint64) n_empty));
}

/* Of copies: originals are placed as they are. */
static void
tell_of_pictures (GString                     *text,
                  BallastExporterFlags         flags,
                  const BallastExportQuestion *question)
{
  const BallastExportSubstance *substance = question->substance;

  if (substance == NULL || !question->draws || (flags & BALLAST_EXPORTER_PIXELS) == 0)
    return;
  if (substance->n_deep > 0)
    add_counted (text, g_strdup_printf (
                   g_dngettext (GETTEXT_PACKAGE,
                                "%" PRIu64 " image has more than 8 bits a channel: its copies have 8.",
                                "%" PRIu64 " images have more than 8 bits a channel: their copies have 8.",
                                plural (substance->n_deep)), (guint64) substance->n_deep));
  if (substance->n_no_jpeg > 0 && question->format == BALLAST_FORMAT_CHOICE_JPEG)
    add_counted (text, g_strdup_printf (
                   g_dngettext (GETTEXT_PACKAGE,
                                "%" PRIu64 " image has transparency, a palette or 16 bits: its copies "
                                "are PNG, not JPEG.",
                                "%" PRIu64 " images have transparency, a palette or 16 bits: their copies "
                                "are PNG, not JPEG.",
                                plural (substance->n_no_jpeg)), (guint64) substance->n_no_jpeg));
}

char *
ballast_export_layouts_dup_loss (guint                        index,
                                 const BallastExportQuestion *question)
{
  GString *text = g_string_new (NULL);
  const BallastTally *tally = question->tally;
  BallastExporterFlags flags;

  g_return_val_if_fail (index < ballast_exporter_get_n (), NULL);

  flags = ballast_exporter_get (index)->flags;
  tell_of_images (text, flags, tally);
  tell_of_boxes (text, flags, question);
  if (tally->boxes < tally->annotations && (flags & BALLAST_EXPORTER_BOXES) != 0 &&
      (flags & BALLAST_EXPORTER_PLAIN_LABELS) == 0)
    add (text, _("Labels without a box are written as boxes round the whole image."));
  tell_of_pictures (text, flags, question);

  return g_string_free (text, text->len == 0);
}

static void
load_in_thread (GTask        *task,
                BallastStore *store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  BallastStoreSubstance found;
  GError *error = NULL;
  BallastExportSubstance *substance;

  if (!ballast_store_get_substance (store, &found, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  substance = g_new (BallastExportSubstance, 1);
  *substance = (BallastExportSubstance) { found.has_outlines, found.has_masks, found.has_crowds,
                                          found.has_marks, found.n_deep, found.n_no_jpeg };
  g_task_return_pointer (task, substance, g_free);
}

void
ballast_export_substance_load_async (BallastDocument    *document,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  GTask *task = g_task_new (document, cancellable, callback, user_data);

  g_task_set_source_tag (task, ballast_export_substance_load_async);
  ballast_store_thread_run (ballast_document_get_thread (document), task, load_in_thread);
}

BallastExportSubstance *
ballast_export_substance_load_finish (GAsyncResult *result,
                                      GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
