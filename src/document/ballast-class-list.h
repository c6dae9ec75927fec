#pragma once

#include "ballast-document.h"

G_BEGIN_DECLS

/*
 * A class as a row.  The object of a class lives as long as the class: a change of its counts is
 * notified on it, so a list keeps its selection and its scroll.
 *
 * Properties, read-only: "id" (int64), "index" (uint), "name" (string), "images" and "instances"
 * (uint64, of the list's split), "share" (double, 0 … 1, of all images of the split), "relative"
 * (double, 0 … 1, of the largest class: the length of its bar), "counts-differ" (boolean: some class
 * of the list, not this one needs be, has more instances than images).
 */
#define BALLAST_TYPE_CLASS_ITEM (ballast_class_item_get_type ())
G_DECLARE_FINAL_TYPE (BallastClassItem, ballast_class_item, BALLAST, CLASS_ITEM, GObject)

gint64            ballast_class_item_get_id        (BallastClassItem *item);
/* The place in the dataset's order, which also chooses the colour. */
guint             ballast_class_item_get_index     (BallastClassItem *item);
const char       *ballast_class_item_get_name      (BallastClassItem *item);
guint64           ballast_class_item_get_images    (BallastClassItem *item);
guint64           ballast_class_item_get_instances (BallastClassItem *item);
double            ballast_class_item_get_share     (BallastClassItem *item);
double            ballast_class_item_get_relative  (BallastClassItem *item);
gboolean          ballast_class_item_get_counts_differ (BallastClassItem *item);

/* The classes of @document in index order, as a GListModel of BallastClassItem; follows its edits. */
#define BALLAST_TYPE_CLASS_LIST (ballast_class_list_get_type ())
G_DECLARE_FINAL_TYPE (BallastClassList, ballast_class_list, BALLAST, CLASS_LIST, GObject)

BallastClassList *ballast_class_list_new           (BallastDocument  *document);

/* Which split the counts are of; 0: all of them, -1: images in no split. */
void              ballast_class_list_set_split     (BallastClassList *list,
                                                    gint64            split_id);

/* (transfer none) (nullable) */
BallastClassItem *ballast_class_list_find          (BallastClassList *list,
                                                    gint64            class_id);

G_END_DECLS
