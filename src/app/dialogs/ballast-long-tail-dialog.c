/*
 * Make long-tailed: a tool for those who study imbalance.
 *
 * What will be left is a pure function of the counts, computed anew at each choice; nothing is
 * excluded before the button is pressed, and that is one step of undo.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-long-tail-dialog.h"

#include <glib/gi18n.h>

#include "ballast-class-chart.h"
#include "ballast-document-edits.h"
#include "ballast-document-long-tail.h"
#include "ballast-number-text.h"

struct _BallastLongTailDialog
{
  AdwWindow parent_instance;

  BallastDocument *document;

  BallastClassChart *chart;
  GtkSpinButton     *ratio;
  AdwComboRow       *order;
  GtkSpinButton     *seed;
  GtkLabel          *summary;
  GtkLabel          *finding;
};

G_DEFINE_FINAL_TYPE (BallastLongTailDialog, ballast_long_tail_dialog, ADW_TYPE_WINDOW)

static BallastLongTailOptions
read_rows (BallastLongTailDialog *self)
{
  return (BallastLongTailOptions) {
           .ratio = gtk_spin_button_get_value (self->ratio),
           .order = adw_combo_row_get_selected (self->order) == 0 ? BALLAST_LONG_TAIL_BY_COUNT
                                                                  : BALLAST_LONG_TAIL_BY_INDEX,
           .seed = (guint64) gtk_spin_button_get_value (self->seed),
  };
}

static void
show_chart (BallastLongTailDialog *self,
            const guint64         *after)
{
  const BallastTally *tally = ballast_document_get_tally (self->document);
  BallastChartModel *model =
    ballast_chart_model_new_from_tally (tally, BALLAST_CHART_UNIT_IMAGES,
                                        (int) ballast_tally_get_training_split (tally), FALSE);
  gboolean by_index = adw_combo_row_get_selected (self->order) == 1;

  ballast_chart_model_set_after (model, after);
  ballast_class_chart_take_model (self->chart, model);
  ballast_class_chart_set_sort (self->chart, by_index ? BALLAST_CHART_SORT_INDEX
                                                      : BALLAST_CHART_SORT_COUNT);
}

/* Those that the profile leaves without an image, as its formula rounds down. */
static guint
count_lost (const BallastTally *tally,
            const guint64      *after)
{
  guint split = ballast_tally_get_training_split (tally), n_lost = 0;

  for (guint i = 0; i < tally->n_classes; i++)
    n_lost += after[i] == 0 && tally->classes[i].by_split[split].images > 0;
  return n_lost;
}

static void
show_words (BallastLongTailDialog *self,
            const guint64         *after)
{
  const BallastTally *tally = ballast_document_get_tally (self->document);
  guint split = ballast_tally_get_training_split (tally), n_lost = count_lost (tally, after);
  guint64 before_all = 0, after_all = 0, most = 0, least = G_MAXUINT64;
  g_autofree char *words = NULL, *lost = NULL, *left = NULL, *all = NULL, *ratio = NULL;

  for (guint i = 0; i < tally->n_classes; i++)
    {
      before_all += tally->classes[i].by_split[split].images;
      after_all += after[i];
      most = MAX (most, after[i]);
      least = after[i] > 0 ? MIN (least, after[i]) : least;
    }
  left = ballast_chart_format_count (after_all);
  all = ballast_chart_format_count (before_all);
  ratio = ballast_text_of_ratio (most == 0 ? 1 : (double) most / (double) least);
  /* Translators: two numbers of images and a ratio: "4.3 : 1". */
  words = g_strdup_printf (_("%s of %s stay, ratio %s"), left, all, ratio);
  gtk_label_set_label (self->summary, words);

  if (n_lost > 0)
    lost = g_strdup_printf (g_dngettext (NULL, "%u class would be left without an image: choose a "
                                         "smaller ratio", "%u classes would be left without an "
                                         "image: choose a smaller ratio", n_lost), n_lost);
  else if (tally->multi_label > 0)
    lost = g_strdup (_("Images that hold several classes stay in any case"));
  gtk_label_set_label (self->finding, lost != NULL ? lost : "");
  gtk_widget_set_visible (GTK_WIDGET (self->finding), lost != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "long-tail.apply", after_all < before_all);
}

static void
on_choice_changed (BallastLongTailDialog *self)
{
  BallastLongTailOptions options;
  g_autofree guint64 *after = NULL;

  if (self->document == NULL)
    return;
  options = read_rows (self);
  after = ballast_document_dup_long_tail (self->document, &options);
  show_chart (self, after);
  show_words (self, after);
}

static void
make_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BallastLongTailDialog) self = BALLAST_LONG_TAIL_DIALOG (user_data);
  g_autoptr(GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (source), result, &error))
    {
      gtk_label_set_label (self->finding, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->finding), TRUE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "long-tail.apply", TRUE);
      return;
    }

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast-undo", "s",
                                _("The training split is long-tailed"));
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_apply (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  BallastLongTailDialog *self = BALLAST_LONG_TAIL_DIALOG (widget);
  BallastLongTailOptions options = read_rows (self);

  gtk_widget_action_set_enabled (widget, "long-tail.apply", FALSE);
  ballast_document_make_long_tailed_async (self->document, &options, make_done, g_object_ref (self));
}

static void
on_cancel (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
ballast_long_tail_dialog_dispose (GObject *object)
{
  BallastLongTailDialog *self = BALLAST_LONG_TAIL_DIALOG (object);

  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_LONG_TAIL_DIALOG);

  G_OBJECT_CLASS (ballast_long_tail_dialog_parent_class)->dispose (object);
}

static void
ballast_long_tail_dialog_class_init (BallastLongTailDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_long_tail_dialog_dispose;

  g_type_ensure (BALLAST_TYPE_CLASS_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-long-tail-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastLongTailDialog, chart);
  gtk_widget_class_bind_template_child (widget_class, BallastLongTailDialog, ratio);
  gtk_widget_class_bind_template_child (widget_class, BallastLongTailDialog, order);
  gtk_widget_class_bind_template_child (widget_class, BallastLongTailDialog, seed);
  gtk_widget_class_bind_template_child (widget_class, BallastLongTailDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, BallastLongTailDialog, finding);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);

  gtk_widget_class_install_action (widget_class, "long-tail.apply", NULL, on_apply);
  gtk_widget_class_install_action (widget_class, "long-tail.cancel", NULL, on_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "long-tail.cancel", NULL);
}

static void
ballast_long_tail_dialog_init (BallastLongTailDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ballast_long_tail_dialog_present (GtkWindow       *parent,
                                  BallastDocument *document)
{
  BallastLongTailDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);

  self = g_object_new (BALLAST_TYPE_LONG_TAIL_DIALOG, "transient-for", parent, NULL);
  self->document = g_object_ref (document);
  on_choice_changed (self);
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WIDGET (self);
}
