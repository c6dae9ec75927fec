#pragma once

#include <pango/pangocairo.h>

#include "ballast-chart-geometry.h"

G_BEGIN_DECLS

/*
 * The text of charts: measures it for the geometry and draws it, from one Pango context, so that
 * both agree.  One thread at a time.
 */
typedef struct _BallastChartFont BallastChartFont;

typedef enum
{
  BALLAST_TEXT_START,
  BALLAST_TEXT_CENTRE,
  BALLAST_TEXT_END,
} BallastTextAlign;

/* (transfer full): the fonts of files: Cantarell or what comes nearest, at 96 dpi.  @size_px is
 * the size of names; labels of axes are a little smaller. */
BallastChartFont         *ballast_chart_font_new             (double            size_px);

/* (transfer full): the fonts of a widget: @context's family, size and settings. */
BallastChartFont         *ballast_chart_font_new_for_context (PangoContext     *context);
void                      ballast_chart_font_free            (BallastChartFont *font);

/* (transfer none): for ballast_chart_geometry_new(); valid as long as @font. */
const BallastTextMeasure *ballast_chart_font_get_measure     (BallastChartFont *font);

/*
 * Draws @text with @y as the middle of its line and @x as its @align edge.  @size is relative to
 * the font's own (1: names), @max_width above 0 ellipsises.  Returns the width drawn.
 */
typedef struct
{
  double           x;
  double           y;
  BallastTextAlign align;
  double           size;
  gboolean         bold;
  double           angle;     /* radians, clockwise, round (x, y) */
  double           max_width; /* 0: none */
} BallastTextPlace;

double                    ballast_chart_font_draw            (BallastChartFont       *font,
                                                              cairo_t                *cr,
                                                              const char             *text,
                                                              const BallastTextPlace *place,
                                                              const BallastInk       *ink);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastChartFont, ballast_chart_font_free)

G_END_DECLS
