#pragma once

#include "page-fixture.h"

#include "ballast-pipeline-editor.h"

/* Short words for the tests of the Augment page: a step, its card, what is stored. */

#define AUGMENT_ADD(path, classes, function) \
  g_test_add ("/app/" path, WindowFixture, classes, augment_set_up, function, augment_tear_down)

void augment_set_up (WindowFixture *fixture,
                     gconstpointer data);

void augment_tear_down (WindowFixture *fixture,
                        gconstpointer data);

BallastPipelineEditor *augment_get_editor (WindowFixture *fixture);

GtkWidget *augment_get_page (WindowFixture *fixture);

/* The pipeline of a class in the project; 0 is that for all. */
const BallastPipeline *augment_get_stored (WindowFixture *fixture,
                                           gint64 class_id);

gint64 augment_get_class_id (WindowFixture *fixture,
                             guint class_index);

/* The card of the n-th step. */
GtkWidget *augment_get_row (WindowFixture *fixture,
                            guint n);

/* The n-th step of the stored pipeline for all. */
const BallastStep *augment_get_step (WindowFixture *fixture,
                                     guint n);

guint augment_get_n_steps (WindowFixture *fixture);

/* What the editor shows, what it holds and what the project has are one pipeline. */
void augment_assert_stored (WindowFixture *fixture);

/* The n-th handle of the n-th slider of a row. */
GtkWidget *augment_get_handle (GtkWidget *row,
                               guint slider,
                               guint handle);

/* Of all classes, 0, or of the n-th class. */
void augment_choose_scope (WindowFixture *fixture,
                           guint selected);

/* Does an action of the page. */
void augment_act (WindowFixture *fixture,
                  const char *action);
