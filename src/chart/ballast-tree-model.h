#pragma once

#include "ballast-palette.h"

G_BEGIN_DECLS

typedef enum
{
  BALLAST_TREE_STYLE_TREE,   /* boxes and branches, from left to right */
  BALLAST_TREE_STYLE_ICICLE, /* columns of cells as high as their counts */
} BallastTreeStyle;

/* One node as it is drawn. */
typedef struct
{
  guint      id;     /* the maker's */
  int        parent; /* its place in the model; -1: the root */
  guint      depth;
  gboolean   is_class;
  gboolean   is_selected;
  char      *name;      /* UTF-8; owned */
  char      *detail;    /* the line below: "190 images · 1.1 : 1"; owned */
  guint64    count;     /* the height of its cell */
  guint      n_below;   /* nodes below it: they follow it */
  BallastInk colour;
} BallastTreeItem;

/*
 * What a drawing of a hierarchy shows.  A plain value that its maker fills in, parents before their
 * children; nothing here knows a size or a font.
 */
typedef struct
{
  guint            n;
  BallastTreeItem *items;
  BallastTreeStyle style;
  int              zoom;     /* the place that fills an icicle; 0: all of it */
  int              selected; /* the place that the keyboard is on, or -1 */
  int              hovered;
} BallastTreeModel;

typedef enum
{
  BALLAST_TREE_STEP_PARENT,
  BALLAST_TREE_STEP_CHILD,
  BALLAST_TREE_STEP_PREVIOUS, /* above, of the same depth */
  BALLAST_TREE_STEP_NEXT,
} BallastTreeStep;

/* (transfer full): @n empty items. */
BallastTreeModel *ballast_tree_model_new      (guint                   n);
void              ballast_tree_model_free     (BallastTreeModel       *model);

/* Works out depth and n_below from the parents. */
void              ballast_tree_model_link     (BallastTreeModel       *model);

/* The place of the item with @id, or -1. */
int               ballast_tree_model_find     (const BallastTreeModel *model,
                                               guint                   id);

/* The place one step away, @place itself where there is none; the root for -1. */
int               ballast_tree_model_step     (const BallastTreeModel *model,
                                               int                     place,
                                               BallastTreeStep         step);

/* (transfer full): "dry, 190 images · 1.1 : 1, level 2", for screen readers. */
char             *ballast_tree_model_describe (const BallastTreeModel *model,
                                               int                     place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastTreeModel, ballast_tree_model_free)

G_END_DECLS
