/*
 * What a chart shows, as plain arrays, and the same in words.
 *
 * The words are for tooltips and screen readers; they are translated, since charts are also drawn
 * for files.  Making a model costs O(classes × splits); sorting is the dearest step.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-chart-model.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* U+202F: keeps a number on one line without tearing it apart. */
#define NARROW_SPACE "\xe2\x80\xaf"

BallastChartModel *
ballast_chart_model_new (guint n_classes,
                         guint n_splits)
{
  BallastChartModel *model = g_new0 (BallastChartModel, 1);

  model->n_classes = n_classes;
  model->names = g_new0 (char *, n_classes + 1);
  model->now = g_new0 (guint64, n_classes);
  model->colours = g_new (BallastInk, n_classes);
  model->n_splits = n_splits;
  model->split_names = g_new0 (char *, n_splits + 1);
  model->by_split = g_new0 (guint64, (gsize) n_classes * n_splits);
  model->target = -1;
  model->selected = -1;
  model->hovered = -1;
  for (guint i = 0; i < n_classes; i++)
    {
      model->names[i] = g_strdup ("");
      model->colours[i] = ballast_palette_get_class (i);
    }
  for (guint i = 0; i < n_splits; i++)
    model->split_names[i] = g_strdup ("");

  return model;
}

static guint64
get_count (const BallastCount *count,
           BallastChartUnit    unit)
{
  return unit == BALLAST_CHART_UNIT_INSTANCES ? count->instances : count->images;
}

/* The training split lies at the bottom of a stack, the others on it in their order. */
static guint
part_to_split (guint part,
               guint training)
{
  if (part == 0)
    return training;
  return part <= training ? part - 1 : part;
}

static void
fill_splits (BallastChartModel  *model,
             const BallastTally *tally)
{
  guint training = ballast_tally_get_training_split (tally);

  for (guint part = 0; part < model->n_splits; part++)
    {
      guint split = part_to_split (part, training);

      g_free (model->split_names[part]);
      model->split_names[part] = g_strdup (split < tally->n_splits ? tally->splits[split].name
                                                                    : _("no split"));
      for (guint c = 0; c < model->n_classes; c++)
        model->by_split[(gsize) c * model->n_splits + part]
          = get_count (&tally->classes[c].by_split[split], model->unit);
    }
}

BallastChartModel *
ballast_chart_model_new_from_tally (const BallastTally *tally,
                                    BallastChartUnit    unit,
                                    int                 split,
                                    gboolean            stacked)
{
  guint n_parts = tally->n_splits + (tally->images_without_split > 0 ? 1 : 0);
  BallastChartModel *model;

  g_return_val_if_fail (split <= (int) tally->n_splits, NULL);

  model = ballast_chart_model_new (tally->n_classes, stacked && split < 0 && n_parts > 1 ? n_parts : 0);
  model->unit = unit;
  for (guint i = 0; i < tally->n_classes; i++)
    {
      const BallastClassTally *class = &tally->classes[i];

      g_free (model->names[i]);
      model->names[i] = g_strdup (class->name != NULL ? class->name : "");
      model->now[i] = get_count (split < 0 ? &class->total : &class->by_split[split], unit);
      model->colours[i] = ballast_palette_get_class (class->index);
    }
  if (model->n_splits > 0)
    fill_splits (model, tally);

  return model;
}

void
ballast_chart_model_free (BallastChartModel *model)
{
  g_strfreev (model->names);
  g_strfreev (model->split_names);
  g_free (model->now);
  g_free (model->after);
  g_free (model->colours);
  g_free (model->by_split);
  g_free (model);
}

void
ballast_chart_model_set_after (BallastChartModel *model,
                               const guint64     *after)
{
  g_free (model->after);
  model->after = after != NULL ? g_memdup2 (after, sizeof *after * model->n_classes) : NULL;
}

guint64
ballast_chart_model_get_total (const BallastChartModel *model)
{
  guint64 total = 0;

  for (guint i = 0; i < model->n_classes; i++)
    total += model->now[i];

  return total;
}

typedef struct
{
  const BallastChartModel *model;
  char                   **keys; /* to collate by */
} SortContext;

static int
compare_count (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const BallastChartModel *model = ((SortContext *) user_data)->model;
  guint first = *(const guint *) a, second = *(const guint *) b;

  if (model->now[first] != model->now[second])
    return model->now[first] > model->now[second] ? -1 : 1;

  return first < second ? -1 : 1;
}

static int
compare_name (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  char **keys = ((SortContext *) user_data)->keys;
  guint first = *(const guint *) a, second = *(const guint *) b;
  int order = strcmp (keys[first], keys[second]);

  if (order != 0)
    return order;

  return first < second ? -1 : 1;
}

/* The keys put "class 9" before "class 10". */
static char **
make_keys (const BallastChartModel *model)
{
  char **keys = g_new0 (char *, model->n_classes + 1);

  for (guint i = 0; i < model->n_classes; i++)
    keys[i] = g_utf8_collate_key_for_filename (model->names[i], -1);

  return keys;
}

guint *
ballast_chart_model_dup_order (const BallastChartModel *model)
{
  guint *order = g_new (guint, MAX (model->n_classes, 1));
  SortContext context = { model, NULL };

  for (guint i = 0; i < model->n_classes; i++)
    order[i] = i;

  if (model->sort == BALLAST_CHART_SORT_COUNT)
    g_qsort_with_data (order, (int) model->n_classes, sizeof *order, compare_count, &context);
  else if (model->sort == BALLAST_CHART_SORT_NAME)
    {
      context.keys = make_keys (model);
      g_qsort_with_data (order, (int) model->n_classes, sizeof *order, compare_name, &context);
      g_strfreev (context.keys);
    }

  return order;
}

char *
ballast_chart_format_count (guint64 count)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  gsize length = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, NARROW_SPACE);
      g_string_append_c (text, digits[i]);
    }

  return g_string_free (text, FALSE);
}

static char *
describe_number (const BallastChartModel *model,
                 guint64                  count)
{
  g_autofree char *number = ballast_chart_format_count (count);
  gulong plural = (gulong) (count > G_MAXULONG ? G_MAXULONG : count);

  if (model->unit == BALLAST_CHART_UNIT_INSTANCES)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s instance", "%s instances", plural), number);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s image", "%s images", plural), number);
}

/* 1 for the largest; classes of one size share a rank. */
static guint
get_size_rank (const BallastChartModel *model,
               guint                    class_index)
{
  guint rank = 1;

  for (guint i = 0; i < model->n_classes; i++)
    rank += model->now[i] > model->now[class_index];

  return rank;
}

char *
ballast_chart_model_describe_class (const BallastChartModel *model,
                                    guint                    class_index)
{
  guint64 total = ballast_chart_model_get_total (model);
  g_autofree char *number = NULL, *after = NULL, *text = NULL;

  g_return_val_if_fail (class_index < model->n_classes, NULL);

  number = describe_number (model, model->now[class_index]);
  /* Translators: a class, its count, its share of all and its place, "paper: 99 images, 23.1 %, rank 1 of 6" */
  text = g_strdup_printf (_("%s: %s, %.1f\u202f%%, rank %u of %u"), model->names[class_index], number,
                          total > 0 ? 100.0 * (double) model->now[class_index] / (double) total : 0.0,
                          get_size_rank (model, class_index), model->n_classes);
  if (model->after == NULL || model->after[class_index] == model->now[class_index])
    return g_steal_pointer (&text);

  after = ballast_chart_format_count (model->after[class_index]);
  /* Translators: "paper: 99 images, …", and its count once the plan is carried out. */
  return g_strdup_printf (_("%s, after balancing %s"), text, after);
}

char *
ballast_chart_model_describe (const BallastChartModel *model)
{
  guint largest = 0, smallest = 0;
  g_autofree char *most = NULL, *least = NULL;

  if (model->n_classes == 0)
    return g_strdup (_("No classes"));

  for (guint i = 1; i < model->n_classes; i++)
    {
      if (model->now[i] > model->now[largest])
        largest = i;
      if (model->now[i] < model->now[smallest])
        smallest = i;
    }

  most = describe_number (model, model->now[largest]);
  least = describe_number (model, model->now[smallest]);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u class. The largest is %s with %s, the smallest %s with %s.",
                                       "%u classes. The largest is %s with %s, the smallest %s with %s.",
                                       model->n_classes),
                          model->n_classes, model->names[largest], most, model->names[smallest], least);
}
