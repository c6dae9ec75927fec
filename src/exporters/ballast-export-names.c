/*
 * Names of the files of a dataset.
 *
 * Originals keep theirs wherever that can be; copies are named by their source's relative path, so
 * that the same source and copy have the same name in every run.  What is chosen depends on the
 * names before it alone: the order of the items is fixed, so the names are.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-names.h"

#include <string.h>

#include "ballast-digest.h"
#include "ballast-path.h"

#define NAME_MAX_BYTES 255
#define HASH_DIGITS 8
#define FIRST_CAPACITY 1024

/* Open addressing, at most half full; 0 is an empty place. */
struct _BallastNameSet
{
  guint64 *places;
  gsize    capacity;
  gsize    used;
};

BallastNameSet *
ballast_name_set_new (void)
{
  BallastNameSet *set = g_new0 (BallastNameSet, 1);

  set->capacity = FIRST_CAPACITY;
  set->places = g_new0 (guint64, set->capacity);
  return set;
}

void
ballast_name_set_free (BallastNameSet *set)
{
  g_free (set->places);
  g_free (set);
}

static guint64
digest_of (const char *text)
{
  BallastDigest digest = ballast_digest_bytes (text, strlen (text));
  guint64 value;

  memcpy (&value, digest.bytes, sizeof value);
  return MAX (value, 1);
}

/* Where @value is, or where it would go. */
static gsize
find_place (const BallastNameSet *set,
            guint64               value)
{
  gsize mask = set->capacity - 1, place = (gsize) (value >> 7) & mask;

  while (set->places[place] != 0 && set->places[place] != value)
    place = (place + 1) & mask;
  return place;
}

static void
grow (BallastNameSet *set)
{
  g_autofree guint64 *old = set->places;
  gsize old_capacity = set->capacity;

  set->capacity *= 2;
  set->places = g_new0 (guint64, set->capacity);
  for (gsize i = 0; i < old_capacity; i++)
    if (old[i] != 0)
      set->places[find_place (set, old[i])] = old[i];
}

gboolean
ballast_name_set_add (BallastNameSet *set,
                      const char     *path)
{
  guint64 value = digest_of (path);
  gsize place = find_place (set, value);

  if (set->places[place] == value)
    return FALSE;

  set->places[place] = value;
  if (++set->used * 2 > set->capacity)
    grow (set);
  return TRUE;
}

gboolean
ballast_name_set_contains (BallastNameSet *set,
                           const char     *path)
{
  guint64 value = digest_of (path);

  return set->places[find_place (set, value)] == value;
}

gboolean
ballast_export_name_is_plain (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > NAME_MAX_BYTES || name[length - 1] == '.' ||
      !g_utf8_validate (name, (gssize) length, NULL))
    return FALSE;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_iscntrl (character) || character == 0x2028 || character == 0x2029)
        return FALSE;
    }

  return TRUE;
}

char *
ballast_export_name_hash (const char *identity,
                          guint       n_digits)
{
  BallastDigest digest = ballast_digest_bytes (identity, strlen (identity));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_digits / 2; i++)
    g_string_append_printf (text, "%02x", digest.bytes[i]);
  return g_string_free (text, FALSE);
}

/* (transfer full): @name as a component that is safe and plain. */
static char *
sanitise (const char *name)
{
  g_autofree char *safe = ballast_path_sanitise_component (name);
  GString *plain = g_string_new (NULL);

  for (const char *at = safe; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      g_string_append_unichar (plain, character == 0x2028 || character == 0x2029 ? '_'
                                                                                 : character);
    }

  return g_string_free (plain, FALSE);
}

/* TRUE where an export has a file of that name beside its folders. */
static gboolean
is_reserved (const char *name)
{
  static const char *const names[] = { "ballast.json", "boxes.csv", "files.csv", "manifest.csv",
                                       "manifest.csv.weight", "metadata.csv", "metadata.jsonl", "pipeline.json",
                                       "sample_weights.csv" };

  if (g_ascii_strncasecmp (name, "class_weights.", strlen ("class_weights.")) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;

  return FALSE;
}

char *
ballast_export_name_component (const char *name)
{
  g_autofree char *safe = sanitise (name);
  g_autofree char *hash = NULL;

  if (strcmp (safe, name) == 0 && ballast_export_name_is_plain (name) && !is_reserved (name))
    return g_steal_pointer (&safe);

  hash = ballast_export_name_hash (name, HASH_DIGITS);
  return g_strconcat (safe, "-", hash, NULL);
}

/* (transfer full): at most @max_bytes of @text, cut between characters. */
static char *
shorten (const char *text,
         gsize       max_bytes)
{
  const char *end = text + strlen (text);

  while ((gsize) (end - text) > max_bytes)
    end = g_utf8_find_prev_char (text, end);
  return g_strndup (text, (gsize) (end - text));
}

/* Bytes that fold to the same are one name on some systems.  A key is claimed without its ending. */
static gboolean
claim (BallastNameSet *taken,
       const char     *path,
       gboolean        is_key)
{
  const char *extension = is_key ? ballast_path_get_extension (path) : "";
  gsize length = strlen (path) - strlen (extension) - (*extension != '\0' ? 1 : 0);
  g_autofree char *stem = g_strndup (path, length);
  g_autofree char *normal = g_utf8_normalize (stem, -1, G_NORMALIZE_DEFAULT);
  g_autofree char *folded = g_utf8_casefold (normal != NULL ? normal : stem, -1);

  return ballast_name_set_add (taken, folded);
}

/* (transfer full): stem and suffix as one plain name. */
static char *
compose (const BallastNameRequest *request,
         const char               *suffix)
{
  const char *source_extension = ballast_path_get_extension (request->name);
  gsize stem_length = strlen (request->name) - strlen (source_extension);
  const char *extension = request->extension != NULL ? request->extension : source_extension;
  g_autofree char *stem = NULL, *plain_extension = NULL, *tail = NULL, *cut = NULL;

  if (*source_extension != '\0')
    stem_length--;
  stem = g_strndup (request->name, stem_length);
  if (!ballast_export_name_is_plain (stem))
    {
      char *safe = sanitise (stem);

      g_free (stem);
      stem = safe;
    }
  if (request->is_key)
    g_strdelimit (stem, ".", '_');
  plain_extension = ballast_export_name_is_plain (extension)
                      ? g_strdup (extension) : sanitise (extension);

  tail = g_strconcat (suffix, *extension != '\0' ? "." : "",
                      *extension != '\0' ? plain_extension : "", NULL);
  cut = shorten (stem, strlen (tail) < NAME_MAX_BYTES ? NAME_MAX_BYTES - strlen (tail) : 1);
  return g_strconcat (cut, tail, NULL);
}

static char *
try_name (BallastNameSet           *taken,
          const BallastNameRequest *request,
          guint                     n_digits)
{
  g_autofree char *hash = ballast_export_name_hash (request->identity, n_digits);
  g_autofree char *suffix = request->copy > 0 ? g_strdup_printf ("-%s-r%u", hash, request->copy)
                                              : g_strconcat ("-", hash, NULL);
  g_autofree char *name = compose (request, suffix);
  g_autofree char *path = ballast_path_join (request->folder, name);

  return claim (taken, path, request->is_key) ? g_steal_pointer (&path) : NULL;
}

char *
ballast_export_name_choose (BallastNameSet           *taken,
                            const BallastNameRequest *request)
{
  char *path;

  if (request->copy == 0 && ballast_export_name_is_plain (request->name))
    {
      g_autofree char *name = request->is_key ? compose (request, "") : g_strdup (request->name);

      path = ballast_path_join (request->folder, name);
      if (claim (taken, path, request->is_key))
        return path;
      g_free (path);
    }

  for (guint n_digits = HASH_DIGITS; n_digits <= 32; n_digits *= 2)
    if ((path = try_name (taken, request, n_digits)) != NULL)
      return path;

  /* All 128 bits and the name agree: the same source was asked for twice. */
  for (guint again = 2;; again++)
    {
      g_autofree char *identity = g_strdup_printf ("%s\n%u", request->identity, again);
      BallastNameRequest other = *request;

      other.identity = identity;
      if ((path = try_name (taken, &other, HASH_DIGITS)) != NULL)
        return path;
    }
}
