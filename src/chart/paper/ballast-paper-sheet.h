#pragma once

#include "ballast-paper-private.h"

G_BEGIN_DECLS

/* A4 in points. */
#define SHEET_WIDTH 595.28
#define SHEET_HEIGHT 841.89
#define SHEET_MARGIN 56.0
#define SHEET_TOP 74.0
#define SHEET_BOTTOM (SHEET_HEIGHT - 66.0)
#define SHEET_INNER (SHEET_WIDTH - 2 * SHEET_MARGIN)

/* How a piece of text looks. */
typedef struct
{
  double            size;    /* points */
  gboolean          bold;
  gboolean          mono;
  const BallastInk *ink;
  BallastTextAlign  align;
  guint             lines;   /* at most, then “…”; 0: all */
} SheetStyle;

/* Pages that fill from the top.  @surface NULL-streamed in the first run, which counts them. */
typedef struct
{
  const BallastPaper *paper;
  cairo_surface_t    *surface;
  cairo_t            *cr;
  PangoContext       *context;
  PangoLayout        *layout;
  BallastChartFont   *font;    /* of charts */
  const BallastTheme *theme;
  double              y;       /* where the next block begins */
  guint               page;    /* from 1 */
  guint               n_pages; /* 0: not known yet */
  int                 outline[3]; /* the last entry of each level */
} Sheet;

void   _ballast_sheet_begin   (Sheet              *sheet,
                               const BallastPaper *paper,
                               cairo_surface_t    *surface,
                               guint               n_pages);
void   _ballast_sheet_end     (Sheet              *sheet);

/* Begins a page where less than @height is left on this one. */
void   _ballast_sheet_need    (Sheet              *sheet,
                               double              height);
void   _ballast_sheet_break   (Sheet              *sheet);

/* Points that @text takes; width 0: in one line. */
double _ballast_sheet_measure (Sheet              *sheet,
                               const char         *text,
                               const SheetStyle   *style,
                               double              width);
double _ballast_sheet_get_width (Sheet            *sheet,
                               const char         *text,
                               const SheetStyle   *style);

/* Draws @text with its top at @y; returns its height. */
double _ballast_sheet_put     (Sheet              *sheet,
                               const char         *text,
                               const SheetStyle   *style,
                               const BallastChartRect *place);

/* Draws @text from the sheet's y on, over as many pages as it takes, @indent from the margin. */
void   _ballast_sheet_flow    (Sheet              *sheet,
                               const char         *text,
                               const SheetStyle   *style,
                               double              indent);

/* A thin line across, at @y. */
void   _ballast_sheet_rule    (Sheet              *sheet,
                               double              y,
                               double              width,
                               const BallastInk   *ink);

/* ballast-paper-sheet-table.c */
void   _ballast_sheet_table   (Sheet              *sheet,
                               const BallastPaperTable *table);

/* ballast-paper-sheet-blocks.c */
void   _ballast_sheet_title   (Sheet              *sheet);
/* The block at @place of the sheet's paper. */
void   _ballast_sheet_block   (Sheet              *sheet,
                               guint               place);

G_END_DECLS
