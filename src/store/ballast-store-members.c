/*
 * The images of a class in the order of plans.
 *
 * A plan's position in a class must be the same on every machine and whatever the order of the
 * import, so it is the rank of the relative path's bytes.  No index has that order: a folder's
 * images and its sub-folders interleave.  The members are read once and sorted in memory, 32 bytes
 * and a name each.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-store-private.h"

typedef struct
{
  gint64 source_id;
  char  *path;
} Folder;

typedef struct
{
  gint64        id;
  const Folder *folder;
  gsize         name; /* the offset in the arena */
  guint         n_classes;
  guint         n_instances;
} Member;

typedef struct
{
  BallastStore *store;
  GHashTable   *folders; /* gint64 id → Folder */
  GArray       *members;
  GString      *arena;
  gboolean      any_multi_label;
} Members;

static void
free_folder (gpointer data)
{
  Folder *folder = data;

  g_free (folder->path);
  g_free (folder);
}

static gboolean
read_folders (Members *members,
              GError **error)
{
  BallastStatement *statement =
    ballast_db_statement (members->store->db, "SELECT id, source_id, path FROM folder", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 id = ballast_statement_get_int (statement, 0);
      Folder *folder = g_new (Folder, 1);

      folder->source_id = ballast_statement_get_int (statement, 1);
      folder->path = ballast_statement_dup_bytes (statement, 2);
      g_hash_table_insert (members->folders, g_memdup2 (&id, sizeof id), folder);
    }

  return step == BALLAST_STEP_DONE;
}

/* The byte of folder/name at @index; 0 after the end. */
static guchar
byte_at (const Folder *folder,
         gsize         folder_length,
         const char   *name,
         gsize         index)
{
  if (index < folder_length)
    return folder->path[index];
  if (folder_length == 0)
    return name[index];

  return index == folder_length ? '/' : name[index - folder_length - 1];
}

static int
compare_paths (const Folder *folder_a,
               const char   *name_a,
               const Folder *folder_b,
               const char   *name_b)
{
  gsize length_a = strlen (folder_a->path);
  gsize length_b = strlen (folder_b->path);

  for (gsize i = 0;; i++)
    {
      guchar a = byte_at (folder_a, length_a, name_a, i);
      guchar b = byte_at (folder_b, length_b, name_b, i);

      if (a != b || a == '\0')
        return a - b;
    }
}

static int
compare_members (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const Member *left = a;
  const Member *right = b;
  const char *arena = data;
  int order;

  if (left->folder == right->folder)
    order = strcmp (arena + left->name, arena + right->name);
  else
    order = compare_paths (left->folder, arena + left->name, right->folder, arena + right->name);

  if (order == 0)
    order = (left->folder->source_id > right->folder->source_id) -
            (left->folder->source_id < right->folder->source_id);

  return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

static BallastStatement *
prepare_members (BallastStore *store,
                 gint64        class_id,
                 gint64        split_id,
                 GError      **error)
{
  const char *split = split_id == BALLAST_QUERY_ANY    ? ""
                      : split_id == BALLAST_QUERY_NONE ? " AND i.split_id IS NULL"
                                                       : " AND i.split_id = ?2";
  const char *none = class_id == BALLAST_QUERY_NONE
                       ? " AND NOT EXISTS (SELECT 1 FROM annotation WHERE id >= i.id << 20 AND "
                     "id < (i.id + 1) << 20)"
                       : "";
  g_autofree char *sql = class_id > 0
    ? g_strconcat ("SELECT i.id, i.folder_id, i.name FROM annotation a CROSS JOIN image i ON "
                   "i.id = a.id >> 20 WHERE a.class_id = ?1 AND i.flags & 7 = 0", split,
                   " ORDER BY a.id", NULL)
    : g_strconcat ("SELECT i.id, i.folder_id, i.name FROM image i WHERE i.flags & 7 = 0", split,
                   none, " ORDER BY i.id", NULL);
  BallastStatement *statement = ballast_db_statement (store->db, sql, error);

  if (statement == NULL)
    return NULL;

  if (class_id > 0)
    ballast_statement_bind_int (statement, 1, class_id);
  if (split_id > 0)
    ballast_statement_bind_int (statement, 2, split_id);

  return statement;
}

static gboolean
add_member (Members          *members,
            BallastStatement *statement,
            gint64            class_id)
{
  gint64 folder_id = ballast_statement_get_int (statement, 1);
  Member member = {
    .id = ballast_statement_get_int (statement, 0),
    .folder = g_hash_table_lookup (members->folders, &folder_id),
    .name = members->arena->len,
    .n_classes = class_id > 0,
    .n_instances = class_id > 0,
  };
  Member *last = members->members->len > 0
                   ? &g_array_index (members->members, Member, members->members->len - 1) : NULL;
  const void *name;
  gsize length;

  if (last != NULL && last->id == member.id)
    {
      last->n_instances++;
      return TRUE;
    }

  name = ballast_statement_peek_blob (statement, 2, &length);
  g_string_append_len (members->arena, name, length);
  g_string_append_c (members->arena, '\0');
  g_array_append_val (members->members, member);

  return member.folder != NULL;
}

static gboolean
read_members (Members *members,
              gint64   class_id,
              gint64   split_id,
              GError **error)
{
  BallastStatement *statement = prepare_members (members->store, class_id, split_id, error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    if (!add_member (members, statement, class_id))
      {
        ballast_statement_reset (statement);
        g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_CORRUPT,
                     _("The project “%s” is damaged: an image is in no folder"),
                     members->store->path);
        return FALSE;
      }

  return step == BALLAST_STEP_DONE;
}

/* One look-up an image: for the members of one class. */
static gboolean
count_by_look_up (Members *members,
                  Member  *member,
                  GError **error)
{
  BallastStatement *statement = ballast_db_statement (
    members->store->db, "SELECT count(DISTINCT class_id) FROM annotation WHERE id >= ? AND id < ?",
    error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, BALLAST_STORE_FIRST_ANNOTATION (member->id));
  ballast_statement_bind_int (statement, 2, BALLAST_STORE_FIRST_ANNOTATION (member->id + 1));
  if (ballast_statement_step (statement, error) != BALLAST_STEP_ROW)
    return FALSE;
  member->n_classes = ballast_statement_get_int (statement, 0);
  ballast_statement_reset (statement);

  return TRUE;
}

/* TRUE where the class is new among those of the image. */
static gboolean
add_class_id (GArray *class_ids,
              gint64  class_id)
{
  for (guint i = 0; i < class_ids->len; i++)
    if (g_array_index (class_ids, gint64, i) == class_id)
      return FALSE;

  g_array_append_val (class_ids, class_id);
  return TRUE;
}

/* One pass over all annotations, which lie in the order of the members: for all images. */
static gboolean
count_by_scan (Members *members,
               GError **error)
{
  BallastStatement *statement = ballast_db_statement (
    members->store->db, "SELECT id >> 20, class_id FROM annotation ORDER BY id", error);
  g_autoptr(GArray) class_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Member *member = &g_array_index (members->members, Member, 0);
  const Member *end = member + members->members->len;
  gint64 last_id = 0;
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 image_id = ballast_statement_get_int (statement, 0);

      if (image_id != last_id)
        g_array_set_size (class_ids, 0);
      last_id = image_id;
      while (member < end && member->id < image_id)
        member++;
      if (member < end && member->id == image_id)
        member->n_classes += add_class_id (class_ids, ballast_statement_get_int (statement, 1));
    }

  return step == BALLAST_STEP_DONE;
}

/* Before sorting. */
static gboolean
count_classes (Members *members,
               gint64   class_id,
               GError **error)
{
  if (class_id == BALLAST_QUERY_NONE || (class_id > 0 && !members->any_multi_label))
    return TRUE;
  if (class_id == BALLAST_QUERY_ANY)
    return count_by_scan (members, error);

  for (guint i = 0; i < members->members->len; i++)
    if (!count_by_look_up (members, &g_array_index (members->members, Member, i), error))
      return FALSE;

  return TRUE;
}

/* No statement is under way any more: @func may use the store. */
static void
deliver (Members                      *members,
         const BallastStoreMemberWalk *walk)
{
  for (guint i = 0; i < members->members->len; i++)
    {
      Member *member = &g_array_index (members->members, Member, i);
      BallastStoreMember public = {
        .id = member->id,
        .source_id = member->folder->source_id,
        .folder = member->folder->path,
        .name = members->arena->str + member->name,
        .n_classes = member->n_classes,
        .n_instances = member->n_instances,
      };
      if (!walk->func (&public, walk->user_data))
        break;
    }
}

gboolean
ballast_store_foreach_class_member (BallastStore                 *store,
                                    const BallastStoreMemberWalk *walk,
                                    GCancellable                 *cancellable,
                                    GError                      **error)
{
  g_autoptr(GHashTable) folders =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_folder);
  g_autoptr(GArray) array = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr(GString) arena = g_string_new (NULL);
  Members members = { store, folders, array, arena, FALSE };
  gint64 n_multi_label;
  gboolean begun;
  gboolean succeeded;

  if (!ballast_db_get_int (store->db, "SELECT value FROM total WHERE name = 'multi-label'",
                           &n_multi_label, error))
    return FALSE;
  members.any_multi_label = n_multi_label > 0;

  ballast_db_set_cancellable (store->db, cancellable);
  begun = ballast_db_begin_read (store->db);
  succeeded = read_folders (&members, error) &&
              read_members (&members, walk->class_id, walk->split_id, error) &&
              count_classes (&members, walk->class_id, error);
  ballast_db_end_read (store->db, begun);
  ballast_db_set_cancellable (store->db, NULL);
  if (!succeeded)
    return FALSE;

  g_qsort_with_data (array->data, array->len, sizeof (Member), compare_members, arena->str);
  deliver (&members, walk);

  return TRUE;
}
