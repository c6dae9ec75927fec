/*
 * The classes as rows, kept in step with the document.
 *
 * A class keeps its item through edits, found by its id, so a side bar keeps its selection.  Only
 * where classes come, go or move does the list say that its items changed.  Main thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-class-list.h"

struct _BallastClassItem
{
  GObject parent_instance;

  gint64       id;
  guint        index;
  char        *name;
  BallastCount count;
  double       share;
  double       relative;
  gboolean     counts_differ;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_INDEX,
  PROP_NAME,
  PROP_IMAGES,
  PROP_INSTANCES,
  PROP_SHARE,
  PROP_RELATIVE,
  PROP_COUNTS_DIFFER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BallastClassItem, ballast_class_item, G_TYPE_OBJECT)

static void
ballast_class_item_finalize (GObject *object)
{
  g_free (BALLAST_CLASS_ITEM (object)->name);
  G_OBJECT_CLASS (ballast_class_item_parent_class)->finalize (object);
}

static void
ballast_class_item_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BallastClassItem *self = BALLAST_CLASS_ITEM (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_INDEX:
      g_value_set_uint (value, self->index);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_IMAGES:
      g_value_set_uint64 (value, self->count.images);
      break;
    case PROP_INSTANCES:
      g_value_set_uint64 (value, self->count.instances);
      break;
    case PROP_SHARE:
      g_value_set_double (value, self->share);
      break;
    case PROP_RELATIVE:
      g_value_set_double (value, self->relative);
      break;
    case PROP_COUNTS_DIFFER:
      g_value_set_boolean (value, self->counts_differ);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ballast_class_item_class_init (BallastClassItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ballast_class_item_finalize;
  object_class->get_property = ballast_class_item_get_property;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_IMAGES] = g_param_spec_uint64 ("images", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_INSTANCES] = g_param_spec_uint64 ("instances", NULL, NULL, 0, G_MAXUINT64, 0,
                                                    flags);
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_RELATIVE] = g_param_spec_double ("relative", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_COUNTS_DIFFER] = g_param_spec_boolean ("counts-differ", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ballast_class_item_init (BallastClassItem *self)
{
}

/* What the figures of a split are measured against. */
typedef struct
{
  int      split;       /* position; n_splits: in none; -1: all */
  guint64  images;      /* of the split */
  guint64  largest;     /* class */
  gboolean counts_differ; /* some class has more instances than images */
} Scale;

static BallastCount
count_of (const BallastClassTally *class,
          const Scale             *scale)
{
  return scale->split < 0 ? class->total : class->by_split[scale->split];
}

static void
set_double (BallastClassItem *self,
            double           *field,
            double            value,
            guint             property)
{
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
class_item_update (BallastClassItem        *self,
                   const BallastClassTally *class,
                   const Scale             *scale)
{
  GObject *object = G_OBJECT (self);
  BallastCount count = count_of (class, scale);

  g_object_freeze_notify (object);
  if (self->index != class->index)
    {
      self->index = class->index;
      g_object_notify_by_pspec (object, properties[PROP_INDEX]);
    }
  if (g_strcmp0 (self->name, class->name) != 0)
    {
      g_free (self->name);
      self->name = g_strdup (class->name);
      g_object_notify_by_pspec (object, properties[PROP_NAME]);
    }
  if (self->count.images != count.images || self->count.instances != count.instances)
    {
      self->count = count;
      g_object_notify_by_pspec (object, properties[PROP_IMAGES]);
      g_object_notify_by_pspec (object, properties[PROP_INSTANCES]);
    }
  if (self->counts_differ != scale->counts_differ)
    {
      self->counts_differ = scale->counts_differ;
      g_object_notify_by_pspec (object, properties[PROP_COUNTS_DIFFER]);
    }
  set_double (self, &self->share,
              scale->images == 0 ? 0 : MIN (1.0, (double) count.images / scale->images),
              PROP_SHARE);
  set_double (self, &self->relative,
              scale->largest == 0 ? 0 : (double) count.images / scale->largest, PROP_RELATIVE);
  g_object_thaw_notify (object);
}

gint64
ballast_class_item_get_id (BallastClassItem *self)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_ITEM (self), 0);
  return self->id;
}

guint
ballast_class_item_get_index (BallastClassItem *self)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_ITEM (self), 0);
  return self->index;
}

const char *
ballast_class_item_get_name (BallastClassItem *self)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_ITEM (self), NULL);
  return self->name;
}

guint64
ballast_class_item_get_images (BallastClassItem *self)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_ITEM (self), 0);
  return self->count.images;
}

guint64
ballast_class_item_get_instances (BallastClassItem *self)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_ITEM (self), 0);
  return self->count.instances;
}

double
ballast_class_item_get_share (BallastClassItem *self)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_ITEM (self), 0);
  return self->share;
}

double
ballast_class_item_get_relative (BallastClassItem *self)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_ITEM (self), 0);
  return self->relative;
}

gboolean
ballast_class_item_get_counts_differ (BallastClassItem *self)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_ITEM (self), FALSE);
  return self->counts_differ;
}

/* The list. */

struct _BallastClassList
{
  GObject parent_instance;

  BallastDocument *document;
  gint64           split_id;
  GPtrArray       *items;
  GHashTable      *by_id;  /* gint64 → BallastClassItem, not owned */
};

static void ballast_class_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BallastClassList, ballast_class_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      ballast_class_list_model_init))

static GType
ballast_class_list_get_item_type (GListModel *model)
{
  return BALLAST_TYPE_CLASS_ITEM;
}

static guint
ballast_class_list_get_n_items (GListModel *model)
{
  return BALLAST_CLASS_LIST (model)->items->len;
}

static gpointer
ballast_class_list_get_item (GListModel *model,
                             guint       position)
{
  BallastClassList *self = BALLAST_CLASS_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
ballast_class_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ballast_class_list_get_item_type;
  iface->get_n_items = ballast_class_list_get_n_items;
  iface->get_item = ballast_class_list_get_item;
}

static void
find_scale (const BallastTally *tally,
            gint64              split_id,
            Scale              *scale)
{
  *scale = (Scale) { .split = split_id < 0 ? (int) tally->n_splits : -1, .images = tally->images };
  if (split_id < 0)
    scale->images = tally->images_without_split;
  for (guint i = 0; split_id > 0 && i < tally->n_splits; i++)
    if (tally->splits[i].id == split_id)
      {
        scale->split = i;
        scale->images = tally->splits[i].images;
      }
  for (guint i = 0; i < tally->n_classes; i++)
    {
      BallastCount count = count_of (&tally->classes[i], scale);

      scale->largest = MAX (scale->largest, count.images);
      scale->counts_differ |= count.images != count.instances;
    }
}

static BallastClassItem *
obtain_item (BallastClassList *self,
             gint64            id)
{
  BallastClassItem *item = g_hash_table_lookup (self->by_id, &id);

  if (item != NULL)
    return g_object_ref (item);
  item = g_object_new (BALLAST_TYPE_CLASS_ITEM, NULL);
  item->id = id;
  return item;
}

/* Replaces the range of items that differ and says so. */
static void
take_items (BallastClassList *self,
            GPtrArray        *items)
{
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->items);
  guint shorter = MIN (old->len, items->len);
  guint same = 0, tail = 0;

  while (same < shorter && old->pdata[same] == items->pdata[same])
    same++;
  while (tail < shorter - same &&
         old->pdata[old->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;

  self->items = items;
  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < items->len; i++)
    {
      BallastClassItem *item = g_ptr_array_index (items, i);

      g_hash_table_insert (self->by_id, &item->id, item);
    }
  if (old->len != items->len || same < shorter)
    g_list_model_items_changed (G_LIST_MODEL (self), same, old->len - same - tail,
                                items->len - same - tail);
}

static void
update (BallastClassList *self)
{
  BallastTally *tally = ballast_document_get_tally (self->document);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  Scale scale;

  find_scale (tally, self->split_id, &scale);
  for (guint i = 0; i < tally->n_classes; i++)
    {
      BallastClassItem *item = obtain_item (self, tally->classes[i].id);

      class_item_update (item, &tally->classes[i], &scale);
      g_ptr_array_add (items, item);
    }
  take_items (self, items);
}

static void
ballast_class_list_finalize (GObject *object)
{
  BallastClassList *self = BALLAST_CLASS_LIST (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->items);
  g_object_unref (self->document);
  G_OBJECT_CLASS (ballast_class_list_parent_class)->finalize (object);
}

static void
ballast_class_list_class_init (BallastClassListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_class_list_finalize;
}

static void
ballast_class_list_init (BallastClassList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
}

BallastClassList *
ballast_class_list_new (BallastDocument *document)
{
  BallastClassList *self = g_object_new (BALLAST_TYPE_CLASS_LIST, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "notify::tally", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return self;
}

void
ballast_class_list_set_split (BallastClassList *self,
                              gint64            split_id)
{
  g_return_if_fail (BALLAST_IS_CLASS_LIST (self));

  if (self->split_id == split_id)
    return;
  self->split_id = split_id;
  update (self);
}

BallastClassItem *
ballast_class_list_find (BallastClassList *self,
                         gint64            class_id)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_LIST (self), NULL);
  return g_hash_table_lookup (self->by_id, &class_id);
}
