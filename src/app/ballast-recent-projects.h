#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A project that was open lately, as it was then.  Immutable. */
#define BALLAST_TYPE_RECENT_PROJECT (ballast_recent_project_get_type ())
G_DECLARE_FINAL_TYPE (BallastRecentProject, ballast_recent_project, BALLAST, RECENT_PROJECT, GObject)

const char            *ballast_recent_project_get_uri    (BallastRecentProject  *self);
const char            *ballast_recent_project_get_name   (BallastRecentProject  *self);
guint64                ballast_recent_project_get_images (BallastRecentProject  *self);
/* Largest class to smallest; 0: it was not known. */
double                 ballast_recent_project_get_ratio  (BallastRecentProject  *self);
/* (transfer full): its folder for people, the home folder as "~". */
char                  *ballast_recent_project_dup_folder (BallastRecentProject  *self);

/*
 * The projects opened lately, newest first: a GListModel of BallastRecentProject, kept in a key
 * file of the user's data folder.  Projects that are gone are left out when it is read.
 */
#define BALLAST_TYPE_RECENT_PROJECTS (ballast_recent_projects_get_type ())
G_DECLARE_FINAL_TYPE (BallastRecentProjects, ballast_recent_projects, BALLAST, RECENT_PROJECTS, GObject)

BallastRecentProjects *ballast_recent_projects_new       (void);

/* Puts the project at @path (bytes) first, with what it holds now. */
void                   ballast_recent_projects_add       (BallastRecentProjects *self,
                                                          const char            *path,
                                                          guint64                images,
                                                          double                 ratio);
void                   ballast_recent_projects_remove    (BallastRecentProjects *self,
                                                          const char            *uri);

G_END_DECLS
