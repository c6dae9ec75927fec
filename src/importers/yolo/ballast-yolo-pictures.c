/*
 * Which pictures a YOLO dataset has, in which splits, and where their labels are.
 *
 * Labels lie beside their picture or in a folder called labels in the place of images, at any
 * depth.  Splits are those of the configuration; where none of its paths leads anywhere (they are
 * often those of another machine), the names of folders say them.  Memory: the paths.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-yolo-pictures.h"

#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-path.h"
#include "ballast-picture-finder.h"

typedef struct
{
  BallastWalk         *walk;
  BallastYoloConfig   *config;
  BallastYoloPictures *pictures;
  BallastFolder       *tree;
  BallastListing      *listing;
  BallastImageFinder  *finder;    /* of label files */
  GHashTable          *folders;   /* path → split + 1: folders that entries name */
  GPtrArray           *patterns;  /* GPatternSpec of entries … */
  GArray              *pattern_splits; /* … and int, their splits */
  GHashTable          *listed;    /* path of a picture → split + 1 */
  GHashTable          *used;      /* label files */
  GHashTable          *label_folders;
  gboolean             has_entries; /* one of them leads somewhere */
} Look;

static void
clear_picture (gpointer data)
{
  BallastYoloPicture *picture = data;

  g_free (picture->folder);
  g_free (picture->name);
  g_free (picture->label);
}

void
ballast_yolo_pictures_free (BallastYoloPictures *pictures)
{
  if (pictures == NULL)
    return;
  g_array_unref (pictures->pictures);
  g_ptr_array_unref (pictures->splits);
  g_ptr_array_unref (pictures->unlisted);
  g_ptr_array_unref (pictures->missing);
  g_ptr_array_unref (pictures->orphans);
  g_free (pictures);
}

static int
intern_split (BallastYoloPictures *pictures,
              const char          *name)
{
  for (guint i = 0; i < pictures->splits->len; i++)
    if (strcmp (pictures->splits->pdata[i], name) == 0)
      return i;
  g_ptr_array_add (pictures->splits, g_strdup (name));

  return pictures->splits->len - 1;
}

/* TRUE where the folder of that path is in the tree. */
static gboolean
has_folder (const BallastFolder *tree,
            const char          *path)
{
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = 0; parts[i] != NULL && tree != NULL; i++)
    if (*parts[i] != '\0')
      tree = ballast_folder_find (tree, parts[i]);

  return tree != NULL;
}

/* (transfer full) (nullable): the longest end of @path that is a folder of the tree. */
static char *
find_folder (Look       *look,
             const char *path)
{
  gboolean is_absolute;
  g_autofree char *plain = ballast_path_from_elsewhere (path, &is_absolute);
  g_autofree char *base = NULL;
  gsize length = strlen (plain);
  const char *tail;

  while (length > 0 && (plain[length - 1] == '/' || plain[length - 1] == '.'))
    plain[--length] = '\0';
  if (*plain == '\0')
    return is_absolute ? NULL : g_strdup ("");
  if (look->config->base != NULL)
    {
      gboolean base_is_absolute;
      g_autofree char *from = ballast_path_from_elsewhere (look->config->base, &base_is_absolute);

      base = ballast_path_join (from, plain);
      for (tail = base; tail != NULL; tail = strchr (tail, '/'))
        {
          tail += *tail == '/';
          if (strlen (tail) >= length && ballast_path_is_safe (tail)
              && has_folder (look->tree, tail))
            return g_strdup (tail);
        }
    }
  for (tail = plain; tail != NULL; tail = strchr (tail, '/'))
    {
      tail += *tail == '/';
      if (ballast_path_is_safe (tail) && has_folder (look->tree, tail))
        return g_strdup (tail);
    }

  return NULL;
}

/* A list of pictures, one a line; its paths are of its own folder, of the root, or of elsewhere. */
static gboolean
take_list (Look       *look,
           const char *path,
           int         split)
{
  g_autoptr(BallastPictureFinder) finder = ballast_picture_finder_new (look->walk, FALSE);
  g_autoptr(GPtrArray) bases = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *full = g_build_filename (ballast_walk_get_root (look->walk), path, NULL);
  g_auto(GStrv) lines = ballast_yolo_read_lines (full);

  if (lines == NULL)
    return FALSE;
  g_ptr_array_add (bases, g_strdup (strcmp (folder, ".") == 0 ? "" : folder));
  ballast_picture_finder_set_bases (finder, bases);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      BallastFound found;

      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      ballast_picture_finder_find (finder, lines[i], &found);
      if (found.kind == BALLAST_FOUND_FILE)
        g_hash_table_insert (look->listed, ballast_path_join (found.folder, found.name),
                             GINT_TO_POINTER (split + 1));
      else
        g_ptr_array_add (look->pictures->missing, g_strdup (lines[i]));
    }

  return TRUE;
}

/* (transfer full) (nullable): where the pictures of @split lie in most datasets. */
static char *
find_usual_folder (Look       *look,
                   const char *split)
{
  static const char *const names[] = { "train", "val", "valid", "validation", "test" };
  static const char *const forms[] = { "%s/images", "images/%s", "%s" };
  gboolean is_validation = g_str_has_prefix (split, "val");

  for (guint form = 0; form < G_N_ELEMENTS (forms); form++)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      {
        g_auto(GStrv) parts = g_strsplit (forms[form], "%s", 2);
        g_autofree char *folder = g_strjoinv (names[i], parts);

        if ((strcmp (names[i], split) == 0
             || (is_validation && g_str_has_prefix (names[i], "val")))
            && has_folder (look->tree, folder))
          return g_steal_pointer (&folder);
      }

  return NULL;
}

/* (transfer full) (nullable): the longest end of @path that is a file of the root. */
static char *
find_file (Look       *look,
           const char *path)
{
  g_autoptr(BallastPictureFinder) finder = ballast_picture_finder_new (look->walk, FALSE);
  BallastFound found;

  ballast_picture_finder_find (finder, path, &found);

  return found.kind == BALLAST_FOUND_FILE ? ballast_path_join (found.folder, found.name) : NULL;
}

static void
take_pattern (Look       *look,
              const char *path,
              int         split)
{
  gboolean is_absolute;
  g_autofree char *plain = ballast_path_from_elsewhere (path, &is_absolute);
  const char *tail = plain;
  g_autofree char *any = NULL;

  while (g_str_has_prefix (tail, "../") || g_str_has_prefix (tail, "./"))
    tail = strchr (tail, '/') + 1;
  any = is_absolute ? g_strconcat ("*", strrchr (tail, '/') != NULL ? strrchr (tail, '/') : tail, NULL)
                    : g_strdup (tail);
  g_ptr_array_add (look->patterns, g_pattern_spec_new (any));
  g_array_append_val (look->pattern_splits, split);
  look->has_entries = TRUE;
}

static void
take_entry (Look                   *look,
            const BallastYoloEntry *entry)
{
  int split = intern_split (look->pictures, entry->split);
  g_autofree char *found = NULL;

  if (strpbrk (entry->path, "*?") != NULL)
    {
      take_pattern (look, entry->path, split);
      return;
    }
  if (g_ascii_strcasecmp (ballast_path_get_extension (entry->path), "txt") == 0)
    {
      found = find_file (look, entry->path);
      if (found != NULL && take_list (look, found, split))
        {
          look->has_entries = TRUE;
          return;
        }
    }
  else
    {
      found = find_folder (look, entry->path);
      if (found == NULL)
        found = find_usual_folder (look, entry->split);
      if (found != NULL)
        {
          look->has_entries = TRUE;
          if (!g_hash_table_contains (look->folders, found))
            g_hash_table_insert (look->folders, g_steal_pointer (&found),
                                 GINT_TO_POINTER (split + 1));
          return;
        }
    }
  g_ptr_array_add (look->pictures->missing, g_strdup (entry->path));
}

/* The split of the folder that an entry names, at or above @folder; -1. */
static int
find_split_of_folder (Look       *look,
                      const char *folder)
{
  g_autofree char *path = g_strdup (folder);

  for (;;)
    {
      int split = GPOINTER_TO_INT (g_hash_table_lookup (look->folders, path)) - 1;
      char *slash = strrchr (path, '/');

      if (split >= 0 || *path == '\0')
        return split;
      if (slash != NULL)
        *slash = '\0';
      else
        *path = '\0';
    }
}

/* The split that the folders' own names say; -1. */
static int
find_split_in_names (Look       *look,
                     const char *folder)
{
  g_auto(GStrv) parts = g_strsplit (folder, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && ballast_name_is_split (parts[i]))
      {
        g_autofree char *shown = ballast_path_display (parts[i]);

        return intern_split (look->pictures, shown);
      }

  return -1;
}

static int
find_split (Look       *look,
            const char *folder,
            const char *path)
{
  int split;

  if (!look->has_entries)
    return find_split_in_names (look, folder);
  split = GPOINTER_TO_INT (g_hash_table_lookup (look->listed, path)) - 1;
  if (split < 0)
    split = find_split_of_folder (look, folder);
  for (guint i = 0; split < 0 && i < look->patterns->len; i++)
    if (g_pattern_spec_match_string (look->patterns->pdata[i], path))
      split = g_array_index (look->pattern_splits, int, i);

  return split;
}

static gboolean
try_label (Look       *look,
           const char *folder,
           const char *stem,
           char      **label)
{
  g_autofree char *path = ballast_path_join (folder, stem);
  BallastFound found;

  ballast_image_finder_find (look->finder, path, &found);
  if (found.kind != BALLAST_FOUND_FILE)
    return FALSE;
  g_hash_table_add (look->used, g_strdup (path));
  if (!g_hash_table_contains (look->label_folders, folder))
    g_hash_table_add (look->label_folders, g_strdup (folder));
  *label = g_steal_pointer (&path);

  return TRUE;
}

/* @folder with its part @index called @name. */
static char *
replace_part (char      **parts,
              guint       index,
              const char *name)
{
  g_autofree char *before = parts[index];
  char *folder;

  parts[index] = (char *) name;
  folder = g_strjoinv ("/", parts);
  parts[index] = g_steal_pointer (&before);

  return folder;
}

/* (transfer full) (nullable) */
static char *
find_label (Look       *look,
            const char *folder,
            const char *name)
{
  static const char *const others[] = { "labels", "Labels", "Annotations", "annotations", "label" };
  const char *ending = ballast_path_get_extension (name);
  g_autofree char *stem = g_strndup (name, *ending != '\0' ? ending - 1 - name : strlen (name));
  g_autofree char *file = g_strconcat (stem, ".txt", NULL);
  g_auto(GStrv) parts = g_strsplit (folder, "/", -1);
  char *label = NULL;

  for (guint i = g_strv_length (parts); i > 0; i--)
    {
      if (g_ascii_strcasecmp (parts[i - 1], "images") != 0)
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (others); k++)
        {
          g_autofree char *other = replace_part (parts, i - 1, others[k]);

          if (try_label (look, other, file, &label))
            return label;
        }
    }
  if (try_label (look, folder, file, &label))
    return label;
  for (guint k = 0; k < 2; k++)
    {
      g_autofree char *below = ballast_path_join (folder, others[k]);
      g_autofree char *beside = ballast_path_join (others[k], folder);

      if (try_label (look, below, file, &label)
          || (*folder != '\0' && try_label (look, beside, file, &label)))
        return label;
    }

  return NULL;
}

static void
add_picture (Look       *look,
             const char *folder,
             guint       index)
{
  const char *name = ballast_listing_get_name (look->listing, index);
  g_autofree char *path = ballast_path_join (folder, name);
  int split = find_split (look, folder, path);
  BallastYoloPicture picture = { .split = split };

  if (look->has_entries && split < 0)
    {
      g_ptr_array_add (look->pictures->unlisted, g_steal_pointer (&path));
      return;
    }
  picture.folder = g_strdup (folder);
  picture.name = g_strdup (name);
  picture.is_link
    = ballast_listing_get_kind (look->listing, index) == BALLAST_LISTED_IMAGE_LINK;
  picture.label = find_label (look, folder, name);
  look->pictures->n_labels += picture.label != NULL;
  g_array_append_val (look->pictures->pictures, picture);
  /* cppcheck-suppress memleak ; the array owns it */
}

static void
add_folder (Look                *look,
            const BallastFolder *folder)
{
  g_autofree char *path = ballast_folder_dup_path (folder);

  if (folder->images > 0 && ballast_listing_read (look->listing, path))
    for (guint i = 0; i < ballast_listing_get_n (look->listing); i++)
      {
        BallastListedKind kind = ballast_listing_get_kind (look->listing, i);

        if (kind == BALLAST_LISTED_IMAGE || kind == BALLAST_LISTED_IMAGE_LINK)
          add_picture (look, path, i);
      }
  for (guint i = 0; i < folder->children->len; i++)
    add_folder (look, folder->children->pdata[i]);
}

/* Texts that are no labels, wherever they lie. */
static gboolean
is_note (const char *name)
{
  static const char *const notes[] = { "classes.txt", "readme", "train.txt", "val.txt", "valid.txt",
                                       "test.txt", "names.txt", "obj_names.txt", "labels.txt",
                                       "predefined_classes.txt", "license" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (g_str_has_prefix (lower, notes[i]))
      return TRUE;

  return FALSE;
}

static void
find_orphans (Look *look)
{
  guint n;
  g_autofree gpointer *folders = g_hash_table_get_keys_as_array (look->label_folders, &n);

  for (guint i = 0; i < n; i++)
    {
      if (!ballast_listing_read (look->listing, folders[i]))
        continue;
      for (guint k = 0; k < ballast_listing_get_n (look->listing); k++)
        {
          const char *name = ballast_listing_get_name (look->listing, k);
          g_autofree char *path = ballast_path_join (folders[i], name);

          if (g_ascii_strcasecmp (ballast_path_get_extension (name), "txt") == 0 && !is_note (name)
              && !g_hash_table_contains (look->used, path))
            g_ptr_array_add (look->pictures->orphans, g_steal_pointer (&path));
        }
    }
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static BallastYoloPictures *
pictures_new (void)
{
  BallastYoloPictures *pictures = g_new0 (BallastYoloPictures, 1);

  pictures->pictures = g_array_new (FALSE, FALSE, sizeof (BallastYoloPicture));
  g_array_set_clear_func (pictures->pictures, clear_picture);
  pictures->splits = g_ptr_array_new_with_free_func (g_free);
  pictures->unlisted = g_ptr_array_new_with_free_func (g_free);
  pictures->missing = g_ptr_array_new_with_free_func (g_free);
  pictures->orphans = g_ptr_array_new_with_free_func (g_free);

  return pictures;
}

/* Splits that the configuration names and no picture is in. */
static void
drop_unused_splits (BallastYoloPictures *pictures)
{
  for (guint split = pictures->splits->len; split > 0; split--)
    {
      gboolean is_used = FALSE;

      for (guint i = 0; i < pictures->pictures->len && !is_used; i++)
        is_used = g_array_index (pictures->pictures, BallastYoloPicture, i).split == (int) split - 1;
      if (is_used)
        continue;
      g_ptr_array_remove_index (pictures->splits, split - 1);
      for (guint i = 0; i < pictures->pictures->len; i++)
        if (g_array_index (pictures->pictures, BallastYoloPicture, i).split >= (int) split)
          g_array_index (pictures->pictures, BallastYoloPicture, i).split--;
    }
}

static void
look_at_all (Look *look)
{
  for (guint i = 0; i < look->config->entries->len; i++)
    take_entry (look, &g_array_index (look->config->entries, BallastYoloEntry, i));
  if (!look->has_entries)
    g_ptr_array_set_size (look->pictures->splits, 0);
  add_folder (look, look->tree);
  drop_unused_splits (look->pictures);
  find_orphans (look);
  g_ptr_array_sort (look->pictures->orphans, compare_strings);
}

BallastYoloPictures *
ballast_yolo_pictures_new (BallastWalk       *walk,
                           BallastYoloConfig *config,
                           gint64             deadline_us,
                           GCancellable      *cancellable,
                           GError           **error)
{
  g_autoptr(BallastFolder) tree
    = ballast_folder_tree_new (walk, FALSE, deadline_us, cancellable, error);
  g_autoptr(BallastListing) listing = ballast_listing_new (walk);
  g_autoptr(BallastImageFinder) finder = ballast_image_finder_new (walk, "", FALSE, FALSE);
  g_autoptr(GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) label_folders
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) patterns
    = g_ptr_array_new_with_free_func ((GDestroyNotify) g_pattern_spec_free);
  g_autoptr(GArray) pattern_splits = g_array_new (FALSE, FALSE, sizeof (int));
  Look look = { .walk = walk, .config = config, .tree = tree, .listing = listing,
                .finder = finder, .folders = folders, .patterns = patterns,
                .pattern_splits = pattern_splits, .listed = listed, .used = used,
                .label_folders = label_folders };

  if (tree == NULL)
    return NULL;
  look.pictures = pictures_new ();
  look_at_all (&look);
  look.pictures->is_partial = ballast_folder_is_partial (tree);

  return look.pictures;
}
