#pragma once

#include <adwaita.h>

#include "ballast-preferences.h"
#include "ballast-recent-projects.h"

G_BEGIN_DECLS

#define BALLAST_TYPE_APPLICATION (ballast_application_get_type ())
G_DECLARE_FINAL_TYPE (BallastApplication, ballast_application, BALLAST, APPLICATION, AdwApplication)

/* @application_id may be NULL (tests), with G_APPLICATION_NON_UNIQUE in @flags. */
BallastApplication    *ballast_application_new                 (const char         *application_id,
                                                                GApplicationFlags   flags);

/* (transfer none): the projects opened lately, shared by all windows. */
BallastRecentProjects *ballast_application_get_recent_projects (BallastApplication *self);

/* (transfer none) */
BallastPreferences    *ballast_application_get_preferences     (BallastApplication *self);

/*
 * Opens @file, whatever it is: a project, a folder of images or a manifest.  It goes into the
 * active window if that one is empty, else into a new one.
 */
void                   ballast_application_open                (BallastApplication *self,
                                                                GFile              *file);

G_END_DECLS
