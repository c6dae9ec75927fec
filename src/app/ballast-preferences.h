#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What the user prefers, whatever the project; kept in a key file of the user's configuration
 * folder and written at each change.
 *
 * Properties: "style" (uint: 0 as the system, 1 light, 2 dark), "export-threads" (uint, 0: one a
 * core), "notify" (boolean: tell when something long has ended).
 */
#define BALLAST_TYPE_PREFERENCES (ballast_preferences_get_type ())
G_DECLARE_FINAL_TYPE (BallastPreferences, ballast_preferences, BALLAST, PREFERENCES, GObject)

BallastPreferences *ballast_preferences_new                (void);

guint               ballast_preferences_get_style          (BallastPreferences *self);
guint               ballast_preferences_get_export_threads (BallastPreferences *self);
gboolean            ballast_preferences_get_notify         (BallastPreferences *self);

/* The window as it was closed last, in pixels of the interface.  FALSE where none was. */
gboolean            ballast_preferences_get_window         (BallastPreferences *self,
                                                            int                *width,
                                                            int                *height,
                                                            gboolean           *maximized);
void                ballast_preferences_set_window         (BallastPreferences *self,
                                                            int                 width,
                                                            int                 height,
                                                            gboolean            maximized);

G_END_DECLS
