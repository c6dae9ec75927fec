/*
 * One place of an image list.  Main thread; empty until the list fills it in, then constant.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-image-item-private.h"

#include "ballast-path.h"

struct _BallastImageItem
{
  GObject parent_instance;

  gint64            id;
  guint             position;
  gboolean          loaded;
  BallastStoreImage image;
  char             *name;
  char             *path;
  char             *class_name;
  GArray           *boxes; /* (nullable) of BallastItemBox */
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_POSITION,
  PROP_LOADED,
  PROP_NAME,
  PROP_PATH,
  PROP_CLASS_NAME,
  PROP_EXCLUDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BallastImageItem, ballast_image_item, G_TYPE_OBJECT)

static void
ballast_image_item_finalize (GObject *object)
{
  BallastImageItem *self = BALLAST_IMAGE_ITEM (object);

  ballast_store_image_clear (&self->image);
  g_free (self->name);
  g_free (self->path);
  g_free (self->class_name);
  g_clear_pointer (&self->boxes, g_array_unref);
  G_OBJECT_CLASS (ballast_image_item_parent_class)->finalize (object);
}

static void
ballast_image_item_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BallastImageItem *self = BALLAST_IMAGE_ITEM (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_CLASS_NAME:
      g_value_set_string (value, self->class_name);
      break;
    case PROP_EXCLUDED:
      g_value_set_boolean (value, ballast_image_item_get_excluded (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ballast_image_item_class_init (BallastImageItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ballast_image_item_finalize;
  object_class->get_property = ballast_image_item_get_property;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_CLASS_NAME] = g_param_spec_string ("class-name", NULL, NULL, NULL, flags);
  properties[PROP_EXCLUDED] = g_param_spec_boolean ("excluded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ballast_image_item_init (BallastImageItem *self)
{
}

BallastImageItem *
ballast_image_item_new (gint64 id,
                        guint  position)
{
  BallastImageItem *self = g_object_new (BALLAST_TYPE_IMAGE_ITEM, NULL);

  self->id = id;
  self->position = position;
  return self;
}

void
ballast_image_item_fill (BallastImageItem  *self,
                         BallastStoreImage *image,
                         const char        *path,
                         const char        *class_name)
{
  GObject *object = G_OBJECT (self);

  self->image = *image;
  *image = (BallastStoreImage) { { 0 } };
  self->name = ballast_path_display (self->image.record.name);
  self->path = g_strdup (path);
  self->class_name = g_strdup (class_name);
  self->loaded = TRUE;

  g_object_freeze_notify (object);
  for (guint id = PROP_LOADED; id < N_PROPS; id++)
    g_object_notify_by_pspec (object, properties[id]);
  g_object_thaw_notify (object);
}

void
ballast_image_item_take_boxes (BallastImageItem *self,
                               GArray           *boxes)
{
  g_clear_pointer (&self->boxes, g_array_unref);
  self->boxes = boxes;
}

const BallastItemBox *
ballast_image_item_get_boxes (BallastImageItem *self,
                              guint            *n_boxes)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (self), NULL);

  *n_boxes = self->boxes != NULL ? self->boxes->len : 0;
  return *n_boxes > 0 ? (const BallastItemBox *) (gpointer) self->boxes->data : NULL;
}

gint64
ballast_image_item_get_id (BallastImageItem *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (self), 0);
  return self->id;
}

guint
ballast_image_item_get_position (BallastImageItem *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (self), 0);
  return self->position;
}

gboolean
ballast_image_item_get_loaded (BallastImageItem *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (self), FALSE);
  return self->loaded;
}

const char *
ballast_image_item_get_name (BallastImageItem *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (self), NULL);
  return self->name;
}

const char *
ballast_image_item_get_path (BallastImageItem *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (self), NULL);
  return self->path;
}

const char *
ballast_image_item_get_class_name (BallastImageItem *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (self), NULL);
  return self->class_name;
}

gint64
ballast_image_item_get_class_id (BallastImageItem *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (self), 0);
  return self->image.n_annotations > 0 ? self->image.annotations[0].class_id : 0;
}

gboolean
ballast_image_item_get_excluded (BallastImageItem *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (self), FALSE);
  return (self->image.record.flags & BALLAST_IMAGE_EXCLUDED) != 0;
}

const BallastImageRecord *
ballast_image_item_get_record (BallastImageItem *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_ITEM (self), NULL);
  return self->loaded ? &self->image.record : NULL;
}
