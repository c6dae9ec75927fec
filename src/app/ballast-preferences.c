/*
 * What the user prefers.
 *
 * A key file that cannot be read or written costs the preferences, never the program.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-preferences.h"

#define GROUP "preferences"
#define WINDOW_GROUP "window"
#define MAX_THREADS 256
#define MAX_SIDE 16384

struct _BallastPreferences
{
  GObject parent_instance;

  char    *path;
  guint    style;
  guint    export_threads;
  gboolean notify;
  int      window_width; /* 0: never told */
  int      window_height;
  gboolean window_maximized;
};

G_DEFINE_FINAL_TYPE (BallastPreferences, ballast_preferences, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STYLE,
  PROP_EXPORT_THREADS,
  PROP_NOTIFY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
load (BallastPreferences *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, NULL))
    return;

  self->style = CLAMP (g_key_file_get_integer (file, GROUP, "style", NULL), 0, 2);
  self->export_threads
    = CLAMP (g_key_file_get_integer (file, GROUP, "export-threads", NULL), 0, MAX_THREADS);
  if (g_key_file_has_key (file, GROUP, "notify", NULL))
    self->notify = g_key_file_get_boolean (file, GROUP, "notify", NULL);
  self->window_width = CLAMP (g_key_file_get_integer (file, WINDOW_GROUP, "width", NULL), 0, MAX_SIDE);
  self->window_height = CLAMP (g_key_file_get_integer (file, WINDOW_GROUP, "height", NULL), 0,
                               MAX_SIDE);
  self->window_maximized = g_key_file_get_boolean (file, WINDOW_GROUP, "maximized", NULL);
}

static void
save (BallastPreferences *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr(GError) error = NULL;

  g_key_file_set_integer (file, GROUP, "style", self->style);
  g_key_file_set_integer (file, GROUP, "export-threads", self->export_threads);
  g_key_file_set_boolean (file, GROUP, "notify", self->notify);
  g_key_file_set_integer (file, WINDOW_GROUP, "width", self->window_width);
  g_key_file_set_integer (file, WINDOW_GROUP, "height", self->window_height);
  g_key_file_set_boolean (file, WINDOW_GROUP, "maximized", self->window_maximized);

  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, self->path, &error))
    g_info ("The preferences cannot be written: %s", error->message);
}

static void
ballast_preferences_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BallastPreferences *self = BALLAST_PREFERENCES (object);

  switch (property_id)
    {
    case PROP_STYLE:
      g_value_set_uint (value, self->style);
      break;
    case PROP_EXPORT_THREADS:
      g_value_set_uint (value, self->export_threads);
      break;
    case PROP_NOTIFY:
      g_value_set_boolean (value, self->notify);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
set_uint (BallastPreferences *self,
          guint              *field,
          guint               value,
          GParamSpec         *pspec)
{
  if (*field == value)
    return;

  *field = value;
  save (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
ballast_preferences_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  BallastPreferences *self = BALLAST_PREFERENCES (object);

  switch (property_id)
    {
    case PROP_STYLE:
      set_uint (self, &self->style, g_value_get_uint (value), pspec);
      break;
    case PROP_EXPORT_THREADS:
      set_uint (self, &self->export_threads, g_value_get_uint (value), pspec);
      break;
    case PROP_NOTIFY:
      if (self->notify == g_value_get_boolean (value))
        break;
      self->notify = g_value_get_boolean (value);
      save (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_preferences_finalize (GObject *object)
{
  g_free (BALLAST_PREFERENCES (object)->path);

  G_OBJECT_CLASS (ballast_preferences_parent_class)->finalize (object);
}

static void
ballast_preferences_class_init (BallastPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_preferences_get_property;
  object_class->set_property = ballast_preferences_set_property;
  object_class->finalize = ballast_preferences_finalize;

  properties[PROP_STYLE] = g_param_spec_uint ("style", NULL, NULL, 0, 2, 0, flags);
  properties[PROP_EXPORT_THREADS] = g_param_spec_uint ("export-threads", NULL, NULL, 0, MAX_THREADS,
                                                       0, flags);
  properties[PROP_NOTIFY] = g_param_spec_boolean ("notify", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ballast_preferences_init (BallastPreferences *self)
{
  self->notify = TRUE;
  self->path = g_build_filename (g_get_user_config_dir (), "ballast", "preferences.ini", NULL);
  load (self);
}

BallastPreferences *
ballast_preferences_new (void)
{
  return g_object_new (BALLAST_TYPE_PREFERENCES, NULL);
}

guint
ballast_preferences_get_style (BallastPreferences *self)
{
  g_return_val_if_fail (BALLAST_IS_PREFERENCES (self), 0);

  return self->style;
}

guint
ballast_preferences_get_export_threads (BallastPreferences *self)
{
  g_return_val_if_fail (BALLAST_IS_PREFERENCES (self), 0);

  return self->export_threads;
}

gboolean
ballast_preferences_get_notify (BallastPreferences *self)
{
  g_return_val_if_fail (BALLAST_IS_PREFERENCES (self), FALSE);

  return self->notify;
}

gboolean
ballast_preferences_get_window (BallastPreferences *self,
                                int                *width,
                                int                *height,
                                gboolean           *maximized)
{
  g_return_val_if_fail (BALLAST_IS_PREFERENCES (self), FALSE);

  *width = self->window_width;
  *height = self->window_height;
  *maximized = self->window_maximized;
  return self->window_width > 0 && self->window_height > 0;
}

void
ballast_preferences_set_window (BallastPreferences *self,
                                int                 width,
                                int                 height,
                                gboolean            maximized)
{
  g_return_if_fail (BALLAST_IS_PREFERENCES (self));

  if (self->window_width == width && self->window_height == height &&
      self->window_maximized == maximized)
    return;

  self->window_width = width;
  self->window_height = height;
  self->window_maximized = maximized;
  save (self);
}
