/*
 * Groups of steps, declared as ops are: a name, words for people, and parameters.
 *
 * Constant tables; any thread.  What a group does is ballast-recipe-sample.c's.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-combinators.h"

#include "ballast-op-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GROUP_OF_GROUPS N_("Groups")

/* More children of one group are never drawn. */
#define MAX_DRAWN 20

#define COUNT(default_n)                                                                           \
  {                                                                                                \
    .name = "n", .type = BALLAST_PARAMETER_INT, .label = N_("How Many"), .unit = "",               \
    .help = N_("So many of the steps inside are drawn; all, if there are fewer."), .minimum = 0,   \
    .maximum = MAX_DRAWN, .step = 1, .initial = { { default_n } }, .absent = { { 1 } }             \
  }
#define REPLACE                                                                                    \
  {                                                                                                \
    .name = "replace", .type = BALLAST_PARAMETER_BOOL, .label = N_("May Repeat"), .unit = "",      \
    .help = N_("The same step may be drawn more than once, each time with other numbers."),        \
    .maximum = 1, .step = 1, .secondary = TRUE                                                     \
  }

static const BallastParameter some_of[] = { COUNT (2), REPLACE };
static const BallastParameter random_order[] = { COUNT (3), REPLACE };

static const BallastOp table[] = {
  {
    .name = "OneOf", .group = GROUP_OF_GROUPS, .title = N_("One of…"), .glyph = "①",
    .help = N_("Draws one of the steps inside; their probabilities are weights against each other."),
    .keywords = "choice alternative either switch RandomChoice RandomApply group oneof",
    .initial_p = 0.5, .combinator = BALLAST_COMBINATOR_ONE_OF,
  },
  {
    .name = "SomeOf", .group = GROUP_OF_GROUPS, .title = N_("Some of…"), .glyph = "⁂",
    .help = N_("Draws a number of the steps inside and applies them in their order."),
    .keywords = "several subset sample SomeOf group RandAugment", .initial_p = 1,
    .parameters = some_of, .n_parameters = G_N_ELEMENTS (some_of),
    .combinator = BALLAST_COMBINATOR_SOME_OF,
  },
  {
    .name = "RandomOrder", .group = GROUP_OF_GROUPS, .title = N_("In Random Order"), .glyph = "⤨",
    .help = N_("Draws a number of the steps inside and applies them in the order drawn."),
    .keywords = "shuffle permute RandomOrder group", .initial_p = 1,
    .parameters = random_order, .n_parameters = G_N_ELEMENTS (random_order),
    .combinator = BALLAST_COMBINATOR_RANDOM_ORDER,
  },
  {
    .name = "OneOrOther", .group = GROUP_OF_GROUPS, .title = N_("One or the Other"), .glyph = "⑂",
    .help = N_("Applies the first step inside with the group's probability, otherwise the last."),
    .keywords = "either or else alternative group", .initial_p = 0.5,
    .combinator = BALLAST_COMBINATOR_ONE_OR_OTHER,
  },
  {
    .name = "Sequential", .group = GROUP_OF_GROUPS, .title = N_("Together"), .glyph = "⋮",
    .help = N_("Holds steps together: all of them take part, or none."),
    .keywords = "sequence compose all chain RandomApply group", .initial_p = 0.5,
    .combinator = BALLAST_COMBINATOR_SEQUENTIAL,
  },
  {
    .name = "NoOp", .group = GROUP_OF_GROUPS, .title = N_("Nothing"), .glyph = "∅",
    .help = N_("Changes nothing: a choice that leaves the picture as it is."),
    .keywords = "none identity noop skip", .initial_p = 0.5,
    .combinator = BALLAST_COMBINATOR_NOTHING,
  },
};

guint
ballast_combinator_get_n (void)
{
  return G_N_ELEMENTS (table);
}

const BallastOp *
ballast_combinator_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (table), NULL);

  return &table[index];
}

const BallastOp *
ballast_combinator_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].name, name) == 0)
      return &table[i];
  return NULL;
}

const BallastOp *
ballast_combinator_find_any (const char *name)
{
  const BallastOp *op = ballast_combinator_find (name);

  return op != NULL ? op : ballast_op_find (name);
}
