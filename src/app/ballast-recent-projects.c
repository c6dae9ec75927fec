/*
 * The projects opened lately.
 *
 * A key file of one group a project, at most MAX_PROJECTS of them, written when a project is
 * opened or closed: a few hundred bytes, on the main thread.  A file that cannot be read or
 * written costs the list, never the program.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-recent-projects.h"

#include <string.h>

#define MAX_PROJECTS 8

struct _BallastRecentProject
{
  GObject parent_instance;

  char   *uri;
  char   *name;
  guint64 images;
  double  ratio;
};

G_DEFINE_FINAL_TYPE (BallastRecentProject, ballast_recent_project, G_TYPE_OBJECT)

struct _BallastRecentProjects
{
  GObject parent_instance;

  GPtrArray *projects;
  char      *path;
};

static void ballast_recent_projects_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BallastRecentProjects, ballast_recent_projects, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      ballast_recent_projects_list_model_init))

static void
ballast_recent_project_finalize (GObject *object)
{
  BallastRecentProject *self = BALLAST_RECENT_PROJECT (object);

  g_free (self->uri);
  g_free (self->name);

  G_OBJECT_CLASS (ballast_recent_project_parent_class)->finalize (object);
}

static void
ballast_recent_project_class_init (BallastRecentProjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_recent_project_finalize;
}

static void
ballast_recent_project_init (BallastRecentProject *self)
{
}

static BallastRecentProject *
recent_project_new (const char *uri,
                    guint64     images,
                    double      ratio)
{
  BallastRecentProject *self = g_object_new (BALLAST_TYPE_RECENT_PROJECT, NULL);
  g_autoptr(GFile) file = g_file_new_for_uri (uri);
  g_autofree char *basename = g_file_get_basename (file);

  self->uri = g_strdup (uri);
  self->name = g_filename_display_name (basename != NULL ? basename : uri);
  self->images = images;
  self->ratio = ratio;

  return self;
}

const char *
ballast_recent_project_get_uri (BallastRecentProject *self)
{
  return self->uri;
}

const char *
ballast_recent_project_get_name (BallastRecentProject *self)
{
  return self->name;
}

guint64
ballast_recent_project_get_images (BallastRecentProject *self)
{
  return self->images;
}

double
ballast_recent_project_get_ratio (BallastRecentProject *self)
{
  return self->ratio;
}

char *
ballast_recent_project_dup_folder (BallastRecentProject *self)
{
  g_autoptr(GFile) file = g_file_new_for_uri (self->uri);
  g_autoptr(GFile) parent = g_file_get_parent (file);
  g_autofree char *name = parent != NULL ? g_file_get_parse_name (parent) : g_strdup ("");
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (g_str_has_prefix (name, home) && (name[length] == '/' || name[length] == '\0'))
    return g_strconcat ("~", name + length, NULL);

  return g_steal_pointer (&name);
}

static GType
ballast_recent_projects_get_item_type (GListModel *model)
{
  return BALLAST_TYPE_RECENT_PROJECT;
}

static guint
ballast_recent_projects_get_n_items (GListModel *model)
{
  return BALLAST_RECENT_PROJECTS (model)->projects->len;
}

static gpointer
ballast_recent_projects_get_item (GListModel *model,
                                  guint       position)
{
  BallastRecentProjects *self = BALLAST_RECENT_PROJECTS (model);

  if (position >= self->projects->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->projects, position));
}

static void
ballast_recent_projects_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ballast_recent_projects_get_item_type;
  iface->get_n_items = ballast_recent_projects_get_n_items;
  iface->get_item = ballast_recent_projects_get_item;
}

static void
ballast_recent_projects_finalize (GObject *object)
{
  BallastRecentProjects *self = BALLAST_RECENT_PROJECTS (object);

  g_ptr_array_unref (self->projects);
  g_free (self->path);

  G_OBJECT_CLASS (ballast_recent_projects_parent_class)->finalize (object);
}

static void
ballast_recent_projects_class_init (BallastRecentProjectsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_recent_projects_finalize;
}

static void
ballast_recent_projects_init (BallastRecentProjects *self)
{
  self->projects = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
load (BallastRecentProjects *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_auto(GStrv) uris = NULL;

  if (!g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, NULL))
    return;

  uris = g_key_file_get_groups (file, NULL);
  for (guint i = 0; uris[i] != NULL && self->projects->len < MAX_PROJECTS; i++)
    {
      g_autoptr(GFile) project = g_file_new_for_uri (uris[i]);

      if (!g_file_query_exists (project, NULL))
        continue;
      g_ptr_array_add (self->projects,
                       recent_project_new (uris[i],
                                           g_key_file_get_uint64 (file, uris[i], "images", NULL),
                                           g_key_file_get_double (file, uris[i], "ratio", NULL)));
    }
}

static void
save (BallastRecentProjects *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < self->projects->len; i++)
    {
      BallastRecentProject *project = g_ptr_array_index (self->projects, i);

      g_key_file_set_uint64 (file, project->uri, "images", project->images);
      g_key_file_set_double (file, project->uri, "ratio", project->ratio);
    }

  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, self->path, &error))
    g_info ("The list of recent projects cannot be written: %s", error->message);
}

static gboolean
find (BallastRecentProjects *self,
      const char            *uri,
      guint                 *position)
{
  for (guint i = 0; i < self->projects->len; i++)
    {
      BallastRecentProject *project = g_ptr_array_index (self->projects, i);

      if (g_str_equal (project->uri, uri))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
remove_at (BallastRecentProjects *self,
           guint                  position)
{
  g_ptr_array_remove_index (self->projects, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

BallastRecentProjects *
ballast_recent_projects_new (void)
{
  BallastRecentProjects *self = g_object_new (BALLAST_TYPE_RECENT_PROJECTS, NULL);

  self->path = g_build_filename (g_get_user_data_dir (), "ballast", "recent.ini", NULL);
  load (self);

  return self;
}

void
ballast_recent_projects_add (BallastRecentProjects *self,
                             const char            *path,
                             guint64                images,
                             double                 ratio)
{
  g_autofree char *uri = NULL;
  guint position;

  g_return_if_fail (BALLAST_IS_RECENT_PROJECTS (self));
  g_return_if_fail (path != NULL);

  uri = g_filename_to_uri (path, NULL, NULL);
  if (uri == NULL)
    return;

  if (find (self, uri, &position))
    remove_at (self, position);
  g_ptr_array_insert (self->projects, 0, recent_project_new (uri, images, ratio));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  if (self->projects->len > MAX_PROJECTS)
    remove_at (self, MAX_PROJECTS);
  save (self);
}

void
ballast_recent_projects_remove (BallastRecentProjects *self,
                                const char            *uri)
{
  guint position;

  g_return_if_fail (BALLAST_IS_RECENT_PROJECTS (self));

  if (!find (self, uri, &position))
    return;

  remove_at (self, position);
  save (self);
}
