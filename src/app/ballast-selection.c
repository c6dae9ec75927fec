/*
 * Where the user is in the project: class, split, problem and picked images.
 *
 * The side bar writes it, the pages read it, and the other way round; neither knows the other.
 * A setter that changes nothing notifies nothing.  Main thread only.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-selection.h"

#include <string.h>

struct _BallastSelection
{
  GObject parent_instance;

  gint64  class_id;
  gint64  also_class_id;
  gint64  split_id;
  guint   problem_kind;
  GArray *images;
};

G_DEFINE_FINAL_TYPE (BallastSelection, ballast_selection, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CLASS_ID,
  PROP_ALSO_CLASS_ID,
  PROP_SPLIT_ID,
  PROP_PROBLEM_KIND,
  N_PROPS
};

enum
{
  IMAGES_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
ballast_selection_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BallastSelection *self = BALLAST_SELECTION (object);

  switch (property_id)
    {
    case PROP_CLASS_ID:
      g_value_set_int64 (value, self->class_id);
      break;
    case PROP_ALSO_CLASS_ID:
      g_value_set_int64 (value, self->also_class_id);
      break;
    case PROP_SPLIT_ID:
      g_value_set_int64 (value, self->split_id);
      break;
    case PROP_PROBLEM_KIND:
      g_value_set_uint (value, self->problem_kind);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_selection_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  BallastSelection *self = BALLAST_SELECTION (object);

  switch (property_id)
    {
    case PROP_CLASS_ID:
      ballast_selection_set_class_id (self, g_value_get_int64 (value));
      break;
    case PROP_ALSO_CLASS_ID:
      ballast_selection_set_also_class_id (self, g_value_get_int64 (value));
      break;
    case PROP_SPLIT_ID:
      ballast_selection_set_split_id (self, g_value_get_int64 (value));
      break;
    case PROP_PROBLEM_KIND:
      ballast_selection_set_problem_kind (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_selection_finalize (GObject *object)
{
  BallastSelection *self = BALLAST_SELECTION (object);

  g_array_unref (self->images);

  G_OBJECT_CLASS (ballast_selection_parent_class)->finalize (object);
}

static void
ballast_selection_class_init (BallastSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_selection_get_property;
  object_class->set_property = ballast_selection_set_property;
  object_class->finalize = ballast_selection_finalize;

  properties[PROP_CLASS_ID] = g_param_spec_int64 ("class-id", NULL, NULL, -1, G_MAXINT64,
                                                  BALLAST_SELECTION_ALL, flags);
  properties[PROP_ALSO_CLASS_ID] = g_param_spec_int64 ("also-class-id", NULL, NULL, 0, G_MAXINT64,
                                                       BALLAST_SELECTION_ALL, flags);
  properties[PROP_SPLIT_ID] = g_param_spec_int64 ("split-id", NULL, NULL, -1, G_MAXINT64,
                                                  BALLAST_SELECTION_ALL, flags);
  properties[PROP_PROBLEM_KIND] = g_param_spec_uint ("problem-kind", NULL, NULL, 0, G_MAXUINT, 0,
                                                     flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[IMAGES_CHANGED] = g_signal_new ("images-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ballast_selection_init (BallastSelection *self)
{
  self->class_id = BALLAST_SELECTION_ALL;
  self->split_id = BALLAST_SELECTION_ALL;
  self->images = g_array_new (FALSE, FALSE, sizeof (gint64));
}

BallastSelection *
ballast_selection_new (void)
{
  return g_object_new (BALLAST_TYPE_SELECTION, NULL);
}

void
ballast_selection_reset (BallastSelection *self)
{
  ballast_selection_set_class_id (self, BALLAST_SELECTION_ALL);
  ballast_selection_set_also_class_id (self, BALLAST_SELECTION_ALL);
  ballast_selection_set_split_id (self, BALLAST_SELECTION_ALL);
  ballast_selection_set_problem_kind (self, 0);
  ballast_selection_set_images (self, NULL, 0);
}

gint64
ballast_selection_get_class_id (BallastSelection *self)
{
  g_return_val_if_fail (BALLAST_IS_SELECTION (self), BALLAST_SELECTION_ALL);

  return self->class_id;
}

void
ballast_selection_set_class_id (BallastSelection *self,
                                gint64            class_id)
{
  g_return_if_fail (BALLAST_IS_SELECTION (self));

  if (self->class_id == class_id)
    return;

  self->class_id = class_id;
  ballast_selection_set_also_class_id (self, BALLAST_SELECTION_ALL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLASS_ID]);
}

gint64
ballast_selection_get_also_class_id (BallastSelection *self)
{
  g_return_val_if_fail (BALLAST_IS_SELECTION (self), BALLAST_SELECTION_ALL);

  return self->also_class_id;
}

void
ballast_selection_set_also_class_id (BallastSelection *self,
                                     gint64            class_id)
{
  g_return_if_fail (BALLAST_IS_SELECTION (self));

  if (self->also_class_id == class_id)
    return;

  self->also_class_id = class_id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALSO_CLASS_ID]);
}

gint64
ballast_selection_get_split_id (BallastSelection *self)
{
  g_return_val_if_fail (BALLAST_IS_SELECTION (self), BALLAST_SELECTION_ALL);

  return self->split_id;
}

void
ballast_selection_set_split_id (BallastSelection *self,
                                gint64            split_id)
{
  g_return_if_fail (BALLAST_IS_SELECTION (self));

  if (self->split_id == split_id)
    return;

  self->split_id = split_id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPLIT_ID]);
}

guint
ballast_selection_get_problem_kind (BallastSelection *self)
{
  g_return_val_if_fail (BALLAST_IS_SELECTION (self), 0);

  return self->problem_kind;
}

void
ballast_selection_set_problem_kind (BallastSelection *self,
                                    guint             problem_kind)
{
  g_return_if_fail (BALLAST_IS_SELECTION (self));

  if (self->problem_kind == problem_kind)
    return;

  self->problem_kind = problem_kind;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM_KIND]);
}

const gint64 *
ballast_selection_get_images (BallastSelection *self,
                              guint            *n_images)
{
  g_return_val_if_fail (BALLAST_IS_SELECTION (self), NULL);
  g_return_val_if_fail (n_images != NULL, NULL);

  *n_images = self->images->len;
  return (gpointer) self->images->data;
}

void
ballast_selection_set_images (BallastSelection *self,
                              const gint64     *images,
                              guint             n_images)
{
  g_return_if_fail (BALLAST_IS_SELECTION (self));
  g_return_if_fail (images != NULL || n_images == 0);

  if (self->images->len == n_images &&
      (n_images == 0 || memcmp (self->images->data, images, n_images * sizeof (gint64)) == 0))
    return;

  g_array_set_size (self->images, 0);
  if (n_images > 0)
    g_array_append_vals (self->images, images, n_images);
  g_signal_emit (self, signals[IMAGES_CHANGED], 0);
}
