/*
 * weights: the class weights of a project, printed and written to files.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include <string.h>

#include "ballast-document-edits.h"
#include "ballast-document-export.h"

/* The options as they were given. */
typedef struct
{
  char    *scheme;
  char   **params;
  char    *normalise;
  char    *basis;
  char    *unit;
  char   **outputs;
  gboolean json;
} Given;

static void
given_clear (Given *given)
{
  g_free (given->scheme);
  g_strfreev (given->params);
  g_free (given->normalise);
  g_free (given->basis);
  g_free (given->unit);
  g_strfreev (given->outputs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, given_clear)

/* "beta=0.999" */
static gboolean
take_param (BallastWeightOptions *options,
            const char           *text,
            GError              **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *name = equals == NULL ? g_strdup (text) : g_strndup (text, equals - text);
  char *end = NULL;
  double value = equals == NULL ? 0 : g_ascii_strtod (equals + 1, &end);

  if (equals == NULL || end == equals + 1 || *end != '\0')
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "“%s” is no NAME=NUMBER", text);
      return FALSE;
    }
  return ballast_weight_options_set_param (options, name, value, error);
}

static gboolean
take_given (BallastWeightOptions *options,
            const Given          *given,
            GError              **error)
{
  if (given->scheme != NULL && !ballast_weight_options_set_scheme (options, given->scheme, error))
    return FALSE;
  for (char **text = given->params; text != NULL && *text != NULL; text++)
    if (!take_param (options, *text, error))
      return FALSE;
  if (given->normalise != NULL &&
      !ballast_normalise_parse (given->normalise, &options->normalise, error))
    return FALSE;
  if (given->basis != NULL && !ballast_weight_basis_parse (given->basis, &options->basis, error))
    return FALSE;
  return given->unit == NULL || ballast_weight_options_set_unit (options, given->unit, error);
}

static gboolean
is_setting (const Given *given)
{
  return given->scheme != NULL || given->params != NULL || given->normalise != NULL ||
         given->basis != NULL || given->unit != NULL;
}

static void
print_text (const BallastWeights *weights)
{
  glong width = 5;

  for (guint i = 0; i < weights->n; i++)
    width = MAX (width, g_utf8_strlen (weights->classes[i].name, -1));
  width = MIN (width, 60);
  for (guint i = 0; i < weights->n; i++)
    {
      const BallastClassWeight *class = &weights->classes[i];
      glong padding = MAX (0, width - g_utf8_strlen (class->name, -1));

      g_print ("%4u  %s%*s %10" G_GUINT64_FORMAT " %12.6g\n", class->index, class->name,
               (int) padding, "", class->count, class->weight);
    }
}

static void
print_findings (BallastDocument      *document,
                const BallastWeights *weights)
{
  const BallastBalanceSettings *balance;
  g_auto(GStrv) findings = NULL;

  balance = ballast_settings_get_balance (ballast_document_get_settings (document));
  findings = ballast_weights_dup_findings (weights, balance->strategy != BALLAST_STRATEGY_NONE);
  for (char **finding = findings; *finding != NULL; finding++)
    g_printerr ("ballast-cli: %s\n", *finding);
}

static int
write_outputs (BallastDocument            *document,
               const BallastWeightOptions *options,
               char                      **outputs)
{
  for (char **path = outputs; path != NULL && *path != NULL; path++)
    {
      g_auto(BallastCliWait) wait = { NULL };
      g_autoptr(GError) error = NULL;

      ballast_document_write_weights_async (document, options, *path, NULL, ballast_cli_on_done,
                                            &wait);
      if (!ballast_document_write_weights_finish (document, ballast_cli_wait (&wait), &error))
        return ballast_cli_fail (error);
    }
  return BALLAST_CLI_DONE;
}

static int
compute_and_write (BallastDocument            *document,
                   const BallastWeightOptions *options,
                   const Given                *given)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastWeights) weights = NULL;

  weights = ballast_document_dup_weights (document, options, &error);
  if (weights == NULL)
    return ballast_cli_fail (error);
  print_findings (document, weights);
  if (given->json)
    ballast_cli_print_json (ballast_weights_to_json (weights));
  else
    print_text (weights);
  return write_outputs (document, options, given->outputs);
}

int
ballast_cli_weights (const char *usage,
                     int         argc,
                     char      **argv)
{
  g_auto(Given) given = { NULL };
  const GOptionEntry entries[] = {
    { "scheme", 0, 0, G_OPTION_ARG_STRING, &given.scheme, "none, inverse, balanced …", "NAME" },
    { "param", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.params, "A number of the scheme", "K=V" },
    { "normalise", 0, 0, G_OPTION_ARG_STRING, &given.normalise,
      "sample-mean, sum-k, max-1 or none", "NAME" },
    { "basis", 0, 0, G_OPTION_ARG_STRING, &given.basis,
      "plan (as it will be exported) or dataset", "NAME" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &given.unit, "images, instances or area (of boxes)", "UNIT" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.outputs,
      "Write .json, .csv, .npy, .safetensors …: the ending says which", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &given.json, "Print JSON", NULL },
    { NULL }
  };
  g_autoptr(BallastDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  BallastWeightOptions options;
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  options = *ballast_settings_get_weights (ballast_document_get_settings (document));
  if (!take_given (&options, &given, &error))
    return ballast_cli_misuse ("%s", error->message);
  if (is_setting (&given) && !ballast_document_get_read_only (document))
    {
      g_auto(BallastCliWait) wait = { NULL };

      ballast_document_set_weights_async (document, &options, ballast_cli_on_done, &wait);
      status = ballast_cli_finish_edit (document, &wait);
      if (status != BALLAST_CLI_DONE)
        return status;
    }
  return compute_and_write (document, &options, &given);
}
