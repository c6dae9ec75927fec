#pragma once

#include "ballast-document.h"
#include "ballast-window.h"

/*
 * A window of the real application on a dataset made in code, in the test's own process.
 *
 * Everything waits for a condition with a deadline, never for a time.
 */
typedef struct
{
  BallastApplication *application;
  BallastWindow      *window;
  char               *folder;  /* of the fixture's own, removed at the end */
  char               *dataset; /* class folders in it */
} WindowFixture;

/* A class of the dataset: so many small pictures. */
typedef struct
{
  const char *name;
  guint       images;
} WindowFixtureClass;

/* Starts the application (once a process) and opens an empty window. */
void             window_fixture_set_up        (WindowFixture            *fixture);

/* The same with a project of @classes, NULL-terminated by name: imported, and shown. */
void             window_fixture_set_up_with   (WindowFixture            *fixture,
                                               const WindowFixtureClass *classes);

/* Shows the project of the dataset at @path in the fixture's window. */
void             window_fixture_import        (WindowFixture            *fixture,
                                               const char               *path);
BallastDocument *window_fixture_get_document  (WindowFixture            *fixture);
void             window_fixture_tear_down     (WindowFixture            *fixture);

/* Writes class folders with little PNG pictures, all different. */
void             window_fixture_write_dataset (const char               *path,
                                               const WindowFixtureClass *classes);

/* Spins the main loop until @is_true; FALSE after ten seconds. */
typedef gboolean (*WindowCondition) (gpointer user_data);
gboolean         window_fixture_wait          (WindowCondition           is_true,
                                               gpointer                  user_data);
/* Until nothing is waiting: no job, no pending frame, no source that is ready. */
void             window_fixture_settle        (WindowFixture            *fixture);

/* The n-th widget below @root (itself included), in tree order; NULL where there is none. */
GtkWidget       *window_fixture_find          (GtkWidget                *root,
                                               GType                     type,
                                               guint                     n);
/* The first widget of the type that shows @text as its label. */
GtkWidget       *window_fixture_find_labelled (GtkWidget                *root,
                                               GType                     type,
                                               const char               *text);
typedef void (*WindowVisitor) (GtkWidget *widget,
                               gpointer   user_data);
void             window_fixture_foreach       (GtkWidget                *root,
                                               WindowVisitor             visit,
                                               gpointer                  user_data);

/* Renders @window (the fixture's, or a dialog) as it is drawn now into a PNG. */
void             window_fixture_screenshot    (GtkWidget                *window,
                                               const char               *path);

/* The newest window over the fixture's: a dialog; NULL where there is none. */
GtkWidget       *window_fixture_find_dialog   (WindowFixture            *fixture);
