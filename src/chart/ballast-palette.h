#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A colour, channels 0 … 1, not premultiplied.  The same layout as GdkRGBA. */
typedef struct
{
  float red;
  float green;
  float blue;
  float alpha;
} BallastInk;

/* What a chart is drawn with besides the colours of the classes. */
typedef struct
{
  gboolean   dark;
  BallastInk foreground;    /* names, value labels, titles */
  BallastInk dim;           /* axis labels, captions */
  BallastInk grid;          /* lines across the plot */
  BallastInk axis;          /* the baseline */
  BallastInk card;          /* what lies below the chart */
  BallastInk accent;        /* the curve, the histogram, the focus ring */
  BallastInk target;        /* the target line and its pill */
  BallastInk on_target;     /* text on the pill */
  BallastInk track;         /* the empty part of a class's bar in a list */
  float      ghost_opacity; /* fill of what is still to come */
} BallastTheme;

/* (transfer none): one of the four themes; valid for ever. */
const BallastTheme *ballast_theme_get          (gboolean      dark,
                                                gboolean      high_contrast);

/* The colour of the class at @class_index in the dataset's order: the same on every page, in files
 * and on every machine; to be told from a white and from a dark ground. */
BallastInk          ballast_palette_get_class  (guint         class_index);

/* The colour of the @split_index-th split of @n_splits within a class's bar: the class's own for
 * the first, then paler. */
BallastInk          ballast_palette_get_split  (BallastInk    class_ink,
                                                guint         split_index,
                                                guint         n_splits,
                                                const BallastTheme *theme);

/* (transfer full): "#3584e4". */
char               *ballast_ink_to_hex         (BallastInk    ink);

/* The WCAG 2 contrast ratio of two opaque colours, 1 … 21. */
double              ballast_ink_get_contrast   (BallastInk    first,
                                                BallastInk    second);

G_END_DECLS
