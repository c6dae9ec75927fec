#pragma once

#include "ballast-box-reading.h"
#include "ballast-shape.h"

G_BEGIN_DECLS

/* An image that a file tells of, and which of the labels are its own. */
typedef struct
{
  char   *path;     /* as the file names it */
  char   *stem;     /* (nullable): its name without an ending, where that is surer */
  char   *file;     /* the file that tells of it */
  int     split;    /* of the reading; -1 */
  guint32 width;
  guint32 height;
  guint   first;
  guint   n;
  gboolean has_lines; /* places of labels are lines of @file */
} BallastBoxRecord;

typedef struct
{
  guint        class; /* in class_names */
  BallastBox   box;
  BallastMarks marks;
  gint64       place;
} BallastBoxLabel;

/* What small files tell, gathered before it is passed on, since classes come before images. */
typedef struct
{
  GArray     *records;     /* BallastBoxRecord */
  GArray     *labels;      /* BallastBoxLabel */
  GPtrArray  *class_names; /* in the order of their appearance */
  GHashTable *positions;   /* name → position + 1 */
} BallastBoxRecords;

BallastBoxRecords *ballast_box_records_new        (void);
void               ballast_box_records_free       (BallastBoxRecords *records);

/* The position of @name in class_names, added where it is new. */
guint              ballast_box_records_intern     (BallastBoxRecords *records,
                                                   const char        *name);

/* Adds the classes of a list in @root ("labelmap.txt", "classes.txt" …), before the files that use them.
 * Returns how many there are. */
guint              ballast_box_records_read_list  (BallastBoxRecords *records,
                                                   const char        *root);

/* Passes all of it on: classes in @order (positions; NULL: as they appeared), images, problems. */
gboolean           ballast_box_records_emit       (BallastBoxRecords *records,
                                                   BallastBoxReading *reading,
                                                   const char        *importer,
                                                   const GArray      *order,
                                                   GError           **error);

/* The picture of @record; FILE or why not. */
void               ballast_box_record_find        (const BallastBoxRecord *record,
                                                   BallastPictureFinder   *pictures,
                                                   BallastFound           *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastBoxRecords, ballast_box_records_free)

G_END_DECLS
