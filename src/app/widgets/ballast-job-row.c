/*
 * What the project does just now.
 *
 * The job coalesces its reports to one a frame, so this follows every notify.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-job-row.h"

#include <glib/gi18n.h>

struct _BallastJobRow
{
  GtkWidget parent_instance;

  BallastDocument *document;
  GSignalGroup    *document_signals;
  GSignalGroup    *job_signals;

  GtkLabel       *message;
  GtkWidget      *cancel;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (BallastJobRow, ballast_job_row, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *
get_idle_message (BallastJobRow *self)
{
  BallastTally *tally = self->document != NULL ? ballast_document_get_tally (self->document) : NULL;

  if (self->document == NULL)
    return "";
  if (ballast_document_get_read_only (self->document))
    return _("Read-only");
  if (tally == NULL || tally->images == 0)
    return _("Saved · no images yet");

  return _("Saved · ready to export");
}

static void
show_job (BallastJobRow *self,
          BallastJob    *job)
{
  double fraction = ballast_job_get_fraction (job);
  const char *message = ballast_job_get_message (job);

  if (message == NULL || *message == '\0')
    message = ballast_job_get_title (job);
  gtk_label_set_label (self->message, message);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->message), message);
  if (fraction > 0)
    gtk_progress_bar_set_fraction (self->bar, MIN (fraction, 1));
  else
    gtk_progress_bar_pulse (self->bar);
}

static void
update (BallastJobRow *self)
{
  BallastJob *job = self->document != NULL ? ballast_document_get_job (self->document) : NULL;

  g_signal_group_set_target (self->job_signals, job);
  gtk_widget_set_visible (self->cancel, job != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), job != NULL);
  if (job != NULL)
    {
      show_job (self, job);
      return;
    }

  gtk_label_set_label (self->message, get_idle_message (self));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->message), NULL);
}

static void
on_job_notify (BallastJob    *job,
               GParamSpec    *pspec,
               BallastJobRow *self)
{
  show_job (self, job);
}

static void
ballast_job_row_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  g_value_set_object (value, BALLAST_JOB_ROW (object)->document);
}

static void
ballast_job_row_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  ballast_job_row_set_document (BALLAST_JOB_ROW (object), g_value_get_object (value));
}

static void
ballast_job_row_dispose (GObject *object)
{
  BallastJobRow *self = BALLAST_JOB_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->document_signals);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_JOB_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ballast_job_row_parent_class)->dispose (object);
}

static void
ballast_job_row_class_init (BallastJobRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_job_row_get_property;
  object_class->set_property = ballast_job_row_set_property;
  object_class->dispose = ballast_job_row_dispose;

  properties[PROP_DOCUMENT]
    = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-job-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastJobRow, message);
  gtk_widget_class_bind_template_child (widget_class, BallastJobRow, cancel);
  gtk_widget_class_bind_template_child (widget_class, BallastJobRow, bar);
}

static void
ballast_job_row_init (BallastJobRow *self)
{
  self->job_signals = g_signal_group_new (BALLAST_TYPE_JOB);
  g_signal_group_connect (self->job_signals, "notify", G_CALLBACK (on_job_notify), self);
  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "notify::job", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (update), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ballast_job_row_set_document (BallastJobRow   *self,
                              BallastDocument *document)
{
  g_return_if_fail (BALLAST_IS_JOB_ROW (self));

  if (!g_set_object (&self->document, document))
    return;

  g_signal_group_set_target (self->document_signals, document);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}
