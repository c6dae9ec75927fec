/*
 * Groups of images: from what they are called, from what they hold, from what was stored.
 *
 * Every way first gives each image a number of its own kind; groups of one image are then dropped,
 * the others numbered in the order of their first images and named.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-document-error.h"
#include "ballast-path.h"
#include "ballast-split-data.h"

typedef struct
{
  const BallastSplitData *data;
  guint32                *numbers; /* by image: a number of its group, or BALLAST_SPLIT_ALONE */
  GPtrArray              *labels;  /* (nullable): by number: what it is called */
} Draft;

/* The number of @label, a new one where it is new. */
static guint32
number_of (Draft      *draft,
           GHashTable *numbers,
           const char *label)
{
  gpointer number = g_hash_table_lookup (numbers, label);

  if (number == NULL)
    {
      char *copy = g_strdup (label);

      g_ptr_array_add (draft->labels, copy);
      number = GUINT_TO_POINTER (draft->labels->len);
      g_hash_table_insert (numbers, copy, number);
    }

  return GPOINTER_TO_UINT (number) - 1;
}

/* The part of @path that names the group: what the first parentheses hold, or all that matches. */
static char *
capture (const GRegex *regex,
         const char   *path)
{
  g_autoptr(GMatchInfo) match = NULL;

  if (!g_regex_match (regex, path, 0, &match))
    return NULL;

  return g_match_info_fetch (match, g_regex_get_capture_count (regex) > 0 ? 1 : 0);
}

static char *
dup_label (const Draft           *draft,
           const BallastGrouping *grouping,
           const GRegex          *regex,
           guint                  image)
{
  const BallastSplitData *data = draft->data;
  const char *folder = data->text->str + data->folders[image];
  g_autofree char *path = NULL, *display = NULL;

  switch ((guint) grouping->kind)
    {
    case BALLAST_GROUPING_FOLDER:
      display = ballast_path_display (folder);
      return data->sources[image] == data->sources[0]
               ? g_strdup (*folder != '\0' ? display : "/")
               : g_strdup_printf ("%u:%s", data->sources[image], display);
    case BALLAST_GROUPING_FIELD:
      return data->fields[image] != 0 ? g_strdup (data->text->str + data->fields[image]) : NULL;
    default:
      path = ballast_path_join (folder, data->text->str + data->names[image]);
      display = ballast_path_display (path);
      return capture (regex, display);
    }
}

static gboolean
number_by_label (Draft                 *draft,
                 const BallastGrouping *grouping,
                 GError               **error)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GRegex) regex = NULL;
  gboolean found = FALSE;

  if (grouping->kind == BALLAST_GROUPING_PATTERN)
    {
      if (!ballast_grouping_check (grouping, error))
        return FALSE;
      regex = g_regex_new (grouping->pattern, G_REGEX_OPTIMIZE, 0, NULL);
    }
  draft->labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < draft->data->n_images; i++)
    {
      g_autofree char *label = dup_label (draft, grouping, regex, i);

      if (label == NULL || *label == '\0')
        continue;
      draft->numbers[i] = number_of (draft, numbers, label);
      found = TRUE;
    }
  if (found || draft->data->n_images == 0 || grouping->kind != BALLAST_GROUPING_PATTERN)
    return TRUE;

  g_set_error (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID,
               _("“%s” matches no path of an image, and no import kept a column of that name: it keeps the one "
                  "that it is given as the group column"),
               grouping->pattern);
  return FALSE;
}

static int
compare_ids (const void *a,
             const void *b)
{
  const gint64 *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

/* The place of an image, or -1. */
static gint64
find_image (const BallastSplitData *data,
            gint64                  id)
{
  const gint64 *found = bsearch (&id, data->ids, data->n_images, sizeof id, compare_ids);

  return found != NULL ? found - data->ids : -1;
}

static guint32
find_root (guint32 *parents,
           guint32  place)
{
  while (parents[place] != place)
    place = parents[place] = parents[parents[place]];
  return place;
}

static void
join (Draft *draft,
      gint64 one_id,
      gint64 other_id)
{
  gint64 one = find_image (draft->data, one_id);
  gint64 other = find_image (draft->data, other_id);

  if (one < 0 || other < 0)
    return;
  one = find_root (draft->numbers, one);
  other = find_root (draft->numbers, other);
  draft->numbers[MAX (one, other)] = MIN (one, other);
}

/* Numbers are the places of the first images of the groups. */
static void
number_by_links (Draft                 *draft,
                 const BallastGrouping *grouping,
                 const BallastNearSet  *near)
{
  const GArray *copies = draft->data->copies;

  for (guint i = 0; i < draft->data->n_images; i++)
    draft->numbers[i] = i;
  for (guint i = 1; i < copies->len; i++)
    {
      const BallastLeakMember *member = &g_array_index (copies, BallastLeakMember, i);

      if (member[-1].set == member->set)
        join (draft, member[-1].image_id, member->image_id);
    }
  for (guint i = 0; near != NULL && i < near->links->len; i++)
    {
      const BallastNearLink *link = &g_array_index (near->links, BallastNearLink, i);

      if (link->distance <= grouping->distance)
        join (draft, link->image_id, link->other_image_id);
    }
  for (guint i = 0; i < draft->data->n_images; i++)
    draft->numbers[i] = find_root (draft->numbers, i);
}

static void
number_as_stored (Draft *draft)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_int64_hash, g_int64_equal);
  const BallastSplitData *data = draft->data;

  for (guint i = 0; i < data->n_images; i++)
    if (data->group_ids[i] != 0)
      {
        gpointer number = g_hash_table_lookup (numbers, &data->group_ids[i]);

        if (number == NULL)
          {
            number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
            g_hash_table_insert (numbers, &data->group_ids[i], number);
          }
        draft->numbers[i] = GPOINTER_TO_UINT (number) - 1;
      }
}

/* What a group without a name is called: its first image. */
static char *
dup_name (const Draft *draft,
          guint32      number,
          guint        first_image,
          GHashTable  *taken)
{
  const BallastSplitData *data = draft->data;
  g_autofree char *path = NULL, *display = NULL;
  char *name;

  if (draft->labels != NULL)
    {
      const char *label = g_ptr_array_index (draft->labels, number);

      name = g_utf8_make_valid (label, -1);
    }
  else
    {
      path = ballast_path_join (data->text->str + data->folders[first_image],
                                data->text->str + data->names[first_image]);
      name = ballast_path_display (path);
    }
  for (guint i = 2; g_hash_table_contains (taken, name); i++)
    {
      g_autofree char *base = name;

      name = g_strdup_printf ("%s (%u)", base, i);
    }

  return name;
}

/* Turns the numbers of the draft, all below @n, into groups. */
static void
settle (const Draft        *draft,
        BallastSplitGroups *groups,
        guint               n)
{
  g_autoptr(GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint32 *sizes = g_new0 (guint32, n + 1);
  g_autofree guint32 *places = g_new (guint32, n + 1);

  memset (places, 0xff, (n + 1) * sizeof *places);
  for (guint i = 0; i < draft->data->n_images; i++)
    if (draft->numbers[i] != BALLAST_SPLIT_ALONE)
      sizes[draft->numbers[i]]++;
  for (guint i = 0; i < draft->data->n_images; i++)
    {
      guint32 number = draft->numbers[i];

      groups->groups[i] = BALLAST_SPLIT_ALONE;
      if (number == BALLAST_SPLIT_ALONE || sizes[number] < 2)
        continue;
      if (places[number] == G_MAXUINT32)
        {
          char *name = dup_name (draft, number, i, taken);

          places[number] = groups->names->len;
          groups->sizes[places[number]] = sizes[number];
          g_ptr_array_add (groups->names, name);
          g_hash_table_add (taken, name);
        }
      groups->groups[i] = places[number];
      groups->n_images++;
    }
}

BallastSplitGroups *
ballast_split_data_group (const BallastSplitData *data,
                          const BallastGrouping  *grouping,
                          const BallastNearSet   *near,
                          GError                **error)
{
  g_autoptr(BallastSplitGroups) groups = g_new0 (BallastSplitGroups, 1);
  g_autofree guint32 *numbers = g_new (guint32, data->n_images + 1);
  Draft draft = { .data = data, .numbers = numbers };
  gboolean succeeded = TRUE;

  memset (numbers, 0xff, (data->n_images + 1) * sizeof *numbers);
  groups->groups = g_new (guint32, data->n_images + 1);
  groups->sizes = g_new (guint32, data->n_images / 2 + 1);
  groups->names = g_ptr_array_new_with_free_func (g_free);
  if (grouping->kind == BALLAST_GROUPING_KEEP)
    number_as_stored (&draft);
  else if (grouping->kind == BALLAST_GROUPING_DUPLICATES ||
           grouping->kind == BALLAST_GROUPING_NEAR_DUPLICATES)
    number_by_links (&draft, grouping, grouping->kind == BALLAST_GROUPING_DUPLICATES ? NULL : near);
  else if (grouping->kind != BALLAST_GROUPING_NONE)
    succeeded = number_by_label (&draft, grouping, error);
  if (succeeded)
    settle (&draft, groups, MAX (data->n_images, draft.labels != NULL ? draft.labels->len : 0));
  g_clear_pointer (&draft.labels, g_ptr_array_unref);

  return succeeded ? g_steal_pointer (&groups) : NULL;
}

void
ballast_split_groups_free (BallastSplitGroups *groups)
{
  if (groups == NULL)
    return;

  g_free (groups->groups);
  g_free (groups->sizes);
  g_ptr_array_unref (groups->names);
  g_free (groups);
}
