/*
 * What stands in the images, on the overview.
 *
 * The section asks for the statistics of the selected split and hands them to its cards' makers;
 * the cards show, save and tabulate.  While an import runs it waits for the end: every batch would
 * begin a pass over all records.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-contents-section-private.h"

#include <glib/gi18n.h>

#include "ballast-card-grid.h"
#include "ballast-matrix-picture.h"
#include "ballast-places-picture.h"
#include "ballast-shares-picture.h"

G_DEFINE_FINAL_TYPE (BallastContentsSection, ballast_contents_section, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SELECTION,
  PROP_MODE,
  PROP_ORDER,
  PROP_CLASSES,
  PROP_MEASURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
take (BallastContentsSection   *self,
      BallastContentStatistics *contents,
      BallastTally             *tally)
{
  g_clear_pointer (&self->contents, ballast_content_statistics_unref);
  g_clear_pointer (&self->tally, ballast_tally_unref);
  if (contents != NULL)
    {
      self->contents = ballast_content_statistics_ref (contents);
      self->tally = ballast_tally_ref (tally);
    }
  _ballast_contents_section_update_cards (self);
}

static void
load_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BallastContentsSection) self = BALLAST_CONTENTS_SECTION (user_data);
  g_autoptr(BallastContentStatistics) contents = ballast_contents_load_finish (result, NULL);
  BallastTally *tally = self->document != NULL ? ballast_document_get_tally (self->document) : NULL;

  /* A failure is one that the rest of the window tells of: the project file itself. */
  if (contents != NULL && tally != NULL && tally->n_classes == contents->n_classes)
    take (self, contents, tally);
}

static void
load (BallastContentsSection *self)
{
  BallastTally *tally = self->document != NULL ? ballast_document_get_tally (self->document) : NULL;
  gboolean wanted = tally != NULL && (tally->boxes > 0 || tally->multi_label > 0);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self), wanted);
  self->stale = wanted && (ballast_document_get_job (self->document) != NULL ||
                           !gtk_widget_get_mapped (GTK_WIDGET (self)));
  if (!wanted || self->stale)
    return;

  self->cancellable = g_cancellable_new ();
  ballast_contents_load_async (self->document,
                               self->selection != NULL
                                 ? ballast_selection_get_split_id (self->selection) : 0,
                               self->cancellable, load_done, g_object_ref (self));
}

static void
load_if_stale (BallastContentsSection *self)
{
  if (self->stale)
    load (self);
}

static void
on_changed (BallastContentsSection *self,
            BallastChanged          what)
{
  if (what & (BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_CLASSES))
    load (self);
}

static gint64
get_class_id (BallastContentsSection *self,
              guint                   index)
{
  return index < self->tally->n_classes ? self->tally->classes[index].id : 0;
}

static void
show_pair (BallastContentsSection *self,
           guint                   a,
           guint                   b)
{
  if (a == b)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-class", "x", get_class_id (self, a));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-pair", "(xx)", get_class_id (self, a),
                                get_class_id (self, b));
}

static void
on_pair_activated (BallastPictureView     *view,
                   guint                   part,
                   BallastContentsSection *self)
{
  const BallastMatrixPicture *picture
    = (BallastMatrixPicture *) ballast_picture_view_get_picture (view);

  show_pair (self, picture->classes[part / picture->n].index,
             picture->classes[part % picture->n].index);
}

static void
on_companion_activated (BallastPictureView     *view,
                        guint                   part,
                        BallastContentsSection *self)
{
  const BallastSharesPicture *picture
    = (BallastSharesPicture *) ballast_picture_view_get_picture (view);

  show_pair (self, _ballast_contents_section_get_subject (self), picture->rows[part].index);
}

static void
on_map_activated (BallastPictureView     *view,
                  guint                   part,
                  BallastContentsSection *self)
{
  const BallastPlacesPicture *picture
    = (BallastPlacesPicture *) ballast_picture_view_get_picture (view);
  int index = picture->maps[part].index;

  if (self->selection != NULL)
    ballast_selection_set_class_id (self->selection,
                                    index < 0 || part == 0 ? BALLAST_SELECTION_ALL
                                                           : get_class_id (self, index));
}

static void
on_class_chosen (BallastClassMenu       *menu,
                 gint64                  class_id,
                 BallastContentsSection *self)
{
  if (self->selection != NULL)
    ballast_selection_set_class_id (self->selection, class_id);
}

/* (transfer full): sections of "label", "action", "target" that end with a NULL label; a NULL target
 * begins a section with that heading. */
typedef struct
{
  const char *label;
  const char *action;
  const char *target;
} Choice;

static GMenuModel *
make_menu (const Choice *choices)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) section = NULL;

  for (guint i = 0; choices[i].label != NULL; i++)
    {
      g_autoptr(GMenuItem) item = NULL;

      if (choices[i].target == NULL)
        {
          g_clear_object (&section);
          section = g_menu_new ();
          g_menu_append_section (menu, _(choices[i].label), G_MENU_MODEL (section));
          continue;
        }
      item = g_menu_item_new (_(choices[i].label), NULL);
      g_menu_item_set_action_and_target (item, choices[i].action, "s", choices[i].target);
      g_menu_append_item (section, item);
    }
  return G_MENU_MODEL (menu);
}

static GtkMenuButton *
add_menu (BallastPictureCard *card,
          const Choice       *choices,
          const char         *name)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenuModel) menu = choices != NULL ? make_menu (choices) : NULL;

  if (menu != NULL)
    gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "quiet-menu");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  ballast_picture_card_add_control (card, button);
  return GTK_MENU_BUTTON (button);
}

static GtkWidget *
make_grid (void)
{
  return g_object_new (BALLAST_TYPE_CARD_GRID, "min-column-width", 340, "max-columns", 2, "spacing",
                       14, NULL);
}

static BallastPictureCard *
add_card (GtkWidget  *grid,
          const char *title,
          const char *file_name)
{
  GtkWidget *card = ballast_picture_card_new (title, file_name);

  ballast_card_grid_append (BALLAST_CARD_GRID (grid), card);
  return BALLAST_PICTURE_CARD (card);
}

static void
connect_card (BallastContentsSection *self,
              BallastPictureCard     *card,
              BallastPictureMaker     maker,
              GCallback               activated)
{
  BallastPictureView *view = ballast_picture_card_get_view (card);

  ballast_picture_card_set_maker (card, maker, self);
  ballast_picture_view_set_clickable (view, activated != NULL);
  if (activated != NULL)
    g_signal_connect (view, "part-activated", activated, self);
}

static void
build_controls (BallastContentsSection *self)
{
  static const Choice modes[] = {
    { N_("What a Cell Says"), NULL, NULL },
    { N_("_Share of the Row’s Images"), "contents.mode", "share" },
    { N_("_Images with Both"), "contents.mode", "counts" },
    { N_("_Jaccard: Both by Either"), "contents.mode", "jaccard" },
    { N_("Order"), NULL, NULL },
    { N_("By _Count"), "contents.order", "count" },
    { N_("_Like beside Like"), "contents.order", "likeness" },
    { N_("At Most"), NULL, NULL },
    { N_("12 Classes"), "contents.classes", "12" },
    { N_("25 Classes"), "contents.classes", "25" },
    { N_("50 Classes"), "contents.classes", "50" },
    { N_("100 Classes"), "contents.classes", "100" },
    { NULL, NULL, NULL },
  };
  static const Choice measures[] = {
    { N_("Objects By"), NULL, NULL },
    { N_("_Size in COCO’s Bands"), "contents.measure", "bands" },
    { N_("Size _Relative to the Picture"), "contents.measure", "relative" },
    { N_("S_hape: Width to Height"), "contents.measure", "aspect" },
    { N_("Number per _Image"), "contents.measure", "per-image" },
    { NULL, NULL, NULL },
  };

  self->mode_button = add_menu (self->together, modes, _("What Cells Say, and Their Order"));
  self->measure_button = add_menu (self->objects, measures, _("What Is Counted"));
  self->class_button = add_menu (self->companions, NULL, _("Class to Look At"));
  self->class_menu = BALLAST_CLASS_MENU (ballast_class_menu_new ());
  g_signal_connect (self->class_menu, "chosen", G_CALLBACK (on_class_chosen), self);
  gtk_menu_button_set_popover (self->class_button, GTK_WIDGET (self->class_menu));
}

static void
build (BallastContentsSection *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *pair = make_grid (), *boxes = make_grid ();

  self->pair_grid = pair;
  self->together = add_card (pair, _("Together in images"), _("together.png"));
  self->companions = add_card (pair, _("What rides along"), _("companions.png"));
  self->objects = add_card (boxes, _("Objects"), _("objects.png"));
  self->places = add_card (boxes, _("Where they lie"), _("places.png"));
  gtk_box_append (GTK_BOX (box), pair);
  gtk_box_append (GTK_BOX (box), boxes);
  connect_card (self, self->together, _ballast_contents_section_make_together, G_CALLBACK (on_pair_activated));
  connect_card (self, self->companions, _ballast_contents_section_make_companions, G_CALLBACK (on_companion_activated));
  connect_card (self, self->objects, _ballast_contents_section_make_objects, NULL);
  connect_card (self, self->places, _ballast_contents_section_make_places, G_CALLBACK (on_map_activated));
  ballast_picture_view_set_zoomable (ballast_picture_card_get_view (self->together), TRUE);
  ballast_picture_card_set_explanation (
    self->together,
    _("SCUMBLE (Charte 2014): 0 where the classes of an image are equally frequent, towards 1 where "
       "rare classes stand beside common ones. Where it is high, copying images cannot balance."));
  build_controls (self);
  adw_bin_set_child (ADW_BIN (self), box);
}

static char **
get_string (BallastContentsSection *self,
            guint                   property_id)
{
  switch (property_id)
    {
    case PROP_MODE:
      return &self->mode;
    case PROP_ORDER:
      return &self->order;
    case PROP_CLASSES:
      return &self->classes;
    default:
      return &self->measure;
    }
}

static void
ballast_contents_section_get_property (GObject    *object,
                                       guint       property_id,
                                       GValue     *value,
                                       GParamSpec *pspec)
{
  BallastContentsSection *self = BALLAST_CONTENTS_SECTION (object);

  if (property_id == PROP_DOCUMENT)
    g_value_set_object (value, self->document);
  else if (property_id == PROP_SELECTION)
    g_value_set_object (value, self->selection);
  else
    g_value_set_string (value, *get_string (self, property_id));
}

static void
set_string (BallastContentsSection *self,
            char                  **field,
            const GValue           *value,
            GParamSpec             *pspec)
{
  if (g_value_get_string (value) == NULL || g_strcmp0 (*field, g_value_get_string (value)) == 0)
    return;

  g_free (*field);
  *field = g_value_dup_string (value);
  _ballast_contents_section_update_cards (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
ballast_contents_section_set_property (GObject      *object,
                                       guint         property_id,
                                       const GValue *value,
                                       GParamSpec   *pspec)
{
  BallastContentsSection *self = BALLAST_CONTENTS_SECTION (object);

  if (property_id == PROP_DOCUMENT)
    ballast_contents_section_set_document (self, g_value_get_object (value));
  else if (property_id == PROP_SELECTION)
    ballast_contents_section_set_selection (self, g_value_get_object (value));
  else
    set_string (self, get_string (self, property_id), value, pspec);
}

static void
ballast_contents_section_dispose (GObject *object)
{
  BallastContentsSection *self = BALLAST_CONTENTS_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->selection_signals);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->document);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->contents, ballast_content_statistics_unref);
  g_clear_pointer (&self->tally, ballast_tally_unref);

  G_OBJECT_CLASS (ballast_contents_section_parent_class)->dispose (object);
}

static void
ballast_contents_section_finalize (GObject *object)
{
  BallastContentsSection *self = BALLAST_CONTENTS_SECTION (object);

  g_free (self->mode);
  g_free (self->order);
  g_free (self->classes);
  g_free (self->measure);

  G_OBJECT_CLASS (ballast_contents_section_parent_class)->finalize (object);
}

static void
ballast_contents_section_class_init (BallastContentsSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_contents_section_get_property;
  object_class->set_property = ballast_contents_section_set_property;
  object_class->dispose = ballast_contents_section_dispose;
  object_class->finalize = ballast_contents_section_finalize;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL,
                                                    BALLAST_TYPE_SELECTION, flags);
  properties[PROP_MODE] = g_param_spec_string ("mode", NULL, NULL, "share", flags);
  properties[PROP_ORDER] = g_param_spec_string ("order", NULL, NULL, "count", flags);
  properties[PROP_CLASSES] = g_param_spec_string ("classes", NULL, NULL, "25", flags);
  properties[PROP_MEASURE] = g_param_spec_string ("measure", NULL, NULL, "bands", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_property_action (widget_class, "contents.mode", "mode");
  gtk_widget_class_install_property_action (widget_class, "contents.order", "order");
  gtk_widget_class_install_property_action (widget_class, "contents.classes", "classes");
  gtk_widget_class_install_property_action (widget_class, "contents.measure", "measure");
}

static void
ballast_contents_section_init (BallastContentsSection *self)
{
  self->mode = g_strdup ("share");
  self->order = g_strdup ("count");
  self->classes = g_strdup ("25");
  self->measure = g_strdup ("bands");
  build (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (on_changed), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::job",
                                  G_CALLBACK (load_if_stale), self);
  self->selection_signals = g_signal_group_new (BALLAST_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "notify::split-id", G_CALLBACK (load),
                                  self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::class-id",
                                  G_CALLBACK (_ballast_contents_section_update_cards), self);
  g_signal_connect (self, "map", G_CALLBACK (load_if_stale), NULL);
}

void
ballast_contents_section_set_document (BallastContentsSection *self,
                                       BallastDocument        *document)
{
  g_return_if_fail (BALLAST_IS_CONTENTS_SECTION (self));

  if (!g_set_object (&self->document, document))
    return;

  g_signal_group_set_target (self->document_signals, document);
  take (self, NULL, NULL);
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

void
ballast_contents_section_set_selection (BallastContentsSection *self,
                                        BallastSelection       *selection)
{
  g_return_if_fail (BALLAST_IS_CONTENTS_SECTION (self));

  if (!g_set_object (&self->selection, selection))
    return;

  g_signal_group_set_target (self->selection_signals, selection);
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
