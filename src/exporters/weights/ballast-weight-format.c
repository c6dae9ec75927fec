/*
 * The table of weight files, in the order in which people see them.
 *
 * Projects and command lines know a format by its name; a bit set of positions never leaves a run.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-formats.h"

#include <string.h>

static const BallastWeightFormat *const formats[] = {
  &ballast_weight_format_json,
  &ballast_weight_format_csv,
  &ballast_weight_format_text,
  &ballast_weight_format_npy,
  &ballast_weight_format_safetensors,
  &ballast_weight_format_python,
  &ballast_weight_format_keras,
  &ballast_weight_format_ultralytics,
  &ballast_weight_format_detectron2,
  &ballast_weight_format_mmdetection,
  &ballast_weight_format_samples,
  &ballast_weight_format_rows,
};

guint
ballast_weight_format_get_n (void)
{
  return G_N_ELEMENTS (formats);
}

const BallastWeightFormat *
ballast_weight_format_get (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (formats), NULL);

  return formats[i];
}

int
ballast_weight_format_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i]->name, name) == 0)
      return (int) i;

  return -1;
}

char *
ballast_weight_format_dup_names (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", formats[i]->name);
  return g_string_free (text, FALSE);
}

static gboolean
ends_in (const char *path,
         const char *suffix)
{
  gsize length = strlen (path), suffix_length = strlen (suffix);

  return length > suffix_length &&
         g_ascii_strcasecmp (path + length - suffix_length, suffix) == 0;
}

int
ballast_weight_format_find_for_path (const char *path)
{
  int found = -1;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i]->suffix != NULL && ends_in (path, formats[i]->suffix) &&
        (found < 0 || strlen (formats[i]->suffix) > strlen (formats[found]->suffix)))
      found = (int) i;

  return found;
}
