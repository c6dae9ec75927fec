/* A row of the outline of a hierarchy: plain facts, set once.  Main thread. */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-hierarchy-item.h"

G_DEFINE_FINAL_TYPE (BallastHierarchyItem, ballast_hierarchy_item, G_TYPE_OBJECT)

static void
ballast_hierarchy_item_finalize (GObject *object)
{
  BallastHierarchyItem *self = BALLAST_HIERARCHY_ITEM (object);

  g_clear_object (&self->children);
  g_free (self->name);
  g_free (self->detail);

  G_OBJECT_CLASS (ballast_hierarchy_item_parent_class)->finalize (object);
}

static void
ballast_hierarchy_item_class_init (BallastHierarchyItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_hierarchy_item_finalize;
}

static void
ballast_hierarchy_item_init (BallastHierarchyItem *self)
{
}

BallastHierarchyItem *
ballast_hierarchy_item_new (guint       id,
                            const char *name,
                            const char *detail,
                            gboolean    is_class)
{
  BallastHierarchyItem *self = g_object_new (BALLAST_TYPE_HIERARCHY_ITEM, NULL);

  self->id = id;
  self->name = g_strdup (name);
  self->detail = g_strdup (detail);
  self->is_class = is_class;
  if (!is_class)
    self->children = g_list_store_new (BALLAST_TYPE_HIERARCHY_ITEM);
  return self;
}
