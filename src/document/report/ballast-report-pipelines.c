/*
 * The section “Augmentation”: each pipeline as a list that can be read, in the order of its steps.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include <glib/gi18n-lib.h>

/* Classes with pipelines of their own that are told in full. */
#define MOST_PIPELINES 12

/* "Angle −15° … 15°, Border Reflect" */
static char *
describe_values (const BallastStep *step)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < step->op->n_parameters; i++)
    {
      const BallastParameter *parameter = &step->op->parameters[i];
      g_autofree char *value = ballast_parameter_format (parameter, &step->values[i]);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? " · " : "", _(parameter->label), value);
    }
  if (step->kept_from != NULL && step->kept_from[0] != NULL)
    {
      g_autofree char *names = g_strjoinv (", ", step->kept_from);
      g_autofree char *kept = g_strdup_printf (_("kept from: %s"), names);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", kept);
    }
  return g_string_free (text, FALSE);
}

static void
add_step (BallastPaper      *paper,
          const BallastStep *step)
{
  g_autofree char *percent = g_strdup_printf ("%.0f\u202f%%", 100 * step->p);
  g_autofree char *title = NULL;
  g_autofree char *values = describe_values (step);

  title = step->enabled ? g_strdup_printf (_("%s (%s), chance %s"), _(step->op->title), step->op->name,
                                           percent)
                        : g_strdup_printf (_("%s (%s), switched off"), _(step->op->title), step->op->name);
  ballast_paper_add_item (paper, step->depth, title, values);
}

static char *
describe_policy (const BallastPipeline *pipeline)
{
  const BallastBoxPolicy *policy = ballast_pipeline_get_box_policy (pipeline);
  g_autofree char *share = g_strdup_printf ("%.0f\u202f%%", 100 * policy->min_visibility);

  switch (policy->loss)
    {
    case BALLAST_BOX_LOSS_DROP:
      return g_strdup (_("Boxes that are cut are dropped."));
    case BALLAST_BOX_LOSS_REDRAW:
      return g_strdup_printf (_("Copies in which less than %s of a box would be left are drawn again."), share);
    case BALLAST_BOX_LOSS_TRIM:
    default:
      return g_strdup_printf (_("Boxes that are cut are kept where %s of their area is left."), share);
    }
}

static void
add_pipeline (BallastReportWriter   *writer,
              const char            *title,
              const BallastPipeline *pipeline)
{
  guint n = pipeline == NULL ? 0 : ballast_pipeline_get_n_steps (pipeline);
  g_autofree char *policy = NULL;

  ballast_paper_add_heading (writer->paper, 2, title);
  if (n == 0)
    {
      ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT,
                              _("No steps: copies are the images themselves."), NULL);
      return;
    }
  for (guint i = 0; i < n; i++)
    add_step (writer->paper, ballast_pipeline_get_step (pipeline, i));
  if (writer->report->snapshot->tally->boxes == 0)
    return;
  policy = describe_policy (pipeline);
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_NOTE, policy, NULL);
}

void
_ballast_report_add_pipelines (BallastReportWriter *writer)
{
  const BallastSnapshot *snapshot = writer->report->snapshot;
  const BallastTally *tally = snapshot->tally;
  guint n_own = 0;
  g_autofree char *more = NULL;

  ballast_paper_add_heading (writer->paper, 1, _("Augmentation"));
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT,
                          _("Names in brackets and parameters are those of Albumentations. Each copy draws its "
                             "numbers from the ranges given, by the seed and the image’s path."), NULL);
  add_pipeline (writer, _("All Classes"), ballast_settings_get_pipeline (snapshot->settings, 0));
  for (guint i = 0; i < tally->n_classes; i++)
    {
      gint64 id = tally->classes[i].id;

      if (ballast_settings_has_own_pipeline (snapshot->settings, id) && n_own++ < MOST_PIPELINES)
        {
          g_autofree char *title = g_strdup_printf (_("“%s” Alone"), tally->classes[i].name);

          add_pipeline (writer, title, ballast_settings_get_pipeline (snapshot->settings, id));
        }
    }
  if (n_own <= MOST_PIPELINES)
    return;
  more = g_strdup_printf (_("%u more classes have pipelines of their own."), n_own - MOST_PIPELINES);
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_NOTE, more, NULL);
}
