#pragma once

#include <gio/gio.h>

#include "ballast-hierarchy-dataset.h"

G_BEGIN_DECLS

#define BALLAST_HIERARCHY_JSON_NAME "hierarchy.json"
#define BALLAST_HIERARCHY_CSV_NAME "hierarchy.csv"
#define BALLAST_HIERARCHY_PYTHON_NAME "ballast_hierarchy.py"

/* One dataset of an exported hierarchy.  Borrowed. */
typedef struct
{
  const BallastHierarchyDataset *dataset;
  const char                    *folder;   /* relative: "nodes/dry" */
  const BallastPlan             *plan;     /* of its pools */
  const BallastWeights          *weights;  /* of its labels */
  guint64                        left_out; /* images that hold classes of several labels */
} BallastHierarchyRoute;

/* An exported hierarchy.  Borrowed. */
typedef struct
{
  const BallastHierarchy       *hierarchy;
  const char *const            *classes;  /* all of the project in index order, NULL-terminated */
  const BallastBalanceSettings *balance;
  const BallastWeightOptions   *weights;
  guint64                       seed;
  const BallastHierarchyRoute  *routes;
  guint                         n_routes;
} BallastHierarchyRouting;

/* (transfer full): the text of hierarchy.json. */
char     *ballast_hierarchy_routing_to_json (const BallastHierarchyRouting *routing);

/* Writes hierarchy.json, hierarchy.csv and the Python module into the folder @dir_fd. */
gboolean  ballast_hierarchy_routing_write   (const BallastHierarchyRouting *routing,
                                             int                            dir_fd,
                                             GError                       **error);

G_END_DECLS
