/*
 * What a name alone says.  Called for every file of a dataset, so the test for images takes no
 * memory and looks at the last five bytes only.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-file-kind.h"

#include <string.h>

#include "ballast-path.h"

#define LONGEST_ENDING 4

gboolean
ballast_file_is_image (const char *name,
                       gsize       length)
{
  static const char *const endings[] = { "jpg", "png", "jpeg", "webp", "bmp", "gif", "tif",
                                         "tiff", "jfif", "jpe", "dib", "ppm", "pgm", "pbm",
                                         "pnm", "ico", "heic", "heif", "avif", NULL };
  char ending[LONGEST_ENDING + 1];

  for (gsize n = 3; n <= LONGEST_ENDING; n++)
    {
      if (length < n + 2 || name[length - n - 1] != '.')
        continue;
      for (gsize i = 0; i < n; i++)
        ending[i] = g_ascii_tolower (name[length - n + i]);
      ending[n] = '\0';
      for (guint i = 0; endings[i] != NULL; i++)
        if (strcmp (ending, endings[i]) == 0)
          return TRUE;
      return FALSE;
    }

  return FALSE;
}

gboolean
ballast_file_has_ending (const char *name,
                         const char *ending)
{
  gsize length = strlen (name), n = strlen (ending);

  if (length > 3 && g_ascii_strcasecmp (name + length - 3, ".gz") == 0)
    length -= 3;

  return length > n + 1 && name[length - n - 1] == '.' && name[length - n - 2] != '/'
         && g_ascii_strncasecmp (name + length - n, ending, n) == 0;
}

gboolean
ballast_file_is_hidden (const char *name)
{
  static const char *const names[] = { "Thumbs.db", "desktop.ini", "__MACOSX", "__pycache__",
                                       "@eaDir", "$RECYCLE.BIN", "ehthumbs.db", "Icon\r",
                                       "lost+found" };

  if (name[0] == '.')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    /* Nearly all names are decided by their first letter. */
    if ((name[0] | 0x20) == (names[i][0] | 0x20) && g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_one_of (const char        *word,
           const char *const *words)
{
  for (; *words != NULL; words++)
    if (strcmp (word, *words) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_split_word (const char *word)
{
  static const char *const words[] = {
    "train", "training", "trn", "val", "valid", "validation", "dev", "test",
    "tst", "testing", "eval", "evaluation", "holdout", "trainval", "development", "trainset",
    "testset", "valset", "traindata", "testdata", NULL,
  };

  return is_one_of (word, words);
}

static gboolean
is_filler (const char *word)
{
  static const char *const words[] = { "", "set", "sets", "data", "images",
                                       "image", "imgs", "img", "dataset", "split",
                                       "part", "subset", NULL };

  return is_one_of (word, words);
}

/* (transfer full): the words of @name in lower case, without the numbers behind them. */
static char **
split_words (const char *name)
{
  g_autofree char *text = g_ascii_strdown (name, -1);

  for (char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && !(*at & 0x80))
      *at = ' ';
    else if (g_ascii_isdigit (*at) && (at[1] == '\0' || !g_ascii_isalpha (at[1])) && at > text)
      *at = ' ';

  return g_strsplit (text, " ", -1);
}

gboolean
ballast_name_is_split (const char *name)
{
  g_auto(GStrv) words = split_words (name);
  guint n_splits = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (is_split_word (words[i]))
      n_splits++;
    else if (!is_filler (words[i]))
      return FALSE;

  return n_splits == 1;
}

char *
ballast_name_find_split (const char *name)
{
  g_auto(GStrv) words = split_words (name);
  const char *found = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!is_split_word (words[i]))
        continue;
      if (found != NULL && strcmp (found, words[i]) != 0)
        return NULL;
      found = words[i];
    }

  return g_strdup (found);
}

gboolean
ballast_name_is_plain (const char *bytes)
{
  gboolean is_ascii = TRUE;
  g_autofree char *shown = NULL;

  for (const char *at = bytes; *at != '\0'; at++)
    {
      if ((guchar) *at < 0x20 || *at == 0x7F)
        return FALSE;
      if (*at & 0x80)
        is_ascii = FALSE;
    }
  if (is_ascii)
    return TRUE;
  shown = ballast_path_display (bytes);

  return strcmp (shown, bytes) == 0;
}
