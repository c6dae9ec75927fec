/*
 * Class folders: the name of a folder is the class of what lies in it.
 *
 * Classes come sorted by the bytes of their names, as torchvision's ImageFolder numbers them.  The
 * whole tree is looked at first, which gives the layout and the total; then the names are told, one
 * folder after another.  What ballast-folder-roles.c says of layouts holds here.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-folder-roles.h"
#include "ballast-folders-guess.h"
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
read_folder (Reading       *reading,
             BallastFolder *folder,
             GError       **error)
{
  g_autofree char *path = ballast_folder_dup_path (folder);
  BallastProgressState state = { .items_total = reading->total };

  if (!report_folder (reading, folder, path, error))
    return FALSE;
  if (!folder->is_visited)
    return TRUE;
  if (!ballast_folder_list (folder, reading->listing)
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
  BallastImportSource source = { ballast_walk_get_root (walk), "folders", NULL, TRUE };

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
  g_autoptr(BallastFolder) own_tree = NULL;
  BallastFolder *tree = request->tree;
  g_autoptr(BallastFolderRoles) roles = NULL;
  g_autoptr(BallastListing) listing = NULL;
  g_autoptr(GArray) class_indices = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(GArray) split_indices = g_array_new (FALSE, FALSE, sizeof (int));
  Reading reading = { request, summary, cancellable };
  BallastProgressState progress = { 0 };

  if (walk != NULL && tree == NULL)
    {
      own_tree = ballast_folder_tree_new (walk, TRUE, 0, cancellable, error);
      tree = own_tree;
    }
  if (walk == NULL || tree == NULL)
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

const BallastImporter ballast_importer_folders = {
  .name = "folders",
  .title = N_("Class folders"),
  .recognise = ballast_folders_guess,
  .read = folders_read,
};
