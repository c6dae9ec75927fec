/*
 * Sides in names of classes.
 *
 * Words are looked for whole ("left" in "turn_left" and "left turn", not in "cleft"), in the
 * languages that datasets are labelled in most.  O(classes²) in the number of those with a side.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-mirror-names.h"

static const char *const sides[][2] = {
  { "left", "right" },
  { "gauche", "droite" },
  { "links", "rechts" },
  { "izquierda", "derecha" },
  { "sinistra", "destra" },
};

/* (transfer full): @name in lower case with @from as a whole word replaced; NULL where it is not. */
static char *
replace_word (const char *name,
              const char *from,
              const char *to)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);
  g_autofree char *pattern = g_strdup_printf ("(?<![[:alpha:]])%s(?![[:alpha:]])", from);
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);

  if (!g_regex_match (regex, lower, 0, NULL))
    return NULL;

  return g_regex_replace_literal (regex, lower, -1, 0, to, 0, NULL);
}

/* (transfer full): what a mirror would call it; NULL for a name without a side. */
static char *
mirror_name (const char *name,
             gboolean   *first)
{
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    for (guint side = 0; side < 2; side++)
      {
        char *mirrored = replace_word (name, sides[i][side], sides[i][1 - side]);

        *first = side == 0;
        if (mirrored != NULL)
          return mirrored;
      }

  return NULL;
}

static const BallastClassTally *
find_class (const BallastTally *tally,
            const char         *lower_name)
{
  for (guint i = 0; i < tally->n_classes; i++)
    {
      g_autofree char *lower = g_utf8_strdown (tally->classes[i].name, -1);

      if (g_str_equal (lower, lower_name))
        return &tally->classes[i];
    }

  return NULL;
}

GArray *
ballast_mirror_names_dup_pairs (const BallastTally *tally)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (BallastClassPair));

  for (guint i = 0; i < tally->n_classes; i++)
    {
      gboolean first;
      g_autofree char *mirrored = mirror_name (tally->classes[i].name, &first);
      const BallastClassTally *other = mirrored != NULL && first ? find_class (tally, mirrored) : NULL;

      if (other != NULL)
        {
          const BallastClassPair pair = { tally->classes[i].id, other->id };

          g_array_append_val (pairs, pair);
        }
    }

  return pairs;
}

char **
ballast_mirror_names_dup_unpaired (const BallastTally     *tally,
                                   const BallastClassPair *pairs,
                                   gsize                   n_pairs)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < tally->n_classes; i++)
    {
      const BallastClassTally *class = &tally->classes[i];
      gboolean first;
      g_autofree char *mirrored = mirror_name (class->name, &first);

      if (mirrored != NULL && ballast_class_pair_mirror (pairs, n_pairs, class->id) == class->id)
        g_strv_builder_add (names, class->name);
    }

  return g_strv_builder_end (names);
}
