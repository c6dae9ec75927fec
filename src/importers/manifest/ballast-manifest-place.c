/*
 * Where the pictures of a manifest are.  A few of its paths are tried in the folders where people
 * put pictures; where that fails, they are looked for by name in all folders below.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-manifest-place.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-image-finder.h"

#define MAX_FOLDERS 200

static gboolean
is_there (const char *root,
          const char *relative)
{
  g_autofree char *full = g_build_filename (root, relative, NULL);
  GStatBuf info;

  return g_lstat (full, &info) == 0 && !S_ISDIR (info.st_mode);
}

gboolean
ballast_manifest_place_leads_out (const char *root,
                                  const char *relative)
{
  g_autofree char *full = g_build_filename (root, relative, NULL);
  char *real = realpath (full, NULL);
  gsize length = strlen (root);
  gboolean is_out = real != NULL && (strncmp (real, root, length) != 0 ||
                                     (length > 1 && real[length] != '/'));

  free (real);

  return is_out;
}

char *
ballast_manifest_place_look (const BallastImportOptions *options,
                             const char                 *root,
                             const char                 *base,
                             const char                 *path)
{
  static const char *const endings[] = { ".jpg", ".png", ".jpeg", ".JPG", ".JPEG",
                                         ".PNG", ".bmp", ".webp", ".tif", ".gif" };
  g_autofree char *relative = ballast_image_path_resolve (root, base, path);

  if (relative == NULL)
    return NULL;
  if (is_there (root, relative))
    return g_steal_pointer (&relative);
  for (guint i = 0; options->add_ending && i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *ended = g_strconcat (relative, endings[i], NULL);

      if (is_there (root, ended))
        return g_steal_pointer (&ended);
    }

  return NULL;
}

static double
try_place (const BallastImportOptions *options,
           GPtrArray                  *paths,
           const char                 *root,
           const char                 *base)
{
  guint n_found = 0;

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *found = ballast_manifest_place_look (options, root, base, paths->pdata[i]);

      n_found += found != NULL;
    }

  return paths->len > 0 ? n_found / (double) paths->len : 0;
}

/* The folders in @root, those with the usual names first.  In a folder that the user did not choose,
 * they are all: strangers may lie there. */
static GPtrArray *
list_bases (const char *root,
            gboolean    is_other_root)
{
  static const char *const usual[] = { "images", "image", "imgs", "img", "data", "JPEGImages",
                                       "train", "test", "val" };
  GPtrArray *bases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = is_other_root ? NULL : g_dir_open (root, 0, NULL);
  const char *name;
  guint n_seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    g_ptr_array_add (bases, g_strdup (usual[i]));
  while (dir != NULL && n_seen++ < 10000 && bases->len < MAX_FOLDERS
         && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      if (!ballast_file_is_hidden (name) && !ballast_file_is_image (name, strlen (name))
          && g_file_test (path, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (bases, g_strdup (name));
    }

  return bases;
}

typedef struct
{
  BallastImportOptions *options;
  GPtrArray            *paths;
  double                best;
  gboolean              has_other_root;
} Search;

/* Keeps @root and @base where more is found there than so far. */
static void
try_base (Search     *search,
          const char *root,
          gboolean    is_other_root,
          const char *base,
          gboolean    is_own_base)
{
  double share = try_place (search->options, search->paths, root, base);

  if (share <= search->best)
    return;
  search->best = share;
  g_free (search->options->base);
  search->options->base = is_own_base ? NULL : g_strdup (base);
  if (is_other_root)
    {
      g_free (search->options->images);
      search->options->images = g_strdup (root);
      search->has_other_root = TRUE;
    }
}

static void
try_root (Search     *search,
          const char *root,
          const char *own_base,
          gboolean    is_other_root)
{
  g_autoptr(GPtrArray) bases = NULL;

  try_base (search, root, is_other_root, own_base, TRUE);
  if (search->best < 0.9 && *own_base != '\0')
    try_base (search, root, is_other_root, "", FALSE);
  if (search->best >= 0.9)
    return;
  bases = list_bases (root, is_other_root);
  for (guint i = 0; i < bases->len && search->best < 0.9; i++)
    try_base (search, root, is_other_root, bases->pdata[i], FALSE);
}

static double
try_names (Search     *search,
           const char *root,
           gint64      deadline_us)
{
  g_autoptr(BallastWalk) walk = ballast_walk_new (root, search->options->follow_links, NULL);
  g_autoptr(BallastImageFinder) finder = NULL;
  guint n_found = 0;

  if (walk == NULL)
    return 0;
  finder = ballast_image_finder_new (walk, "", TRUE, search->options->add_ending);
  ballast_image_finder_set_deadline (finder, deadline_us);
  for (guint i = 0; i < search->paths->len; i++)
    {
      BallastFound found;

      ballast_image_finder_find (finder, search->paths->pdata[i], &found);
      n_found += found.kind == BALLAST_FOUND_FILE || found.kind == BALLAST_FOUND_AMBIGUOUS;
    }

  return n_found / (double) MAX (search->paths->len, 1);
}

static gboolean
have_endings (GPtrArray *paths)
{
  guint n_images = 0;

  for (guint i = 0; i < paths->len; i++)
    n_images += ballast_file_is_image (paths->pdata[i], strlen (paths->pdata[i]));

  return n_images * 2 >= paths->len;
}

double
ballast_manifest_place_find (BallastImportOptions *options,
                             GPtrArray            *paths,
                             const char           *root,
                             const char           *folder,
                             gboolean              may_leave,
                             gint64                deadline_us)
{
  Search search = { options, paths, 0 };
  gsize length = strlen (root);
  const char *own_base = strncmp (folder, root, length) == 0 && folder[length] == '/'
                             ? folder + length + 1
                             : "";
  double share;

  options->add_ending = !have_endings (paths);
  try_root (&search, root, own_base, FALSE);
  if (may_leave && search.best < 0.5 && length > 1)
    {
      g_autofree char *above = g_path_get_dirname (root);
      g_autofree char *name = g_path_get_basename (root);

      try_root (&search, above, name, TRUE);
    }
  if (search.best >= 0.9)
    return search.best;

  share = try_names (&search, root, deadline_us);
  if (share <= search.best)
    return search.best;
  options->search_names = TRUE;
  g_clear_pointer (&options->base, g_free);
  if (search.has_other_root)
    g_clear_pointer (&options->images, g_free);

  return share;
}
