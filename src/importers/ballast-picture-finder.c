/*
 * From the paths in annotation files to pictures below the root.
 *
 * Every try is a look-up in lists of names in memory (ballast-image-finder.h), so that no path,
 * however hostile, makes anything be opened.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-picture-finder.h"

#include <stdlib.h>
#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-path.h"

/* Folders of the root that are tried when the usual names lead nowhere. */
#define MAX_FOLDERS 200

/* Parts of a path from elsewhere that are tried from its end. */
#define MAX_TAIL 8

struct _BallastPictureFinder
{
  BallastImageFinder *finder; /* without a search */
  BallastImageFinder *search; /* (nullable) */
  BallastImageFinder *stems;  /* (nullable): made when first asked for */
  BallastWalk        *walk;
  GPtrArray          *bases;
  guint               base;   /* the one that is set; G_MAXUINT: the root */
};

BallastPictureFinder *
ballast_picture_finder_new (BallastWalk *walk,
                            gboolean     search_names)
{
  BallastPictureFinder *finder = g_new0 (BallastPictureFinder, 1);

  finder->walk = walk;
  finder->finder = ballast_image_finder_new (walk, "", FALSE, FALSE);
  finder->search = search_names ? ballast_image_finder_new (walk, "", TRUE, FALSE) : NULL;
  finder->bases = g_ptr_array_new_with_free_func (g_free);
  finder->base = G_MAXUINT;

  return finder;
}

void
ballast_picture_finder_free (BallastPictureFinder *finder)
{
  ballast_image_finder_free (finder->finder);
  g_clear_pointer (&finder->search, ballast_image_finder_free);
  g_clear_pointer (&finder->stems, ballast_image_finder_free);
  g_ptr_array_unref (finder->bases);
  g_free (finder);
}

void
ballast_picture_finder_set_bases (BallastPictureFinder *finder,
                                  const GPtrArray      *bases)
{
  g_ptr_array_set_size (finder->bases, 0);
  for (guint i = 0; i < bases->len; i++)
    g_ptr_array_add (finder->bases, g_strdup (bases->pdata[i]));
  ballast_image_finder_set_base (finder->finder, "");
  finder->base = G_MAXUINT;
}

void
ballast_picture_finder_set_deadline (BallastPictureFinder *finder,
                                     gint64                deadline_us)
{
  if (finder->search != NULL)
    ballast_image_finder_set_deadline (finder->search, deadline_us);
}

char *
ballast_path_from_elsewhere (const char *path,
                             gboolean   *is_absolute)
{
  g_autofree char *copy = g_strdup (path);
  char *scheme = strstr (copy, "://");
  char *rest = copy;

  *is_absolute = FALSE;
  if (scheme != NULL)
    {
      rest = strchr (scheme + 3, '/');
      *is_absolute = TRUE;
      return g_strdup (rest != NULL ? rest + 1 : "");
    }
  if (strchr (copy, '/') == NULL || (g_ascii_isalpha (copy[0]) && copy[1] == ':'))
    g_strdelimit (copy, "\\", '/');
  if (g_ascii_isalpha (rest[0]) && rest[1] == ':')
    {
      rest += 2;
      *is_absolute = TRUE;
    }
  while (*rest == '/')
    {
      rest++;
      *is_absolute = TRUE;
    }

  return g_strdup (rest);
}

static gboolean
look (BallastPictureFinder *finder,
      guint                 base,
      const char           *path,
      BallastFound         *found)
{
  if (finder->base != base)
    ballast_image_finder_set_base (finder->finder,
                                   base < finder->bases->len ? finder->bases->pdata[base] : "");
  finder->base = base;
  ballast_image_finder_find (finder->finder, path, found);

  return found->kind == BALLAST_FOUND_FILE;
}

/* "a" alone may be a file of that name. */
static gboolean
is_picture (const BallastFound *found)
{
  return found->kind == BALLAST_FOUND_FILE
         && ballast_file_is_image (found->name, strlen (found->name));
}

/* The ends of @path, the longest first, in every base and in the root. */
static gboolean
look_for_tail (BallastPictureFinder *finder,
               const char           *path,
               BallastFound         *found)
{
  const char *tail = path;
  guint n_parts = 1;

  for (const char *p = path; *p != '\0'; p++)
    n_parts += *p == '/';
  for (; tail != NULL; tail = strchr (tail, '/'))
    {
      tail += *tail == '/';
      if (n_parts-- > MAX_TAIL || strncmp (tail, "../", 3) == 0 || strncmp (tail, "./", 2) == 0)
        continue;
      for (guint base = 0; base < finder->bases->len; base++)
        if (look (finder, base, tail, found))
          return TRUE;
      if (look (finder, G_MAXUINT, tail, found))
        return TRUE;
    }

  return FALSE;
}

static void
find_as_written (BallastPictureFinder *finder,
                 const char           *path,
                 BallastFound         *found)
{
  g_autofree char *plain = NULL;
  gboolean is_absolute;
  BallastFound first;

  for (guint base = 0; base < finder->bases->len; base++)
    if (look (finder, base, path, found))
      return;
  if (look (finder, G_MAXUINT, path, found) || found->kind == BALLAST_FOUND_SPECIAL
      || *path == '\0')
    return;

  first = *found;
  plain = ballast_path_from_elsewhere (path, &is_absolute);
  if ((is_absolute || strchr (plain, '/') != NULL) && look_for_tail (finder, plain, found))
    return;
  if (finder->search != NULL)
    {
      const char *slash = strrchr (plain, '/');

      ballast_image_finder_find (finder->search, slash != NULL ? slash + 1 : plain, found);
      if (found->kind == BALLAST_FOUND_FILE || found->kind == BALLAST_FOUND_AMBIGUOUS)
        return;
    }
  *found = (BallastFound) { .kind = first.kind, .detail = first.detail };
}

/* "b%20c.jpg" for "b c.jpg", and letters whose accents are characters of their own, or are not. */
void
ballast_picture_finder_find (BallastPictureFinder *finder,
                             const char           *path,
                             BallastFound         *found)
{
  g_autofree char *decoded = NULL;
  BallastFound first;

  find_as_written (finder, path, found);
  if (found->kind != BALLAST_FOUND_MISSING)
    return;
  first = *found;
  if (strchr (path, '%') != NULL)
    decoded = g_uri_unescape_string (path, NULL);
  if (decoded != NULL && strcmp (decoded, path) != 0)
    find_as_written (finder, decoded, found);
  for (guint i = 0; i < 2 && found->kind != BALLAST_FOUND_FILE && !g_str_is_ascii (path)
       && g_utf8_validate (path, -1, NULL); i++)
    {
      g_autofree char *other = g_utf8_normalize (path, -1, i == 0 ? G_NORMALIZE_NFC : G_NORMALIZE_NFD);

      if (strcmp (other, path) != 0)
        find_as_written (finder, other, found);
    }
  if (found->kind != BALLAST_FOUND_FILE)
    *found = first;
}

void
ballast_picture_finder_find_stem (BallastPictureFinder *finder,
                                  const char           *stem,
                                  BallastFound         *found)
{
  const char *slash = strrchr (stem, '/');

  if (finder->stems == NULL)
    finder->stems = ballast_image_finder_new (finder->walk, "", FALSE, TRUE);
  ballast_image_finder_find (finder->stems, stem, found);
  for (guint i = 0; i < finder->bases->len && !is_picture (found); i++)
    {
      g_autofree char *path = ballast_path_join (finder->bases->pdata[i],
                                                 slash != NULL ? slash + 1 : stem);

      ballast_image_finder_find (finder->stems, path, found);
    }
  if (!is_picture (found))
    *found = (BallastFound) { .kind = BALLAST_FOUND_MISSING };
}

/* Adds @base once. */
static void
add_base (GPtrArray  *bases,
          const char *folder,
          const char *name)
{
  g_autofree char *base = *name == '\0' ? g_strdup (folder) : ballast_path_join (folder, name);

  for (guint i = 0; i < bases->len; i++)
    if (strcmp (bases->pdata[i], base) == 0)
      return;
  g_ptr_array_add (bases, g_steal_pointer (&base));
}

static void
add_usual (GPtrArray  *bases,
           const char *folder,
           const char *word,
           const char *split)
{
  static const char *const usual[] = { "", "images", "image", "imgs", "img", "data", "JPEGImages",
                                       "Images", "train", "valid", "val", "test" };
  const char *const below[] = { word, split };

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      g_autofree char *base = *usual[i] == '\0' ? g_strdup (folder)
                                                : ballast_path_join (folder, usual[i]);

      for (guint k = 0; k < G_N_ELEMENTS (below); k++)
        if (below[k] != NULL)
          {
            g_autofree char *inner = ballast_path_join (below[k], "images");

            add_base (bases, base, below[k]);
            add_base (bases, base, inner);
          }
      add_base (bases, base, "");
    }
}

GPtrArray *
ballast_picture_bases_list (const char *root,
                            const char *folder,
                            const char *word,
                            const char *split,
                            gboolean    has_strangers)
{
  GPtrArray *bases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = has_strangers ? NULL : g_dir_open (root, 0, NULL);
  g_autofree char *above = g_path_get_dirname (folder);
  const char *name;

  add_base (bases, folder, "");
  add_usual (bases, folder, word, split);
  if (*folder != '\0')
    add_usual (bases, strcmp (above, ".") == 0 ? "" : above, word, split);
  if (*folder != '\0')
    add_usual (bases, "", word, split);
  for (guint n = 0; dir != NULL && n < MAX_FOLDERS && (name = g_dir_read_name (dir)) != NULL; n++)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      if (!ballast_file_is_hidden (name) && !ballast_file_is_image (name, strlen (name))
          && g_file_test (path, G_FILE_TEST_IS_DIR))
        add_base (bases, "", name);
    }

  return bases;
}

gboolean
ballast_picture_root_has_strangers (const char *root,
                                    const char *path)
{
  gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  g_autofree char *folder = is_folder ? g_strdup (path) : g_path_get_dirname (path);
  g_autofree char *real = realpath (folder, NULL);
  gsize length = strlen (root);

  return real != NULL && strncmp (real, root, length) == 0 && real[length] == '/';
}

double
ballast_picture_bases_choose (BallastPictureFinder *finder,
                              GPtrArray            *bases,
                              const GPtrArray      *names)
{
  g_autofree gboolean *is_found = g_new0 (gboolean, names->len + 1);
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  guint n_found = 0;

  for (guint i = 0; i < bases->len && n_found < names->len; i++)
    {
      guint before = n_found;

      g_ptr_array_set_size (none, 0);
      g_ptr_array_add (none, bases->pdata[i]);
      ballast_picture_finder_set_bases (finder, none);
      for (guint k = 0; k < names->len; k++)
        {
          BallastFound found;

          if (is_found[k] || !look (finder, 0, names->pdata[k], &found))
            continue;
          is_found[k] = TRUE;
          n_found++;
        }
      if (n_found > before)
        g_ptr_array_add (kept, g_strdup (bases->pdata[i]));
    }
  ballast_picture_finder_set_bases (finder, kept);
  for (guint k = 0; k < names->len; k++)
    if (!is_found[k])
      {
        BallastFound found;

        ballast_picture_finder_find (finder, names->pdata[k], &found);
        n_found += found.kind == BALLAST_FOUND_FILE;
      }
  g_ptr_array_set_size (bases, 0);
  for (guint i = 0; i < kept->len; i++)
    g_ptr_array_add (bases, g_strdup (kept->pdata[i]));

  return names->len > 0 ? n_found / (double) names->len : 0;
}
