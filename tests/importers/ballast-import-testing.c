#include "ballast-import-testing.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-import-error.h"
#include "ballast-path.h"
#include "ballast-shape.h"

static void
make_folders (const char *root,
              const char *path)
{
  g_autofree char *full = g_build_filename (root, path, NULL);

  g_assert_cmpint (g_mkdir_with_parents (full, 0755), ==, 0);
}

static void
make_entry (BallastTree *tree,
            const char  *word)
{
  g_autofree char *bytes = g_uri_unescape_string (word, NULL);
  gsize length = strlen (bytes);
  char *target = strchr (bytes, '>');
  g_autofree char *folder = NULL;
  g_autofree char *full = NULL;

  if (bytes[length - 1] == '/')
    {
      make_folders (tree->root, bytes);
      return;
    }
  if (target != NULL)
    *target++ = '\0';
  folder = g_path_get_dirname (bytes);
  make_folders (tree->root, folder);
  if (target != NULL)
    {
      full = g_build_filename (tree->root, bytes, NULL);
      g_assert_cmpint (symlink (target, full), ==, 0);
    }
  else if (bytes[length - 1] == '|')
    {
      bytes[length - 1] = '\0';
      full = g_build_filename (tree->root, bytes, NULL);
      g_assert_cmpint (mkfifo (full, 0600), ==, 0);
    }
  else
    ballast_tree_write (tree, bytes, "data");
}

BallastTree *
ballast_tree_new (const char *text)
{
  BallastTree *tree = g_new0 (BallastTree, 1);
  g_auto(GStrv) words = g_strsplit_set (text, " \n", -1);
  g_autofree char *made = g_dir_make_tmp ("ballast-XXXXXX", NULL);

  tree->root = realpath (made, NULL);
  g_assert_nonnull (tree->root);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      make_entry (tree, words[i]);

  return tree;
}

char *
ballast_tree_path (BallastTree *tree,
                   const char  *name)
{
  return name == NULL ? g_strdup (tree->root) : g_build_filename (tree->root, name, NULL);
}

void
ballast_tree_write_bytes (BallastTree *tree,
                          const char  *name,
                          const char  *bytes,
                          gsize        length)
{
  g_autofree char *path = ballast_tree_path (tree, name);
  g_autoptr(GError) error = NULL;

  g_remove (path);
  g_file_set_contents_full (path, bytes, length, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
}

void
ballast_tree_write (BallastTree *tree,
                    const char  *name,
                    const char  *text)
{
  ballast_tree_write_bytes (tree, name, text, strlen (text));
}

static void
remove_all (const char *path)
{
  GDir *dir;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *below = g_build_filename (path, name, NULL);

          remove_all (below);
        }
      g_clear_pointer (&dir, g_dir_close);
    }
  g_remove (path);
}

void
ballast_tree_free (BallastTree *tree)
{
  remove_all (tree->root);
  free (tree->root);
  g_free (tree);
}

typedef struct
{
  GString   *text;
  GPtrArray *classes;
  GPtrArray *splits;
} Record;

static int
intern (Record     *record,
        GPtrArray  *names,
        const char *kind,
        const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (strcmp (names->pdata[i], name) == 0)
      return i;
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_ptr_array_add (names, g_strdup (name));
  g_string_append_printf (record->text, "%s %s\n", kind, name);

  return names->len - 1;
}

static gboolean
begin_source (gpointer                   user_data,
              const BallastImportSource *source,
              GError                   **error)
{
  g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;

  g_assert_true (g_path_is_absolute (source->root));
  g_assert_nonnull (ballast_importer_find (source->importer));

  return ballast_import_options_from_json (&options, source->options_json, error);
}

static int
declare_class (gpointer    user_data,
               const char *name,
               GError    **error)
{
  Record *record = user_data;

  return intern (record, record->classes, "class", name);
}

static int
declare_split (gpointer    user_data,
               const char *name,
               GError    **error)
{
  Record *record = user_data;

  return intern (record, record->splits, "split", name);
}

static void
append_marks (GString            *text,
              const BallastShape *shape)
{
  static const char *const marks[] = { " crowd", " difficult", " truncated", " occluded" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (shape->marks & (1 << i))
      g_string_append (text, marks[i]);
}

/* "cat(1,2,3,4)", with the outline's parts and points, or the mask's size and runs, behind it. */
static void
append_label (Record                   *record,
              const BallastImportLabel *label)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
  const BallastBox *box = &label->box;

  g_string_append_printf (record->text, " %s",
                          (char *) record->classes->pdata[label->class_index]);
  if (label->has_box)
    g_string_append_printf (record->text, "(%.7g,%.7g,%.7g,%.7g)", box->x, box->y, box->width,
                            box->height);
  if (label->n_extra == 0)
    return;
  g_assert_true (ballast_shape_unpack (&shape, label->extra, label->n_extra));
  append_marks (record->text, &shape);
  if (shape.kind == BALLAST_SHAPE_POLYGONS)
    g_string_append_printf (record->text, " polygons %u/%u", shape.n_parts,
                            ballast_shape_get_n_points (&shape));
  else if (shape.kind != BALLAST_SHAPE_NONE)
    g_string_append_printf (record->text, " mask %ux%u/%u", shape.width, shape.height, shape.n_runs);
}

static gboolean
describe_class (gpointer                  user_data,
                int                       class_index,
                const BallastImportClass *description,
                GError                  **error)
{
  Record *record = user_data;

  g_string_append_printf (record->text, "number %s %" G_GINT64_FORMAT "%s%s\n",
                          (char *) record->classes->pdata[class_index], description->number,
                          description->parent != NULL ? " of " : "",
                          description->parent != NULL ? description->parent : "");

  return TRUE;
}

static gboolean
add_image (gpointer                  user_data,
           const BallastImportImage *image,
           GError                  **error)
{
  Record *record = user_data;
  g_autofree char *path = ballast_path_join (image->folder, image->name);
  g_autofree char *shown = ballast_path_display (path);

  g_assert_true (ballast_path_is_safe (path));
  g_string_append_printf (record->text, "image %s", shown);
  if (image->is_link)
    g_string_append (record->text, "@");
  if (image->split >= 0)
    g_string_append_printf (record->text, " [%s]", (char *) record->splits->pdata[image->split]);
  if (image->is_missing)
    g_string_append (record->text, " missing");
  if (image->has_number)
    g_string_append_printf (record->text, " #%" G_GINT64_FORMAT, image->number);
  if (image->width > 0)
    g_string_append_printf (record->text, " %ux%u", image->width, image->height);
  for (guint i = 0; i < image->n_labels; i++)
    append_label (record, &image->labels[i]);
  g_string_append_c (record->text, '\n');

  return TRUE;
}

static gboolean
add_problem (gpointer              user_data,
             const BallastProblem *problem,
             GError              **error)
{
  Record *record = user_data;
  g_autofree char *path = problem->path != NULL ? ballast_path_display (problem->path) : NULL;

  g_string_append_printf (record->text, "problem %s", ballast_problem_kind_get_name (problem->kind));
  if (path != NULL)
    g_string_append_printf (record->text, " %s", path);
  if (problem->detail != NULL)
    g_string_append_printf (record->text, ": %s", problem->detail);
  g_string_append_c (record->text, '\n');

  return TRUE;
}

static const BallastLayoutGuess *
best_guess (GPtrArray *guesses)
{
  return guesses->pdata[0];
}

char *
ballast_import_record (const char                 *path,
                       const char                 *importer,
                       const BallastImportOptions *options)
{
  BallastLayoutQuestion question = { .importer = importer };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) guesses = NULL;
  g_autoptr(GPtrArray) classes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) splits = g_ptr_array_new_with_free_func (g_free);
  Record record = { g_string_new (NULL), classes, splits };
  BallastImportSink sink = { begin_source, declare_class, declare_split,
                             add_image, add_problem, &record, describe_class };
  BallastImportRequest request = { path, options, &sink, NULL };
  const BallastImporter *reader = ballast_importer_find (importer);

  if (options == NULL)
    {
      guesses = ballast_layout_detect (path, &question, NULL, &error);
      if (guesses == NULL)
        {
          g_string_append_printf (record.text, "failed: %s\n", error->message);
          return g_string_free (record.text, FALSE);
        }
      request.options = &best_guess (guesses)->options;
      reader = best_guess (guesses)->importer;
    }
  if (!ballast_importer_read (reader, &request, NULL, NULL, &error))
    g_string_append_printf (record.text, "failed: %s\n", error->message);

  return g_string_free (record.text, FALSE);
}

void
assert_import_with (BallastTree *tree,
                    const char  *name,
                    const char  *importer,
                    const char  *options,
                    const char  *expected)
{
  g_autofree char *path = ballast_tree_path (tree, name);
  g_auto(BallastImportOptions) given = BALLAST_IMPORT_OPTIONS_INIT;
  g_autofree char *record = NULL;

  if (options != NULL)
    g_assert_true (ballast_import_options_from_json (&given, options, NULL));
  record = ballast_import_record (path, importer, options != NULL ? &given : NULL);
  g_assert_cmpstr (record, ==, expected);
}

static void
append_counts (GString *text,
               GArray  *counts)
{
  g_string_append (text, "; ");
  for (guint i = 0; i < counts->len; i++)
    {
      BallastNamedCount *named = &g_array_index (counts, BallastNamedCount, i);

      g_string_append_printf (text, "%s%s %" G_GUINT64_FORMAT, i == 0 ? "" : ", ", named->name,
                              named->count);
    }
}

void
assert_guess (BallastTree *tree,
              const char  *name,
              const char  *expected)
{
  g_autofree char *path = ballast_tree_path (tree, name);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) guesses = ballast_layout_detect (path, NULL, NULL, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  g_string_append (text, best_guess (guesses)->description);
  append_counts (text, best_guess (guesses)->classes);
  append_counts (text, best_guess (guesses)->splits);
  g_assert_cmpstr (text->str, ==, expected);
}

void
assert_no_guess (BallastTree *tree,
                 const char  *name,
                 GQuark       domain,
                 int          code)
{
  g_autofree char *path = ballast_tree_path (tree, name);
  g_autoptr(GError) error = NULL;
  GPtrArray *guesses = ballast_layout_detect (path, NULL, NULL, &error);

  g_assert_null (guesses);
  g_assert_error (error, domain, code);
}

char *
ballast_test_data (const char *name)
{
  const char *given = g_getenv ("BALLAST_TEST_DATA");
  g_autofree char *folder = given != NULL ? g_strdup (given)
                                          : g_test_build_filename (G_TEST_DIST, "..", "..",
                                                                   "shared", "data", NULL);
  char *path = g_build_filename (folder, name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_clear_pointer (&path, g_free);

  return path;
}

void
assert_shared (const char *name,
               const char *file,
               const char *expected)
{
  g_autofree char *path = ballast_test_data (name);
  BallastTree tree = { path };

  if (path == NULL)
    g_test_skip ("the shared data is not here");
  else
    assert_guess (&tree, file, expected);
}
