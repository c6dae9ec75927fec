/*
 * Looks whether a file, or files in a folder, are manifests, and what they say.
 *
 * In a folder: the metadata files of Hugging Face, there or in the folders of the splits; else files
 * that are called after splits and have the same columns, taken together; else the one that is most
 * surely a manifest.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-manifest-recognise.h"

#include <stdlib.h>
#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-import-error.h"
#include "ballast-manifest-guess.h"
#include "ballast-manifest-place.h"
#include "ballast-path.h"

#define MAX_CANDIDATES 24
/* Entries of a folder "data" that are looked at. */
#define MAX_SEEN 1000

static gboolean
has_ending (const char *name)
{
  static const char *const endings[] = { "csv", "tsv", "jsonl", "ndjson", "txt" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (ballast_file_has_ending (name, endings[i]))
      return TRUE;

  return FALSE;
}

/* Texts that lie beside datasets and are no manifests. */
static gboolean
is_other_text (const char *name)
{
  static const char *const beginnings[] = { "readme", "license", "licence", "requirements",
                                            "classes", "synsets", "copying", "changelog",
                                            "class_names", "class_weights", "attribution" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_ascii_strncasecmp (name, beginnings[i], strlen (beginnings[i])) == 0)
      return TRUE;

  return FALSE;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Adds the metadata file in the folder @name: Hugging Face's or Roboflow's. */
static void
add_metadata_below (GPtrArray  *names,
                    const char *folder,
                    const char *name)
{
  static const char *const files[] = { "metadata.csv", "metadata.jsonl", "_annotations.csv",
                                       "_classes.csv" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *full = g_build_filename (folder, name, files[i], NULL);

      if (g_file_test (full, G_FILE_TEST_IS_REGULAR))
        {
          g_ptr_array_add (names, ballast_path_join (name, files[i]));
          return;
        }
    }
}

/* Metadata may lie in the folders of the splits, and all of that in a folder "data". */
static void
add_metadata (GPtrArray  *names,
              const char *folder,
              const char *name)
{
  g_autofree char *below = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *split;

  if (ballast_name_is_split (name))
    add_metadata_below (names, folder, name);
  if (strcmp (name, "data") != 0)
    return;

  add_metadata_below (names, folder, name);
  below = g_build_filename (folder, name, NULL);
  dir = g_dir_open (below, 0, NULL);
  for (guint n_seen = 0; dir != NULL && n_seen < MAX_SEEN
       && (split = g_dir_read_name (dir)) != NULL; n_seen++)
    if (ballast_name_is_split (split))
      {
        g_autofree char *joined = ballast_path_join (name, split);

        add_metadata_below (names, folder, joined);
      }
}

static GPtrArray *
list_names (const char *folder,
            gint64      deadline_us)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      add_metadata (names, folder, name);
      if (has_ending (name) && !is_other_text (name) && !ballast_file_is_hidden (name))
        g_ptr_array_add (names, g_strdup (name));
      if (names->len % 64 == 63 && g_get_monotonic_time () > deadline_us)
        break;
    }
  g_ptr_array_sort (names, compare_texts);
  if (names->len > MAX_CANDIDATES)
    g_ptr_array_set_size (names, MAX_CANDIDATES);

  return names;
}

static void
look_clear (BallastManifestLook *look)
{
  g_free (look->folder);
  g_ptr_array_unref (look->candidates);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastManifestLook, look_clear)

static void
place (const BallastManifestLook *look,
       BallastManifestCandidate  *candidate)
{
  g_autofree char *full = g_build_filename (look->folder, candidate->name, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  g_autofree char *images = look->question->images != NULL ? realpath (look->question->images, NULL)
                                                           : NULL;

  if (look->question->images != NULL)
    candidate->options.images = g_strdup (images != NULL ? images : look->question->images);
  candidate->share = ballast_manifest_place_find (
    &candidate->options, candidate->paths, images != NULL ? images : look->folder,
    images != NULL ? images : folder, !look->is_folder && images == NULL,
    look->question->deadline_us);
  /* Names without endings that are there are as good as names with them. */
  if (candidate->share >= 0.5)
    candidate->sure = MAX (candidate->sure, 0.8);
}

/* (transfer none) (nullable) */
static BallastManifestCandidate *
find_best (const BallastManifestLook *look)
{
  BallastManifestCandidate *best = NULL;

  for (guint i = 0; i < look->candidates->len; i++)
    {
      BallastManifestCandidate *candidate = look->candidates->pdata[i];

      double rated = ballast_manifest_candidate_rate (candidate);

      if (best == NULL || rated > ballast_manifest_candidate_rate (best) + 0.001)
        best = candidate;
    }

  return best;
}

/* (transfer container): @best and what belongs to it; of each split the first. */
static GPtrArray *
find_group (const BallastManifestLook *look,
            BallastManifestCandidate  *best)
{
  GPtrArray *group = g_ptr_array_new ();

  for (guint i = 0; i < look->candidates->len; i++)
    {
      BallastManifestCandidate *candidate = look->candidates->pdata[i];
      gboolean is_new = candidate == best || ballast_manifest_candidate_belongs_to (candidate, best);

      for (guint k = 0; k < group->len && is_new; k++)
        {
          const BallastManifestCandidate *other = group->pdata[k];

          is_new = g_strcmp0 (other->split, candidate->split) != 0;
        }
      if (is_new)
        g_ptr_array_add (group, candidate);
    }

  return group;
}

/* Where several are called after splits, they are the dataset, and not the list of all. */
static BallastManifestCandidate *
prefer_splits (const BallastManifestLook *look,
               BallastManifestCandidate  *best)
{
  for (guint i = 0; i < look->candidates->len && best->split == NULL; i++)
    {
      BallastManifestCandidate *candidate = look->candidates->pdata[i];
      g_autoptr(GPtrArray) group = find_group (look, candidate);
      double behind = ballast_manifest_candidate_rate (best)
                      - ballast_manifest_candidate_rate (candidate);

      if (candidate->split != NULL && group->len >= 2 && behind <= 0.05
          && best->options.split_column == NULL)
        return candidate;
    }

  return best;
}

/* In a folder, one of several files may be without the labels: those of a test. */
static BallastManifestCandidate *
try_candidate (BallastManifestLook *look,
               const char          *name,
               GError             **error)
{
  const BallastImportWishes *wishes = look->question->wishes;
  BallastImportWishes without_labels = *wishes;
  char *nothing[] = { NULL };
  g_autoptr(GError) local = NULL;
  BallastManifestCandidate *candidate
    = ballast_manifest_candidate_new (look->folder, name, wishes, &local);

  if (candidate == NULL && look->is_folder && wishes->label_columns != NULL &&
      g_error_matches (local, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS))
    {
      without_labels.label_columns = nothing;
      candidate = ballast_manifest_candidate_new (look->folder, name, &without_labels, NULL);
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return candidate;
}

static void
add_candidate (BallastManifestLook *look,
               const char          *name,
               GError             **error)
{
  BallastManifestCandidate *candidate = try_candidate (look, name, error);

  if (candidate == NULL)
    return;
  candidate->options.follow_links = look->question->wishes->follow_links;
  place (look, candidate);
  /* Any text has words: without a picture's name or a file, it is just text. */
  if (candidate->sure >= 0.4)
    g_ptr_array_add (look->candidates, candidate);
  else
    ballast_manifest_candidate_free (candidate);
}

/* The user named columns of labels, and no manifest has them. */
static gboolean
lacks_wished_labels (const BallastManifestLook *look,
                     GPtrArray                 *group)
{
  char **wished = look->question->wishes->label_columns;

  return wished != NULL && wished[0] != NULL &&
         ballast_manifest_candidate_find_leader (group)->options.label_columns == NULL;
}

static void
look_init (BallastManifestLook         *look,
           const char                  *path,
           const BallastLayoutQuestion *question)
{
  g_autofree char *folder = NULL;
  char *real;

  look->path = path;
  look->question = question;
  look->is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  folder = look->is_folder ? g_strdup (path) : g_path_get_dirname (path);
  real = realpath (folder, NULL);
  look->folder = g_strdup (real != NULL ? real : folder);
  free (real);
  look->candidates = g_ptr_array_new_with_free_func (
    (GDestroyNotify) ballast_manifest_candidate_free);
}

BallastLayoutGuess *
ballast_manifest_recognise (const char                  *path,
                            const BallastLayoutQuestion *question,
                            GCancellable                *cancellable,
                            GError                     **error)
{
  g_auto(BallastManifestLook) look = { 0 };
  g_autoptr(GError) first_error = NULL;
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(GPtrArray) group = NULL;
  BallastManifestCandidate *best;

  look_init (&look, path, question);
  if (look.is_folder)
    names = list_names (look.folder, question->deadline_us);
  else
    {
      names = g_ptr_array_new_with_free_func (g_free);
      if (!ballast_file_is_image (path, strlen (path)))
        g_ptr_array_add (names, g_path_get_basename (path));
    }

  for (guint i = 0; i < names->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_autoptr(GError) local = NULL;

      add_candidate (&look, names->pdata[i], &local);
      if (local != NULL && first_error == NULL)
        first_error = g_steal_pointer (&local);
    }
  best = find_best (&look);
  if (best != NULL)
    {
      best = prefer_splits (&look, best);
      group = find_group (&look, best);
    }
  if (best == NULL || lacks_wished_labels (&look, group))
    {
      if (first_error != NULL)
        g_propagate_error (error, g_steal_pointer (&first_error));
      return NULL;
    }

  return ballast_manifest_guess_new (&look, group, cancellable, error);
}
