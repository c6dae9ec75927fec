/*
 * YOLO: a text file of shares for every picture, and a file that names the classes.
 *
 * Classes come in the order of their ids.  Ids without a name become classes called after their
 * number, at the end.  Where there are no names at all, the label files are read twice, since
 * classes come before pictures.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-annotation-files.h"
#include "ballast-box-reading.h"
#include "ballast-import-error.h"
#include "ballast-importer-table.h"
#include "ballast-layout-private.h"
#include "ballast-path.h"
#include "ballast-yolo-config.h"
#include "ballast-yolo-labels.h"
#include "ballast-yolo-pictures.h"

#define MAX_LABEL_BYTES (64 * 1024 * 1024)

/* Label files looked into to tell the layout. */
#define MAX_LOOKS 24

typedef struct
{
  BallastBoxReading         box;
  BallastYoloConfig        *config;
  BallastYoloPictures      *pictures;
  GArray                   *class_of; /* int: by id; -1: no class yet */
  GArray                   *labels;   /* BallastImportLabel */
  GByteArray               *extras;
  GByteArray               *text;
  const BallastYoloPicture *picture;
  const char               *path;     /* of the picture */
  GError                  **error;
} Reading;

/* Reads the file @path below @root into @text.  FALSE where it cannot be read. */
static gboolean
read_label_file (const char *root,
                 const char *path,
                 GByteArray *text)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  int fd = open (full, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
  struct stat status;
  gsize length = 0;
  gssize count = 1;

  g_byte_array_set_size (text, 0);
  if (fd < 0)
    return FALSE;
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_LABEL_BYTES)
    count = -1;
  else
    g_byte_array_set_size (text, status.st_size);
  while (count > 0 && length < text->len)
    {
      count = read (fd, text->data + length, text->len - length);
      length += MAX (count, 0);
    }
  close (fd);
  g_byte_array_set_size (text, length);

  return count >= 0;
}

static int
get_class (Reading *reading,
           guint    id)
{
  return id < reading->class_of->len ? g_array_index (reading->class_of, int, id) : -1;
}

static void
set_class (Reading *reading,
           guint    id,
           int      class)
{
  const int none = -1;

  while (reading->class_of->len <= id)
    g_array_append_val (reading->class_of, none);
  g_array_index (reading->class_of, int, id) = class;
}

/* A class called @name for @id; of two ids with one name it is the same. */
static void
add_class (Reading    *reading,
           guint       id,
           const char *name)
{
  int class = ballast_box_reading_find_class (&reading->box, name);

  if (class < 0)
    {
      class = reading->box.class_names->len;
      g_ptr_array_add (reading->box.class_names, g_strdup (name));
    }
  set_class (reading, id, class);
}

/* Declares a class that no file names, while pictures are read. */
static gboolean
add_unnamed_class (Reading *reading,
                   guint    id)
{
  const BallastImportSink *sink = reading->box.request->sink;
  g_autofree char *name = g_strdup_printf ("%u", id);
  gboolean is_new = ballast_box_reading_find_class (&reading->box, name) < 0;
  guint64 none = 0;
  int index;

  add_class (reading, id, name);
  if (!is_new)
    return TRUE;
  index = sink->declare_class (sink->user_data, name, reading->error);
  if (index < 0)
    return FALSE;
  g_array_append_val (reading->box.class_indices, index);
  g_array_append_val (reading->box.class_counts, none);

  return TRUE;
}

static gboolean
take_line (const BallastYoloLine *line,
           const char            *fault,
           guint                  number,
           gpointer               user_data)
{
  Reading *reading = user_data;
  BallastImportLabel label = { .has_box = TRUE, .box = line->box, .place = number };
  guint before = reading->extras->len;

  if (fault != NULL)
    return ballast_box_reading_report (&reading->box, reading->error, BALLAST_PROBLEM_BAD_LINE,
                                       reading->picture->label, "line %u: %s", number, fault);
  if (reading->config->names->len > 0
      && ballast_yolo_config_get_name (reading->config, line->class_id) == NULL
      && !ballast_box_reading_report (&reading->box, reading->error, BALLAST_PROBLEM_UNKNOWN_CLASS,
                                      reading->picture->label, "line %u: class %u has no name",
                                      number, line->class_id))
    return FALSE;
  if (get_class (reading, line->class_id) < 0 && !add_unnamed_class (reading, line->class_id))
    return FALSE;
  label.class_index = get_class (reading, line->class_id);
  if (line->shape.kind != BALLAST_SHAPE_NONE)
    ballast_shape_pack (&line->shape, reading->extras);
  label.n_extra = reading->extras->len - before;
  g_array_append_val (reading->labels, label);

  return TRUE;
}

static void
point_to_extras (Reading *reading)
{
  const guint8 *extra = reading->extras->data;

  for (guint i = 0; i < reading->labels->len; i++)
    {
      BallastImportLabel *label = &g_array_index (reading->labels, BallastImportLabel, i);

      label->extra = label->n_extra > 0 ? extra : NULL;
      extra += label->n_extra;
    }
}

static gboolean
read_labels (Reading *reading)
{
  const BallastYoloPicture *picture = reading->picture;

  g_array_set_size (reading->labels, 0);
  g_byte_array_set_size (reading->extras, 0);
  if (picture->label == NULL)
    return ballast_box_reading_report (&reading->box, reading->error, BALLAST_PROBLEM_UNLABELLED,
                                       reading->path, "no label file");
  if (!read_label_file (reading->box.root, picture->label, reading->text))
    return ballast_box_reading_report (&reading->box, reading->error, BALLAST_PROBLEM_UNREADABLE,
                                       picture->label, "its labels cannot be read");
  if (!ballast_yolo_labels_parse ((const char *) reading->text->data, reading->text->len,
                                  reading->config->has_keypoints, take_line, reading))
    return FALSE;
  point_to_extras (reading);

  return TRUE;
}

static gboolean
read_picture (Reading *reading,
              GError **error)
{
  const BallastYoloPicture *picture = reading->picture;
  g_autofree char *path = ballast_path_join (picture->folder, picture->name);
  BallastFound found = { .kind = BALLAST_FOUND_FILE, .folder = picture->folder,
                         .name = picture->name, .is_link = picture->is_link };
  BallastImportImage image = { .split = picture->split, .in_shares = TRUE,
                               .label_file = picture->label };

  reading->path = path;
  reading->error = error;
  if (!read_labels (reading))
    return FALSE;
  image.n_labels = reading->labels->len;

  return ballast_box_reading_add (&reading->box, &found, &image,
                                  (BallastImportLabel *) (gpointer) reading->labels->data, error);
}

static gboolean
tell_of_paths (Reading           *reading,
               GPtrArray         *paths,
               BallastProblemKind kind,
               const char        *detail,
               GError           **error)
{
  for (guint i = 0; i < paths->len; i++)
    if (!ballast_box_reading_report (&reading->box, error, kind, paths->pdata[i], "%s", detail))
      return FALSE;

  return TRUE;
}

/* Notes an id that some line uses. */
static gboolean
note_id (const BallastYoloLine *line,
         const char            *fault,
         guint                  number,
         gpointer               user_data)
{
  GArray *used = user_data;

  if (fault != NULL)
    return TRUE;
  if (line->class_id >= used->len)
    g_array_set_size (used, line->class_id + 1);
  g_array_index (used, guint64, line->class_id)++;

  return TRUE;
}

/* Names, or, where there are none, the numbers that lines use. */
static void
collect_classes (Reading *reading)
{
  g_autoptr(GArray) used = NULL;

  for (guint id = 0; id < reading->config->names->len; id++)
    if (reading->config->names->pdata[id] != NULL)
      add_class (reading, id, reading->config->names->pdata[id]);
  if (reading->config->names->len > 0)
    return;

  used = g_array_new (FALSE, TRUE, sizeof (guint64));
  for (guint i = 0; i < reading->pictures->pictures->len; i++)
    {
      const char *label
        = g_array_index (reading->pictures->pictures, BallastYoloPicture, i).label;

      if (label != NULL && read_label_file (reading->box.root, label, reading->text))
        ballast_yolo_labels_parse ((const char *) reading->text->data, reading->text->len,
                                   reading->config->has_keypoints, note_id, used);
    }
  for (guint id = 0; id < used->len; id++)
    {
      g_autofree char *name = g_strdup_printf ("%u", id);

      if (g_array_index (used, guint64, id) > 0)
        add_class (reading, id, name);
    }
}

static gboolean
read_all (Reading *reading,
          GError **error)
{
  BallastYoloPictures *pictures = reading->pictures;

  collect_classes (reading);
  for (guint i = 0; i < pictures->splits->len; i++)
    ballast_box_reading_intern_split (&reading->box, pictures->splits->pdata[i]);
  reading->box.total = pictures->pictures->len;
  if (!ballast_box_reading_begin (&reading->box, "yolo", error)
      || !tell_of_paths (reading, pictures->missing, BALLAST_PROBLEM_MISSING_FILE,
                         "named in the dataset's files", error))
    return FALSE;
  for (guint i = 0; i < pictures->pictures->len; i++)
    {
      reading->picture = &g_array_index (pictures->pictures, BallastYoloPicture, i);
      if (!read_picture (reading, error))
        return FALSE;
    }

  return tell_of_paths (reading, pictures->orphans, BALLAST_PROBLEM_MISSING_FILE,
                        "labels without a picture", error)
         && tell_of_paths (reading, pictures->unlisted, BALLAST_PROBLEM_UNLISTED_IMAGE,
                           "in no split of the dataset", error)
         && ballast_box_reading_finish (&reading->box, FALSE, error);
}

static gboolean
yolo_read (const BallastImportRequest *request,
           BallastImportSummary       *summary,
           GCancellable               *cancellable,
           GError                    **error)
{
  g_autofree char *folder = ballast_annotation_dup_folder (request->path);
  const char *root = request->options->images != NULL ? request->options->images : folder;
  g_autoptr(BallastYoloConfig) config
    = ballast_yolo_config_new (folder, g_file_test (request->path, G_FILE_TEST_IS_DIR)
                                         ? folder : request->path, error);
  g_autoptr(BallastYoloPictures) pictures = NULL;
  Reading reading = { .box = { .summary = summary, .cancellable = cancellable } };
  gboolean is_done = FALSE;

  if (config == NULL || !ballast_box_reading_init (&reading.box, request, root, error))
    return FALSE;
  pictures = ballast_yolo_pictures_new (reading.box.walk, config, 0, cancellable, error);
  reading.config = config;
  reading.pictures = pictures;
  reading.class_of = g_array_new (FALSE, FALSE, sizeof (int));
  reading.labels = g_array_new (FALSE, FALSE, sizeof (BallastImportLabel));
  reading.extras = g_byte_array_new ();
  reading.text = g_byte_array_new ();
  if (pictures != NULL)
    is_done = read_all (&reading, error);
  g_array_unref (reading.class_of);
  g_array_unref (reading.labels);
  g_byte_array_unref (reading.extras);
  g_byte_array_unref (reading.text);
  ballast_box_reading_clear (&reading.box);

  return is_done;
}

/* TRUE where label files are what they are called, as far as a few of them tell. */
static gboolean
has_labels (const BallastYoloPictures *pictures,
            const char                *root)
{
  g_autoptr(GByteArray) text = g_byte_array_new ();
  guint n_looks = 0, n_good = 0;

  for (guint i = 0; i < pictures->pictures->len && n_looks < MAX_LOOKS; i++)
    {
      const char *label = g_array_index (pictures->pictures, BallastYoloPicture, i).label;

      if (label == NULL || !read_label_file (root, label, text) || text->len == 0)
        continue;
      n_looks++;
      n_good += ballast_yolo_labels_are ((const char *) text->data, text->len);
    }

  return n_good > 0 && 2 * n_good >= n_looks;
}

/* What a look has counted. */
typedef struct
{
  BallastLayoutGuess *guess;
  GArray             *counts; /* guint64: images by id */
  GArray             *used;   /* of one image */
  guint64             n_boxes;
} Sight;

static void
count_labels (Sight                     *sight,
              const BallastYoloPictures *pictures,
              const char                *root,
              gint64                     deadline_us)
{
  g_autoptr(GByteArray) text = g_byte_array_new ();

  for (guint i = 0; i < pictures->pictures->len; i++)
    {
      const char *label = g_array_index (pictures->pictures, BallastYoloPicture, i).label;

      if (i % 64 == 0 && g_get_monotonic_time () > deadline_us)
        {
          sight->guess->is_partial = TRUE;
          return;
        }
      if (label == NULL || !read_label_file (root, label, text))
        continue;
      g_array_set_size (sight->used, 0);
      ballast_yolo_labels_parse ((const char *) text->data, text->len, FALSE, note_id, sight->used);
      if (sight->used->len > sight->counts->len)
        g_array_set_size (sight->counts, sight->used->len);
      for (guint id = 0; id < sight->used->len; id++)
        {
          guint64 n = g_array_index (sight->used, guint64, id);

          g_array_index (sight->counts, guint64, id) += n > 0;
          sight->n_boxes += n;
        }
    }
}

static void
name_counts (Sight             *sight,
             BallastYoloConfig *config)
{
  guint n = MAX (sight->counts->len, config->names->len);

  for (guint id = 0; id < n; id++)
    {
      const char *name = ballast_yolo_config_get_name (config, id);
      guint64 count = id < sight->counts->len ? g_array_index (sight->counts, guint64, id) : 0;
      g_autofree char *number = g_strdup_printf ("%u", id);

      if (name != NULL || count > 0)
        ballast_layout_guess_add_count (sight->guess->classes, name != NULL ? name : number,
                                        count);
    }
}

static void
count_pictures (BallastLayoutGuess        *guess,
                const BallastYoloPictures *pictures)
{
  g_autofree guint64 *n = g_new0 (guint64, pictures->splits->len + 1);

  guess->images = pictures->pictures->len;
  guess->is_partial |= pictures->is_partial;
  for (guint i = 0; i < pictures->pictures->len; i++)
    {
      const BallastYoloPicture *picture
        = &g_array_index (pictures->pictures, BallastYoloPicture, i);

      if (picture->split >= 0)
        n[picture->split]++;
      if (guess->first_images->len < BALLAST_LAYOUT_FIRST_IMAGES)
        g_ptr_array_add (guess->first_images, ballast_path_join (picture->folder, picture->name));
    }
  for (guint i = 0; i < pictures->splits->len; i++)
    if (n[i] > 0)
      ballast_layout_guess_add_count (guess->splits, pictures->splits->pdata[i], n[i]);
}

static void
describe (Sight                     *sight,
          const BallastYoloPictures *pictures)
{
  BallastLayoutGuess *guess = sight->guess;
  g_autofree char *splits = ballast_layout_describe_splits (guess->splits);
  guint n = guess->classes->len;

  /* Translators: classes, boxes, and "no splits" or "splits train and test". */
  guess->description = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u class in YOLO files, %" PRIu64 " boxes, %s",
                 "%u classes in YOLO files, %" PRIu64 " boxes, %s", n),
    n, sight->n_boxes, splits);
  if (pictures->missing->len > 0)
    ballast_layout_guess_warn (guess, g_dngettext (GETTEXT_PACKAGE, "%u path in it leads nowhere.",
                                                   "%u paths in it lead nowhere.",
                                                   pictures->missing->len),
                               pictures->missing->len);
  ballast_layout_guess_warn_of_clashes (guess);
}

static BallastLayoutGuess *
guess_from (BallastWalk                 *walk,
            BallastYoloConfig           *config,
            const BallastYoloPictures   *pictures,
            const BallastLayoutQuestion *question)
{
  const char *root = ballast_walk_get_root (walk);
  gboolean is_sure = has_labels (pictures, root);
  g_autoptr(GArray) counts = g_array_new (FALSE, TRUE, sizeof (guint64));
  g_autoptr(GArray) used = g_array_new (FALSE, TRUE, sizeof (guint64));
  Sight sight = { .counts = counts, .used = used };

  /* Names and splits alone may be of class folders; empty label files are backgrounds. */
  if (!is_sure && (config->names->len == 0 || pictures->n_labels == 0))
    return NULL;
  sight.guess = ballast_layout_guess_new (ballast_importer_find ("yolo"), root);
  count_labels (&sight, pictures, root, question->deadline_us);
  name_counts (&sight, config);
  count_pictures (sight.guess, pictures);
  describe (&sight, pictures);
  if (question->images != NULL)
    sight.guess->options.images = g_strdup (question->images);
  sight.guess->confidence = is_sure ? 0.95 : 0.5;

  /* cppcheck-suppress memleak */
  return sight.guess;
}

/* Endings of what a YOLO dataset may be chosen by. */
static gboolean
may_be_chosen (const char *path)
{
  static const char *const endings[] = { "yaml", "yml", "data", "names", "labels" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (ballast_path_get_extension (path), endings[i]) == 0)
      return TRUE;

  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

static BallastLayoutGuess *
yolo_recognise (const char                  *path,
                const BallastLayoutQuestion *question,
                GCancellable                *cancellable,
                GError                     **error)
{
  g_autofree char *folder = ballast_annotation_dup_folder (path);
  g_autoptr(BallastYoloConfig) config = NULL;
  g_autoptr(BallastYoloPictures) pictures = NULL;
  g_autoptr(BallastWalk) walk = NULL;

  if (!may_be_chosen (path))
    return NULL;
  config = ballast_yolo_config_new (
    folder, g_file_test (path, G_FILE_TEST_IS_DIR) ? folder : path, NULL);
  if (config == NULL)
    return NULL;
  walk = ballast_walk_new (question->images != NULL ? question->images : folder,
                           question->wishes->follow_links, error);
  if (walk == NULL)
    return NULL;
  pictures = ballast_yolo_pictures_new (walk, config, question->deadline_us, cancellable, error);
  if (pictures == NULL || pictures->pictures->len == 0)
    return NULL;

  return guess_from (walk, config, pictures, question);
}

const BallastImporter ballast_importer_yolo = {
  .name = "yolo",
  .title = N_("YOLO"),
  .recognise = yolo_recognise,
  .read = yolo_read,
};
