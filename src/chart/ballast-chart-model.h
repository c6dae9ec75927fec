#pragma once

#include <ballast-tally.h>

#include "ballast-palette.h"

G_BEGIN_DECLS

typedef enum
{
  BALLAST_CHART_SORT_COUNT, /* largest first; equal ones in the dataset's order */
  BALLAST_CHART_SORT_NAME,
  BALLAST_CHART_SORT_INDEX, /* the dataset's order */
} BallastChartSort;

typedef enum
{
  BALLAST_CHART_SCALE_LINEAR,
  BALLAST_CHART_SCALE_LOG,
} BallastChartScale;

typedef enum
{
  BALLAST_CHART_UNIT_IMAGES,
  BALLAST_CHART_UNIT_INSTANCES,
} BallastChartUnit;

/*
 * What a chart of the classes shows.  A plain value that its maker fills in: no field depends on
 * another, and nothing here knows a size or a font.
 */
typedef struct
{
  guint             n_classes;
  char            **names;     /* n_classes, UTF-8; owned */
  guint64          *now;       /* n_classes; owned */
  guint64          *after;     /* n_classes, or NULL: no plan is shown; owned */
  BallastInk       *colours;   /* n_classes; owned */
  guint             n_splits;  /* 0: bars are not stacked */
  char            **split_names; /* n_splits; owned */
  guint64          *by_split;  /* [class × n_splits + split], adds up to now; owned */
  BallastChartUnit  unit;
  BallastChartSort  sort;
  BallastChartScale scale;
  double            target;    /* the target line's count; below 0: no line */
  gboolean          handles;   /* each bar's top can be dragged */
  int               selected;  /* class index, or -1 */
  int               hovered;   /* class index, or -1 */
} BallastChartModel;

/* (transfer full): names empty, counts 0, colours of the palette, no plan, no target. */
BallastChartModel *ballast_chart_model_new            (guint                    n_classes,
                                                       guint                    n_splits);

/*
 * (transfer full): the counts of @tally in @unit.  @split is the position of a split in the tally
 * (n_splits: the images in none), or -1 for all.  @stacked asks for by_split, and is left aside
 * where only one split is asked for or there is only one.
 */
BallastChartModel *ballast_chart_model_new_from_tally (const BallastTally      *tally,
                                                       BallastChartUnit         unit,
                                                       int                      split,
                                                       gboolean                 stacked);
void               ballast_chart_model_free           (BallastChartModel       *model);

/* Copies @after, n_classes counts; NULL takes the plan away. */
void               ballast_chart_model_set_after      (BallastChartModel       *model,
                                                       const guint64           *after);

guint64            ballast_chart_model_get_total      (const BallastChartModel *model);

/* (transfer full): n_classes class indices in the order of @model's sort.  O(n log n). */
guint             *ballast_chart_model_dup_order      (const BallastChartModel *model);

/* (transfer full): "paper: 99 images, 23.1 %, rank 1 of 6", and what the plan makes of it. */
char              *ballast_chart_model_describe_class (const BallastChartModel *model,
                                                       guint                    class_index);

/* (transfer full): the whole chart in a sentence or two, for screen readers. */
char              *ballast_chart_model_describe       (const BallastChartModel *model);

/* (transfer full): 1234567 as "1 234 567", with narrow no-break spaces. */
char              *ballast_chart_format_count         (guint64                  count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastChartModel, ballast_chart_model_free)

G_END_DECLS
