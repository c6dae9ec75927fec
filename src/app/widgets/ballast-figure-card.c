/*
 * A figure on a card.
 *
 * The card is a menu button, so that keyboard, touch and screen reader get at the explanation in
 * the ways they know.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-figure-card.h"

#include <glib/gi18n.h>

struct _BallastFigureCard
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkWidget     *content;
  GtkLabel      *value;
  GtkLabel      *unit;
  GtkLabel      *caption;
  GtkWidget     *explanation_box;
  GtkLabel      *explanation;
  GtkLabel      *formula;
};

G_DEFINE_FINAL_TYPE (BallastFigureCard, ballast_figure_card, ADW_TYPE_BIN)

static void
ballast_figure_card_dispose (GObject *object)
{
  /* First, or the bin would let go of a child that the template has let go of already. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), BALLAST_TYPE_FIGURE_CARD);

  G_OBJECT_CLASS (ballast_figure_card_parent_class)->dispose (object);
}

static void
ballast_figure_card_class_init (BallastFigureCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_figure_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-figure-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastFigureCard, button);
  gtk_widget_class_bind_template_child (widget_class, BallastFigureCard, content);
  gtk_widget_class_bind_template_child (widget_class, BallastFigureCard, value);
  gtk_widget_class_bind_template_child (widget_class, BallastFigureCard, unit);
  gtk_widget_class_bind_template_child (widget_class, BallastFigureCard, caption);
  gtk_widget_class_bind_template_child (widget_class, BallastFigureCard, explanation_box);
  gtk_widget_class_bind_template_child (widget_class, BallastFigureCard, explanation);
  gtk_widget_class_bind_template_child (widget_class, BallastFigureCard, formula);
}

/* GTK 4.8 asks a popover for its height without saying how wide it will be, and wrapped text comes
 * out too short: say the height for the width it gets. */
static void
fit_explanation (GtkMenuButton *button,
                 gpointer       user_data)
{
  BallastFigureCard *self = BALLAST_FIGURE_CARD (user_data);
  int width;
  int height;

  gtk_widget_set_size_request (self->explanation_box, -1, -1);
  gtk_widget_measure (self->explanation_box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL,
                      NULL);
  gtk_widget_measure (self->explanation_box, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL,
                      NULL);
  gtk_widget_set_size_request (self->explanation_box, width, height);
}

/* A menu button centres what it holds; a card's text begins at its left edge. */
static void
fill_button (BallastFigureCard *self)
{
  for (GtkWidget *widget = self->content; widget != GTK_WIDGET (self->button);
       widget = gtk_widget_get_parent (widget))
    {
      gtk_widget_set_halign (widget, GTK_ALIGN_FILL);
      gtk_widget_set_hexpand (widget, TRUE);
    }
}

static void
ballast_figure_card_init (BallastFigureCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_button (self);
  gtk_menu_button_set_create_popup_func (self->button, fit_explanation, self, NULL);
}

GtkWidget *
ballast_figure_card_new (void)
{
  return g_object_new (BALLAST_TYPE_FIGURE_CARD, NULL);
}

/* The button inside the menu button is what takes the focus: it needs the name as well. */
static void
set_accessible_name (BallastFigureCard *self,
                     const char        *name)
{
  GtkWidget *toggle = gtk_widget_get_first_child (GTK_WIDGET (self->button));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
ballast_figure_card_set_figure (BallastFigureCard   *self,
                                const BallastFigure *figure)
{
  g_autofree char *name = NULL;

  g_return_if_fail (BALLAST_IS_FIGURE_CARD (self));
  g_return_if_fail (figure != NULL);

  gtk_label_set_label (self->value, figure->value);
  gtk_label_set_label (self->unit, figure->unit);
  gtk_label_set_label (self->caption, figure->caption);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->caption), figure->caption);
  gtk_label_set_label (self->explanation, figure->explanation);
  gtk_label_set_label (self->formula, figure->formula);
  gtk_widget_set_visible (GTK_WIDGET (self->formula), *figure->formula != '\0');

  name = g_strdup_printf ("%s %s, %s", figure->value, figure->unit, figure->caption);
  set_accessible_name (self, name);
}

void
ballast_figure_clear (BallastFigure *figure)
{
  g_clear_pointer (&figure->value, g_free);
  g_clear_pointer (&figure->unit, g_free);
  g_clear_pointer (&figure->caption, g_free);
  g_clear_pointer (&figure->explanation, g_free);
  g_clear_pointer (&figure->formula, g_free);
}
