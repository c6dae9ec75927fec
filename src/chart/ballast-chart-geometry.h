#pragma once

#include "ballast-chart-model.h"

G_BEGIN_DECLS

/*
 * Where everything in a chart lies: a pure function of a model, a size and a measure of text.
 * Drawing reads these arrays and pointing searches them, so that what is seen is what is hit.
 * Units are those of the drawing surface, y downwards.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} BallastChartRect;

/* How wide text is; the same @text gives the same width. */
typedef struct
{
  double (*get_width) (const char *text,
                       gpointer    user_data);
  gpointer user_data;
  double   line_height;
} BallastTextMeasure;

typedef enum
{
  BALLAST_CHART_BARS,  /* a bar and a name for each class */
  BALLAST_CHART_CURVE, /* too many for names: an area over the ranks */
} BallastChartMode;

typedef struct
{
  double value;
  double y;
  char   label[32];
} BallastChartTick;

typedef struct
{
  guint            class_index;
  guint            rank;       /* 0-based, in the model's order */
  BallastChartRect slot;       /* the bar's share of the plot, from its top to its bottom */
  BallastChartRect now;
  BallastChartRect after;      /* empty (width 0) without a plan */
  double           label_y;    /* the middle of the value label */
} BallastChartBar;

/* A column of the curve: one class, or one pixel's worth of them. */
typedef struct
{
  guint  first_rank;
  guint  n_classes;
  double x;       /* left edge */
  double width;
  double y_now;   /* of the largest count in it */
  double y_after; /* plot bottom without a plan */
} BallastChartColumn;

typedef struct
{
  BallastChartMode    mode;
  double              width;
  double              height;
  BallastChartRect    plot;
  BallastChartScale   scale;
  double              value_max;   /* at the plot's top */
  guint               n_ticks;
  BallastChartTick   *ticks;
  guint               n_classes;
  guint              *order;       /* rank → class index */
  guint              *rank;        /* class index → rank */
  double              bars_width;  /* of the plot, from its left: the rest is the pill's */
  guint               n_bars;      /* by rank; 0 in a curve */
  BallastChartBar    *bars;
  guint               n_splits;
  BallastChartRect   *segments;    /* [rank × n_splits + split], bottom to top; NULL: not stacked */
  guint               n_columns;   /* 0 in bars */
  BallastChartColumn *columns;
  gboolean            values_shown; /* the value labels fit */
  gboolean            names_rotated;
  double              name_width;  /* names are cut to this */
  gboolean            has_target;
  double              target_y;
  BallastChartRect    pill;        /* the target line's label */
  char                pill_text[64];
  gboolean            handles;
} BallastChartGeometry;

typedef enum
{
  BALLAST_CHART_PART_NONE,
  BALLAST_CHART_PART_CLASS,  /* a bar with its column above and its name below */
  BALLAST_CHART_PART_HANDLE, /* the top of a class's bar */
  BALLAST_CHART_PART_TARGET, /* the target line or its pill */
} BallastChartPart;

typedef struct
{
  BallastChartPart part;
  int              class_index; /* -1 where the part is of no class */
} BallastChartHit;

/*
 * (transfer full): lays @model out.  O(n) after sorting; text is measured for the bars alone.  It
 * does not depend on what is selected or hovered, so those may change without a new layout.
 */
BallastChartGeometry *ballast_chart_geometry_new       (const BallastChartModel    *model,
                                                        double                      width,
                                                        double                      height,
                                                        const BallastTextMeasure   *measure);
void                  ballast_chart_geometry_free      (BallastChartGeometry       *geometry);

/* The part at a point.  O(log n). */
BallastChartHit       ballast_chart_geometry_hit       (const BallastChartGeometry *geometry,
                                                        double                      x,
                                                        double                      y);

/* The height of @value, clamped to the plot, and its inverse (not rounded, 0 and up). */
double                ballast_chart_geometry_value_to_y (const BallastChartGeometry *geometry,
                                                        double                      value);
double                ballast_chart_geometry_y_to_value (const BallastChartGeometry *geometry,
                                                        double                      y);

/* The column of the plot that belongs to @class_index: for highlights, focus and tooltips. */
BallastChartRect      ballast_chart_geometry_get_class_rect (const BallastChartGeometry *geometry,
                                                        guint                       class_index);

/* The class @steps to the right (left below 0) of @class_index, stopping at the ends; the first
 * one for -1; -1 without classes.  G_MININT and G_MAXINT go to the ends. */
int                   ballast_chart_geometry_step      (const BallastChartGeometry *geometry,
                                                        int                         class_index,
                                                        int                         steps);

/* The distance of 1-2-5 × 10^k ticks that puts at most @n_most of them into 0 … @value_max; whole
 * numbers only. */
double                ballast_chart_nice_step          (double                      value_max,
                                                        guint                       n_most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastChartGeometry, ballast_chart_geometry_free)

G_END_DECLS
