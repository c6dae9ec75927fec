#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-op-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ballast-combinators.h"
#include "ballast-effects.h"
#include "ballast-op-row.h"
#include "ballast-op-table.h"
#include "ballast-texture.h"

/* Of the longer side: small in the list, and large enough to look at closer. */
#define EFFECT_SIZE_PX 224

struct _BallastOpChooser
{
  GtkPopover parent_instance;

  GtkWidget  *search;
  GtkListBox *list;

  BallastEffects *effects;
  char           *path;          /* of the picture that the ops are shown on; NULL: none */
  char           *relative_path;
  gboolean        drawn;
};

G_DEFINE_FINAL_TYPE (BallastOpChooser, ballast_op_chooser, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The ops group by group, in the order in which the table brings the groups; then groups of steps. */
static const BallastOp *
get_entry (guint index)
{
  guint n = ballast_op_get_n ();

  for (guint i = 0; i < n; i++)
    {
      const char *group = ballast_op_get (i)->group;
      gboolean is_first = TRUE;

      for (guint j = 0; j < i && is_first; j++)
        is_first = !g_str_equal (ballast_op_get (j)->group, group);
      for (guint j = i; j < n && is_first; j++)
        if (g_str_equal (ballast_op_get (j)->group, group) && index-- == 0)
          return ballast_op_get (j);
    }
  return index < ballast_combinator_get_n () ? ballast_combinator_get (index) : NULL;
}

static const BallastOp *
get_row_op (GtkListBoxRow *row)
{
  return ballast_op_row_get_op (BALLAST_OP_ROW (row));
}

static void
choose (BallastOpChooser *self,
        const BallastOp  *op)
{
  g_signal_emit (self, signals[CHOSEN], 0, op);
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
on_row_activated (GtkListBox       *list,
                  GtkListBoxRow    *row,
                  BallastOpChooser *self)
{
  choose (self, get_row_op (row));
}

static void
on_search_changed (GtkSearchEntry   *entry,
                   BallastOpChooser *self)
{
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
}

static gboolean
matches (const BallastOp *op,
         const char      *search)
{
  g_autofree char *title = g_utf8_casefold (_(op->title), -1);
  g_autofree char *wanted = g_utf8_casefold (search, -1);

  return ballast_op_matches (op, search) || strstr (title, wanted) != NULL;
}

/* Return in the search takes the first that is left. */
static void
on_search_activated (GtkSearchEntry   *entry,
                     BallastOpChooser *self)
{
  const char *search = gtk_editable_get_text (GTK_EDITABLE (entry));

  for (guint i = 0; get_entry (i) != NULL; i++)
    if (matches (get_entry (i), search))
      {
        choose (self, get_entry (i));
        return;
      }
}

static void
on_search_stopped (GtkSearchEntry   *entry,
                   BallastOpChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static gboolean
filter_row (GtkListBoxRow *row,
            gpointer       user_data)
{
  BallastOpChooser *self = user_data;

  return matches (get_row_op (row), gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
set_row_header (GtkListBoxRow *row,
                GtkListBoxRow *before,
                gpointer       user_data)
{
  const BallastOp *op = get_row_op (row);
  GtkWidget *label;

  if (before != NULL && g_str_equal (get_row_op (before)->group, op->group))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  label = gtk_label_new (_(op->group));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "op-group");
  gtk_list_box_row_set_header (row, label);
}

/* Draws what every op does to the picture, once a picture. */
static void
ask_for_effects (BallastOpChooser *self)
{
  if (self->path == NULL || self->drawn || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->drawn = TRUE;
  ballast_effects_begin (self->effects, self->path, self->relative_path, EFFECT_SIZE_PX);
  for (guint i = 0; get_entry (i) != NULL; i++)
    {
      g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();

      if (get_entry (i)->combinator != BALLAST_COMBINATOR_NONE)
        continue;
      ballast_pipeline_add (pipeline, get_entry (i), -1);
      ballast_effects_add (self->effects, i, pipeline);
    }
}

static void
on_effect_ready (BallastEffects      *effects,
                 const BallastEffect *effect,
                 BallastOpChooser    *self)
{
  g_autoptr(GdkTexture) texture = ballast_texture_new (effect->raster);
  g_autofree char *cost = g_strdup_printf (_("%.1f ms"), (double) effect->cost_ns / 1e6);

  /* Rows stand in the order of the entries. */
  ballast_op_row_set_effect (BALLAST_OP_ROW (gtk_list_box_get_row_at_index (self->list,
                                                                            (int) effect->key)),
                             texture, cost);
}

static void
on_shown (BallastOpChooser *self)
{
  ask_for_effects (self);
  gtk_widget_grab_focus (self->search);
}

static void
ballast_op_chooser_dispose (GObject *object)
{
  BallastOpChooser *self = BALLAST_OP_CHOOSER (object);

  g_clear_object (&self->effects);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->relative_path, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), BALLAST_TYPE_OP_CHOOSER);

  G_OBJECT_CLASS (ballast_op_chooser_parent_class)->dispose (object);
}

static void
ballast_op_chooser_class_init (BallastOpChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_op_chooser_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-op-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastOpChooser, search);
  gtk_widget_class_bind_template_child (widget_class, BallastOpChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
ballast_op_chooser_init (BallastOpChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; get_entry (i) != NULL; i++)
    gtk_list_box_append (self->list, ballast_op_row_new (get_entry (i)));
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
  gtk_list_box_set_header_func (self->list, set_row_header, self, NULL);
  g_signal_connect (self, "map", G_CALLBACK (on_shown), NULL);
  self->effects = ballast_effects_new ();
  g_signal_connect_object (self->effects, "ready", G_CALLBACK (on_effect_ready), self, 0);
}

GtkWidget *
ballast_op_chooser_new (void)
{
  return g_object_new (BALLAST_TYPE_OP_CHOOSER, NULL);
}

void
ballast_op_chooser_set_picture (BallastOpChooser *self,
                                const char       *path,
                                const char       *relative_path)
{
  g_return_if_fail (BALLAST_IS_OP_CHOOSER (self));

  if (g_strcmp0 (self->path, path) == 0)
    return;

  ballast_effects_cancel (self->effects);
  g_free (self->path);
  g_free (self->relative_path);
  self->path = g_strdup (path);
  self->relative_path = g_strdup (relative_path);
  self->drawn = FALSE;
  ask_for_effects (self);
}
