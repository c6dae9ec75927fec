/*
 * The estimate of the effect, beside the plan that it judges.
 *
 * Figures belong to one state of the project: what changes it clears them and stops a job that still
 * runs.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-effect-card.h"

#include <glib/gi18n.h>

#include "ballast-application.h"
#include "ballast-effect-job.h"

struct _BallastEffectCard
{
  AdwBin parent_instance;

  BallastDocument *document;
  BallastJob      *job;
  GSignalGroup    *job_signals;

  GtkStack       *stack;
  GtkProgressBar *progress;
  GtkLabel       *verdict;
  GtkGrid        *figures;
  GtkGrid        *recalls;
  GtkWidget      *recalls_expander;
  GtkLabel       *caveat;
};

G_DEFINE_FINAL_TYPE (BallastEffectCard, ballast_effect_card, ADW_TYPE_BIN)

static const char *const arm_titles[] = {
  [BALLAST_EFFECT_AS_IS] = N_("As it is"),
  [BALLAST_EFFECT_PLAN] = N_("With the plan"),
  [BALLAST_EFFECT_WEIGHTS] = N_("With weights"),
};

static void
stop_job (BallastEffectCard *self)
{
  g_signal_group_set_target (self->job_signals, NULL);
  if (self->job != NULL)
    ballast_job_cancel (self->job);
  g_clear_object (&self->job);
}

void
ballast_effect_card_clear (BallastEffectCard *self)
{
  g_return_if_fail (BALLAST_IS_EFFECT_CARD (self));

  stop_job (self);
  gtk_stack_set_visible_child_name (self->stack, "start");
}

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

/* Takes @text. */
static void
attach (GtkGrid    *grid,
        char       *text,
        int         column,
        int         row,
        const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, column == 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), column == 0 ? PANGO_ELLIPSIZE_MIDDLE
                                                          : PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (grid, label, column, row, 1, 1);
  g_free (text);
}

static void
show_figures (BallastEffectCard         *self,
              const BallastEffectReport *report)
{
  int row = 0;

  clear_grid (self->figures);
  attach (self->figures, g_strdup (_("Balanced accuracy")), 0, row++, "dim-label");
  for (guint arm = 0; arm < BALLAST_EFFECT_N_ARMS; arm++)
    {
      if (!report->tried[arm])
        continue;
      attach (self->figures, g_strdup (_(arm_titles[arm])), 0, row, NULL);
      /* Translators: a share with its uncertainty in points: "44.8 % ± 5.0". */
      attach (self->figures, g_strdup_printf (_("%.1f\u202f%% ± %.1f"), 100 * report->arms[arm].balanced,
                                              196 * report->arms[arm].balanced_error), 1, row++, NULL);
    }
}

/* Two columns of recalls: as it is, and under what is better of plan and weights. */
static void
show_recalls (BallastEffectCard         *self,
              const BallastEffectReport *report)
{
  BallastEffectArm arm = report->tried[BALLAST_EFFECT_PLAN] ? BALLAST_EFFECT_PLAN
                                                            : BALLAST_EFFECT_WEIGHTS;
  gboolean both = report->tried[arm];

  clear_grid (self->recalls);
  attach (self->recalls, g_strdup (_(arm_titles[BALLAST_EFFECT_AS_IS])), 1, 0, "dim-label");
  if (both)
    attach (self->recalls, g_strdup (_(arm_titles[arm])), 2, 0, "dim-label");
  for (guint i = 0; i < report->n_classes; i++)
    {
      const BallastEffectClass *class = &report->classes[i];

      attach (self->recalls, g_strdup (class->name), 0, (int) i + 1, NULL);
      attach (self->recalls, g_strdup_printf (_("%.0f\u202f%%"), 100 * class->recalls[0]), 1,
              (int) i + 1, NULL);
      if (both)
        attach (self->recalls, g_strdup_printf (_("%.0f\u202f%%"), 100 * class->recalls[arm]), 2,
                (int) i + 1, NULL);
    }
}

static void
show_report (BallastEffectCard         *self,
             const BallastEffectReport *report)
{
  g_autofree char *verdict = ballast_effect_report_dup_verdict (report);
  g_autofree char *caveat = ballast_effect_report_dup_caveat (report);
  gboolean any = report->verdict != BALLAST_EFFECT_TOO_FEW;

  gtk_label_set_label (self->verdict, verdict);
  gtk_label_set_label (self->caveat, caveat);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), any);
  gtk_widget_set_visible (self->recalls_expander, any);
  if (any)
    {
      show_figures (self, report);
      show_recalls (self, report);
    }
  gtk_stack_set_visible_child_name (self->stack, "report");
}

static void
on_finished (BallastEffectCard *self,
             BallastJob        *job)
{
  const GError *error = ballast_job_get_error (job);

  if (ballast_job_get_state (job) == BALLAST_JOB_DONE)
    {
      show_report (self, ballast_job_get_result (job));
      return;
    }
  if (ballast_job_get_state (job) == BALLAST_JOB_FAILED)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  gtk_stack_set_visible_child_name (self->stack, "start");
}

static void
on_fraction (BallastEffectCard *self,
             GParamSpec        *pspec,
             BallastJob        *job)
{
  gtk_progress_bar_set_fraction (self->progress, ballast_job_get_fraction (job));
}

static void
on_start (BallastEffectCard *self)
{
  if (self->document == NULL)
    return;
  stop_job (self);
  self->job = ballast_document_estimate_effect (self->document);
  g_signal_group_set_target (self->job_signals, self->job);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "running");
}

static void
ballast_effect_card_dispose (GObject *object)
{
  BallastEffectCard *self = BALLAST_EFFECT_CARD (object);

  if (self->job_signals != NULL)
    stop_job (self);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->document);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_EFFECT_CARD);

  G_OBJECT_CLASS (ballast_effect_card_parent_class)->dispose (object);
}

static void
ballast_effect_card_class_init (BallastEffectCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_effect_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-effect-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastEffectCard, stack);
  gtk_widget_class_bind_template_child (widget_class, BallastEffectCard, progress);
  gtk_widget_class_bind_template_child (widget_class, BallastEffectCard, verdict);
  gtk_widget_class_bind_template_child (widget_class, BallastEffectCard, figures);
  gtk_widget_class_bind_template_child (widget_class, BallastEffectCard, recalls);
  gtk_widget_class_bind_template_child (widget_class, BallastEffectCard, recalls_expander);
  gtk_widget_class_bind_template_child (widget_class, BallastEffectCard, caveat);
  gtk_widget_class_bind_template_callback (widget_class, on_start);
  gtk_widget_class_bind_template_callback (widget_class, ballast_effect_card_clear);
}

static void
ballast_effect_card_init (BallastEffectCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->job_signals = g_signal_group_new (BALLAST_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "finished", G_CALLBACK (on_finished), self);
  g_signal_group_connect_swapped (self->job_signals, "notify::fraction", G_CALLBACK (on_fraction),
                                  self);
}

void
ballast_effect_card_set_document (BallastEffectCard *self,
                                  BallastDocument   *document)
{
  g_return_if_fail (BALLAST_IS_EFFECT_CARD (self));

  if (g_set_object (&self->document, document))
    ballast_effect_card_clear (self);
}
