/*
 * One parameter, by its declaration: sliders for numbers and ranges, a switch, a list of choices or
 * a colour.  An op that comes later needs no line here.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-parameter-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ballast-range-slider.h"

#define LABEL_CHARACTERS 9
#define VALUE_CHARACTERS 9

struct _BallastParameterRow
{
  GtkBox parent_instance;

  const BallastParameter *parameter;
  BallastValue            value;

  GtkWidget *slider;               /* RANGE, FLOAT, INT */
  GtkWidget *button;               /* of them: the value, which opens the fields */
  GtkWidget *fields[2];
  GtkWidget *toggle;               /* BOOL */
  GtkWidget *choices;              /* CHOICE */
  GtkWidget *colour;               /* COLOUR */

  guint showing : 1;                   /* the widgets are being set, nobody is editing */
};

G_DEFINE_FINAL_TYPE (BallastParameterRow, ballast_parameter_row, GTK_TYPE_BOX)

enum
{
  CHANGED,
  COMMITTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_range (BallastParameterRow *self)
{
  return self->parameter->type == BALLAST_PARAMETER_RANGE;
}

static void
show_value_text (BallastParameterRow *self)
{
  g_autofree char *text = ballast_parameter_format (self->parameter, &self->value);
  GtkWidget *label;

  if (self->button == NULL)
    return;

  label = gtk_menu_button_get_child (GTK_MENU_BUTTON (self->button));
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

static void
show_numbers (BallastParameterRow *self)
{
  double lower = is_range (self) ? self->value.number[0] : self->parameter->minimum;
  double upper = is_range (self) ? self->value.number[1] : self->value.number[0];

  ballast_range_slider_set_values (BALLAST_RANGE_SLIDER (self->slider), lower, upper);
  for (guint i = 0; i < 2; i++)
    if (self->fields[i] != NULL)
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->fields[i]), self->value.number[i]);
}

static void
show_colour (BallastParameterRow *self)
{
  const GdkRGBA colour = { (float) (self->value.number[0] / 255), (float) (self->value.number[1] / 255),
                           (float) (self->value.number[2] / 255), 1 };

  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->colour), &colour);
}

static void
show (BallastParameterRow *self)
{
  self->showing = TRUE;
  if (self->slider != NULL)
    show_numbers (self);
  if (self->toggle != NULL)
    gtk_switch_set_active (GTK_SWITCH (self->toggle), self->value.number[0] != 0);
  if (self->choices != NULL)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choices), (guint) self->value.number[0]);
  if (self->colour != NULL)
    show_colour (self);
  self->showing = FALSE;

  show_value_text (self);
}

static void
take (BallastParameterRow *self,
      const BallastValue  *value)
{
  self->value = *value;
  ballast_parameter_clamp (self->parameter, &self->value);
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_and_commit (BallastParameterRow *self,
                 const BallastValue  *value)
{
  take (self, value);
  g_signal_emit (self, signals[COMMITTED], 0);
}

static void
on_slider_changed (BallastRangeSlider  *slider,
                   BallastParameterRow *self)
{
  BallastValue value = { { 0 } };

  if (is_range (self))
    {
      value.number[0] = ballast_range_slider_get_lower (slider);
      value.number[1] = ballast_range_slider_get_upper (slider);
    }
  else
    value.number[0] = ballast_range_slider_get_upper (slider);
  take (self, &value);
}

static void
on_slider_committed (BallastRangeSlider  *slider,
                     BallastParameterRow *self)
{
  g_signal_emit (self, signals[COMMITTED], 0);
}

static void
on_field_changed (GtkSpinButton       *field,
                  BallastParameterRow *self)
{
  BallastValue value = self->value;
  guint index = GTK_WIDGET (field) == self->fields[1] ? 1 : 0;

  if (self->showing)
    return;

  value.number[index] = gtk_spin_button_get_value (field);
  if (is_range (self) && value.number[0] > value.number[1])
    value.number[1 - index] = value.number[index];
  take_and_commit (self, &value);
}

static void
on_toggle_changed (GtkSwitch           *toggle,
                   GParamSpec          *pspec,
                   BallastParameterRow *self)
{
  const BallastValue value = { { gtk_switch_get_active (toggle) } };

  if (!self->showing)
    take_and_commit (self, &value);
}

static void
on_choice_changed (GtkDropDown         *choices,
                   GParamSpec          *pspec,
                   BallastParameterRow *self)
{
  const BallastValue value = { { gtk_drop_down_get_selected (choices) } };

  if (!self->showing)
    take_and_commit (self, &value);
}

static void
on_colour_set (GtkColorButton      *button,
               BallastParameterRow *self)
{
  GdkRGBA colour;
  BallastValue value;

  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (button), &colour);
  value.number[0] = round (colour.red * 255);
  value.number[1] = round (colour.green * 255);
  value.number[2] = round (colour.blue * 255);
  take_and_commit (self, &value);
}

static GtkWidget *
new_field (BallastParameterRow *self,
           const char          *name)
{
  const BallastParameter *parameter = self->parameter;
  GtkWidget *field = gtk_spin_button_new_with_range (parameter->minimum, parameter->maximum,
                                                     parameter->step);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (field), parameter->digits);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (field, "value-changed", G_CALLBACK (on_field_changed), self);
  return field;
}

/* What opens below the value: fields to type it. */
static GtkWidget *
new_fields_popover (BallastParameterRow *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->fields[0] = new_field (self, is_range (self) ? _("From") : _(self->parameter->label));
  gtk_box_append (GTK_BOX (box), self->fields[0]);
  if (is_range (self))
    {
      self->fields[1] = new_field (self, _("To"));
      gtk_box_append (GTK_BOX (box), gtk_label_new ("…"));
      gtk_box_append (GTK_BOX (box), self->fields[1]);
    }
  if (*self->parameter->unit != '\0')
    gtk_box_append (GTK_BOX (box), gtk_label_new (self->parameter->unit));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static void
build_numbers (BallastParameterRow *self)
{
  const BallastParameter *parameter = self->parameter;
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *name = g_strdup_printf (_("Type %s"), _(parameter->label));

  self->slider = ballast_range_slider_new (parameter->minimum, parameter->maximum, parameter->step,
                                           is_range (self));
  ballast_range_slider_set_label (BALLAST_RANGE_SLIDER (self->slider), _(parameter->label));
  gtk_widget_set_hexpand (self->slider, TRUE);
  g_signal_connect (self->slider, "changed", G_CALLBACK (on_slider_changed), self);
  g_signal_connect (self->slider, "committed", G_CALLBACK (on_slider_committed), self);
  gtk_box_append (GTK_BOX (self), self->slider);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_width_chars (GTK_LABEL (label), VALUE_CHARACTERS);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), label);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), new_fields_popover (self));
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->button), FALSE);
  gtk_widget_add_css_class (self->button, "value-button");
  gtk_widget_set_tooltip_text (self->button, _("Type the Value"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_box_append (GTK_BOX (self), self->button);
}

static void
append_plain (BallastParameterRow *self,
              GtkWidget           *widget)
{
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_halign (widget, GTK_ALIGN_END);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(self->parameter->label), -1);
  gtk_box_append (GTK_BOX (self), widget);
}

static void
build_choices (BallastParameterRow *self)
{
  GtkStringList *labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->parameter->n_choices; i++)
    gtk_string_list_append (labels, _(self->parameter->choices[i].label));
  self->choices = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  g_signal_connect (self->choices, "notify::selected", G_CALLBACK (on_choice_changed), self);
  append_plain (self, self->choices);
}

static void
build (BallastParameterRow *self)
{
  GtkWidget *label = gtk_label_new (_(self->parameter->label));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), LABEL_CHARACTERS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_CHARACTERS);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (self), label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _(self->parameter->help));

  switch (self->parameter->type)
    {
    case BALLAST_PARAMETER_BOOL:
      self->toggle = gtk_switch_new ();
      g_signal_connect (self->toggle, "notify::active", G_CALLBACK (on_toggle_changed), self);
      append_plain (self, self->toggle);
      break;
    case BALLAST_PARAMETER_CHOICE:
      build_choices (self);
      break;
    case BALLAST_PARAMETER_COLOUR:
      self->colour = gtk_color_button_new ();
      g_signal_connect (self->colour, "color-set", G_CALLBACK (on_colour_set), self);
      append_plain (self, self->colour);
      break;
    case BALLAST_PARAMETER_RANGE:
    case BALLAST_PARAMETER_FLOAT:
    case BALLAST_PARAMETER_INT:
    default:
      build_numbers (self);
    }
}

static void
ballast_parameter_row_class_init (BallastParameterRowClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ballast_parameter_row_init (BallastParameterRow *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "parameter-row");
}

GtkWidget *
ballast_parameter_row_new (const BallastParameter *parameter)
{
  BallastParameterRow *self = g_object_new (BALLAST_TYPE_PARAMETER_ROW, NULL);

  self->parameter = parameter;
  self->value = parameter->initial;
  build (self);
  show (self);
  return GTK_WIDGET (self);
}

void
ballast_parameter_row_set_value (BallastParameterRow *self,
                                 const BallastValue  *value)
{
  g_return_if_fail (BALLAST_IS_PARAMETER_ROW (self));

  self->value = *value;
  show (self);
}

void
ballast_parameter_row_get_value (BallastParameterRow *self,
                                 BallastValue        *value)
{
  g_return_if_fail (BALLAST_IS_PARAMETER_ROW (self));

  *value = self->value;
}
