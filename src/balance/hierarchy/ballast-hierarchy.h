#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Groups in groups go no deeper: a chain of Huffman merges needs 90 for counts of 64 bits. */
#define BALLAST_HIERARCHY_MAX_DEPTH 128
#define BALLAST_HIERARCHY_MAX_NAME 200 /* bytes */
/* What a group's classifier gets right where nobody said otherwise. */
#define BALLAST_HIERARCHY_ACCURACY 0.95

typedef struct _BallastHierarchyNode BallastHierarchyNode;

/* A class, or a group of classes and groups.  Read only outside of the hierarchy's own files. */
struct _BallastHierarchyNode
{
  guint                 id;          /* stays through edits, undo and files; not given twice */
  char                 *name;        /* UTF-8, of one node only */
  gboolean              is_class;
  gboolean              one_vs_rest; /* a group with a classifier a child, against the others */
  double                accuracy;    /* of the group's classifier, 0 … 1; below 0: the tree's */
  BallastHierarchyNode *parent;      /* NULL: the root */
  GPtrArray            *children;    /* of BallastHierarchyNode; NULL: a class */
};

/*
 * A tree over the classes of a dataset, which it knows by name.
 *
 * A class is in it once or not at all.  After every edit a group has two children at least: what is
 * left with one is dissolved into it.  Only the root may have fewer: it is always there, and the
 * hierarchy is empty where it has none.  A value: copy it, edit the copy.
 */
typedef struct
{
  BallastHierarchyNode *root;
  guint                 next_id;
  double                accuracy; /* of groups that have none of their own */
} BallastHierarchy;

/* (transfer full): empty; the root is called @name (NULL: "all"). */
BallastHierarchy     *ballast_hierarchy_new        (const char                 *name);
BallastHierarchy     *ballast_hierarchy_copy       (const BallastHierarchy     *hierarchy);
void                  ballast_hierarchy_free       (BallastHierarchy           *hierarchy);
gboolean              ballast_hierarchy_equal      (const BallastHierarchy     *a,
                                                    const BallastHierarchy     *b);
gboolean              ballast_hierarchy_is_empty   (const BallastHierarchy     *hierarchy);

/* (transfer none) (nullable); linear in the nodes. */
BallastHierarchyNode *ballast_hierarchy_find       (const BallastHierarchy     *hierarchy,
                                                    guint                       id);
BallastHierarchyNode *ballast_hierarchy_find_name  (const BallastHierarchy     *hierarchy,
                                                    const char                 *name);

/* (transfer container): every node, parents before children, in the order of the tree. */
GPtrArray            *ballast_hierarchy_list_nodes (const BallastHierarchy     *hierarchy);

/* (transfer container): the groups, the root first; none where the tree is empty. */
GPtrArray            *ballast_hierarchy_list_groups (const BallastHierarchy    *hierarchy);

/* TRUE for @node itself too. */
gboolean              ballast_hierarchy_is_below   (const BallastHierarchyNode *node,
                                                    const BallastHierarchyNode *ancestor);

/* What the group's classifier gets right: its own number, or the tree's. */
double                ballast_hierarchy_get_accuracy (const BallastHierarchy   *hierarchy,
                                                    const BallastHierarchyNode *group);

/*
 * For makers of trees: adds to the end of @parent; a class must not be in the tree yet.  They end
 * with ballast_hierarchy_tidy(), which gives a group whose name is taken a number behind it.
 */
BallastHierarchyNode *ballast_hierarchy_add_group  (BallastHierarchy           *hierarchy,
                                                    BallastHierarchyNode       *parent,
                                                    const char                 *name);
BallastHierarchyNode *ballast_hierarchy_add_class  (BallastHierarchy           *hierarchy,
                                                    BallastHierarchyNode       *parent,
                                                    const char                 *name);
void                  ballast_hierarchy_tidy       (BallastHierarchy           *hierarchy);

/* (transfer full): {"schema", "accuracy", "next_id", "nodes": [{"id", "parent", "group" or "class",
 * …}]}, parents first. */
JsonNode             *ballast_hierarchy_to_json    (const BallastHierarchy     *hierarchy);

/* (transfer full): what _to_json() wrote.  NULL with BALLAST_BALANCE_ERROR_SETTING. */
BallastHierarchy     *ballast_hierarchy_from_json  (JsonNode                   *node,
                                                    GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastHierarchy, ballast_hierarchy_free)

G_END_DECLS
