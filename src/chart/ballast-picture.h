#pragma once

#include "ballast-chart-draw.h"
#include "ballast-chart-file.h"

G_BEGIN_DECLS

/*
 * A chart that knows how to lay itself out, draw itself, say what lies under a point and turn into a
 * table.  One widget, one way into files and one way to screen readers serve all kinds.
 *
 * What can be pointed at are parts, numbered from 0; -1 is none.  One thread at a time.
 */
typedef struct _BallastPicture BallastPicture;

/* A picture as rows of text; for whoever cannot see it. */
typedef struct
{
  guint  n_columns;
  guint  n_rows;
  guint  n_texts;  /* of the columns, from the first; the others are numbers */
  char **titles;   /* n_columns, NULL-terminated */
  char **cells;    /* n_rows × n_columns, NULL-terminated */
} BallastPictureTable;

typedef struct
{
  /* Sets what the others read, for the given size. */
  void                 (*layout)     (BallastPicture     *self,
                                      double              width,
                                      double              height,
                                      BallastChartFont   *font);
  void                 (*draw)       (BallastPicture     *self,
                                      cairo_t            *cr,
                                      const BallastTheme *theme,
                                      BallastChartFont   *font);
  int                  (*hit)        (BallastPicture     *self,
                                      double              x,
                                      double              y);
  BallastChartRect     (*get_area)   (BallastPicture     *self,
                                      guint               part);
  /* The part that the arrow keys lead to. */
  int                  (*step)       (BallastPicture     *self,
                                      int                 part,
                                      int                 dx,
                                      int                 dy);
  /* (transfer full) */
  char                *(*describe)   (BallastPicture     *self,
                                      guint               part);
  BallastPictureTable *(*make_table) (BallastPicture     *self);
  double               (*get_height) (BallastPicture     *self,
                                      double              width,
                                      BallastChartFont   *font);
  void                 (*free)       (BallastPicture     *self);
} BallastPictureClass;

struct _BallastPicture
{
  const BallastPictureClass *class;
  double                     width;    /* laid out for */
  double                     height;
  int                        lit;      /* the part under the pointer or the keyboard, or -1 */
  gboolean                   focused;  /* the lit part has a ring */
};

void                 ballast_picture_free       (BallastPicture                *self);

void                 ballast_picture_layout     (BallastPicture                *self,
                                                 double                         width,
                                                 double                         height,
                                                 BallastChartFont              *font);

/* What follows needs a layout. */
void                 ballast_picture_draw       (BallastPicture                *self,
                                                 cairo_t                       *cr,
                                                 const BallastTheme            *theme,
                                                 BallastChartFont              *font);
int                  ballast_picture_hit        (BallastPicture                *self,
                                                 double                         x,
                                                 double                         y);
BallastChartRect     ballast_picture_get_area   (BallastPicture                *self,
                                                 guint                          part);
int                  ballast_picture_step       (BallastPicture                *self,
                                                 int                            part,
                                                 int                            dx,
                                                 int                            dy);

/* (transfer full): what the part says, in a sentence; none of these three needs a layout. */
char                *ballast_picture_describe   (BallastPicture                *self,
                                                 guint                          part);
BallastPictureTable *ballast_picture_make_table (BallastPicture                *self);

/* The height that suits @width. */
double               ballast_picture_get_height (BallastPicture                *self,
                                                 double                         width,
                                                 BallastChartFont              *font);

/* (transfer full): cells are filled in by the caller. */
BallastPictureTable *ballast_picture_table_new  (const char *const             *titles,
                                                 guint                          n_texts,
                                                 guint                          n_rows);
void                 ballast_picture_table_free (BallastPictureTable           *table);
/* Takes @text. */
void                 ballast_picture_table_take (BallastPictureTable           *table,
                                                 guint                          row,
                                                 guint                          column,
                                                 char                          *text);

/* As ballast_chart_file_save(); a height of 0 is the one that suits the width. */
gboolean             ballast_picture_save       (BallastPicture                *self,
                                                 const char                    *path,
                                                 const BallastChartFileOptions *options,
                                                 GError                       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPicture, ballast_picture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPictureTable, ballast_picture_table_free)

G_END_DECLS
