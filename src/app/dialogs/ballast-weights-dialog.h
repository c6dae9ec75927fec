#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/* Shows the class weights by scheme and saves them as JSON, CSV, text, NumPy array or Python. */
#define BALLAST_TYPE_WEIGHTS_DIALOG (ballast_weights_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BallastWeightsDialog, ballast_weights_dialog, BALLAST, WEIGHTS_DIALOG, AdwWindow)

/* (transfer none): the dialog, shown over @parent. */
GtkWidget *ballast_weights_dialog_present (GtkWindow            *parent,
                                           BallastDocument      *document);

/* Writes the weights as chosen to @file: what Save does once a file is named. */
void       ballast_weights_dialog_save    (BallastWeightsDialog *self,
                                           GFile                *file);

G_END_DECLS
