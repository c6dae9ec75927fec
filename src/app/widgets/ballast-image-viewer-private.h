#pragma once

#include "ballast-boxed-paintable.h"
#include "ballast-image-viewer.h"

G_BEGIN_DECLS

struct _BallastImageViewer
{
  GtkWidget parent_instance;

  BallastThumbnailer *thumbnailer;
  GListModel         *list;
  guint               position;
  BallastImageItem   *item;
  gulong              loaded;
  guint64             request;

  BallastTally          *tally;
  BallastBoxedPaintable *boxed;    /* (nullable): what is shown, where it has boxes */
  gint64                 selected; /* annotation; 0: none */

  GtkWidget *overlay;
  GtkWidget *picture;
  GtkWidget *caption;
  GtkWidget *class_menu;
  GtkWidget *menu;
};

/* ballast-image-viewer.c */
void _ballast_image_viewer_show_caption  (BallastImageViewer *self);

/* ballast-image-viewer-boxes.c */
void _ballast_image_viewer_install_boxes (GtkWidgetClass     *widget_class);
void _ballast_image_viewer_init_boxes    (BallastImageViewer *self);
void _ballast_image_viewer_dispose_boxes (BallastImageViewer *self);

/* What is shown has changed: the box that is selected is one of it, or none. */
void _ballast_image_viewer_show_box      (BallastImageViewer *self);

/* (nullable): the box that is selected. */
const BallastItemBox *_ballast_image_viewer_get_selected (BallastImageViewer *self,
                                                          guint              *index);

G_END_DECLS
