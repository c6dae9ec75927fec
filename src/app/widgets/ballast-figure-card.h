#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A figure that explains itself: "4.3 : 1, paper against trash"; a click says what it means. */
#define BALLAST_TYPE_FIGURE_CARD (ballast_figure_card_get_type ())
G_DECLARE_FINAL_TYPE (BallastFigureCard, ballast_figure_card, BALLAST, FIGURE_CARD, AdwBin)

/* All strings are plain text; @explanation and @formula are shown on demand. */
typedef struct
{
  char *value;       /* "4.3" */
  char *unit;        /* ": 1", or "" */
  char *caption;     /* "paper against trash" */
  char *explanation; /* a sentence or a few lines */
  char *formula;     /* "largest ÷ smallest class that is not empty", or "" */
} BallastFigure;

void       ballast_figure_clear           (BallastFigure       *figure);

GtkWidget *ballast_figure_card_new        (void);
void       ballast_figure_card_set_figure (BallastFigureCard   *self,
                                           const BallastFigure *figure);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastFigure, ballast_figure_clear)

G_END_DECLS
