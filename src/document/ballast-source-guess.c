/*
 * What a folder seems to be, for the page that asks before anything is stored.
 *
 * Looking happens on a thread of GTask's pool and takes a second at most; the objects are made on
 * the main thread and do not change.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-source-guess.h"

#include "ballast-import-error.h"
#include "ballast-importer.h"
#include "ballast-layout.h"

struct _BallastSourceGuess
{
  GObject parent_instance;

  char               *path;
  BallastLayoutGuess *guess;
  char              **first_images;
};

enum
{
  PROP_0,
  PROP_LAYOUT,
  PROP_TITLE,
  PROP_PATH,
  PROP_DESCRIPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BallastSourceGuess, ballast_source_guess, G_TYPE_OBJECT)

static void
ballast_source_guess_finalize (GObject *object)
{
  BallastSourceGuess *self = BALLAST_SOURCE_GUESS (object);

  g_clear_pointer (&self->guess, ballast_layout_guess_free);
  g_strfreev (self->first_images);
  g_free (self->path);
  G_OBJECT_CLASS (ballast_source_guess_parent_class)->finalize (object);
}

static void
ballast_source_guess_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BallastSourceGuess *self = BALLAST_SOURCE_GUESS (object);

  switch (prop_id)
    {
    case PROP_LAYOUT:
      g_value_set_string (value, ballast_source_guess_get_layout (self));
      break;
    case PROP_TITLE:
      g_value_set_string (value, ballast_source_guess_get_title (self));
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, ballast_source_guess_get_description (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ballast_source_guess_class_init (BallastSourceGuessClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ballast_source_guess_finalize;
  object_class->get_property = ballast_source_guess_get_property;

  properties[PROP_LAYOUT] = g_param_spec_string ("layout", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ballast_source_guess_init (BallastSourceGuess *self)
{
}

/* Takes @guess. */
static BallastSourceGuess *
source_guess_new (const char         *path,
                  BallastLayoutGuess *guess)
{
  BallastSourceGuess *self = g_object_new (BALLAST_TYPE_SOURCE_GUESS, NULL);

  self->path = g_strdup (path);
  self->guess = guess;
  self->first_images = g_new0 (char *, guess->first_images->len + 1);
  for (guint i = 0; i < guess->first_images->len; i++)
    self->first_images[i] = g_build_filename (guess->root,
                                              g_ptr_array_index (guess->first_images, i), NULL);
  return self;
}

const char *
ballast_source_guess_get_layout (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), NULL);
  return self->guess->importer->name;
}

const char *
ballast_source_guess_get_title (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), NULL);
  return self->guess->importer->title;
}

const char *
ballast_source_guess_get_description (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), NULL);
  return self->guess->description;
}

const char *
ballast_source_guess_get_path (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), NULL);
  return self->path;
}

guint
ballast_source_guess_get_n_classes (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), 0);
  return self->guess->classes->len;
}

const char *
ballast_source_guess_get_class_name (BallastSourceGuess *self,
                                     guint               class)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), NULL);
  return g_array_index (self->guess->classes, BallastNamedCount, class).name;
}

guint64
ballast_source_guess_get_class_images (BallastSourceGuess *self,
                                       guint               class)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), 0);
  return g_array_index (self->guess->classes, BallastNamedCount, class).count;
}

guint64
ballast_source_guess_get_n_images (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), 0);
  return self->guess->images;
}

gboolean
ballast_source_guess_get_is_partial (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), FALSE);
  return self->guess->is_partial;
}

const char * const *
ballast_source_guess_get_first_images (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), NULL);
  return (const char * const *) self->first_images;
}

static void
guess_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *guesses = ballast_layout_detect (task_data, NULL, cancellable, &error);

  if (guesses == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, guesses, (GDestroyNotify) g_ptr_array_unref);
}

void
ballast_source_guess_async (const char         *path,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, ballast_source_guess_async);
  g_task_set_task_data (task, g_canonicalize_filename (path, NULL), g_free);
  g_task_run_in_thread (task, guess_in_thread);
}

GListModel *
ballast_source_guess_finish (GAsyncResult *result,
                             GError      **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(GPtrArray) guesses = NULL;
  GListStore *store;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  guesses = g_task_propagate_pointer (G_TASK (result), &problem);
  if (guesses == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  store = g_list_store_new (BALLAST_TYPE_SOURCE_GUESS);
  while (guesses->len > 0)
    {
      g_autoptr(BallastSourceGuess) guess = NULL;

      guess = source_guess_new (g_task_get_task_data (G_TASK (result)),
                                g_ptr_array_steal_index (guesses, 0));
      g_list_store_append (store, guess);
    }
  return G_LIST_MODEL (store);
}

gboolean
ballast_source_guess_is_layout (const char *layout)
{
  return ballast_importer_find (layout) != NULL;
}
