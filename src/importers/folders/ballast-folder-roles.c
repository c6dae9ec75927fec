/*
 * Reads classes and splits off a tree of folders.  No I/O.
 *
 *   root/class, root/split/class, root/class/split, in any case of the splits' names
 *
 * - A folder that wraps everything (an unpacked archive) is seen through.
 * - A class folder that holds images is one class with all that is below it.  One that holds only
 *   folders is a level of a hierarchy: "animal/dog".  Unless most of those folders have the same
 *   names in several classes ("cat/images", "dog/images"): then they say nothing of the class.
 * - The same class in several splits is judged as one: a branch that is empty in the test set does
 *   not change what it is in the training set.
 * - A folder of files that are no images is no class.  A folder of nothing is an empty class.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-folder-roles.h"

#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-path.h"

static BallastFolder *
child_at (const BallastFolder *folder,
          guint                index)
{
  return folder->children->pdata[index];
}

static gboolean
is_unread (const BallastFolder *folder)
{
  return !folder->is_visited;
}

/* A single folder in a folder without images, with folders of its own. */
static BallastFolder *
see_through (BallastFolder *base)
{
  for (;;)
    {
      BallastFolder *only = base->children->len == 1 ? child_at (base, 0) : NULL;

      if (base->images > 0 || only == NULL || only->images > 0 || only->children->len == 0 ||
          ballast_name_is_split (only->name))
        return base;
      base = only;
    }
}

static gboolean
has_folders_only (const BallastFolder *folder)
{
  return folder->images == 0 && folder->children->len > 0;
}

/* TRUE where every folder in @folder is a split, and no image lies beside them. */
static gboolean
holds_splits_only (const BallastFolder *folder)
{
  if (!has_folders_only (folder))
    return FALSE;
  for (guint i = 0; i < folder->children->len; i++)
    if (!ballast_name_is_split (child_at (folder, i)->name))
      return FALSE;

  return TRUE;
}

/* Two splits are no accident.  A single "train" among other folders may be a class of trains. */
static gboolean
has_splits_above (const BallastFolder *base)
{
  guint n_splits = 0, n_with_folders = 0;

  for (guint i = 0; i < base->children->len; i++)
    if (ballast_name_is_split (child_at (base, i)->name))
      {
        n_splits++;
        n_with_folders += has_folders_only (child_at (base, i));
      }

  return n_splits >= 2 || n_with_folders > 0 || (n_splits > 0 && n_splits == base->children->len);
}

static BallastSplitLevel
find_split_level (const BallastFolder *base)
{
  guint n_below = 0, n_filled = 0;

  if (has_splits_above (base))
    return BALLAST_SPLIT_LEVEL_ABOVE;
  for (guint i = 0; i < base->children->len; i++)
    {
      n_filled += child_at (base, i)->total_images > 0 || child_at (base, i)->children->len > 0;
      n_below += holds_splits_only (child_at (base, i));
    }

  return n_below > 0 && n_below * 2 >= n_filled ? BALLAST_SPLIT_LEVEL_BELOW
                                                : BALLAST_SPLIT_LEVEL_NONE;
}

/* The first spelling of a split's name is kept: "Train" in one class and "train" in another. */
static int
intern_split (BallastFolderRoles *roles,
              const char         *bytes)
{
  g_autofree char *name = ballast_path_display (bytes);

  for (guint i = 0; i < roles->splits->len; i++)
    if (g_ascii_strcasecmp (roles->splits->pdata[i], name) == 0)
      return i;
  g_ptr_array_add (roles->splits, g_steal_pointer (&name));

  return roles->splits->len - 1;
}

static void
set_split (BallastFolder *folder,
           int            split)
{
  folder->split_index = split;
  for (guint i = 0; i < folder->children->len; i++)
    set_split (child_at (folder, i), split);
}

static void
set_class (BallastFolder *folder,
           int            index)
{
  folder->class_index = index;
  for (guint i = 0; i < folder->children->len; i++)
    set_class (child_at (folder, i), index);
}

/* The folders that are one class in several splits: name → GPtrArray of BallastFolder. */
static GHashTable *
group_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
}

static void
group_add (GHashTable    *group,
           BallastFolder *folder)
{
  GPtrArray *folders = g_hash_table_lookup (group, folder->name);

  if (folders == NULL)
    {
      folders = g_ptr_array_new ();
      g_hash_table_insert (group, folder->name, folders);
    }
  g_ptr_array_add (folders, folder);
}

static void
group_add_children (GHashTable          *group,
                    const BallastFolder *folder)
{
  for (guint i = 0; i < folder->children->len; i++)
    group_add (group, child_at (folder, i));
}

/* The folders of which each is one class, or a branch of classes. */
static GHashTable *
collect_roots (BallastFolderRoles *roles)
{
  GHashTable *group = group_new ();

  if (roles->split_level != BALLAST_SPLIT_LEVEL_ABOVE)
    {
      group_add_children (group, roles->base);
      return group;
    }

  for (guint i = 0; i < roles->base->children->len; i++)
    {
      BallastFolder *folder = child_at (roles->base, i);

      /* Beside train and test, "unlabelled" with images in it is no split, "fold3" with classes
       * in it is one. */
      if (!ballast_name_is_split (folder->name) && !has_folders_only (folder))
        continue;
      set_split (folder, intern_split (roles, folder->name));
      group_add_children (group, folder);
    }

  return group;
}

/* Replaces class/train and class/test by what is in them. */
static GPtrArray *
open_splits (BallastFolderRoles *roles,
             GPtrArray          *folders)
{
  GPtrArray *opened = g_ptr_array_new ();

  for (guint i = 0; i < folders->len; i++)
    {
      BallastFolder *folder = folders->pdata[i];

      if (roles->split_level != BALLAST_SPLIT_LEVEL_BELOW || !holds_splits_only (folder))
        {
          g_ptr_array_add (opened, folder);
          continue;
        }
      for (guint k = 0; k < folder->children->len; k++)
        {
          set_split (child_at (folder, k), intern_split (roles, child_at (folder, k)->name));
          g_ptr_array_add (opened, child_at (folder, k));
        }
    }

  return opened;
}

/* Folders in folders without images of their own, by how many classes have them. */
static BallastClassDepth
find_class_depth (BallastFolderRoles *roles,
                  GHashTable         *roots)
{
  g_autoptr(GHashTable) first_root = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) shared = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer root_name, folders;

  g_hash_table_iter_init (&iter, roots);
  while (g_hash_table_iter_next (&iter, &root_name, &folders))
    {
      g_autoptr(GPtrArray) opened = open_splits (roles, folders);

      for (guint i = 0; i < opened->len; i++)
        for (guint k = 0; k < ((BallastFolder *) opened->pdata[i])->children->len; k++)
          {
            BallastFolder *folder = child_at (opened->pdata[i], k);
            gpointer other = g_hash_table_lookup (first_root, folder->name);

            if (other == NULL)
              g_hash_table_insert (first_root, folder->name, root_name);
            else if (other != root_name)
              g_hash_table_add (shared, folder->name);
          }
    }

  return g_hash_table_size (shared) * 2 > g_hash_table_size (first_root) ? BALLAST_CLASS_DEPTH_FIRST
                                                                         : BALLAST_CLASS_DEPTH_PATH;
}

static void
add_class (BallastFolderRoles *roles,
           const char         *path,
           GPtrArray          *folders)
{
  BallastFolderClass class = { g_strdup (path), ballast_path_display (path), NULL, 0, 0 };
  gboolean is_unknown = FALSE;
  int index = roles->classes->len;

  class.folder = ballast_folder_dup_path (folders->pdata[0]);
  for (guint i = 0; i < folders->len; i++)
    {
      BallastFolder *folder = folders->pdata[i];

      class.images += folder->total_images;
      class.others += folder->total_others;
      is_unknown |= is_unread (folder);
    }
  if (class.images == 0 && class.others > 0 && !is_unknown)
    {
      g_array_append_val (roles->not_classes, class);
      return;
    }
  g_array_append_val (roles->classes, class);
  for (guint i = 0; i < folders->len; i++)
    set_class (folders->pdata[i], index);
}

static void assign_group (BallastFolderRoles *roles,
                          const char         *above,
                          GHashTable         *group);

static void
assign (BallastFolderRoles *roles,
        const char         *path,
        GPtrArray          *folders)
{
  g_autoptr(GPtrArray) opened = open_splits (roles, folders);
  g_autoptr(GHashTable) below = group_new ();
  gboolean is_leaf = roles->class_depth == BALLAST_CLASS_DEPTH_FIRST;
  guint64 total = 0;

  for (guint i = 0; i < opened->len; i++)
    {
      BallastFolder *folder = opened->pdata[i];

      is_leaf |= folder->images > 0 || is_unread (folder);
      total += folder->total_images;
      group_add_children (below, folder);
    }

  if (is_leaf || total == 0 || g_hash_table_size (below) == 0)
    add_class (roles, path, folders);
  else
    assign_group (roles, path, below);
}

static void
assign_group (BallastFolderRoles *roles,
              const char         *above,
              GHashTable         *group)
{
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (group), (GCompareFunc) strcmp);

  for (GList *at = names; at != NULL; at = at->next)
    {
      g_autofree char *path = ballast_path_join (above, at->data);

      assign (roles, path, g_hash_table_lookup (group, at->data));
    }
}

static int
compare_classes (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const BallastFolderClass *classes = user_data;

  return strcmp (classes[*(const int *) a].path, classes[*(const int *) b].path);
}

static void
renumber (BallastFolder *folder,
          const int     *new_index)
{
  if (folder->class_index >= 0)
    folder->class_index = new_index[folder->class_index];
  for (guint i = 0; i < folder->children->len; i++)
    renumber (child_at (folder, i), new_index);
}

/* "a-b" sorts before "a/b", which a walk by folders meets first. */
static void
sort_classes (BallastFolderRoles *roles)
{
  guint n = roles->classes->len;
  g_autofree int *order = g_new (int, n);
  g_autofree int *new_index = g_new (int, n);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (BallastFolderClass), n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, n, sizeof (int), compare_classes, roles->classes->data);
  for (guint i = 0; i < n; i++)
    {
      new_index[order[i]] = i;
      g_array_append_val (sorted, g_array_index (roles->classes, BallastFolderClass, order[i]));
    }
  renumber (roles->base, new_index);
  g_array_unref (roles->classes);
  roles->classes = sorted;
}

static guint64
count_unlabelled (const BallastFolder *folder)
{
  guint64 count = folder->class_index < 0 ? folder->images : 0;

  for (guint i = 0; i < folder->children->len; i++)
    count += count_unlabelled (child_at (folder, i));

  return count;
}

/* A tree may be given roles again. */
static void
forget_roles (BallastFolder *folder)
{
  folder->class_index = -1;
  folder->split_index = -1;
  for (guint i = 0; i < folder->children->len; i++)
    forget_roles (folder->children->pdata[i]);
}

BallastFolderRoles *
ballast_folder_roles_new (BallastFolder              *tree,
                          const BallastImportOptions *options)
{
  BallastFolderRoles *roles = g_new0 (BallastFolderRoles, 1);
  g_autoptr(GHashTable) roots = NULL;

  roles->classes = g_array_new (FALSE, FALSE, sizeof (BallastFolderClass));
  roles->not_classes = g_array_new (FALSE, FALSE, sizeof (BallastFolderClass));
  roles->splits = g_ptr_array_new_with_free_func (g_free);
  forget_roles (tree);
  roles->base = see_through (tree);
  roles->split_level = options->split_level;
  if (roles->split_level == BALLAST_SPLIT_LEVEL_AUTO)
    roles->split_level = find_split_level (roles->base);

  roots = collect_roots (roles);
  roles->class_depth = options->class_depth;
  if (roles->class_depth == BALLAST_CLASS_DEPTH_AUTO)
    roles->class_depth = find_class_depth (roles, roots);
  assign_group (roles, "", roots);
  sort_classes (roles);
  roles->unlabelled = count_unlabelled (tree);

  return roles;
}

static void
free_classes (GArray *classes)
{
  for (guint i = 0; i < classes->len; i++)
    {
      BallastFolderClass *class = &g_array_index (classes, BallastFolderClass, i);

      g_free (class->path);
      g_free (class->name);
      g_free (class->folder);
    }
  g_array_unref (classes);
}

void
ballast_folder_roles_free (BallastFolderRoles *roles)
{
  if (roles == NULL)
    return;
  free_classes (roles->classes);
  free_classes (roles->not_classes);
  g_ptr_array_unref (roles->splits);
  g_free (roles);
}
