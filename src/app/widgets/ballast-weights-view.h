#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/*
 * The class weights of a project: the scheme and what it takes, a chart and a table of the weights
 * beside the counts and beside other schemes', and what to know about the scheme.
 *
 * Emits "back" when the user is done.
 */
#define BALLAST_TYPE_WEIGHTS_VIEW (ballast_weights_view_get_type ())
G_DECLARE_FINAL_TYPE (BallastWeightsView, ballast_weights_view, BALLAST, WEIGHTS_VIEW, AdwBin)

/* (nullable) */
void ballast_weights_view_set_document (BallastWeightsView *self,
                                        BallastDocument    *document);

/* Shows the document as it is now; to be called when it changed. */
void ballast_weights_view_update       (BallastWeightsView *self);

G_END_DECLS
