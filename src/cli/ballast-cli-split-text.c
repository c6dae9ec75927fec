/*
 * A split, as a table for people and as JSON for programs.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli-split.h"
#include "ballast-json-members.h"

/* Names beyond this are not waited for by the columns. */
#define MAX_WIDTH 60

static void
print_padded (const char *text,
              glong       width)
{
  g_print ("%s%*s", text, (int) MAX (0, width - g_utf8_strlen (text, -1)), "");
}

static void
print_row (const BallastSplit *split,
           const char         *name,
           int                 class_index,
           glong               width)
{
  guint64 total = class_index < 0 ? split->n_images : split->totals[class_index];

  print_padded (name, width);
  g_print (" %10" G_GUINT64_FORMAT, total);
  for (guint p = 0; p < split->n_parts; p++)
    {
      guint64 count = class_index < 0 ? split->sizes[p] : ballast_split_get_count (split, class_index, p);

      g_print (" %10" G_GUINT64_FORMAT " %5.1f%%", count, total > 0 ? 100.0 * count / total : 0);
    }
  g_print ("\n");
}

static void
print_table (const BallastSplitPlan *plan)
{
  const BallastSplit *split = ballast_split_plan_get_split (plan);
  const BallastSplitRequest *request = ballast_split_plan_get_request (plan);
  const BallastTally *tally = ballast_split_plan_get_tally (plan);
  glong width = 10;

  for (guint i = 0; i < tally->n_classes; i++)
    width = MAX (width, g_utf8_strlen (tally->classes[i].name, -1));
  width = MIN (width, MAX_WIDTH);

  print_padded ("class", width);
  g_print (" %10s", "images");
  for (guint p = 0; p < split->n_parts; p++)
    g_print (" %17s", ballast_split_options_get_part (&request->options, p)->name);
  g_print ("\n");
  for (guint i = 0; i < tally->n_classes; i++)
    print_row (split, tally->classes[i].name, i, width);
  print_row (split, "all images", -1, width);
  g_print ("%s, seed %" G_GUINT64_FORMAT ": %.2f %% of the images are not where the shares ask for them\n",
           ballast_split_method_get_name (request->options.method), request->options.seed,
           100 * ballast_split_get_deviation (split, &request->options, -1));
}

static void
print_groups (const BallastSplitPlan *plan,
              const BallastNearSet   *near)
{
  const BallastGrouping *grouping = &ballast_split_plan_get_request (plan)->grouping;
  const char *name;
  guint n;

  if (near != NULL)
    g_print ("%" G_GUINT64_FORMAT " images compared, %" G_GUINT64_FORMAT " too even to be compared, %"
             G_GUINT64_FORMAT " not read\n", near->n_images - near->n_flat - near->n_unread,
             near->n_flat, near->n_unread);
  g_print ("groups (%s): %u with %" G_GUINT64_FORMAT " of %u images\n",
           ballast_grouping_kind_get_name (grouping->kind), ballast_split_plan_get_n_groups (plan),
           ballast_split_plan_get_n_grouped (plan), ballast_split_plan_get_n_images (plan));
  for (guint i = 0; (name = ballast_split_plan_get_large_group (plan, i, &n)) != NULL; i++)
    g_print ("  %u images: %s\n", n, name);
}

static void
print_text (const BallastSplitPlan *plan,
            const BallastNearSet   *near)
{
  const GPtrArray *warnings = ballast_split_plan_get_warnings (plan);
  const BallastSplitRequest *request = ballast_split_plan_get_request (plan);

  if (request->only_groups || request->grouping.kind != BALLAST_GROUPING_KEEP ||
      ballast_split_plan_get_n_groups (plan) > 0)
    print_groups (plan, near);
  if (ballast_split_plan_get_split (plan) != NULL)
    print_table (plan);
  for (guint i = 0; i < warnings->len; i++)
    g_print ("warning: %s\n", ((BallastSplitWarning *) g_ptr_array_index (warnings, i))->text);
}

static void
add_groups (JsonBuilder            *builder,
            const BallastSplitPlan *plan,
            const BallastNearSet   *near)
{
  const char *name;
  guint n;

  json_builder_set_member_name (builder, "groups");
  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "by",
                           ballast_grouping_kind_get_name (
                             ballast_split_plan_get_request (plan)->grouping.kind));
  ballast_json_add_int (builder, "count", ballast_split_plan_get_n_groups (plan));
  ballast_json_add_int (builder, "images", ballast_split_plan_get_n_grouped (plan));
  if (near != NULL)
    {
      ballast_json_add_int (builder, "distance",
                            ballast_split_plan_get_request (plan)->grouping.distance);
      ballast_json_add_int (builder, "too_even", near->n_flat);
      ballast_json_add_int (builder, "not_read", near->n_unread);
    }
  json_builder_set_member_name (builder, "largest");
  json_builder_begin_array (builder);
  for (guint i = 0; (name = ballast_split_plan_get_large_group (plan, i, &n)) != NULL; i++)
    {
      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "name", name);
      ballast_json_add_int (builder, "images", n);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_splits (JsonBuilder            *builder,
            const BallastSplitPlan *plan)
{
  const BallastSplit *split = ballast_split_plan_get_split (plan);
  const BallastSplitOptions *options = &ballast_split_plan_get_request (plan)->options;

  json_builder_set_member_name (builder, "splits");
  json_builder_begin_array (builder);
  for (guint p = 0; p < split->n_parts; p++)
    {
      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "name", ballast_split_options_get_part (options, p)->name);
      ballast_json_add_number (builder, "share",
                               ballast_split_options_get_part (options, p)->share);
      ballast_json_add_int (builder, "images", split->sizes[p]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_classes (JsonBuilder            *builder,
             const BallastSplitPlan *plan)
{
  const BallastSplit *split = ballast_split_plan_get_split (plan);
  const BallastSplitOptions *options = &ballast_split_plan_get_request (plan)->options;
  const BallastTally *tally = ballast_split_plan_get_tally (plan);

  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tally->n_classes; i++)
    {
      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "name", tally->classes[i].name);
      ballast_json_add_int (builder, "images", split->totals[i]);
      json_builder_set_member_name (builder, "by_split");
      json_builder_begin_object (builder);
      for (guint p = 0; p < split->n_parts; p++)
        ballast_json_add_int (builder, ballast_split_options_get_part (options, p)->name,
                              ballast_split_get_count (split, i, p));
      json_builder_end_object (builder);
      ballast_json_add_number (builder, "deviation",
                               ballast_split_get_deviation (split, options, (int) i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_warnings (JsonBuilder     *builder,
              const GPtrArray *warnings)
{
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < warnings->len; i++)
    {
      const BallastSplitWarning *warning = g_ptr_array_index (warnings, i);

      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "kind",
                               ballast_split_warning_kind_get_name (warning->kind));
      ballast_json_add_string (builder, "text", warning->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
ballast_cli_print_split (const BallastSplitPlan *plan,
                         const BallastNearSet   *near,
                         gboolean                json)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  const BallastSplitOptions *options = &ballast_split_plan_get_request (plan)->options;

  if (!json)
    {
      print_text (plan, near);
      return;
    }

  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "images",
                        ballast_split_plan_get_split (plan) != NULL
                        ? ballast_split_plan_get_split (plan)->n_images
                        : ballast_split_plan_get_n_images (plan));
  if (ballast_split_plan_get_split (plan) != NULL)
    {
      if (ballast_split_plan_get_request (plan)->from != NULL)
        ballast_json_add_string (builder, "from", ballast_split_plan_get_request (plan)->from);
      ballast_json_add_string (builder, "method", ballast_split_method_get_name (options->method));
      ballast_json_add_int (builder, "seed", options->seed);
      json_builder_set_member_name (builder, "deviation");
      json_builder_add_double_value (
        builder, ballast_split_get_deviation (ballast_split_plan_get_split (plan), options, -1));
      add_splits (builder, plan);
      add_classes (builder, plan);
    }
  add_groups (builder, plan, near);
  add_warnings (builder, ballast_split_plan_get_warnings (plan));
  json_builder_end_object (builder);
  ballast_cli_print_json (json_builder_get_root (builder));
}
