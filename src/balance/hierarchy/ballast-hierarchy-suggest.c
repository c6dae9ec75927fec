/*
 * Suggested hierarchies: the published ways to turn K classes into a tree, and what names tell.
 *
 * Each is a pure function of names and counts.  Which is best at what (K classes, p their shares):
 * Huffman's tree has the least mean depth Σ p d, halves of the classes the least depth, halves of
 * the data the most even nodes.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-hierarchy-suggest.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-balance-error.h"
#include "ballast-hierarchy-names.h"
#include "ballast-hierarchy-partition.h"

typedef struct
{
  guint   index;
  guint64 count;
} Item;

static int
compare_items (const void *a,
               const void *b)
{
  const Item *left = a, *right = b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return left->index < right->index ? -1 : left->index > right->index;
}

/* (transfer full): the classes, the largest first. */
static Item *
dup_items (const BallastHierarchyInput *input)
{
  Item *items = g_new (Item, input->n);

  for (guint i = 0; i < input->n; i++)
    items[i] = (Item){ i, input->counts[i] };
  qsort (items, input->n, sizeof *items, compare_items);
  return items;
}

/* The place for @n classes, the largest of which is @first: a group in @parent, named after them,
 * or @parent itself where there is but one. */
static BallastHierarchyNode *
add_place (BallastHierarchy     *hierarchy,
           BallastHierarchyNode *parent,
           const char           *first,
           const char           *second,
           guint                 n)
{
  g_autofree char *name = NULL;

  if (n == 1)
    return parent;
  name = n == 2 ? g_strdup_printf ("%s, %s", first, second)
                : g_strdup_printf ("%s +%u", first, n - 1);
  return ballast_hierarchy_add_group (hierarchy, parent, name);
}

typedef struct
{
  BallastHierarchy            *hierarchy;
  const BallastHierarchyInput *input;
} Filling;

static BallastHierarchyNode *
add_items_place (const Filling        *filling,
                 BallastHierarchyNode *parent,
                 const Item           *items,
                 guint                 n)
{
  const char *const *names = filling->input->names;

  return add_place (filling->hierarchy, parent, names[items[0].index],
                    n > 1 ? names[items[1].index] : NULL, n);
}

/* Halves of the classes, the larger ones together: a node then parts what is next to each other in
 * size, and the worst node is less uneven than with large and small ones mixed. */
static void
fill_halves (const Filling        *filling,
             BallastHierarchyNode *parent,
             const Item           *items,
             guint                 n)
{
  guint half = (n + 1) / 2;

  if (n == 1)
    {
      ballast_hierarchy_add_class (filling->hierarchy, parent,
                                   filling->input->names[items[0].index]);
      return;
    }
  fill_halves (filling, add_items_place (filling, parent, items, half), items, half);
  fill_halves (filling, add_items_place (filling, parent, items + half, n - half), items + half,
               n - half);
}

/* Class-balanced nested dichotomies (Dong, Frank & Kramer, PKDD 2005). */
static gboolean
fill_balanced (BallastHierarchy            *hierarchy,
               const BallastHierarchyInput *input,
               GError                     **error)
{
  g_autofree Item *items = dup_items (input);
  Filling filling = { hierarchy, input };

  fill_halves (&filling, hierarchy->root, items, input->n);
  return TRUE;
}

static void
fill_even_sums (const Filling        *filling,
                BallastHierarchyNode *parent,
                Item                 *items,
                guint                 n)
{
  g_autofree guint64 *counts = g_new (guint64, n);
  g_autofree gboolean *side = g_new0 (gboolean, n);
  g_autofree Item *parted = g_new (Item, n);
  guint n_left = 0, n_right = 0;

  if (n == 1)
    {
      ballast_hierarchy_add_class (filling->hierarchy, parent,
                                   filling->input->names[items[0].index]);
      return;
    }

  for (guint i = 0; i < n; i++)
    counts[i] = items[i].count;
  ballast_hierarchy_partition (counts, n, side);
  for (guint i = 0; i < n; i++)
    if (!side[i])
      parted[n_left++] = items[i];
  for (guint i = 0; i < n; i++)
    if (side[i])
      parted[n_left + n_right++] = items[i];
  fill_even_sums (filling, add_items_place (filling, parent, parted, n_left), parted, n_left);
  fill_even_sums (filling, add_items_place (filling, parent, parted + n_left, n_right),
                  parted + n_left, n_right);
}

/* Data-balanced nested dichotomies (ibid.), with the best partition instead of a random one. */
static gboolean
fill_data_balanced (BallastHierarchy            *hierarchy,
                    const BallastHierarchyInput *input,
                    GError                     **error)
{
  g_autofree Item *items = dup_items (input);
  Filling filling = { hierarchy, input };

  fill_even_sums (&filling, hierarchy->root, items, input->n);
  return TRUE;
}

/* A node of Huffman's tree: a class, or two nodes. */
typedef struct
{
  guint64  count;
  guint    larger;  /* nodes; G_MAXUINT: a class */
  guint    smaller;
  guint    n_classes;
  guint    item;    /* the largest class in it */
  gboolean merged;
} Merge;

/* The smallest that is left; of equal ones the one that was there first, which keeps the tree flat. */
static guint
take_smallest (GArray *merges)
{
  guint smallest = G_MAXUINT;

  for (guint i = 0; i < merges->len; i++)
    {
      const Merge *merge = &g_array_index (merges, Merge, i);

      if (!merge->merged && (smallest == G_MAXUINT ||
                             merge->count < g_array_index (merges, Merge, smallest).count))
        smallest = i;
    }

  g_array_index (merges, Merge, smallest).merged = TRUE;
  return smallest;
}

static void
fill_merges (const Filling        *filling,
             const GArray         *merges,
             guint                 node,
             BallastHierarchyNode *parent)
{
  const char *const *names = filling->input->names;
  const Merge *merge = &g_array_index (merges, Merge, node);
  const guint children[] = { merge->larger, merge->smaller };

  if (merge->larger == G_MAXUINT)
    {
      ballast_hierarchy_add_class (filling->hierarchy, parent, names[merge->item]);
      return;
    }
  for (guint i = 0; i < 2; i++)
    {
      const Merge *child = &g_array_index (merges, Merge, children[i]);
      const char *second = child->n_classes == 2
                             ? names[g_array_index (merges, Merge, child->smaller).item] : NULL;

      fill_merges (filling, merges, children[i],
                   add_place (filling->hierarchy, parent, names[child->item], second,
                              child->n_classes));
    }
}

/* Huffman's tree over the counts (D. A. Huffman, Proc. IRE 1952). */
static gboolean
fill_huffman (BallastHierarchy            *hierarchy,
              const BallastHierarchyInput *input,
              GError                     **error)
{
  g_autoptr(GArray) merges = g_array_new (FALSE, FALSE, sizeof (Merge));
  Filling filling = { hierarchy, input };

  for (guint i = 0; i < input->n; i++)
    {
      Merge merge = { input->counts[i], G_MAXUINT, G_MAXUINT, 1, i, FALSE };

      g_array_append_val (merges, merge);
    }
  for (guint i = 1; i < input->n; i++)
    {
      guint first = take_smallest (merges), second = take_smallest (merges);
      gboolean turned = g_array_index (merges, Merge, second).count >
                        g_array_index (merges, Merge, first).count;
      guint larger = turned ? second : first, smaller = turned ? first : second;
      const Merge *a = &g_array_index (merges, Merge, larger);
      const Merge *b = &g_array_index (merges, Merge, smaller);
      Merge merge = { a->count + b->count, larger, smaller, a->n_classes + b->n_classes, a->item,
                      FALSE };

      if (input->counts[b->item] > input->counts[a->item])
        merge.item = b->item;
      g_array_append_val (merges, merge);
    }

  fill_merges (&filling, merges, merges->len - 1, hierarchy->root);
  return TRUE;
}

static gboolean
fill_one_vs_rest (BallastHierarchy            *hierarchy,
                  const BallastHierarchyInput *input,
                  GError                     **error)
{
  for (guint i = 0; i < input->n; i++)
    ballast_hierarchy_add_class (hierarchy, hierarchy->root, input->names[i]);
  hierarchy->root->one_vs_rest = TRUE;
  return TRUE;
}

static const BallastHierarchySuggestion suggestions[] = {
  { "balanced", N_("Halves of the classes"),
    N_("Balanced nested dichotomies: the fewest steps to the deepest class"), fill_balanced },
  { "data-balanced", N_("Halves of the images"),
    N_("Parts the images as evenly as the classes allow, node by node"), fill_data_balanced },
  { "huffman", N_("Frequent classes first"),
    N_("Huffman’s tree: the fewest steps for a picture on average"), fill_huffman },
  { "names", N_("Common parts of names"),
    N_("“turn-left” and “turn-right” share a group"), ballast_hierarchy_fill_names },
  { "folders", N_("Nested folders"),
    N_("“animal/dog” lies in the group “animal”"), ballast_hierarchy_fill_folders },
  { "categories", N_("Supercategories"),
    N_("The groups that a COCO file gives its categories"), ballast_hierarchy_fill_categories },
  { "one-vs-rest", N_("One against the rest"),
    N_("A yes-or-no classifier for every class, side by side"), fill_one_vs_rest },
};

guint
ballast_hierarchy_suggestion_get_n (void)
{
  return G_N_ELEMENTS (suggestions);
}

const BallastHierarchySuggestion *
ballast_hierarchy_suggestion_get (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (suggestions), NULL);

  return &suggestions[i];
}

const BallastHierarchySuggestion *
ballast_hierarchy_suggestion_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (suggestions); i++)
    if (g_strcmp0 (name, suggestions[i].name) == 0)
      return &suggestions[i];
  return NULL;
}

BallastHierarchy *
ballast_hierarchy_suggest (const BallastHierarchySuggestion *suggestion,
                           const BallastHierarchyInput      *input,
                           GError                          **error)
{
  g_autoptr(BallastHierarchy) hierarchy = ballast_hierarchy_new (input->root);

  if (input->n < 2)
    {
      g_set_error_literal (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_EMPTY,
                           _("A hierarchy needs two classes at least"));
      return NULL;
    }
  if (!suggestion->fill (hierarchy, input, error))
    return NULL;

  ballast_hierarchy_tidy (hierarchy);
  return g_steal_pointer (&hierarchy);
}
