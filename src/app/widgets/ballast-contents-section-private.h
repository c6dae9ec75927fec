#pragma once

#include "ballast-class-menu.h"
#include "ballast-contents-section.h"
#include "ballast-contents.h"
#include "ballast-picture-card.h"

G_BEGIN_DECLS

struct _BallastContentsSection
{
  AdwBin parent_instance;

  BallastDocument          *document;
  BallastSelection         *selection;
  GSignalGroup             *document_signals;
  GSignalGroup             *selection_signals;
  GCancellable             *cancellable;
  BallastContentStatistics *contents;  /* (nullable): those shown */
  BallastTally             *tally;     /* that they were made with */
  gboolean                  stale;     /* ask again once the import has ended, or when mapped */

  char *mode;     /* "share", "counts", "jaccard" */
  char *order;    /* "count", "likeness" */
  char *classes;  /* "12", "25", "50", "100" */
  char *measure;  /* "bands", "relative", "aspect", "per-image" */

  GtkWidget          *pair_grid; /* of the first two cards */
  BallastPictureCard *together;
  BallastPictureCard *companions;
  BallastPictureCard *objects;
  BallastPictureCard *places;
  GtkMenuButton      *mode_button;
  GtkMenuButton      *class_button;
  GtkMenuButton      *measure_button;
  BallastClassMenu   *class_menu;
};

/* The class whose companions are shown: the selected one, else the rarest that has any; or -1. */
int             _ballast_contents_section_get_subject      (BallastContentsSection *self);

/* Makers of the cards' pictures. */
BallastPicture *_ballast_contents_section_make_together    (gpointer                self);
BallastPicture *_ballast_contents_section_make_companions  (gpointer                self);
BallastPicture *_ballast_contents_section_make_objects     (gpointer                self);
BallastPicture *_ballast_contents_section_make_places      (gpointer                self);

/* What the cards show and say, from the statistics. */
void            _ballast_contents_section_update_cards     (BallastContentsSection *self);

G_END_DECLS
