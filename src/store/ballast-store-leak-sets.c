/*
 * Leaks as sets of images, and how many images they concern.
 *
 * Pairs are edges: what hangs together is one set, whichever of its pairs a search has noted.  Memory
 * and time go with the copies and grouped images, not with the images of the project.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include <stdlib.h>

#include "ballast-store-private.h"
#include "ballast-store-query.h"
#include "ballast-store-split.h"

typedef enum { LINK_SAME, LINK_ALIKE, LINK_GROUP, N_LINKS } LinkKind;

static const char *const link_sql[N_LINKS] = {
  "SELECT image_id, other_image_id FROM problem WHERE kind IN (10, 11, 12) AND other_image_id IS NOT "
  "NULL",
  "SELECT image_id, other_image_id FROM problem WHERE kind IN (27, 28)",
  /* Of the groups that leak, every image beside the first. */
  "SELECT p.image_id, i.id FROM problem p JOIN image a ON a.id = p.image_id JOIN image i ON "
  "i.group_id = a.group_id WHERE p.kind = 29",
};

typedef struct
{
  gint64   image_id;
  gint64   split_id;
  guint    parent;
  gboolean counts;
} Node;

/* What hangs together by some kinds of links. */
typedef struct
{
  BallastDb  *db;
  GArray     *nodes;  /* Node */
  GHashTable *places; /* image id → place + 1 */
} Web;

static void
web_init (Web       *web,
          BallastDb *db)
{
  web->db = db;
  web->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  web->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
web_clear (Web *web)
{
  g_array_unref (web->nodes);
  g_hash_table_unref (web->places);
}

static guint
get_place (Web   *web,
           gint64 image_id)
{
  gpointer place = g_hash_table_lookup (web->places, &image_id);
  Node node = { .image_id = image_id, .parent = web->nodes->len };

  if (place != NULL)
    return GPOINTER_TO_UINT (place) - 1;
  g_array_append_val (web->nodes, node);
  g_hash_table_insert (web->places, g_memdup2 (&image_id, sizeof image_id),
                       GUINT_TO_POINTER (web->nodes->len));

  return web->nodes->len - 1;
}

static guint
find_root (Web  *web,
           guint place)
{
  Node *nodes = (Node *) (gpointer) web->nodes->data;

  while (nodes[place].parent != place)
    {
      nodes[place].parent = nodes[nodes[place].parent].parent;
      place = nodes[place].parent;
    }

  return place;
}

static gboolean
add_links (Web     *web,
           LinkKind kind,
           GError **error)
{
  BallastStatement *statement = ballast_db_statement (web->db, link_sql[kind], error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      guint one = get_place (web, ballast_statement_get_int (statement, 0));
      guint other = get_place (web, ballast_statement_get_int (statement, 1));

      one = find_root (web, one);
      other = find_root (web, other);
      g_array_index (web->nodes, Node, MAX (one, other)).parent = MIN (one, other);
    }

  return step == BALLAST_STEP_DONE;
}

static gboolean
look_up (Web     *web,
         GError **error)
{
  BallastStatement *statement =
    ballast_db_statement (web->db, "SELECT split_id, flags FROM image WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < web->nodes->len; i++)
    {
      Node *node = &g_array_index (web->nodes, Node, i);
      BallastStep step;

      ballast_statement_bind_int (statement, 1, node->image_id);
      step = ballast_statement_step (statement, error);
      if (step == BALLAST_STEP_ERROR)
        return FALSE;
      if (step == BALLAST_STEP_ROW)
        {
          node->split_id = ballast_statement_get_int (statement, 0);
          node->counts = (ballast_statement_get_int (statement, 1) & BALLAST_IMAGE_ALL_FLAGS) == 0;
        }
      ballast_statement_reset (statement);
    }

  return TRUE;
}

static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  const BallastLeakMember *left = a, *right = b;

  if (left->set != right->set)
    return left->set < right->set ? -1 : 1;
  return (left->image_id > right->image_id) - (left->image_id < right->image_id);
}

static gboolean
is_leak (const BallastLeakMember *members,
         guint                    n)
{
  gint64 split = 0;

  for (guint i = 0; i < n; i++)
    if (members[i].split_id != 0 && split != 0 && members[i].split_id != split)
      return TRUE;
    else if (members[i].split_id != 0)
      split = members[i].split_id;

  return FALSE;
}

/* Leaves the sets of two images or more, or (@leaks_only) those that lie in two splits, numbered
 * from 0. */
static void
keep_sets (GArray  *members,
           gboolean leaks_only)
{
  BallastLeakMember *all = (BallastLeakMember *) (gpointer) members->data;
  guint n_kept = 0, n_sets = 0;

  g_array_sort (members, compare_members);
  for (guint begin = 0, end; begin < members->len; begin = end)
    {
      for (end = begin + 1; end < members->len && all[end].set == all[begin].set; end++);
      if (end - begin < 2 || (leaks_only && !is_leak (all + begin, end - begin)))
        continue;
      for (guint i = begin; i < end; i++)
        {
          all[n_kept] = all[i];
          all[n_kept++].set = n_sets;
        }
      n_sets++;
    }
  g_array_set_size (members, n_kept);
}

/* (transfer full): the sets that links of the kinds from @first to @last make. */
static GArray *
get_sets (BallastDb *db,
          LinkKind   first,
          LinkKind   last,
          gboolean   leaks_only,
          GError   **error)
{
  g_autoptr(GArray) members = g_array_new (FALSE, FALSE, sizeof (BallastLeakMember));
  gboolean succeeded = TRUE;
  Web web;

  web_init (&web, db);
  for (LinkKind kind = first; succeeded && kind <= last; kind++)
    succeeded = add_links (&web, kind, error);
  succeeded = succeeded && look_up (&web, error);
  for (guint i = 0; succeeded && i < web.nodes->len; i++)
    {
      const Node *node = &g_array_index (web.nodes, Node, i);
      BallastLeakMember member = { node->image_id, node->split_id, find_root (&web, i) };

      if (node->counts)
        g_array_append_val (members, member);
    }
  web_clear (&web);
  if (!succeeded)
    return NULL;
  keep_sets (members, leaks_only);

  return g_steal_pointer (&members);
}

GArray *
ballast_store_get_leaks (BallastStore *store,
                         GError      **error)
{
  return get_sets (store->db, LINK_SAME, LINK_GROUP, TRUE, error);
}

GArray *
ballast_store_get_copies (BallastStore *store,
                          GError      **error)
{
  return get_sets (store->db, LINK_SAME, LINK_SAME, FALSE, error);
}

static BallastLeakCount *
get_count (GArray *counts,
           gint64  split_id,
           gint64  other_split_id)
{
  BallastLeakCount new_count = { .split_id = split_id, .other_split_id = other_split_id };

  for (guint i = 0; i < counts->len; i++)
    {
      BallastLeakCount *count = &g_array_index (counts, BallastLeakCount, i);

      if (count->split_id == split_id && count->other_split_id == other_split_id)
        return count;
    }
  g_array_append_val (counts, new_count);

  return &g_array_index (counts, BallastLeakCount, counts->len - 1);
}

static gboolean
has_split (GArray *splits,
           gint64  split_id)
{
  for (guint i = 0; i < splits->len; i++)
    if (g_array_index (splits, gint64, i) == split_id)
      return TRUE;

  return FALSE;
}

/* Counts the images of one set; @offset: of the number in BallastLeakCount. */
static void
count_set (const BallastLeakMember *members,
           guint                    n,
           gsize                    offset,
           GArray                  *counts)
{
  g_autoptr(GArray) splits = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n; i++)
    if (members[i].split_id != 0 && !has_split (splits, members[i].split_id))
      g_array_append_val (splits, members[i].split_id);
  for (guint i = 0; i < n; i++)
    for (guint s = 0; members[i].split_id != 0 && s < splits->len; s++)
      if (g_array_index (splits, gint64, s) != members[i].split_id)
        {
          BallastLeakCount *count = get_count (counts, members[i].split_id,
                                               g_array_index (splits, gint64, s));

          (*(guint64 *) G_STRUCT_MEMBER_P (count, offset))++;
        }
}

static gboolean
count_sets (BallastDb *db,
            LinkKind   first,
            LinkKind   last,
            gsize      offset,
            GArray    *counts,
            GError   **error)
{
  g_autoptr(GArray) sets = get_sets (db, first, last, TRUE, error);
  const BallastLeakMember *all;

  if (sets == NULL)
    return FALSE;
  all = (const BallastLeakMember *) (gpointer) sets->data;
  for (guint begin = 0, end; begin < sets->len; begin = end)
    {
      for (end = begin + 1; end < sets->len && all[end].set == all[begin].set; end++);
      count_set (all + begin, end - begin, offset, counts);
    }

  return TRUE;
}

GArray *
ballast_store_count_leaks (BallastStore *store,
                           GError      **error)
{
  g_autoptr(GArray) counts = g_array_new (FALSE, FALSE, sizeof (BallastLeakCount));
  BallastDb *db = store->db;

  if (!count_sets (db, LINK_SAME, LINK_GROUP, offsetof (BallastLeakCount, images), counts, error) ||
      !count_sets (db, LINK_SAME, LINK_SAME, offsetof (BallastLeakCount, same), counts, error) ||
      !count_sets (db, LINK_SAME, LINK_ALIKE, offsetof (BallastLeakCount, alike), counts, error) ||
      !count_sets (db, LINK_GROUP, LINK_GROUP, offsetof (BallastLeakCount, grouped), counts, error))
    return NULL;

  return g_steal_pointer (&counts);
}
