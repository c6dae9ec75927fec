#pragma once

#include <adwaita.h>

#include "ballast-document.h"
#include "ballast-near-set.h"

G_BEGIN_DECLS

/* Told the distance that was chosen. */
typedef void (*BallastNearChosenFunc) (guint    distance,
                                       gpointer user_data);

/*
 * Pictures that look alike, side by side, by how much they differ; a slider chooses up to where they
 * are one group.  @chosen is called whenever it moves, while @owner lives.
 */
GtkWidget *ballast_near_dialog_present (GtkWindow            *owner,
                                        BallastDocument      *document,
                                        BallastNearSet       *near,
                                        guint                 distance,
                                        BallastNearChosenFunc chosen);

G_END_DECLS
