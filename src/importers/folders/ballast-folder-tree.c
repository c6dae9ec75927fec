/*
 * The skeleton of a dataset: folders and counts; names of files where there is room for them.
 *
 * Level by level, so that a tree that is cut by the deadline still has its upper levels, which are
 * those that tell the layout.  A folder is entered once, known by device and inode: links and
 * bind mounts that lead in circles end.  Memory: one node a folder, and the names that are kept.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-folder-tree.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-file-kind.h"
#include "ballast-path.h"

/* Entries between two looks at the clock. */
#define CLOCK_INTERVAL 8192

/* Of names, 20 bytes each: listing a folder again costs a third of a second a million. */
#define KEPT_BYTES (64 * 1024 * 1024)

typedef struct
{
  BallastWalk   *walk;
  GHashTable    *seen; /* "device:inode" */
  GQueue         queue;
  gint64         deadline_us;
  GCancellable  *cancellable;
  BallastFolder *folder; /* the one that is listed */
  int            fd;
  GByteArray    *names;  /* (nullable): of its files */
  gsize          n_kept; /* bytes of the names of the folders before it */
  guint          until_clock;
  gboolean       is_late;
} Survey;

static BallastFolder *
folder_new (BallastFolder *parent,
            const char    *name)
{
  BallastFolder *folder = g_new0 (BallastFolder, 1);

  folder->name = g_strdup (name);
  folder->parent = parent;
  folder->depth = parent != NULL ? parent->depth + 1 : 0;
  folder->children = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_folder_free);
  folder->class_index = -1;
  folder->split_index = -1;
  if (parent != NULL)
    g_ptr_array_add (parent->children, folder);

  return folder;
}

void
ballast_folder_free (BallastFolder *folder)
{
  if (folder == NULL)
    return;
  g_ptr_array_unref (folder->children);
  g_clear_pointer (&folder->listed, g_bytes_unref);
  g_free (folder->name);
  g_free (folder);
}

char *
ballast_folder_dup_path (const BallastFolder *folder)
{
  g_autofree char *above = NULL;

  if (folder->parent == NULL)
    return g_strdup ("");
  above = ballast_folder_dup_path (folder->parent);

  return ballast_path_join (above, folder->name);
}

BallastFolder *
ballast_folder_find (const BallastFolder *folder,
                     const char          *name)
{
  for (guint i = 0; i < folder->children->len; i++)
    {
      BallastFolder *child = folder->children->pdata[i];

      if (strcmp (child->name, name) == 0)
        return child;
    }

  return NULL;
}

gboolean
ballast_folder_is_partial (const BallastFolder *folder)
{
  if (!folder->is_visited && folder->error_number == 0 && !folder->is_loop && !folder->is_too_deep)
    return TRUE;
  for (guint i = 0; i < folder->children->len; i++)
    if (ballast_folder_is_partial (folder->children->pdata[i]))
      return TRUE;

  return FALSE;
}

static void
survey_file (Survey           *survey,
             const char       *name,
             gsize             length,
             BallastListedKind kind)
{
  BallastFolder *folder = survey->folder;

  folder->images += kind == BALLAST_LISTED_IMAGE || kind == BALLAST_LISTED_IMAGE_LINK;
  folder->others += kind == BALLAST_LISTED_OTHER;
  folder->links_out += kind == BALLAST_LISTED_LINK_OUT;
  if (survey->names != NULL && survey->n_kept + survey->names->len < KEPT_BYTES)
    ballast_listed_pack (survey->names, name, length, kind);
}

static gboolean
survey_entry (const char      *name,
              gsize            length,
              BallastEntryType type,
              gpointer         user_data)
{
  Survey *survey = user_data;
  BallastListedKind kind;

  if (--survey->until_clock == 0)
    {
      survey->until_clock = CLOCK_INTERVAL;
      survey->is_late = survey->deadline_us > 0 && g_get_monotonic_time () > survey->deadline_us;
      if (survey->is_late || g_cancellable_is_cancelled (survey->cancellable))
        return FALSE;
    }

  kind = ballast_listed_classify (survey->walk, survey->fd, name, length, type);
  if (kind == BALLAST_LISTED_FOLDER)
    folder_new (survey->folder, name);
  else if (kind != BALLAST_LISTED_HIDDEN)
    survey_file (survey, name, length, kind);

  return TRUE;
}

/* Of a folder that is whole and fits. */
static void
keep_names (Survey        *survey,
            BallastFolder *folder)
{
  if (survey->names == NULL || !folder->is_visited ||
      survey->n_kept + survey->names->len >= KEPT_BYTES)
    return;
  folder->listed = g_bytes_new (survey->names->data, survey->names->len);
  survey->n_kept += survey->names->len;
}

gboolean
ballast_folder_list (BallastFolder  *folder,
                     BallastListing *listing)
{
  g_autoptr(GBytes) listed = g_steal_pointer (&folder->listed);
  g_autofree char *path = NULL;

  if (listed != NULL)
    {
      ballast_listing_unpack (listing, listed);
      return TRUE;
    }
  path = ballast_folder_dup_path (folder);

  return ballast_listing_read (listing, path);
}

guint64
ballast_folder_count_links_out (const BallastFolder *folder)
{
  guint64 count = folder->links_out;

  for (guint i = 0; i < folder->children->len; i++)
    count += ballast_folder_count_links_out (folder->children->pdata[i]);

  return count;
}

/* FALSE where it was entered before. */
static gboolean
note_seen (Survey *survey,
           int     fd)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return TRUE;

  return g_hash_table_add (survey->seen,
                           g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                            (guint64) info.st_dev, (guint64) info.st_ino));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp ((*(BallastFolder *const *) a)->name, (*(BallastFolder *const *) b)->name);
}

static void
survey_folder (Survey        *survey,
               BallastFolder *folder)
{
  g_autofree char *path = ballast_folder_dup_path (folder);

  if (folder->depth > BALLAST_WALK_MAX_DEPTH)
    {
      folder->is_too_deep = TRUE;
      return;
    }
  survey->fd = ballast_walk_open (survey->walk, path);
  if (survey->fd < 0)
    {
      folder->error_number = errno;
      return;
    }

  folder->is_loop = !note_seen (survey, survey->fd);
  survey->folder = folder;
  if (survey->names != NULL)
    g_byte_array_set_size (survey->names, 0);
  if (!folder->is_loop)
    {
      folder->is_visited = ballast_walk_list (survey->walk, survey->fd, survey_entry, survey);
      if (!folder->is_visited)
        folder->error_number = errno;
    }
  close (survey->fd);
  keep_names (survey, folder);

  g_ptr_array_sort (folder->children, compare_names);
  for (guint i = 0; i < folder->children->len; i++)
    g_queue_push_tail (&survey->queue, folder->children->pdata[i]);
}

static void
add_totals (BallastFolder *folder)
{
  folder->total_images = folder->images;
  folder->total_others = folder->others;
  for (guint i = 0; i < folder->children->len; i++)
    {
      BallastFolder *child = folder->children->pdata[i];

      add_totals (child);
      folder->total_images += child->total_images;
      folder->total_others += child->total_others;
    }
}

static gboolean
survey_all (Survey  *survey,
            GError **error)
{
  BallastFolder *folder;

  while ((folder = g_queue_pop_head (&survey->queue)) != NULL)
    {
      if (g_cancellable_set_error_if_cancelled (survey->cancellable, error))
        return FALSE;
      if (!survey->is_late && survey->deadline_us > 0)
        survey->is_late = g_get_monotonic_time () > survey->deadline_us;
      if (!survey->is_late)
        survey_folder (survey, folder);
    }

  return TRUE;
}

BallastFolder *
ballast_folder_tree_new (BallastWalk  *walk,
                         gboolean      with_names,
                         gint64        deadline_us,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_autoptr(BallastFolder) root = folder_new (NULL, "");
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Survey survey = { walk, seen, G_QUEUE_INIT, deadline_us, cancellable };
  g_autoptr(GByteArray) names = with_names ? g_byte_array_new () : NULL;
  gboolean is_done;

  survey.names = names;
  survey.until_clock = CLOCK_INTERVAL;
  g_queue_push_tail (&survey.queue, root);
  is_done = survey_all (&survey, error);
  g_queue_clear (&survey.queue);
  if (!is_done || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (root->error_number != 0)
    {
      g_autofree char *shown = g_filename_display_name (ballast_walk_get_root (walk));

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (root->error_number),
                   "“%s” cannot be read: %s", shown, g_strerror (root->error_number));
      return NULL;
    }
  add_totals (root);

  return g_steal_pointer (&root);
}
