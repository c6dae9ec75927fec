/*
 * Pictures that look alike, side by side.
 *
 * A few pairs of every distance, the nearest first; those within the chosen distance are marked as one
 * group, so that the eye finds where other pictures begin.  Nothing is stored here.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-near-dialog.h"

#include <glib/gi18n.h>

#include "ballast-grouping.h"
#include "ballast-image-list.h"
#include "ballast-texture.h"
#include "ballast-thumbnailer.h"

#define PICTURE_PX 160
/* Pairs of each distance. */
#define MAX_PAIRS 6

#define BALLAST_TYPE_NEAR_DIALOG (ballast_near_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BallastNearDialog, ballast_near_dialog, BALLAST, NEAR_DIALOG, AdwWindow)

struct _BallastNearDialog
{
  AdwWindow parent_instance;

  BallastDocument      *document;
  BallastNearSet       *near;
  BallastThumbnailer   *thumbnailer;
  GCancellable         *cancellable;
  GWeakRef              owner;
  BallastNearChosenFunc chosen;
  GPtrArray            *marks;     /* GtkLabel: a pair's; its distance is its data */
  GtkRange             *scale;
  GtkLabel             *summary;
  guint                 counts[BALLAST_NEAR_MAX_DISTANCE + 1]; /* links by distance */
};

G_DEFINE_FINAL_TYPE (BallastNearDialog, ballast_near_dialog, ADW_TYPE_WINDOW)

/* A picture that waits for its file. */
typedef struct
{
  BallastNearDialog *dialog;
  GtkPicture        *picture;
  GtkLabel          *name;
} Waiting;

static void
on_thumbnail (const BallastRaster *raster,
              const GError        *error,
              gpointer             user_data)
{
  g_autoptr(GdkTexture) texture = raster != NULL ? ballast_texture_new (raster) : NULL;

  gtk_picture_set_paintable (GTK_PICTURE (user_data), GDK_PAINTABLE (texture));
}

static void
details_loaded (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autofree Waiting *waiting = user_data;
  g_autoptr(BallastNearDialog) self = waiting->dialog;
  g_autoptr(BallastImageDetails) details = ballast_image_details_load_finish (result, NULL);
  g_autofree char *name = NULL, *text = NULL;

  if (details == NULL || self->thumbnailer == NULL)
    return;

  name = g_filename_display_name (details->record.name);
  text = details->split_name != NULL ? g_strdup_printf ("%s / %s", details->split_name, name)
                                     : g_strdup (name);
  gtk_label_set_label (waiting->name, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (waiting->name), details->path);
  gtk_accessible_update_property (GTK_ACCESSIBLE (waiting->picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  ballast_thumbnailer_request (self->thumbnailer, details->path, PICTURE_PX, on_thumbnail,
                               waiting->picture);
}

static GtkWidget *
new_picture (BallastNearDialog *self,
             gint64             image_id)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *picture = gtk_picture_new ();
  GtkWidget *name = gtk_label_new (NULL);
  Waiting *waiting = g_new (Waiting, 1);

  gtk_widget_set_size_request (picture, PICTURE_PX, PICTURE_PX * 3 / 4);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 22);
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), name);
  *waiting = (Waiting) { g_object_ref (self), GTK_PICTURE (picture), GTK_LABEL (name) };
  ballast_image_details_load_async (self->document, image_id, self->cancellable, details_loaded,
                                    waiting);

  return box;
}

static void
add_pair (BallastNearDialog     *self,
          GtkBox                *box,
          const BallastNearLink *link)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *mark = gtk_label_new (NULL);

  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_label_set_width_chars (GTK_LABEL (mark), 12);
  gtk_label_set_justify (GTK_LABEL (mark), GTK_JUSTIFY_CENTER);
  g_object_set_data (G_OBJECT (mark), "distance", GUINT_TO_POINTER (link->distance));
  g_ptr_array_add (self->marks, mark);
  gtk_box_append (GTK_BOX (line), new_picture (self, link->image_id));
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), new_picture (self, link->other_image_id));
  gtk_box_append (box, line);
}

static void
add_heading (BallastNearDialog *self,
             GtkBox            *box,
             guint              distance)
{
  g_autofree char *text = g_strdup_printf (
    /* Translators: a number of bits, 0 to 10, and a number of pairs of pictures. */
    g_dngettext (NULL, "Differ in %u bits of 64: %u pair", "Differ in %u bits of 64: %u pairs",
                 self->counts[distance]), distance, self->counts[distance]);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (box, label);
}

static void
add_pairs (BallastNearDialog *self,
           GtkBox            *box)
{
  const GArray *links = self->near->links;
  guint shown = 0, last = G_MAXUINT;

  for (guint i = 0; i < links->len; i++)
    self->counts[g_array_index (links, BallastNearLink, i).distance]++;
  for (guint i = 0; i < links->len; i++)
    {
      const BallastNearLink *link = &g_array_index (links, BallastNearLink, i);

      if (link->distance != last)
        {
          add_heading (self, box, link->distance);
          last = link->distance;
          shown = 0;
        }
      if (shown++ < MAX_PAIRS)
        add_pair (self, box, link);
    }
}

static void
show_choice (BallastNearDialog *self)
{
  guint distance = (guint) (gtk_range_get_value (self->scale) + 0.5), n = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->marks->len; i++)
    {
      GtkWidget *mark = g_ptr_array_index (self->marks, i);
      gboolean together = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (mark), "distance")) <= distance;

      gtk_label_set_label (GTK_LABEL (mark), together ? _("stay together") : _("may be parted"));
      gtk_widget_set_opacity (gtk_widget_get_parent (mark), together ? 1 : 0.5);
    }
  for (guint i = 0; i <= distance; i++)
    n += self->counts[i];
  text = g_strdup_printf (g_dngettext (NULL, "%u pair of pictures stays together",
                                       "%u pairs of pictures stay together", n), n);
  gtk_label_set_label (self->summary, text);
}

static void
on_value_changed (BallastNearDialog *self)
{
  g_autoptr(GObject) owner = g_weak_ref_get (&self->owner);

  show_choice (self);
  if (owner != NULL)
    self->chosen ((guint) (gtk_range_get_value (self->scale) + 0.5), owner);
}

static void
on_close (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
ballast_near_dialog_dispose (GObject *object)
{
  BallastNearDialog *self = BALLAST_NEAR_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->thumbnailer);
  g_clear_pointer (&self->near, ballast_near_set_unref);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (ballast_near_dialog_parent_class)->dispose (object);
}

static void
ballast_near_dialog_finalize (GObject *object)
{
  g_weak_ref_clear (&BALLAST_NEAR_DIALOG (object)->owner);

  G_OBJECT_CLASS (ballast_near_dialog_parent_class)->finalize (object);
}

static void
ballast_near_dialog_class_init (BallastNearDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_near_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = ballast_near_dialog_finalize;

  gtk_widget_class_install_action (widget_class, "near.close", NULL, on_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "near.close", NULL);
}

static void
ballast_near_dialog_init (BallastNearDialog *self)
{
  g_weak_ref_init (&self->owner, NULL);
  self->thumbnailer = ballast_thumbnailer_new ();
  self->cancellable = g_cancellable_new ();
  self->marks = g_ptr_array_new ();
}

static GtkWidget *
new_scale (BallastNearDialog *self)
{
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0,
                                               BALLAST_NEAR_MAX_DISTANCE, 1);

  for (guint i = 0; i <= BALLAST_NEAR_MAX_DISTANCE; i += 2)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      gtk_scale_add_mark (GTK_SCALE (scale), i, GTK_POS_BOTTOM, text);
    }
  gtk_widget_set_hexpand (scale, TRUE);
  gtk_widget_set_tooltip_text (scale, _("In How Many Bits of 64 Pictures of One Group May Differ"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Bits that may differ"), -1);
  self->scale = GTK_RANGE (scale);

  return scale;
}

static GtkWidget *
new_list (BallastNearDialog *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *none;

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_margin_start (list, 16);
  gtk_widget_set_margin_end (list, 16);
  gtk_widget_set_margin_bottom (list, 16);
  add_pairs (self, GTK_BOX (list));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  if (self->near->links->len > 0)
    return scroller;

  none = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("No Two Pictures Look Alike"));
  gtk_box_append (GTK_BOX (list), none);

  return scroller;
}

static GtkWidget *
new_content (BallastNearDialog *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *summary = gtk_label_new (NULL);

  self->summary = GTK_LABEL (summary);
  gtk_widget_add_css_class (summary, "dim-label");
  gtk_widget_set_margin_start (top, 24);
  gtk_widget_set_margin_end (top, 24);
  gtk_widget_set_margin_bottom (top, 8);
  gtk_box_append (GTK_BOX (top), new_scale (self));
  gtk_box_append (GTK_BOX (top), summary);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), top);
  gtk_box_append (GTK_BOX (content), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (content), new_list (self));

  return content;
}

GtkWidget *
ballast_near_dialog_present (GtkWindow            *owner,
                             BallastDocument      *document,
                             BallastNearSet       *near,
                             guint                 distance,
                             BallastNearChosenFunc chosen)
{
  BallastNearDialog *self = g_object_new (BALLAST_TYPE_NEAR_DIALOG, "transient-for", owner,
                                          "modal", TRUE, "destroy-with-parent", TRUE,
                                          "title", _("Pictures That Look Alike"),
                                          "default-width", 560, "default-height", 560, NULL);

  self->document = g_object_ref (document);
  self->near = ballast_near_set_ref (near);
  self->chosen = chosen;
  g_weak_ref_set (&self->owner, owner);
  adw_window_set_content (ADW_WINDOW (self), new_content (self));
  gtk_range_set_value (self->scale, distance);
  show_choice (self);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (on_value_changed), self);
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WIDGET (self);
}
