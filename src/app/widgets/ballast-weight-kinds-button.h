#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A button that says which weight files will be written, and opens the list of all kinds.
 * Emits "changed" when the user checks or unchecks one.
 */
#define BALLAST_TYPE_WEIGHT_KINDS_BUTTON (ballast_weight_kinds_button_get_type ())
G_DECLARE_FINAL_TYPE (BallastWeightKindsButton, ballast_weight_kinds_button, BALLAST,
                      WEIGHT_KINDS_BUTTON, AdwBin)

/* @kinds: "json,csv", as settings have it.  Emits nothing. */
void  ballast_weight_kinds_button_set_kinds (BallastWeightKindsButton *self,
                                             const char               *kinds);

/* (transfer full): "json,csv"; "" for none. */
char *ballast_weight_kinds_button_dup_kinds (BallastWeightKindsButton *self);

G_END_DECLS
