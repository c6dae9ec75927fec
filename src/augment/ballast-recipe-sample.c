/*
 * Draws a recipe from a pipeline.
 *
 * Sampling is a pure function of (pipeline, key, size, class).  A step's draws are named by its id,
 * so the others' coming and going moves none of them.  Which steps of a group are drawn is a race:
 * each has a number of its own, named by the group and the step, and the least win; a step that is
 * added wins or loses against the others, whose order stays.  About a microsecond.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-lowering.h"
#include "ballast-pipeline-tree.h"
#include "ballast-program-box.h"
#include "ballast-recipe.h"
#include "ballast-sampler.h"

#include <math.h>

/* The coin of a step is its draw 0; the op's own begin at 1, and a group's are the ids of the steps
 * inside. */
#define COIN 0

/* Groups in groups that draw with repeats could go on for hours. */
#define MAX_VISITS 4096
#define MAX_STEPS 256

/* Tries for a copy that keeps all its boxes. */
#define BOX_DRAWS 32

typedef struct
{
  const BallastPipeline *pipeline;
  const BallastSubject  *subject;
  BallastSampler         sampler;
  GArray                *boxes;    /* of BallastBox: what the sampler was shown last */
  GArray                *steps;    /* of BallastRecipeStep */
  guint                  n_visits;
} Draw;

/* A step of a group in the race. */
typedef struct
{
  guint  position;
  guint  round;    /* counts draws with repeats */
  double time;     /* the least wins */
} Runner;

static gboolean
takes_part (const Draw *draw,
            guint       position)
{
  const BallastStep *step = ballast_pipeline_get_step (draw->pipeline, position);

  return step->enabled && !ballast_step_is_kept_from (step, draw->subject->class_name);
}

/* Writes down who was picked. */
static void
take_picks (BallastSampler    *sampler,
            BallastRecipeStep *step)
{
  step->n_partners = sampler->picks->len;
  step->partners = step->n_partners > 0 ? g_new (BallastRecipePartner, step->n_partners) : NULL;
  for (guint i = 0; i < step->n_partners; i++)
    {
      guint index = g_array_index (sampler->picks, guint, i);
      const BallastPartner *partner = &sampler->partners->items[index];

      step->partners[i] = (BallastRecipePartner) { g_strdup (partner->path), partner->source,
                                                   partner->width, partner->height, index };
    }
  g_array_unref (sampler->picks);
}

/* Takes over the numbers of the sampler, and moves its size past the step. */
static void
finish_step (Draw              *draw,
             const BallastStep *step)
{
  BallastSampler *sampler = &draw->sampler;
  BallastRecipeStep fixed = { .op = step->op, .id = step->id,
                              .n_numbers = sampler->numbers->len };
  const BallastRecipe alone = { .width = sampler->width, .height = sampler->height,
                                .n_steps = step->op->moves_boxes ? 1 : 0, .steps = &fixed };
  g_auto(BallastLowering) lowering = { 0 };

  fixed.numbers = (double *) (gpointer) g_array_free (sampler->numbers, FALSE);
  take_picks (sampler, &fixed);
  ballast_lowering_init (&lowering, &alone);
  sampler->width = lowering.width;
  sampler->height = lowering.height;
  g_array_append_val (draw->steps, fixed);
}

/* The boxes of the picture as they stand after what was drawn so far. */
static void
show_boxes (Draw *draw)
{
  const BallastRecipe recipe = {
    .width = draw->subject->width,
    .height = draw->subject->height,
    .n_steps = draw->steps->len,
    .steps = (BallastRecipeStep *) (gpointer) draw->steps->data,
  };
  g_autoptr(GArray) mapped = ballast_recipe_map_boxes (&recipe, draw->subject->boxes,
                                                        draw->subject->n_boxes, NULL, NULL);

  g_array_set_size (draw->boxes, 0);
  for (guint i = 0; i < mapped->len; i++)
    g_array_append_val (draw->boxes, g_array_index (mapped, BallastMappedBox, i).box);
  draw->sampler.boxes = (const BallastBox *) (gconstpointer) draw->boxes->data;
  draw->sampler.n_boxes = draw->boxes->len;
}

static gboolean
has_partners (const Draw *draw)
{
  const BallastPartnerList *list = draw->subject->partners;

  return list != NULL && list->n > (list->own < list->n ? 1u : 0u);
}

static void
draw_numbers (Draw              *draw,
              const BallastStep *step)
{
  BallastSampler *sampler = &draw->sampler;

  if (step->op->n_partners > 0 && !has_partners (draw))
    return;
  sampler->partners = draw->subject->partners;
  sampler->picks = g_array_new (FALSE, FALSE, sizeof (guint));
  sampler->step_id = step->id;
  sampler->draw = COIN + 1;
  sampler->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  if (step->op->needs_boxes)
    show_boxes (draw);
  if (step->op->sample != NULL)
    step->op->sample (sampler, step->values);
  finish_step (draw, step);
}

static void apply (Draw *draw,
                   guint position);

/* Draw @round of a group that draws with repeats has a key of its own. */
static BallastRandomKey
key_of_round (const Draw *draw,
              guint       round)
{
  BallastRandomKey key = *draw->sampler.key;

  if (round > 0)
    key.salt[0] = key.salt[0] * 0x9E3779B1u + round;
  return key;
}

static gboolean
coin_falls (const Draw        *draw,
            const BallastStep *step)
{
  return ballast_random_unit (draw->sampler.key, step->id, COIN) < step->p;
}

/* Applies the step if its own coin says so. */
static void
visit (Draw *draw,
       guint position)
{
  const BallastStep *step = ballast_pipeline_get_step (draw->pipeline, position);

  /* The coin of “one or the other” decides between the two. */
  if (takes_part (draw, position)
      && (step->op->combinator == BALLAST_COMBINATOR_ONE_OR_OTHER || coin_falls (draw, step)))
    apply (draw, position);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const Runner *left = a, *right = b;

  if (left->time != right->time)
    return left->time < right->time ? -1 : 1;
  return left->position < right->position ? -1 : left->position > right->position;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  const Runner *left = a, *right = b;

  if (left->position != right->position)
    return left->position < right->position ? -1 : 1;
  return left->round < right->round ? -1 : left->round > right->round;
}

/* (transfer full): the steps of the group that take part, the winner first.  With weights the time
 * is exponentially distributed, so that a step wins as often as its share of all weights says. */
static GArray *
run_race (const Draw *draw,
          guint       group,
          guint       round,
          gboolean    weighted)
{
  guint32 id = ballast_pipeline_get_step (draw->pipeline, group)->id;
  BallastRandomKey key = key_of_round (draw, round);
  GArray *runners = g_array_new (FALSE, FALSE, sizeof (Runner));

  for (int i = ballast_pipeline_get_first (draw->pipeline, (int) group); i >= 0;
       i = ballast_pipeline_get_next (draw->pipeline, (guint) i))
    {
      const BallastStep *step = ballast_pipeline_get_step (draw->pipeline, (guint) i);
      Runner runner = { .position = (guint) i, .round = round };

      if (!takes_part (draw, (guint) i) || (weighted && step->p <= 0))
        continue;
      runner.time = ballast_random_unit (&key, id, step->id);
      if (weighted)
        runner.time = -log1p (-runner.time) / step->p;
      g_array_append_val (runners, runner);
    }
  g_array_sort (runners, compare_times);
  return runners;
}

static void
apply_one_of (Draw *draw,
              guint group)
{
  g_autoptr(GArray) runners = run_race (draw, group, 0, TRUE);

  if (runners->len > 0)
    apply (draw, g_array_index (runners, Runner, 0).position);
}

/* (transfer full): those that are drawn, in the order drawn. */
static GArray *
draw_some (const Draw        *draw,
           guint              group,
           const BallastStep *step)
{
  guint n = (guint) step->values[0].number[0];
  gboolean repeats = step->values[1].number[0] != 0;
  GArray *drawn = run_race (draw, group, 0, FALSE);

  if (!repeats || drawn->len == 0)
    {
      g_array_set_size (drawn, MIN (n, drawn->len));
      return drawn;
    }

  g_array_set_size (drawn, MIN (n, 1));
  for (guint round = 1; round < n; round++)
    {
      g_autoptr(GArray) runners = run_race (draw, group, round, FALSE);

      g_array_append_val (drawn, g_array_index (runners, Runner, 0));
    }
  return drawn;
}

static void
apply_some_of (Draw              *draw,
               guint              group,
               const BallastStep *step)
{
  g_autoptr(GArray) drawn = draw_some (draw, group, step);
  const BallastRandomKey *key = draw->sampler.key;

  if (step->op->combinator == BALLAST_COMBINATOR_SOME_OF)
    g_array_sort (drawn, compare_positions);
  for (guint i = 0; i < drawn->len; i++)
    {
      const Runner *runner = &g_array_index (drawn, Runner, i);
      BallastRandomKey own = key_of_round (draw, runner->round);

      draw->sampler.key = &own;
      visit (draw, runner->position);
      draw->sampler.key = key;
    }
}

static void
apply_one_or_other (Draw              *draw,
                    guint              group,
                    const BallastStep *step)
{
  int first = ballast_pipeline_get_first (draw->pipeline, (int) group), chosen = first;

  if (!coin_falls (draw, step))
    for (int i = first; i >= 0; i = ballast_pipeline_get_next (draw->pipeline, (guint) i))
      chosen = i;
  if (chosen >= 0 && takes_part (draw, (guint) chosen))
    apply (draw, (guint) chosen);
}

/* Applies the step for certain. */
static void
apply (Draw *draw,
       guint position)
{
  const BallastStep *step = ballast_pipeline_get_step (draw->pipeline, position);

  if (draw->n_visits++ > MAX_VISITS || draw->steps->len >= MAX_STEPS)
    return;
  switch (step->op->combinator)
    {
    case BALLAST_COMBINATOR_NOTHING:
      break;
    case BALLAST_COMBINATOR_SEQUENTIAL:
      for (int i = ballast_pipeline_get_first (draw->pipeline, (int) position); i >= 0;
           i = ballast_pipeline_get_next (draw->pipeline, (guint) i))
        visit (draw, (guint) i);
      break;
    case BALLAST_COMBINATOR_ONE_OF:
      apply_one_of (draw, position);
      break;
    case BALLAST_COMBINATOR_SOME_OF:
    case BALLAST_COMBINATOR_RANDOM_ORDER:
      apply_some_of (draw, position, step);
      break;
    case BALLAST_COMBINATOR_ONE_OR_OTHER:
      apply_one_or_other (draw, position, step);
      break;
    case BALLAST_COMBINATOR_NONE:
    default:
      draw_numbers (draw, step);
      break;
    }
}

static BallastRecipe *
draw_once (const BallastPipeline  *pipeline,
           const BallastRandomKey *key,
           const BallastSubject   *subject)
{
  BallastRecipe *recipe = g_new0 (BallastRecipe, 1);
  g_autoptr(GArray) boxes = g_array_new (FALSE, FALSE, sizeof (BallastBox));
  Draw draw = { .pipeline = pipeline, .subject = subject, .boxes = boxes,
                .sampler = { .key = key, .width = subject->width, .height = subject->height } };

  recipe->width = subject->width;
  recipe->height = subject->height;
  draw.steps = g_array_sized_new (FALSE, TRUE, sizeof (BallastRecipeStep),
                                  MAX (ballast_pipeline_get_n_steps (pipeline), 1));
  for (int i = ballast_pipeline_get_first (pipeline, -1); i >= 0;
       i = ballast_pipeline_get_next (pipeline, (guint) i))
    visit (&draw, (guint) i);
  recipe->n_steps = draw.steps->len;
  recipe->steps = (BallastRecipeStep *) (gpointer) g_array_free (draw.steps, FALSE);
  return recipe;
}

/* The key of the @n-th try: the first is @key itself. */
static BallastRandomKey
key_of_try (const BallastRandomKey *key,
            guint                   n)
{
  BallastRandomKey other = *key;

  other.salt[0] ^= n * 0x9e3779b9u;
  return other;
}

static guint
count_lost_boxes (const BallastRecipe    *recipe,
                  const BallastSubject   *subject,
                  const BallastBoxPolicy *policy)
{
  BallastBoxTally tally;
  g_autoptr(GArray) mapped = ballast_recipe_map_boxes (recipe, subject->boxes, subject->n_boxes,
                                                        policy, &tally);

  return tally.n_lost;
}

/* The first try that loses no box, or the one that loses the fewest. */
static BallastRecipe *
draw_until_boxes_stay (const BallastPipeline  *pipeline,
                       const BallastRandomKey *key,
                       const BallastSubject   *subject)
{
  const BallastBoxPolicy *policy = ballast_pipeline_get_box_policy (pipeline);
  g_autoptr(BallastRecipe) best = NULL;
  guint least = G_MAXUINT;

  for (guint i = 0; i < BOX_DRAWS && least > 0; i++)
    {
      BallastRandomKey other = key_of_try (key, i);
      g_autoptr(BallastRecipe) recipe = draw_once (pipeline, &other, subject);
      guint lost = count_lost_boxes (recipe, subject, policy);

      if (lost >= least)
        continue;
      least = lost;
      g_clear_pointer (&best, ballast_recipe_free);
      best = g_steal_pointer (&recipe);
    }
  return g_steal_pointer (&best);
}

BallastRecipe *
ballast_pipeline_sample_subject (const BallastPipeline  *pipeline,
                                 const BallastRandomKey *key,
                                 const BallastSubject   *subject)
{
  g_return_val_if_fail (subject->width > 0 && subject->height > 0, g_new0 (BallastRecipe, 1));

  if (subject->n_boxes > 0
      && ballast_pipeline_get_box_policy (pipeline)->loss == BALLAST_BOX_LOSS_REDRAW)
    return draw_until_boxes_stay (pipeline, key, subject);
  return draw_once (pipeline, key, subject);
}

BallastRecipe *
ballast_pipeline_sample (const BallastPipeline  *pipeline,
                         const BallastRandomKey *key,
                         guint                   width,
                         guint                   height,
                         const char             *class_name)
{
  const BallastSubject subject = { .width = width, .height = height, .class_name = class_name };

  return ballast_pipeline_sample_subject (pipeline, key, &subject);
}
