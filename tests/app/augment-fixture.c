#include "config.h"

#include "augment-fixture.h"

#include "ballast-range-slider.h"
#include "ballast-settings.h"
#include "ballast-step-row.h"

void
augment_set_up (WindowFixture *fixture,
                gconstpointer  data)
{
  page_fixture_set_up (fixture, data, "augment");
}

void
augment_tear_down (WindowFixture *fixture,
                   gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

BallastPipelineEditor *
augment_get_editor (WindowFixture *fixture)
{
  return BALLAST_PIPELINE_EDITOR (page_fixture_get (fixture, "BallastPipelineEditor", 0));
}

GtkWidget *
augment_get_page (WindowFixture *fixture)
{
  return page_fixture_get (fixture, "BallastAugmentPage", 0);
}

const BallastPipeline *
augment_get_stored (WindowFixture *fixture,
                    gint64         class_id)
{
  return ballast_settings_get_pipeline (
    ballast_document_get_settings (window_fixture_get_document (fixture)), class_id);
}

gint64
augment_get_class_id (WindowFixture *fixture,
                      guint          class_index)
{
  const BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));

  return tally->classes[class_index].id;
}

GtkWidget *
augment_get_row (WindowFixture *fixture,
                 guint          n)
{
  return page_fixture_get (fixture, "BallastStepRow", n);
}

static gboolean
is_stored (gpointer user_data)
{
  WindowFixture *fixture = user_data;
  BallastPipelineEditor *editor = augment_get_editor (fixture);

  return ballast_pipeline_equal (augment_get_stored (fixture, 0),
                                 ballast_pipeline_editor_get_pipeline (editor));
}

void
augment_assert_stored (WindowFixture *fixture)
{
  const BallastPipeline *draft;

  window_fixture_settle (fixture);
  g_assert_true (window_fixture_wait (is_stored, fixture));
  draft = ballast_pipeline_editor_get_pipeline (augment_get_editor (fixture));
  g_assert_cmpuint (page_fixture_count (fixture, "BallastStepRow"), ==,
                    ballast_pipeline_get_n_steps (draft));
  for (guint i = 0; i < ballast_pipeline_get_n_steps (draft); i++)
    g_assert_cmpuint (ballast_step_row_get_id (BALLAST_STEP_ROW (augment_get_row (fixture, i))), ==,
                      ballast_pipeline_get_step (draft, i)->id);
}

guint
augment_get_n_steps (WindowFixture *fixture)
{
  return ballast_pipeline_get_n_steps (augment_get_stored (fixture, 0));
}

const BallastStep *
augment_get_step (WindowFixture *fixture,
                  guint          n)
{
  return ballast_pipeline_get_step (augment_get_stored (fixture, 0), n);
}

GtkWidget *
augment_get_handle (GtkWidget *row,
                    guint      slider,
                    guint      handle)
{
  GtkWidget *scale = window_fixture_find (row, BALLAST_TYPE_RANGE_SLIDER, slider);
  GtkWidget *part = gtk_widget_get_first_child (gtk_widget_get_first_child (scale));

  for (guint i = 0; i <= handle; i++)
    part = gtk_widget_get_next_sibling (part);

  return part;
}

void
augment_act (WindowFixture *fixture,
             const char    *action)
{
  g_assert_true (gtk_widget_activate_action (augment_get_page (fixture), action, NULL));
}

void
augment_choose_scope (WindowFixture *fixture,
                      guint          selected)
{
  GtkWidget *scope = NULL;

  /* That of many choices can be searched. */
  for (guint i = 0; scope == NULL || !gtk_drop_down_get_enable_search (GTK_DROP_DOWN (scope)); i++)
    scope = window_fixture_find (augment_get_page (fixture), GTK_TYPE_DROP_DOWN, i);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (scope), selected);
  window_fixture_settle (fixture);
}
