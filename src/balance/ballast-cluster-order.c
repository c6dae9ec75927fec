/*
 * An order for heat maps: like beside like.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-cluster-order.h"

#include <string.h>

typedef struct
{
  guint         n;
  const double *likeness; /* of the things */
  double       *linkage;  /* n × n: of the clusters, by their first slot */
  GArray      **members;  /* n: guint, in order; NULL once merged into another */
} Clusters;

static double
get_likeness (const Clusters *self,
              guint           a,
              guint           b)
{
  return self->likeness[(gsize) a * self->n + b];
}

/* The two clusters that are most alike, *@a below *@b; FALSE where one is left. */
static gboolean
find_pair (const Clusters *self,
           guint          *a,
           guint          *b)
{
  double best = -1;

  for (guint i = 0; i < self->n; i++)
    for (guint j = i + 1; j < self->n && self->members[i] != NULL; j++)
      if (self->members[j] != NULL && self->linkage[(gsize) i * self->n + j] > best)
        {
          best = self->linkage[(gsize) i * self->n + j];
          *a = i;
          *b = j;
        }
  return best >= 0;
}

static void
turn (GArray *members)
{
  for (guint i = 0; i < members->len / 2; i++)
    {
      guint *low = &g_array_index (members, guint, i);
      guint *high = &g_array_index (members, guint, members->len - 1 - i);
      guint kept = *low;

      *low = *high;
      *high = kept;
    }
}

/* Turns both so that the end of @a and the beginning of @b are as alike as can be. */
static void
face (const Clusters *self,
      GArray         *a,
      GArray         *b)
{
  guint best = 0;
  double most = -1;

  for (guint way = 0; way < 4; way++)
    {
      guint end = g_array_index (a, guint, (way & 1) ? 0 : a->len - 1);
      guint begin = g_array_index (b, guint, (way & 2) ? b->len - 1 : 0);

      if (get_likeness (self, end, begin) > most)
        {
          most = get_likeness (self, end, begin);
          best = way;
        }
    }
  if (best & 1)
    turn (a);
  if (best & 2)
    turn (b);
}

/* The mean likeness of all pairs between two clusters follows from those of their parts. */
static void
merge (Clusters *self,
       guint     a,
       guint     b)
{
  double size_a = self->members[a]->len, size_b = self->members[b]->len;

  for (guint i = 0; i < self->n; i++)
    {
      gsize to = (gsize) MIN (a, i) * self->n + MAX (a, i);
      gsize from = (gsize) MIN (b, i) * self->n + MAX (b, i);

      if (i != a && i != b)
        self->linkage[to] = (size_a * self->linkage[to] + size_b * self->linkage[from]) /
                            (size_a + size_b);
    }
  face (self, self->members[a], self->members[b]);
  g_array_append_vals (self->members[a], self->members[b]->data, self->members[b]->len);
  g_clear_pointer (&self->members[b], g_array_unref);
}

guint *
ballast_cluster_order (const double *likeness,
                       guint         n)
{
  Clusters self = { n, likeness, NULL, NULL };
  guint *order = g_new0 (guint, n);
  guint a = 0, b = 0;

  if (n == 0)
    return order;
  self.linkage = g_memdup2 (likeness, (gsize) n * n * sizeof (double));
  self.members = g_new0 (GArray *, n);
  for (guint i = 0; i < n; i++)
    {
      self.members[i] = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (self.members[i], i);
    }
  while (find_pair (&self, &a, &b))
    merge (&self, a, b);

  memcpy (order, self.members[0]->data, n * sizeof (guint));
  g_array_unref (self.members[0]);
  g_free (self.members);
  g_free (self.linkage);
  return order;
}
