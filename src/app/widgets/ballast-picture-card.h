#pragma once

#include <adwaita.h>

#include "ballast-picture-view.h"

G_BEGIN_DECLS

/*
 * A card with a picture: title, a line about it, what it can be set to, the picture or its numbers
 * as a table, and a button that saves it.
 *
 * The card asks its maker for the picture, again for each file, so that what is saved is what is
 * shown.
 */
#define BALLAST_TYPE_PICTURE_CARD (ballast_picture_card_get_type ())
G_DECLARE_FINAL_TYPE (BallastPictureCard, ballast_picture_card, BALLAST, PICTURE_CARD, AdwBin)

/* (transfer full) (nullable): NULL where there is nothing to show. */
typedef BallastPicture *(*BallastPictureMaker) (gpointer user_data);

/* @title: of card and file; @file_name: "co-occurrence.png". */
GtkWidget          *ballast_picture_card_new         (const char          *title,
                                                      const char          *file_name);
void                ballast_picture_card_set_maker   (BallastPictureCard  *self,
                                                      BallastPictureMaker  maker,
                                                      gpointer             user_data);
/* Asks the maker again.  @note: the line below the title; @empty: what is said where there is no
 * picture. */
void                ballast_picture_card_update      (BallastPictureCard  *self,
                                                      const char          *note,
                                                      const char          *empty);
/* What is meant by the note's words, for who asks. */
void                ballast_picture_card_set_explanation (BallastPictureCard *self,
                                                      const char          *explanation);
/* The line below the title of a file. */
void                ballast_picture_card_set_subtitle (BallastPictureCard *self,
                                                      const char          *subtitle);
void                ballast_picture_card_add_control (BallastPictureCard  *self,
                                                      GtkWidget           *control);

/* (transfer none) */
BallastPictureView *ballast_picture_card_get_view    (BallastPictureCard  *self);

G_END_DECLS
