/*
 * Class folders: the name of a folder is the class of what lies in it.
 *
 * Classes come sorted by the bytes of their names, as torchvision's ImageFolder numbers them.  The
 * tree is looked at twice: folders and counts first, which gives the layout and the total, then the
 * names, one folder at a time.  What ballast-folder-roles.c says of layouts holds here.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-folder-roles.h"
#include "ballast-import-error.h"
#include "ballast-importer-table.h"
#include "ballast-layout-private.h"
#include "ballast-listing.h"
#include "ballast-path.h"

typedef struct
{
  const BallastImportRequest *request;
  BallastImportSummary       *summary;
  GCancellable               *cancellable;
  BallastFolderRoles         *roles;
  BallastListing             *listing;
  GArray                     *class_indices; /* int: of the sink */
  GArray                     *split_indices;
  guint64                     total;
} Reading;

static gboolean
report (Reading           *reading,
        BallastProblemKind kind,
        const char        *path,
        const char        *detail,
        GError           **error)
{
  return ballast_import_sink_report (reading->request->sink, reading->summary,
                                     &(BallastProblem) { .kind = kind,
                                                         .path = (char *) path,
                                                         .detail = (char *) detail },
                                     error);
}

static gboolean
report_empty (Reading *reading,
              GArray  *classes,
              GError **error)
{
  for (guint i = 0; i < classes->len; i++)
    {
      const BallastFolderClass *class = &g_array_index (classes, BallastFolderClass, i);
      g_autofree char *detail = NULL;

      if (class->images > 0)
        continue;
      if (class->others > 0)
        detail = g_strdup_printf ("no image, but %" G_GUINT64_FORMAT " other %s: not taken as a class",
                                  class->others, class->others == 1 ? "file" : "files");
      if (!report (reading, BALLAST_PROBLEM_EMPTY_CLASS, class->folder, detail, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
declare (Reading *reading,
         GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  GArray *classes = reading->roles->classes;

  for (guint i = 0; i < classes->len; i++)
    g_ptr_array_add (names, g_array_index (classes, BallastFolderClass, i).name);

  return ballast_import_declare_splits (reading->request->sink, reading->roles->splits,
                                        reading->split_indices, error)
         && ballast_import_declare_classes (reading->request->sink, reading->summary, names,
                                            reading->class_indices, error)
         && report_empty (reading, classes, error)
         && report_empty (reading, reading->roles->not_classes, error);
}

static gboolean
report_folder (Reading             *reading,
               const BallastFolder *folder,
               const char          *path,
               GError             **error)
{
  g_autofree char *detail = NULL;

  if (!ballast_name_is_plain (folder->name)
      && !report (reading, BALLAST_PROBLEM_ODD_NAME, path, "the name of a folder", error))
    return FALSE;
  if (folder->is_loop)
    return report (reading, BALLAST_PROBLEM_SPECIAL_FILE, path,
                   "a folder that leads back to one that was read already", error);
  if (folder->is_too_deep)
    return report (reading, BALLAST_PROBLEM_SPECIAL_FILE, path,
                   "folders nested more than " G_STRINGIFY (BALLAST_WALK_MAX_DEPTH) " deep", error);
  if (folder->error_number == 0)
    return TRUE;
  detail = g_strdup_printf ("the folder cannot be read: %s", g_strerror (folder->error_number));

  return report (reading, BALLAST_PROBLEM_UNREADABLE, path, detail, error);
}

static gboolean
add_image (Reading                  *reading,
           const BallastFolder      *folder,
           const BallastImportImage *unlabelled,
           GError                  **error)
{
  g_autofree char *path = NULL;
  BallastImportLabel label = { 0 };
  BallastImportImage image = *unlabelled;

  if (folder->class_index >= 0)
    {
      label.class_index = g_array_index (reading->class_indices, int, folder->class_index);
      image.labels = &label;
      image.n_labels = 1;
    }
  reading->summary->images++;
  if (!reading->request->sink->add_image (reading->request->sink->user_data, &image, error))
    return FALSE;
  if (image.n_labels > 0 && ballast_name_is_plain (image.name))
    return TRUE;

  path = ballast_path_join (image.folder, image.name);
  if (image.n_labels == 0
      && !report (reading, BALLAST_PROBLEM_UNLABELLED, path, "in no class folder", error))
    return FALSE;

  return ballast_name_is_plain (image.name)
         || report (reading, BALLAST_PROBLEM_ODD_NAME, path, NULL, error);
}

/* A file that is left out, with its reason. */
static gboolean
report_left_out (Reading          *reading,
                 const char       *folder,
                 const char       *name,
                 BallastListedKind kind,
                 GError          **error)
{
  g_autofree char *path = ballast_path_join (folder, name);
  const char *detail = "no regular file";

  if (kind == BALLAST_LISTED_ALIAS)
    detail = ballast_link_kind_describe (BALLAST_LINK_ALIAS);
  else if (kind == BALLAST_LISTED_LINK_OUT)
    detail = ballast_link_kind_describe (BALLAST_LINK_OUT);
  else if (kind == BALLAST_LISTED_LINK_BROKEN)
    detail = ballast_link_kind_describe (BALLAST_LINK_BROKEN);

  return report (reading, BALLAST_PROBLEM_SPECIAL_FILE, path, detail, error);
}

static gboolean
read_files (Reading             *reading,
            const BallastFolder *folder,
            const char          *path,
            GError             **error)
{
  int split = folder->split_index < 0
                  ? -1
                  : g_array_index (reading->split_indices, int, folder->split_index);

  for (guint i = 0; i < ballast_listing_get_n (reading->listing); i++)
    {
      const char *name = ballast_listing_get_name (reading->listing, i);
      BallastListedKind kind = ballast_listing_get_kind (reading->listing, i);
      BallastImportImage image = { path, name, kind == BALLAST_LISTED_IMAGE_LINK, split, NULL, 0 };

      if (i % 1024 == 0 && g_cancellable_set_error_if_cancelled (reading->cancellable, error))
        return FALSE;
      if (kind == BALLAST_LISTED_OTHER)
        reading->summary->ignored_files++;
      else if (kind == BALLAST_LISTED_IMAGE || kind == BALLAST_LISTED_IMAGE_LINK)
        {
          if (!add_image (reading, folder, &image, error))
            return FALSE;
        }
      else if (!report_left_out (reading, path, name, kind, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_folder (Reading             *reading,
             const BallastFolder *folder,
             GError             **error)
{
  g_autofree char *path = ballast_folder_dup_path (folder);
  BallastProgressState state = { .items_total = reading->total };

  if (!report_folder (reading, folder, path, error))
    return FALSE;
  if (!folder->is_visited)
    return TRUE;
  if (!ballast_listing_read (reading->listing, path)
      && !report (reading, BALLAST_PROBLEM_UNREADABLE, path, g_strerror (errno), error))
    return FALSE;
  if (!read_files (reading, folder, path, error))
    return FALSE;
  state.items_done = reading->summary->images;
  ballast_progress_report (reading->request->progress, &state);

  for (guint i = 0; i < folder->children->len; i++)
    if (!read_folder (reading, folder->children->pdata[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
begin (Reading     *reading,
       BallastWalk *walk,
       GError     **error)
{
  g_auto(BallastImportOptions) used = BALLAST_IMPORT_OPTIONS_INIT;
  g_autofree char *json = NULL;
  BallastImportSource source = { ballast_walk_get_root (walk), "folders", NULL };

  ballast_import_options_copy (reading->request->options, &used);
  used.split_level = reading->roles->split_level;
  used.class_depth = reading->roles->class_depth;
  json = ballast_import_options_to_json (&used);
  source.options_json = json;

  return reading->request->sink->begin_source (reading->request->sink->user_data, &source, error);
}

static gboolean
folders_read (const BallastImportRequest *request,
              BallastImportSummary       *summary,
              GCancellable               *cancellable,
              GError                    **error)
{
  g_autoptr(BallastWalk) walk = ballast_walk_new (request->path, request->options->follow_links,
                                                   error);
  g_autoptr(BallastFolder) tree = NULL;
  g_autoptr(BallastFolderRoles) roles = NULL;
  g_autoptr(BallastListing) listing = NULL;
  g_autoptr(GArray) class_indices = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(GArray) split_indices = g_array_new (FALSE, FALSE, sizeof (int));
  Reading reading = { request, summary, cancellable };
  BallastProgressState progress = { 0 };

  if (walk != NULL)
    tree = ballast_folder_tree_new (walk, 0, cancellable, error);
  if (tree == NULL)
    return FALSE;

  roles = ballast_folder_roles_new (tree, request->options);
  listing = ballast_listing_new (walk);
  reading.roles = roles;
  reading.listing = listing;
  reading.class_indices = class_indices;
  reading.split_indices = split_indices;
  reading.total = tree->total_images;

  progress.items_total = reading.total;
  ballast_progress_report (request->progress, &progress);

  return begin (&reading, walk, error) && declare (&reading, error)
         && read_folder (&reading, tree, error);
}

/* Two folders that belong together, one of pictures and one of what is known of them. */
static gboolean
has_pair (const BallastFolder *folder)
{
  static const char *const pairs[][2] = {
    { "images", "labels" },
    { "JPEGImages", "Annotations" },
    { "images", "annotations" },
    { "images", "masks" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (ballast_folder_find (folder, pairs[i][0]) != NULL
        && ballast_folder_find (folder, pairs[i][1]) != NULL)
      return TRUE;

  return FALSE;
}

/* Layouts that have class folders only by accident. */
static gboolean
looks_like_boxes (const BallastFolder *base)
{
  if (has_pair (base))
    return TRUE;
  for (guint i = 0; i < base->children->len; i++)
    {
      const BallastFolder *child = base->children->pdata[i];

      if (ballast_name_is_split (child->name) && has_pair (child))
        return TRUE;
    }

  return FALSE;
}

static double
rate (const BallastFolderRoles *roles,
      const BallastFolder      *tree)
{
  guint n_filled = 0;

  for (guint i = 0; i < roles->classes->len; i++)
    n_filled += g_array_index (roles->classes, BallastFolderClass, i).images > 0;
  if (n_filled == 0)
    return 0.1;
  if (looks_like_boxes (roles->base))
    return 0.2;
  if (n_filled == 1)
    return 0.3;

  return roles->unlabelled * 2 > tree->total_images ? 0.5 : 0.9;
}

static void
count_splits (const BallastFolder *folder,
              guint64             *counts)
{
  if (folder->split_index >= 0)
    counts[folder->split_index] += folder->images;
  for (guint i = 0; i < folder->children->len; i++)
    count_splits (folder->children->pdata[i], counts);
}

static void
fill_counts (BallastLayoutGuess       *guess,
             const BallastFolderRoles *roles,
             const BallastFolder      *tree)
{
  g_autofree guint64 *counts = g_new0 (guint64, roles->splits->len + 1);

  for (guint i = 0; i < roles->classes->len; i++)
    {
      const BallastFolderClass *class = &g_array_index (roles->classes, BallastFolderClass, i);

      ballast_layout_guess_add_count (guess->classes, class->name, class->images);
    }
  count_splits (tree, counts);
  for (guint i = 0; i < roles->splits->len; i++)
    ballast_layout_guess_add_count (guess->splits, roles->splits->pdata[i], counts[i]);
  guess->images = tree->total_images;
  guess->is_partial = ballast_folder_is_partial (tree);
}

/* Up to @wanted images at or below @folder, the first by name. */
static void
take_images (BallastLayoutGuess  *guess,
             BallastListing      *listing,
             const BallastFolder *folder,
             guint                wanted)
{
  g_autofree char *path = ballast_folder_dup_path (folder);
  guint end = MIN (guess->first_images->len + wanted, BALLAST_LAYOUT_FIRST_IMAGES);

  if (folder->images > 0 && ballast_listing_read (listing, path))
    for (guint i = 0; i < ballast_listing_get_n (listing) && guess->first_images->len < end; i++)
      if (ballast_listing_get_kind (listing, i) == BALLAST_LISTED_IMAGE)
        g_ptr_array_add (guess->first_images,
                         ballast_path_join (path, ballast_listing_get_name (listing, i)));
  for (guint i = 0; i < folder->children->len && guess->first_images->len < end; i++)
    take_images (guess, listing, folder->children->pdata[i], end - guess->first_images->len);
}

static const BallastFolder *
find_class_folder (const BallastFolder *folder,
                   int                  class_index)
{
  if (folder->class_index == class_index && folder->total_images > 0)
    return folder;
  for (guint i = 0; i < folder->children->len; i++)
    {
      const BallastFolder *found = find_class_folder (folder->children->pdata[i], class_index);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
fill_first_images (BallastLayoutGuess       *guess,
                   const BallastFolderRoles *roles,
                   const BallastFolder      *tree,
                   BallastWalk              *walk)
{
  g_autoptr(BallastListing) listing = ballast_listing_new (walk);
  guint n = MIN (roles->classes->len, BALLAST_LAYOUT_FIRST_IMAGES);

  for (guint i = 0; i < n; i++)
    {
      const BallastFolder *folder = find_class_folder (tree, i);
      guint left = BALLAST_LAYOUT_FIRST_IMAGES - guess->first_images->len;

      if (folder != NULL)
        take_images (guess, listing, folder, MAX (left / (n - i), 1));
    }
  if (n == 0)
    take_images (guess, listing, tree, BALLAST_LAYOUT_FIRST_IMAGES);
}

static void
warn (BallastLayoutGuess       *guess,
      const BallastFolderRoles *roles,
      const BallastFolder      *tree)
{
  if (roles->unlabelled > 0)
    ballast_layout_guess_warn (guess,
                               g_dngettext (GETTEXT_PACKAGE,
                                            "%'" PRIu64 " image lies in no class folder.",
                                            "%'" PRIu64 " images lie in no class folder.",
                                            MIN (roles->unlabelled, G_MAXULONG)),
                               roles->unlabelled);
  for (guint i = 0; i < roles->classes->len; i++)
    {
      const BallastFolderClass *class = &g_array_index (roles->classes, BallastFolderClass, i);

      if (class->images == 0 && !guess->is_partial)
        ballast_layout_guess_warn (guess, _("The class “%s” is empty."), class->name);
    }
  for (guint i = 0; i < roles->not_classes->len; i++)
    ballast_layout_guess_warn (
      guess, _("“%s” holds no image and is not taken as a class."),
      g_array_index (roles->not_classes, BallastFolderClass, i).name);
  if (tree->total_others > 0)
    ballast_layout_guess_warn (guess,
                               g_dngettext (GETTEXT_PACKAGE, "%'" PRIu64 " file is no image.",
                                            "%'" PRIu64 " files are no images.",
                                            MIN (tree->total_others, G_MAXULONG)),
                               tree->total_others);
  ballast_layout_guess_warn_of_clashes (guess);
}

static char *
describe (const BallastLayoutGuess *guess,
          const BallastFolderRoles *roles)
{
  g_autofree char *splits = ballast_layout_describe_splits (guess->splits);
  guint n = guess->classes->len;
  gboolean nested = FALSE;

  /* Translators: the last word of these is "no splits" or "splits train and test". */
  if (n == 0)
    return g_strdup_printf (_("images without class folders, %s"), splits);
  for (guint i = 0; i < roles->classes->len; i++)
    nested = nested || strchr (g_array_index (roles->classes, BallastFolderClass, i).path, '/');

  if (nested)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u class in nested folders, %s",
                                         "%u classes in nested folders, %s", n), n, splits);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u class in folders, %s",
                                       "%u classes in folders, %s", n), n, splits);
}

/* A farm of links looks full to whoever made it. */
static void
set_only_links_error (const BallastFolder *tree,
                      const char          *path,
                      GError             **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (ballast_folder_count_links_out (tree) > 0)
    g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_EMPTY,
                 _("There is no image in “%s”: its links lead out of the folder, and such links are "
                    "not followed. Import the folder that they lead to, or copy the images"),
                 shown);
}

static BallastLayoutGuess *
folders_recognise (const char                  *path,
                   const BallastLayoutQuestion *question,
                   GCancellable                *cancellable,
                   GError                     **error)
{
  g_autoptr(BallastWalk) walk = NULL;
  g_autoptr(BallastFolder) tree = NULL;
  g_autoptr(BallastFolderRoles) roles = NULL;
  BallastLayoutGuess *guess;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return NULL;
  walk = ballast_walk_new (path, FALSE, error);
  if (walk != NULL)
    tree = ballast_folder_tree_new (walk, question->deadline_us, cancellable, error);
  if (tree == NULL)
    return NULL;
  if (tree->total_images == 0 && !ballast_folder_is_partial (tree))
    {
      set_only_links_error (tree, path, error);
      return NULL;
    }

  guess = ballast_layout_guess_new (&ballast_importer_folders, ballast_walk_get_root (walk));
  roles = ballast_folder_roles_new (tree, &guess->options);
  guess->options.split_level = roles->split_level;
  guess->options.class_depth = roles->class_depth;
  guess->confidence = rate (roles, tree);
  fill_counts (guess, roles, tree);
  fill_first_images (guess, roles, tree, walk);
  warn (guess, roles, tree);
  guess->description = describe (guess, roles);

  return guess;
}

const BallastImporter ballast_importer_folders = {
  .name = "folders",
  .title = N_("Class folders"),
  .recognise = folders_recognise,
  .read = folders_read,
};
