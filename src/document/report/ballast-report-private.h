#pragma once

#include "ballast-content-statistics.h"
#include "ballast-hierarchy-figures.h"
#include "ballast-imbalance.h"
#include "ballast-paper.h"
#include "ballast-plan.h"
#include "ballast-snapshot.h"
#include "ballast-store-thread.h"
#include "ballast-weights.h"

G_BEGIN_DECLS

/* All that a report tells, read once: immutable while it is written. */
typedef struct
{
  BallastSnapshot         *snapshot;
  BallastPlan             *plan;      /* NULL: no classes */
  BallastWeights          *weights;   /* NULL: no classes */
  BallastHierarchyFigures *hierarchy; /* without nodes where there is none */
  BallastImbalance         imbalance; /* of the training split, in the plan's unit */
  guint64                 *counts;    /* the same counts, by class */
  GPtrArray               *problems;  /* of BallastProblemGroup */
  BallastContentStatistics *contents; /* of all images */
  char                    *project;   /* the file's name, for commands */
  gint64                   unix_time;
} BallastReport;

/* (transfer full): waits for the store thread. */
BallastReport *_ballast_report_read    (BallastStoreThread  *thread,
                                        const char          *path,
                                        GError             **error);
void           _ballast_report_free    (BallastReport       *report);

/* A paper under way, with the long tables that come at its end. */
typedef struct
{
  const BallastReport *report;
  BallastPaper        *paper;
  BallastPaper        *appendix; /* a paper for its blocks alone */
  guint                n_appendices;
} BallastReportWriter;

/* (transfer full): the whole report. */
BallastPaper  *_ballast_report_compose (const BallastReport *report);

/* The sections, one file each. */
void           _ballast_report_add_data      (BallastReportWriter *writer);
void           _ballast_report_add_contents  (BallastReportWriter *writer);
void           _ballast_report_add_figures   (BallastReportWriter *writer);
void           _ballast_report_add_plan      (BallastReportWriter *writer);
void           _ballast_report_add_weights   (BallastReportWriter *writer);
void           _ballast_report_add_hierarchy (BallastReportWriter *writer);
void           _ballast_report_add_pipelines (BallastReportWriter *writer);
void           _ballast_report_add_problems  (BallastReportWriter *writer);
void           _ballast_report_add_settings  (BallastReportWriter *writer);

/*
 * A table of @n_rows rows, filled by @fill for each of them.  A long one shows its first and last
 * rows and stands whole in an appendix called @title.
 */
typedef struct
{
  const char *title;
  const char *caption;     /* or NULL */
  guint       n_rows;
  void      (*add_columns) (BallastPaperTable   *table,
                            const BallastReport *report);
  void      (*add_row)     (BallastPaperTable   *table,
                            const BallastReport *report,
                            guint                row,
                            gconstpointer        data);
  gconstpointer data;
} BallastReportTable;

void           _ballast_report_add_table     (BallastReportWriter *writer,
                                              const BallastReportTable *table);

/* (transfer full): "15.2 %", "4.3 : 1", "1 234". */
char          *_ballast_report_percent       (double               share);
char          *_ballast_report_ratio         (double               ratio);
char          *_ballast_report_count         (guint64              count);
/* (transfer full): in the C locale, as short as it is right: "0.001". */
char          *_ballast_report_number        (double               number);

/* (transfer none): "images" or "instances", in the reader's language. */
const char    *_ballast_report_unit          (BallastUnit          unit);

/* (transfer none): the name of the training split; "" where the dataset has no splits. */
const char    *_ballast_report_training      (const BallastReport *report);

G_END_DECLS
