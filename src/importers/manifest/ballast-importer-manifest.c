/*
 * Manifests: files that name images and their classes, one row an image, or a label of one.
 *
 * Classes come in the order of their first appearance, numbers by their value, columns of 0 and 1
 * in the order of the columns.  The files are read twice, since classes come before images.  Rows of
 * one image that follow each other become one image at once; images that come up again later are
 * held back until the end.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-box-reading.h"
#include "ballast-file-kind.h"
#include "ballast-image-finder.h"
#include "ballast-import-error.h"
#include "ballast-import-names.h"
#include "ballast-importer-table.h"
#include "ballast-manifest-classes.h"
#include "ballast-manifest-guess.h"
#include "ballast-manifest-recognise.h"
#include "ballast-manifest-row.h"
#include "ballast-manifest-survey.h"
#include "ballast-path.h"

/* Rows between two reports. */
#define PROGRESS_INTERVAL 1024

/* An image whose rows may not all be read. */
typedef struct
{
  char                      *path; /* resolved */
  char                      *folder;
  char                      *name;
  const char                *detail;
  BallastFoundKind           kind;
  gboolean                   is_link;
  gboolean                   in_shares;
  int                        split; /* of the survey; -1 */
  char                      *group; /* (nullable) */
  GArray                    *labels; /* BallastImportLabel */
  guint64                    line;
  const BallastManifestFile *file;
} Pending;

typedef struct
{
  const BallastImportRequest *request;
  BallastImportSummary       *summary;
  GCancellable               *cancellable;
  const char                 *root;
  GPtrArray                  *files;
  BallastManifestSurvey      *survey;
  BallastImageFinder         *finder;
  GPtrArray                  *class_names;
  GArray                     *class_of;      /* int: label of the survey → class_names */
  GArray                     *class_indices; /* int: class_names → sink */
  GArray                     *class_counts;  /* guint64: images */
  GArray                     *split_indices; /* int: split of the survey → sink */
  const BallastManifestFile  *file;
  BallastTable               *table;
  BallastManifestColumns      columns;
  GPtrArray                  *labels;  /* of the row … */
  GArray                     *boxes;   /* … and of BallastManifestBox */
  gboolean                    has_boxes;
  Pending                    *current;
  GPtrArray                  *held;    /* images that come up again */
  GHashTable                 *by_path; /* of these */
  guint64                     bytes_before;
  guint64                     n_rows;
} Reading;

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  if (pending == NULL)
    return;
  g_free (pending->path);
  g_free (pending->folder);
  g_free (pending->name);
  g_free (pending->group);
  g_array_unref (pending->labels);
  g_free (pending);
}

static gboolean
report (Reading           *reading,
        BallastProblemKind kind,
        const char        *path,
        const char        *detail,
        GError           **error)
{
  return ballast_import_sink_report (reading->request->sink, reading->summary,
                                     &(BallastProblem) { .kind = kind,
                                                         .path = (char *) path,
                                                         .detail = (char *) detail },
                                     error);
}

/* "line 12", with the file's name where there are several, and what is to be said of it. */
static gboolean
report_line (Reading                   *reading,
             BallastProblemKind         kind,
             const BallastManifestFile *file,
             guint64                    line,
             const char                *path,
             const char                *reason,
             GError                   **error)
{
  g_autofree char *detail
    = g_strdup_printf ("line %" G_GUINT64_FORMAT "%s%s%s%s", line,
                       reading->files->len > 1 ? " of " : "",
                       reading->files->len > 1 ? file->name : "", reason != NULL ? ": " : "",
                       reason != NULL ? reason : "");

  return report (reading, kind, path, detail, error);
}

static gboolean
emit_image (Reading *reading,
            Pending *pending,
            GError **error)
{
  int split = pending->split < 0 ? -1
                                 : g_array_index (reading->split_indices, int, pending->split);
  BallastImportImage image = { pending->folder,
                               pending->name,
                               pending->is_link,
                               split,
                               (BallastImportLabel *) (void *) pending->labels->data,
                               pending->labels->len };
  g_autofree char *path = ballast_path_join (pending->folder, pending->name);

  image.in_shares = pending->in_shares;
  image.label_file = pending->file->name;
  image.group = pending->group;
  for (guint i = 0; i < pending->labels->len; i++)
    {
      BallastImportLabel *label = &g_array_index (pending->labels, BallastImportLabel, i);

      g_array_index (reading->class_counts, guint64, label->class_index)++;
      label->class_index = g_array_index (reading->class_indices, int, label->class_index);
    }
  reading->summary->images++;
  if (!reading->request->sink->add_image (reading->request->sink->user_data, &image, error))
    return FALSE;
  /* Where there are boxes, a picture without one is background. */
  if (pending->labels->len == 0 && !reading->has_boxes
      && !report_line (reading, BALLAST_PROBLEM_UNLABELLED, pending->file, pending->line, path,
                       "no label", error))
    return FALSE;

  return ballast_name_is_plain (path)
         || report (reading, BALLAST_PROBLEM_ODD_NAME, path, NULL, error);
}

static gboolean
emit (Reading *reading,
      Pending *pending,
      GError **error)
{
  if (pending->kind == BALLAST_FOUND_FILE)
    return emit_image (reading, pending, error);

  return report_line (reading, ballast_found_kind_get_problem (pending->kind), pending->file, pending->line,
                      pending->path, pending->detail, error);
}

static gboolean
flush (Reading *reading,
       GError **error)
{
  g_autoptr(GPtrArray) holder = g_ptr_array_new_with_free_func (pending_free);
  Pending *pending = g_steal_pointer (&reading->current);

  if (pending == NULL || g_hash_table_contains (reading->by_path, pending->path))
    return TRUE;
  g_ptr_array_add (holder, pending);

  return emit (reading, pending, error);
}

static Pending *
pending_new (Reading    *reading,
             const char *path,
             char       *resolved)
{
  Pending *pending = g_new0 (Pending, 1);
  BallastFound found;

  ballast_image_finder_find (reading->finder, path, &found);
  pending->path = resolved;
  pending->kind = found.kind;
  pending->detail = found.detail;
  pending->is_link = found.is_link;
  pending->split = -1;
  if (found.kind == BALLAST_FOUND_FILE)
    {
      pending->folder = g_strdup (found.folder);
      pending->name = g_strdup (found.name);
    }
  pending->labels = g_array_new (FALSE, FALSE, sizeof (BallastImportLabel));
  pending->line = ballast_table_get_line (reading->table);
  pending->file = reading->file;

  return pending;
}

/* Makes the image of the row the current one. */
static gboolean
select_image (Reading *reading,
              GError **error)
{
  const char *path = ballast_manifest_columns_get_path (&reading->columns, reading->table);
  g_autofree char *resolved = ballast_manifest_file_resolve (reading->file, reading->root, path);
  gboolean comes_again;

  if (reading->current != NULL && strcmp (reading->current->path, resolved) == 0)
    return TRUE;
  if (!flush (reading, error))
    return FALSE;
  reading->current = g_hash_table_lookup (reading->by_path, resolved);
  if (reading->current != NULL)
    return TRUE;

  comes_again = ballast_repeat_finder_get (reading->survey->repeats, resolved);
  reading->current = pending_new (reading, path, g_steal_pointer (&resolved));
  if (comes_again)
    {
      g_ptr_array_add (reading->held, reading->current);
      g_hash_table_insert (reading->by_path, reading->current->path, reading->current);
    }

  return TRUE;
}

static gboolean
add_split (Reading *reading,
           GError **error)
{
  Pending *pending = reading->current;
  GPtrArray *names = reading->survey->splits.names;
  const char *name = reading->file->split;
  g_autofree char *detail = NULL;
  int split;

  if (name == NULL)
    name = ballast_manifest_columns_get_split (&reading->columns, reading->table);
  if (*name == '\0')
    return TRUE;
  split = ballast_name_counter_find (&reading->survey->splits, name);
  if (pending->split < 0 || pending->split == split)
    {
      pending->split = split;
      return TRUE;
    }
  detail = g_strdup_printf ("named in %s and in %s; taken as %s",
                            (char *) names->pdata[pending->split], name,
                            (char *) names->pdata[pending->split]);

  return report (reading, BALLAST_PROBLEM_SPLIT_LEAK, pending->path, detail, error);
}

/* The first row that says something. */
static void
take_group (Reading *reading)
{
  const char *group = ballast_manifest_columns_get_group (&reading->columns, reading->table);

  if (*group != '\0' && reading->current->group == NULL)
    reading->current->group = g_utf8_make_valid (group, -1);
}

static void
add_label (Reading          *reading,
           const char       *text,
           const BallastBox *box)
{
  GArray *labels = reading->current->labels;
  int index = ballast_name_counter_find (&reading->survey->labels, text);
  BallastImportLabel label = { .class_index = -1, .has_box = box != NULL };

  /* The file has changed since the survey: the next import will have it. */
  if (index < 0)
    return;
  label.class_index = g_array_index (reading->class_of, int, index);
  label.place = ballast_table_get_line (reading->table);
  if (box != NULL)
    label.box = *box;
  for (guint i = 0; i < labels->len && box == NULL; i++)
    if (g_array_index (labels, BallastImportLabel, i).class_index == label.class_index)
      return;
  g_array_append_val (labels, label);
}

static gboolean
report_bad_row (Reading    *reading,
                const char *reason,
                GError    **error)
{
  return report_line (reading, BALLAST_PROBLEM_BAD_LINE, reading->file,
                      ballast_table_get_line (reading->table), reading->file->name, reason, error);
}

/* One label a box; what has no partner is told of.  Without any box labels are of the whole picture. */
static gboolean
add_pairs (Reading *reading,
           GError **error)
{
  guint n = MIN (reading->labels->len, reading->boxes->len);
  g_autofree char *detail = NULL;

  for (guint i = 0; reading->boxes->len == 0 && i < reading->labels->len; i++)
    if (*(char *) reading->labels->pdata[i] != '\0')
      add_label (reading, reading->labels->pdata[i], NULL);

  for (guint i = 0; i < n; i++)
    {
      const BallastManifestBox *box = &g_array_index (reading->boxes, BallastManifestBox, i);
      const char *label = reading->labels->pdata[i];

      if (!box->is_bad && *label != '\0')
        add_label (reading, label, box->is_none ? NULL : &box->box);
      else if (!report_bad_row (reading, box->is_bad ? "its box is not four numbers"
                                                     : "a box has no class", error))
        return FALSE;
    }
  if (reading->labels->len == reading->boxes->len || reading->boxes->len == 0)
    return TRUE;
  detail = g_strdup_printf ("%u boxes and %u classes", reading->boxes->len, reading->labels->len);

  return report_bad_row (reading, detail, error);
}

static gboolean
add_labels (Reading *reading,
            GError **error)
{
  const BallastManifestBoxes *columns = &reading->columns.boxes;
  const BallastManifestBox *box;

  g_ptr_array_set_size (reading->labels, 0);
  g_array_set_size (reading->boxes, 0);
  ballast_manifest_boxes_get (columns, reading->table, reading->boxes);
  if (columns->is_list)
    {
      ballast_manifest_columns_list_labels (&reading->columns, reading->table, reading->labels);
      return add_pairs (reading, error);
    }
  ballast_manifest_columns_get_labels (&reading->columns, reading->table, reading->labels);
  box = reading->boxes->len > 0 ? &g_array_index (reading->boxes, BallastManifestBox, 0) : NULL;
  if (box != NULL && box->is_bad)
    return report_bad_row (reading, "its box is not four numbers", error);
  for (guint i = 0; i < reading->labels->len; i++)
    add_label (reading, reading->labels->pdata[i], box != NULL ? &box->box : NULL);

  return TRUE;
}

static gboolean
read_row (Reading *reading,
          GError **error)
{
  g_autofree char *wrong = NULL;

  ballast_manifest_columns_find (&reading->columns, reading->table);
  wrong = ballast_manifest_columns_check (&reading->columns, reading->table);
  if (wrong != NULL)
    return report_bad_row (reading, wrong, error);
  if (!select_image (reading, error) || !add_split (reading, error))
    return FALSE;
  take_group (reading);
  reading->has_boxes |= reading->columns.boxes.form >= 0;
  reading->current->in_shares = ballast_manifest_boxes_has_shares (&reading->columns.boxes);

  return add_labels (reading, error);
}

static void
report_progress (Reading *reading)
{
  BallastProgressState state = { reading->summary->images, reading->survey->images,
                                 reading->bytes_before, reading->survey->size };

  if (++reading->n_rows % PROGRESS_INTERVAL != 0)
    return;
  state.bytes_done += ballast_table_get_done (reading->table);
  ballast_progress_report (reading->request->progress, &state);
}

static gboolean
read_rows (Reading *reading,
           GError **error)
{
  BallastTableStep step;

  while ((step = ballast_table_next (reading->table, reading->cancellable, error))
         != BALLAST_TABLE_END)
    {
      gboolean is_done = FALSE;

      if (step == BALLAST_TABLE_BAD)
        is_done = report_line (reading, BALLAST_PROBLEM_BAD_LINE, reading->file,
                               ballast_table_get_line (reading->table), reading->file->name,
                               ballast_table_get_reason (reading->table), error);
      else if (step == BALLAST_TABLE_ROW)
        is_done = read_row (reading, error);
      if (!is_done || g_cancellable_set_error_if_cancelled (reading->cancellable, error))
        return FALSE;
      report_progress (reading);
    }

  return flush (reading, error);
}

static gboolean
read_file (Reading                   *reading,
           const BallastManifestFile *file,
           GError                   **error)
{
  gboolean is_done;

  reading->file = file;
  reading->table = ballast_manifest_file_open (file, reading->request->options, error);
  if (reading->table == NULL)
    return FALSE;
  ballast_image_finder_set_base (reading->finder, file->base);
  ballast_manifest_columns_init (&reading->columns, reading->request->options);
  is_done = read_rows (reading, error);
  reading->bytes_before += ballast_table_get_size (reading->table);
  ballast_manifest_columns_clear (&reading->columns);
  g_clear_pointer (&reading->table, ballast_table_free);

  return is_done;
}

static gboolean
report_empty_classes (Reading *reading,
                      GError **error)
{
  for (guint i = 0; i < reading->class_names->len; i++)
    {
      g_autofree char *detail = NULL;

      if (g_array_index (reading->class_counts, guint64, i) > 0)
        continue;
      detail = g_strdup_printf ("the class “%s” has no image",
                                (char *) reading->class_names->pdata[i]);
      if (!report (reading, BALLAST_PROBLEM_EMPTY_CLASS, NULL, detail, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_all (Reading *reading,
          GError **error)
{
  for (guint i = 0; i < reading->files->len; i++)
    if (!read_file (reading, reading->files->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < reading->held->len; i++)
    if (!emit (reading, reading->held->pdata[i], error))
      return FALSE;

  return report_empty_classes (reading, error);
}

static gboolean
report_odd_labels (Reading *reading,
                   GError **error)
{
  GPtrArray *names = reading->survey->labels.names;

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *shown = NULL;
      g_autofree char *detail = NULL;

      if (ballast_name_is_plain (names->pdata[i]))
        continue;
      shown = ballast_path_display (names->pdata[i]);
      detail = g_strdup_printf ("the label “%s” is no plain text in UTF-8", shown);
      if (!report (reading, BALLAST_PROBLEM_ODD_NAME, NULL, detail, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
declare (Reading *reading,
         GError **error)
{
  const BallastImportOptions *options = reading->request->options;
  g_autoptr(GPtrArray) splits = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *names_path = NULL;

  for (guint i = 0; i < reading->survey->splits.names->len; i++)
    g_ptr_array_add (splits, ballast_path_display (reading->survey->splits.names->pdata[i]));
  if (options->class_names != NULL)
    {
      names_path = ballast_manifest_dup_class_names (reading->request->path, options);
      reading->class_names = ballast_manifest_classes_from_file (
        names_path, reading->survey->labels.names, reading->class_of);
    }
  if (reading->class_names == NULL)
    reading->class_names = ballast_manifest_classes_from_labels (reading->survey->labels.names,
                                                                 reading->class_of);
  g_array_set_size (reading->class_counts, reading->class_names->len);

  return ballast_import_declare_splits (reading->request->sink, splits, reading->split_indices,
                                        error)
         && ballast_import_declare_classes (reading->request->sink, reading->summary,
                                            reading->class_names, reading->class_indices, error)
         && report_odd_labels (reading, error);
}

static gboolean
begin (Reading *reading,
       GError **error)
{
  g_autofree char *json = ballast_import_options_to_json (reading->request->options);
  BallastImportSource source = { reading->root, "manifest", json };

  return reading->request->sink->begin_source (reading->request->sink->user_data, &source, error)
         && declare (reading, error) && read_all (reading, error);
}

static gboolean
read_with (Reading     *reading,
           BallastWalk *walk,
           GError     **error)
{
  const BallastImportOptions *options = reading->request->options;
  g_autoptr(BallastImageFinder) finder
    = ballast_image_finder_new (walk, "", options->search_names, options->add_ending);
  g_autoptr(GArray) class_of = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(GArray) class_indices = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(GArray) class_counts = g_array_new (FALSE, TRUE, sizeof (guint64));
  g_autoptr(GArray) split_indices = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) boxes = g_array_new (FALSE, FALSE, sizeof (BallastManifestBox));
  g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func (pending_free);
  g_autoptr(GHashTable) by_path = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean is_done;

  reading->finder = finder;
  reading->class_of = class_of;
  reading->class_indices = class_indices;
  reading->class_counts = class_counts;
  reading->split_indices = split_indices;
  reading->labels = labels;
  reading->boxes = boxes;
  reading->held = held;
  reading->by_path = by_path;
  is_done = begin (reading, error);
  g_clear_pointer (&reading->class_names, g_ptr_array_unref);
  if (reading->current != NULL && !g_hash_table_contains (by_path, reading->current->path))
    pending_free (reading->current);

  return is_done;
}

static gboolean
manifest_read (const BallastImportRequest *request,
               BallastImportSummary       *summary,
               GCancellable               *cancellable,
               GError                    **error)
{
  g_autofree char *root = ballast_manifest_dup_root (request->path, request->options);
  g_autoptr(GPtrArray) files = ballast_manifest_list_files (request->path, request->options);
  g_autoptr(BallastWalk) walk = ballast_walk_new (root, request->options->follow_links, error);
  g_autoptr(BallastManifestSurvey) survey = NULL;
  BallastManifestScope scope = { root, files, request->options, request->progress, 0 };
  Reading reading = { .request = request, .summary = summary, .cancellable = cancellable };

  if (walk == NULL)
    return FALSE;
  if (files->len == 0)
    {
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS,
                   _("It is not known which files of “%s” are manifests"), request->path);
      return FALSE;
    }
  survey = ballast_manifest_survey_new (&scope, cancellable, error);
  if (survey == NULL)
    return FALSE;
  reading.root = root;
  reading.files = files;
  reading.survey = survey;

  return read_with (&reading, walk, error);
}

const BallastImporter ballast_importer_manifest = {
  .name = "manifest",
  .title = N_("Manifest"),
  .recognise = ballast_manifest_recognise,
  .read = manifest_read,
};
