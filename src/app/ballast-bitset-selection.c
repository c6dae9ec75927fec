#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-bitset-selection.h"

struct _BallastBitsetSelection
{
  GObject parent_instance;

  GListModel *model;
  GtkBitset  *selected;
};

static void list_model_init (GListModelInterface *interface);
static void selection_model_init (GtkSelectionModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BallastBitsetSelection, ballast_bitset_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static GType
get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (BALLAST_BITSET_SELECTION (list)->model);
}

static guint
get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (BALLAST_BITSET_SELECTION (list)->model);
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  return g_list_model_get_item (BALLAST_BITSET_SELECTION (list)->model, position);
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *model,
             guint              position)
{
  return gtk_bitset_contains (BALLAST_BITSET_SELECTION (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model,
                        guint              position,
                        guint              n_items)
{
  return gtk_bitset_ref (BALLAST_BITSET_SELECTION (model)->selected);
}

/* The one way in which a selection changes: @mask says which positions are looked at. */
static gboolean
set_selection (GtkSelectionModel *model,
               GtkBitset         *selected,
               GtkBitset         *mask)
{
  BallastBitsetSelection *self = BALLAST_BITSET_SELECTION (model);
  g_autoptr(GtkBitset) changes = gtk_bitset_copy (self->selected);
  guint n_items = get_n_items (G_LIST_MODEL (self));

  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  if (n_items < G_MAXUINT)
    gtk_bitset_remove_range (changes, n_items, G_MAXUINT - n_items);
  if (gtk_bitset_is_empty (changes))
    return TRUE;

  gtk_bitset_difference (self->selected, changes);
  gtk_selection_model_selection_changed (model, gtk_bitset_get_minimum (changes),
                                         gtk_bitset_get_maximum (changes) -
                                         gtk_bitset_get_minimum (changes) + 1);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = is_selected;
  interface->get_selection_in_range = get_selection_in_range;
  interface->set_selection = set_selection;
}

static void
ballast_bitset_selection_finalize (GObject *object)
{
  BallastBitsetSelection *self = BALLAST_BITSET_SELECTION (object);

  g_clear_object (&self->model);
  gtk_bitset_unref (self->selected);

  G_OBJECT_CLASS (ballast_bitset_selection_parent_class)->finalize (object);
}

static void
ballast_bitset_selection_class_init (BallastBitsetSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_bitset_selection_finalize;
}

static void
ballast_bitset_selection_init (BallastBitsetSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
}

BallastBitsetSelection *
ballast_bitset_selection_new (GListModel *model)
{
  BallastBitsetSelection *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (BALLAST_TYPE_BITSET_SELECTION, NULL);
  self->model = model;
  return self;
}

GListModel *
ballast_bitset_selection_get_model (BallastBitsetSelection *self)
{
  g_return_val_if_fail (BALLAST_IS_BITSET_SELECTION (self), NULL);

  return self->model;
}

guint
ballast_bitset_selection_get_size (BallastBitsetSelection *self)
{
  g_return_val_if_fail (BALLAST_IS_BITSET_SELECTION (self), 0);

  return (guint) gtk_bitset_get_size (self->selected);
}
