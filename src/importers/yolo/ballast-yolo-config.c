/*
 * Configurations of YOLO datasets: small files, read whole.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-yolo-config.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-import-error.h"
#include "ballast-path.h"
#include "ballast-yaml.h"

#define MAX_BYTES (64 * 1024 * 1024)

/* Class ids above this are no ids. */
#define MAX_CLASSES 65536

static void
clear_entry (gpointer data)
{
  BallastYoloEntry *entry = data;

  g_free (entry->split);
  g_free (entry->path);
}

void
ballast_yolo_config_free (BallastYoloConfig *config)
{
  if (config == NULL)
    return;
  g_free (config->file);
  g_free (config->base);
  g_ptr_array_unref (config->names);
  g_array_unref (config->entries);
  g_free (config);
}

static BallastYoloConfig *
config_new (void)
{
  BallastYoloConfig *config = g_new0 (BallastYoloConfig, 1);

  config->names = g_ptr_array_new_with_free_func (g_free);
  config->entries = g_array_new (FALSE, FALSE, sizeof (BallastYoloEntry));
  g_array_set_clear_func (config->entries, clear_entry);

  return config;
}

const char *
ballast_yolo_config_get_name (BallastYoloConfig *config,
                              guint              id)
{
  return id < config->names->len ? config->names->pdata[id] : NULL;
}

/* (transfer full) (nullable): a regular file of at most MAX_BYTES. */
static char *
read_text (const char *path)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  struct stat status;
  g_autofree char *text = NULL;
  gsize length = 0;
  gssize count = 1;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_BYTES)
    count = -1;
  else
    text = g_malloc (status.st_size + 1);
  while (count > 0 && length < (gsize) status.st_size)
    {
      count = read (fd, text + length, status.st_size - length);
      length += MAX (count, 0);
    }
  close (fd);
  if (count < 0)
    return NULL;
  text[length] = '\0';

  return g_steal_pointer (&text);
}

char **
ballast_yolo_read_lines (const char *path)
{
  g_autofree char *text = read_text (path);
  const char *start = text;
  char **lines;

  if (text == NULL)
    return NULL;
  if (g_str_has_prefix (text, "\xEF\xBB\xBF"))
    start += 3;
  lines = g_strsplit (start, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_strstrip (lines[i]);

  return lines;
}

static void
set_name (BallastYoloConfig *config,
          guint64            id,
          const char        *name)
{
  g_autofree char *shown = ballast_path_display (name);

  g_strstrip (shown);
  if (id >= MAX_CLASSES || *shown == '\0')
    return;
  if (id >= config->names->len)
    g_ptr_array_set_size (config->names, id + 1);
  g_free (config->names->pdata[id]);
  config->names->pdata[id] = g_steal_pointer (&shown);
}

static void
add_entry (BallastYoloConfig *config,
           const char        *split,
           const char        *path)
{
  BallastYoloEntry entry = { g_strdup (split), g_strdup (path) };

  g_array_append_val (config->entries, entry);
}

/* What a YAML scalar was written as, near enough: names may be numbers, or "yes". */
static char *
dup_scalar (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (type == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");

  return g_strdup_printf ("%g", json_node_get_double (node));
}

static void
take_names (BallastYoloConfig *config,
            JsonNode          *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *name = dup_scalar (json_array_get_element (array, i));

          if (name != NULL)
            set_name (config, i, name);
        }
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *key;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &key, &value))
        {
          g_autofree char *name = dup_scalar (value);
          char *end;
          guint64 id = g_ascii_strtoull (key, &end, 10);

          if (name != NULL && end != key && *end == '\0')
            set_name (config, id, name);
        }
    }
}

static void
take_split (BallastYoloConfig *config,
            const char        *split,
            JsonNode          *node)
{
  g_autofree char *path = node != NULL ? dup_scalar (node) : NULL;

  if (path != NULL && *path != '\0')
    add_entry (config, split, path);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      g_autofree char *one = dup_scalar (json_array_get_element (json_node_get_array (node), i));

      if (one != NULL && *one != '\0')
        add_entry (config, split, one);
    }
}

/* FALSE where it is YAML, but of something else. */
static gboolean
take_yaml (BallastYoloConfig *config,
           const char        *text,
           GError           **error)
{
  static const char *const splits[] = { "train", "val", "valid", "validation", "test" };
  g_autoptr(JsonNode) root = ballast_yaml_parse (text, -1, error);
  JsonObject *object;

  if (root == NULL)
    return FALSE;
  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (object == NULL || !json_object_has_member (object, "names"))
    return FALSE;
  take_names (config, json_object_get_member (object, "names"));
  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    if (json_object_has_member (object, splits[i]))
      take_split (config, splits[i], json_object_get_member (object, splits[i]));
  if (json_object_has_member (object, "path"))
    config->base = dup_scalar (json_object_get_member (object, "path"));
  config->has_keypoints = json_object_has_member (object, "kpt_shape");

  return TRUE;
}

static void
take_name_lines (BallastYoloConfig *config,
                 const char        *path)
{
  g_auto(GStrv) lines = ballast_yolo_read_lines (path);
  guint id = 0;

  for (guint i = 0; lines != NULL && lines[i] != NULL && id < MAX_CLASSES; i++)
    if (*lines[i] != '\0')
      set_name (config, id++, lines[i]);
}

/* darknet: "train = data/train.txt"; paths are of the folder that darknet was run in. */
static gboolean
take_data (BallastYoloConfig *config,
           const char        *root,
           const char        *path)
{
  g_auto(GStrv) lines = ballast_yolo_read_lines (path);
  gboolean is_data = FALSE;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (lines[i], "=", 2);

      if (*lines[i] == '#' || g_strv_length (pair) != 2)
        continue;
      g_strstrip (pair[0]);
      g_strstrip (pair[1]);
      if (strcmp (pair[0], "train") == 0 || strcmp (pair[0], "valid") == 0
          || strcmp (pair[0], "test") == 0)
        add_entry (config, pair[0], pair[1]);
      else if (strcmp (pair[0], "names") == 0)
        {
          g_autofree char *base = g_path_get_basename (pair[1]);
          g_autofree char *beside = g_build_filename (root, base, NULL);
          g_autofree char *below = g_build_filename (root, pair[1], NULL);

          take_name_lines (config, g_file_test (below, G_FILE_TEST_IS_REGULAR) ? below : beside);
        }
      is_data |= strcmp (pair[0], "train") == 0 || strcmp (pair[0], "names") == 0;
    }

  return is_data;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* (transfer full): names in @folder with @ending. */
static GPtrArray *
list_with_ending (const char *folder,
                  const char *ending)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  for (guint n = 0; dir != NULL && n < 10000 && (name = g_dir_read_name (dir)) != NULL; n++)
    if (g_ascii_strcasecmp (ballast_path_get_extension (name), ending) == 0)
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  return names;
}

/* Reads one file of any of the kinds.  FALSE where it is none. */
static gboolean
take_file (BallastYoloConfig *config,
           const char        *root,
           const char        *path,
           GError           **error)
{
  const char *ending = ballast_path_get_extension (path);

  if (g_ascii_strcasecmp (ending, "yaml") == 0 || g_ascii_strcasecmp (ending, "yml") == 0)
    {
      g_autofree char *text = read_text (path);

      return text != NULL && take_yaml (config, text, error);
    }
  if (g_ascii_strcasecmp (ending, "data") == 0)
    return take_data (config, root, path);
  take_name_lines (config, path);

  return config->names->len > 0;
}

/* In @folder of @root, "" for itself. */
static gboolean
look_for (BallastYoloConfig *config,
          const char        *root,
          const char        *folder,
          const char        *ending)
{
  g_autofree char *full = g_build_filename (root, folder, NULL);
  g_autoptr(GPtrArray) names = list_with_ending (full, ending);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *name = ballast_path_join (folder, names->pdata[i]);
      g_autofree char *path = g_build_filename (root, name, NULL);

      if (take_file (config, root, path, NULL))
        {
          config->file = g_steal_pointer (&name);
          return TRUE;
        }
    }

  return FALSE;
}

/* darknet runs in the folder above its "data/obj.data". */
static gboolean
look_below (BallastYoloConfig *config,
            const char        *root)
{
  static const char *const folders[] = { "data", "cfg", "config" };
  static const char *const endings[] = { "data", "names", "labels" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    for (guint k = 0; k < G_N_ELEMENTS (endings); k++)
      if (look_for (config, root, folders[i], endings[k]))
        return TRUE;

  return FALSE;
}

/* "classes.txt" of labelImg and the like, also beside the labels. */
static gboolean
look_for_classes (BallastYoloConfig *config,
                  const char        *root)
{
  static const char *const files[] = { "classes.txt", "labels/classes.txt", "obj_names.txt",
                                       "train/_darknet.labels", "predefined_classes.txt",
                                       "names.txt", "images/classes.txt",
                                       "train/classes.txt", "labels/train/classes.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (root, files[i], NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      take_name_lines (config, path);
      if (config->names->len > 0)
        {
          config->file = g_strdup (files[i]);
          return TRUE;
        }
    }

  return FALSE;
}

BallastYoloConfig *
ballast_yolo_config_new (const char *root,
                         const char *path,
                         GError    **error)
{
  static const char *const endings[] = { "yaml", "yml", "data", "names", "labels" };
  g_autoptr(BallastYoloConfig) config = config_new ();
  g_autoptr(GError) reason = NULL;

  if (strcmp (root, path) != 0)
    {
      g_autofree char *shown = g_filename_display_name (path);

      if (take_file (config, root, path, &reason))
        {
          config->file = g_path_get_basename (path);
          return g_steal_pointer (&config);
        }
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_SYNTAX,
                   _("“%s” is no configuration of a YOLO dataset%s%s"), shown,
                   reason != NULL ? ": " : "", reason != NULL ? reason->message : "");
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (look_for (config, root, "", endings[i]))
      return g_steal_pointer (&config);
  if (!look_below (config, root))
    look_for_classes (config, root);

  return g_steal_pointer (&config);
}
