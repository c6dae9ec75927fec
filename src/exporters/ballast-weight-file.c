/*
 * Class weights as files that training code loads.
 *
 * The order is that of the class indices everywhere.  Numbers have 9 significant digits, which
 * carry a float32 exactly.  The same weights give the same bytes in every locale.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-file.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-csv.h"
#include "ballast-export-error.h"
#include "ballast-export-names.h"
#include "ballast-json.h"
#include "ballast-path.h"

static const struct
{
  BallastWeightFileKinds kind;
  const char            *extension;
} kinds[] = {
  { BALLAST_WEIGHT_FILE_JSON, "json" }, { BALLAST_WEIGHT_FILE_CSV, "csv" },
  { BALLAST_WEIGHT_FILE_TXT, "txt" }, { BALLAST_WEIGHT_FILE_NPY, "npy" },
  { BALLAST_WEIGHT_FILE_PY, "py" },
};

const char *
ballast_weight_file_get_extension (BallastWeightFileKinds kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].extension;

  g_return_val_if_reached ("json");
}

gboolean
ballast_weight_file_kind_from_path (const char             *path,
                                    BallastWeightFileKinds *kind,
                                    GError                **error)
{
  const char *extension = ballast_path_get_extension (path);
  g_autofree char *display = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strcasecmp (extension, kinds[i].extension) == 0)
      {
        *kind = kinds[i].kind;
        return TRUE;
      }

  display = ballast_path_display (path);
  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT,
               _("“%s” does not say how to write the weights: let it end in .json, .csv, .txt, "
                  ".npy or .py"), display);
  return FALSE;
}

static const char *
format_weight (double weight,
               char  *buffer)
{
  return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.9g", weight);
}

/* The weight as the text will say it, so that all files hold the same number. */
static double
round_weight (double weight)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (format_weight (weight, buffer), NULL);
}

static int
compare_folders (const void *a,
                 const void *b,
                 gpointer    user_data)
{
  GPtrArray *folders = user_data;

  return strcmp (folders->pdata[*(const guint *) a], folders->pdata[*(const guint *) b]);
}

/* (transfer full): the class indices in the order of their folders' bytes, as ImageFolder numbers. */
static guint *
dup_folder_order (const BallastWeights *weights)
{
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  guint *order = g_new (guint, MAX (weights->n, 1));

  for (guint i = 0; i < weights->n; i++)
    {
      order[i] = i;
      g_ptr_array_add (folders, ballast_export_name_component (weights->classes[i].name));
    }
  g_qsort_with_data (order, (int) weights->n, sizeof *order, compare_folders, folders);
  return order;
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_class (JsonBuilder              *builder,
           const BallastClassWeight *class)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "index");
  json_builder_add_int_value (builder, class->index);
  add_string (builder, "name", class->name);
  json_builder_set_member_name (builder, "count");
  json_builder_add_int_value (builder, (gint64) class->count);
  json_builder_set_member_name (builder, "weight");
  json_builder_add_double_value (builder, round_weight (class->weight));
  json_builder_end_object (builder);
}

/* The same numbers in the shapes that loaders like: by name, by index, as a list. */
static void
add_views (JsonBuilder          *builder,
           const BallastWeights *weights)
{
  g_autofree guint *order = dup_folder_order (weights);

  json_builder_set_member_name (builder, "by_name");
  json_builder_begin_object (builder);
  for (guint i = 0; i < weights->n; i++)
    {
      json_builder_set_member_name (builder, weights->classes[i].name);
      json_builder_add_double_value (builder, round_weight (weights->classes[i].weight));
    }
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "list");
  json_builder_begin_array (builder);
  for (guint i = 0; i < weights->n; i++)
    json_builder_add_double_value (builder, round_weight (weights->classes[i].weight));
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "imagefolder_order");
  json_builder_begin_array (builder);
  for (guint i = 0; i < weights->n; i++)
    json_builder_add_int_value (builder, order[i]);
  json_builder_end_array (builder);
}

static void
add_options (JsonBuilder                *builder,
             const BallastWeightOptions *options)
{
  add_string (builder, "scheme", options->scheme->name);
  json_builder_set_member_name (builder, "params");
  json_builder_begin_object (builder);
  for (guint i = 0; i < options->scheme->n_parameters; i++)
    {
      json_builder_set_member_name (builder, options->scheme->parameters[i].name);
      json_builder_add_double_value (builder, options->params[i]);
    }
  json_builder_end_object (builder);
  add_string (builder, "normalisation", ballast_normalise_get_name (options->normalise));
  add_string (builder, "basis", ballast_weight_basis_get_name (options->basis));
  add_string (builder, "unit", ballast_unit_get_name (options->unit));
}

static char *
make_json (const BallastWeights *weights)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, 1);
  add_options (builder, &weights->options);
  add_string (builder, "order",
              "by class index; torchvision's ImageFolder numbers classes by sorted name instead: "
              "its class i has the weight list[imagefolder_order[i]]");
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < weights->n; i++)
    add_class (builder, &weights->classes[i]);
  json_builder_end_array (builder);
  add_views (builder, weights);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = ballast_json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

static char *
make_csv (const BallastWeights *weights)
{
  static const char *const columns[] = { "index", "name", "count", "weight" };
  GString *text = g_string_new (NULL);

  ballast_csv_append_row (text, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < weights->n; i++)
    {
      const BallastClassWeight *class = &weights->classes[i];
      char index[16], count[24], weight[G_ASCII_DTOSTR_BUF_SIZE];
      const char *const fields[] = { index, class->name, count, weight };

      g_snprintf (index, sizeof index, "%u", class->index);
      g_snprintf (count, sizeof count, "%" G_GUINT64_FORMAT, class->count);
      format_weight (class->weight, weight);
      ballast_csv_append_row (text, fields, G_N_ELEMENTS (fields));
    }

  return g_string_free (text, FALSE);
}

static char *
make_txt (const BallastWeights *weights)
{
  GString *text = g_string_new (NULL);
  char weight[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < weights->n; i++)
    g_string_append_printf (text, "%s\n", format_weight (weights->classes[i].weight, weight));

  return g_string_free (text, FALSE);
}

/* @name as a Python string literal; JSON's escapes are Python's but for surrogate pairs, and
 * characters beyond ASCII stand for themselves in UTF-8. */
static void
append_python_string (GString    *text,
                      const char *name)
{
  g_string_append_c (text, '"');
  for (const char *at = name; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_printf (text, "\\%c", *at);
      else if ((guchar) *at < 0x20 || *at == 0x7F)
        g_string_append_printf (text, "\\x%02x", (guchar) *at);
      else
        g_string_append_c (text, *at);
    }
  g_string_append_c (text, '"');
}

static const char python_head[] =
  "# -*- coding: utf-8 -*-\n"
  "\"\"\"Class weights, in the order of the class indices.\n"
  "\n"
  "torchvision's ImageFolder numbers its classes by sorted name: use weights_for (dataset.classes).\n"
  "\n"
  "PyTorch:       torch.nn.CrossEntropyLoss (weight=torch.tensor (WEIGHTS, dtype=torch.float32))\n"
  "Keras:         model.fit (..., class_weight=BY_INDEX)\n"
  "scikit-learn:  LogisticRegression (class_weight=BY_NAME)  # or BY_INDEX, as the labels are\n"
  "\"\"\"\n"
  "\n";

static const char python_tail[] =
  "BY_INDEX = dict(enumerate(WEIGHTS))\n"
  "BY_NAME = dict(zip(NAMES, WEIGHTS))\n"
  "\n"
  "\n"
  "def weights_for(names):\n"
  "    \"\"\"The weights in the order of names, for example those of an ImageFolder.\"\"\"\n"
  "    return [BY_NAME[FOLDERS.get(name, name)] for name in names]\n";

/* A class whose name no folder can have stands in one of another name. */
static void
append_folders (GString              *text,
                const BallastWeights *weights)
{
  g_string_append (text, "# Folders that have another name than their class.\nFOLDERS = {\n");
  for (guint i = 0; i < weights->n; i++)
    {
      const char *name = weights->classes[i].name;
      g_autofree char *folder = ballast_export_name_component (name);

      if (g_str_equal (folder, name))
        continue;
      g_string_append (text, "    ");
      append_python_string (text, folder);
      g_string_append (text, ": ");
      append_python_string (text, name);
      g_string_append (text, ",\n");
    }
  g_string_append (text, "}\n\n");
}

static char *
make_py (const BallastWeights *weights)
{
  GString *text = g_string_new (python_head);
  char weight[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "SCHEME = \"%s\"\nNORMALISATION = \"%s\"\n\nNAMES = [\n",
                          weights->options.scheme->name,
                          ballast_normalise_get_name (weights->options.normalise));
  for (guint i = 0; i < weights->n; i++)
    {
      g_string_append (text, "    ");
      append_python_string (text, weights->classes[i].name);
      g_string_append (text, ",\n");
    }
  g_string_append (text, "]\n\nWEIGHTS = [\n");
  for (guint i = 0; i < weights->n; i++)
    {
      format_weight (weights->classes[i].weight, weight);
      g_string_append_printf (text, "    %s%s,\n", weight,
                              strpbrk (weight, ".e") != NULL ? "" : ".0");
    }
  g_string_append (text, "]\n\n");
  append_folders (text, weights);
  g_string_append (text, python_tail);

  return g_string_free (text, FALSE);
}

static GBytes *
make_npy (const BallastWeights *weights)
{
  g_autofree double *values = g_new (double, MAX (weights->n, 1));

  for (guint i = 0; i < weights->n; i++)
    values[i] = round_weight (weights->classes[i].weight);
  return ballast_npy_to_bytes (values, weights->n, 32);
}

GBytes *
ballast_weight_file_to_bytes (const BallastWeights  *weights,
                              BallastWeightFileKinds kind)
{
  char *text;

  switch (kind)
    {
    case BALLAST_WEIGHT_FILE_NPY:
      return make_npy (weights);
    case BALLAST_WEIGHT_FILE_CSV:
      text = make_csv (weights);
      break;
    case BALLAST_WEIGHT_FILE_TXT:
      text = make_txt (weights);
      break;
    case BALLAST_WEIGHT_FILE_PY:
      text = make_py (weights);
      break;
    case BALLAST_WEIGHT_FILE_JSON:
    default:
      text = make_json (weights);
      break;
    }

  return g_bytes_new_take (text, strlen (text));
}

gboolean
ballast_weight_file_write (const BallastWeights *weights,
                           const char           *path,
                           GError              **error)
{
  BallastWeightFileKinds kind;
  g_autoptr(GBytes) bytes = NULL;
  gconstpointer data;
  gsize size;

  if (!ballast_weight_file_kind_from_path (path, &kind, error))
    return FALSE;

  bytes = ballast_weight_file_to_bytes (weights, kind);
  data = g_bytes_get_data (bytes, &size);
  return g_file_set_contents_full (path, data, (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0666, error);
}
