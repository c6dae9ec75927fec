/*
 * The Augment page: steps on the left, what they do to the chosen image on the right.
 *
 * While a slider moves, the draft in the editor goes to the preview alone; when it is let go, it
 * goes to the project as one step of undo.  The project's answer is shown only when no other edit
 * is on its way, or a fast hand would see its slider jump back.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-augment-page-private.h"

#include <glib/gi18n.h>

#include "ballast-document-edits.h"
#include "ballast-mirror-names.h"
#include "ballast-pairs-dialog.h"
#include "ballast-pipeline-tree.h"
#include "ballast-preset-menu.h"

G_DEFINE_FINAL_TYPE (BallastAugmentPage, ballast_augment_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SELECTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_own (BallastAugmentPage *self)
{
  return ballast_settings_has_own_pipeline (ballast_document_get_settings (self->document),
                                            self->class_id);
}

/* What a class's pipeline is, and the button to the other. */
static void
show_own_bar (BallastAugmentPage *self)
{
  const BallastClassTally *class =
    ballast_tally_find_class_by_id (ballast_document_get_tally (self->document), self->class_id);
  gboolean own = class != NULL && is_own (self);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->own_bar, class != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->editor), class == NULL || own);
  if (class == NULL)
    return;

  text = own ? g_strdup_printf (_("“%s” has a pipeline of its own."), class->name)
             : g_strdup_printf (_("“%s” uses the pipeline for all classes."), class->name);
  gtk_label_set_label (self->own_text, text);
  gtk_button_set_label (self->own_button, own ? _("Use the One for All") : _("Give It Its Own"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->own_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_button_get_label (self->own_button), -1);
}

/* Steps that mirror are marked where a class's name speaks of a side that is not declared. */
static void
show_mirrored (BallastAugmentPage *self)
{
  BallastTally *tally = ballast_document_get_tally (self->document);
  const BallastClassTally *class = ballast_tally_find_class_by_id (tally, self->class_id);
  gsize n_pairs;
  const BallastClassPair *pairs =
    ballast_settings_get_pairs (ballast_document_get_settings (self->document), &n_pairs);
  g_auto(GStrv) names = ballast_mirror_names_dup_unpaired (tally, pairs, n_pairs);
  const char *one[] = { class != NULL ? class->name : NULL, NULL };

  if (class == NULL)
    ballast_pipeline_editor_set_mirrored_names (self->editor, (const char * const *) names);
  else
    ballast_pipeline_editor_set_mirrored_names (self->editor,
                                                g_strv_contains ((const char * const *) names, one[0])
                                                ? one : &one[1]);
}

static void
show_looked_at (BallastAugmentPage *self)
{
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_editor_dup_looked_at (self->editor);

  _ballast_augment_page_need_partners (self, pipeline);
  ballast_variant_grid_set_pipeline (self->grid, pipeline);
}

static void
show_pipeline (BallastAugmentPage *self)
{
  BallastSettings *settings = ballast_document_get_settings (self->document);
  const BallastPipeline *pipeline = ballast_settings_get_pipeline (settings, self->class_id);

  show_own_bar (self);
  show_mirrored (self);
  if (self->n_pending > 0)
    return;

  ballast_pipeline_editor_set_pipeline (self->editor, pipeline);
  _ballast_augment_page_show_rejected (self);
  ballast_variant_grid_set_seed (self->grid, ballast_settings_get_export (settings)->seed);
  show_looked_at (self);
  _ballast_augment_page_measure_steps (self);
}

static void
on_edit_done (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(BallastAugmentPage) self = user_data;
  g_autoptr(GError) error = NULL;

  self->n_pending--;
  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  if (self->document == BALLAST_DOCUMENT (object))
    show_pipeline (self);
}

static void
store (BallastAugmentPage    *self,
       const BallastPipeline *pipeline)
{
  if (self->document == NULL)
    return;

  self->n_pending++;
  ballast_document_set_pipeline_async (self->document, self->class_id, pipeline, on_edit_done,
                                       g_object_ref (self));
}

static void
on_editor_changed (BallastAugmentPage *self)
{
  show_looked_at (self);
}

/* Half a chain is looked at, and never stored. */
static void
on_solo_changed (BallastAugmentPage *self)
{
  const BallastStep *step = ballast_pipeline_editor_get_solo (self->editor);
  g_autofree char *text = NULL;

  if (step != NULL)
    text = g_strdup_printf (_("These are the steps up to “%s”."), _(step->op->title));
  gtk_label_set_label (self->solo_text, text != NULL ? text : "");
  gtk_widget_set_visible (self->solo_bar, step != NULL);
  show_looked_at (self);
}

/* In a narrow window one of the two is seen. */
static void
on_to_pictures (BallastAugmentPage *self)
{
  adw_leaflet_navigate (self->content, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
on_to_steps (BallastAugmentPage *self)
{
  adw_leaflet_navigate (self->content, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
on_solo_ended (BallastAugmentPage *self)
{
  ballast_pipeline_editor_set_solo (self->editor, 0);
}

static void
on_editor_committed (BallastAugmentPage *self)
{
  _ballast_augment_page_measure_steps (self);
  store (self, ballast_pipeline_editor_get_pipeline (self->editor));
}

static void
on_own_clicked (BallastAugmentPage *self)
{
  store (self, is_own (self) ? NULL : ballast_pipeline_editor_get_pipeline (self->editor));
}

static void
on_preset_chosen (BallastPresetMenu           *menu,
                  const BallastPipelinePreset *preset,
                  BallastAugmentPage          *self)
{
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new_preset (preset);

  ballast_pipeline_editor_replace (self->editor, pipeline);
}

/* "All classes" and every class. */
static void
show_classes (BallastAugmentPage *self)
{
  BallastTally *tally = ballast_document_get_tally (self->document);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr(GPtrArray) array = g_ptr_array_new ();
  guint selected = 0;

  gtk_string_list_append (names, _("All classes"));
  for (guint i = 0; i < tally->n_classes; i++)
    {
      gtk_string_list_append (names, tally->classes[i].name);
      g_ptr_array_add (array, tally->classes[i].name);
      if (tally->classes[i].id == self->class_id)
        selected = i + 1;
    }
  g_ptr_array_add (array, NULL);

  self->showing = TRUE;
  if (selected == 0)
    self->class_id = 0;
  gtk_drop_down_set_model (self->scope, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->scope, selected);
  ballast_pipeline_editor_set_class_names (self->editor, (const char * const *) array->pdata);
  self->showing = FALSE;
}

static void
on_scope_changed (BallastAugmentPage *self)
{
  BallastTally *tally;
  guint selected = gtk_drop_down_get_selected (self->scope);

  if (self->showing || self->document == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;

  tally = ballast_document_get_tally (self->document);
  self->class_id = selected == 0 || selected > tally->n_classes ? 0
                                                                : tally->classes[selected - 1].id;
  show_pipeline (self);
  if (self->class_id != 0)
    ballast_selection_set_class_id (self->selection, self->class_id);
}

static void
on_mapped (BallastAugmentPage *self)
{
  if (self->stale)
    _ballast_augment_page_find_images (self);
}

static void
on_count_changed (BallastAugmentPage *self)
{
  static const guint counts[] = { 4, 9, 16, 25 };
  guint selected = gtk_drop_down_get_selected (self->count);

  if (selected < G_N_ELEMENTS (counts))
    ballast_variant_grid_set_n_pictures (self->grid, counts[selected]);
}

static void
on_document_changed (BallastAugmentPage *self,
                     BallastChanged      changed)
{
  if (changed & BALLAST_CHANGED_CLASSES)
    show_classes (self);
  if (changed & (BALLAST_CHANGED_SETTINGS | BALLAST_CHANGED_CLASSES))
    show_pipeline (self);
  if (changed & BALLAST_CHANGED_RECORDS)
    _ballast_augment_page_find_images (self);
  if (changed & (BALLAST_CHANGED_SETTINGS | BALLAST_CHANGED_CLASSES | BALLAST_CHANGED_RECORDS))
    _ballast_augment_page_renew_partners (self, changed);
}

static void
draw_again (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  ballast_variant_grid_draw_again (BALLAST_AUGMENT_PAGE (widget)->grid);
}

static void
step_image (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  ballast_image_strip_step (BALLAST_AUGMENT_PAGE (widget)->strip, g_variant_get_int32 (parameter));
}

static void
add_step (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (BALLAST_AUGMENT_PAGE (widget)->editor),
                              "pipeline.add-step", NULL);
}

static void
edit_pairs (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  BallastAugmentPage *self = BALLAST_AUGMENT_PAGE (widget);

  if (self->document != NULL)
    ballast_pairs_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->document);
}

static void
ballast_augment_page_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BallastAugmentPage *self = BALLAST_AUGMENT_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_augment_page_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  BallastAugmentPage *self = BALLAST_AUGMENT_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      ballast_augment_page_set_document (self, g_value_get_object (value));
      break;
    case PROP_SELECTION:
      ballast_augment_page_set_selection (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_augment_page_dispose (GObject *object)
{
  BallastAugmentPage *self = BALLAST_AUGMENT_PAGE (object);

  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  g_cancellable_cancel (self->details);
  _ballast_augment_page_drop_partners (self);
  g_clear_object (&self->details);
  g_clear_object (&self->effects);
  g_clear_object (&self->list);
  if (self->document_signals != NULL)
    g_signal_group_set_target (self->document_signals, NULL);
  if (self->selection_signals != NULL)
    g_signal_group_set_target (self->selection_signals, NULL);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->selection_signals);
  g_clear_object (&self->document);
  g_clear_object (&self->selection);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_AUGMENT_PAGE);

  G_OBJECT_CLASS (ballast_augment_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (BALLAST_TYPE_PIPELINE_EDITOR);
  g_type_ensure (BALLAST_TYPE_IMAGE_STRIP);
  g_type_ensure (BALLAST_TYPE_VARIANT_GRID);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-augment-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, scope);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, presets);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, own_bar);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, own_text);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, own_button);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, editor);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, cost);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, strip);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, count);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, grid);
  gtk_widget_class_bind_template_callback (widget_class, on_editor_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_editor_committed);
  gtk_widget_class_bind_template_callback (widget_class, on_own_clicked);
  gtk_widget_class_bind_template_callback (widget_class, _ballast_augment_page_on_image_chosen);
  gtk_widget_class_bind_template_callback (widget_class, _ballast_augment_page_on_rejected);
  gtk_widget_class_bind_template_callback (widget_class, on_count_changed);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, solo_bar);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, content);
  gtk_widget_class_bind_template_callback (widget_class, on_to_pictures);
  gtk_widget_class_bind_template_callback (widget_class, on_to_steps);
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, solo_text);
  gtk_widget_class_bind_template_callback (widget_class, on_solo_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_solo_ended);
  gtk_widget_class_bind_template_callback (widget_class, _ballast_augment_page_show_cost);
}

static void
ballast_augment_page_class_init (BallastAugmentPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_augment_page_get_property;
  object_class->set_property = ballast_augment_page_set_property;
  object_class->dispose = ballast_augment_page_dispose;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, BALLAST_TYPE_SELECTION,
                                                    flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  _ballast_augment_page_install_file_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "preview.draw-again", NULL, draw_again);
  gtk_widget_class_install_action (widget_class, "preview.step-image", "i", step_image);
  gtk_widget_class_install_action (widget_class, "augment.add-step", NULL, add_step);
  gtk_widget_class_install_action (widget_class, "augment.edit-pairs", NULL, edit_pairs);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK,
                                       "preview.draw-again", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK,
                                       "augment.add-step", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_ALT_MASK,
                                       "preview.step-image", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_ALT_MASK,
                                       "preview.step-image", "i", -1);
}

static void
ballast_augment_page_init (BallastAugmentPage *self)
{
  GtkWidget *presets;

  gtk_widget_init_template (GTK_WIDGET (self));

  presets = ballast_preset_menu_new ();
  gtk_menu_button_set_popover (self->presets, presets);
  g_signal_connect (presets, "chosen", G_CALLBACK (on_preset_chosen), self);
  g_signal_connect_swapped (self->scope, "notify::selected", G_CALLBACK (on_scope_changed), self);
  g_signal_connect_swapped (self, "map", G_CALLBACK (on_mapped), self);

  _ballast_augment_page_init_costs (self);
  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (on_document_changed),
                                  self);
  self->selection_signals = g_signal_group_new (BALLAST_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "notify::class-id",
                                  G_CALLBACK (_ballast_augment_page_find_images), self);
  g_signal_group_connect_swapped (self->selection_signals, "images-changed",
                                  G_CALLBACK (_ballast_augment_page_find_images), self);
}

void
ballast_augment_page_set_document (BallastAugmentPage *self,
                                   BallastDocument    *document)
{
  g_return_if_fail (BALLAST_IS_AUGMENT_PAGE (self));

  if (!g_set_object (&self->document, document))
    return;

  self->class_id = 0;
  _ballast_augment_page_drop_partners (self);
  g_signal_group_set_target (self->document_signals, document);
  if (document != NULL)
    {
      show_classes (self);
      show_pipeline (self);
    }
  else
    {
      ballast_image_strip_set_items (self->strip, NULL);
      g_clear_object (&self->list);
    }
  _ballast_augment_page_find_images (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

void
ballast_augment_page_set_selection (BallastAugmentPage *self,
                                    BallastSelection   *selection)
{
  g_return_if_fail (BALLAST_IS_AUGMENT_PAGE (self));

  if (!g_set_object (&self->selection, selection))
    return;

  g_signal_group_set_target (self->selection_signals, selection);
  _ballast_augment_page_find_images (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
