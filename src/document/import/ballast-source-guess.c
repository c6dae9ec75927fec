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
  char              **columns;
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
  g_strfreev (self->columns);
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
  self->columns = g_new0 (char *, guess->columns->len + 1);
  for (guint i = 0; i < guess->columns->len; i++)
    self->columns[i] = g_strdup (g_ptr_array_index (guess->columns, i));
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

const char * const *
ballast_source_guess_get_columns (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), NULL);
  return (const char * const *) self->columns;
}

const char *
ballast_source_guess_get_example (BallastSourceGuess *self,
                                  guint               index)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), NULL);
  return g_ptr_array_index (self->guess->examples, index);
}

static int
find_column (BallastSourceGuess *self,
             const char         *name)
{
  for (guint i = 0; name != NULL && self->columns[i] != NULL; i++)
    if (g_str_equal (self->columns[i], name))
      return i;
  return -1;
}

int
ballast_source_guess_get_path_column (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), -1);
  return find_column (self, self->guess->options.path_column);
}

int
ballast_source_guess_get_split_column (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), -1);
  return find_column (self, self->guess->options.split_column);
}

int
ballast_source_guess_get_group_column (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), -1);
  return find_column (self, self->guess->options.group_column);
}

gboolean
ballast_source_guess_get_split_from_name (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), FALSE);
  return self->guess->options.split_from_name;
}

const char * const *
ballast_source_guess_get_label_columns (BallastSourceGuess *self)
{
  static const char *const none[] = { NULL };

  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), none);
  return self->guess->options.label_columns != NULL
           ? (const char * const *) self->guess->options.label_columns : none;
}

char
ballast_source_guess_get_separator (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), '\0');

  if (self->guess->options.format == BALLAST_MANIFEST_WHITESPACE)
    return ' ';
  return self->guess->options.format == BALLAST_MANIFEST_DELIMITED ? self->guess->options.separator
                                                                   : '\0';
}

gboolean
ballast_source_guess_get_has_header (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), FALSE);
  return self->guess->options.has_header;
}

guint64
ballast_source_guess_get_links_out (BallastSourceGuess *self)
{
  g_return_val_if_fail (BALLAST_IS_SOURCE_GUESS (self), 0);
  return self->guess->links_out;
}

gboolean
ballast_source_guess_is_links_error (const GError *error)
{
  return g_error_matches (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LINKS);
}

/* What the thread needs. */
typedef struct
{
  char               *path;
  char               *layout;
  BallastImportWishes wishes;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->path);
  g_free (look->layout);
  ballast_import_wishes_clear (&look->wishes);
  g_free (look);
}

static void
guess_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  const Look *look = task_data;
  BallastLayoutQuestion question = { .importer = look->layout, .wishes = &look->wishes };
  GError *error = NULL;
  GPtrArray *guesses = ballast_layout_detect (look->path, &question, cancellable, &error);

  if (guesses == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, guesses, (GDestroyNotify) g_ptr_array_unref);
}

void
ballast_source_guess_async (const char                *path,
                            const char                *layout,
                            const BallastImportWishes *wishes,
                            GCancellable              *cancellable,
                            GAsyncReadyCallback        callback,
                            gpointer                   user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Look *look = g_new0 (Look, 1);

  look->path = g_canonicalize_filename (path, NULL);
  look->layout = g_strdup (layout);
  if (wishes != NULL)
    ballast_import_wishes_copy (wishes, &look->wishes);
  g_task_set_source_tag (task, ballast_source_guess_async);
  g_task_set_task_data (task, look, look_free);
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

      guess = source_guess_new (((Look *) g_task_get_task_data (G_TASK (result)))->path,
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
