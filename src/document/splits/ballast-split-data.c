/*
 * The images of a project as a split needs them.
 *
 * Read in two passes on the store thread; grouping and splitting then work on it wherever they like.
 * Some 100 bytes an image and its path.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-split-data.h"

#include <string.h>

#include "ballast-path.h"
#include "ballast-store-query.h"

/* Images whose labels are read in one go. */
#define CHUNK 65536

typedef struct
{
  BallastSplitData *data;
  GCancellable     *cancellable;
  GHashTable       *class_places; /* class id → index + 1 */
  GArray           *places;       /* Place */
  guint             next;         /* whose labels come */
  guint32          *seen;         /* by place of the class: the last image that held it, + 1 */
} Load;

typedef struct
{
  gint64           id;
  gint64           group_id;
  gint64           split_id;
  BallastRandomKey key;
  gsize            folder;
  gsize            name;
  gsize            field;
  guint32          source;
} Place;

static gsize
add_text (GString    *text,
          const char *bytes)
{
  gsize offset = text->len;

  g_string_append (text, bytes);
  g_string_append_c (text, '\0');
  return offset;
}

static void
on_place (const BallastStorePlace *stored,
          gpointer                 user_data)
{
  Load *load = user_data;
  GString *text = load->data->text;
  g_autofree char *path = ballast_path_join (stored->folder, stored->name);
  const Place *last = load->places->len > 0
                        ? &g_array_index (load->places, Place, load->places->len - 1) : NULL;
  Place place = { .id = stored->id, .group_id = stored->group_id,
                  .split_id = stored->split_id, .source = stored->source_id };

  place.key = ballast_random_key (0, path, 0);
  /* Neighbours mostly lie in one folder. */
  place.folder = last != NULL && strcmp (text->str + last->folder, stored->folder) == 0
                   ? last->folder : add_text (text, stored->folder);
  place.name = add_text (text, stored->name);
  place.field = stored->field != NULL && *stored->field != '\0' ? add_text (text, stored->field) : 0;
  g_array_append_val (load->places, place);
}

/* The classes of an image, each once. */
static void
on_content (const BallastStoreContent *content,
            gpointer                   user_data)
{
  Load *load = user_data;
  BallastSplitData *data = load->data;

  if (load->next >= data->n_images || data->ids[load->next] != content->id)
    return;
  for (guint i = 0; i < content->n_annotations; i++)
    {
      gpointer found = g_hash_table_lookup (load->class_places, &content->annotations[i].class_id);
      guint32 place = GPOINTER_TO_UINT (found);

      if (place == 0 || load->seen[place] == load->next + 1)
        continue;
      load->seen[place--] = load->next + 1;
      g_array_append_val (data->labels, place);
    }
  data->label_ends[load->next++] = data->labels->len;
}

static void
take_places (BallastSplitData *data,
             const GArray     *places)
{
  guint n = data->n_images = places->len;

  data->ids = g_new (gint64, n + 1);
  data->keys = g_new (BallastRandomKey, n + 1);
  data->label_ends = g_new0 (guint32, n + 1);
  data->group_ids = g_new (gint64, n + 1);
  data->split_ids = g_new (gint64, n + 1);
  data->folders = g_new (gsize, n + 1);
  data->names = g_new (gsize, n + 1);
  data->fields = g_new (gsize, n + 1);
  data->sources = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      data->ids[i] = place->id;
      data->keys[i] = place->key;
      data->group_ids[i] = place->group_id;
      data->split_ids[i] = place->split_id;
      data->folders[i] = place->folder;
      data->names[i] = place->name;
      data->fields[i] = place->field;
      data->sources[i] = place->source;
    }
}

static gboolean
read_contents (BallastStore *store,
               Load         *load,
               GError      **error)
{
  g_autofree guint32 *seen = g_new0 (guint32, load->data->tally->n_classes + 1);
  BallastStoreContentWalk walk = { .split_id = BALLAST_QUERY_ANY, .limit = CHUNK,
                                   .func = on_content, .user_data = load };

  load->seen = seen;
  while (!walk.end)
    if (g_cancellable_set_error_if_cancelled (load->cancellable, error) ||
        !ballast_store_walk_contents (store, &walk, error))
      return FALSE;

  return TRUE;
}

static gboolean
load_in_thread (BallastStore *store,
                gpointer      user_data,
                GError      **error)
{
  Load *load = user_data;
  BallastSplitData *data = load->data;

  data->tally = ballast_store_get_tally (store, error);
  if (data->tally == NULL)
    return FALSE;
  for (guint i = 0; i < data->tally->n_classes; i++)
    g_hash_table_insert (load->class_places, &data->tally->classes[i].id, GUINT_TO_POINTER (i + 1));

  if (!ballast_store_foreach_place (store, on_place, load, load->cancellable, error))
    return FALSE;
  take_places (data, load->places);
  if (!read_contents (store, load, error))
    return FALSE;
  data->copies = ballast_store_get_copies (store, error);

  return data->copies != NULL;
}

BallastSplitData *
ballast_split_data_load (BallastStoreThread *thread,
                         GCancellable       *cancellable,
                         GError            **error)
{
  g_autoptr(BallastSplitData) data = g_new0 (BallastSplitData, 1);
  g_autoptr(GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GArray) array = g_array_new (FALSE, FALSE, sizeof (Place));
  Load load = { .data = data, .cancellable = cancellable, .class_places = places, .places = array };

  g_atomic_ref_count_init (&data->ref_count);
  data->text = g_string_new (NULL);
  g_string_append_c (data->text, '\0');
  data->labels = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (!ballast_store_thread_call (thread, load_in_thread, &load, error))
    return NULL;

  return g_steal_pointer (&data);
}

BallastSplitData *
ballast_split_data_ref (BallastSplitData *data)
{
  g_atomic_ref_count_inc (&data->ref_count);
  return data;
}

void
ballast_split_data_unref (BallastSplitData *data)
{
  if (!g_atomic_ref_count_dec (&data->ref_count))
    return;

  g_clear_pointer (&data->tally, ballast_tally_unref);
  g_clear_pointer (&data->copies, g_array_unref);
  g_array_unref (data->labels);
  g_string_free (data->text, TRUE);
  g_free (data->ids);
  g_free (data->keys);
  g_free (data->label_ends);
  g_free (data->group_ids);
  g_free (data->split_ids);
  g_free (data->folders);
  g_free (data->names);
  g_free (data->fields);
  g_free (data->sources);
  g_free (data);
}
