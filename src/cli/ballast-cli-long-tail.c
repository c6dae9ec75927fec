/*
 * long-tail: makes the training split long-tailed, for the study of imbalance.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include <math.h>

#include "ballast-document-edits.h"
#include "ballast-document-long-tail.h"
#include "ballast-json-members.h"

/* What each class has in the training split now. */
static void
print_counts (BallastDocument *document,
              gboolean         json)
{
  const BallastTally *tally = ballast_document_get_tally (document);
  guint split = ballast_tally_get_training_split (tally);
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tally->n_classes; i++)
    {
      const BallastClassTally *class = &tally->classes[i];
      guint64 images = class->by_split[split].images;

      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "name", class->name);
      ballast_json_add_int (builder, "images", images);
      json_builder_end_object (builder);
      if (!json)
        g_print ("%10" G_GUINT64_FORMAT "  %s\n", images, class->name);
    }
  json_builder_end_array (builder);
  ballast_json_add_int (builder, "excluded", tally->excluded);
  json_builder_end_object (builder);
  if (json)
    ballast_cli_print_json (json_builder_get_root (builder));
}

static int
make_and_print (const char                   *path,
                const BallastLongTailOptions *options,
                gboolean                      json)
{
  g_autoptr(BallastDocument) document = ballast_cli_open (path);
  g_auto(BallastCliWait) wait = { NULL };
  int status;

  if (document == NULL)
    return BALLAST_CLI_FAILED;

  ballast_document_make_long_tailed_async (document, options, ballast_cli_on_done, &wait);
  status = ballast_cli_finish_edit (document, &wait);
  if (status == BALLAST_CLI_DONE)
    print_counts (document, json);
  return status;
}

int
ballast_cli_long_tail (const char *usage,
                       int         argc,
                       char      **argv)
{
  BallastLongTailOptions options = BALLAST_LONG_TAIL_OPTIONS_INIT;
  g_autofree char *order = NULL, *seed = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "ratio", 0, 0, G_OPTION_ARG_DOUBLE, &options.ratio,
      "Of the largest class to the smallest (50)", "R" },
    { "order", 0, 0, G_OPTION_ARG_STRING, &order,
      "count: the largest class stays the head; index: in the order of the classes", "ORDER" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &seed, "The same seed excludes the same images", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
    { NULL }
  };
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (!isfinite (options.ratio) || options.ratio < 1 || options.ratio > BALLAST_LONG_TAIL_MAX_RATIO)
    return ballast_cli_misuse ("--ratio is a number from 1 to %.0f", BALLAST_LONG_TAIL_MAX_RATIO);
  if (order != NULL && !ballast_long_tail_order_parse (order, &options.order))
    return ballast_cli_misuse ("“%s” is none of count, index", order);
  if (seed != NULL && !g_ascii_string_to_unsigned (seed, 10, 0, G_MAXUINT64, &options.seed, NULL))
    return ballast_cli_misuse ("“%s” is no seed: a whole number", seed);
  return make_and_print (argv[1], &options, json);
}
