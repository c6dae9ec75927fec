/*
 * The common part of readers of layouts with boxes: classes, splits, images and problems on their
 * way into the sink, and a look at the end at what nobody told of.
 *
 * Memory: the paths of the images, for that look.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-box-reading.h"

#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-import-names.h"
#include "ballast-listing.h"
#include "ballast-path.h"

/* Images between two reports. */
#define PROGRESS_INTERVAL 256

gboolean
ballast_box_reading_init (BallastBoxReading          *reading,
                          const BallastImportRequest *request,
                          const char                 *root,
                          GError                    **error)
{
  reading->request = request;
  reading->walk = ballast_walk_new (root, request->options->follow_links, error);
  if (reading->walk == NULL)
    return FALSE;
  reading->root = g_strdup (ballast_walk_get_root (reading->walk));
  reading->has_strangers = ballast_picture_root_has_strangers (reading->root, request->path);
  reading->pictures = ballast_picture_finder_new (reading->walk, !reading->has_strangers);
  reading->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading->class_names = g_ptr_array_new_with_free_func (g_free);
  reading->class_indices = g_array_new (FALSE, FALSE, sizeof (int));
  reading->class_counts = g_array_new (FALSE, TRUE, sizeof (guint64));
  reading->split_names = g_ptr_array_new_with_free_func (g_free);
  reading->split_indices = g_array_new (FALSE, FALSE, sizeof (int));

  return TRUE;
}

void
ballast_box_reading_clear (BallastBoxReading *reading)
{
  g_clear_pointer (&reading->pictures, ballast_picture_finder_free);
  g_clear_pointer (&reading->walk, ballast_walk_free);
  g_clear_pointer (&reading->seen, g_hash_table_unref);
  g_clear_pointer (&reading->folders, g_hash_table_unref);
  g_clear_pointer (&reading->class_names, g_ptr_array_unref);
  g_clear_pointer (&reading->class_indices, g_array_unref);
  g_clear_pointer (&reading->class_counts, g_array_unref);
  g_clear_pointer (&reading->split_names, g_ptr_array_unref);
  g_clear_pointer (&reading->split_indices, g_array_unref);
  g_clear_pointer (&reading->root, g_free);
}

gboolean
ballast_box_reading_begin (BallastBoxReading *reading,
                           const char        *importer,
                           GError           **error)
{
  const BallastImportSink *sink = reading->request->sink;
  g_autofree char *json = ballast_import_options_to_json (reading->request->options);
  BallastImportSource source = { reading->root, importer, json };

  g_array_set_size (reading->class_counts, reading->class_names->len);

  return sink->begin_source (sink->user_data, &source, error)
         && ballast_import_declare_splits (sink, reading->split_names, reading->split_indices,
                                           error)
         && ballast_import_declare_classes (sink, reading->summary, reading->class_names,
                                            reading->class_indices, error);
}

static int
find_name (const GPtrArray *names,
           const char      *name)
{
  for (guint i = 0; i < names->len; i++)
    if (strcmp (names->pdata[i], name) == 0)
      return i;

  return -1;
}

int
ballast_box_reading_intern_split (BallastBoxReading *reading,
                                  const char        *name)
{
  g_autofree char *shown = NULL;
  int index;

  if (name == NULL)
    return -1;
  shown = ballast_path_display (name);
  index = find_name (reading->split_names, shown);
  if (index >= 0)
    return index;
  g_ptr_array_add (reading->split_names, g_steal_pointer (&shown));

  return reading->split_names->len - 1;
}

int
ballast_box_reading_find_class (BallastBoxReading *reading,
                                const char        *name)
{
  return find_name (reading->class_names, name);
}

gboolean
ballast_box_reading_report (BallastBoxReading *reading,
                            GError           **error,
                            BallastProblemKind kind,
                            const char        *path,
                            const char        *format,
                            ...)
{
  g_autofree char *detail = NULL;
  va_list arguments;

  va_start (arguments, format);
  detail = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return ballast_import_sink_report (reading->request->sink, reading->summary,
                                     &(BallastProblem) { .kind = kind, .path = (char *) path,
                                                         .detail = detail },
                                     error);
}

BallastProblemKind
ballast_found_kind_get_problem (BallastFoundKind kind)
{
  switch (kind)
    {
    case BALLAST_FOUND_UNSAFE:
      return BALLAST_PROBLEM_UNSAFE_PATH;
    case BALLAST_FOUND_SPECIAL:
      return BALLAST_PROBLEM_SPECIAL_FILE;
    case BALLAST_FOUND_UNREADABLE:
      return BALLAST_PROBLEM_UNREADABLE;
    case BALLAST_FOUND_FILE:
    case BALLAST_FOUND_MISSING:
    case BALLAST_FOUND_AMBIGUOUS:
    default:
      return BALLAST_PROBLEM_MISSING_FILE;
    }
}

static void
note_seen (BallastBoxReading  *reading,
           const BallastFound *found)
{
  reading->is_repeated = !g_hash_table_add (reading->seen,
                                            ballast_path_join (found->folder, found->name));
  if (!g_hash_table_contains (reading->folders, found->folder))
    g_hash_table_add (reading->folders, g_strdup (found->folder));
}

gboolean
ballast_box_reading_add (BallastBoxReading  *reading,
                         const BallastFound *found,
                         BallastImportImage *image,
                         BallastImportLabel *labels,
                         GError            **error)
{
  const BallastImportSink *sink = reading->request->sink;

  for (guint i = 0; i < image->n_labels; i++)
    {
      g_array_index (reading->class_counts, guint64, labels[i].class_index)++;
      labels[i].class_index = g_array_index (reading->class_indices, int, labels[i].class_index);
    }
  image->folder = found->folder;
  image->name = found->name;
  image->is_link = found->is_link;
  image->labels = labels;
  if (image->split >= 0)
    image->split = g_array_index (reading->split_indices, int, image->split);
  if (!image->is_missing)
    note_seen (reading, found);
  if (!sink->add_image (sink->user_data, image, error))
    return FALSE;
  if (++reading->summary->images % PROGRESS_INTERVAL == 0)
    {
      BallastProgressState state = { reading->summary->images, reading->total };

      ballast_progress_report (reading->request->progress, &state);
    }

  return !g_cancellable_set_error_if_cancelled (reading->cancellable, error);
}

static gboolean
tell_unlisted_in (BallastBoxReading *reading,
                  BallastListing    *listing,
                  const char        *folder,
                  GError           **error)
{
  if (!ballast_listing_read (listing, folder))
    return TRUE;
  for (guint i = 0; i < ballast_listing_get_n (listing); i++)
    {
      const char *name = ballast_listing_get_name (listing, i);
      g_autofree char *path = ballast_path_join (folder, name);

      if (ballast_listing_get_kind (listing, i) == BALLAST_LISTED_IMAGE
          && !g_hash_table_contains (reading->seen, path)
          && !ballast_import_sink_report (
            reading->request->sink, reading->summary,
            &(BallastProblem) { .kind = BALLAST_PROBLEM_UNLISTED_IMAGE, .path = path }, error))
        return FALSE;
    }

  return TRUE;
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static gboolean
tell_unlisted_images (BallastBoxReading *reading,
                      GError           **error)
{
  g_autoptr(BallastListing) listing = ballast_listing_new (reading->walk);
  guint n;
  g_autofree gpointer *folders = g_hash_table_get_keys_as_array (reading->folders, &n);

  qsort (folders, n, sizeof (gpointer), compare_strings);
  for (guint i = 0; i < n; i++)
    if (!tell_unlisted_in (reading, listing, folders[i], error))
      return FALSE;

  return TRUE;
}

gboolean
ballast_box_reading_finish (BallastBoxReading *reading,
                            gboolean           tell_unlisted,
                            GError           **error)
{
  for (guint i = 0; i < reading->class_names->len; i++)
    if (g_array_index (reading->class_counts, guint64, i) == 0
        && !ballast_box_reading_report (reading, error, BALLAST_PROBLEM_EMPTY_CLASS, NULL,
                                        "the class “%s” has no image",
                                        (char *) reading->class_names->pdata[i]))
      return FALSE;

  return !tell_unlisted || tell_unlisted_images (reading, error);
}
