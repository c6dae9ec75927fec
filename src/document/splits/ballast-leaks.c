/*
 * Leaks between splits: counted, told of, and mended.
 *
 * What is tested on is sacred: a copy is taken out of training, not out of the test; what moves, moves
 * into training.  Between two splits that are both tested on, the smaller one is the more precious.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-leaks-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "ballast-document-private.h"
#include "ballast-store-edit.h"
#include "ballast-store-split.h"

static void
leak_free (gpointer data)
{
  BallastLeak *leak = data;

  g_free (leak->split);
  g_free (leak->other);
  g_free (leak);
}

/* The place of a split in the tally; n_splits where it is none. */
static guint
find_place (const BallastTally *tally,
            gint64              split_id)
{
  guint place = 0;

  while (place < tally->n_splits && tally->splits[place].id != split_id)
    place++;

  return place;
}

/* Whether @place is to be kept whole rather than @other: places in the tally. */
static gboolean
is_more_precious (const BallastTally *tally,
                  guint               place,
                  guint               other)
{
  guint training = ballast_tally_get_training_split (tally);

  if (place == training || other == training || other >= tally->n_splits || place >= tally->n_splits)
    return place != training && place < tally->n_splits;
  if (tally->splits[place].images != tally->splits[other].images)
    return tally->splits[place].images < tally->splits[other].images;

  return place > other;
}

GPtrArray *
ballast_leaks_read (BallastStore *store,
                    GError      **error)
{
  g_autoptr(BallastTally) tally = ballast_store_get_tally (store, error);
  g_autoptr(GArray) counts = tally == NULL ? NULL : ballast_store_count_leaks (store, error);
  GPtrArray *leaks;

  if (counts == NULL)
    return NULL;

  leaks = g_ptr_array_new_with_free_func (leak_free);
  for (guint i = 0; i < counts->len; i++)
    {
      const BallastLeakCount *count = &g_array_index (counts, BallastLeakCount, i);
      guint place = find_place (tally, count->split_id);
      guint other = find_place (tally, count->other_split_id);
      BallastLeak *leak;

      if (place >= tally->n_splits || other >= tally->n_splits)
        continue;
      leak = g_new (BallastLeak, 1);
      *leak = (BallastLeak) { g_strdup (tally->splits[place].name),
                              g_strdup (tally->splits[other].name), count->images, count->same,
                              count->alike, count->grouped, is_more_precious (tally, place, other) };
      g_ptr_array_add (leaks, leak);
    }

  return leaks;
}

static char *
dup_same (guint64     n,
          const char *split,
          const char *other)
{
  return g_strdup_printf (
    /* Translators: a number of images, and the names of two splits. */
    g_dngettext (GETTEXT_PACKAGE, "%'" PRIu64 " image of %s is also in %s",
                 "%'" PRIu64 " images of %s are also in %s", MIN (n, G_MAXULONG)), n, split, other);
}

static char *
dup_alike (guint64     n,
           const char *split,
           const char *other)
{
  return g_strdup_printf (
    /* Translators: a number of images, and the names of two splits. */
    g_dngettext (GETTEXT_PACKAGE, "%'" PRIu64 " image of %s is in %s too, or looks like one there",
                 "%'" PRIu64 " images of %s are in %s too, or look like one there",
                 MIN (n, G_MAXULONG)), n, split, other);
}

static char *
dup_grouped (guint64     n,
             const char *split,
             const char *other)
{
  return g_strdup_printf (
    /* Translators: a number of images, and the names of two splits. */
    g_dngettext (GETTEXT_PACKAGE, "%'" PRIu64 " image of %s is of a group that is in %s too",
                 "%'" PRIu64 " images of %s are of groups that are in %s too",
                 MIN (n, G_MAXULONG)), n, split, other);
}

char *
ballast_leak_dup_text (const BallastLeak *leak)
{
  if (leak->images == leak->same)
    return dup_same (leak->images, leak->split, leak->other);
  if (leak->images == leak->alike)
    return dup_alike (leak->images, leak->split, leak->other);
  if (leak->images == leak->grouped)
    return dup_grouped (leak->images, leak->split, leak->other);

  return g_strdup_printf (
    /* Translators: a number of images, and the names of two splits. */
    g_dngettext (GETTEXT_PACKAGE, "%'" PRIu64 " image of %s belongs to one in %s",
                 "%'" PRIu64 " images of %s belong to some in %s",
                 MIN (leak->images, G_MAXULONG)), leak->images, leak->split, leak->other);
}

char *
ballast_leaks_dup_text (const GPtrArray *leaks)
{
  g_autoptr(GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < leaks->len; i++)
    {
      const BallastLeak *leak = g_ptr_array_index (leaks, i);

      if (leak->is_main)
        g_ptr_array_add (sentences, ballast_leak_dup_text (leak));
    }
  if (sentences->len == 0)
    return NULL;
  g_ptr_array_add (sentences, NULL);

  return g_strjoinv ("\n", (char **) sentences->pdata);
}

char *
ballast_leaks_dup_unplaced (const BallastTally *tally)
{
  guint64 n = tally->images_without_split;

  if (n == 0 || ballast_tally_get_training_split (tally) >= tally->n_splits)
    return NULL;

  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "%'" PRIu64 " image is in no split: it is written as “rest”, neither for training nor for "
                 "testing",
                 "%'" PRIu64 " images are in no split: they are written as “rest”, neither for training nor "
                 "for testing", MIN (n, G_MAXULONG)), n);
}

char *
ballast_leaks_describe_kind (const GPtrArray   *leaks,
                             BallastProblemKind kind)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < leaks->len; i++)
    {
      const BallastLeak *leak = g_ptr_array_index (leaks, i);
      g_autofree char *sentence = NULL;

      if (!leak->is_main)
        continue;
      if (kind == BALLAST_PROBLEM_SPLIT_LEAK && leak->same > 0)
        sentence = dup_same (leak->same, leak->split, leak->other);
      else if (kind == BALLAST_PROBLEM_NEAR_LEAK && leak->alike > leak->same)
        sentence = dup_alike (leak->alike, leak->split, leak->other);
      else if (kind == BALLAST_PROBLEM_GROUP_LEAK && leak->grouped > 0)
        sentence = dup_grouped (leak->grouped, leak->split, leak->other);
      if (sentence != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", sentence);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
count_in_thread (GTask        *task,
                 BallastStore *store,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *leaks = ballast_leaks_read (store, &error);

  if (leaks != NULL)
    g_task_return_pointer (task, leaks, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
ballast_document_count_leaks_async (BallastDocument    *document,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, ballast_document_count_leaks_async);
  ballast_store_thread_run (ballast_document_get_thread (document), task, count_in_thread);
}

GPtrArray *
ballast_document_count_leaks_finish (GAsyncResult *result,
                                     GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The split of a set that counts most (@precious), or least. */
static gint64
choose_split (const BallastTally      *tally,
              const BallastLeakMember *members,
              guint                    n,
              gboolean                 precious)
{
  guint best = tally->n_splits;

  for (guint i = 0; i < n; i++)
    {
      guint place = find_place (tally, members[i].split_id);

      if (place < tally->n_splits &&
          (best == tally->n_splits || is_more_precious (tally, place, best) == precious))
        best = place;
    }

  return best < tally->n_splits ? tally->splits[best].id : 0;
}

typedef struct
{
  BallastStore       *store;
  const BallastTally *tally;
  GArray             *ids;     /* gint64: what is excluded or moved */
  GArray             *sides;   /* guint8: places in the tally, of moves */
} Mending;

static void
mend_set (Mending                 *mending,
          const BallastLeakMember *members,
          guint                    n,
          BallastMend              mend)
{
  gint64 kept = choose_split (mending->tally, members, n, mend == BALLAST_MEND_EXCLUDE);
  guint8 side = (guint8) find_place (mending->tally, kept);

  for (guint i = 0; i < n; i++)
    if (members[i].split_id != kept && members[i].split_id != 0)
      {
        g_array_append_val (mending->ids, members[i].image_id);
        g_array_append_val (mending->sides, side);
      }
}

typedef struct
{
  gint64 id;
  guint8 side;
} Move;

static int
compare_moves (gconstpointer a,
               gconstpointer b)
{
  const Move *left = a, *right = b;

  return (left->id > right->id) - (left->id < right->id);
}

static gboolean
move_all (const Mending *mending,
          GError       **error)
{
  guint n = mending->ids->len;
  g_autoptr(GArray) moves = g_array_new (FALSE, FALSE, sizeof (Move));
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree gint64 *ids = g_new (gint64, n + 1);
  g_autofree guint8 *sides = g_new (guint8, n + 1);
  BallastStoreDivision division = { .image_ids = ids, .n_images = n, .sides = sides,
                                    .n_splits = mending->tally->n_splits };

  for (guint i = 0; i < n; i++)
    {
      Move move = { g_array_index (mending->ids, gint64, i), g_array_index (mending->sides, guint8, i) };

      g_array_append_val (moves, move);
    }
  g_array_sort (moves, compare_moves);
  for (guint i = 0; i < n; i++)
    {
      ids[i] = g_array_index (moves, Move, i).id;
      sides[i] = g_array_index (moves, Move, i).side;
    }
  for (guint i = 0; i < mending->tally->n_splits; i++)
    g_ptr_array_add (names, mending->tally->splits[i].name);
  division.splits = (const char *const *) names->pdata;

  return ballast_store_divide (mending->store, &division, error);
}

static gboolean
mend_in_thread (BallastStore   *store,
                gpointer        data,
                BallastChanged *changed,
                GError        **error)
{
  BallastMend mend = *(BallastMend *) data;
  g_autoptr(BallastTally) tally = ballast_store_get_tally (store, error);
  g_autoptr(GArray) sets = tally == NULL ? NULL : ballast_store_get_leaks (store, error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) sides = g_array_new (FALSE, FALSE, sizeof (guint8));
  Mending mending = { store, tally, ids, sides };
  const BallastLeakMember *all;

  if (sets == NULL)
    return FALSE;
  all = (const BallastLeakMember *) (gpointer) sets->data;
  for (guint begin = 0, end; begin < sets->len; begin = end)
    {
      for (end = begin + 1; end < sets->len && all[end].set == all[begin].set; end++);
      mend_set (&mending, all + begin, end - begin, mend);
    }
  if (ids->len == 0)
    return TRUE;
  if (mend == BALLAST_MEND_EXCLUDE)
    return ballast_store_exclude_images (store, (const gint64 *) (gpointer) ids->data, ids->len, TRUE,
                                         error);

  return move_all (&mending, error);
}

void
ballast_document_mend_leaks_async (BallastDocument    *document,
                                   BallastMend         mend,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  BallastEdit edit = { mend_in_thread, g_memdup2 (&mend, sizeof mend), g_free,
                       BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_CLASSES | BALLAST_CHANGED_PROBLEMS };

  ballast_document_edit_async (document, &edit, NULL, callback, user_data);
}
