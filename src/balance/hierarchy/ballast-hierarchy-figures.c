/*
 * What a hierarchy does: counts, ratios and estimated accuracy, node by node.
 *
 * One walk over the nodes and one look into a hash for every class, so a thousand classes take a
 * millisecond.  Nothing is divided by zero: what has no examples has ratio and share 0.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-hierarchy-figures.h"

#include <string.h>

#include "ballast-hierarchy-private.h"
#include "ballast-json-members.h"

static GHashTable *
index_counts (const char *const *names,
              const guint64     *counts,
              guint              n)
{
  GHashTable *by_name = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (by_name, (gpointer) names[i], (gpointer) &counts[i]);
  return by_name;
}

static void
count_nodes (BallastHierarchyFigures *self,
             GPtrArray               *nodes,
             GHashTable              *by_name)
{
  g_autoptr(GHashTable) places = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->n; i++)
    {
      BallastNodeFigures *figures = &self->nodes[i];
      const guint64 *count;

      figures->node = g_ptr_array_index (nodes, i);
      figures->parent = -1;
      g_hash_table_insert (places, (gpointer) figures->node, GUINT_TO_POINTER (i));
      if (figures->node->parent != NULL)
        {
          figures->parent = (int) GPOINTER_TO_UINT (g_hash_table_lookup (places,
                                                                         figures->node->parent));
          figures->depth = self->nodes[figures->parent].depth + 1;
        }
      count = figures->node->is_class ? g_hash_table_lookup (by_name, figures->node->name) : NULL;
      figures->count = count != NULL ? *count : 0;
      figures->n_classes = figures->node->is_class;
    }
  for (guint i = self->n; i > 1; i--)
    {
      const BallastNodeFigures *figures = &self->nodes[i - 1];

      self->nodes[figures->parent].count += figures->count;
      self->nodes[figures->parent].n_classes += figures->n_classes;
    }
}

static double
divide (guint64 a,
        guint64 b)
{
  return b > 0 ? (double) a / (double) b : 0;
}

/* The largest of count : rest over the children, either way round. */
static double
find_rest_ratio (const BallastHierarchyFigures *self,
                 const GArray                  *children,
                 guint64                        total)
{
  double worst = 0;

  for (guint i = 0; i < children->len; i++)
    {
      guint64 count = self->nodes[g_array_index (children, guint, i)].count;

      if (count > 0 && total > count)
        worst = MAX (worst, MAX (divide (count, total - count), divide (total - count, count)));
    }
  return worst;
}

static void
measure_group (BallastHierarchyFigures *self,
               guint                    place)
{
  BallastNodeFigures *figures = &self->nodes[place];
  g_autoptr(GArray) children = ballast_hierarchy_figures_list_children (self, place);
  guint64 largest = 0, smallest = G_MAXUINT64;

  for (guint i = 0; i < children->len; i++)
    {
      guint64 count = self->nodes[g_array_index (children, guint, i)].count;

      figures->empty_children += count == 0;
      if (count > 0)
        smallest = MIN (smallest, count);
      if (count > largest)
        {
          largest = count;
          figures->majority = i;
        }
    }
  figures->majority_share = divide (largest, figures->count);
  figures->ratio = figures->node->one_vs_rest
                     ? find_rest_ratio (self, children, figures->count)
                     : divide (largest, smallest);
  self->n_groups++;
  self->n_datasets += figures->node->one_vs_rest ? children->len : 1;
  self->n_binary += figures->node->one_vs_rest ? children->len : children->len == 2;
  if (self->worst < 0 || figures->ratio > self->nodes[self->worst].ratio)
    self->worst = (int) place;
}

static void
measure_class (BallastHierarchyFigures *self,
               guint                    place)
{
  BallastNodeFigures *figures = &self->nodes[place];
  const BallastNodeFigures *deepest = self->deepest < 0 ? NULL : &self->nodes[self->deepest];

  figures->ratio = figures->count > 0;
  figures->accuracy = 1;
  self->n_classes++;
  if (deepest == NULL || figures->depth > deepest->depth ||
      (figures->depth == deepest->depth && figures->count < deepest->count))
    self->deepest = (int) place;
}

static void
measure_paths (BallastHierarchyFigures *self)
{
  double weighted = 0, sum = 0, depths = 0;

  for (guint i = 0; i < self->n; i++)
    {
      BallastNodeFigures *figures = &self->nodes[i];
      const BallastNodeFigures *parent = figures->parent < 0 ? NULL : &self->nodes[figures->parent];
      const BallastNodeFigures *least = self->least_accurate < 0 ? NULL
                                                                 : &self->nodes[self->least_accurate];

      if (!figures->node->is_class)
        figures->accuracy = ballast_hierarchy_get_accuracy (self->hierarchy, figures->node);
      figures->path_accuracy = parent == NULL ? 1 : parent->path_accuracy * parent->accuracy;
      if (!figures->node->is_class)
        continue;
      sum += figures->path_accuracy;
      weighted += figures->path_accuracy * (double) figures->count;
      depths += (double) figures->depth * (double) figures->count;
      if (least == NULL || figures->path_accuracy < least->path_accuracy ||
          (figures->path_accuracy == least->path_accuracy && figures->count < least->count))
        self->least_accurate = (int) i;
    }
  self->macro = self->n_classes > 0 ? sum / self->n_classes : 0;
  self->micro = self->count > 0 ? weighted / (double) self->count : self->macro;
  self->mean_depth = self->count > 0 ? depths / (double) self->count : 0;
}

static void
measure_flat (BallastHierarchyFigures *self)
{
  guint64 largest = 0, smallest = G_MAXUINT64;

  for (guint i = 0; i < self->n; i++)
    if (self->nodes[i].node->is_class && self->nodes[i].count > 0)
      {
        largest = MAX (largest, self->nodes[i].count);
        smallest = MIN (smallest, self->nodes[i].count);
      }
  self->flat_ratio = divide (largest, smallest);
}

BallastHierarchyFigures *
ballast_hierarchy_figures_new (const BallastHierarchy *hierarchy,
                               const char *const      *names,
                               const guint64          *counts,
                               guint                   n)
{
  BallastHierarchyFigures *self = g_new0 (BallastHierarchyFigures, 1);
  g_autoptr(GHashTable) by_name = index_counts (names, counts, n);
  g_autoptr(GPtrArray) nodes = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->hierarchy = ballast_hierarchy_copy (hierarchy);
  self->worst = self->deepest = self->least_accurate = -1;
  if (ballast_hierarchy_is_empty (hierarchy))
    return self;

  nodes = ballast_hierarchy_list_nodes (self->hierarchy);
  self->n = nodes->len;
  self->nodes = g_new0 (BallastNodeFigures, self->n);
  count_nodes (self, nodes, by_name);
  self->count = self->nodes[0].count;
  for (guint i = 0; i < self->n; i++)
    if (self->nodes[i].node->is_class)
      measure_class (self, i);
    else
      measure_group (self, i);
  measure_paths (self);
  measure_flat (self);
  return self;
}

BallastHierarchyFigures *
ballast_hierarchy_figures_ref (BallastHierarchyFigures *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ballast_hierarchy_figures_unref (BallastHierarchyFigures *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  ballast_hierarchy_free (self->hierarchy);
  g_free (self->nodes);
  g_free (self);
}

int
ballast_hierarchy_figures_find (const BallastHierarchyFigures *self,
                                guint                          id)
{
  for (guint i = 0; i < self->n; i++)
    if (self->nodes[i].node->id == id)
      return (int) i;
  return -1;
}

GArray *
ballast_hierarchy_figures_list_children (const BallastHierarchyFigures *self,
                                         guint                          place)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = ballast_hierarchy_node_get_n_children (self->nodes[place].node);

  for (guint i = place + 1; places->len < n; i++)
    if (self->nodes[i].parent == (int) place)
      g_array_append_val (places, i);
  return places;
}

static void
add_children (JsonBuilder                   *builder,
              const BallastHierarchyFigures *self,
              guint                          place)
{
  const BallastHierarchyNode *node = self->nodes[place].node;

  json_builder_set_member_name (builder, "children");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ballast_hierarchy_node_get_n_children (node); i++)
    json_builder_add_string_value (builder, ballast_hierarchy_node_get_child (node, i)->name);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = place; i < self->n; i++)
    if (i > place && self->nodes[i].depth <= self->nodes[place].depth)
      break;
    else if (self->nodes[i].node->is_class)
      json_builder_add_string_value (builder, self->nodes[i].node->name);
  json_builder_end_array (builder);
}

static void
add_node (JsonBuilder                   *builder,
          const BallastHierarchyFigures *self,
          guint                          place)
{
  const BallastNodeFigures *figures = &self->nodes[place];

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "name", figures->node->name);
  ballast_json_add_string (builder, "parent",
                           figures->parent < 0 ? NULL : self->nodes[figures->parent].node->name);
  add_children (builder, self, place);
  ballast_json_add_int (builder, "count", figures->count);
  ballast_json_add_number (builder, "ratio", figures->ratio);
  ballast_json_add_int (builder, "depth", figures->depth);
  ballast_json_add_int (builder, "id", figures->node->id);
  ballast_json_add_string (builder, "kind",
                           figures->node->is_class ? "class"
                           : figures->node->one_vs_rest ? "one-vs-rest" : "group");
  if (!figures->node->is_class)
    {
      ballast_json_add_number (builder, "majority_share", figures->majority_share);
      ballast_json_add_number (builder, "accuracy", figures->accuracy);
    }
  ballast_json_add_number (builder, "path_accuracy", figures->path_accuracy);
  json_builder_end_object (builder);
}

static void
add_summary (JsonBuilder                   *builder,
             const BallastHierarchyFigures *self)
{
  json_builder_set_member_name (builder, "summary");
  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "classes", self->n_classes);
  ballast_json_add_int (builder, "datasets", self->n_datasets);
  ballast_json_add_int (builder, "count", self->count);
  ballast_json_add_number (builder, "flat_ratio", self->flat_ratio);
  ballast_json_add_number (builder, "worst_ratio",
                           self->worst < 0 ? 0 : self->nodes[self->worst].ratio);
  ballast_json_add_number (builder, "mean_depth", self->mean_depth);
  ballast_json_add_int (builder, "max_depth",
                        self->deepest < 0 ? 0 : self->nodes[self->deepest].depth);
  ballast_json_add_number (builder, "micro_accuracy_estimate", self->micro);
  ballast_json_add_number (builder, "macro_accuracy_estimate", self->macro);
  json_builder_end_object (builder);
}

JsonNode *
ballast_hierarchy_figures_to_json (const BallastHierarchyFigures *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->n; i++)
    add_node (builder, self, i);
  json_builder_end_array (builder);
  add_summary (builder, self);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
