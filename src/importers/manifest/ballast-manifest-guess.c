/*
 * What a group of manifests would become: the preview, and the options that read them.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-manifest-guess.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "ballast-image-finder.h"
#include "ballast-importer-table.h"
#include "ballast-layout-private.h"
#include "ballast-manifest-classes.h"
#include "ballast-manifest-place.h"
#include "ballast-manifest-survey.h"
#include "ballast-path.h"

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
find_class_names (const BallastManifestLook   *look,
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
fill_classes (const BallastManifestLook   *look,
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
fill_first_images (const BallastManifestCandidate *leader,
                   BallastLayoutGuess             *guess,
                   GPtrArray                      *files)
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

/* For whoever wants to choose other ones. */
static void
fill_columns (const BallastManifestCandidate *leader,
              BallastLayoutGuess             *guess)
{
  const BallastManifestSample *sample = leader->sample;
  guint first = leader->options.has_header ? 1 : 0;

  for (guint i = 0; i < sample->columns->len; i++)
    {
      const char *example = first < sample->rows->len ? ballast_manifest_sample_get (sample, first, i)
                                                      : "";

      g_ptr_array_add (guess->columns, g_strdup (ballast_manifest_sample_get_column (
                                                   sample, leader->options.has_header, i)));
      g_ptr_array_add (guess->examples, g_strdup (example));
    }
}

/* Of the paths that are looked for; without these nobody would know why nothing is read. */
static void
count_links_out (const BallastManifestCandidate *leader,
                 BallastLayoutGuess             *guess,
                 GPtrArray                      *files)
{
  const char *base = ((BallastManifestFile *) files->pdata[0])->base;

  for (guint i = 0; i < leader->paths->len && !guess->options.follow_links; i++)
    {
      g_autofree char *found = ballast_manifest_place_look (&guess->options, guess->root, base,
                                                            leader->paths->pdata[i]);

      guess->links_out += found != NULL && ballast_manifest_place_leads_out (guess->root, found);
    }
}

static void
search_first_images (const BallastManifestCandidate *leader,
                     BallastLayoutGuess             *guess,
                     gint64                          deadline_us)
{
  g_autoptr(BallastWalk) walk = ballast_walk_new (guess->root, guess->options.follow_links, NULL);
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
warn (const BallastManifestLook   *look,
      GPtrArray                   *group,
      const BallastManifestSurvey *survey,
      BallastLayoutGuess          *guess)
{
  const BallastManifestCandidate *leader = ballast_manifest_candidate_find_leader (group);
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
      const BallastManifestCandidate *candidate = look->candidates->pdata[i];
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
  const BallastManifestCandidate *first = group->pdata[0];
  g_autofree char *shown = g_filename_display_name (first->name);
  guint n = guess->classes->len;

  /* Translators: classes, manifests (two at least), and "no splits" or "splits train and test". */
  if (group->len > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u class in %u manifests, %s",
                                         "%u classes in %u manifests, %s", n),
                            n, group->len, splits);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u class in “%s”, %s",
                                       "%u classes in “%s”, %s", n), n, shown, splits);
}

/* Where train.csv tells of train_images and test.csv of test_images. */
static void
take_bases (GPtrArray          *group,
            BallastLayoutGuess *guess)
{
  g_autoptr(GPtrArray) bases = g_ptr_array_new_with_free_func (g_free);
  gboolean differ = FALSE;

  for (guint i = 0; i < group->len; i++)
    {
      const BallastManifestCandidate *candidate = group->pdata[i];
      const char *base = candidate->options.base;

      differ = differ || g_strcmp0 (base, guess->options.base) != 0;
      g_ptr_array_add (bases, g_strdup (base != NULL ? base : "."));
    }
  if (!differ)
    return;
  g_ptr_array_add (bases, NULL);
  guess->options.bases = (char **) g_ptr_array_steal (bases, NULL);
}

static void
take_options (const BallastManifestLook *look,
              GPtrArray                 *group,
              BallastLayoutGuess        *guess)
{
  const BallastManifestCandidate *leader = ballast_manifest_candidate_find_leader (group);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  ballast_import_options_clear (&guess->options);
  ballast_import_options_copy (&leader->options, &guess->options);
  guess->options.split_from_name = leader->options.split_column == NULL && leader->split != NULL
                                   && look->question->wishes->split_column == NULL;
  for (guint i = 0; i < group->len; i++)
    g_ptr_array_add (names, g_strdup (((BallastManifestCandidate *) group->pdata[i])->name));
  g_ptr_array_add (names, NULL);
  if (!look->is_folder)
    return;
  guess->options.files = (char **) g_ptr_array_steal (names, NULL);
  take_bases (group, guess);
}

BallastLayoutGuess *
ballast_manifest_guess_new (const BallastManifestLook *look,
                            GPtrArray                 *group,
                            GCancellable              *cancellable,
                            GError                   **error)
{
  const BallastManifestCandidate *leader = ballast_manifest_candidate_find_leader (group);
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

  guess->confidence = MIN (ballast_manifest_candidate_rate (leader), 1);
  fill_classes (look, survey, guess);
  fill_columns (leader, guess);
  if (files->len > 0)
    count_links_out (leader, guess, files);
  fill_first_images (leader, guess, files);
  search_first_images (leader, guess, look->question->deadline_us);
  warn (look, group, survey, guess);
  guess->description = describe (group, guess);

  return g_steal_pointer (&guess);
}
