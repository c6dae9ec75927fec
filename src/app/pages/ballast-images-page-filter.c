/*
 * Which images are shown: chips for what is filtered, a popover to filter by more.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-images-page-private.h"

#include <glib/gi18n.h>

#include "ballast-class-dot.h"

#define CHIP_CHARACTERS 18

static const struct
{
  BallastImageState state;
  const char       *label;
} states[] = {
  { BALLAST_IMAGE_STATE_PRESENT, N_("Images that are there") },
  { BALLAST_IMAGE_STATE_COUNTING, N_("Without excluded ones") },
  { BALLAST_IMAGE_STATE_EXCLUDED, N_("Excluded ones only") },
  { BALLAST_IMAGE_STATE_ALL, N_("Unreadable and missing ones too") },
};

static const char *
describe_problem (BallastProblemKind kind)
{
  switch ((guint) kind)
    {
    case BALLAST_PROBLEM_DUPLICATE:
      return _("stored twice");
    case BALLAST_PROBLEM_CLASS_CONFLICT:
      return _("in two classes");
    case BALLAST_PROBLEM_SPLIT_LEAK:
    case BALLAST_PROBLEM_NEAR_LEAK:
    case BALLAST_PROBLEM_GROUP_LEAK:
      return _("in two splits");
    case BALLAST_PROBLEM_NEAR_DUPLICATE:
      return _("alike");
    case BALLAST_PROBLEM_WRONG_ENDING:
      return _("wrong ending");
    case BALLAST_PROBLEM_DAMAGED:
      return _("damaged");
    case BALLAST_PROBLEM_BOX_OUTSIDE:
      return _("boxes outside");
    case BALLAST_PROBLEM_EMPTY_BOX:
      return _("boxes without area");
    case BALLAST_PROBLEM_SIZE_MISMATCH:
      return _("another size");
    default:
      return _("with a problem");
    }
}

static void
on_chip_clicked (GtkButton         *button,
                 BallastImagesPage *self)
{
  const char *what = gtk_widget_get_name (GTK_WIDGET (button));

  if (g_str_equal (what, "class"))
    ballast_selection_set_class_id (self->selection, BALLAST_SELECTION_ALL);
  else if (g_str_equal (what, "also-class"))
    ballast_selection_set_also_class_id (self->selection, BALLAST_SELECTION_ALL);
  else if (g_str_equal (what, "split"))
    ballast_selection_set_split_id (self->selection, BALLAST_SELECTION_ALL);
  else if (g_str_equal (what, "problem"))
    ballast_selection_set_problem_kind (self->selection, 0);
  else
    {
      self->state = BALLAST_IMAGE_STATE_PRESENT;
      g_clear_pointer (&self->text, g_free);
      _ballast_images_page_build_filter (self);
      _ballast_images_page_refresh (self);
    }
}

/* @dot may be NULL. */
static void
add_chip (BallastImagesPage *self,
          const char        *what,
          const char        *label,
          GtkWidget         *dot)
{
  g_autofree char *name = g_strdup_printf (_("Stop filtering by %s"), label);
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (label);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (text), CHIP_CHARACTERS);
  if (dot != NULL)
    gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);

  gtk_widget_set_name (chip, what);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (chip, "clicked", G_CALLBACK (on_chip_clicked), self);
  gtk_box_append (self->chips, chip);
}

static const char *
get_split_name (BallastTally *tally,
                gint64        split_id)
{
  for (guint i = 0; i < tally->n_splits; i++)
    if (tally->splits[i].id == split_id)
      return tally->splits[i].name;

  return _("no split");
}

void
_ballast_images_page_show_chips (BallastImagesPage *self)
{
  BallastTally *tally = ballast_document_get_tally (self->document);
  gint64 class_id = ballast_selection_get_class_id (self->selection);
  gint64 also_id = ballast_selection_get_also_class_id (self->selection);
  gint64 split_id = ballast_selection_get_split_id (self->selection);
  guint problem = ballast_selection_get_problem_kind (self->selection);
  const BallastClassTally *class = ballast_tally_find_class_by_id (tally, class_id);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, child);

  if (class_id != BALLAST_SELECTION_ALL)
    add_chip (self, "class", class != NULL ? class->name : _("no class"),
              class != NULL ? ballast_class_dot_new (class->index) : NULL);
  class = ballast_tally_find_class_by_id (tally, also_id);
  if (class != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("and %s"), class->name);

      add_chip (self, "also-class", text, ballast_class_dot_new (class->index));
    }
  if (split_id != BALLAST_SELECTION_ALL)
    add_chip (self, "split", get_split_name (tally, split_id), NULL);
  if (problem != 0)
    add_chip (self, "problem", describe_problem (problem), NULL);
  if (self->text != NULL)
    add_chip (self, "other", self->text, NULL);
  else if (self->state != BALLAST_IMAGE_STATE_PRESENT)
    add_chip (self, "other", _(states[self->state].label), NULL);
}

static void
on_state_toggled (GtkCheckButton    *button,
                  BallastImagesPage *self)
{
  if (!gtk_check_button_get_active (button))
    return;

  self->state = (BallastImageState) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "state"));
  _ballast_images_page_refresh (self);
}

/* What the selection says is shown by chips; here it is asked for. */
static void
on_background_clicked (BallastImagesPage *self)
{
  gtk_menu_button_popdown (self->filter);
  ballast_selection_set_class_id (self->selection, BALLAST_SELECTION_NONE);
}

static void
on_problem_clicked (GtkButton         *button,
                    BallastImagesPage *self)
{
  guint kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kind"));

  gtk_menu_button_popdown (self->filter);
  ballast_selection_set_problem_kind (self->selection, kind);
}

static GtkWidget *
new_choice (const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "filter-choice");
  return button;
}

/* What is asked of boxes is offered where there are any. */
static void
on_filter_mapped (GtkWidget         *popover,
                  BallastImagesPage *self)
{
  GtkWidget *choices = g_object_get_data (G_OBJECT (popover), "choices");

  gtk_widget_set_visible (choices, self->document != NULL &&
                          ballast_document_get_tally (self->document)->boxes > 0);
}

static void
add_choices (BallastImagesPage *self,
             GtkBox            *box)
{
  static const struct
  {
    BallastProblemKind kind;
    const char        *label;
  } problems[] = {
    { BALLAST_PROBLEM_BOX_OUTSIDE, N_("Boxes that leave the picture") },
    { BALLAST_PROBLEM_EMPTY_BOX, N_("Boxes without area") },
    { BALLAST_PROBLEM_SIZE_MISMATCH, N_("Another size than the file says") },
  };
  GtkWidget *background = new_choice (_("Background: without objects"));

  gtk_box_append (box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  g_signal_connect_swapped (background, "clicked", G_CALLBACK (on_background_clicked), self);
  gtk_box_append (box, background);
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    {
      GtkWidget *button = new_choice (_(problems[i].label));

      g_object_set_data (G_OBJECT (button), "kind", GUINT_TO_POINTER (problems[i].kind));
      g_signal_connect (button, "clicked", G_CALLBACK (on_problem_clicked), self);
      gtk_box_append (box, button);
    }
}

static void
on_search_changed (GtkSearchEntry    *entry,
                   BallastImagesPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  g_free (self->text);
  self->text = *text != '\0' ? g_strdup (text) : NULL;
  _ballast_images_page_refresh (self);
}

void
_ballast_images_page_build_filter (BallastImagesPage *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *search = gtk_search_entry_new ();
  GtkWidget *first = NULL;
  GtkWidget *choices;

  g_object_set (search, "placeholder-text", _("Part of the name"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Part of the name"), -1);
  g_signal_connect (search, "search-changed", G_CALLBACK (on_search_changed), self);
  gtk_box_append (GTK_BOX (box), search);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      GtkWidget *button = gtk_check_button_new_with_label (_(states[i].label));

      g_object_set_data (G_OBJECT (button), "state", GINT_TO_POINTER (states[i].state));
      if (first == NULL)
        first = button;
      else
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (first));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), states[i].state == self->state);
      g_signal_connect (button, "toggled", G_CALLBACK (on_state_toggled), self);
      gtk_box_append (GTK_BOX (box), button);
    }

  choices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  add_choices (self, GTK_BOX (choices));
  gtk_box_append (GTK_BOX (box), choices);
  g_object_set_data (G_OBJECT (popover), "choices", choices);
  g_signal_connect (popover, "map", G_CALLBACK (on_filter_mapped), self);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (self->filter, popover);
}
