/*
 * The distribution of the classes on a card.
 *
 * How it is shown (scale, order, stacking …) is this card's own and not the project's: looking at
 * data differently is no edit.  The chart's model is made from the document's counts whenever one
 * of the two changes: O(classes × splits), on the main thread.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-distribution-card.h"

#include <glib/gi18n.h>

#include "ballast-chart-save.h"
#include "ballast-class-chart.h"
#include "ballast-class-table.h"
#include "ballast-document-export.h"
#include "ballast-file-choosers.h"
#include "ballast-wrap-box.h"

struct _BallastDistributionCard
{
  AdwBin parent_instance;

  BallastDocument  *document;
  BallastSelection *selection;
  GSignalGroup     *document_signals;
  GSignalGroup     *selection_signals;
  char             *scale;  /* "linear", "log" */
  char             *time;   /* "now", "after" */
  char             *sort;   /* "count", "name", "index" */
  char             *unit;   /* "images", "objects" */

  GtkMenuButton     *sort_button;
  GtkWidget         *units;
  GtkWidget         *after_button;
  GtkStack          *stack;
  BallastClassChart *chart;
  BallastClassTable *table;

  gboolean stacked;
  gboolean as_table;
};

G_DEFINE_FINAL_TYPE (BallastDistributionCard, ballast_distribution_card, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SELECTION,
  PROP_SCALE,
  PROP_TIME,
  PROP_SORT,
  PROP_UNIT,
  PROP_STACKED,
  PROP_AS_TABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static BallastTally *
get_tally (BallastDistributionCard *self)
{
  return self->document != NULL ? ballast_document_get_tally (self->document) : NULL;
}

/* The selected split's position in @tally; n_splits for those in none; -1 for all. */
static int
get_split (BallastDistributionCard *self,
           BallastTally            *tally)
{
  gint64 split_id = self->selection != NULL ? ballast_selection_get_split_id (self->selection) : 0;

  if (split_id == BALLAST_SELECTION_NONE)
    return tally->n_splits;
  for (guint i = 0; i < tally->n_splits; i++)
    if (tally->splits[i].id == split_id)
      return i;

  return -1;
}

/* What is shown: where images and objects are the same, the choice is not there. */
static BallastUnit
get_unit (BallastDistributionCard *self)
{
  return gtk_widget_get_visible (self->units) && g_str_equal (self->unit, "objects")
           ? BALLAST_UNIT_INSTANCES : BALLAST_UNIT_IMAGES;
}

/* The plan always knows images; objects only where it counts them. */
static gboolean
knows_after (BallastDistributionCard *self)
{
  BallastSettings *settings = ballast_document_get_settings (self->document);

  return get_unit (self) == BALLAST_UNIT_IMAGES ||
         ballast_settings_get_balance (settings)->unit == BALLAST_UNIT_INSTANCES;
}

/* (transfer full) (nullable): what the classes of @split have after balancing.  Only the training
 * split is balanced; the others stay as they are. */
static guint64 *
dup_after (BallastDistributionCard *self,
           BallastTally            *tally,
           int                      split)
{
  g_autoptr(BallastPlan) plan = NULL;
  gboolean images = get_unit (self) == BALLAST_UNIT_IMAGES;
  guint64 *after;

  if (!knows_after (self))
    return NULL;
  plan = ballast_document_dup_plan (self->document, NULL);
  if (plan == NULL || plan->n_classes != tally->n_classes)
    return NULL;

  after = ballast_unit_dup_counts (get_unit (self), tally, split);
  if (split >= 0 && (guint) split != plan->training_split)
    return after;

  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastPlanClass *class = &plan->classes[i];

      after[i] = after[i] - MIN (after[i], images ? class->images_now : class->now) +
                 (images ? class->images_after : class->after);
    }

  return after;
}

static BallastChartSort
get_sort (BallastDistributionCard *self)
{
  if (g_str_equal (self->sort, "name"))
    return BALLAST_CHART_SORT_NAME;
  if (g_str_equal (self->sort, "index"))
    return BALLAST_CHART_SORT_INDEX;

  return BALLAST_CHART_SORT_COUNT;
}

static BallastChartScale
get_scale (BallastDistributionCard *self)
{
  return g_str_equal (self->scale, "log") ? BALLAST_CHART_SCALE_LOG : BALLAST_CHART_SCALE_LINEAR;
}

/* (transfer full): what is shown now. */
static BallastChartModel *
create_model (BallastDistributionCard *self,
              BallastTally            *tally,
              const guint64           *after)
{
  BallastChartModel *model
    = ballast_chart_model_new_from_tally (tally,
                                          get_unit (self) == BALLAST_UNIT_IMAGES
                                            ? BALLAST_CHART_UNIT_IMAGES
                                            : BALLAST_CHART_UNIT_INSTANCES,
                                          get_split (self, tally), self->stacked);

  ballast_chart_model_set_after (model, after);
  model->sort = get_sort (self);
  model->scale = get_scale (self);

  return model;
}

/* (transfer full) (nullable) */
static guint64 *
dup_shown_after (BallastDistributionCard *self,
                 BallastTally            *tally)
{
  return g_str_equal (self->time, "after") ? dup_after (self, tally, get_split (self, tally)) : NULL;
}

/* TRUE where some class has more labels than images. */
static gboolean
counts_differ (const BallastTally *tally)
{
  for (guint i = 0; i < tally->n_classes; i++)
    if (tally->classes[i].total.images != tally->classes[i].total.instances)
      return TRUE;
  return FALSE;
}

static void
show_units (BallastDistributionCard *self,
            BallastTally            *tally)
{
  gtk_widget_set_visible (self->units, counts_differ (tally));
  gtk_widget_set_tooltip_text (self->after_button,
                               knows_after (self) ? _("With What Balancing Will Add and Leave Out")
                                     : _("The Plan Counts Images: Balance Instances to See Objects"));
}

static void
show_chart (BallastDistributionCard *self,
            BallastTally            *tally)
{
  g_autofree guint64 *after = NULL;

  show_units (self, tally);
  after = dup_shown_after (self, tally);
  ballast_class_chart_take_model (self->chart, create_model (self, tally, after));
  ballast_class_table_set_after (self->table, after, tally->n_classes);
}

static void
update (BallastDistributionCard *self)
{
  BallastTally *tally = get_tally (self);
  gboolean has_classes = tally != NULL && tally->n_classes > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "distribution.save", has_classes);
  if (!has_classes)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      ballast_class_chart_take_model (self->chart, NULL);
      return;
    }

  gtk_stack_set_visible_child_name (self->stack, self->as_table ? "table" : "chart");
  show_chart (self, tally);
}

static void
on_split_changed (BallastDistributionCard *self)
{
  ballast_class_table_set_split (self->table, ballast_selection_get_split_id (self->selection));
  update (self);
}

static void
on_class_activated (BallastClassChart       *chart,
                    guint                    class_index,
                    BallastDistributionCard *self)
{
  BallastTally *tally = get_tally (self);

  if (tally != NULL && class_index < tally->n_classes)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-class", "x",
                                tally->classes[class_index].id);
}

static void
save_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BallastDistributionCard) self = BALLAST_DISTRIBUTION_CARD (user_data);
  g_autoptr(GError) error = NULL;
  const char *message = _("Chart saved");

  if (!ballast_chart_save_finish (result, &error))
    message = error->message;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", message);
}

static void
on_save_chosen (GFile   *file,
                gpointer owner)
{
  BallastDistributionCard *self = BALLAST_DISTRIBUTION_CARD (owner);
  BallastTally *tally = get_tally (self);
  BallastChartFileOptions options = { 0 };
  g_autofree guint64 *after = NULL;

  if (tally == NULL)
    return;

  after = dup_shown_after (self, tally);
  options.title = ballast_document_get_title (self->document);
  options.subtitle = ballast_document_get_subtitle (self->document);
  ballast_chart_save_async (create_model (self, tally, after), g_file_peek_path (file), &options,
                            save_done, g_object_ref (self));
}

static void
on_save (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastSaveChoice choice = { _("Save the Chart"), _("_Save"), _("distribution.png"), NULL };

  ballast_choose_save_file (GTK_WINDOW (gtk_widget_get_root (widget)), &choice, on_save_chosen,
                            widget);
}

/* A menu button shows what is chosen. */
static void
update_sort_button (BallastDistributionCard *self)
{
  static const struct
  {
    const char *sort;
    const char *label;
  } labels[] = {
    { "count", N_("By count") },
    { "name", N_("By name") },
    { "index", N_("As in the dataset") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].sort, self->sort))
      gtk_menu_button_set_label (self->sort_button, _(labels[i].label));
}

static void
set_string (BallastDistributionCard *self,
            char                   **field,
            const GValue            *value,
            GParamSpec              *pspec)
{
  const char *text = g_value_get_string (value);

  if (text == NULL || g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  update_sort_button (self);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_boolean (BallastDistributionCard *self,
             gboolean                *field,
             const GValue            *value,
             GParamSpec              *pspec)
{
  if (*field == g_value_get_boolean (value))
    return;

  *field = g_value_get_boolean (value);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
ballast_distribution_card_get_property (GObject    *object,
                                        guint       property_id,
                                        GValue     *value,
                                        GParamSpec *pspec)
{
  BallastDistributionCard *self = BALLAST_DISTRIBUTION_CARD (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    case PROP_SCALE:
      g_value_set_string (value, self->scale);
      break;
    case PROP_TIME:
      g_value_set_string (value, self->time);
      break;
    case PROP_SORT:
      g_value_set_string (value, self->sort);
      break;
    case PROP_UNIT:
      g_value_set_string (value, self->unit);
      break;
    case PROP_STACKED:
      g_value_set_boolean (value, self->stacked);
      break;
    case PROP_AS_TABLE:
      g_value_set_boolean (value, self->as_table);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_distribution_card_set_property (GObject      *object,
                                        guint         property_id,
                                        const GValue *value,
                                        GParamSpec   *pspec)
{
  BallastDistributionCard *self = BALLAST_DISTRIBUTION_CARD (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      ballast_distribution_card_set_document (self, g_value_get_object (value));
      break;
    case PROP_SELECTION:
      ballast_distribution_card_set_selection (self, g_value_get_object (value));
      break;
    case PROP_SCALE:
      set_string (self, &self->scale, value, pspec);
      break;
    case PROP_TIME:
      set_string (self, &self->time, value, pspec);
      break;
    case PROP_SORT:
      set_string (self, &self->sort, value, pspec);
      break;
    case PROP_UNIT:
      set_string (self, &self->unit, value, pspec);
      break;
    case PROP_STACKED:
      set_boolean (self, &self->stacked, value, pspec);
      break;
    case PROP_AS_TABLE:
      set_boolean (self, &self->as_table, value, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_distribution_card_dispose (GObject *object)
{
  BallastDistributionCard *self = BALLAST_DISTRIBUTION_CARD (object);

  g_clear_object (&self->document_signals);
  g_clear_object (&self->selection_signals);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_DISTRIBUTION_CARD);
  g_clear_object (&self->document);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (ballast_distribution_card_parent_class)->dispose (object);
}

static void
ballast_distribution_card_finalize (GObject *object)
{
  BallastDistributionCard *self = BALLAST_DISTRIBUTION_CARD (object);

  g_free (self->scale);
  g_free (self->time);
  g_free (self->sort);
  g_free (self->unit);

  G_OBJECT_CLASS (ballast_distribution_card_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL,
                                                    BALLAST_TYPE_SELECTION, flags);
  properties[PROP_SCALE] = g_param_spec_string ("scale", NULL, NULL, "linear", flags);
  properties[PROP_TIME] = g_param_spec_string ("time", NULL, NULL, "now", flags);
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, "count", flags);
  properties[PROP_UNIT] = g_param_spec_string ("unit", NULL, NULL, "images", flags);
  properties[PROP_STACKED] = g_param_spec_boolean ("stacked", NULL, NULL, FALSE, flags);
  properties[PROP_AS_TABLE] = g_param_spec_boolean ("as-table", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ballast_distribution_card_class_init (BallastDistributionCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_distribution_card_get_property;
  object_class->set_property = ballast_distribution_card_set_property;
  object_class->dispose = ballast_distribution_card_dispose;
  object_class->finalize = ballast_distribution_card_finalize;
  install_properties (object_class);

  g_type_ensure (BALLAST_TYPE_CLASS_CHART);
  g_type_ensure (BALLAST_TYPE_CLASS_TABLE);
  g_type_ensure (BALLAST_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
    widget_class, BALLAST_RESOURCE_BASE "/ballast-distribution-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastDistributionCard, sort_button);
  gtk_widget_class_bind_template_child (widget_class, BallastDistributionCard, units);
  gtk_widget_class_bind_template_child (widget_class, BallastDistributionCard, after_button);
  gtk_widget_class_bind_template_child (widget_class, BallastDistributionCard, stack);
  gtk_widget_class_bind_template_child (widget_class, BallastDistributionCard, chart);
  gtk_widget_class_bind_template_child (widget_class, BallastDistributionCard, table);
  gtk_widget_class_bind_template_callback (widget_class, on_class_activated);

  gtk_widget_class_install_property_action (widget_class, "distribution.scale", "scale");
  gtk_widget_class_install_property_action (widget_class, "distribution.time", "time");
  gtk_widget_class_install_property_action (widget_class, "distribution.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "distribution.unit", "unit");
  gtk_widget_class_install_property_action (widget_class, "distribution.stacked", "stacked");
  gtk_widget_class_install_property_action (widget_class, "distribution.as-table", "as-table");
  gtk_widget_class_install_action (widget_class, "distribution.save", NULL, on_save);
}

static void
ballast_distribution_card_init (BallastDistributionCard *self)
{
  self->scale = g_strdup ("linear");
  self->time = g_strdup ("now");
  self->sort = g_strdup ("count");
  self->unit = g_strdup ("images");
  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->document_signals, "planned", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::tally", G_CALLBACK (update),
                                  self);
  self->selection_signals = g_signal_group_new (BALLAST_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "notify::split-id",
                                  G_CALLBACK (on_split_changed), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
ballast_distribution_card_set_document (BallastDistributionCard *self,
                                        BallastDocument         *document)
{
  g_return_if_fail (BALLAST_IS_DISTRIBUTION_CARD (self));

  if (!g_set_object (&self->document, document))
    return;

  g_signal_group_set_target (self->document_signals, document);
  ballast_class_table_set_document (self->table, document);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

void
ballast_distribution_card_set_selection (BallastDistributionCard *self,
                                         BallastSelection        *selection)
{
  g_return_if_fail (BALLAST_IS_DISTRIBUTION_CARD (self));

  if (!g_set_object (&self->selection, selection))
    return;

  g_signal_group_set_target (self->selection_signals, selection);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
