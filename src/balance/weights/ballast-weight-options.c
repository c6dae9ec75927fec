/* The choices behind class weights: names, JSON, and what the user should know of the result. */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-weights.h"

#include <glib/gi18n-lib.h>

#include "ballast-balance-error.h"
#include "ballast-json-members.h"
#include "ballast-name.h"

static const char *const normalise_names[] = { "sample-mean", "sum-k", "max-1", "none" };
static const char *const basis_names[] = { "plan", "dataset" };

static gboolean
refuse (const char *what,
        const char *value,
        GError    **error)
{
  g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
               "“%s” is no %s", value != NULL ? value : "", what);
  return FALSE;
}

const char *
ballast_normalise_get_name (BallastNormalise normalise)
{
  g_return_val_if_fail ((guint) normalise < G_N_ELEMENTS (normalise_names), NULL);

  return normalise_names[normalise];
}

gboolean
ballast_normalise_parse (const char       *name,
                         BallastNormalise *normalise,
                         GError          **error)
{
  int found = ballast_name_find (normalise_names, G_N_ELEMENTS (normalise_names), name);

  if (found < 0)
    return refuse ("normalisation: use sample-mean, sum-k, max-1 or none", name, error);

  *normalise = (BallastNormalise) found;
  return TRUE;
}

const char *
ballast_weight_basis_get_name (BallastWeightBasis basis)
{
  g_return_val_if_fail ((guint) basis < G_N_ELEMENTS (basis_names), NULL);

  return basis_names[basis];
}

gboolean
ballast_weight_basis_parse (const char         *name,
                            BallastWeightBasis *basis,
                            GError            **error)
{
  int found = ballast_name_find (basis_names, G_N_ELEMENTS (basis_names), name);

  if (found < 0)
    return refuse ("basis of weights: use plan or dataset", name, error);

  *basis = (BallastWeightBasis) found;
  return TRUE;
}

void
ballast_weight_options_init (BallastWeightOptions *options)
{
  *options = (BallastWeightOptions){ .normalise = BALLAST_NORMALISE_SAMPLE_MEAN };
  ballast_weight_options_set_scheme (options, "balanced", NULL);
}

gboolean
ballast_weight_options_set_scheme (BallastWeightOptions *options,
                                   const char           *name,
                                   GError              **error)
{
  const BallastWeightScheme *scheme = ballast_weight_scheme_find (name);

  if (scheme == NULL)
    return refuse ("weight scheme", name, error);

  options->scheme = scheme;
  for (guint i = 0; i < scheme->n_parameters; i++)
    options->params[i] = scheme->parameters[i].initial;
  return TRUE;
}

gboolean
ballast_weight_options_set_param (BallastWeightOptions *options,
                                  const char           *name,
                                  double                value,
                                  GError              **error)
{
  int found = ballast_weight_scheme_find_parameter (options->scheme, name);
  const BallastWeightParameter *parameter;

  if (found < 0)
    {
      g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
                   "the weight scheme “%s” has no parameter “%s”", options->scheme->name, name);
      return FALSE;
    }

  parameter = &options->scheme->parameters[found];
  if (!(value >= parameter->minimum && value <= parameter->maximum))
    {
      g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
                   "“%s” must be between %.9g and %.9g", name, parameter->minimum,
                   parameter->maximum);
      return FALSE;
    }

  options->params[found] = value;
  return TRUE;
}

/* The members that the options and the weights have in common. */
static void
add_options (JsonBuilder                *builder,
             const BallastWeightOptions *options)
{
  ballast_json_add_string (builder, "scheme", options->scheme->name);
  json_builder_set_member_name (builder, "params");
  json_builder_begin_object (builder);
  for (guint i = 0; i < options->scheme->n_parameters; i++)
    ballast_json_add_number (builder, options->scheme->parameters[i].name, options->params[i]);
  json_builder_end_object (builder);
  ballast_json_add_string (builder, "normalise", ballast_normalise_get_name (options->normalise));
  ballast_json_add_string (builder, "basis", ballast_weight_basis_get_name (options->basis));
  ballast_json_add_string (builder, "unit", ballast_weight_options_get_unit (options));
  if (options->cap > 0)
    ballast_json_add_number (builder, "cap", options->cap);
}

gboolean
ballast_weight_options_set_unit (BallastWeightOptions *options,
                                 const char           *name,
                                 GError              **error)
{
  if (g_strcmp0 (name, "area") != 0 && !ballast_unit_parse (name, &options->unit))
    return refuse ("unit: use images, instances or area", name, error);
  options->area = g_strcmp0 (name, "area") == 0;
  return TRUE;
}

const char *
ballast_weight_options_get_unit (const BallastWeightOptions *options)
{
  return options->area ? "area" : ballast_unit_get_name (options->unit);
}

JsonNode *
ballast_weight_options_to_json (const BallastWeightOptions *options)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_options (builder, options);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

JsonNode *
ballast_weights_to_json (const BallastWeights *weights)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_options (builder, &weights->options);
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < weights->n; i++)
    {
      json_builder_begin_object (builder);
      ballast_json_add_int (builder, "index", weights->classes[i].index);
      ballast_json_add_string (builder, "name", weights->classes[i].name);
      ballast_json_add_int (builder, "count", weights->classes[i].count);
      ballast_json_add_number (builder, "weight", weights->classes[i].weight);
      if (weights->classes[i].has_number)
        ballast_json_add_int (builder, "category_id", weights->classes[i].number);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_number (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && (json_node_get_value_type (node) == G_TYPE_INT64 ||
                                          json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

static gboolean
read_params (JsonNode             *node,
             BallastWeightOptions *options,
             GError              **error)
{
  JsonObjectIter iterator;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse ("value in the settings of weights", "params", error);

  json_object_iter_init (&iterator, json_node_get_object (node));
  while (json_object_iter_next (&iterator, &name, &value))
    {
      if (!is_number (value))
        return refuse ("parameter with a number", name, error);
      if (!ballast_weight_options_set_param (options, name, json_node_get_double (value), error))
        return FALSE;
    }

  return TRUE;
}

/* (transfer none): the text of a member, or @fallback. */
static const char *
get_text (JsonObject *object,
          const char *member,
          const char *fallback)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return fallback;
  return is_text (node) ? json_node_get_string (node) : NULL;
}

static gboolean
read_cap (JsonObject           *object,
          BallastWeightOptions *options,
          GError              **error)
{
  JsonNode *node = json_object_get_member (object, "cap");

  if (node == NULL)
    return TRUE;
  if (!is_number (node) || !(json_node_get_double (node) >= 0))
    return refuse ("value in the settings of weights", "cap", error);

  options->cap = json_node_get_double (node);
  return TRUE;
}

static gboolean
read_options (JsonObject           *object,
              BallastWeightOptions *options,
              GError              **error)
{
  const char *scheme = get_text (object, "scheme", "balanced");
  const char *unit = get_text (object, "unit", "images");
  JsonNode *params = json_object_get_member (object, "params");

  if (!ballast_weight_options_set_scheme (options, scheme != NULL ? scheme : "", error) ||
      !ballast_normalise_parse (get_text (object, "normalise", "sample-mean"),
                                &options->normalise, error) ||
      !ballast_weight_basis_parse (get_text (object, "basis", "plan"), &options->basis, error))
    return FALSE;
  if (!ballast_weight_options_set_unit (options, unit, error))
    return FALSE;

  return (params == NULL || read_params (params, options, error)) &&
         read_cap (object, options, error);
}

gboolean
ballast_weight_options_from_json (JsonNode             *node,
                                  BallastWeightOptions *options,
                                  GError              **error)
{
  ballast_weight_options_init (options);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse ("JSON object", "weights", error);
  if (read_options (json_node_get_object (node), options, error))
    return TRUE;

  ballast_weight_options_init (options);
  return FALSE;
}

char **
ballast_weights_dup_findings (const BallastWeights *weights,
                              gboolean              oversampled)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (weights->options.area && weights->n_empty == weights->n)
    g_strv_builder_add (builder, _("there are no boxes, so there is no area to count"));
  for (guint i = 0; i < weights->n && !(weights->options.area && weights->n_empty == weights->n); i++)
    if (weights->classes[i].empty)
      {
        g_autofree char *text =
          g_strdup_printf (_("“%s” has no example: its weight is 0"), weights->classes[i].name);

        g_strv_builder_add (builder, text);
      }
  if (oversampled && weights->options.basis == BALLAST_WEIGHT_BASIS_DATASET &&
      g_strcmp0 (weights->options.scheme->name, "none") != 0)
    g_strv_builder_add (builder,
                        _("the exported set is oversampled already: weights of the dataset as it was "
                           "correct twice"));

  return g_strv_builder_end (builder);
}
