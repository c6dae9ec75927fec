#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A row of the outline: a node of the hierarchy, a class that is out of it, or what holds those. */
#define BALLAST_TYPE_HIERARCHY_ITEM (ballast_hierarchy_item_get_type ())
G_DECLARE_FINAL_TYPE (BallastHierarchyItem, ballast_hierarchy_item, BALLAST, HIERARCHY_ITEM, GObject)

struct _BallastHierarchyItem
{
  GObject     parent_instance;

  guint       id;          /* of the node; 0: not in the tree */
  char       *name;
  char       *detail;      /* "190" */
  gboolean    is_class;
  guint       class_index; /* of a class: for its colour */
  GListStore *children;    /* of BallastHierarchyItem; NULL: a class */
};

/* (transfer full): @name and @detail are copied; a group gets an empty list of children. */
BallastHierarchyItem *ballast_hierarchy_item_new (guint       id,
                                                  const char *name,
                                                  const char *detail,
                                                  gboolean    is_class);

G_END_DECLS
