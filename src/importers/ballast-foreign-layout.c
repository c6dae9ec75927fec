/*
 * Annotation layouts that no reader here knows, told by the heads of their files.
 *
 * A look, and no more: the folder, what lies two levels below it, and the first kilobytes of a few
 * files in each.  Whatever cannot be opened speaks for nothing.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-foreign-layout.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-import-error.h"
#include "ballast-path.h"

#define HEAD_BYTES 65536
#define MAX_DEPTH 2
#define MAX_NAMES 4096 /* looked at in one folder */
#define MAX_HEADS 8    /* read in one folder */

/* One layout: an ending, and what the head of such a file holds. */
typedef struct
{
  const char *title;
  const char *ending;
  const char *words[3]; /* all of them */
} Sign;

static const Sign signs[] = {
  { "Datumaro", "json", { "\"items\"", "\"label_id\"" } },
  { "LabelMe", "json", { "\"shapes\"", "\"imagePath\"" } },
  { "VGG Image Annotator", "json", { "\"regions\"", "\"shape_attributes\"" } },
  { "Supervisely", "json", { "\"objects\"", "\"classTitle\"" } },
  { "Label Studio", "json", { "\"annotations\"", "\"from_name\"", "\"to_name\"" } },
  { "COCO-like", "json", { "\"categories\"", "\"id\"", "\"name\"" } },
  { "COCO-like", "json", { "\"images\"", "\"file_name\"" } },
  { "COCO-like", "json", { "\"annotations\"", "\"image_id\"" } },
  { "COCO-like", "json", { "\"categories\"", "\"supercategory\"" } },
  { "VoTT", "json", { "\"asset\"", "\"regions\"" } },
  { "CVAT", "xml", { "<annotations", "<image " } },
  { "CVAT", "xml", { "<annotations", "<track " } },
  { "Google Open Images", "csv", { "ImageID", "LabelName", "Confidence" } },
};

/* Folders that only one layout has. */
static const struct
{
  const char *name;
  const char *title;
} folders[] = {
  { "labelTxt", "DOTA" },
};

typedef struct
{
  gint64        deadline_us;
  GCancellable *cancellable;
  const char   *title; /* of the layout that was found */
  char         *file;  /* bytes */
} Look;

/* (transfer full) (nullable): up to HEAD_BYTES of a regular file, NUL-terminated. */
static char *
read_head (const char *path)
{
  g_autofree char *head = g_malloc (HEAD_BYTES + 1);
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  struct stat status;
  gsize length = 0;
  gssize count = 1;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    count = -1;
  while (count > 0 && length < HEAD_BYTES)
    {
      count = read (fd, head + length, HEAD_BYTES - length);
      if (count > 0)
        length += count;
    }
  close (fd);
  if (count < 0)
    return NULL;
  head[length] = '\0';

  return g_steal_pointer (&head);
}

static gboolean
has_words (const char *head,
           const Sign *sign)
{
  for (guint i = 0; i < G_N_ELEMENTS (sign->words) && sign->words[i] != NULL; i++)
    if (strstr (head, sign->words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static const char *
find_title (const char *path,
            const char *ending)
{
  g_autofree char *head = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (g_ascii_strcasecmp (ending, signs[i].ending) != 0)
        continue;
      if (head == NULL)
        head = read_head (path);
      if (head == NULL)
        return NULL;
      if (has_words (head, &signs[i]))
        return signs[i].title;
    }

  return NULL;
}

static gboolean
may_tell (const char *ending)
{
  static const char *const endings[] = { "json", "xml", "csv" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (ending, endings[i]) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
look_at_file (Look       *look,
              const char *path)
{
  look->title = find_title (path, ballast_path_get_extension (path));
  if (look->title == NULL)
    return FALSE;
  look->file = g_strdup (path);

  return TRUE;
}

static gboolean
look_at_name (Look       *look,
              const char *path,
              const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (strcmp (name, folders[i].name) == 0)
      {
        look->title = folders[i].title;
        look->file = g_build_filename (path, name, NULL);
        return TRUE;
      }

  return FALSE;
}

static gboolean
is_over (const Look *look)
{
  return g_cancellable_is_cancelled (look->cancellable)
         || (look->deadline_us > 0 && g_get_monotonic_time () > look->deadline_us);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Files first: those of the folder itself say most. */
static gboolean
look_at_folder (Look       *look,
                const char *path,
                guint       depth)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint n_heads = 0;
  const char *name;

  while (dir != NULL && names->len < MAX_NAMES && (name = g_dir_read_name (dir)) != NULL)
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len && n_heads < MAX_HEADS && !is_over (look); i++)
    {
      g_autofree char *full = g_build_filename (path, names->pdata[i], NULL);

      if (!may_tell (ballast_path_get_extension (names->pdata[i])))
        continue;
      n_heads++;
      if (look_at_file (look, full))
        return TRUE;
    }
  for (guint i = 0; i < names->len; i++)
    if (look_at_name (look, path, names->pdata[i]))
      return TRUE;
  for (guint i = 0; i < names->len && depth < MAX_DEPTH && !is_over (look); i++)
    {
      g_autofree char *full = g_build_filename (path, names->pdata[i], NULL);

      if (*ballast_path_get_extension (names->pdata[i]) == '\0'
          && look_at_folder (look, full, depth + 1))
        return TRUE;
    }

  return FALSE;
}

GError *
ballast_foreign_layout_find (const char   *path,
                             gint64        deadline_us,
                             GCancellable *cancellable)
{
  Look look = { deadline_us, cancellable };
  g_autofree char *file = NULL;
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *shown_file = NULL;
  gsize root_length = strlen (path);
  gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);

  if (!(is_folder ? look_at_folder (&look, path, 0) : look_at_file (&look, path)))
    return NULL;
  file = look.file;
  if (!is_folder)
    /* Translators: a file, and the name of a layout such as "COCO". */
    return g_error_new (BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LAYOUT,
                        _("“%s” is a %s file, which Ballast cannot read: choose class folders, a "
                           "COCO, YOLO, Pascal VOC or CreateML dataset, or a CSV, TSV or JSON Lines "
                           "file that names images and their classes"),
                        shown, look.title);

  shown_file = g_filename_display_name (file + root_length + strspn (file + root_length, "/"));
  /* Translators: a folder, the name of a layout such as "COCO", and the file that tells it. */
  return g_error_new (BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LAYOUT,
                      _("“%s” is a %s dataset (“%s”), which Ballast cannot read: choose class "
                         "folders, a COCO, YOLO, Pascal VOC or CreateML dataset, or a CSV, TSV or "
                         "JSON Lines file that names images and their classes"),
                      shown, look.title, shown_file);
}
