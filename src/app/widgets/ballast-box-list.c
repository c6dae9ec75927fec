#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-box-list.h"

#include <glib/gi18n.h>

#include "ballast-class-dot.h"
#include "ballast-class-menu.h"
#include "ballast-document-edits.h"
#include "ballast-shape.h"

/* More rows than these nobody reads one by one. */
#define MAX_ROWS 100

struct _BallastBoxList
{
  GtkBox parent_instance;

  BallastTally *tally;
  gint64        relabelled; /* the box that the menu of classes is open for */

  GtkWidget *title;
  GtkWidget *list;
  GtkWidget *class_menu;
};

G_DEFINE_FINAL_TYPE (BallastBoxList, ballast_box_list, GTK_TYPE_BOX)

static const struct
{
  BallastMarks mark;
  const char  *word;
} words[] = {
  { BALLAST_MARK_CROWD, N_("crowd") },
  { BALLAST_MARK_DIFFICULT, N_("difficult") },
  { BALLAST_MARK_TRUNCATED, N_("truncated") },
  { BALLAST_MARK_OCCLUDED, N_("occluded") },
};

/* "120 × 60 · 3.2 % · crowd" */
static char *
describe (const BallastImageDetails *details,
          const BallastAnnotation   *annotation,
          gboolean                   is_excluded)
{
  const BallastImageFacts *facts = &details->record.facts;
  double pixels = (double) ballast_image_facts_get_view_width (facts) *
                  ballast_image_facts_get_view_height (facts);
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%.0f × %.0f", annotation->box.width, annotation->box.height);
  if (pixels > 0)
    g_string_append_printf (text, " · %.3g %%",
                            100 * annotation->box.width * annotation->box.height / pixels);
  if (annotation->n_extra > 0)
    ballast_shape_unpack (&shape, annotation->extra, annotation->n_extra);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (shape.marks & words[i].mark)
      g_string_append_printf (text, " · %s", _(words[i].word));
  if (is_excluded)
    g_string_append_printf (text, " · %s", _("excluded"));
  return g_string_free (text, FALSE);
}

static void
add_edit (GMenu        *menu,
          const char   *label,
          BallastBoxAct act,
          gint64        id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "images.edit-box", "(uxx)", (guint) act, id, (gint64) 0);
  g_menu_append_item (menu, item);
}

static GMenuModel *
new_menu (gint64   id,
          gboolean is_excluded)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenuItem) relabel = g_menu_item_new (_("_Change Class…"), NULL);

  g_menu_item_set_action_and_target (relabel, "boxlist.relabel", "x", id);
  g_menu_append_item (menu, relabel);
  if (is_excluded)
    add_edit (menu, _("_Include Box"), BALLAST_BOX_INCLUDE, id);
  else
    add_edit (menu, _("_Exclude Box"), BALLAST_BOX_EXCLUDE, id);
  add_edit (menu, _("_Delete Box"), BALLAST_BOX_DELETE, id);
  return G_MENU_MODEL (menu);
}

static GtkWidget *
new_menu_button (gint64   id,
                 gboolean is_excluded)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenuModel) menu = new_menu (id, is_excluded);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Edit This Box"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Edit This Box"), -1);
  return button;
}

static GtkWidget *
new_row (BallastBoxList            *self,
         const BallastImageDetails *details,
         const BallastAnnotation   *annotation,
         const char                *class_name,
         gboolean                   is_excluded)
{
  const BallastClassTally *class
    = self->tally != NULL ? ballast_tally_find_class_by_id (self->tally, annotation->class_id) : NULL;
  g_autofree char *text = describe (details, annotation, is_excluded);
  g_autofree char *name = g_strdup_printf ("%s, %s", class_name, text);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *labels = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (class_name);
  GtkWidget *facts = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (facts), 0);
  gtk_label_set_ellipsize (GTK_LABEL (facts), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (facts, "dim-label");
  gtk_widget_add_css_class (facts, "caption");
  gtk_widget_set_hexpand (labels, TRUE);
  gtk_widget_set_opacity (labels, is_excluded ? 0.6 : 1);
  gtk_box_append (GTK_BOX (labels), title);
  gtk_box_append (GTK_BOX (labels), facts);
  if (class != NULL)
    gtk_box_append (GTK_BOX (box), ballast_class_dot_new (class->index));
  gtk_box_append (GTK_BOX (box), labels);
  gtk_box_append (GTK_BOX (box), new_menu_button (annotation->id, is_excluded));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !is_excluded);
  gtk_widget_set_tooltip_text (row, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "id", g_memdup2 (&annotation->id, sizeof (gint64)), g_free);
  return row;
}

static void
on_row_activated (GtkListBox     *list,
                  GtkListBoxRow  *row,
                  BallastBoxList *self)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "id");

  gtk_widget_activate_action (GTK_WIDGET (self), "images.select-box", "x", *id);
}

static void
relabel (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  BallastBoxList *self = BALLAST_BOX_LIST (widget);

  self->relabelled = g_variant_get_int64 (parameter);
  gtk_popover_popup (GTK_POPOVER (self->class_menu));
}

static void
on_class_chosen (BallastBoxList *self,
                 gint64          class_id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "images.edit-box", "(uxx)",
                              (guint) BALLAST_BOX_RELABEL, self->relabelled, class_id);
}

static void
ballast_box_list_dispose (GObject *object)
{
  BallastBoxList *self = BALLAST_BOX_LIST (object);

  g_clear_pointer (&self->class_menu, gtk_widget_unparent);
  g_clear_pointer (&self->tally, ballast_tally_unref);
  G_OBJECT_CLASS (ballast_box_list_parent_class)->dispose (object);
}

static void
ballast_box_list_class_init (BallastBoxListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ballast_box_list_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "boxlist.relabel", "x", relabel);
}

static void
ballast_box_list_init (BallastBoxList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "box-list");
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "dim-label");
  gtk_box_append (GTK_BOX (self), self->title);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Boxes"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_box_append (GTK_BOX (self), self->list);
  self->class_menu = ballast_class_menu_new ();
  g_signal_connect_swapped (self->class_menu, "chosen", G_CALLBACK (on_class_chosen), self);
  gtk_widget_set_parent (self->class_menu, self->title);
}

GtkWidget *
ballast_box_list_new (void)
{
  return g_object_new (BALLAST_TYPE_BOX_LIST, NULL);
}

void
ballast_box_list_set_tally (BallastBoxList *self,
                            BallastTally   *tally)
{
  g_return_if_fail (BALLAST_IS_BOX_LIST (self));

  g_clear_pointer (&self->tally, ballast_tally_unref);
  if (tally != NULL)
    self->tally = ballast_tally_ref (tally);
  ballast_class_menu_set_tally (BALLAST_CLASS_MENU (self->class_menu), tally);
}

static guint
add_rows (BallastBoxList            *self,
          const BallastImageDetails *details,
          gboolean                   excluded)
{
  const BallastAnnotation *annotations = excluded ? details->aside : details->annotations;
  guint n = excluded ? details->n_aside : details->n_annotations;
  guint n_boxes = 0;

  for (guint i = 0; i < n; i++)
    if (annotations[i].has_box && ++n_boxes <= MAX_ROWS)
      gtk_list_box_append (GTK_LIST_BOX (self->list),
                           new_row (self, details, &annotations[i],
                                    excluded ? details->aside_names[i] : details->class_names[i],
                                    excluded));
  return n_boxes;
}

void
ballast_box_list_show (BallastBoxList            *self,
                       const BallastImageDetails *details)
{
  GtkWidget *child;
  guint n, n_excluded;
  g_autofree char *text = NULL;

  g_return_if_fail (BALLAST_IS_BOX_LIST (self));

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  n = add_rows (self, details, FALSE);
  n_excluded = add_rows (self, details, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), n + n_excluded > 0);
  text = g_strdup_printf (ngettext ("%u box", "%u boxes", n), n);
  if (n_excluded > 0)
    {
      g_autofree char *counted = g_steal_pointer (&text);

      text = g_strdup_printf (_("%s, %u excluded"), counted, n_excluded);
    }
  gtk_label_set_label (GTK_LABEL (self->title), text);
}
