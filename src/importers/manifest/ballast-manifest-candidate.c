/*
 * One file that may be a manifest: its first rows, its columns, and some of the paths in it.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-manifest-candidate.h"

#include <string.h>

#include "ballast-file-kind.h"

#define MAX_TRIED_PATHS 50

void
ballast_manifest_candidate_free (BallastManifestCandidate *candidate)
{
  if (candidate == NULL)
    return;

  g_free (candidate->name);
  g_free (candidate->split);
  ballast_manifest_sample_free (candidate->sample);
  ballast_import_options_clear (&candidate->options);
  g_clear_pointer (&candidate->paths, g_ptr_array_unref);
  g_free (candidate);
}

static gboolean
is_metadata (const char *name)
{
  g_autofree char *base = g_path_get_basename (name);

  return strcmp (base, "metadata.csv") == 0 || strcmp (base, "metadata.jsonl") == 0
         || strcmp (base, "_annotations.csv") == 0 || strcmp (base, "_classes.csv") == 0;
}

/* The column of the sample that the options call @name. */
static int
find_column (const BallastManifestCandidate *candidate,
             const char                     *name)
{
  const BallastManifestSample *sample = candidate->sample;

  for (guint i = 0; name != NULL && i < sample->columns->len; i++)
    if (strcmp (ballast_manifest_sample_get_column (sample, candidate->options.has_header, i), name)
        == 0)
      return i;

  return -1;
}

static void
take_paths (BallastManifestCandidate *candidate)
{
  const BallastManifestSample *sample = candidate->sample;
  int column = find_column (candidate, candidate->options.path_column);
  guint first = candidate->options.has_header ? 1 : 0;
  guint n = sample->rows->len - first;

  candidate->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; column >= 0 && i < MIN (n, MAX_TRIED_PATHS); i++)
    {
      const char *path = ballast_manifest_sample_get (
        sample, first + (guint) ((guint64) i * n / MIN (n, MAX_TRIED_PATHS)), column);

      if (*path != '\0')
        g_ptr_array_add (candidate->paths, g_strdup (path));
    }
}

/* Without a column of labels, folders in the paths may be classes. */
static void
take_folders_for_labels (BallastManifestCandidate *candidate)
{
  g_autoptr(GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (candidate->options.label_columns != NULL || candidate->paths->len < 4)
    return;
  for (guint i = 0; i < candidate->paths->len; i++)
    {
      if (strchr (candidate->paths->pdata[i], '/') == NULL)
        return;
      g_hash_table_add (folders, g_path_get_dirname (candidate->paths->pdata[i]));
    }
  if (g_hash_table_size (folders) >= 2 && g_hash_table_size (folders) * 2 <= candidate->paths->len)
    candidate->options.label_style = BALLAST_LABELS_FOLDER;
}

static char *
find_split (const char *name)
{
  g_autofree char *stem = g_strndup (name, strcspn (name, "."));

  return ballast_name_find_split (stem);
}

BallastManifestCandidate *
ballast_manifest_candidate_new (const char                *folder,
                                const char                *name,
                                const BallastImportWishes *wishes,
                                GError                   **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const BallastImportOptions initial = BALLAST_IMPORT_OPTIONS_INIT;
  BallastManifestSample *sample = ballast_manifest_sample_new (path, wishes->separator, error);
  BallastManifestCandidate *candidate;

  if (sample == NULL)
    return NULL;
  candidate = g_new0 (BallastManifestCandidate, 1);
  candidate->name = g_strdup (name);
  candidate->split = find_split (name);
  candidate->sample = sample;
  candidate->options = initial;
  candidate->sure = ballast_manifest_sample_guess (sample, wishes, &candidate->options,
                                                   error);
  take_paths (candidate);
  take_folders_for_labels (candidate);
  if (candidate->sure > 0 && candidate->paths->len > 0)
    return candidate;
  ballast_manifest_candidate_free (candidate);

  return NULL;
}

double
ballast_manifest_candidate_rate (const BallastManifestCandidate *candidate)
{
  return candidate->sure * (0.4 + 0.6 * candidate->share)
         + (is_metadata (candidate->name) ? 0.05 : 0);
}

gboolean
ballast_manifest_candidate_belongs_to (const BallastManifestCandidate *candidate,
                                       const BallastManifestCandidate *other)
{
  return candidate->split != NULL && other->split != NULL
         && candidate->options.format == other->options.format
         && candidate->options.separator == other->options.separator
         && candidate->options.has_header == other->options.has_header
         && g_strcmp0 (candidate->options.path_column, other->options.path_column) == 0;
}

BallastManifestCandidate *
ballast_manifest_candidate_find_leader (GPtrArray *group)
{
  for (guint i = 0; i < group->len; i++)
    if (((BallastManifestCandidate *) group->pdata[i])->options.label_columns != NULL)
      return group->pdata[i];

  return group->pdata[0];
}
