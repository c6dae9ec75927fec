#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A class that shares images with another one. */
typedef struct
{
  guint   other;  /* class index */
  guint64 images; /* that hold both */
} BallastCompanion;

/*
 * How many images hold two classes at once, for every pair that meets at all.
 *
 * Images are added one by one; close() then puts the pairs in order, and only after it they may be
 * read.  Memory: 16 bytes a pair that occurs while adding, 32 after; never classes².
 */
typedef struct _BallastCoOccurrence BallastCoOccurrence;

BallastCoOccurrence    *ballast_co_occurrence_new (guint n_classes);
void                    ballast_co_occurrence_free (BallastCoOccurrence *self);

/* An image that holds @classes: distinct indices below n_classes, in any order; may be none. */
void                    ballast_co_occurrence_add (BallastCoOccurrence *self,
                                                   const guint         *classes,
                                                   guint                n);
void                    ballast_co_occurrence_close (BallastCoOccurrence *self);

guint                   ballast_co_occurrence_get_n_classes (const BallastCoOccurrence *self);

/* All images added; those that hold @a; those with two classes or more. */
guint64                 ballast_co_occurrence_get_n_images (const BallastCoOccurrence *self);
guint64                 ballast_co_occurrence_get_images (const BallastCoOccurrence *self,
                                                          guint                      a);
guint64                 ballast_co_occurrence_get_n_mixed (const BallastCoOccurrence *self);

/* Pairs of two classes that meet. */
gsize                   ballast_co_occurrence_get_n_pairs (const BallastCoOccurrence *self);

/* Images that hold @a and @b; those of @a where both are one.  O(log classes). */
guint64                 ballast_co_occurrence_get_both (const BallastCoOccurrence *self,
                                                        guint                      a,
                                                        guint                      b);

/* P(b|a) = both / images of a: how much of @a's images hold @b; 0 where there is no image of @a. */
double                  ballast_co_occurrence_get_share (const BallastCoOccurrence *self,
                                                         guint                      a,
                                                         guint                      b);

/* both / (a + b - both) (Jaccard 1901), 0 … 1; 0 where there is neither. */
double                  ballast_co_occurrence_get_jaccard (const BallastCoOccurrence *self,
                                                           guint                      a,
                                                           guint                      b);

/* (transfer none): the classes beside @a, by index. */
const BallastCompanion *ballast_co_occurrence_get_companions (const BallastCoOccurrence *self,
                                                              guint                      a,
                                                              guint                     *n);

/* (transfer full) (element-type BallastCompanion): the same, most frequent first, equal ones by
 * index; at most @n_most of them. */
GArray                 *ballast_co_occurrence_dup_ranked (const BallastCoOccurrence *self,
                                                          guint                      a,
                                                          guint                      n_most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastCoOccurrence, ballast_co_occurrence_free)

G_END_DECLS
