#pragma once

#include <gio/gio.h>

#include "ballast-chart-model.h"
#include "ballast-picture.h"
#include "ballast-progress.h"
#include "ballast-tree-model.h"

G_BEGIN_DECLS

/*
 * A document of words, tables and charts that is to be read on paper or on a page: blocks one below
 * the other.  A plain value: it knows no size, no font and no format.  All texts are UTF-8; what is
 * none, and control characters, are made visible.
 */
typedef enum
{
  BALLAST_PAPER_HEADING, /* level 1 or 2 */
  BALLAST_PAPER_TEXT,
  BALLAST_PAPER_NOTE,    /* small and pale */
  BALLAST_PAPER_WARNING,
  BALLAST_PAPER_ITEM,    /* of a list; level: how deep */
  BALLAST_PAPER_CODE,    /* lines as they are */
  BALLAST_PAPER_FIGURES,
  BALLAST_PAPER_TABLE,
  BALLAST_PAPER_CHART,
  BALLAST_PAPER_WEIGHTS,
  BALLAST_PAPER_TREE,
  BALLAST_PAPER_PICTURE,
} BallastPaperKind;

/* A number with what it means. */
typedef struct
{
  char *value;
  char *unit;        /* beside it, or "" */
  char *caption;
  char *explanation;
} BallastPaperFigure;

typedef struct
{
  guint      n_columns;
  char     **titles;
  gboolean  *numeric; /* by column: digits below digits, at the right */
  GPtrArray *cells;   /* of char, row by row */
  GArray    *inks;    /* of BallastInk: a dot before each row; alpha 0: none */
} BallastPaperTable;

/* Counts beside weights. */
typedef struct
{
  GPtrArray *names;
  GArray    *bars;        /* of BallastWeightBar */
  char      *captions[2];
} BallastPaperWeights;

typedef struct
{
  BallastPaperKind     kind;
  guint                level;
  char                *text;   /* of charts and tables: what stands below them, or NULL */
  char                *detail; /* a second, paler sentence, or NULL */
  GPtrArray           *figures;
  BallastPaperTable   *table;
  BallastPaperWeights *weights;
  BallastChartModel   *chart;
  BallastTreeModel    *tree;
  BallastPicture      *picture;
} BallastPaperBlock;

typedef struct
{
  char      *title;
  char      *subtitle;
  char      *date;       /* for people */
  gint64     unix_time;  /* of the same, for the file's own records */
  char      *producer;   /* "Ballast 1.0" */
  char      *language;   /* "en" */
  GPtrArray *blocks;
} BallastPaper;

/* (transfer full) */
BallastPaper      *ballast_paper_new          (const char         *title,
                                               const char         *subtitle);
void               ballast_paper_free         (BallastPaper       *paper);

void               ballast_paper_add_heading  (BallastPaper       *paper,
                                               guint               level,
                                               const char         *text);
/* TEXT, NOTE, CODE or WARNING. */
void               ballast_paper_add_text     (BallastPaper       *paper,
                                               BallastPaperKind    kind,
                                               const char         *text,
                                               const char         *detail);
void               ballast_paper_add_item     (BallastPaper       *paper,
                                               guint               level,
                                               const char         *text,
                                               const char         *detail);

/* (transfer none): filled with ballast_paper_figures_add(). */
GPtrArray         *ballast_paper_add_figures  (BallastPaper       *paper);
/* Takes @value and @caption. */
void               ballast_paper_figures_add  (GPtrArray          *figures,
                                               char               *value,
                                               const char         *unit,
                                               char               *caption,
                                               char               *explanation);

/* (transfer none): @caption may be NULL. */
BallastPaperTable *ballast_paper_add_table    (BallastPaper       *paper,
                                               const char         *caption);
/* All columns before the first row. */
void               ballast_paper_table_column (BallastPaperTable  *table,
                                               const char         *title,
                                               gboolean            numeric);
/* Takes @cell; the row is full after the last column. */
void               ballast_paper_table_cell   (BallastPaperTable  *table,
                                               char               *cell);
/* The dot of the row that comes next; rows before without one have none. */
void               ballast_paper_table_dot    (BallastPaperTable  *table,
                                               BallastInk          ink);
guint              ballast_paper_table_get_n_rows (const BallastPaperTable *table);

/* Take their models. */
void               ballast_paper_add_chart    (BallastPaper       *paper,
                                               BallastChartModel  *chart,
                                               const char         *caption);
void               ballast_paper_add_tree     (BallastPaper       *paper,
                                               BallastTreeModel   *tree,
                                               const char         *caption);

void               ballast_paper_add_picture  (BallastPaper       *paper,
                                               BallastPicture     *picture,
                                               const char         *caption);

/* (transfer none): bars of counts and weights, filled with ballast_paper_weights_add(). */
BallastPaperWeights *ballast_paper_add_weights (BallastPaper      *paper,
                                               const char         *of_counts,
                                               const char         *of_weights,
                                               const char         *caption);
void               ballast_paper_weights_add  (BallastPaperWeights *weights,
                                               const char         *name,
                                               guint               index,
                                               guint64             count,
                                               double              weight);

/*
 * Writes @paper as PDF (A4) or as one HTML page that needs nothing beside it, by @path's ending,
 * through a temporary file that is renamed.  The same paper gives the same bytes with the same fonts.
 * BALLAST_CHART_ERROR_FORMAT for another ending, _WRITE or a G_FILE_ERROR where it cannot be written.
 */
gboolean           ballast_paper_save         (const BallastPaper    *paper,
                                               const char            *path,
                                               GCancellable          *cancellable,
                                               const BallastProgress *progress,
                                               GError               **error);

/* TRUE where @path's ending is .pdf, .html or .htm. */
gboolean           ballast_paper_is_supported (const char         *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPaper, ballast_paper_free)

G_END_DECLS
