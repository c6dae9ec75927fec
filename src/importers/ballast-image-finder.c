/*
 * From the words of a manifest to files.  What comes from a manifest is hostile: a path is resolved
 * as text, must stay in the root, and is only ever looked up in lists of what lies there.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-image-finder.h"

#include <errno.h>
#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-folder-tree.h"
#include "ballast-listing.h"
#include "ballast-name-table.h"
#include "ballast-path.h"

/* A name's number: its folder's, and what it is. */
#define KIND_BITS 2
#define KIND_FILE 0
#define KIND_LINK 1
#define KIND_SPECIAL 2
#define KIND_LINK_OUT 3

typedef struct
{
  BallastNameTable *names;
  BallastNameTable *stems; /* without endings; NULL unless asked for */
  int               error_number;
} Folder;

struct _BallastImageFinder
{
  BallastWalk    *walk;
  BallastListing *listing;
  char           *base;
  gboolean        search_names;
  gboolean        add_ending;
  gint64          deadline_us;
  GHashTable     *folders; /* path → Folder */
  GPtrArray      *paths;   /* of all folders, for the search; NULL until then */
  Folder          all;
  char           *folder;  /* of what was found last */
  char           *path;
};

static void
folder_clear (Folder *folder)
{
  ballast_name_table_free (folder->names);
  ballast_name_table_free (folder->stems);
}

static void
folder_free (gpointer data)
{
  folder_clear (data);
  g_free (data);
}

BallastImageFinder *
ballast_image_finder_new (BallastWalk *walk,
                          const char  *base,
                          gboolean     search_names,
                          gboolean     add_ending)
{
  BallastImageFinder *finder = g_new0 (BallastImageFinder, 1);

  finder->walk = walk;
  finder->listing = ballast_listing_new (walk);
  finder->base = g_strdup (base);
  finder->search_names = search_names;
  finder->add_ending = add_ending;
  finder->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, folder_free);

  return finder;
}

void
ballast_image_finder_free (BallastImageFinder *finder)
{
  ballast_listing_free (finder->listing);
  g_hash_table_unref (finder->folders);
  g_clear_pointer (&finder->paths, g_ptr_array_unref);
  folder_clear (&finder->all);
  g_free (finder->base);
  g_free (finder->folder);
  g_free (finder->path);
  g_free (finder);
}

void
ballast_image_finder_set_base (BallastImageFinder *finder,
                               const char         *base)
{
  g_free (finder->base);
  finder->base = g_strdup (base);
}

void
ballast_image_finder_set_deadline (BallastImageFinder *finder,
                                   gint64              deadline_us)
{
  finder->deadline_us = deadline_us;
}

static guint32
get_kind (BallastListedKind listed)
{
  if (listed == BALLAST_LISTED_IMAGE || listed == BALLAST_LISTED_OTHER)
    return KIND_FILE;

  if (listed == BALLAST_LISTED_LINK_OUT)
    return KIND_LINK_OUT;

  return listed == BALLAST_LISTED_IMAGE_LINK ? KIND_LINK : KIND_SPECIAL;
}

/* Adds what was listed to @folder, as the @number-th one. */
static void
add_listed (BallastImageFinder *finder,
            Folder             *folder,
            guint32             number)
{
  for (guint i = 0; i < ballast_listing_get_n (finder->listing); i++)
    {
      const char *name = ballast_listing_get_name (finder->listing, i);
      guint32 kind = get_kind (ballast_listing_get_kind (finder->listing, i));
      const char *ending = ballast_path_get_extension (name);

      ballast_name_table_add (folder->names, name, strlen (name), number << KIND_BITS | kind);
      if (folder->stems != NULL && *ending != '\0' && ballast_file_is_image (name, strlen (name)))
        ballast_name_table_add (folder->stems, name, ending - 1 - name, number << KIND_BITS | kind);
    }
}

static void
folder_init (BallastImageFinder *finder,
             Folder             *folder)
{
  folder->names = ballast_name_table_new ();
  folder->stems = finder->add_ending ? ballast_name_table_new () : NULL;
}

static Folder *
get_folder (BallastImageFinder *finder,
            const char         *path)
{
  Folder *folder = g_hash_table_lookup (finder->folders, path);

  if (folder != NULL)
    return folder;
  folder = g_new0 (Folder, 1);
  if (!ballast_listing_read (finder->listing, path))
    folder->error_number = errno;
  else
    {
      folder_init (finder, folder);
      add_listed (finder, folder, 0);
    }
  g_hash_table_insert (finder->folders, g_strdup (path), folder);

  return folder;
}

static void
add_tree (BallastImageFinder *finder,
          BallastFolder      *folder)
{
  g_ptr_array_add (finder->paths, ballast_folder_dup_path (folder));
  if (folder->is_visited && ballast_folder_list (folder, finder->listing))
    add_listed (finder, &finder->all, finder->paths->len - 1);
  for (guint i = 0; i < folder->children->len; i++)
    add_tree (finder, folder->children->pdata[i]);
}

/* Every file of the root by its name alone. */
static void
list_all (BallastImageFinder *finder)
{
  g_autoptr(BallastFolder) tree = NULL;

  if (finder->paths != NULL)
    return;
  finder->paths = g_ptr_array_new_with_free_func (g_free);
  folder_init (finder, &finder->all);
  tree = ballast_folder_tree_new (finder->walk, TRUE, finder->deadline_us, NULL, NULL);
  if (tree != NULL)
    add_tree (finder, tree);
}

static gboolean
look_up (Folder      *folder,
         const char  *name,
         const char **found_name,
         guint32     *value,
         guint       *n)
{
  *n = folder->names != NULL ? ballast_name_table_find (folder->names, name, found_name, value) : 0;
  if (*n == 0 && folder->stems != NULL)
    *n = ballast_name_table_find (folder->stems, name, found_name, value);

  return *n > 0;
}

static void
set_found (BallastFound *found,
           const char   *name,
           guint32       value,
           guint         n)
{
  guint32 kind = value & ((1 << KIND_BITS) - 1);

  found->name = name;
  found->is_link = kind == KIND_LINK;
  if (n > 1)
    {
      found->kind = BALLAST_FOUND_AMBIGUOUS;
      found->detail = "several files have this name";
    }
  else if (kind == KIND_SPECIAL)
    {
      found->kind = BALLAST_FOUND_SPECIAL;
      found->detail = "no regular file";
    }
  else if (kind == KIND_LINK_OUT)
    {
      found->kind = BALLAST_FOUND_SPECIAL;
      found->detail = ballast_link_kind_describe (BALLAST_LINK_OUT);
    }
  else
    found->kind = BALLAST_FOUND_FILE;
}

static void
set_not_found (BallastFound *found,
               int           error_number)
{
  found->kind = BALLAST_FOUND_MISSING;
  if (error_number == ELOOP)
    {
      found->kind = BALLAST_FOUND_SPECIAL;
      found->detail = "in a folder behind a link";
    }
  else if (error_number != 0 && error_number != ENOENT && error_number != ENOTDIR
           && error_number != ENAMETOOLONG)
    {
      found->kind = BALLAST_FOUND_UNREADABLE;
      found->detail = "its folder cannot be read";
    }
}

/* Cuts the resolved path into folder and name.  Returns the name. */
static const char *
cut_path (BallastImageFinder *finder)
{
  const char *slash = strrchr (finder->path, '/');

  g_free (finder->folder);
  finder->folder = slash != NULL ? g_strndup (finder->path, slash - finder->path) : g_strdup ("");

  return slash != NULL ? slash + 1 : finder->path;
}

static gboolean
search (BallastImageFinder *finder,
        const char         *name,
        BallastFound       *found)
{
  guint32 value;
  guint n;

  if (!finder->search_names)
    return FALSE;
  list_all (finder);
  if (!look_up (&finder->all, name, &found->name, &value, &n))
    return FALSE;
  found->folder = finder->paths->pdata[value >> KIND_BITS];
  set_found (found, found->name, value, n);

  return TRUE;
}

void
ballast_image_finder_find (BallastImageFinder *finder,
                           const char         *path,
                           BallastFound       *found)
{
  const char *root = ballast_walk_get_root (finder->walk);
  const char *name;
  guint32 value;
  Folder *folder;
  guint n;

  *found = (BallastFound) { 0 };
  g_free (finder->path);
  finder->path = ballast_image_path_resolve (root, finder->base, path);
  if (finder->path == NULL)
    {
      found->kind = BALLAST_FOUND_UNSAFE;
      found->detail = strstr (path, "://") != NULL ? "an address, no file"
                                                   : "leads out of the folder";
      return;
    }

  name = cut_path (finder);
  found->path = finder->path;
  found->folder = finder->folder;
  folder = get_folder (finder, finder->folder);
  if (look_up (folder, name, &found->name, &value, &n))
    set_found (found, found->name, value, n);
  else if (!search (finder, name, found))
    set_not_found (found, folder->error_number);
}

/* "C:\x", "C:/x" and addresses. */
static gboolean
is_foreign (const char *path)
{
  return strstr (path, "://") != NULL
         || (g_ascii_isalpha (path[0]) && path[1] == ':' && (path[2] == '\\' || path[2] == '/'));
}

/* Takes @root off the front of an absolute path.  NULL where it is not there. */
static const char *
take_root_off (const char *root,
               const char *path)
{
  gsize length = strlen (root);

  if (strncmp (path, root, length) != 0 || path[length] != '/')
    return NULL;

  return path + length + 1;
}

char *
ballast_image_path_resolve (const char *root,
                            const char *base,
                            const char *path)
{
  g_autofree char *joined = NULL;
  g_auto(GStrv) parts = NULL;
  g_autoptr(GPtrArray) kept = g_ptr_array_new ();

  if (*path == '\0' || is_foreign (path))
    return NULL;
  if (*path == '/')
    {
      path = take_root_off (root, path);
      if (path == NULL)
        return NULL;
      base = "";
    }
  joined = ballast_path_join (base, path);
  if (strchr (path, '\\') == NULL && ballast_path_is_safe (joined))
    return g_steal_pointer (&joined);
  if (strchr (path, '/') == NULL)
    g_strdelimit (joined + strlen (joined) - strlen (path), "\\", '/');
  parts = g_strsplit (joined, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0' || strcmp (parts[i], ".") == 0)
        continue;
      if (strcmp (parts[i], "..") != 0)
        g_ptr_array_add (kept, parts[i]);
      else if (kept->len > 0)
        g_ptr_array_set_size (kept, kept->len - 1);
      else
        return NULL;
    }
  g_ptr_array_add (kept, NULL);
  g_free (g_steal_pointer (&joined));
  joined = g_strjoinv ("/", (char **) kept->pdata);

  return *joined != '\0' ? g_steal_pointer (&joined) : NULL;
}
