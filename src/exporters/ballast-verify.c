/*
 * Checks a dataset against what its manifest says of it.
 *
 * First what ballast.json names, then the manifest and every file that it names, then the folder for
 * files that nobody names.  Files in archives are as whole as their archives, which are compared as
 * one.  Memory: 16 bytes a file.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-verify.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-export-error.h"
#include "ballast-export-file.h"
#include "ballast-export-files.h"
#include "ballast-export-names.h"
#include "ballast-export-run-private.h"
#include "ballast-json-members.h"
#include "ballast-json.h"
#include "ballast-manifest.h"
#include "ballast-path.h"

#define MAX_DEPTH 256

static const char *const kind_names[] = { "missing", "changed", "extra" };

typedef struct
{
  int                    dir_fd;
  BallastVerifyResult   *result;
  BallastNameSet        *known;
  GCancellable          *cancellable;
  const BallastProgress *progress;
  BallastProgressState   state;
} Check;

static void
finding_free (gpointer data)
{
  BallastVerifyFinding *finding = data;

  g_free (finding->path);
  g_free (finding->detail);
  g_free (finding);
}

static void
find (Check            *check,
      BallastVerifyKind kind,
      const char       *path,
      const char       *detail)
{
  BallastVerifyFinding *finding = g_new (BallastVerifyFinding, 1);

  *finding = (BallastVerifyFinding){ kind, g_strdup (path), g_strdup (detail) };
  g_ptr_array_add (check->result->findings, finding);
}

/* Compares one file; FALSE only where cancelled. */
static gboolean
check_file (Check      *check,
            const char *path,
            const char *expected,
            GError    **error)
{
  g_autoptr(GError) local = NULL;
  char sha256[65];
  guint64 size = 0;

  if (!ballast_path_is_safe (path))
    {
      find (check, BALLAST_VERIFY_CHANGED, path, "leads out of the folder");
      return TRUE;
    }

  ballast_name_set_add (check->known, path);
  if (!ballast_export_file_hash (check->dir_fd, path, sha256, &size, check->cancellable, &local))
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      find (check,
            g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? BALLAST_VERIFY_MISSING
                                                                      : BALLAST_VERIFY_CHANGED,
            path, g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? NULL
                                                                            : local->message);
      return TRUE;
    }

  if (strcmp (sha256, expected) != 0)
    find (check, BALLAST_VERIFY_CHANGED, path, NULL);
  check->result->files++;
  check->result->bytes += size;
  check->state.items_done++;
  check->state.bytes_done += size;
  ballast_progress_report (check->progress, &check->state);
  return TRUE;
}

/* TRUE where the file lies in an archive whose digest was compared: ballast.json tells it. */
static gboolean
is_in_archive (const Check *check,
               const char  *path)
{
  const char *slash = strchr (path, '/');
  g_autofree char *archive = slash != NULL ? g_strndup (path, (gsize) (slash - path)) : NULL;

  return archive != NULL && g_str_has_suffix (archive, ".tar") &&
         ballast_name_set_contains (check->known, archive);
}

static gboolean
check_row (const BallastManifestRow *row,
           gpointer                  user_data,
           GError                  **error)
{
  Check *check = user_data;

  if (g_cancellable_set_error_if_cancelled (check->cancellable, error))
    return FALSE;
  if (is_in_archive (check, row->path))
    {
      check->result->packed++;
      return TRUE;
    }
  if (*row->sha256 != '\0')
    return check_file (check, row->path, row->sha256, error);

  check->result->listed++;
  if (faccessat (AT_FDCWD, row->path, F_OK, 0) != 0)
    find (check, BALLAST_VERIFY_MISSING, row->path, "an original that is only listed");
  return TRUE;
}

static JsonNode *
load_info (int      dir_fd,
           GError **error)
{
  int fd = openat (dir_fd, BALLAST_EXPORT_INFO_NAME,
                   O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  g_autoptr(GString) text = g_string_new (NULL);
  char piece[16384];
  ssize_t n_read = -1;

  if (fd < 0)
    {
      ballast_export_file_fail (error, _("Cannot open"), BALLAST_EXPORT_INFO_NAME, errno);
      return NULL;
    }

  while (text->len <= BALLAST_JSON_MAX_BYTES && (n_read = read (fd, piece, sizeof piece)) > 0)
    g_string_append_len (text, piece, n_read);
  close (fd);

  return ballast_json_parse (text->str, (gssize) text->len, error);
}

/* (transfer none) (nullable): a text member, or NULL where it is none. */
static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static JsonObject *
get_object (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The files beside the images, as ballast.json tells of them. */
static gboolean
check_extras (Check      *check,
              JsonObject *info,
              GError    **error)
{
  JsonNode *node = json_object_get_member (info, "files");
  JsonArray *files;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return TRUE;

  files = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      JsonNode *element = json_array_get_element (files, i);
      JsonObject *file = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      const char *path = get_text (file, "path"), *sha256 = get_text (file, "sha256");

      if (path != NULL && sha256 != NULL && !check_file (check, path, sha256, error))
        return FALSE;
    }

  return TRUE;
}

/* Those of them that lie in folders have a list of their own. */
static gboolean
check_files (Check   *check,
             GError **error)
{
  g_autoptr(GError) local = NULL;

  if (!ballast_name_set_contains (check->known, BALLAST_EXPORT_FILES_NAME) ||
      ballast_manifest_foreach (check->dir_fd, BALLAST_EXPORT_FILES_NAME, check_row, check,
                                check->cancellable, &local))
    return TRUE;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  find (check, BALLAST_VERIFY_CHANGED, BALLAST_EXPORT_FILES_NAME, local->message);
  return TRUE;
}

static gboolean
check_manifest (Check      *check,
                JsonObject *info,
                GError    **error)
{
  const char *expected = get_text (get_object (info, "manifest"), "sha256");
  g_autoptr(GError) local = NULL;

  if (!check_file (check, BALLAST_MANIFEST_NAME, expected != NULL ? expected : "", error))
    return FALSE;
  if (ballast_manifest_foreach (check->dir_fd, BALLAST_MANIFEST_NAME, check_row, check,
                                check->cancellable, &local))
    return TRUE;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (local->domain == BALLAST_EXPORT_ERROR)
    find (check, BALLAST_VERIFY_CHANGED, BALLAST_MANIFEST_NAME, local->message);

  return TRUE;
}

static void walk (Check      *check,
                  int         fd,
                  const char *folder,
                  guint       depth);

static void
walk_entry (Check      *check,
            int         fd,
            const char *path,
            const char *name,
            guint       depth)
{
  struct stat info;
  int child;

  if (fstatat (fd, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return;
  if (!S_ISDIR (info.st_mode))
    {
      if (!ballast_name_set_contains (check->known, path))
        find (check, BALLAST_VERIFY_EXTRA, path, NULL);
      return;
    }

  child = depth < MAX_DEPTH ? openat (fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                            : -1;
  if (child < 0)
    find (check, BALLAST_VERIFY_EXTRA, path, "a folder that cannot be read");
  else
    walk (check, child, path, depth + 1);
}

/* Takes @fd. */
static void
walk (Check      *check,
      int         fd,
      const char *folder,
      guint       depth)
{
  DIR *listing = fdopendir (fd);
  struct dirent *entry;

  if (listing == NULL)
    {
      close (fd);
      return;
    }

  while ((entry = readdir (listing)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      {
        g_autofree char *path = ballast_path_join (folder, entry->d_name);

        walk_entry (check, dirfd (listing), path, entry->d_name, depth);
      }
  closedir (listing);
}

static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  const BallastVerifyFinding *left = *(BallastVerifyFinding *const *) a;
  const BallastVerifyFinding *right = *(BallastVerifyFinding *const *) b;
  int order = strcmp (left->path, right->path);

  return order != 0 ? order : (int) left->kind - (int) right->kind;
}

static gboolean
run_check (Check      *check,
           const char *dest,
           GError    **error)
{
  g_autofree char *shown = ballast_path_display (dest);
  g_autoptr(GError) local = NULL;
  g_autoptr(JsonNode) node = load_info (check->dir_fd, &local);
  JsonObject *info = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                   : NULL;
  int walk_fd;

  if (info == NULL || g_strcmp0 (get_text (info, "format"), "ballast-dataset") != 0)
    {
      g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN,
                   _("“%s” holds no dataset written by Ballast%s%s"), shown,
                   local != NULL ? ": " : "", local != NULL ? local->message : "");
      return FALSE;
    }

  ballast_name_set_add (check->known, BALLAST_EXPORT_INFO_NAME);
  if (!check_extras (check, info, error) || !check_manifest (check, info, error) ||
      !check_files (check, error))
    return FALSE;

  walk_fd = openat (check->dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (walk_fd >= 0)
    walk (check, walk_fd, "", 0);
  g_ptr_array_sort (check->result->findings, compare_findings);
  return TRUE;
}

BallastVerifyResult *
ballast_verify_result_new (void)
{
  BallastVerifyResult *result = g_new0 (BallastVerifyResult, 1);

  result->findings = g_ptr_array_new_with_free_func (finding_free);
  return result;
}

BallastVerifyResult *
ballast_verify_folder (const char            *dest,
                       GCancellable          *cancellable,
                       const BallastProgress *progress,
                       GError               **error)
{
  g_autoptr(BallastVerifyResult) result = ballast_verify_result_new ();
  g_autoptr(BallastNameSet) known = ballast_name_set_new ();
  int fd = open (dest, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  Check check = { fd, result, known, cancellable, progress, { 0 } };
  gboolean done;

  if (fd < 0)
    {
      ballast_export_file_fail (error, _("Cannot open the folder"), dest, errno);
      return NULL;
    }

  done = run_check (&check, dest, error);
  close (fd);
  return done ? g_steal_pointer (&result) : NULL;
}

void
ballast_verify_result_free (BallastVerifyResult *result)
{
  g_ptr_array_unref (result->findings);
  g_free (result);
}

const char *
ballast_verify_kind_get_name (BallastVerifyKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

static void
add_finding (JsonBuilder                *builder,
             const BallastVerifyFinding *finding)
{
  g_autofree char *path = ballast_path_display (finding->path);

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "kind", ballast_verify_kind_get_name (finding->kind));
  ballast_json_add_string (builder, "path", path);
  json_builder_set_member_name (builder, "detail");
  if (finding->detail != NULL)
    json_builder_add_string_value (builder, finding->detail);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

JsonNode *
ballast_verify_result_to_json (const BallastVerifyResult *result)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ballast_json_add_boolean (builder, "ok", result->findings->len == 0);
  ballast_json_add_int (builder, "files", result->files);
  ballast_json_add_int (builder, "bytes", result->bytes);
  ballast_json_add_int (builder, "listed", result->listed);
  ballast_json_add_int (builder, "packed", result->packed);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < result->findings->len; i++)
    add_finding (builder, g_ptr_array_index (result->findings, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
