#pragma once

#include "ballast-annotation-files.h"
#include "ballast-coco-index.h"
#include "ballast-label-records.h"
#include "ballast-layout.h"
#include "ballast-picture-finder.h"

G_BEGIN_DECLS

/* The id that comes next.  FALSE, having passed over it, where it is none. */
gboolean            ballast_coco_read_id         (BallastJsonReader           *reader,
                                                  BallastCocoId               *id);

/* Annotations, of which the entries of an index say where they stand. */
extern const BallastLabelSyntax ballast_coco_annotation_syntax;

/* Notes what is wrong with a record, of @kind (BallastProblemKind); takes @detail. */
void                ballast_coco_index_take_fault (BallastCocoIndex           *index,
                                                  int                          kind,
                                                  char                        *detail);

/* Reads the list that comes next.  FALSE where it breaks off. */
gboolean            ballast_coco_read_annotations (BallastCocoIndex           *index,
                                                  const BallastCocoReading    *how);

/* TRUE, now and then, where nobody waits for more; @n_records were read. */
gboolean            ballast_coco_is_over         (const BallastCocoReading    *how,
                                                  guint                        n_records);

/* Fills in order, class_of, and what refers to them; numbers are sorted. */
void                ballast_coco_index_resolve   (BallastCocoIndex            *index);

/* (transfer full) (element-type BallastAnnotationFile): those that @options name; or, where they name
 * none, those of one kind of annotations at @path. */
GPtrArray          *ballast_coco_find_files      (const char                  *path,
                                                  const BallastFolder         *tree, /* (nullable) */
                                                  const BallastImportOptions  *options);

/* Sets where the pictures of @index are looked for.  Returns the share of them that is there. */
double              ballast_coco_place           (BallastPictureFinder        *pictures,
                                                  const char                  *root,
                                                  const BallastAnnotationFile *file,
                                                  const BallastCocoIndex      *index,
                                                  gboolean                     has_strangers);

/* Adds the classes of @index to @names and name → position + 1 to @positions, but for those that are
 * there: the order is that of the first file that has them. */
void                ballast_coco_collect_classes (const BallastCocoIndex      *index,
                                                  GPtrArray                   *names,
                                                  GHashTable                  *positions);

BallastLayoutGuess *ballast_coco_recognise       (const char                  *path,
                                                  const BallastLayoutQuestion *question,
                                                  GCancellable                *cancellable,
                                                  GError                     **error);

G_END_DECLS
