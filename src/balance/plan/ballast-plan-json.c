/* A plan as the object that `balance --json` prints. */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-json-members.h"
#include "ballast-plan.h"

static void
add_count (JsonBuilder *builder,
           const char  *name,
           guint64      value)
{
  ballast_json_add_int (builder, name, value);
}

static void
add_state (JsonBuilder *builder,
           const char  *name,
           guint64      images,
           double       ratio)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_count (builder, "images", images);
  ballast_json_add_number (builder, "ratio", ratio);
  json_builder_end_object (builder);
}

/* What keeps the class from its target. */
static void
add_companion (JsonBuilder            *builder,
               const BallastPlan      *plan,
               const BallastPlanClass *class)
{
  json_builder_set_member_name (builder, "companion");
  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "name", plan->classes[class->companion].name);
  ballast_json_add_number (builder, "share", class->companion_share);
  ballast_json_add_number (builder, "count_a_copy", class->companion_count);
  json_builder_end_object (builder);
}

static void
add_class (JsonBuilder            *builder,
           const BallastPlan      *plan,
           const BallastPlanClass *class)
{
  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "name", class->name);
  add_count (builder, "now", class->now);
  add_count (builder, "target", class->target);
  add_count (builder, "after", class->after);
  add_count (builder, "added", class->added);
  add_count (builder, "dropped", class->dropped);
  add_count (builder, "max_repeats", class->max_repeats);
  add_count (builder, "reachable", class->reachable);
  if (plan->crops_added > 0)
    add_count (builder, "crops", class->crops);
  if (plan->settings.strategy == BALLAST_STRATEGY_REPEAT_FACTOR)
    ballast_json_add_number (builder, "factor", class->factor);
  if (class->companion >= 0)
    add_companion (builder, plan, class);
  json_builder_end_object (builder);
}

static void
add_warnings (JsonBuilder       *builder,
              const BallastPlan *plan)
{
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->warnings->len; i++)
    {
      const BallastPlanWarning *warning = g_ptr_array_index (plan->warnings, i);

      json_builder_add_string_value (builder, warning->text);
    }
  json_builder_end_array (builder);
}

JsonNode *
ballast_plan_to_json (const BallastPlan *plan)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "settings");
  json_builder_add_value (builder, ballast_balance_settings_to_json (&plan->settings));
  add_state (builder, "before", plan->images_before, plan->ratio_before);
  add_state (builder, "after", plan->images_after, plan->ratio_after);
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->n_classes; i++)
    add_class (builder, plan, &plan->classes[i]);
  json_builder_end_array (builder);
  add_count (builder, "distinct_images", plan->distinct_images);
  add_count (builder, "copies", plan->images_added - plan->crops_added);
  add_count (builder, "crops", plan->crops_added);
  ballast_json_add_number (builder, "effective_images", plan->effective_images);
  add_count (builder, "untouched_images", plan->images_untouched);
  json_builder_set_member_name (builder, "background");
  json_builder_begin_object (builder);
  add_count (builder, "before", plan->background_before);
  add_count (builder, "after", plan->background_after);
  json_builder_end_object (builder);
  add_warnings (builder, plan);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
