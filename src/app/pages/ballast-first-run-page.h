#pragma once

#include <adwaita.h>

#include "ballast-recent-projects.h"

G_BEGIN_DECLS

/* What a window shows that has no project: where to drop, what to open, what was open lately. */
#define BALLAST_TYPE_FIRST_RUN_PAGE (ballast_first_run_page_get_type ())
G_DECLARE_FINAL_TYPE (BallastFirstRunPage, ballast_first_run_page, BALLAST, FIRST_RUN_PAGE, AdwBin)

void ballast_first_run_page_set_recent_projects (BallastFirstRunPage   *self,
                                                 BallastRecentProjects *projects);

G_END_DECLS
