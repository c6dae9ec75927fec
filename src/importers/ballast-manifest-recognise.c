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

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-image-finder.h"
#include "ballast-importer-table.h"
#include "ballast-layout-private.h"
#include "ballast-manifest-classes.h"
#include "ballast-manifest-place.h"
#include "ballast-manifest-sample.h"
#include "ballast-manifest-survey.h"
#include "ballast-path.h"

#define MAX_CANDIDATES 24
#define MAX_TRIED_PATHS 50

typedef struct
{
  char                  *name; /* from the folder */
  char                  *split;
  BallastManifestSample *sample;
  BallastImportOptions   options;
  GPtrArray             *paths; /* some of those in it, spread over the sample */
  double                 sure;
  double                 share; /* of the files that are there */
} Candidate;

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_free (candidate->name);
  g_free (candidate->split);
  ballast_manifest_sample_free (candidate->sample);
  ballast_import_options_clear (&candidate->options);
  g_clear_pointer (&candidate->paths, g_ptr_array_unref);
  g_free (candidate);
}

static gboolean
has_ending (const char *name)
{
  static const char *const endings[] = { "csv", "tsv", "jsonl", "ndjson", "txt" };
  const char *ending = ballast_path_get_extension (name);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (ending, endings[i]) == 0)
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

static gboolean
is_metadata (const char *name)
{
  return strcmp (name, "metadata.csv") == 0 || strcmp (name, "metadata.jsonl") == 0;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Adds the metadata file in @name, a folder called after a split. */
static void
add_metadata_below (GPtrArray  *names,
                    const char *folder,
                    const char *name)
{
  static const char *const files[] = { "metadata.csv", "metadata.jsonl" };

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

static GPtrArray *
list_names (const char *folder,
            gint64      deadline_us)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (ballast_name_is_split (name))
        add_metadata_below (names, folder, name);
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

/* The column of the sample that the options call @name. */
static int
find_column (const Candidate *candidate,
             const char      *name)
{
  const BallastManifestSample *sample = candidate->sample;

  for (guint i = 0; name != NULL && i < sample->columns->len; i++)
    if (strcmp (candidate->options.has_header ? ballast_manifest_sample_get (sample, 0, i)
                                              : (char *) sample->columns->pdata[i],
                name)
        == 0)
      return i;

  return -1;
}

static void
take_paths (Candidate *candidate)
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
take_folders_for_labels (Candidate *candidate)
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

/* (transfer full) (nullable): NULL where it is no manifest; then @error may say why. */
static Candidate *
candidate_new (const char *folder,
               const char *name,
               GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const BallastImportOptions initial = BALLAST_IMPORT_OPTIONS_INIT;
  BallastManifestSample *sample = ballast_manifest_sample_new (path, error);
  Candidate *candidate;

  if (sample == NULL)
    return NULL;
  candidate = g_new0 (Candidate, 1);
  candidate->name = g_strdup (name);
  candidate->split = find_split (name);
  candidate->sample = sample;
  candidate->options = initial;
  candidate->sure = ballast_manifest_sample_guess (sample, &candidate->options);
  take_paths (candidate);
  take_folders_for_labels (candidate);
  if (candidate->sure > 0 && candidate->paths->len > 0)
    return candidate;
  candidate_free (candidate);

  return NULL;
}

typedef struct
{
  const char                  *path;   /* of the source */
  const BallastLayoutQuestion *question;
  char                        *folder; /* real */
  gboolean                     is_folder;
  GPtrArray                   *candidates;
} Look;

static void
look_clear (Look *look)
{
  g_free (look->folder);
  g_ptr_array_unref (look->candidates);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static void
place (const Look *look,
       Candidate  *candidate)
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

static double
rate (const Candidate *candidate)
{
  return candidate->sure * (0.4 + 0.6 * candidate->share)
         + (is_metadata (candidate->name) ? 0.05 : 0);
}

/* (transfer none) (nullable) */
static Candidate *
find_best (const Look *look)
{
  Candidate *best = NULL;

  for (guint i = 0; i < look->candidates->len; i++)
    {
      Candidate *candidate = look->candidates->pdata[i];

      if (best == NULL || rate (candidate) > rate (best) + 0.001)
        best = candidate;
    }

  return best;
}

/* Another file of the same dataset: of another split, written the same way. */
static gboolean
belongs_to (const Candidate *candidate,
            const Candidate *other)
{
  return candidate->split != NULL && other->split != NULL
         && candidate->options.format == other->options.format
         && candidate->options.separator == other->options.separator
         && candidate->options.has_header == other->options.has_header
         && g_strcmp0 (candidate->options.path_column, other->options.path_column) == 0;
}

/* (transfer container): @best and what belongs to it; of each split the first. */
static GPtrArray *
find_group (const Look *look,
            Candidate  *best)
{
  GPtrArray *group = g_ptr_array_new ();

  for (guint i = 0; i < look->candidates->len; i++)
    {
      Candidate *candidate = look->candidates->pdata[i];
      gboolean is_new = candidate == best || belongs_to (candidate, best);

      for (guint k = 0; k < group->len && is_new; k++)
        is_new = g_strcmp0 (((Candidate *) group->pdata[k])->split, candidate->split) != 0;
      if (is_new)
        g_ptr_array_add (group, candidate);
    }

  return group;
}

/* Where several are called after splits, they are the dataset, and not the list of all. */
static Candidate *
prefer_splits (const Look *look,
               Candidate  *best)
{
  for (guint i = 0; i < look->candidates->len && best->split == NULL; i++)
    {
      Candidate *candidate = look->candidates->pdata[i];
      g_autoptr(GPtrArray) group = find_group (look, candidate);

      if (candidate->split != NULL && group->len >= 2 && rate (candidate) >= rate (best) - 0.05
          && best->options.split_column == NULL)
        return candidate;
    }

  return best;
}

/* The member whose columns are used: the one that has labels. */
static Candidate *
find_leader (GPtrArray *group)
{
  for (guint i = 0; i < group->len; i++)
    if (((Candidate *) group->pdata[i])->options.label_columns != NULL)
      return group->pdata[i];

  return group->pdata[0];
}

char *
ballast_manifest_dup_class_names (const char                 *path,
                                  const BallastImportOptions *options)
{
  g_autofree char *folder = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path)
                                                                   : g_path_get_dirname (path);

  return g_build_filename (folder, options->class_names, NULL);
}

/* Numbers for labels may have their names in a file beside. */
static void
find_class_names (const Look                  *look,
                  const BallastManifestSurvey *survey,
                  BallastImportOptions        *options)
{
  static const char *const files[] = { "classes.txt", "labels.txt", "synsets.txt",
                                       "class_names.txt", "classes.names" };

  for (guint i = 0; i < G_N_ELEMENTS (files) && options->class_names == NULL; i++)
    {
      g_autofree char *path = g_build_filename (look->folder, files[i], NULL);
      g_autoptr(GArray) class_of = g_array_new (FALSE, FALSE, sizeof (int));
      g_autoptr(GPtrArray) names = NULL;

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      names = ballast_manifest_classes_from_file (path, survey->labels.names, class_of);
      if (names != NULL)
        options->class_names = g_strdup (files[i]);
    }
}

static void
fill_classes (const Look                  *look,
              const BallastManifestSurvey *survey,
              BallastLayoutGuess          *guess)
{
  g_autoptr(GArray) class_of = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(GPtrArray) names = NULL;
  g_autofree char *path = NULL;
  g_autofree guint64 *counts = NULL;

  find_class_names (look, survey, &guess->options);
  if (guess->options.class_names != NULL)
    {
      path = ballast_manifest_dup_class_names (look->path, &guess->options);
      names = ballast_manifest_classes_from_file (path, survey->labels.names, class_of);
    }
  if (names == NULL)
    names = ballast_manifest_classes_from_labels (survey->labels.names, class_of);
  counts = g_new0 (guint64, names->len + 1);
  for (guint i = 0; i < class_of->len; i++)
    counts[g_array_index (class_of, int, i)] += g_array_index (survey->labels.counts, guint64, i);
  for (guint i = 0; i < names->len; i++)
    ballast_layout_guess_add_count (guess->classes, names->pdata[i], counts[i]);
  for (guint i = 0; i < survey->splits.names->len; i++)
    {
      g_autofree char *name = ballast_path_display (survey->splits.names->pdata[i]);

      ballast_layout_guess_add_count (guess->splits, name,
                                      g_array_index (survey->splits.counts, guint64, i));
    }
  guess->images = survey->images;
  guess->is_partial = survey->is_partial;
}

/* Pictures that are there, spread over the manifest. */
static void
fill_first_images (const Candidate    *leader,
                   BallastLayoutGuess *guess,
                   GPtrArray          *files)
{
  const BallastManifestFile *file = NULL;
  guint n = leader->paths->len;

  for (guint i = 0; i < files->len && (file == NULL || strcmp (file->name, leader->name) != 0); i++)
    file = files->pdata[i];
  for (guint step = 0; file != NULL && step < MIN (n, BALLAST_LAYOUT_FIRST_IMAGES); step++)
    {
      guint index = step * n / MIN (n, BALLAST_LAYOUT_FIRST_IMAGES);
      char *found = ballast_manifest_place_look (&guess->options, guess->root, file->base,
                                                 leader->paths->pdata[index]);

      if (found != NULL)
        g_ptr_array_add (guess->first_images, found);
    }
}

static void
search_first_images (const Candidate    *leader,
                     BallastLayoutGuess *guess,
                     gint64              deadline_us)
{
  g_autoptr(BallastWalk) walk = ballast_walk_new (guess->root, FALSE, NULL);
  g_autoptr(BallastImageFinder) finder = NULL;
  guint n = leader->paths->len;

  if (walk == NULL || !guess->options.search_names)
    return;
  finder = ballast_image_finder_new (walk, "", TRUE, guess->options.add_ending);
  ballast_image_finder_set_deadline (finder, deadline_us);
  for (guint i = 0; i < n && guess->first_images->len < BALLAST_LAYOUT_FIRST_IMAGES; i++)
    {
      BallastFound found;

      ballast_image_finder_find (finder, leader->paths->pdata[i], &found);
      if (found.kind == BALLAST_FOUND_FILE)
        g_ptr_array_add (guess->first_images, ballast_path_join (found.folder, found.name));
    }
}

static void
warn (const Look                  *look,
      GPtrArray                   *group,
      const BallastManifestSurvey *survey,
      BallastLayoutGuess          *guess)
{
  const Candidate *leader = find_leader (group);
  guint n = leader->paths->len;
  guint n_missing = (guint) ((1 - leader->share) * n + 0.5);

  if (n_missing > 0)
    ballast_layout_guess_warn (guess,
                               g_dngettext (GETTEXT_PACKAGE,
                                            "Of %u images that were looked for, %u is not there.",
                                            "Of %u images that were looked for, %u are not there.",
                                            n_missing), n, n_missing);
  if (guess->classes->len == 0)
    ballast_layout_guess_warn (guess, _("No column of labels was found."));
  if (survey->bad > 0)
    ballast_layout_guess_warn (guess,
                               g_dngettext (GETTEXT_PACKAGE,
                                            "%'" PRIu64 " line cannot be understood.",
                                            "%'" PRIu64 " lines cannot be understood.",
                                            MIN (survey->bad, G_MAXULONG)), survey->bad);
  for (guint i = 0; i < look->candidates->len; i++)
    {
      const Candidate *candidate = look->candidates->pdata[i];
      g_autofree char *shown = g_filename_display_name (candidate->name);

      if (!g_ptr_array_find (group, candidate, NULL) && candidate->sure >= 0.4)
        ballast_layout_guess_warn (guess, _("“%s” looks like a manifest, too, and is left out."),
                                   shown);
    }
  ballast_layout_guess_warn_of_clashes (guess);
}

static char *
describe (GPtrArray          *group,
          BallastLayoutGuess *guess)
{
  g_autofree char *splits = ballast_layout_describe_splits (guess->splits);
  g_autofree char *shown = g_filename_display_name (((Candidate *) group->pdata[0])->name);
  guint n = guess->classes->len;

  /* Translators: classes, manifests (two at least), and "no splits" or "splits train and test". */
  if (group->len > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u class in %u manifests, %s",
                                         "%u classes in %u manifests, %s", n),
                            n, group->len, splits);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u class in “%s”, %s",
                                       "%u classes in “%s”, %s", n), n, shown, splits);
}

static void
take_options (const Look         *look,
              GPtrArray          *group,
              BallastLayoutGuess *guess)
{
  const Candidate *leader = find_leader (group);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  ballast_import_options_clear (&guess->options);
  ballast_import_options_copy (&leader->options, &guess->options);
  guess->options.split_from_name = leader->options.split_column == NULL && leader->split != NULL;
  for (guint i = 0; i < group->len; i++)
    g_ptr_array_add (names, g_strdup (((Candidate *) group->pdata[i])->name));
  g_ptr_array_add (names, NULL);
  if (look->is_folder)
    guess->options.files = (char **) g_ptr_array_steal (names, NULL);
}

/* The guess of @group, with what its files say until the deadline. */
static BallastLayoutGuess *
make_guess (const Look   *look,
            GPtrArray    *group,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr(BallastLayoutGuess) guess = ballast_layout_guess_new (&ballast_importer_manifest, NULL);
  g_autoptr(BallastManifestSurvey) survey = NULL;
  g_autoptr(GPtrArray) files = NULL;
  BallastManifestScope scope;

  take_options (look, group, guess);
  guess->root = ballast_manifest_dup_root (look->path, &guess->options);
  files = ballast_manifest_list_files (look->path, &guess->options);
  scope = (BallastManifestScope) { guess->root, files, &guess->options, NULL,
                                   look->question->deadline_us };
  survey = ballast_manifest_survey_new (&scope, cancellable, error);
  if (survey == NULL)
    return NULL;

  guess->confidence = MIN (rate (find_leader (group)), 1);
  fill_classes (look, survey, guess);
  fill_first_images (find_leader (group), guess, files);
  search_first_images (find_leader (group), guess, look->question->deadline_us);
  warn (look, group, survey, guess);
  guess->description = describe (group, guess);

  return g_steal_pointer (&guess);
}

static void
add_candidate (Look       *look,
               const char *name,
               GError    **error)
{
  Candidate *candidate = candidate_new (look->folder, name, error);

  if (candidate == NULL)
    return;
  place (look, candidate);
  /* Any text has words: without a picture's name or a file, it is just text. */
  if (candidate->sure >= 0.4)
    g_ptr_array_add (look->candidates, candidate);
  else
    candidate_free (candidate);
}

static void
look_init (Look                        *look,
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
  look->candidates = g_ptr_array_new_with_free_func (candidate_free);
}

BallastLayoutGuess *
ballast_manifest_recognise (const char                  *path,
                            const BallastLayoutQuestion *question,
                            GCancellable                *cancellable,
                            GError                     **error)
{
  g_auto(Look) look = { 0 };
  g_autoptr(GError) first_error = NULL;
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(GPtrArray) group = NULL;
  Candidate *best;

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
  if (best == NULL)
    {
      if (first_error != NULL)
        g_propagate_error (error, g_steal_pointer (&first_error));
      return NULL;
    }
  best = prefer_splits (&look, best);
  group = find_group (&look, best);

  return make_guess (&look, group, cancellable, error);
}
