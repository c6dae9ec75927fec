/*
 * A picture in a card of the overview.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-picture-card.h"

#include <glib/gi18n.h>

#include "ballast-chart-save.h"
#include "ballast-file-choosers.h"
#include "ballast-picture-table-view.h"

struct _BallastPictureCard
{
  AdwBin parent_instance;

  char               *title;
  char               *subtitle;
  char               *file_name;
  BallastPictureMaker maker;
  gpointer            maker_data;
  gboolean            as_table;

  GtkWidget          *header;
  GtkLabel           *note;
  GtkStack           *stack;
  BallastPictureView *view;
  GtkWidget          *table;
  GtkLabel           *empty;
};

G_DEFINE_FINAL_TYPE (BallastPictureCard, ballast_picture_card, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_AS_TABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show (BallastPictureCard *self)
{
  BallastPicture *picture = ballast_picture_view_get_picture (self->view);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture-card.save", picture != NULL);
  ballast_picture_table_view_take (BALLAST_PICTURE_TABLE_VIEW (self->table),
                                   picture != NULL && self->as_table
                                     ? ballast_picture_make_table (picture) : NULL);
  gtk_stack_set_visible_child_name (self->stack, picture == NULL   ? "empty"
                                                 : self->as_table ? "table" : "picture");
}

static void
save_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BallastPictureCard) self = BALLAST_PICTURE_CARD (user_data);
  g_autoptr(GError) error = NULL;
  const char *message = _("Chart saved");

  if (!ballast_picture_save_finish (result, &error))
    message = error->message;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", message);
}

static void
on_save_chosen (GFile   *file,
                gpointer owner)
{
  BallastPictureCard *self = BALLAST_PICTURE_CARD (owner);
  const BallastChartFileOptions options = { .title = self->title, .subtitle = self->subtitle };
  BallastPicture *picture = self->maker != NULL ? self->maker (self->maker_data) : NULL;

  if (picture != NULL)
    ballast_picture_save_async (picture, g_file_peek_path (file), &options, save_done,
                                g_object_ref (self));
}

static void
on_save (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastSaveChoice choice = { _("Save the Chart"), _("_Save"),
                               BALLAST_PICTURE_CARD (widget)->file_name, NULL };

  ballast_choose_save_file (GTK_WINDOW (gtk_widget_get_root (widget)), &choice, on_save_chosen,
                            widget);
}

static void
ballast_picture_card_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  g_value_set_boolean (value, BALLAST_PICTURE_CARD (object)->as_table);
}

static void
ballast_picture_card_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  BallastPictureCard *self = BALLAST_PICTURE_CARD (object);

  if (self->as_table == g_value_get_boolean (value))
    return;

  self->as_table = g_value_get_boolean (value);
  show (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
ballast_picture_card_dispose (GObject *object)
{
  BallastPictureCard *self = BALLAST_PICTURE_CARD (object);

  self->maker = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (ballast_picture_card_parent_class)->dispose (object);
}

static void
ballast_picture_card_finalize (GObject *object)
{
  BallastPictureCard *self = BALLAST_PICTURE_CARD (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->file_name);

  G_OBJECT_CLASS (ballast_picture_card_parent_class)->finalize (object);
}

static void
ballast_picture_card_class_init (BallastPictureCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_picture_card_get_property;
  object_class->set_property = ballast_picture_card_set_property;
  object_class->dispose = ballast_picture_card_dispose;
  object_class->finalize = ballast_picture_card_finalize;

  properties[PROP_AS_TABLE]
    = g_param_spec_boolean ("as-table", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "picture-card.as-table", "as-table");
  gtk_widget_class_install_action (widget_class, "picture-card.save", NULL, on_save);
}

static GtkWidget *
make_button (GtkWidget  *button,
             const char *icon,
             const char *action,
             const char *tooltip)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static void
build_header (BallastPictureCard *self)
{
  GtkWidget *title = gtk_label_new (self->title);

  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (self->header), title);
  gtk_box_append (GTK_BOX (self->header),
                  make_button (gtk_toggle_button_new (), "view-list-symbolic",
                               "picture-card.as-table", _("As a Table")));
  gtk_box_append (GTK_BOX (self->header),
                  make_button (gtk_button_new (), "document-save-symbolic", "picture-card.save",
                               _("Save the Chart as PNG, SVG or PDF")));
}

static void
build (BallastPictureCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  build_header (self);
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->note, 0);
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->note), 6);

  self->view = BALLAST_PICTURE_VIEW (ballast_picture_view_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->title, -1);
  self->table = ballast_picture_table_view_new ();
  self->empty = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->empty, TRUE);
  gtk_label_set_justify (self->empty, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->empty), "dim-label");

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->view), "picture");
  gtk_stack_add_named (self->stack, self->table, "table");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");

  g_object_set (box, "margin-top", 10, "margin-bottom", 14, "margin-start", 16, "margin-end", 12,
                NULL);
  gtk_box_append (GTK_BOX (box), self->header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
ballast_picture_card_init (BallastPictureCard *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
}

GtkWidget *
ballast_picture_card_new (const char *title,
                          const char *file_name)
{
  BallastPictureCard *self = g_object_new (BALLAST_TYPE_PICTURE_CARD, NULL);

  self->title = g_strdup (title);
  self->file_name = g_strdup (file_name);
  build (self);
  show (self);
  return GTK_WIDGET (self);
}

void
ballast_picture_card_set_maker (BallastPictureCard *self,
                                BallastPictureMaker maker,
                                gpointer            user_data)
{
  g_return_if_fail (BALLAST_IS_PICTURE_CARD (self));

  self->maker = maker;
  self->maker_data = user_data;
}

void
ballast_picture_card_update (BallastPictureCard *self,
                             const char         *note,
                             const char         *empty)
{
  g_return_if_fail (BALLAST_IS_PICTURE_CARD (self));

  ballast_picture_view_take_picture (self->view,
                                     self->maker != NULL ? self->maker (self->maker_data) : NULL);
  gtk_label_set_label (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL && *note != '\0');
  gtk_label_set_label (self->empty, empty);
  show (self);
}

void
ballast_picture_card_set_subtitle (BallastPictureCard *self,
                                   const char         *subtitle)
{
  g_return_if_fail (BALLAST_IS_PICTURE_CARD (self));

  g_free (self->subtitle);
  self->subtitle = g_strdup (subtitle);
}

void
ballast_picture_card_add_control (BallastPictureCard *self,
                                  GtkWidget          *control)
{
  g_return_if_fail (BALLAST_IS_PICTURE_CARD (self));

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_box_insert_child_after (GTK_BOX (self->header), control,
                              gtk_widget_get_first_child (self->header));
}

BallastPictureView *
ballast_picture_card_get_view (BallastPictureCard *self)
{
  g_return_val_if_fail (BALLAST_IS_PICTURE_CARD (self), NULL);

  return self->view;
}

void
ballast_picture_card_set_explanation (BallastPictureCard *self,
                                      const char         *explanation)
{
  g_return_if_fail (BALLAST_IS_PICTURE_CARD (self));

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->note), explanation);
}
