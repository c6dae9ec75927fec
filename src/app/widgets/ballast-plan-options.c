/* The choices of a plan over whole images, in a row that wraps. */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-plan-options.h"

#include <glib/gi18n.h>

#include "ballast-wrap-box.h"

/* What a share begins with where there was none. */
#define FIRST_PERCENT 10

struct _BallastPlanOptions
{
  AdwBin parent_instance;

  GtkWidget      *unit_box;
  GtkDropDown    *unit;
  GtkWidget      *form_box;
  GtkDropDown    *form;
  GtkWidget      *background_box;
  GtkLabel       *background_label;
  GtkDropDown    *background;
  GtkSpinButton  *background_value;
  GtkCheckButton *crops;
  GtkWidget      *crop_box;
  GtkSpinButton  *crop_min;
  GtkSpinButton  *crop_visibility;
  GtkSpinButton  *crop_size;
  guint           showing : 1;
};

G_DEFINE_FINAL_TYPE (BallastPlanOptions, ballast_plan_options, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_changed (BallastPlanOptions *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_background_kind (BallastPlanOptions   *self,
                      BallastBackgroundKind kind)
{
  gtk_widget_set_visible (GTK_WIDGET (self->background_value), kind != BALLAST_BACKGROUND_ALL);
  gtk_spin_button_set_range (self->background_value, 0,
                             kind == BALLAST_BACKGROUND_SHARE ? 100 : 1e8);
}

/* A kind that needs a number begins with one. */
static void
on_background_kind (BallastPlanOptions *self)
{
  BallastBackgroundKind kind = gtk_drop_down_get_selected (self->background);

  if (self->showing)
    return;

  self->showing = TRUE;
  show_background_kind (self, kind);
  gtk_spin_button_set_value (self->background_value,
                             kind == BALLAST_BACKGROUND_SHARE ? FIRST_PERCENT : 100);
  self->showing = FALSE;
  on_changed (self);
}

static void
ballast_plan_options_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), BALLAST_TYPE_PLAN_OPTIONS);

  G_OBJECT_CLASS (ballast_plan_options_parent_class)->dispose (object);
}

static void
ballast_plan_options_class_init (BallastPlanOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_plan_options_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BALLAST_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-plan-options.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, unit_box);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, unit);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, form_box);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, form);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, background_box);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, background_label);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, background);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, background_value);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, crops);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, crop_box);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, crop_min);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, crop_visibility);
  gtk_widget_class_bind_template_child (widget_class, BallastPlanOptions, crop_size);
}

static void
ballast_plan_options_init (BallastPlanOptions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_swapped (self->unit, "notify::selected", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->form, "notify::selected", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->background, "notify::selected", G_CALLBACK (on_background_kind),
                            self);
  g_signal_connect_swapped (self->background_value, "value-changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->crops, "toggled", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->crop_min, "value-changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->crop_visibility, "value-changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->crop_size, "value-changed", G_CALLBACK (on_changed), self);
}

static void
show_values (BallastPlanOptions           *self,
             const BallastBalanceSettings *settings)
{
  const BallastBackground *background = &settings->background;
  double value = background->kind == BALLAST_BACKGROUND_SHARE ? background->value * 100
                                                              : background->value;

  gtk_drop_down_set_selected (self->unit, settings->unit);
  gtk_drop_down_set_selected (self->form, settings->instance_aware ? 1 : 0);
  gtk_drop_down_set_selected (self->background, background->kind);
  show_background_kind (self, background->kind);
  gtk_spin_button_set_value (self->background_value, value);
  gtk_check_button_set_active (self->crops, settings->crops.enabled);
  gtk_spin_button_set_value (self->crop_min, settings->crops.min_size);
  gtk_spin_button_set_value (self->crop_visibility, settings->crops.visibility * 100);
  gtk_spin_button_set_value (self->crop_size, settings->crops.size);
}

void
ballast_plan_options_show (BallastPlanOptions           *self,
                           const BallastBalanceSettings *settings,
                           const BallastTally           *tally)
{
  gboolean several = ballast_plan_needs_rows (tally);
  gboolean factors = settings->strategy == BALLAST_STRATEGY_REPEAT_FACTOR;
  gboolean adds = settings->strategy == BALLAST_STRATEGY_OVERSAMPLE ||
                  settings->strategy == BALLAST_STRATEGY_BOTH;
  gboolean crops = adds && several && tally->boxes > 0;

  g_return_if_fail (BALLAST_IS_PLAN_OPTIONS (self));

  self->showing = TRUE;
  show_values (self, settings);
  gtk_widget_set_visible (self->unit_box, several && tally->boxes > 0);
  gtk_widget_set_visible (self->form_box, factors);
  gtk_widget_set_visible (self->background_box, tally->unlabelled > 0);
  gtk_label_set_label (self->background_label, tally->boxes > 0 ? _("Without objects")
                                                                : _("Without labels"));
  gtk_widget_set_visible (GTK_WIDGET (self->crops), crops);
  gtk_widget_set_visible (self->crop_box, crops && settings->crops.enabled);
  gtk_widget_set_visible (GTK_WIDGET (self), (several && tally->boxes > 0) || factors ||
                          tally->unlabelled > 0);
  self->showing = FALSE;
}

void
ballast_plan_options_read (BallastPlanOptions     *self,
                           BallastBalanceSettings *settings)
{
  BallastBackground *background = &settings->background;

  g_return_if_fail (BALLAST_IS_PLAN_OPTIONS (self));

  settings->unit = gtk_drop_down_get_selected (self->unit);
  settings->instance_aware = gtk_drop_down_get_selected (self->form) == 1;
  background->kind = gtk_drop_down_get_selected (self->background);
  background->value = background->kind == BALLAST_BACKGROUND_ALL
                        ? 0 : gtk_spin_button_get_value (self->background_value);
  if (background->kind == BALLAST_BACKGROUND_SHARE)
    background->value /= 100;
  settings->crops.enabled = gtk_check_button_get_active (self->crops);
  settings->crops.min_size = (guint) gtk_spin_button_get_value_as_int (self->crop_min);
  settings->crops.visibility = gtk_spin_button_get_value (self->crop_visibility) / 100;
  settings->crops.size = (guint) gtk_spin_button_get_value_as_int (self->crop_size);
}
