/*
 * The first of two passes over a manifest: its labels, so that classes can be declared in a good
 * order, and the paths that come up again, so that the second pass knows which images to hold back.
 *
 * Memory: the labels, and 16 to 32 bytes a line.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-manifest-survey.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-image-finder.h"
#include "ballast-import-error.h"
#include "ballast-manifest-row.h"
#include "ballast-path.h"

/* Rows between two looks at the clock. */
#define CLOCK_INTERVAL 1024

static void
file_free (gpointer data)
{
  BallastManifestFile *file = data;

  g_free (file->path);
  g_free (file->name);
  g_free (file->base);
  g_free (file->split);
  g_free (file);
}

char *
ballast_manifest_dup_root (const char                 *path,
                           const BallastImportOptions *options)
{
  g_autofree char *folder = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path)
                                                                   : g_path_get_dirname (path);
  char *root = realpath (options->images != NULL ? options->images : folder, NULL);
  char *own = g_canonicalize_filename (root != NULL ? root : folder, NULL);

  free (root);

  return own;
}

/* "train.csv", or "train/metadata.csv". */
static char *
find_split (const char *name)
{
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *folder = g_path_get_dirname (name);
  char *split;

  *(strrchr (base, '.') != NULL ? strrchr (base, '.') : base + strlen (base)) = '\0';
  split = ballast_name_find_split (base);

  return split != NULL ? split : ballast_name_find_split (folder);
}

static BallastManifestFile *
file_new (const char                 *folder,
          const char                 *name,
          const char                 *root,
          const char                 *base, /* (nullable): NULL for its own folder */
          const BallastImportOptions *options)
{
  BallastManifestFile *file = g_new0 (BallastManifestFile, 1);
  g_autofree char *own_folder = NULL;
  g_autofree char *real = NULL;
  gsize length = strlen (root);

  file->path = g_build_filename (folder, name, NULL);
  file->name = g_strdup (name);
  if (options->split_from_name)
    file->split = find_split (name);
  own_folder = g_path_get_dirname (file->path);
  real = g_canonicalize_filename (own_folder, NULL);
  if (base != NULL)
    file->base = g_strdup (base);
  else if (strncmp (real, root, length) == 0 && real[length] == '/')
    file->base = g_strdup (real + length + 1);
  else
    file->base = g_strdup ("");

  return file;
}

/* (transfer none) (nullable) */
static const char *
get_base (const BallastImportOptions *options,
          guint                       index)
{
  if (options->bases == NULL || index >= g_strv_length (options->bases))
    return options->base;

  return strcmp (options->bases[index], ".") == 0 ? NULL : options->bases[index];
}

GPtrArray *
ballast_manifest_list_files (const char                 *path,
                             const BallastImportOptions *options)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (file_free);
  g_autofree char *root = ballast_manifest_dup_root (path, options);
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  char *real;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      real = realpath (path, NULL);
      folder = g_strdup (real != NULL ? real : path);
      free (real);
      for (guint i = 0; options->files != NULL && options->files[i] != NULL; i++)
        if (ballast_path_is_safe (options->files[i]))
          g_ptr_array_add (files, file_new (folder, options->files[i], root, get_base (options, i),
                                            options));
      return files;
    }
  name = g_path_get_dirname (path);
  real = realpath (name, NULL);
  folder = g_strdup (real != NULL ? real : name);
  free (real);
  g_free (name);
  name = g_path_get_basename (path);
  g_ptr_array_add (files, file_new (folder, name, root, options->base, options));

  return files;
}

BallastTable *
ballast_manifest_file_open (const BallastManifestFile  *file,
                            const BallastImportOptions *options,
                            GError                    **error)
{
  if (options->format == BALLAST_MANIFEST_AUTO || options->path_column == NULL)
    {
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS,
                   _("It is not known which column of “%s” names the images"), file->name);
      return NULL;
    }

  return ballast_table_open (file->path, options->format, options->separator, options->has_header,
                             error);
}

char *
ballast_manifest_file_resolve (const BallastManifestFile *file,
                               const char                *root,
                               const char                *path)
{
  char *resolved = ballast_image_path_resolve (root, file->base, path);

  return resolved != NULL ? resolved : g_strdup (path);
}

static void
counter_init (BallastNameCounter *counter)
{
  counter->names = g_ptr_array_new_with_free_func (g_free);
  counter->counts = g_array_new (FALSE, TRUE, sizeof (guint64));
  counter->index = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
counter_clear (BallastNameCounter *counter)
{
  g_ptr_array_unref (counter->names);
  g_array_unref (counter->counts);
  g_hash_table_unref (counter->index);
}

int
ballast_name_counter_find (const BallastNameCounter *counter,
                           const char               *name)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (counter->index, name)) - 1;
}

static int
counter_add (BallastNameCounter *counter,
             const char         *name,
             guint64             n)
{
  int index = ballast_name_counter_find (counter, name);
  char *own;

  if (index < 0)
    {
      own = g_strdup (name);
      index = counter->names->len;
      g_ptr_array_add (counter->names, own);
      g_array_set_size (counter->counts, index + 1);
      g_hash_table_insert (counter->index, own, GINT_TO_POINTER (index + 1));
    }
  g_array_index (counter->counts, guint64, index) += n;

  return index;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double left = g_ascii_strtod (*(char *const *) a, NULL);
  double right = g_ascii_strtod (*(char *const *) b, NULL);

  if (left != right)
    return left < right ? -1 : 1;

  return strcmp (*(char *const *) a, *(char *const *) b);
}

static gboolean
are_numbers (GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      char *end;

      g_ascii_strtod (names->pdata[i], &end);
      if (*end != '\0')
        return FALSE;
    }

  return TRUE;
}

/* Where all names are numbers: 2 before 10. */
static void
counter_sort_numbers (BallastNameCounter *counter)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  BallastNameCounter sorted;

  if (!are_numbers (counter->names))
    return;
  g_ptr_array_extend (names, counter->names, NULL, NULL);
  g_ptr_array_sort (names, compare_numbers);
  counter_init (&sorted);
  for (guint i = 0; i < names->len; i++)
    counter_add (&sorted, names->pdata[i],
                 g_array_index (counter->counts, guint64,
                                ballast_name_counter_find (counter, names->pdata[i])));
  counter_clear (counter);
  *counter = sorted;
}

typedef struct
{
  const BallastManifestScope *scope;
  const BallastManifestFile  *file;
  BallastManifestSurvey      *survey;
  BallastManifestColumns      columns;
  GPtrArray                  *labels;  /* of the row */
  GPtrArray                  *current; /* of the image: rows of the same one follow each other */
  guint64                     n_rows;
} Pass;

static gboolean
has_label (GPtrArray  *labels,
           const char *label)
{
  for (guint i = 0; i < labels->len; i++)
    if (strcmp (labels->pdata[i], label) == 0)
      return TRUE;

  return FALSE;
}

static void
survey_row (Pass         *pass,
            BallastTable *table)
{
  const char *path = ballast_manifest_columns_get_path (&pass->columns, table);
  g_autofree char *resolved = ballast_manifest_file_resolve (pass->file, pass->scope->root, path);
  const char *split = pass->file->split;
  gboolean is_new = ballast_repeat_finder_add (pass->survey->repeats, resolved);

  if (is_new)
    {
      g_ptr_array_set_size (pass->current, 0);
      pass->survey->images++;
    }
  if (split == NULL)
    split = ballast_manifest_columns_get_split (&pass->columns, table);
  if (*split != '\0')
    counter_add (&pass->survey->splits, split, is_new);

  g_ptr_array_set_size (pass->labels, 0);
  ballast_manifest_columns_get_labels (&pass->columns, table, pass->labels);
  for (guint i = 0; i < pass->labels->len; i++)
    {
      if (has_label (pass->current, pass->labels->pdata[i]))
        continue;
      counter_add (&pass->survey->labels, pass->labels->pdata[i], 1);
      g_ptr_array_add (pass->current, g_strdup (pass->labels->pdata[i]));
    }
}

static gboolean
is_late (Pass         *pass,
         BallastTable *table)
{
  gint64 deadline = pass->scope->deadline_us;

  if (++pass->n_rows % CLOCK_INTERVAL != 0)
    return FALSE;
  ballast_progress_report (pass->scope->progress,
                           &(BallastProgressState) { .bytes_done = ballast_table_get_done (table) });

  return deadline > 0 && g_get_monotonic_time () > deadline;
}

static gboolean
check_columns (Pass         *pass,
               BallastTable *table,
               GError      **error)
{
  if (pass->scope->options->format != BALLAST_MANIFEST_JSON_LINES && pass->columns.path < 0)
    {
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS,
                   _("“%s” has no column “%s”"),
                   pass->file->name, pass->scope->options->path_column);
      return FALSE;
    }
  if (pass->survey->labels.names->len > BALLAST_MANIFEST_MAX_CLASSES)
    {
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS,
                   _("“%s” has more than %d different labels: choose another label column"),
                   pass->file->name, BALLAST_MANIFEST_MAX_CLASSES);
      return FALSE;
    }

  return TRUE;
}

static gboolean
survey_file (Pass         *pass,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr(BallastTable) table = ballast_manifest_file_open (pass->file, pass->scope->options,
                                                               error);
  BallastTableStep step;

  if (table == NULL)
    return FALSE;
  pass->survey->size += ballast_table_get_size (table);
  while ((step = ballast_table_next (table, cancellable, error)) == BALLAST_TABLE_ROW
         || step == BALLAST_TABLE_BAD)
    {
      g_autofree char *wrong = NULL;

      if (step == BALLAST_TABLE_ROW)
        {
          ballast_manifest_columns_find (&pass->columns, table);
          wrong = ballast_manifest_columns_check (&pass->columns, table);
          if (!check_columns (pass, table, error))
            return FALSE;
        }
      if (step == BALLAST_TABLE_BAD || wrong != NULL)
        pass->survey->bad++;
      else
        survey_row (pass, table);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (is_late (pass, table))
        {
          pass->survey->is_partial = TRUE;
          return TRUE;
        }
    }

  return step != BALLAST_TABLE_ERROR;
}

BallastManifestSurvey *
ballast_manifest_survey_new (const BallastManifestScope *scope,
                             GCancellable               *cancellable,
                             GError                    **error)
{
  g_autoptr(BallastManifestSurvey) survey = g_new0 (BallastManifestSurvey, 1);
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) current = g_ptr_array_new_with_free_func (g_free);

  counter_init (&survey->labels);
  counter_init (&survey->splits);
  survey->repeats = ballast_repeat_finder_new ();
  if (scope->options->label_style == BALLAST_LABELS_INDICATORS)
    for (guint i = 0; scope->options->label_columns[i] != NULL; i++)
      counter_add (&survey->labels, scope->options->label_columns[i], 0);

  for (guint i = 0; i < scope->files->len && !survey->is_partial; i++)
    {
      g_auto(BallastManifestColumns) columns = { 0 };
      Pass pass = { scope, scope->files->pdata[i], survey, { 0 }, labels, current, 0 };
      gboolean is_done;

      ballast_manifest_columns_init (&columns, scope->options);
      pass.columns = columns;
      is_done = survey_file (&pass, cancellable, error);
      if (!is_done)
        return NULL;
    }
  if (scope->options->label_style == BALLAST_LABELS_NAMES)
    counter_sort_numbers (&survey->labels);

  return g_steal_pointer (&survey);
}

void
ballast_manifest_survey_free (BallastManifestSurvey *survey)
{
  if (survey == NULL)
    return;
  counter_clear (&survey->labels);
  counter_clear (&survey->splits);
  ballast_repeat_finder_free (survey->repeats);
  g_free (survey);
}
