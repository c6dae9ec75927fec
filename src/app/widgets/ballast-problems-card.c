/*
 * The problems of a project, by kind.
 *
 * The list is asked for again when the project says that its problems changed; an answer that is
 * overtaken by a newer question is cancelled.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-problems-card.h"

#include <glib/gi18n.h>

#include "ballast-problem-list.h"

struct _BallastProblemsCard
{
  AdwBin parent_instance;

  BallastDocument *document;
  GSignalGroup    *document_signals;
  GCancellable    *cancellable;

  GtkLabel   *badge;
  GtkStack   *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (BallastProblemsCard, ballast_problems_card, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *
get_icon_name (BallastProblemKind kind)
{
  switch (kind)
    {
    case BALLAST_PROBLEM_DUPLICATE:
    case BALLAST_PROBLEM_CLASS_CONFLICT:
    case BALLAST_PROBLEM_SPLIT_LEAK:
    case BALLAST_PROBLEM_NEAR_DUPLICATE:
    case BALLAST_PROBLEM_NEAR_LEAK:
    case BALLAST_PROBLEM_GROUP_LEAK:
      return "edit-copy-symbolic";
    case BALLAST_PROBLEM_CASE_CLASH:
    case BALLAST_PROBLEM_ODD_NAME:
    case BALLAST_PROBLEM_BAD_LINE:
    case BALLAST_PROBLEM_UNLABELLED:
    case BALLAST_PROBLEM_EMPTY_CLASS:
    case BALLAST_PROBLEM_REPEATED_ID:
    case BALLAST_PROBLEM_UNKNOWN_CLASS:
      return "font-x-generic-symbolic";
    case BALLAST_PROBLEM_SPECIAL_FILE:
    case BALLAST_PROBLEM_UNSAFE_PATH:
    case BALLAST_PROBLEM_EMPTY_BOX:
    case BALLAST_PROBLEM_BOX_OUTSIDE:
      return "dialog-warning-symbolic";
    case BALLAST_PROBLEM_EMPTY_FILE:
    case BALLAST_PROBLEM_DAMAGED:
    case BALLAST_PROBLEM_NOT_AN_IMAGE:
    case BALLAST_PROBLEM_TOO_LARGE:
    case BALLAST_PROBLEM_UNREADABLE:
    case BALLAST_PROBLEM_WRONG_ENDING:
    case BALLAST_PROBLEM_MISSING_FILE:
    case BALLAST_PROBLEM_GONE:
    case BALLAST_PROBLEM_CHANGED:
    case BALLAST_PROBLEM_ANIMATION:
    case BALLAST_PROBLEM_SIZE_MISMATCH:
    case BALLAST_PROBLEM_UNLISTED_IMAGE:
    default:
      return "image-missing-symbolic";
    }
}

typedef struct
{
  const char *label;
  const char *tooltip;
  const char *action;
} Remedy;

/* (transfer none) (nullable) */
static const Remedy *
find_remedy (BallastRemedy remedy)
{
  static const Remedy remedies[] = {
    [BALLAST_REMEDY_SHOW] = { N_("Show"), N_("Show These Images"), "win.show-problem" },
    [BALLAST_REMEDY_REVIEW] = { N_("Review…"), N_("Look at Them Side by Side"),
                                "win.review-problem" },
    [BALLAST_REMEDY_EXCLUDE] = { N_("Leave Out"), N_("Leave the Second Copies Out"),
                                 "win.exclude-problem" },
    [BALLAST_REMEDY_MERGE] = { N_("Merge"), N_("Merge the Classes into One"),
                               "win.merge-problem" },
    [BALLAST_REMEDY_LEAK] = { N_("Mend…"), N_("Bring What Belongs Together into One Split"),
                              "win.mend-leaks" },
  };

  if (remedy >= G_N_ELEMENTS (remedies) || remedies[remedy].label == NULL)
    return NULL;

  return &remedies[remedy];
}

static GtkWidget *
create_button (BallastProblemGroup *group)
{
  const Remedy *remedy = find_remedy (ballast_problem_group_get_remedy (group));
  g_autofree char *name = NULL;
  GtkWidget *button;

  if (remedy == NULL)
    return NULL;

  button = gtk_button_new_with_label (_(remedy->label));
  name = g_strdup_printf ("%s %s", _(remedy->label), ballast_problem_group_get_title (group));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _(remedy->tooltip));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), remedy->action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u",
                                    (guint32) ballast_problem_group_get_kind (group));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

static GtkWidget *
create_label (const char *text,
              gboolean    dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (dim)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }

  return label;
}

static GtkWidget *
create_texts (BallastProblemGroup *group)
{
  const char *examples = ballast_problem_group_get_examples (group);
  const char *advice = ballast_problem_group_get_advice (group);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), create_label (ballast_problem_group_get_title (group), FALSE));
  if (examples != NULL && *examples != '\0')
    gtk_box_append (GTK_BOX (box), create_label (examples, TRUE));
  if (advice != NULL && *advice != '\0')
    gtk_widget_set_tooltip_text (box, advice);

  return box;
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  BallastProblemGroup *group = BALLAST_PROBLEM_GROUP (item);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon
    = gtk_image_new_from_icon_name (get_icon_name (ballast_problem_group_get_kind (group)));
  GtkWidget *button = create_button (group);

  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), create_texts (group));
  if (button != NULL)
    gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ballast_problem_group_get_title (group), -1);

  return row;
}

static void
show_groups (BallastProblemsCard *self,
             GListModel          *groups)
{
  guint n_groups = groups != NULL ? g_list_model_get_n_items (groups) : 0;
  guint64 n_problems = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n_groups; i++)
    {
      g_autoptr(BallastProblemGroup) group = g_list_model_get_item (groups, i);

      n_problems += ballast_problem_group_get_count (group);
    }

  text = g_strdup_printf ("%" G_GUINT64_FORMAT, n_problems);
  gtk_label_set_label (self->badge, text);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), n_problems > 0);
  gtk_list_box_bind_model (self->list, groups, create_row, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, n_groups > 0 ? "some" : "none");
}

static void
query_done (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BallastProblemsCard) self = BALLAST_PROBLEMS_CARD (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) groups = ballast_problem_list_query_finish (result, &error);

  if (groups != NULL && self->document != NULL)
    show_groups (self, groups);
}

static void
query (BallastProblemsCard *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->document == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  ballast_problem_list_query_async (self->document, self->cancellable, query_done,
                                    g_object_ref (self));
}

static void
on_changed (BallastProblemsCard *self,
            BallastChanged       what)
{
  if (what & (BALLAST_CHANGED_PROBLEMS | BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_CLASSES))
    query (self);
}

static void
ballast_problems_card_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  g_value_set_object (value, BALLAST_PROBLEMS_CARD (object)->document);
}

static void
ballast_problems_card_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  ballast_problems_card_set_document (BALLAST_PROBLEMS_CARD (object), g_value_get_object (value));
}

static void
ballast_problems_card_dispose (GObject *object)
{
  BallastProblemsCard *self = BALLAST_PROBLEMS_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->document);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_PROBLEMS_CARD);

  G_OBJECT_CLASS (ballast_problems_card_parent_class)->dispose (object);
}

static void
ballast_problems_card_class_init (BallastProblemsCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_problems_card_get_property;
  object_class->set_property = ballast_problems_card_set_property;
  object_class->dispose = ballast_problems_card_dispose;

  properties[PROP_DOCUMENT]
    = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-problems-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastProblemsCard, badge);
  gtk_widget_class_bind_template_child (widget_class, BallastProblemsCard, stack);
  gtk_widget_class_bind_template_child (widget_class, BallastProblemsCard, list);
}

static void
ballast_problems_card_init (BallastProblemsCard *self)
{
  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (on_changed), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  show_groups (self, NULL);
}

void
ballast_problems_card_set_document (BallastProblemsCard *self,
                                    BallastDocument     *document)
{
  g_return_if_fail (BALLAST_IS_PROBLEMS_CARD (self));

  if (!g_set_object (&self->document, document))
    return;

  g_signal_group_set_target (self->document_signals, document);
  show_groups (self, NULL);
  query (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}
