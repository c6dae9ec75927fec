/*
 * Groups from names: their common words, their folders, their categories.
 *
 * A name is cut into words at blanks, punctuation and capitals.  Of the first and the last words,
 * those are taken that put more classes into groups (of equals: fewer groups); within a group the
 * words that are left are looked at again.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-hierarchy-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-balance-error.h"

/* Words of one name; deeper ones are left aside. */
#define MAX_WORDS 24

static gboolean
refuse (const char *text,
        GError    **error)
{
  g_set_error_literal (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_EMPTY, text);
  return FALSE;
}

/* The words of a name that are left to look at. */
typedef struct
{
  guint  index;
  char **words;
  char **keys;   /* the same, case folded */
  guint  first;
  guint  end;
} Name;

static void
name_clear (gpointer data)
{
  Name *name = data;

  g_strfreev (name->words);
  g_strfreev (name->keys);
}

static gboolean
begins_word (gunichar before,
             gunichar letter)
{
  return (g_unichar_islower (before) && g_unichar_isupper (letter)) ||
         g_unichar_isdigit (before) != g_unichar_isdigit (letter);
}

static void
end_word (GPtrArray *words,
          GString   *word)
{
  if (word->len == 0)
    return;
  g_ptr_array_add (words, g_strdup (word->str));
  g_string_truncate (word, 0);
}

/* (transfer full): the words of @text; the last one holds all that is beyond MAX_WORDS. */
static char **
split_words (const char *text)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  g_autoptr(GString) word = g_string_new (NULL);
  gunichar before = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);
      gboolean separates = !g_unichar_isalnum (letter) && !g_unichar_ismark (letter);

      if (words->len + 1 < MAX_WORDS && (separates || (word->len > 0 && begins_word (before, letter))))
        end_word (words, word);
      if (!separates || words->len + 1 >= MAX_WORDS)
        g_string_append_unichar (word, letter);
      before = letter;
    }
  end_word (words, word);
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_steal (words, NULL);
}

static Name
name_new (const char *text,
          guint       index)
{
  Name name = { .index = index, .words = split_words (text) };

  name.end = g_strv_length (name.words);
  name.keys = g_new0 (char *, name.end + 1);
  for (guint i = 0; i < name.end; i++)
    name.keys[i] = g_utf8_casefold (name.words[i], -1);
  return name;
}

/* NULL where no word is left. */
static const char *
get_key (const Name *name,
         gboolean    last)
{
  if (name->first >= name->end)
    return NULL;
  return name->keys[last ? name->end - 1 : name->first];
}

/* (transfer full): key → how many of the names have it. */
static GHashTable *
count_keys (const GArray *names,
            gboolean      last)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < names->len; i++)
    {
      const char *key = get_key (&g_array_index (names, Name, i), last);
      guint n = key == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

      if (key != NULL)
        g_hash_table_insert (counts, (gpointer) key, GUINT_TO_POINTER (n + 1));
    }
  return counts;
}

/* How many names share their key with another, and in how many groups. */
static guint
cover (GHashTable *counts,
       guint      *n_groups)
{
  GHashTableIter iter;
  gpointer n;
  guint covered = 0;

  *n_groups = 0;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    if (GPOINTER_TO_UINT (n) > 1)
      {
        covered += GPOINTER_TO_UINT (n);
        *n_groups += 1;
      }
  return covered;
}

static void
strip (Name    *name,
       gboolean last)
{
  if (last)
    name->end--;
  else
    name->first++;
}

/* Words that all names have at an end tell nothing. */
static void
strip_common (GArray *names)
{
  for (guint last = 0; last < 2; last++)
    for (;;)
      {
        g_autoptr(GHashTable) counts = count_keys (names, last);
        const char *key = get_key (&g_array_index (names, Name, 0), last);

        if (key == NULL || GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) < names->len)
          break;
        for (guint i = 0; i < names->len; i++)
          strip (&g_array_index (names, Name, i), last);
      }
}

/* (transfer full): the names with the key of the one at @leader, each without that word. */
static GArray *
pick_group (const GArray *names,
            guint         leader,
            gboolean      last)
{
  GArray *picked = g_array_new (FALSE, FALSE, sizeof (Name));
  const char *key = get_key (&g_array_index (names, Name, leader), last);

  for (guint i = leader; i < names->len; i++)
    {
      Name name = g_array_index (names, Name, i);

      if (g_strcmp0 (get_key (&name, last), key) != 0)
        continue;
      strip (&name, last);
      g_array_append_val (picked, name);
    }
  return picked;
}

typedef struct
{
  BallastHierarchy            *hierarchy;
  const BallastHierarchyInput *input;
} Filling;

static gboolean fill_level (const Filling        *filling,
                            BallastHierarchyNode *parent,
                            const char           *prefix,
                            GArray               *names);

static void
fill_group (const Filling        *filling,
            BallastHierarchyNode *parent,
            const char           *prefix,
            GArray               *names,
            const char           *word)
{
  g_autofree char *label = *prefix == '\0' ? g_strdup (word)
                                           : g_strdup_printf ("%s %s", prefix, word);

  fill_level (filling, ballast_hierarchy_add_group (filling->hierarchy, parent, label), label,
              names);
}

/* TRUE where something was grouped. */
static gboolean
fill_level (const Filling        *filling,
            BallastHierarchyNode *parent,
            const char           *prefix,
            GArray               *names)
{
  g_autoptr(GHashTable) firsts = NULL, lasts = NULL, done = NULL;
  guint n_first, n_last, by_first, by_last;
  gboolean last;

  strip_common (names);
  firsts = count_keys (names, FALSE);
  lasts = count_keys (names, TRUE);
  done = g_hash_table_new (g_str_hash, g_str_equal);
  by_first = cover (firsts, &n_first);
  by_last = cover (lasts, &n_last);
  last = by_last > by_first || (by_last == by_first && n_last < n_first);

  for (guint i = 0; i < names->len; i++)
    {
      const Name *name = &g_array_index (names, Name, i);
      const char *key = get_key (name, last);
      g_autoptr(GArray) group = NULL;

      if (key != NULL && g_hash_table_contains (done, key))
        continue;
      if (key == NULL || GPOINTER_TO_UINT (g_hash_table_lookup (last ? lasts : firsts, key)) < 2)
        {
          ballast_hierarchy_add_class (filling->hierarchy, parent,
                                       filling->input->names[name->index]);
          continue;
        }
      g_hash_table_add (done, (gpointer) key);
      group = pick_group (names, i, last);
      fill_group (filling, parent, prefix, group, name->words[last ? name->end - 1 : name->first]);
    }
  return MAX (by_first, by_last) > 0;
}

gboolean
ballast_hierarchy_fill_names (BallastHierarchy            *hierarchy,
                              const BallastHierarchyInput *input,
                              GError                     **error)
{
  g_autoptr(GArray) names = g_array_new (FALSE, FALSE, sizeof (Name));
  Filling filling = { hierarchy, input };

  g_array_set_clear_func (names, name_clear);
  for (guint i = 0; i < input->n; i++)
    {
      Name name = name_new (input->names[i], i);

      g_array_append_val (names, name);
    }
  return fill_level (&filling, hierarchy->root, "", names) ||
         refuse (_("The names of the classes have no parts in common"), error);
}

/* The group @name of @parent, made where it is new. */
static BallastHierarchyNode *
get_group (BallastHierarchy     *hierarchy,
           BallastHierarchyNode *parent,
           const char           *name)
{
  for (guint i = 0; i < parent->children->len; i++)
    {
      BallastHierarchyNode *child = g_ptr_array_index (parent->children, i);

      if (!child->is_class && strcmp (child->name, name) == 0)
        return child;
    }
  return ballast_hierarchy_add_group (hierarchy, parent, name);
}

gboolean
ballast_hierarchy_fill_folders (BallastHierarchy            *hierarchy,
                                const BallastHierarchyInput *input,
                                GError                     **error)
{
  gboolean nested = FALSE;

  for (guint i = 0; i < input->n; i++)
    {
      g_auto(GStrv) parts = g_strsplit (input->names[i], "/", MAX_WORDS);
      BallastHierarchyNode *parent = hierarchy->root;

      for (guint level = 0; parts[level] != NULL && parts[level + 1] != NULL; level++)
        if (*parts[level] != '\0')
          {
            parent = get_group (hierarchy, parent, parts[level]);
            nested = TRUE;
          }
      ballast_hierarchy_add_class (hierarchy, parent, input->names[i]);
    }
  return nested || refuse (_("No class comes from a nested folder: none has a “/” in its name"),
                           error);
}

gboolean
ballast_hierarchy_fill_categories (BallastHierarchy            *hierarchy,
                                   const BallastHierarchyInput *input,
                                   GError                     **error)
{
  gboolean any = FALSE;

  for (guint i = 0; i < input->n; i++)
    {
      const char *category = input->categories != NULL ? input->categories[i] : NULL;
      BallastHierarchyNode *parent = hierarchy->root;

      if (category != NULL && *category != '\0')
        {
          parent = get_group (hierarchy, parent, category);
          any = TRUE;
        }
      ballast_hierarchy_add_class (hierarchy, parent, input->names[i]);
    }
  return any || refuse (_("No class has a supercategory: they come with COCO files"), error);
}
