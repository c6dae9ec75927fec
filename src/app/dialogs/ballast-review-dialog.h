#pragma once

#include "ballast-problem-list.h"
#include "ballast-window.h"

G_BEGIN_DECLS

/*
 * Pictures that stand twice, one at a time: which of the two is right?  The other one is left out
 * of the dataset; each answer can be undone.
 */
#define BALLAST_TYPE_REVIEW_DIALOG (ballast_review_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BallastReviewDialog, ballast_review_dialog, BALLAST, REVIEW_DIALOG, AdwWindow)

/* (transfer none): the dialog over @window, with the pairs of @group. */
GtkWidget *ballast_review_dialog_present (BallastWindow       *window,
                                          BallastProblemGroup *group);

G_END_DECLS
