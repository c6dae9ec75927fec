#pragma once

#include <gio/gio.h>

#include "ballast-box.h"
#include "ballast-unit.h"

G_BEGIN_DECLS

/*
 * The training split as rows: for every image its classes and how often it holds each.
 *
 * What a plan over whole images works on.  Filled by one thread, then immutable and shared by its
 * reference count.  Memory: 36 bytes an image and 8 a class of an image, twice; where boxes are asked
 * for 12 and 20 an object more.
 */
#define BALLAST_TYPE_PLAN_ROWS (ballast_plan_rows_get_type ())

/* A class of an image; @count is 1 where images are counted. */
typedef struct
{
  guint32 class_index;
  guint32 count;
} BallastPlanCell;

/* Where an object of an image is, in its pixels. */
typedef struct
{
  guint32 class_index;
  float   x;
  float   y;
  float   width;
  float   height;
} BallastPlanObject;

/*
 * Images that are equal for the plan, put together: those with the same classes where images are
 * counted, with the same numbers of each where instances are.  Groups are in an order that follows
 * from the names of the classes alone, images within one in the order of a digest of their paths, so
 * nothing depends on the order of an import.
 */
typedef struct
{
  guint            n_groups;
  guint32         *sizes;    /* by group: images */
  guint32         *starts;   /* n_groups + 1 positions in cells */
  BallastPlanCell *cells;    /* by group, then by class */
  guint64         *names;    /* by group: a digest of what it is */
  guint32         *group_of; /* by row */
  guint32         *places;   /* by row: its place in its group */
} BallastPlanGroups;

typedef struct
{
  gatomicrefcount   ref_count;
  guint             n_classes;
  guint             n_rows;
  gint64           *ids;     /* by row, ascending */
  guint64          *digests; /* by row: of the path */
  guint32          *starts;  /* n_rows + 1 positions in cells */
  BallastPlanCell  *cells;   /* by row, then by class */
  BallastPlanGroups groups[2]; /* by BallastUnit */
  guint32          *object_starts; /* n_rows + 1 positions in objects; NULL: boxes were not asked for */
  BallastPlanObject *objects;  /* of images whose labels all have a box */
  guint32          *widths;    /* by row, as looked at, where there are objects */
  guint32          *heights;
  GArray           *building;  /* private */
  GArray           *class_names; /* private: digests */
} BallastPlanRows;

GType            ballast_plan_rows_get_type  (void);

/* (transfer full): empty; @names are the @n_classes of the tally, in its order. */
BallastPlanRows *ballast_plan_rows_new       (const char *const *names,
                                              guint              n_classes);

/* Adds the image @id, which is above those before it.  @cells need not be sorted or distinct: one a
 * label will do.  @path is relative to its source. */
void             ballast_plan_rows_add       (BallastPlanRows       *rows,
                                              gint64                 id,
                                              const char            *path,
                                              const BallastPlanCell *cells,
                                              guint                  n_cells);

/* (transfer full): empty, for rows of the same classes. */
BallastPlanRows *ballast_plan_rows_new_like  (const BallastPlanRows *rows);

/* Where the objects of the last image added are: for every image, or for none. */
void             ballast_plan_rows_add_objects (BallastPlanRows         *rows,
                                              guint                    width,
                                              guint                    height,
                                              const BallastPlanObject *objects,
                                              guint                    n_objects);

/* After the last image: puts equal ones together.  O(n log n). */
void             ballast_plan_rows_finish    (BallastPlanRows       *rows);

BallastPlanRows *ballast_plan_rows_ref       (BallastPlanRows       *rows);
void             ballast_plan_rows_unref     (BallastPlanRows       *rows);

/* The row of the image, or -1. */
gint64           ballast_plan_rows_find      (const BallastPlanRows *rows,
                                              gint64                 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPlanRows, ballast_plan_rows_unref)

G_END_DECLS
