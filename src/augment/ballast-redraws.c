/*
 * Rejected copies.
 *
 * What a copy is drawn from is a pure function of (seed, path, copy, rejections), so rejecting one
 * moves no other, and the same project exports the same bytes everywhere.  A few dozen entries in a
 * hash table from "copy path"; any thread may read.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-redraws.h"

#include <string.h>

#include "ballast-json.h"

/* Odd, so that every count gives another salt. */
#define SALT 0x85EBCA77u

#define MAX_ENTRIES 1000000

struct _BallastRedraws
{
  gatomicrefcount ref_count;
  GHashTable     *counts; /* "copy path" → guint */
};

static char *
name_of (const char *path,
         guint32     copy)
{
  return g_strdup_printf ("%u %s", copy, path);
}

BallastRedraws *
ballast_redraws_new (void)
{
  BallastRedraws *self = g_new0 (BallastRedraws, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

BallastRedraws *
ballast_redraws_ref (const BallastRedraws *self)
{
  BallastRedraws *shared = (BallastRedraws *) self;

  g_atomic_ref_count_inc (&shared->ref_count);
  return shared;
}

void
ballast_redraws_unref (BallastRedraws *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->counts);
  g_free (self);
}

BallastRedraws *
ballast_redraws_reject (const BallastRedraws *self,
                        const char           *path,
                        guint32               copy)
{
  BallastRedraws *more = ballast_redraws_new ();
  GHashTableIter iter;
  gpointer name, count;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &name, &count))
    g_hash_table_insert (more->counts, g_strdup (name), count);
  g_hash_table_replace (more->counts, name_of (path, copy),
                        GUINT_TO_POINTER (ballast_redraws_get (self, path, copy) + 1));
  return more;
}

guint
ballast_redraws_get (const BallastRedraws *self,
                     const char           *path,
                     guint32               copy)
{
  g_autofree char *name = NULL;

  if (self == NULL || g_hash_table_size (self->counts) == 0)
    return 0;
  name = name_of (path, copy);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, name));
}

guint
ballast_redraws_get_n (const BallastRedraws *self)
{
  return self != NULL ? g_hash_table_size (self->counts) : 0;
}

BallastRandomKey
ballast_redraws_key (const BallastRedraws *self,
                     guint64               seed,
                     const char           *path,
                     guint32               copy)
{
  BallastRandomKey key = ballast_random_key (seed, path, copy);

  key.salt[1] += SALT * ballast_redraws_get (self, path, copy);
  return key;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

/* A path need not be UTF-8, and JSON is. */
char *
ballast_redraws_to_json (const BallastRedraws *self)
{
  g_autoptr(GList) names = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  if (ballast_redraws_get_n (self) == 0)
    return NULL;
  object = json_object_new ();
  names = g_list_sort (g_hash_table_get_keys (self->counts), compare_names);
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *escaped = g_uri_escape_string (l->data, " /", TRUE);

      json_object_set_int_member (object, escaped,
                                  GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, l->data)));
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return ballast_json_to_string (node, FALSE);
}

BallastRedraws *
ballast_redraws_from_json (const char *text)
{
  g_autoptr(JsonNode) node = text != NULL ? ballast_json_parse (text, -1, NULL) : NULL;
  BallastRedraws *self = ballast_redraws_new ();
  JsonObjectIter iter;
  const char *escaped;
  JsonNode *count;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return self;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &escaped, &count)
         && g_hash_table_size (self->counts) < MAX_ENTRIES)
    {
      char *name = g_uri_unescape_string (escaped, NULL);
      gint64 n = JSON_NODE_HOLDS_VALUE (count)
                 && json_node_get_value_type (count) == G_TYPE_INT64
                   ? json_node_get_int (count)
                   : 0;

      if (name != NULL && n > 0 && n <= G_MAXINT32)
        g_hash_table_replace (self->counts, name, GUINT_TO_POINTER ((guint) n));
      else
        g_free (name);
    }
  return self;
}
