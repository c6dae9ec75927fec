/*
 * What an export follows from, read once: the plan, what becomes of every image, the options in the
 * exporters' words.  The job's thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-export-setup.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "ballast-export-estimate.h"
#include "ballast-import-options.h"
#include "ballast-path.h"
#include "ballast-settings-private.h"

/* What the calls on the store thread are given. */
typedef struct
{
  BallastExportSetup *setup;
  GCancellable       *cancellable;
} Reading;

static gboolean
snapshot_in_thread (BallastStore *store,
                    gpointer      user_data,
                    GError      **error)
{
  Reading *reading = user_data;

  reading->setup->snapshot = ballast_snapshot_read (store, NULL, error);
  return reading->setup->snapshot != NULL;
}

static gboolean
choices_in_thread (BallastStore *store,
                   gpointer      user_data,
                   GError      **error)
{
  Reading *reading = user_data;
  BallastExportSetup *self = reading->setup;

  return ballast_export_choices_read (&self->choices, store, self->snapshot->tally, self->plan,
                                      reading->cancellable, error);
}

gboolean
ballast_export_options_fill (BallastExportOptions        *options,
                             const BallastExportSettings *settings,
                             GError                     **error)
{
  *options = (BallastExportOptions) BALLAST_EXPORT_OPTIONS_INIT;
  options->layout = settings->layout;
  options->quality = settings->quality;
  options->seed = settings->seed;
  options->skip_changed = TRUE;
  return ballast_originals_parse (settings->originals, &options->originals, error) &&
         ballast_export_format_parse (ballast_format_choice_get_name (settings->format),
                                      &options->format, error) &&
         ballast_weight_file_kinds_parse (settings->weights, &options->weight_files, error);
}

gboolean
ballast_export_settings_can_crop (const BallastExportSettings *settings)
{
  const BallastExporter *exporter = ballast_exporter_find (settings->layout);

  return exporter == NULL || (exporter->flags & BALLAST_EXPORTER_PIXELS) != 0;
}

static gboolean
make_plan (BallastExportSetup          *self,
           const BallastExportSettings *settings,
           GCancellable                *cancellable,
           GError                     **error)
{
  const BallastSettings *stored = self->snapshot->settings;
  g_auto(BallastBalanceSettings) balance = { 0 };

  ballast_export_settings_copy (settings != NULL ? settings : ballast_settings_get_export (stored),
                                &self->settings);

  /* One seed decides everything that is drawn: which images repeat, and how each copy looks. */
  ballast_balance_settings_copy (ballast_settings_get_balance (stored), &balance);
  balance.seed = self->settings.seed;
  if (!ballast_export_settings_can_crop (&self->settings))
    balance.crops.enabled = FALSE;
  self->plan = ballast_snapshot_dup_plan (self->snapshot, &balance, cancellable, error);
  if (self->plan == NULL)
    return FALSE;
  self->weights = ballast_snapshot_dup_weights (self->snapshot, self->plan,
                                                ballast_settings_get_weights (stored));
  return TRUE;
}

/* (transfer full): without holes, in the order of the classes; from 0 where the files begin there. */
static gint64 *
dup_fresh_numbers (const BallastTally *tally)
{
  gint64 *numbers = g_new0 (gint64, tally->n_classes + 1);
  gint64 first = 1;

  for (guint i = 0; i < tally->n_classes; i++)
    if (tally->classes[i].has_number && tally->classes[i].number == 0)
      first = 0;
  for (guint i = 0; i < tally->n_classes; i++)
    numbers[i] = first + i;
  return numbers;
}

/* (transfer full): the ids of their files, and the next free ones for classes that have none or
 * another's; 1, 2, 3 … where no class has one, and where the user changed the classes. */
static gint64 *
dup_class_numbers (const BallastTally *tally)
{
  g_autofree gint64 *numbers = g_new0 (gint64, tally->n_classes + 1);
  g_autoptr(GHashTable) taken = g_hash_table_new (g_int64_hash, g_int64_equal);
  gint64 next = 1;

  if (tally->classes_edited)
    return dup_fresh_numbers (tally);
  for (guint i = 0; i < tally->n_classes; i++)
    if (tally->classes[i].has_number)
      next = MAX (next, tally->classes[i].number + 1);
  for (guint i = 0; i < tally->n_classes; i++)
    {
      const BallastClassTally *class = &tally->classes[i];

      numbers[i] = class->has_number && !g_hash_table_contains (taken, &class->number)
                     ? class->number : next++;
      g_hash_table_add (taken, &numbers[i]);
    }
  return g_steal_pointer (&numbers);
}

static gboolean
fill_options (BallastExportSetup *self,
              GError            **error)
{
  const BallastTally *tally = self->snapshot->tally;

  if (!ballast_export_options_fill (&self->options, &self->settings, error))
    return FALSE;

  self->class_names = g_new0 (const char *, tally->n_classes + 1);
  self->class_parents = g_new0 (const char *, tally->n_classes + 1);
  for (guint i = 0; i < tally->n_classes; i++)
    {
      self->class_names[i] = tally->classes[i].name;
      self->class_parents[i] = tally->classes[i].parent;
    }
  self->class_numbers = dup_class_numbers (tally);
  self->pipeline_json =
    ballast_pipeline_to_json (ballast_settings_get_pipeline (self->snapshot->settings, 0), TRUE);
  self->options.weights = self->weights;
  self->options.plan = self->plan;
  self->options.pipeline_json = self->pipeline_json;
  self->options.mixes = ballast_snapshot_mixes (self->snapshot);
  self->options.redraws = ballast_settings_get_redraws (self->snapshot->settings);
  self->options.class_names = self->class_names;
  self->options.class_parents = self->class_parents;
  self->options.class_numbers = self->class_numbers;
  return TRUE;
}

char *
ballast_export_setup_dup_fingerprint (const BallastExportSetup *self)
{
  const BallastSnapshot *snapshot = self->snapshot;
  g_autofree char *pipelines =
    ballast_settings_class_pipelines_text (snapshot->settings, 0, NULL, snapshot->tally);
  g_autoptr(GString) text = g_string_new (self->choices.digest);
  gsize n_pairs;
  const BallastClassPair *pairs = ballast_settings_get_pairs (snapshot->settings, &n_pairs);
  g_autofree char *pairs_text = ballast_settings_pairs_text (pairs, n_pairs);
  g_autofree char *redraws =
    ballast_redraws_to_json (ballast_settings_get_redraws (snapshot->settings));

  g_string_append_printf (text, "\n%s\n%s", pipelines == NULL ? "" : pipelines, pairs_text);
  if (redraws != NULL)
    g_string_append_printf (text, "\n%s", redraws);
  for (guint i = 0; i < snapshot->sources->len; i++)
    {
      const BallastSource *source = g_ptr_array_index (snapshot->sources, i);

      g_string_append_printf (text, "\n%s %" G_GINT64_FORMAT, source->root, source->imported_us);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
}

/* Pairs of the project by id become pairs by index, as the exporter names classes. */
static void
set_pairs (const BallastExportSetup *self,
           BallastExportRun         *run)
{
  g_autoptr(GArray) by_index = g_array_new (FALSE, FALSE, sizeof (BallastClassPair));
  const BallastTally *tally = self->snapshot->tally;
  gsize n_pairs;
  const BallastClassPair *pairs = ballast_settings_get_pairs (self->snapshot->settings, &n_pairs);

  for (gsize i = 0; i < n_pairs; i++)
    {
      const BallastClassTally *class = ballast_tally_find_class_by_id (tally, pairs[i].class_id);
      const BallastClassTally *mirrored = ballast_tally_find_class_by_id (tally,
                                                                          pairs[i].mirrored_id);
      BallastClassPair pair;

      if (class == NULL || mirrored == NULL)
        continue;
      pair = (BallastClassPair) { class->index, mirrored->index };
      g_array_append_val (by_index, pair);
    }
  ballast_export_run_set_pairs (run, (BallastClassPair *) (gpointer) by_index->data,
                                by_index->len);
}

/* As the import was told; options that cannot be read follow nothing. */
static gboolean
follows_links (const BallastSource *source)
{
  g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;

  return source->options != NULL &&
         ballast_import_options_from_json (&options, source->options, NULL) && options.follow_links;
}

static gboolean
open_roots (BallastExportSetup *self,
            GError            **error)
{
  GPtrArray *sources = self->snapshot->sources;

  self->follows_links = g_new0 (gboolean, sources->len + 1);
  for (guint i = 0; i < sources->len; i++)
    self->follows_links[i] = follows_links (g_ptr_array_index (sources, i));
  self->root_fds = g_new (int, sources->len + 1);
  for (guint i = 0; i < sources->len; i++)
    self->root_fds[i] = open (((BallastSource *) g_ptr_array_index (sources, i))->root,
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (guint i = 0; i < sources->len; i++)
    if (self->root_fds[i] < 0)
      {
        const BallastSource *source = g_ptr_array_index (sources, i);
        g_autofree char *display = ballast_path_display (source->root);

        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                     _("The folder “%s” that the images are in cannot be opened."), display);
        return FALSE;
      }
  return TRUE;
}

gboolean
ballast_export_setup_has_room (const BallastExportSetup *self,
                               const char               *dest,
                               GError                  **error)
{
  BallastExportNeeds needs = { 0 };
  BallastExportBatch batch = { .mean_bytes = self->snapshot->figures->mean_bytes,
                               .mean_megapixels = self->snapshot->figures->mean_megapixels };

  for (guint i = 0; i < self->choices.choices->len; i++)
    {
      const BallastExportChoice *choice = &g_array_index (self->choices.choices,
                                                          BallastExportChoice, i);

      batch.n_originals += choice->keep_original;
      batch.n_copies += choice->n_copies + choice->n_crops;
    }
  ballast_export_needs_add (&needs, &self->options, &batch);
  return ballast_export_needs_check (&needs, dest, error);
}

static gboolean
count_files (BallastExportSetup *self)
{
  for (guint i = 0; i < self->choices.choices->len; i++)
    {
      const BallastExportChoice *choice = &g_array_index (self->choices.choices,
                                                          BallastExportChoice, i);
      guint64 *n = choice->training ? &self->options.n_training : &self->options.n_others;

      *n += choice->keep_original + choice->n_copies + choice->n_crops;
    }
  return TRUE;
}

gboolean
ballast_export_setup_read (BallastExportSetup          *self,
                           BallastStoreThread          *thread,
                           const BallastExportSettings *settings,
                           GCancellable                *cancellable,
                           GError                     **error)
{
  Reading reading = { self, cancellable };

  return ballast_store_thread_call (thread, snapshot_in_thread, &reading, error) &&
         make_plan (self, settings, cancellable, error) &&
         fill_options (self, error) &&
         ballast_store_thread_call (thread, choices_in_thread, &reading, error) &&
         count_files (self) && open_roots (self, error);
}

void
ballast_export_setup_clear (BallastExportSetup *self)
{
  for (guint i = 0; self->root_fds != NULL && i < self->snapshot->sources->len; i++)
    if (self->root_fds[i] >= 0)
      close (self->root_fds[i]);
  g_clear_pointer (&self->root_fds, g_free);
  g_clear_pointer (&self->follows_links, g_free);
  ballast_export_settings_clear (&self->settings);
  ballast_export_choices_clear (&self->choices);
  g_clear_pointer (&self->plan, ballast_plan_unref);
  g_clear_pointer (&self->weights, ballast_weights_free);
  g_clear_pointer (&self->snapshot, ballast_snapshot_free);
  g_clear_pointer (&self->pipeline_json, g_free);
  g_clear_pointer (&self->class_names, g_free);
  g_clear_pointer (&self->class_parents, g_free);
  g_clear_pointer (&self->class_numbers, g_free);
}

BallastExportRun *
ballast_export_setup_open_run (const BallastExportSetup *self,
                               const char               *dest,
                               GError                  **error)
{
  const BallastTally *tally = self->snapshot->tally;
  g_autofree char *fingerprint = ballast_export_setup_dup_fingerprint (self);
  BallastExportRun *run;

  run = ballast_export_run_open (dest, &self->options,
                                 tally->images > tally->images_without_split, fingerprint, error);
  if (run != NULL)
    set_pairs (self, run);
  return run;
}
