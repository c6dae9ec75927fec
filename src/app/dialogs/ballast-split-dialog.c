/*
 * The dialog that divides a dataset.
 *
 * Every choice asks for a plan off the main thread; the newest one is shown, and it is the very plan
 * that the button carries out.  A look for near duplicates is a job of the project: it is shown here,
 * and cancelled with the dialog.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-split-dialog.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-document-edits.h"
#include "ballast-document-split.h"
#include "ballast-near-dialog.h"
#include "ballast-near-duplicates.h"
#include "ballast-split-shares.h"
#include "ballast-split-table.h"

/* A slider that moves asks for no plan before it rests this long. */
#define REST_MS 80

struct _BallastSplitDialog
{
  AdwWindow parent_instance;

  BallastDocument  *document;
  BallastSplitter  *splitter;
  BallastSplitPlan *plan;        /* (nullable): what is shown */
  BallastNearSet   *near;        /* (nullable): not looked for yet */
  BallastJob       *job;         /* (nullable): that looks for it */
  GCancellable     *cancellable; /* of the plan that is asked for */
  guint             timer;
  guint             distance;
  gboolean          is_open;     /* a first plan was shown */
  GArray           *kinds;       /* BallastGroupingKind: by row of grouping */
  GPtrArray        *froms;       /* char *: by row of from: a split, "": in none, NULL: all */

  AdwComboRow        *from;
  BallastSplitShares *shares;
  AdwComboRow        *method;
  AdwComboRow        *grouping;
  AdwEntryRow        *pattern;
  AdwActionRow       *near_row;
  GtkStack           *near_stack;
  GtkProgressBar     *progress;
  GtkSpinButton      *seed;
  BallastSplitTable  *table;
  GtkLabel           *summary;
  GtkBox             *warnings;
};

G_DEFINE_FINAL_TYPE (BallastSplitDialog, ballast_split_dialog, ADW_TYPE_WINDOW)

static BallastGroupingKind
get_grouping (BallastSplitDialog *self)
{
  guint row = adw_combo_row_get_selected (self->grouping);

  return row < self->kinds->len ? g_array_index (self->kinds, BallastGroupingKind, row)
                                : BALLAST_GROUPING_KEEP;
}

/* FALSE with an error for people where the rows cannot be meant so. */
static gboolean
read_rows (BallastSplitDialog  *self,
           BallastSplitRequest *request,
           GError             **error)
{
  const char *from = g_ptr_array_index (self->froms, adw_combo_row_get_selected (self->from));

  ballast_split_request_init (request);
  if (!ballast_split_shares_read (self->shares, &request->options, error))
    return FALSE;
  request->from = g_strdup (from);
  request->options.method = adw_combo_row_get_selected (self->method) == 0 ? BALLAST_SPLIT_STRATIFIED
                                                                           : BALLAST_SPLIT_RANDOM;
  request->options.seed = (guint64) gtk_spin_button_get_value (self->seed);
  request->grouping.kind = get_grouping (self);
  request->grouping.distance = self->distance;
  if (request->grouping.kind == BALLAST_GROUPING_PATTERN)
    request->grouping.pattern = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->pattern)));

  return TRUE;
}

static void
clear_warnings (BallastSplitDialog *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->warnings))) != NULL)
    gtk_box_remove (self->warnings, child);
}

static void
add_warning (BallastSplitDialog *self,
             const char         *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "warning-card");
  gtk_box_append (self->warnings, label);
}

static void
show_error (BallastSplitDialog *self,
            const char         *message)
{
  g_clear_pointer (&self->plan, ballast_split_plan_unref);
  ballast_split_table_set_plan (self->table, NULL);
  gtk_label_set_label (self->summary, "");
  clear_warnings (self);
  add_warning (self, message);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "split.apply", FALSE);
}

/* "3 groups with 6 of 428 images; the largest has 2" */
static char *
describe_groups (const BallastSplitPlan *plan)
{
  guint n_groups = ballast_split_plan_get_n_groups (plan), n_largest = 0;
  g_autofree char *grouped = ballast_chart_format_count (ballast_split_plan_get_n_grouped (plan));
  g_autofree char *largest = NULL;

  if (ballast_split_plan_get_large_group (plan, 0, &n_largest) == NULL)
    return g_strdup (_("No groups: each image stands for itself"));
  largest = ballast_chart_format_count (n_largest);

  return g_strdup_printf (
    /* Translators: numbers of groups, of images in them, and of images in the largest of them. */
    g_dngettext (NULL, "%u group with %s images stays together; the largest has %s",
                 "%u groups with %s images stay together; the largest has %s", n_groups),
    n_groups, grouped, largest);
}

static void
show_plan (BallastSplitDialog *self)
{
  const GPtrArray *warnings = ballast_split_plan_get_warnings (self->plan);
  g_autofree char *groups = describe_groups (self->plan);

  ballast_split_table_set_plan (self->table, self->plan);
  gtk_label_set_label (self->summary, groups);
  clear_warnings (self);
  for (guint i = 0; i < warnings->len; i++)
    add_warning (self, ((BallastSplitWarning *) g_ptr_array_index (warnings, i))->text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "split.apply",
                                 ballast_split_plan_get_split (self->plan)->n_images > 0);
}

/* Where no groups are stored, copies of one file are the least that must stay together. */
static void
keep_copies_together (BallastSplitDialog *self)
{
  if (get_grouping (self) != BALLAST_GROUPING_KEEP ||
      ballast_split_plan_get_n_groups (self->plan) > 0)
    return;

  for (guint i = 0; i < self->kinds->len; i++)
    if (g_array_index (self->kinds, BallastGroupingKind, i) == BALLAST_GROUPING_DUPLICATES)
      adw_combo_row_set_selected (self->grouping, i);
}

static void
plan_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BallastSplitDialog) self = BALLAST_SPLIT_DIALOG (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastSplitPlan) plan = ballast_splitter_plan_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->document == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  if (plan == NULL)
    {
      show_error (self, error->message);
      return;
    }
  g_clear_pointer (&self->plan, ballast_split_plan_unref);
  self->plan = g_steal_pointer (&plan);
  show_plan (self);
  if (!self->is_open)
    keep_copies_together (self);
  self->is_open = TRUE;
}

static gboolean
on_rest (gpointer user_data)
{
  BallastSplitDialog *self = BALLAST_SPLIT_DIALOG (user_data);
  g_auto(BallastSplitRequest) request = { 0 };
  g_autoptr(GError) error = NULL;

  self->timer = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!read_rows (self, &request, &error))
    {
      show_error (self, error->message);
      return G_SOURCE_REMOVE;
    }
  if (request.grouping.kind == BALLAST_GROUPING_NEAR_DUPLICATES && self->near == NULL)
    return G_SOURCE_REMOVE;

  self->cancellable = g_cancellable_new ();
  ballast_splitter_plan_async (self->splitter, &request, self->cancellable, plan_done,
                               g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
ask_for_plan (BallastSplitDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "split.apply", FALSE);
  if (self->timer == 0)
    self->timer = g_timeout_add (REST_MS, on_rest, self);
}

static void
show_near (BallastSplitDialog *self)
{
  g_autofree char *subtitle = NULL;

  gtk_stack_set_visible_child_name (self->near_stack, self->job != NULL    ? "looking"
                                                      : self->near != NULL ? "found" : "none");
  if (self->near != NULL)
    /* Translators: a number of bits, 0 to 10. */
    subtitle = g_strdup_printf (_("Pictures that differ in at most %u of 64 bits"), self->distance);
  adw_action_row_set_subtitle (self->near_row, self->job != NULL  ? _("Looking at all pictures")
                                               : subtitle != NULL ? subtitle
                                                                  : _("Not looked for yet"));
}

static void
on_job_finished (BallastJob         *job,
                 BallastSplitDialog *self)
{
  const GError *error = ballast_job_get_error (job);

  if (ballast_job_get_state (job) == BALLAST_JOB_DONE)
    {
      self->near = ballast_near_set_ref (ballast_job_get_result (job));
      ballast_splitter_set_near (self->splitter, self->near);
      ask_for_plan (self);
    }
  else if (ballast_job_get_state (job) == BALLAST_JOB_FAILED)
    show_error (self, error->message);
  g_clear_object (&self->job);
  show_near (self);
}

static void
look_for_near (BallastSplitDialog *self)
{
  if (self->near != NULL || self->job != NULL)
    return;

  self->job = ballast_document_find_near_duplicates (self->document, self->distance,
                                                     BALLAST_NEAR_MAX_DISTANCE);
  g_signal_connect_object (self->job, "finished", G_CALLBACK (on_job_finished), self, 0);
  g_object_bind_property (self->job, "fraction", self->progress, "fraction", G_BINDING_SYNC_CREATE);
  show_near (self);
}

static void
on_choice_changed (BallastSplitDialog *self)
{
  if (self->document != NULL)
    ask_for_plan (self);
}

static void
on_grouping_selected (BallastSplitDialog *self)
{
  BallastGroupingKind kind = get_grouping (self);

  if (self->document == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->pattern), kind == BALLAST_GROUPING_PATTERN);
  gtk_widget_set_visible (GTK_WIDGET (self->near_row), kind == BALLAST_GROUPING_NEAR_DUPLICATES);
  if (kind == BALLAST_GROUPING_NEAR_DUPLICATES)
    look_for_near (self);
  show_near (self);
  ask_for_plan (self);
}

static void
on_distance_chosen (guint    distance,
                    gpointer user_data)
{
  BallastSplitDialog *self = BALLAST_SPLIT_DIALOG (user_data);

  self->distance = distance;
  show_near (self);
  ask_for_plan (self);
}

static void
on_compare (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BallastSplitDialog *self = BALLAST_SPLIT_DIALOG (widget);

  if (self->near != NULL)
    ballast_near_dialog_present (GTK_WINDOW (self), self->document, self->near, self->distance,
                                 on_distance_chosen);
}

static void
apply_done (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BallastSplitDialog) self = BALLAST_SPLIT_DIALOG (user_data);
  g_autoptr(GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  const char *label;

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (source), result, &error))
    {
      show_error (self, error->message);
      return;
    }

  label = ballast_document_get_undo_label (BALLAST_DOCUMENT (source));
  /* The project's window, under a dialog or two. */
  while (parent != NULL && !gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast-undo", "s",
                                                        label != NULL ? label : _("Done")))
    parent = gtk_window_get_transient_for (parent);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_apply (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  BallastSplitDialog *self = BALLAST_SPLIT_DIALOG (widget);

  gtk_widget_action_set_enabled (widget, "split.apply", FALSE);
  ballast_document_apply_split_async (self->document, self->plan, apply_done, g_object_ref (self));
}

static void
on_cancel (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

/* The name of the split that plays the part of @names, as the project calls it. */
static const char *
find_split (const BallastTally *tally,
            const char *const  *names)
{
  for (guint i = 0; i < tally->n_splits; i++)
    for (guint j = 0; names[j] != NULL; j++)
      if (g_ascii_strcasecmp (tally->splits[i].name, names[j]) == 0)
        return tally->splits[i].name;

  return names[0];
}

static void
fill_names (BallastSplitDialog *self)
{
  static const char *const training[] = { "train", "training", NULL };
  static const char *const validation[] = { "val", "valid", "validation", "dev", NULL };
  static const char *const test[] = { "test", "testing", NULL };
  const BallastTally *tally = ballast_document_get_tally (self->document);
  const char *from = g_ptr_array_index (self->froms, adw_combo_row_get_selected (self->from));
  const char *train = find_split (tally, training), *val = find_split (tally, validation);
  const char *tested = find_split (tally, test);
  const char *all[] = { train, val, tested, NULL };
  const char *of_one[] = { from, g_strcmp0 (from, val) == 0 ? tested : val, NULL };

  ballast_split_shares_set_names (self->shares, from != NULL && *from != '\0' ? of_one : all);
}

/* Another part of the dataset, other names for its parts. */
static void
on_from_selected (BallastSplitDialog *self)
{
  if (self->document == NULL || adw_combo_row_get_selected (self->from) >= self->froms->len)
    return;
  fill_names (self);
  ask_for_plan (self);
}

static void
ballast_split_dialog_dispose (GObject *object)
{
  BallastSplitDialog *self = BALLAST_SPLIT_DIALOG (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->job != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->job, self);
      ballast_job_cancel (self->job);
    }
  g_clear_object (&self->job);
  g_clear_pointer (&self->near, ballast_near_set_unref);
  g_clear_pointer (&self->plan, ballast_split_plan_unref);
  g_clear_pointer (&self->splitter, ballast_splitter_unref);
  g_clear_pointer (&self->kinds, g_array_unref);
  g_clear_pointer (&self->froms, g_ptr_array_unref);
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_SPLIT_DIALOG);

  G_OBJECT_CLASS (ballast_split_dialog_parent_class)->dispose (object);
}

static void
ballast_split_dialog_class_init (BallastSplitDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_split_dialog_dispose;

  g_type_ensure (BALLAST_TYPE_SPLIT_SHARES);
  g_type_ensure (BALLAST_TYPE_SPLIT_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-split-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, from);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, shares);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, method);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, grouping);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, pattern);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, near_row);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, near_stack);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, seed);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, table);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, BallastSplitDialog, warnings);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_from_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_grouping_selected);

  gtk_widget_class_install_action (widget_class, "split.apply", NULL, on_apply);
  gtk_widget_class_install_action (widget_class, "split.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "split.compare", NULL, on_compare);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "split.cancel", NULL);
}

static void
ballast_split_dialog_init (BallastSplitDialog *self)
{
  self->distance = BALLAST_NEAR_DISTANCE;
  self->kinds = g_array_new (FALSE, FALSE, sizeof (BallastGroupingKind));
  self->froms = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->froms, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "split.apply", FALSE);
}

static void
add_grouping (BallastSplitDialog *self,
              GtkStringList      *names,
              BallastGroupingKind kind,
              const char         *name)
{
  gtk_string_list_append (names, name);
  g_array_append_val (self->kinds, kind);
}

static void
fill_groupings (BallastSplitDialog *self)
{
  g_auto(GStrv) columns = ballast_document_dup_group_columns (self->document);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = columns[0] != NULL ? 1 : 0;

  add_grouping (self, names, BALLAST_GROUPING_KEEP, _("As they are stored"));
  if (columns[0] != NULL)
    {
      /* Translators: the name of a column of a table: "By patient". */
      g_autofree char *name = g_strdup_printf (_("By %s"), columns[0]);

      add_grouping (self, names, BALLAST_GROUPING_FIELD, name);
    }
  add_grouping (self, names, BALLAST_GROUPING_DUPLICATES, _("The same file twice"));
  add_grouping (self, names, BALLAST_GROUPING_NEAR_DUPLICATES, _("Pictures that look alike"));
  add_grouping (self, names, BALLAST_GROUPING_FOLDER, _("By folder"));
  add_grouping (self, names, BALLAST_GROUPING_PATTERN, _("By a part of the name"));
  add_grouping (self, names, BALLAST_GROUPING_NONE, _("No groups"));
  adw_combo_row_set_model (self->grouping, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->grouping, chosen);
}

static void
add_from (BallastSplitDialog *self,
          GtkStringList      *names,
          const char         *from,
          const char         *name)
{
  gtk_string_list_append (names, name);
  g_ptr_array_add (self->froms, g_strdup (from));
}

static void
fill_from (BallastSplitDialog *self)
{
  const BallastTally *tally = ballast_document_get_tally (self->document);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("All"));
  for (guint i = 0; i < tally->n_splits; i++)
    if (tally->splits[i].images > 0)
      {
        /* Translators: the name of a split: images of the training split alone. */
        g_autofree char *name = g_strdup_printf (_("Those of %s"), tally->splits[i].name);

        add_from (self, names, tally->splits[i].name, name);
      }
  if (tally->n_splits > 0 && tally->images_without_split > 0)
    add_from (self, names, "", _("Those in no split"));
  gtk_widget_set_visible (GTK_WIDGET (self->from), self->froms->len > 1);
  adw_combo_row_set_model (self->from, G_LIST_MODEL (names));
}

GtkWidget *
ballast_split_dialog_present (GtkWindow       *parent,
                              BallastDocument *document)
{
  BallastSplitDialog *self = g_object_new (BALLAST_TYPE_SPLIT_DIALOG, "transient-for", parent, NULL);

  self->document = g_object_ref (document);
  fill_groupings (self);
  fill_from (self);
  self->splitter = ballast_splitter_new (document);
  fill_names (self);
  on_grouping_selected (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->shares));

  return GTK_WIDGET (self);
}
