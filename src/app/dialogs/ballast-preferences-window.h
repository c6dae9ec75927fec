#pragma once

#include <adwaita.h>

#include "ballast-preferences.h"

G_BEGIN_DECLS

#define BALLAST_TYPE_PREFERENCES_WINDOW (ballast_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (BallastPreferencesWindow, ballast_preferences_window, BALLAST,
                      PREFERENCES_WINDOW, AdwPreferencesWindow)

/* (transfer none): a window that changes @preferences as its rows are changed. */
GtkWidget *ballast_preferences_window_new (BallastPreferences *preferences);

G_END_DECLS
