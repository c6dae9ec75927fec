/*
 * What class folders would be made of a folder: the preview, and how sure it is.
 *
 * Looks until its deadline; what it has not seen by then makes the guess a partial one.  The reading
 * itself is ballast-importer-folders.c.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-folders-guess.h"

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

/* From memory where that was kept, and leaves it there. */
static gboolean
list (BallastListing      *listing,
      const BallastFolder *folder,
      const char          *path)
{
  if (folder->listed == NULL)
    return ballast_listing_read (listing, path);
  ballast_listing_unpack (listing, folder->listed);

  return TRUE;
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

  if (folder->images > 0 && list (listing, folder, path))
    for (guint i = 0; i < ballast_listing_get_n (listing) && guess->first_images->len < end; i++)
      if (ballast_listing_get_kind (listing, i) == BALLAST_LISTED_IMAGE ||
          ballast_listing_get_kind (listing, i) == BALLAST_LISTED_IMAGE_LINK)
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
    g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LINKS,
                 _("There is no image in “%s”: its links lead out of the folder, and such links are "
                    "followed only on demand (--follow-links)"),
                 shown);
}

BallastLayoutGuess *
ballast_folders_guess (const char                  *path,
                       const BallastLayoutQuestion *question,
                       GCancellable                *cancellable,
                       GError                     **error)
{
  g_autoptr(BallastWalk) walk = NULL;
  g_autoptr(BallastFolder) own_tree = NULL;
  BallastFolder *tree = question->tree;
  g_autoptr(BallastFolderRoles) roles = NULL;
  BallastLayoutGuess *guess;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return NULL;
  walk = ballast_walk_new (path, question->wishes->follow_links, error);
  if (walk != NULL && tree == NULL)
    {
      own_tree = ballast_folder_tree_new (walk, FALSE, question->deadline_us, cancellable, error);
      tree = own_tree;
    }
  if (walk == NULL || tree == NULL)
    return NULL;
  if (tree->total_images == 0 && !ballast_folder_is_partial (tree))
    {
      set_only_links_error (tree, path, error);
      return NULL;
    }

  guess = ballast_layout_guess_new (&ballast_importer_folders, ballast_walk_get_root (walk));
  guess->options.follow_links = question->wishes->follow_links;
  guess->links_out = ballast_folder_count_links_out (tree);
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
