/*
 * Weights as a .safetensors file: the length of a JSON header as 8 little-endian bytes, the header,
 * padded with spaces to a multiple of 8, then the float32 numbers.  The header's metadata says the
 * scheme and the order of the classes.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-json-members.h"
#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>

#include "ballast-json.h"
#include "ballast-weight-text.h"

#define TENSOR "class_weights"

/* (transfer full): the names as a JSON array in a text, since metadata are texts alone. */
static char *
dup_names (const BallastWeights *weights)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < weights->n; i++)
    json_array_add_string_element (array, weights->classes[i].name);
  json_node_take_array (node, array);
  return ballast_json_to_string (node, FALSE);
}

static void
add_metadata (JsonBuilder          *builder,
              const BallastWeights *weights)
{
  g_autofree char *names = dup_names (weights);

  json_builder_set_member_name (builder, "__metadata__");
  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "format", "pt");
  ballast_json_add_string (builder, "names", names);
  ballast_json_add_string (builder, "normalisation",
                           ballast_normalise_get_name (weights->options.normalise));
  ballast_json_add_string (builder, "order", "by class index, as in names");
  ballast_json_add_string (builder, "scheme", weights->options.scheme->name);
  json_builder_end_object (builder);
}

static void
add_pair (JsonBuilder *builder,
          gint64       first,
          gint64       second)
{
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, first);
  if (second >= 0)
    json_builder_add_int_value (builder, second);
  json_builder_end_array (builder);
}

static GString *
make_header (const BallastWeights *weights)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;
  GString *header;

  json_builder_begin_object (builder);
  add_metadata (builder, weights);
  json_builder_set_member_name (builder, TENSOR);
  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "dtype", "F32");
  json_builder_set_member_name (builder, "shape");
  add_pair (builder, weights->n, -1);
  json_builder_set_member_name (builder, "data_offsets");
  add_pair (builder, 0, (gint64) weights->n * 4);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = ballast_json_to_string (root, FALSE);
  header = g_string_new (text);
  while (header->len % 8 != 0)
    g_string_append_c (header, ' ');
  return header;
}

static GBytes *
make (const BallastWeights *weights)
{
  GByteArray *bytes = g_byte_array_new ();
  GString *header = make_header (weights);
  guint64 length = GUINT64_TO_LE ((guint64) header->len);

  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) header->str, (guint) header->len);
  for (guint i = 0; i < weights->n; i++)
    {
      union { float number; guint32 bits; } value;

      value.number = (float) ballast_weight_text_round (weights->classes[i].weight);
      value.bits = GUINT32_TO_LE (value.bits);
      g_byte_array_append (bytes, (const guint8 *) &value.bits, sizeof value.bits);
    }

  g_string_free (header, TRUE);
  return g_byte_array_free_to_bytes (bytes);
}

const BallastWeightFormat ballast_weight_format_safetensors = {
  .name = "safetensors",
  .suffix = ".safetensors",
  .file = "class_weights.safetensors",
  .title = N_("Safetensors"),
  .summary = N_("The float32 tensor “class_weights” by class index, names in its metadata."),
  .make = make,
};
