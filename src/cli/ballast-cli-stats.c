/*
 * stats: how many there are of what, and how uneven that is.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include "ballast-chart-file.h"
#include "ballast-cli-contents.h"
#include "ballast-content-pictures.h"
#include "ballast-contents.h"
#include "ballast-imbalance.h"
#include "ballast-json-members.h"
#include "ballast-problem-list.h"
#include "ballast-unit.h"

/* What is asked for. */
typedef struct
{
  const BallastTally             *tally;
  int                             split; /* position; n_splits: in none; -1: all */
  BallastUnit                     unit;
  const BallastContentStatistics *contents;
  guint                           kind;  /* of the chart */
  int                             class; /* index; -1: all */
} Question;

/* What --chart-kind knows. */
enum
{
  KIND_DISTRIBUTION,
  KIND_CO_OCCURRENCE,
  KIND_COMPANIONS,
  KIND_BOX_SIZES,
  KIND_RELATIVE_SIZES,
  KIND_ASPECT_RATIOS,
  KIND_OBJECTS_PER_IMAGE,
  KIND_LOCATIONS,
};

static const char *const kinds[] = { "distribution", "co-occurrence", "companions", "box-sizes",
                                     "relative-sizes", "aspect-ratios", "objects-per-image",
                                     "locations", NULL };

/* Rows of charts in files. */
#define MATRIX_CLASSES 60
#define COMPANIONS 24
#define MAPS 13

static const BallastCount *
count_of (const Question          *question,
          const BallastClassTally *class)
{
  return question->split < 0 ? &class->total : &class->by_split[question->split];
}

static guint64
images_of (const Question *question)
{
  const BallastTally *tally = question->tally;

  if (question->split < 0)
    return tally->images;
  return question->split < (int) tally->n_splits ? tally->splits[question->split].images
                                                 : tally->images_without_split;
}

static guint64
annotations_of (const Question *question)
{
  guint64 sum = 0;

  if (question->split < 0)
    return question->tally->annotations;
  for (guint i = 0; i < question->tally->n_classes; i++)
    sum += question->tally->classes[i].by_split[question->split].instances;
  return sum;
}

static void
add_splits (JsonBuilder        *builder,
            const BallastTally *tally)
{
  json_builder_set_member_name (builder, "splits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tally->n_splits; i++)
    {
      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "name", tally->splits[i].name);
      ballast_json_add_int (builder, "images", tally->splits[i].images);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_class (JsonBuilder             *builder,
           const Question          *question,
           const BallastClassTally *class)
{
  const BallastCount *count = count_of (question, class);

  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "index", class->index);
  ballast_json_add_string (builder, "name", class->name);
  ballast_json_add_int (builder, "images", count->images);
  ballast_json_add_int (builder, "instances", count->instances);
  json_builder_set_member_name (builder, "by_split");
  json_builder_begin_object (builder);
  for (guint i = 0; i < question->tally->n_splits; i++)
    {
      json_builder_set_member_name (builder, question->tally->splits[i].name);
      json_builder_begin_object (builder);
      ballast_json_add_int (builder, "images", class->by_split[i].images);
      ballast_json_add_int (builder, "instances", class->by_split[i].instances);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_problems (JsonBuilder *builder,
              GListModel  *groups)
{
  guint64 count = 0;

  json_builder_set_member_name (builder, "problems");
  json_builder_begin_object (builder);
  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr(BallastProblemGroup) group = g_list_model_get_item (groups, i);

      count += ballast_problem_group_get_count (group);
    }
  ballast_json_add_int (builder, "count", count);
  json_builder_set_member_name (builder, "by_kind");
  json_builder_begin_object (builder);
  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr(BallastProblemGroup) group = g_list_model_get_item (groups, i);

      ballast_json_add_int (builder,
                            ballast_problem_kind_get_name (ballast_problem_group_get_kind (group)),
                            ballast_problem_group_get_count (group));
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
print_json (const Question *question,
            GListModel     *groups)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  const BallastTally *tally = question->tally;
  BallastImbalance imbalance;

  ballast_imbalance_measure_tally (tally, question->split, question->unit, &imbalance);
  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "images", images_of (question));
  ballast_json_add_int (builder, "annotations", annotations_of (question));
  ballast_json_add_int (builder, "unlabelled", tally->unlabelled);
  ballast_json_add_int (builder, "excluded", tally->excluded);
  add_splits (builder, tally);
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tally->n_classes; i++)
    add_class (builder, question, &tally->classes[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "imbalance");
  json_builder_add_value (builder, ballast_imbalance_to_json (&imbalance, tally, question->unit));
  add_problems (builder, groups);
  ballast_cli_add_contents (builder, question->contents, tally);
  json_builder_end_object (builder);
  ballast_cli_print_json (json_builder_get_root (builder));
}

/* Where some class has more labels than images, both are told; they disagree about what is rare. */
static gboolean
counts_differ (const Question *question)
{
  for (guint i = 0; i < question->tally->n_classes; i++)
    {
      const BallastCount *count = count_of (question, &question->tally->classes[i]);

      if (count->images != count->instances)
        return TRUE;
    }
  return FALSE;
}

static void
print_counts (const Question     *question,
              const BallastCount *count,
              gboolean            both)
{
  guint64 images = images_of (question), labels = annotations_of (question);

  if (!both)
    g_print (" %10" G_GUINT64_FORMAT " %6.1f %%\n", count->images,
             images == 0 ? 0.0 : 100.0 * count->images / images);
  else
    g_print (" %10" G_GUINT64_FORMAT " %6.1f %% %10" G_GUINT64_FORMAT " %6.1f %%\n", count->images,
             images == 0 ? 0.0 : 100.0 * count->images / images, count->instances,
             labels == 0 ? 0.0 : 100.0 * count->instances / labels);
}

static void
print_table (const Question *question)
{
  const BallastTally *tally = question->tally;
  gboolean both = counts_differ (question);
  glong width = 5;

  for (guint i = 0; i < tally->n_classes; i++)
    width = MAX (width, g_utf8_strlen (tally->classes[i].name, -1));
  width = MIN (width, 60);
  if (both)
    g_print ("  %*s %19s %19s\n", (int) width, "", "images          ", "labels          ");
  for (guint i = 0; i < tally->n_classes; i++)
    {
      const BallastClassTally *class = &tally->classes[i];
      glong padding = MAX (0, width - g_utf8_strlen (class->name, -1));

      g_print ("  %s%*s", class->name, (int) padding, "");
      print_counts (question, count_of (question, class), both);
    }
}

/* The ratio in the unit that was not asked for, where it is another one. */
static void
print_other_ratio (const Question         *question,
                   const BallastImbalance *imbalance)
{
  gboolean images = question->unit == BALLAST_UNIT_IMAGES;
  BallastImbalance other;

  ballast_imbalance_measure_tally (question->tally, question->split,
                                   images ? BALLAST_UNIT_INSTANCES : BALLAST_UNIT_IMAGES, &other);
  if (other.majority < question->tally->n_classes && counts_differ (question))
    g_print ("by %s: ratio %.2f:1, effective classes %.2f; by %s: ratio %.2f:1\n",
             images ? "instances" : "images", other.ratio, other.effective_classes,
             images ? "images" : "instances", imbalance->ratio);
}

/* Where images hold several classes there is no one guess for an image. */
static void
print_imbalance (const Question         *question,
                 const BallastImbalance *imbalance)
{
  const BallastTally *tally = question->tally;
  const char *majority = tally->classes[imbalance->majority].name;

  g_print ("ratio %.2f:1, ", imbalance->ratio);
  if (tally->multi_label > 0)
    g_print ("“%s” is in %.1f %% of the images", majority,
             100 * ballast_tally_get_presence (tally, imbalance->majority, question->split));
  else
    g_print ("always guessing “%s” is right %.1f %%", majority, 100 * imbalance->majority_share);
  g_print (", effective classes %.2f of %u, evenness %.3f, Gini %.3f\n", imbalance->effective_classes,
           tally->n_classes, imbalance->evenness, imbalance->gini);
}

static void
print_text (BallastDocument *document,
            const Question  *question,
            GListModel      *groups)
{
  const BallastTally *tally = question->tally;
  BallastImbalance imbalance;

  ballast_imbalance_measure_tally (tally, question->split, question->unit, &imbalance);
  g_print ("%s: %" G_GUINT64_FORMAT " %s, %u %s\n", ballast_document_get_title (document),
           images_of (question), images_of (question) == 1 ? "image" : "images", tally->n_classes,
           tally->n_classes == 1 ? "class" : "classes");
  for (guint i = 0; i < tally->n_splits; i++)
    g_print ("  split %s: %" G_GUINT64_FORMAT " %s\n", tally->splits[i].name,
             tally->splits[i].images, tally->splits[i].images == 1 ? "image" : "images");
  print_table (question);
  if (imbalance.majority < tally->n_classes)
    print_imbalance (question, &imbalance);
  print_other_ratio (question, &imbalance);
  ballast_cli_print_contents (question->contents, tally);
  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr(BallastProblemGroup) group = g_list_model_get_item (groups, i);

      g_print ("problem: %s\n", ballast_problem_group_get_title (group));
    }
}

/* (transfer full) */
static BallastPicture *
make_picture (const Question *question)
{
  const BallastContentStatistics *contents = question->contents;
  const BallastMatrixWish wish = { BALLAST_MATRIX_SHARE, FALSE, MATRIX_CLASSES };

  switch (question->kind)
    {
    case KIND_CO_OCCURRENCE:
      return ballast_content_matrix_new (contents, question->tally, &wish, NULL);
    case KIND_COMPANIONS:
      return ballast_content_shares_new (contents, question->tally, question->class, COMPANIONS);
    case KIND_RELATIVE_SIZES:
      return ballast_content_bins_new (contents, BALLAST_CONTENT_BINS_RELATIVE, question->class);
    case KIND_ASPECT_RATIOS:
      return ballast_content_bins_new (contents, BALLAST_CONTENT_BINS_ASPECT, question->class);
    case KIND_OBJECTS_PER_IMAGE:
      return ballast_content_bins_new (contents, BALLAST_CONTENT_BINS_PER_IMAGE, -1);
    case KIND_LOCATIONS:
      return ballast_content_places_new (contents, question->tally, question->class, MAPS);
    case KIND_BOX_SIZES:
    default:
      return ballast_content_bins_new (contents, BALLAST_CONTENT_BINS_BANDS, question->class);
    }
}

static int
save_picture (const Question          *question,
              const char              *path,
              BallastChartFileOptions *options)
{
  static const char *const titles[] = {
    "Class distribution", "Together in images", "What rides along", "Sizes of boxes",
    "Sizes of boxes, relative to the picture", "Aspect ratios of boxes", "Objects per image",
    "Where objects lie",
  };
  g_autoptr(BallastPicture) picture = make_picture (question);
  g_autofree char *subtitle = NULL;
  g_autoptr(GError) error = NULL;

  subtitle = g_strdup_printf ("%s · %s", options->title, options->subtitle);
  options->title = titles[question->kind];
  options->subtitle = subtitle;
  if (!ballast_picture_save (picture, path, options, &error))
    return ballast_cli_fail (error);
  return BALLAST_CLI_DONE;
}

static int
save_chart (BallastDocument *document,
            const Question  *question,
            const char      *path)
{
  g_autoptr(BallastChartModel) model = NULL;
  BallastChartFileOptions options = { .title = ballast_document_get_title (document),
                                      .subtitle = ballast_document_get_subtitle (document) };
  g_autoptr(GError) error = NULL;

  if (question->kind != KIND_DISTRIBUTION)
    return save_picture (question, path, &options);
  model = ballast_chart_model_new_from_tally (question->tally,
                                              question->unit == BALLAST_UNIT_IMAGES
                                                ? BALLAST_CHART_UNIT_IMAGES
                                                : BALLAST_CHART_UNIT_INSTANCES,
                                              question->split, question->split < 0);
  if (!ballast_chart_file_save (model, path, &options, &error))
    return ballast_cli_fail (error);
  return BALLAST_CLI_DONE;
}

/* What was given, as text. */
typedef struct
{
  char    *split;
  char    *unit;
  char    *chart;
  char    *kind;
  char    *class;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->split);
  g_free (options->unit);
  g_free (options->chart);
  g_free (options->kind);
  g_free (options->class);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
find_kind (const char *name)
{
  for (guint i = 0; kinds[i] != NULL; i++)
    if (g_str_equal (kinds[i], name))
      return i;
  return -1;
}

/* What can be told before the project is open: an exit status. */
static int
check_usage (const Options *options,
             Question      *question)
{
  int kind = options->kind != NULL ? find_kind (options->kind) : KIND_DISTRIBUTION;

  question->split = question->class = -1;
  question->unit = BALLAST_UNIT_IMAGES;
  if (options->unit != NULL && !ballast_unit_parse (options->unit, &question->unit))
    return ballast_cli_misuse ("“%s” is none of images, instances", options->unit);
  if (kind < 0)
    {
      g_autofree char *names = g_strjoinv (", ", (char **) kinds);

      return ballast_cli_misuse ("“%s” is none of %s", options->kind, names);
    }
  if (kind == KIND_COMPANIONS && options->class == NULL)
    return ballast_cli_misuse ("companions are those of a class: name it with --class");
  if (options->chart != NULL && !ballast_chart_file_is_supported (options->chart))
    return ballast_cli_misuse ("a chart is written as .png, .svg or .pdf");
  question->kind = kind;
  return BALLAST_CLI_DONE;
}

/* Finds what was named in the project: an exit status. */
static int
understand (Question      *question,
            const Options *options)
{
  const BallastClassTally *class = NULL;

  if (options->split != NULL)
    {
      question->split = ballast_tally_find_split (question->tally, options->split);
      if (question->split < 0)
        {
          g_printerr ("ballast-cli: There is no split “%s”.\n", options->split);
          return BALLAST_CLI_FAILED;
        }
    }
  if (options->class == NULL)
    return BALLAST_CLI_DONE;

  class = ballast_tally_find_class (question->tally, options->class);
  if (class == NULL)
    {
      g_printerr ("ballast-cli: There is no class “%s”.\n", options->class);
      return BALLAST_CLI_FAILED;
    }
  question->class = class->index;
  return BALLAST_CLI_DONE;
}

static gint64
split_id_of (const Question *question)
{
  if (question->split < 0)
    return 0;
  return question->split < (int) question->tally->n_splits
           ? question->tally->splits[question->split].id : -1;
}

/* (transfer full): NULL with *@error. */
static BallastContentStatistics *
load_contents (BallastDocument *document,
               const Question  *question,
               GError         **error)
{
  g_auto(BallastCliWait) wait = { NULL };

  ballast_contents_load_async (document, split_id_of (question), NULL, ballast_cli_on_done, &wait);
  return ballast_contents_load_finish (ballast_cli_wait (&wait), error);
}

/* (transfer full): NULL with *@error. */
static GListModel *
load_problems (BallastDocument *document,
               GError         **error)
{
  g_auto(BallastCliWait) wait = { NULL };

  ballast_problem_list_query_async (document, NULL, ballast_cli_on_done, &wait);
  return ballast_problem_list_query_finish (ballast_cli_wait (&wait), error);
}

static int
report (BallastDocument *document,
        Question        *question,
        gboolean         json,
        const char      *chart)
{
  g_autoptr(BallastContentStatistics) contents = NULL;
  g_autoptr(GListModel) groups = NULL;
  g_autoptr(GError) error = NULL;

  contents = load_contents (document, question, &error);
  groups = contents != NULL ? load_problems (document, &error) : NULL;
  if (groups == NULL)
    return ballast_cli_fail (error);

  question->contents = contents;
  if (json)
    print_json (question, groups);
  else
    print_text (document, question, groups);
  return chart == NULL ? BALLAST_CLI_DONE : save_chart (document, question, chart);
}

int
ballast_cli_stats (const char *usage,
                   int         argc,
                   char      **argv)
{
  g_autoptr(BallastDocument) document = NULL;
  g_auto(Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "split", 0, 0, G_OPTION_ARG_STRING, &options.split, "Count this split alone", "NAME" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &options.unit, "images or instances", "UNIT" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Print JSON", NULL },
    { "chart", 0, 0, G_OPTION_ARG_FILENAME, &options.chart, "Draw a chart: .png, .svg or .pdf",
      "FILE" },
    { "chart-kind", 0, 0, G_OPTION_ARG_STRING, &options.kind,
      "distribution, co-occurrence, companions, box-sizes, relative-sizes, aspect-ratios, "
      "objects-per-image or locations", "KIND" },
    { "class", 0, 0, G_OPTION_ARG_STRING, &options.class, "The class that the chart is of", "NAME" },
    { NULL }
  };
  Question question = { NULL };
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  status = check_usage (&options, &question);
  if (status != BALLAST_CLI_DONE)
    return status;
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;
  question.tally = ballast_document_get_tally (document);
  status = understand (&question, &options);
  if (status != BALLAST_CLI_DONE)
    return status;
  return report (document, &question, options.json, options.chart);
}
