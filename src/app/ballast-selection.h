#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BALLAST_TYPE_SELECTION (ballast_selection_get_type ())
G_DECLARE_FINAL_TYPE (BallastSelection, ballast_selection, BALLAST, SELECTION, GObject)

/* Of a class or a split, as in BallastImageQuery. */
#define BALLAST_SELECTION_ALL ((gint64) 0)
#define BALLAST_SELECTION_NONE ((gint64) -1)

/*
 * What the window looks at: shared by the side bar and the pages, one object a window.
 *
 * It holds no fact of the project, only where the user is in it.  Main thread only.
 */
BallastSelection *ballast_selection_new              (void);

/* Every image again: no class, no split, no problem, no images. */
void              ballast_selection_reset            (BallastSelection *self);

/* Property "class-id": the current class; ALL; or NONE for the images without a label. */
gint64            ballast_selection_get_class_id     (BallastSelection *self);
void              ballast_selection_set_class_id     (BallastSelection *self,
                                                      gint64            class_id);

/* Property "also-class-id": a second class that images hold besides the first, or ALL.  Ends with
 * the first one's change. */
gint64            ballast_selection_get_also_class_id (BallastSelection *self);
void              ballast_selection_set_also_class_id (BallastSelection *self,
                                                      gint64            class_id);

/* Property "split-id": the split looked at; ALL; or NONE for the images in no split. */
gint64            ballast_selection_get_split_id     (BallastSelection *self);
void              ballast_selection_set_split_id     (BallastSelection *self,
                                                      gint64            split_id);

/* Property "problem-kind": a BallastProblemKind, or 0 for all images. */
guint             ballast_selection_get_problem_kind (BallastSelection *self);
void              ballast_selection_set_problem_kind (BallastSelection *self,
                                                      guint             problem_kind);

/*
 * Signal "images-changed".  The images that the user picked, for the augment preview; ids of the
 * project.  The array is borrowed and is valid until the next set.
 */
const gint64     *ballast_selection_get_images       (BallastSelection *self,
                                                      guint            *n_images);
void              ballast_selection_set_images       (BallastSelection *self,
                                                      const gint64     *images,
                                                      guint             n_images);

G_END_DECLS
