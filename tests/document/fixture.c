/*
 * What the tests of document/ share: a folder, pictures made in code, waiting.
 */
#include "config.h"

#include "fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "ballast-encode.h"
#include "ballast-problem-list.h"

void
fixture_init (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  *fixture = (Fixture) { .root = g_dir_make_tmp ("ballast-document-XXXXXX", &error) };
  g_assert_no_error (error);
  fixture->data = fixture_path (fixture, "data");
  fixture->project = fixture_path (fixture, "project.ballast");
  g_assert_cmpint (g_mkdir (fixture->data, 0755), ==, 0);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_chmod (path, 0700);
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }
  g_remove (path);
}

void
fixture_clear (Fixture *fixture)
{
  if (fixture->root == NULL)
    return;
  fixture_close (fixture);
  g_clear_object (&fixture->result);
  remove_tree (fixture->root);
  g_free (fixture->root);
  g_free (fixture->data);
  g_free (fixture->project);
}

char *
fixture_path (Fixture    *fixture,
              const char *name)
{
  return g_build_filename (fixture->root, name, NULL);
}

/* A picture that no other seed makes: smooth, with a spot, so that JPEG does not flatten it. */
static BallastRaster *
paint (guint seed,
       guint width,
       guint height)
{
  BallastRaster *raster = ballast_raster_new (width, height, 3, 8);
  guint32 state = seed * 2654435761u + 12345;

  for (guint y = 0; y < height; y++)
    {
      guint8 *row = ballast_raster_get_row (raster, y);

      for (guint x = 0; x < width; x++)
        {
          state = state * 1664525u + 1013904223u;
          row[3 * x] = (x * 255 / width + seed * 37) & 0xff;
          row[3 * x + 1] = (y * 255 / height + (state >> 28)) & 0xff;
          row[3 * x + 2] = (seed * 91 + (state >> 27)) & 0xff;
        }
    }
  return raster;
}

static void
make_parent (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
}

void
fixture_bytes (Fixture    *fixture,
               const char *name,
               const char *bytes,
               gssize      length)
{
  g_autofree char *path = g_build_filename (fixture->data, name, NULL);
  g_autoptr(GError) error = NULL;

  make_parent (path);
  g_file_set_contents_full (path, bytes, length, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
}

void
fixture_picture_sized (Fixture    *fixture,
                       const char *name,
                       guint       seed,
                       guint       width,
                       guint       height)
{
  g_autoptr(BallastRaster) raster = paint (seed, width, height);
  BallastEncodeOptions options = BALLAST_ENCODE_OPTIONS_INIT;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  options.format = g_str_has_suffix (name, ".jpg") ? BALLAST_FORMAT_JPEG : BALLAST_FORMAT_PNG;
  bytes = ballast_encode_bytes (raster, &options, &error);
  g_assert_no_error (error);
  fixture_bytes (fixture, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
fixture_picture (Fixture    *fixture,
                 const char *name,
                 guint       seed)
{
  fixture_picture_sized (fixture, name, seed, 64, 48);
}

void
fixture_pictures (Fixture    *fixture,
                  const char *folder,
                  guint       n,
                  guint       first)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%03u.jpg", folder, i);

      fixture_picture (fixture, name, first + i);
    }
}

void
fixture_on_done (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_assert_null (fixture->result);
  fixture->result = g_object_ref (result);
}

GAsyncResult *
fixture_wait (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fixture->result;
}

void
fixture_edited (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  ballast_document_edit_finish (fixture->document, fixture_wait (fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
}

void
fixture_create (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  ballast_document_create_async (fixture->project, NULL, fixture_on_done, fixture);
  fixture->document = ballast_document_create_finish (fixture_wait (fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
}

void
fixture_open (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  ballast_document_open_async (fixture->project, NULL, fixture_on_done, fixture);
  fixture->document = ballast_document_open_finish (fixture_wait (fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
}

void
fixture_close (Fixture *fixture)
{
  if (fixture->document == NULL)
    return;
  ballast_document_close (fixture->document);
  while (g_main_context_iteration (NULL, FALSE));
  g_clear_object (&fixture->document);
  while (g_main_context_iteration (NULL, FALSE));
}

BallastImportResult
fixture_import (Fixture *fixture)
{
  g_autoptr(BallastJob) job = ballast_document_import (fixture->document, fixture->data, NULL, NULL);
  g_autoptr(GError) error = NULL;

  ballast_job_wait (job, &error);
  g_assert_no_error (error);
  return *(BallastImportResult *) ballast_job_get_result (job);
}

gint64
fixture_class (Fixture    *fixture,
               const char *name)
{
  const BallastClassTally *class;

  class = ballast_tally_find_class (ballast_document_get_tally (fixture->document), name);
  g_assert_nonnull (class);
  return class->id;
}

void
fixture_assert_counts (Fixture    *fixture,
                       const char *counts)
{
  BallastTally *tally = ballast_document_get_tally (fixture->document);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < tally->n_classes; i++)
    g_string_append_printf (text, "%s%s %" G_GUINT64_FORMAT, i == 0 ? "" : ", ",
                            tally->classes[i].name, tally->classes[i].total.images);
  g_assert_cmpstr (text->str, ==, counts);
}

void
fixture_assert_problems (Fixture    *fixture,
                         const char *problems)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GListModel) groups = NULL;
  g_autoptr(GError) error = NULL;

  ballast_problem_list_query_async (fixture->document, NULL, fixture_on_done, fixture);
  groups = ballast_problem_list_query_finish (fixture_wait (fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);

  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr(BallastProblemGroup) group = g_list_model_get_item (groups, i);

      g_string_append_printf (text, "%s%s %" G_GUINT64_FORMAT, i == 0 ? "" : ", ",
                              ballast_problem_kind_get_name (ballast_problem_group_get_kind (group)),
                              ballast_problem_group_get_count (group));
    }
  g_assert_cmpstr (text->str, ==, problems);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
hash_folder (GChecksum  *checksum,
             const char *path,
             const char *relative)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);
      g_autofree char *below = g_build_filename (relative, g_ptr_array_index (names, i), NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_checksum_update (checksum, (const guchar *) below, strlen (below) + 1);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        hash_folder (checksum, child, below);
      else if (g_file_get_contents (child, &bytes, &length, NULL))
        g_checksum_update (checksum, (const guchar *) bytes, length);
    }
}

char *
fixture_hash_tree (const char *path)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  hash_folder (checksum, path, "");
  return g_strdup (g_checksum_get_string (checksum));
}
