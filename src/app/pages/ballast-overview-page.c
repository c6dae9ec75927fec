/*
 * The overview: figures that explain themselves, the distribution, problems and sizes.
 *
 * The page only lays out its cards and words the figures; each card follows the document itself.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-overview-page.h"

#include "ballast-card-grid.h"
#include "ballast-contents-section.h"
#include "ballast-distribution-card.h"
#include "ballast-figure-card.h"
#include "ballast-overview-figures.h"
#include "ballast-problems-card.h"
#include "ballast-sizes-card.h"

struct _BallastOverviewPage
{
  AdwBin parent_instance;

  BallastDocument  *document;
  BallastSelection *selection;
  GSignalGroup     *document_signals;
  GSignalGroup     *selection_signals;

  BallastCardGrid *figures;
  GtkWidget       *cards[N_BALLAST_OVERVIEW_FIGURES];
};

G_DEFINE_FINAL_TYPE (BallastOverviewPage, ballast_overview_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SELECTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static int
find_split (BallastOverviewPage *self,
            BallastTally        *tally)
{
  gint64 split_id = self->selection != NULL ? ballast_selection_get_split_id (self->selection) : 0;

  if (split_id == BALLAST_SELECTION_NONE)
    return tally->n_splits;
  for (guint i = 0; i < tally->n_splits; i++)
    if (tally->splits[i].id == split_id)
      return i;

  return -1;
}

static void
update_figures (BallastOverviewPage *self)
{
  BallastTally *tally = self->document != NULL ? ballast_document_get_tally (self->document) : NULL;

  if (tally == NULL)
    return;

  for (guint i = 0; i < N_BALLAST_OVERVIEW_FIGURES; i++)
    {
      g_auto(BallastFigure) figure = { NULL };

      ballast_overview_figure_fill (i, tally, find_split (self, tally), &figure);
      ballast_figure_card_set_figure (BALLAST_FIGURE_CARD (self->cards[i]), &figure);
    }
}

static void
add_cards (BallastOverviewPage *self)
{
  for (guint i = 0; i < N_BALLAST_OVERVIEW_FIGURES; i++)
    {
      self->cards[i] = ballast_figure_card_new ();
      ballast_card_grid_append (self->figures, self->cards[i]);
    }
}

static void
ballast_overview_page_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  BallastOverviewPage *self = BALLAST_OVERVIEW_PAGE (object);

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
ballast_overview_page_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  BallastOverviewPage *self = BALLAST_OVERVIEW_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      ballast_overview_page_set_document (self, g_value_get_object (value));
      break;
    case PROP_SELECTION:
      ballast_overview_page_set_selection (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_overview_page_dispose (GObject *object)
{
  BallastOverviewPage *self = BALLAST_OVERVIEW_PAGE (object);

  g_clear_object (&self->document_signals);
  g_clear_object (&self->selection_signals);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_OVERVIEW_PAGE);
  g_clear_object (&self->document);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (ballast_overview_page_parent_class)->dispose (object);
}

static void
ballast_overview_page_class_init (BallastOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_overview_page_get_property;
  object_class->set_property = ballast_overview_page_set_property;
  object_class->dispose = ballast_overview_page_dispose;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL,
                                                    BALLAST_TYPE_SELECTION, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BALLAST_TYPE_CARD_GRID);
  g_type_ensure (BALLAST_TYPE_CONTENTS_SECTION);
  g_type_ensure (BALLAST_TYPE_DISTRIBUTION_CARD);
  g_type_ensure (BALLAST_TYPE_PROBLEMS_CARD);
  g_type_ensure (BALLAST_TYPE_SIZES_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastOverviewPage, figures);
}

static void
ballast_overview_page_init (BallastOverviewPage *self)
{
  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (update_figures),
                                  self);
  g_signal_group_connect_swapped (self->document_signals, "notify::tally",
                                  G_CALLBACK (update_figures), self);
  self->selection_signals = g_signal_group_new (BALLAST_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "notify::split-id",
                                  G_CALLBACK (update_figures), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  add_cards (self);
}

void
ballast_overview_page_set_document (BallastOverviewPage *self,
                                    BallastDocument     *document)
{
  g_return_if_fail (BALLAST_IS_OVERVIEW_PAGE (self));

  if (!g_set_object (&self->document, document))
    return;

  g_signal_group_set_target (self->document_signals, document);
  update_figures (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

void
ballast_overview_page_set_selection (BallastOverviewPage *self,
                                     BallastSelection    *selection)
{
  g_return_if_fail (BALLAST_IS_OVERVIEW_PAGE (self));

  if (!g_set_object (&self->selection, selection))
    return;

  g_signal_group_set_target (self->selection_signals, selection);
  update_figures (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
