/*
 * What Albumentations 2.0.8 insists on where an op here allows more.
 *
 * It refuses a file, or ends in the midst of an epoch, over a value that it does not like: so what is
 * written for it is brought to the nearest that it takes.  Our own value stands in our part of the
 * file, and ballast_pipeline_list_unsaid() tells of it.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include <math.h>
#include <string.h>

#include "ballast-pipeline-private.h"

typedef enum
{
  LIMIT_ODD,       /* sizes of kernels */
  LIMIT_BETWEEN,   /* low … high */
  LIMIT_AROUND,    /* a range that has to hold @low, with @high on both sides */
  LIMIT_THREE,     /* a colour is three numbers, also where it is a grey */
  LIMIT_RECTANGLE, /* left < right, top < bottom */
} LimitKind;

typedef struct
{
  const char *class_name;
  const char *argument;
  LimitKind   kind;
  double      low, high;
} Limit;

static const Limit limits[] = {
  { "AdvancedBlur", "beta_limit", LIMIT_AROUND, 1, 0.01 },
  { "AdvancedBlur", "blur_limit", LIMIT_ODD, 0, 0 },
  { "Blur", "blur_limit", LIMIT_ODD, 0, 0 },
  { "MedianBlur", "blur_limit", LIMIT_ODD, 0, 0 },
  { "MotionBlur", "blur_limit", LIMIT_ODD, 0, 0 },
  { "PlanckianJitter", "temperature_limit", LIMIT_BETWEEN, 3000, 15000 },
  { "PlanckianJitter", "temperature_limit", LIMIT_AROUND, 6000, 0 },
  { "RandomGravel", "gravel_roi", LIMIT_RECTANGLE, 0, 0 },
  { "RandomRain", "drop_color", LIMIT_THREE, 0, 0 },
  { "RandomShadow", "num_shadows_limit", LIMIT_BETWEEN, 1, 1000 },
  { "RandomShadow", "shadow_roi", LIMIT_RECTANGLE, 0, 0 },
  { "RandomSunFlare", "flare_roi", LIMIT_RECTANGLE, 0, 0 },
  { "RandomSunFlare", "src_color", LIMIT_THREE, 0, 0 },
  { "RingingOvershoot", "blur_limit", LIMIT_ODD, 0, 0 },
  { "Sharpen", "kernel_size", LIMIT_ODD, 0, 0 },
  { "Spatter", "color", LIMIT_THREE, 0, 0 },
  { "UnsharpMask", "blur_limit", LIMIT_ODD, 0, 0 },
  { "UnsharpMask", "alpha", LIMIT_BETWEEN, 0, 1 },
};

/* Of PlanckianJitter in the mode of daylight. */
static const Limit cied_limit = { "PlanckianJitter", "temperature_limit", LIMIT_BETWEEN, 4000, 15000 };

/* A rectangle has this share of the picture at least. */
#define LEAST_SIDE 0.01

static void
sort_sides (double *numbers,
            guint   first)
{
  double low = MIN (numbers[first], numbers[first + 2]);
  double high = MAX (numbers[first], numbers[first + 2]);

  numbers[first] = MIN (low, 1 - LEAST_SIDE);
  numbers[first + 2] = MAX (high, numbers[first] + LEAST_SIDE);
}

static void
fit_numbers (const Limit *limit,
             double      *numbers,
             guint        n)
{
  if (limit->kind == LIMIT_RECTANGLE && n == 4)
    {
      sort_sides (numbers, 0);
      sort_sides (numbers, 1);
    }
  else if (limit->kind == LIMIT_AROUND && n == 2)
    {
      numbers[0] = MIN (numbers[0], limit->low - limit->high);
      numbers[1] = MAX (numbers[1], limit->low + limit->high);
    }
  for (guint i = 0; i < n; i++)
    if (limit->kind == LIMIT_BETWEEN)
      numbers[i] = CLAMP (numbers[i], limit->low, limit->high);
    else if (limit->kind == LIMIT_ODD && fmod (numbers[i], 2) == 0)
      numbers[i] += 1;
}

/* As whole as it was. */
static JsonNode *
number_like (JsonNode *old,
             double    number)
{
  JsonNode *node = json_node_alloc ();

  if (json_node_get_value_type (old) == G_TYPE_INT64)
    return json_node_init_int (node, (gint64) number);
  return json_node_init_double (node, number);
}

static void
set_list (JsonObject   *arguments,
          const char   *name,
          JsonNode     *like,
          const double *numbers,
          guint         n)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < n; i++)
    json_array_add_element (array, number_like (like, numbers[i]));
  json_object_set_array_member (arguments, name, array);
}

static void
fit_argument (JsonObject  *arguments,
              const Limit *limit)
{
  JsonNode *node = json_object_get_member (arguments, limit->argument);
  double numbers[4] = { 0 };
  guint n = 1;

  if (node == NULL)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr(JsonNode) first = NULL;

      n = json_array_get_length (json_node_get_array (node));
      if (n == 0 || n > G_N_ELEMENTS (numbers) || !ballast_json_node_numbers (node, n, numbers))
        return;
      first = json_array_dup_element (json_node_get_array (node), 0);
      fit_numbers (limit, numbers, n);
      set_list (arguments, limit->argument, first, numbers, n);
    }
  else if (ballast_json_node_number (node, &numbers[0]))
    {
      g_autoptr(JsonNode) like = json_node_copy (node);

      fit_numbers (limit, numbers, 1);
      numbers[1] = numbers[2] = numbers[0];
      if (limit->kind == LIMIT_THREE)
        set_list (arguments, limit->argument, like, numbers, 3);
      else
        json_object_set_member (arguments, limit->argument, number_like (like, numbers[0]));
    }
}

void
ballast_pipeline_fit_arguments (JsonObject *arguments)
{
  const char *class_name = json_object_get_string_member (arguments, "__class_fullname__");

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    if (strcmp (limits[i].class_name, class_name) == 0)
      fit_argument (arguments, &limits[i]);
  if (strcmp (class_name, "PlanckianJitter") == 0
      && strcmp (json_object_get_string_member_with_default (arguments, "mode", ""), "cied") == 0)
    fit_argument (arguments, &cied_limit);
  /* A mosaic may not be larger than what its pictures are cut to. */
  if (strcmp (class_name, "Mosaic") == 0 && json_object_has_member (arguments, "target_size"))
    json_object_set_member (arguments, "cell_shape",
                            json_node_copy (json_object_get_member (arguments, "target_size")));
}
