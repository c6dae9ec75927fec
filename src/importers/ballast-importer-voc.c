/*
 * Pascal VOC: an XML file for every picture, and lists of names for the splits.
 *
 * A picture is found by the name of its XML file, and only then by <filename>, which often lies.
 * Classes come in the order of labelmap.txt or classes.txt where there is one, else by name.  Boxes go from xmin to
 * xmax as they stand: no pixel is added, as most programs have it.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-annotation-files.h"
#include "ballast-box-records.h"
#include "ballast-file-kind.h"
#include "ballast-folder-tree.h"
#include "ballast-import-error.h"
#include "ballast-importer-table.h"
#include "ballast-layout-private.h"
#include "ballast-path.h"
#include "ballast-voc-file.h"
#include "ballast-yolo-config.h"

/* XML files looked into to tell the layout, and to find the pictures. */
#define MAX_LOOKS 24

/* How far below the root ImageSets are looked for, and in how many folders of one. */
#define MAX_SET_DEPTH 2
#define MAX_SET_NAMES 256

typedef struct
{
  BallastBoxReading  box;
  BallastBoxRecords *records;
  BallastListing    *listing;
  GHashTable        *splits;   /* stem → split + 1 */
  GHashTable        *seen;     /* stems of XML files */
  GPtrArray         *faults;   /* "PATH\nDETAIL" */
  GPtrArray         *leaks;
  guint              n_files;
  guint              n_listed; /* classes that a list names, at the front of class_names */
  guint              most;     /* files read; 0: all */
  gint64             deadline_us;
  gboolean           is_partial;
} Reading;

/* Sets made of others, which say nothing of their own. */
static gboolean
is_joint_set (const char *name)
{
  return strcmp (name, "trainval") == 0 || strcmp (name, "all") == 0
         || strcmp (name, "default") == 0;
}

/* The first word of each line; @name: the set's. */
static void
read_set (Reading    *reading,
          const char *path,
          const char *name)
{
  g_auto(GStrv) lines = ballast_yolo_read_lines (path);
  int split = ballast_box_reading_intern_split (&reading->box, name);

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      char *stem = lines[i];
      char *slash;
      int before;

      stem[strcspn (stem, " \t")] = '\0';
      slash = strrchr (stem, '/');
      if (slash != NULL)
        stem = slash + 1;
      if (*stem == '\0')
        continue;
      before = GPOINTER_TO_INT (g_hash_table_lookup (reading->splits, stem)) - 1;
      if (before >= 0 && before != split)
        g_ptr_array_add (reading->leaks,
                         g_strdup_printf ("%s\nnamed in %s and in %s; taken as %s", stem,
                                          (char *) reading->box.split_names->pdata[before], name,
                                          (char *) reading->box.split_names->pdata[before]));
      else
        g_hash_table_insert (reading->splits, g_strdup (stem), GINT_TO_POINTER (split + 1));
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Sets that are splits; the joint ones only where there are no others. */
static void
read_sets_in (Reading    *reading,
              const char *root)
{
  g_autofree char *folder = g_build_filename (root, "ImageSets", "Main", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean has_own = FALSE;
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".txt"))
      {
        g_autofree char *name = g_strndup (file, strlen (file) - 4);

        if (!is_joint_set (name) && !ballast_name_is_split (name))
          continue;
        has_own |= !is_joint_set (name);
        g_ptr_array_add (names, g_steal_pointer (&name));
      }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *list = g_strconcat (names->pdata[i], ".txt", NULL);
      g_autofree char *path = g_build_filename (folder, list, NULL);

      if (!has_own || !is_joint_set (names->pdata[i]))
        read_set (reading, path, names->pdata[i]);
    }
}

/* Those of the folder, or of "VOCdevkit/VOC2012" below it. */
static void
read_sets (Reading    *reading,
           const char *root,
           guint       depth)
{
  g_autofree char *own = g_build_filename (root, "ImageSets", NULL);
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (depth == MAX_SET_DEPTH || g_file_test (own, G_FILE_TEST_IS_DIR))
    {
      read_sets_in (reading, root);
      return;
    }
  dir = g_dir_open (root, 0, NULL);
  for (guint n = 0; dir != NULL && n < MAX_SET_NAMES && (name = g_dir_read_name (dir)) != NULL; n++)
    if (*name != '.' && *ballast_path_get_extension (name) == '\0')
      g_ptr_array_add (names, g_build_filename (root, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (g_file_test (names->pdata[i], G_FILE_TEST_IS_DIR)
        && !g_file_test (names->pdata[i], G_FILE_TEST_IS_SYMLINK))
      read_sets (reading, names->pdata[i], depth + 1);
}

static int
find_split (Reading    *reading,
            const char *folder,
            const char *stem)
{
  g_auto(GStrv) parts = g_strsplit (folder, "/", -1);

  if (g_hash_table_size (reading->splits) > 0)
    return GPOINTER_TO_INT (g_hash_table_lookup (reading->splits, stem)) - 1;
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && ballast_name_is_split (parts[i]))
      return ballast_box_reading_intern_split (&reading->box, parts[i]);

  return -1;
}

/* Where the picture "Annotations/a.xml" tells of is looked for first: "JPEGImages/a". */
static char *
dup_stem (const char *folder,
          const char *stem)
{
  g_auto(GStrv) parts = g_strsplit (folder, "/", -1);

  for (guint i = g_strv_length (parts); i > 0; i--)
    if (g_ascii_strcasecmp (parts[i - 1], "Annotations") == 0
        || g_ascii_strcasecmp (parts[i - 1], "labels") == 0)
      {
        g_free (parts[i - 1]);
        parts[i - 1] = g_strdup ("JPEGImages");
        break;
      }
  {
    g_autofree char *other = g_strjoinv ("/", parts);

    return ballast_path_join (other, stem);
  }
}

static void
read_xml (Reading    *reading,
          const char *folder,
          const char *name)
{
  g_autofree char *path = ballast_path_join (folder, name);
  g_autofree char *full = g_build_filename (reading->box.root, path, NULL);
  g_autofree char *stem = g_strndup (name, strlen (name) - 4);
  g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) local = NULL;
  gsize length;
  g_autofree char *text = ballast_voc_file_read (full, &length);
  BallastBoxRecord *record;

  reading->n_files++;
  g_hash_table_add (reading->seen, g_strdup (stem));
  if (text == NULL || !ballast_voc_file_parse (text, length, reading->records, faults, &local))
    {
      g_ptr_array_add (reading->faults,
                       g_strdup_printf ("%s\n%s", path,
                                        local != NULL ? local->message : "it cannot be read"));
      return;
    }
  record = &g_array_index (reading->records->records, BallastBoxRecord,
                           reading->records->records->len - 1);
  record->file = g_strdup (path);
  record->has_lines = TRUE;
  record->stem = dup_stem (folder, stem);
  record->split = find_split (reading, folder, stem);
  for (guint i = 0; i < faults->len; i++)
    g_ptr_array_add (reading->faults,
                     g_strdup_printf ("%s\n%s", path, (char *) faults->pdata[i]));
}

static gboolean
is_over (Reading *reading)
{
  if ((reading->most > 0 && reading->n_files >= reading->most)
      || (reading->deadline_us > 0 && g_get_monotonic_time () > reading->deadline_us))
    reading->is_partial = TRUE;

  return reading->is_partial || g_cancellable_is_cancelled (reading->box.cancellable);
}

static void
read_folder (Reading             *reading,
             const BallastFolder *folder)
{
  g_autofree char *path = ballast_folder_dup_path (folder);

  if (folder->others > 0 && ballast_listing_read (reading->listing, path))
    for (guint i = 0; i < ballast_listing_get_n (reading->listing) && !is_over (reading); i++)
      {
        const char *name = ballast_listing_get_name (reading->listing, i);

        if (ballast_listing_get_kind (reading->listing, i) == BALLAST_LISTED_OTHER
            && g_ascii_strcasecmp (ballast_path_get_extension (name), "xml") == 0)
          read_xml (reading, path, name);
      }
  for (guint i = 0; i < folder->children->len && !is_over (reading); i++)
    read_folder (reading, folder->children->pdata[i]);
}

/* Folders of pictures beside those that the stems name. */
static void
set_bases (Reading *reading)
{
  g_autoptr(GPtrArray) bases = ballast_picture_bases_list (reading->box.root, "", NULL, NULL,
                                                            reading->box.has_strangers);

  ballast_picture_finder_set_bases (reading->box.pictures, bases);
}

/* Names in sets of which no XML file tells. */
static void
add_named_only (Reading *reading)
{
  guint n;
  g_autofree gpointer *stems = g_hash_table_get_keys_as_array (reading->splits, &n);

  qsort (stems, n, sizeof (gpointer), compare_names);
  for (guint i = 0; i < n; i++)
    {
      BallastBoxRecord record = { .first = reading->records->labels->len };

      if (g_hash_table_contains (reading->seen, stems[i]) || !ballast_path_is_safe (stems[i]))
        continue;
      record.path = g_strdup (stems[i]);
      record.stem = g_strdup (stems[i]);
      record.file = g_strdup ("ImageSets/Main");
      record.split = GPOINTER_TO_INT (g_hash_table_lookup (reading->splits, stems[i])) - 1;
      g_array_append_val (reading->records->records, record);
      g_ptr_array_add (reading->faults, g_strdup_printf ("%s\n", (char *) stems[i]));
      /* cppcheck-suppress memleak ; the array owns them */
    }
}

static int
compare_classes (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  GPtrArray *names = user_data;

  return strcmp (names->pdata[*(const guint *) a], names->pdata[*(const guint *) b]);
}

/* (transfer full): positions in class_names: those of a list of classes first, the others by name. */
static GArray *
order_classes (Reading *reading)
{
  GPtrArray *names = reading->records->class_names;
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) others = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < names->len; i++)
    g_array_append_val (i < reading->n_listed ? order : others, i);
  g_array_sort_with_data (others, compare_classes, names);
  g_array_append_vals (order, others->data, others->len);

  return order;
}

static gboolean
tell_faults (Reading *reading,
             GError **error)
{
  for (guint i = 0; i < reading->faults->len; i++)
    {
      g_auto(GStrv) parts = g_strsplit (reading->faults->pdata[i], "\n", 2);
      gboolean is_unlabelled = *parts[1] == '\0';

      if (!ballast_box_reading_report (&reading->box, error,
                                       is_unlabelled ? BALLAST_PROBLEM_UNLABELLED
                                                     : BALLAST_PROBLEM_BAD_LINE,
                                       parts[0], "%s", is_unlabelled ? "no XML file" : parts[1]))
        return FALSE;
    }
  for (guint i = 0; i < reading->leaks->len; i++)
    {
      g_auto(GStrv) parts = g_strsplit (reading->leaks->pdata[i], "\n", 2);

      if (!ballast_box_reading_report (&reading->box, error, BALLAST_PROBLEM_SPLIT_LEAK, parts[0],
                                       "%s", parts[1]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
open_reading (Reading                    *reading,
              const BallastImportRequest *request,
              const char                 *root,
              GError                    **error)
{
  if (!ballast_box_reading_init (&reading->box, request, root, error))
    return FALSE;
  reading->records = ballast_box_records_new ();
  reading->listing = ballast_listing_new (reading->box.walk);
  reading->splits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading->faults = g_ptr_array_new_with_free_func (g_free);
  reading->leaks = g_ptr_array_new_with_free_func (g_free);
  set_bases (reading);

  return TRUE;
}

static void
close_reading (Reading *reading)
{
  ballast_box_records_free (reading->records);
  ballast_listing_free (reading->listing);
  g_hash_table_unref (reading->splits);
  g_hash_table_unref (reading->seen);
  g_ptr_array_unref (reading->faults);
  g_ptr_array_unref (reading->leaks);
  ballast_box_reading_clear (&reading->box);
}

/* Everything that files say, up to the limits of @reading. */
static gboolean
gather (Reading *reading,
        GError **error)
{
  g_autoptr(BallastFolder) tree
    = ballast_folder_tree_new (reading->box.walk, FALSE, reading->deadline_us,
                               reading->box.cancellable, error);

  if (tree == NULL)
    return FALSE;
  reading->n_listed = ballast_box_records_read_list (reading->records, reading->box.root);
  read_sets (reading, reading->box.root, 0);
  read_folder (reading, tree);

  return !g_cancellable_set_error_if_cancelled (reading->box.cancellable, error);
}

static gboolean
emit (Reading *reading,
      GError **error)
{
  g_autoptr(GArray) order = NULL;

  add_named_only (reading);
  order = order_classes (reading);

  return ballast_box_records_emit (reading->records, &reading->box, "voc", order, error)
         && tell_faults (reading, error);
}

static gboolean
voc_read (const BallastImportRequest *request,
          BallastImportSummary       *summary,
          GCancellable               *cancellable,
          GError                    **error)
{
  g_autofree char *folder = ballast_annotation_dup_folder (request->path);
  Reading reading = { .box = { .summary = summary, .cancellable = cancellable } };
  gboolean is_done = FALSE;

  if (!open_reading (&reading, request,
                     request->options->images != NULL ? request->options->images : folder, error))
    return FALSE;
  if (gather (&reading, error))
    {
      if (reading.records->records->len > 0 || reading.faults->len > 0)
        is_done = emit (&reading, error);
      else
        g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_EMPTY,
                     _("There is no annotation of Pascal VOC in “%s”"), folder);
    }
  close_reading (&reading);

  return is_done;
}

/* Images by class and split, and what they look like. */
static void
count (Reading            *reading,
       BallastLayoutGuess *guess)
{
  GPtrArray *names = reading->records->class_names;
  g_autoptr(GArray) order = order_classes (reading);
  g_autofree guint64 *images = g_new0 (guint64, names->len + 1);
  g_autofree guint64 *splits = g_new0 (guint64, reading->box.split_names->len + 1);
  g_autofree guint *last = g_new0 (guint, names->len + 1);

  for (guint i = 0; i < reading->records->records->len; i++)
    {
      const BallastBoxRecord *record
        = &g_array_index (reading->records->records, BallastBoxRecord, i);
      BallastFound found;

      if (record->split >= 0)
        splits[record->split]++;
      for (guint k = 0; k < record->n; k++)
        {
          guint class
            = g_array_index (reading->records->labels, BallastBoxLabel, record->first + k).class;

          images[class] += last[class] != i + 1;
          last[class] = i + 1;
        }
      if (guess->first_images->len >= BALLAST_LAYOUT_FIRST_IMAGES)
        continue;
      ballast_box_record_find (record, reading->box.pictures, &found);
      if (found.kind == BALLAST_FOUND_FILE)
        g_ptr_array_add (guess->first_images, ballast_path_join (found.folder, found.name));
    }
  guess->images = reading->records->records->len;
  for (guint i = 0; i < names->len; i++)
    ballast_layout_guess_add_count (guess->classes,
                                    names->pdata[g_array_index (order, guint, i)],
                                    images[g_array_index (order, guint, i)]);
  for (guint i = 0; i < reading->box.split_names->len; i++)
    ballast_layout_guess_add_count (guess->splits, reading->box.split_names->pdata[i], splits[i]);
}

static BallastLayoutGuess *
guess_from (Reading    *reading,
            const char *images)
{
  BallastLayoutGuess *guess
    = ballast_layout_guess_new (ballast_importer_find ("voc"), reading->box.root);
  g_autofree char *splits = NULL;
  guint n;

  count (reading, guess);
  splits = ballast_layout_describe_splits (guess->splits);
  n = guess->classes->len;
  /* Translators: classes, boxes, and "no splits" or "splits train and test". */
  guess->description = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u class in Pascal VOC files, %u boxes, %s",
                 "%u classes in Pascal VOC files, %u boxes, %s", n),
    n, reading->records->labels->len, splits);
  ballast_layout_guess_warn_of_clashes (guess);
  if (images != NULL)
    guess->options.images = g_strdup (images);
  guess->is_partial = reading->is_partial;
  guess->confidence = 0.95;

  return guess;
}

static BallastLayoutGuess *
voc_recognise (const char                  *path,
               const BallastLayoutQuestion *question,
               GCancellable                *cancellable,
               GError                     **error)
{
  const BallastImportOptions options = { .follow_links = question->wishes->follow_links };
  BallastImportRequest request = { .path = path, .options = &options };
  Reading reading = { .box = { .cancellable = cancellable }, .most = MAX_LOOKS };
  BallastLayoutGuess *guess = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR)
      || !open_reading (&reading, &request, question->images != NULL ? question->images : path,
                        error))
    return NULL;
  /* A few files first: a folder of other XML is told at once. */
  reading.deadline_us = question->deadline_us;
  if (gather (&reading, error) && reading.records->records->len > 0
      && 2 * reading.records->records->len >= reading.n_files)
    {
      close_reading (&reading);
      reading = (Reading) { .box = { .cancellable = cancellable },
                            .deadline_us = question->deadline_us };
      if (!open_reading (&reading, &request,
                         question->images != NULL ? question->images : path, error))
        return NULL;
      if (gather (&reading, error) && reading.records->records->len > 0)
        guess = guess_from (&reading, question->images);
    }
  close_reading (&reading);

  return guess;
}

const BallastImporter ballast_importer_voc = {
  .name = "voc",
  .title = N_("Pascal VOC"),
  .recognise = voc_recognise,
  .read = voc_read,
};
