/*
 * Checks an exported hierarchy: all of its datasets, one after the other.
 *
 * hierarchy.json comes from outside again: folders that lead out of it are refused.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-hierarchy-verify.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-export-error.h"
#include "ballast-hierarchy-routing.h"
#include "ballast-json.h"
#include "ballast-manifest.h"
#include "ballast-path.h"

static gboolean
is_file (const char *folder,
         const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static char **
refuse (const char *path,
        GError    **error)
{
  g_autofree char *display = ballast_path_display (path);

  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN,
               _("“%s” does not say which datasets there are"), display);
  return NULL;
}

/* (transfer full): the folders of the datasets; NULL with @error. */
static char **
read_folders (const char *dest,
              GError    **error)
{
  g_autofree char *path = g_build_filename (dest, BALLAST_HIERARCHY_JSON_NAME, NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GStrvBuilder) folders = g_strv_builder_new ();
  JsonNode *datasets = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  root = ballast_json_parse (text, -1, error);
  if (root == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (root))
    datasets = json_object_get_member (json_node_get_object (root), "datasets");
  if (datasets == NULL || !JSON_NODE_HOLDS_ARRAY (datasets))
    return refuse (path, error);

  for (guint i = 0; i < json_array_get_length (json_node_get_array (datasets)); i++)
    {
      JsonNode *entry = json_array_get_element (json_node_get_array (datasets), i);
      JsonNode *folder = JSON_NODE_HOLDS_OBJECT (entry)
                           ? json_object_get_member (json_node_get_object (entry), "folder") : NULL;

      if (folder == NULL || json_node_get_value_type (folder) != G_TYPE_STRING ||
          !ballast_path_is_safe (json_node_get_string (folder)))
        return refuse (path, error);
      g_strv_builder_add (folders, json_node_get_string (folder));
    }
  return g_strv_builder_end (folders);
}

static void
add_missing (BallastVerifyResult *result,
             const char          *folder)
{
  BallastVerifyFinding *finding = g_new0 (BallastVerifyFinding, 1);

  finding->kind = BALLAST_VERIFY_MISSING;
  finding->path = g_strdup (folder);
  g_ptr_array_add (result->findings, finding);
}

/* Moves what was found in @folder into @result.  Takes @found. */
static void
take_findings (BallastVerifyResult *result,
               BallastVerifyResult *found,
               const char          *folder)
{
  g_autoptr(BallastVerifyResult) owned = found;

  result->files += owned->files;
  result->bytes += owned->bytes;
  result->listed += owned->listed;
  while (owned->findings->len > 0)
    {
      BallastVerifyFinding *finding = g_ptr_array_steal_index (owned->findings, 0);
      char *path = g_build_filename (folder, finding->path, NULL);

      g_free (finding->path);
      finding->path = path;
      g_ptr_array_add (result->findings, finding);
    }
}

static gboolean
verify_folders (const char            *dest,
                char                 **folders,
                BallastVerifyResult   *result,
                GCancellable          *cancellable,
                const BallastProgress *progress,
                GError               **error)
{
  for (char **folder = folders; *folder != NULL; folder++)
    {
      g_autofree char *path = g_build_filename (dest, *folder, NULL);
      BallastVerifyResult *found;

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          add_missing (result, *folder);
          continue;
        }
      found = ballast_verify_folder (path, cancellable, progress, error);
      if (found == NULL)
        return FALSE;
      take_findings (result, found, *folder);
    }
  return TRUE;
}

BallastVerifyResult *
ballast_verify_any (const char            *dest,
                    GCancellable          *cancellable,
                    const BallastProgress *progress,
                    GError               **error)
{
  g_autoptr(BallastVerifyResult) result = NULL;
  g_auto(GStrv) folders = NULL;

  if (is_file (dest, BALLAST_MANIFEST_NAME) || !is_file (dest, BALLAST_HIERARCHY_JSON_NAME))
    return ballast_verify_folder (dest, cancellable, progress, error);

  folders = read_folders (dest, error);
  if (folders == NULL)
    return NULL;
  result = ballast_verify_result_new ();
  if (!verify_folders (dest, folders, result, cancellable, progress, error))
    return NULL;
  return g_steal_pointer (&result);
}
