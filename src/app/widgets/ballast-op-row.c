#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-op-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define PICTURE_WIDTH_PX 56
#define PICTURE_HEIGHT_PX 42
#define TEXT_MAX_CHARACTERS 34

struct _BallastOpRow
{
  GtkListBoxRow parent_instance;

  const BallastOp *op;
  GtkStack        *stack;
  GtkPicture      *picture;
  GtkLabel        *facts;
};

G_DEFINE_FINAL_TYPE (BallastOpRow, ballast_op_row, GTK_TYPE_LIST_BOX_ROW)

/* The picture in the size in which it was drawn, over the sentence. */
static gboolean
on_query_tooltip (GtkWidget    *widget,
                  int           x,
                  int           y,
                  gboolean      keyboard,
                  GtkTooltip   *tooltip,
                  BallastOpRow *self)
{
  GdkPaintable *texture = gtk_picture_get_paintable (self->picture);
  GtkWidget *box, *picture;

  if (texture == NULL)
    return FALSE;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  picture = gtk_picture_new_for_paintable (texture);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_(self->op->title)));
  gtk_tooltip_set_custom (tooltip, box);
  return TRUE;
}

static GtkWidget *
new_text (const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TEXT_MAX_CHARACTERS);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_picture (BallastOpRow *self)
{
  GtkWidget *sign = gtk_label_new (self->op->glyph);
  GtkWidget *clamp = adw_clamp_new (); /* a wide picture would ask for more */

  self->stack = GTK_STACK (gtk_stack_new ());
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_picture_set_content_fit (self->picture, GTK_CONTENT_FIT_COVER);
  gtk_widget_add_css_class (sign, "dim-label");
  gtk_stack_add_named (self->stack, sign, "sign");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->picture), "picture");
  gtk_widget_set_size_request (GTK_WIDGET (self->stack), PICTURE_WIDTH_PX, PICTURE_HEIGHT_PX);
  gtk_widget_set_overflow (GTK_WIDGET (self->stack), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self->stack), "op-picture");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PICTURE_WIDTH_PX);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), PICTURE_WIDTH_PX);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->stack));
  gtk_widget_set_valign (clamp, GTK_ALIGN_CENTER);
  return clamp;
}

static void
build (BallastOpRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *help = new_text (_(self->op->help), "caption");
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = new_text (_(self->op->title), NULL);

  gtk_widget_add_css_class (help, "dim-label");
  self->facts = GTK_LABEL (new_text ("", "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "numeric");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->facts));
  gtk_box_append (GTK_BOX (texts), head);
  gtk_box_append (GTK_BOX (texts), help);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), new_picture (self));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (box, "text-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

static void
ballast_op_row_class_init (BallastOpRowClass *klass)
{
}

static void
ballast_op_row_init (BallastOpRow *self)
{
}

GtkWidget *
ballast_op_row_new (const BallastOp *op)
{
  BallastOpRow *self = g_object_new (BALLAST_TYPE_OP_ROW, NULL);

  self->op = op;
  build (self);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->stack), TRUE);
  g_signal_connect (self->stack, "query-tooltip", G_CALLBACK (on_query_tooltip), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _(op->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _(op->help), -1);
  return GTK_WIDGET (self);
}

const BallastOp *
ballast_op_row_get_op (BallastOpRow *self)
{
  g_return_val_if_fail (BALLAST_IS_OP_ROW (self), NULL);

  return self->op;
}

void
ballast_op_row_set_effect (BallastOpRow *self,
                           GdkTexture   *texture,
                           const char   *facts)
{
  g_return_if_fail (BALLAST_IS_OP_ROW (self));

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (self->stack, texture != NULL ? "picture" : "sign");
  gtk_label_set_label (self->facts, facts != NULL ? facts : "");
}
