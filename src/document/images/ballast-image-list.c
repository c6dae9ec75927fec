/*
 * The images of a query as a list model that a grid of a million can scroll.
 *
 * The ids are all there, 8 bytes each; items are made a page at a time when a view asks for a
 * place, and are filled in when the store thread has read the page.  Pages that were not asked for
 * lately are dropped; views keep the items that they show.  A view that jumps asks for pages that
 * it has left again before they are read: the latest wish is read first and only a few are under
 * way.  Main thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-image-list.h"

#include "ballast-document-private.h"
#include "ballast-image-item-private.h"
#include "ballast-store-query.h"

#define PAGE 128
#define MAX_PAGES 128
#define MAX_UNDER_WAY 4

typedef struct
{
  guint             number;
  GList            *link;      /* in recent */
  guint             n_items;
  gboolean          wanted;    /* to be read */
  BallastImageItem *items[PAGE];
} Page;

struct _BallastImageList
{
  GObject parent_instance;

  BallastDocument *document;
  GArray          *ids;        /* gint64, ascending */
  GHashTable      *pages;      /* number → Page */
  GQueue           recent;     /* of Page, latest at the head */
  guint            n_under_way;
  guint            idle_id;
};

static void ballast_image_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BallastImageList, ballast_image_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      ballast_image_list_model_init))

static void
page_free (Page *page)
{
  for (guint i = 0; i < page->n_items; i++)
    g_object_unref (page->items[i]);
  g_free (page);
}

/* Names of the classes of @image, joined. */
static char *
class_names (const BallastTally      *tally,
             const BallastStoreImage *image)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < image->n_annotations; i++)
    {
      const BallastClassTally *class;

      class = ballast_tally_find_class_by_id (tally, image->annotations[i].class_id);
      if (class != NULL && !g_ptr_array_find (names, class->name, NULL))
        g_ptr_array_add (names, class->name);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static void
clear_box (gpointer data)
{
  g_free (((BallastItemBox *) data)->class_name);
}

/* (transfer full): the image's boxes, whose extras stay the image's. */
static GArray *
dup_boxes (const BallastTally      *tally,
           const BallastStoreImage *image)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (BallastItemBox));

  g_array_set_clear_func (boxes, clear_box);
  for (guint i = 0; i < image->n_annotations; i++)
    {
      const BallastAnnotation *annotation = &image->annotations[i];
      const BallastClassTally *class =
        ballast_tally_find_class_by_id (tally, annotation->class_id);
      BallastItemBox box = { .id = annotation->id, .box = annotation->box, .extra = annotation->extra,
                             .n_extra = annotation->n_extra };

      if (class == NULL || !annotation->has_box)
        continue;
      box.class_index = class->index;
      box.class_name = g_strdup (class->name);
      g_array_append_val (boxes, box);
      /* cppcheck-suppress memleak ; the array owns it */
    }
  return boxes;
}

static void
fill_item (BallastImageList  *self,
           BallastImageItem  *item,
           BallastStoreImage *image)
{
  g_autofree char *path = ballast_document_dup_file_path (self->document, &image->record);
  g_autofree char *names = class_names (ballast_document_get_tally (self->document), image);

  ballast_image_item_take_boxes (item, dup_boxes (ballast_document_get_tally (self->document), image));
  ballast_image_item_fill (item, image, path, names);
}

/* Reading a page.  The items are held, so that they are filled in even if the page is gone. */
typedef struct
{
  GPtrArray *items;
  gint64    *ids;
} Reading;

static void
reading_free (Reading *reading)
{
  g_ptr_array_unref (reading->items);
  g_free (reading->ids);
  g_free (reading);
}

static void
read_in_thread (GTask        *task,
                BallastStore *store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  GArray *images = ballast_store_get_images (store, reading->ids, reading->items->len, &error);

  if (images == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, images, (GDestroyNotify) g_array_unref);
}

static void read_wanted (BallastImageList *self);

static void
read_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  BallastImageList *self = BALLAST_IMAGE_LIST (source);
  Reading *reading = g_task_get_task_data (G_TASK (result));
  GArray *images = g_task_propagate_pointer (G_TASK (result), NULL);

  self->n_under_way--;
  /* A page that cannot be read stays empty: the project was closed. */
  for (guint i = 0; images != NULL && i < images->len; i++)
    {
      BallastStoreImage *image = &g_array_index (images, BallastStoreImage, i);

      if (image->record.id != 0)
        fill_item (self, g_ptr_array_index (reading->items, i), image);
    }
  g_clear_pointer (&images, g_array_unref);
  read_wanted (self);
}

static void
read_page (BallastImageList *self,
           Page             *page)
{
  Reading *reading = g_new0 (Reading, 1);
  GTask *task = g_task_new (self, NULL, read_done, NULL);

  page->wanted = FALSE;
  reading->items = g_ptr_array_new_with_free_func (g_object_unref);
  reading->ids = g_new (gint64, page->n_items);
  for (guint i = 0; i < page->n_items; i++)
    {
      g_ptr_array_add (reading->items, g_object_ref (page->items[i]));
      reading->ids[i] = ballast_image_item_get_id (page->items[i]);
    }

  g_task_set_source_tag (task, read_page);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  self->n_under_way++;
  ballast_store_thread_run (ballast_document_get_thread (self->document), task, read_in_thread);
}

static void
read_wanted (BallastImageList *self)
{
  for (GList *l = self->recent.head; l != NULL && self->n_under_way < MAX_UNDER_WAY; l = l->next)
    if (((Page *) l->data)->wanted)
      read_page (self, l->data);
}

static gboolean
on_idle (gpointer user_data)
{
  BallastImageList *self = user_data;

  self->idle_id = 0;
  read_wanted (self);
  return G_SOURCE_REMOVE;
}

static void
drop_oldest (BallastImageList *self)
{
  while (self->recent.length > MAX_PAGES)
    {
      Page *oldest = g_queue_pop_tail (&self->recent);

      g_hash_table_remove (self->pages, GUINT_TO_POINTER (oldest->number));
    }
}

static Page *
page_new (BallastImageList *self,
          guint             number)
{
  Page *page = g_new0 (Page, 1);
  guint first = number * PAGE;

  page->number = number;
  page->n_items = MIN (PAGE, self->ids->len - first);
  for (guint i = 0; i < page->n_items; i++)
    page->items[i] = ballast_image_item_new (g_array_index (self->ids, gint64, first + i),
                                             first + i);
  page->wanted = TRUE;
  g_queue_push_head (&self->recent, page);
  page->link = self->recent.head;
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (number), page);
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
  return page;
}

static GType
ballast_image_list_get_item_type (GListModel *model)
{
  return BALLAST_TYPE_IMAGE_ITEM;
}

static guint
ballast_image_list_get_n_items (GListModel *model)
{
  return BALLAST_IMAGE_LIST (model)->ids->len;
}

static gpointer
ballast_image_list_get_item (GListModel *model,
                             guint       position)
{
  BallastImageList *self = BALLAST_IMAGE_LIST (model);
  Page *page;

  if (position >= self->ids->len)
    return NULL;

  page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (position / PAGE));
  if (page == NULL)
    {
      page = page_new (self, position / PAGE);
      drop_oldest (self);
    }
  else if (page->link != self->recent.head)
    {
      g_queue_unlink (&self->recent, page->link);
      g_queue_push_head_link (&self->recent, page->link);
    }
  return g_object_ref (page->items[position % PAGE]);
}

static void
ballast_image_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ballast_image_list_get_item_type;
  iface->get_n_items = ballast_image_list_get_n_items;
  iface->get_item = ballast_image_list_get_item;
}

static void
ballast_image_list_finalize (GObject *object)
{
  BallastImageList *self = BALLAST_IMAGE_LIST (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_queue_clear (&self->recent);
  g_hash_table_unref (self->pages);
  g_array_unref (self->ids);
  g_object_unref (self->document);
  G_OBJECT_CLASS (ballast_image_list_parent_class)->finalize (object);
}

static void
ballast_image_list_class_init (BallastImageListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_image_list_finalize;
}

static void
ballast_image_list_init (BallastImageList *self)
{
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) page_free);
  g_queue_init (&self->recent);
}

/* Queries. */

static void
query_of (const BallastImageQuery *query,
          BallastStoreQuery       *store_query)
{
  const BallastImageFlags bad = BALLAST_IMAGE_GONE | BALLAST_IMAGE_UNREADABLE;

  *store_query = (BallastStoreQuery) { .class_id = query->class_id,
                                       .also_class_id = query->also_class_id, .split_id = query->split_id,
                                       .problem_kind = query->problem, .search = query->text };
  switch (query->state)
    {
    case BALLAST_IMAGE_STATE_PRESENT:
      store_query->flags_mask = query->problem == 0 ? bad : 0;
      break;
    case BALLAST_IMAGE_STATE_COUNTING:
      store_query->flags_mask = BALLAST_IMAGE_ALL_FLAGS;
      break;
    case BALLAST_IMAGE_STATE_EXCLUDED:
      store_query->flags_mask = BALLAST_IMAGE_EXCLUDED | BALLAST_IMAGE_GONE;
      store_query->flags_value = BALLAST_IMAGE_EXCLUDED;
      break;
    case BALLAST_IMAGE_STATE_ALL:
    default:
      break;
    }
}

typedef struct
{
  BallastImageQuery query;
  char             *text;
} Asking;

static void
asking_free (Asking *asking)
{
  g_free (asking->text);
  g_free (asking);
}

static void
query_in_thread (GTask        *task,
                 BallastStore *store,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Asking *asking = task_data;
  BallastStoreQuery query;
  GError *error = NULL;
  GArray *ids;

  query_of (&asking->query, &query);
  ids = ballast_store_ids (store, &query, cancellable, &error);
  if (ids == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, ids, (GDestroyNotify) g_array_unref);
}

void
ballast_image_list_query_async (BallastDocument         *document,
                                const BallastImageQuery *query,
                                GCancellable            *cancellable,
                                GAsyncReadyCallback      callback,
                                gpointer                 user_data)
{
  GTask *task = g_task_new (document, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  asking->query = *query;
  asking->query.text = asking->text = g_strdup (query->text);
  g_task_set_source_tag (task, ballast_image_list_query_async);
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);
  ballast_store_thread_run (ballast_document_get_thread (document), task, query_in_thread);
}

BallastImageList *
ballast_image_list_query_finish (GAsyncResult *result,
                                 GError      **error)
{
  BallastImageList *self;
  GArray *ids;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  ids = g_task_propagate_pointer (G_TASK (result), error);
  if (ids == NULL)
    return NULL;
  self = g_object_new (BALLAST_TYPE_IMAGE_LIST, NULL);
  self->document = g_object_ref (g_task_get_source_object (G_TASK (result)));
  self->ids = ids;
  return self;
}

gint64
ballast_image_list_get_id (BallastImageList *self,
                           guint             position)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_LIST (self), 0);
  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

gboolean
ballast_image_list_find_position (BallastImageList *self,
                                  gint64            id,
                                  guint            *position)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_LIST (self), FALSE);
  return g_array_binary_search (self->ids, &id, compare_ids, position);
}
