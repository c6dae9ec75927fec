#pragma once

#include "ballast-bitset-selection.h"
#include "ballast-class-menu.h"
#include "ballast-image-details-pane.h"
#include "ballast-image-list.h"
#include "ballast-image-viewer.h"
#include "ballast-images-page.h"

G_BEGIN_DECLS

struct _BallastImagesPage
{
  AdwBin                   parent_instance;

  BallastDocument         *document;
  BallastSelection        *selection;
  GSignalGroup            *document_signals;
  GSignalGroup            *selection_signals;
  GCancellable            *query;
  BallastThumbnailer      *thumbnailer;
  BallastBitsetSelection  *picked; /* over the list that is shown */
  BallastImageState        state;
  char                    *text;   /* searched for in names, or NULL */
  guint                    stale : 1;

  GtkBox                  *chips;
  GtkMenuButton           *filter;
  GtkLabel                *count;
  GtkMenuButton           *move;
  GtkWidget               *exclude;
  GtkWidget               *include;
  GtkWidget               *preview;
  GtkStack                *stack;
  GtkGridView             *grid;
  GtkRevealer             *details_revealer;
  BallastImageDetailsPane *details;
  BallastImageViewer      *viewer;
  GtkWidget               *class_menu;
};

/* ballast-images-page.c */
void         _ballast_images_page_refresh              (BallastImagesPage *self);
/* (transfer full): the ids of the selected images. */
gint64      *_ballast_images_page_dup_picked           (BallastImagesPage *self,
                                                        guint             *n_picked);

/* Shows the first of the selected images large; FALSE where none is. */
gboolean     _ballast_images_page_view                 (BallastImagesPage *self);

/* ballast-images-page-edits.c: images.exclude, .include, .move, .preview … */
void         _ballast_images_page_install_edits        (GtkWidgetClass    *widget_class);
void         _ballast_images_page_relabel              (BallastImagesPage *self,
                                                        gint64             class_id);

/* ballast-images-page-filter.c */
void         _ballast_images_page_build_filter         (BallastImagesPage *self);
void         _ballast_images_page_show_chips           (BallastImagesPage *self);

G_END_DECLS
