/*
 * How images are divided, as a value and as text.
 *
 * The parts of an options that was initialised are never none, and their shares add up to 1.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-split-options.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ballast-balance-error.h"

/* Sums of shares may be off by what decimal fractions are. */
#define SUM_TOLERANCE 1e-6

static const char *const method_names[] = {
  [BALLAST_SPLIT_STRATIFIED] = "stratified",
  [BALLAST_SPLIT_RANDOM] = "random",
};

static void
part_clear (gpointer data)
{
  g_free (((BallastSplitPart *) data)->name);
}

static GArray *
parts_new (void)
{
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (BallastSplitPart));

  g_array_set_clear_func (parts, part_clear);
  return parts;
}

static void
add_part (GArray     *parts,
          const char *name,
          double      share)
{
  BallastSplitPart part = { g_strdup (name), share };

  g_array_append_val (parts, part);
}

void
ballast_split_options_init (BallastSplitOptions *options)
{
  *options = (BallastSplitOptions) { .method = BALLAST_SPLIT_STRATIFIED, .parts = parts_new () };
  add_part (options->parts, "train", 0.8);
  add_part (options->parts, "val", 0.1);
  add_part (options->parts, "test", 0.1);
}

void
ballast_split_options_copy (const BallastSplitOptions *options,
                            BallastSplitOptions       *copy)
{
  *copy = *options;
  copy->parts = parts_new ();
  for (guint i = 0; i < options->parts->len; i++)
    {
      const BallastSplitPart *part = ballast_split_options_get_part (options, i);

      add_part (copy->parts, part->name, part->share);
    }
}

void
ballast_split_options_clear (BallastSplitOptions *options)
{
  g_clear_pointer (&options->parts, g_array_unref);
}

const BallastSplitPart *
ballast_split_options_get_part (const BallastSplitOptions *options,
                                guint                      part)
{
  return &g_array_index (options->parts, BallastSplitPart, part);
}

static gboolean
has_part (const GArray *parts,
          const char   *name)
{
  for (guint i = 0; i < parts->len; i++)
    if (g_str_equal (g_array_index (parts, BallastSplitPart, i).name, name))
      return TRUE;

  return FALSE;
}

static gboolean
fail (GError    **error,
      const char *format,
      const char *text)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING, format, text);
#pragma GCC diagnostic pop
  return FALSE;
}

/* "train=0.8" or "train=80%". */
static gboolean
parse_part (GArray     *parts,
            const char *text,
            GError    **error)
{
  const char *equals = strrchr (text, '=');
  g_autofree char *name = NULL;
  char *end = NULL;
  double share;

  if (equals == NULL || equals[1] == '\0')
    return fail (error, _("“%s” is no split with its share, like train=0.8"), text);
  name = g_strstrip (g_strndup (text, equals - text));
  share = g_ascii_strtod (equals + 1, &end);
  if (*name == '\0' || !g_utf8_validate (name, -1, NULL))
    return fail (error, _("“%s” is no split with its share, like train=0.8"), text);
  if ((*end != '\0' && !g_str_equal (end, "%")) || !isfinite (share) || share < 0 || share > 1e9)
    return fail (error, _("“%s” is no share: it is a number from 0 on, like 0.8"), equals + 1);
  if (has_part (parts, name))
    return fail (error, _("The split “%s” is named twice"), name);
  add_part (parts, name, share);

  return TRUE;
}

static void
drop_empty (GArray *parts)
{
  for (guint i = parts->len; i > 0; i--)
    if (g_array_index (parts, BallastSplitPart, i - 1).share <= 0)
      g_array_remove_index (parts, i - 1);
}

static gboolean
normalise (GArray     *parts,
           const char *text,
           GError    **error)
{
  double sum = 0;
  gboolean is_proportion = FALSE;

  drop_empty (parts);
  for (guint i = 0; i < parts->len; i++)
    {
      double share = g_array_index (parts, BallastSplitPart, i).share;

      sum += share;
      is_proportion = is_proportion || share > 1;
    }

  if (parts->len == 0)
    return fail (error, _("“%s” gives no split a share"), text);
  if (parts->len > BALLAST_SPLIT_MAX_PARTS)
    return fail (error, _("“%s” are more than 16 splits"), text);
  if (!is_proportion && fabs (sum - 1) > SUM_TOLERANCE)
    return fail (error, _("The shares of “%s” do not add up to 1"), text);
  for (guint i = 0; i < parts->len && sum != 1; i++)
    g_array_index (parts, BallastSplitPart, i).share /= sum;

  return TRUE;
}

gboolean
ballast_split_options_parse_parts (BallastSplitOptions *options,
                                   const char          *text,
                                   GError             **error)
{
  g_auto(GStrv) words = g_strsplit (text, ",", -1);
  g_autoptr(GArray) parts = parts_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (!parse_part (parts, g_strstrip (words[i]), error))
      return FALSE;
  if (!normalise (parts, text, error))
    return FALSE;

  g_array_unref (options->parts);
  options->parts = g_steal_pointer (&parts);
  return TRUE;
}

char *
ballast_split_options_dup_parts (const BallastSplitOptions *options)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < options->parts->len; i++)
    {
      const BallastSplitPart *part = ballast_split_options_get_part (options, i);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (number, sizeof number, "%.9g", part->share);
      g_string_append_printf (text, "%s%s=%s", i > 0 ? "," : "", part->name, number);
    }

  return g_string_free (text, FALSE);
}

const char *
ballast_split_method_get_name (BallastSplitMethod method)
{
  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (method_names), NULL);

  return method_names[method];
}

gboolean
ballast_split_method_parse (const char         *name,
                            BallastSplitMethod *method,
                            GError            **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (method_names); i++)
    if (g_str_equal (name, method_names[i]))
      {
        *method = i;
        return TRUE;
      }

  return fail (error, _("“%s” is no way to split: stratified or random"), name);
}
