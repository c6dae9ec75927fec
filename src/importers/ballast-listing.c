/*
 * One folder's files in a deterministic order.
 *
 * Names lie one after another in one block, each behind a byte that says its kind.  The names of a
 * folder mostly begin alike ("img_0"), so they are sorted by the eight bytes behind what all of them
 * share, and compared in full only where those are equal.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-listing.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "ballast-file-kind.h"

typedef struct
{
  guint64 key;    /* bytes behind the shared beginning, big-endian */
  guint32 offset; /* of the name; its kind is the byte before */
} Entry;

struct _BallastListing
{
  BallastWalk *walk;
  int          fd;
  GByteArray  *names;
  GArray      *entries;
};

BallastListing *
ballast_listing_new (BallastWalk *walk)
{
  BallastListing *listing = g_new0 (BallastListing, 1);

  listing->walk = walk;
  listing->names = g_byte_array_new ();
  listing->entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  return listing;
}

void
ballast_listing_free (BallastListing *listing)
{
  g_byte_array_unref (listing->names);
  g_array_unref (listing->entries);
  g_free (listing);
}

static BallastListedKind
classify_file (const char *name,
               gsize       length)
{
  return ballast_file_is_image (name, length) ? BALLAST_LISTED_IMAGE : BALLAST_LISTED_OTHER;
}

static BallastListedKind
classify_link (BallastWalk *walk,
               int          fd,
               const char  *name,
               gsize        length)
{
  switch (ballast_walk_resolve (walk, fd, name))
    {
    case BALLAST_LINK_FILE:
      return classify_file (name, length) == BALLAST_LISTED_IMAGE ? BALLAST_LISTED_IMAGE_LINK
                                                                  : BALLAST_LISTED_OTHER;
    case BALLAST_LINK_ALIAS:
      return BALLAST_LISTED_ALIAS;
    case BALLAST_LINK_OUT:
      return BALLAST_LISTED_LINK_OUT;
    case BALLAST_LINK_FOLDER:
      return BALLAST_LISTED_FOLDER;
    case BALLAST_LINK_BROKEN:
    default:
      return BALLAST_LISTED_LINK_BROKEN;
    }
}

BallastListedKind
ballast_listed_classify (BallastWalk     *walk,
                         int              fd,
                         const char      *name,
                         gsize            length,
                         BallastEntryType type)
{
  if (ballast_file_is_hidden (name))
    return BALLAST_LISTED_HIDDEN;

  switch (type)
    {
    case BALLAST_ENTRY_FILE:
      return classify_file (name, length);
    case BALLAST_ENTRY_FOLDER:
      return BALLAST_LISTED_FOLDER;
    case BALLAST_ENTRY_LINK:
      return classify_link (walk, fd, name, length);
    case BALLAST_ENTRY_SPECIAL:
    default:
      return BALLAST_LISTED_SPECIAL;
    }
}

void
ballast_listed_pack (GByteArray       *packed,
                     const char       *name,
                     gsize             length,
                     BallastListedKind kind)
{
  guint8 kind_byte = kind;

  g_byte_array_append (packed, &kind_byte, 1);
  g_byte_array_append (packed, (const guint8 *) name, length + 1);
}

static gboolean
add_entry (const char      *name,
           gsize            length,
           BallastEntryType type,
           gpointer         user_data)
{
  BallastListing *listing = user_data;
  BallastListedKind kind
    = ballast_listed_classify (listing->walk, listing->fd, name, length, type);

  if (kind != BALLAST_LISTED_FOLDER && kind != BALLAST_LISTED_HIDDEN)
    ballast_listed_pack (listing->names, name, length, kind);

  return TRUE;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const Entry *left = a, *right = b;
  const char *names = user_data;

  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;

  return strcmp (names + left->offset, names + right->offset);
}

static guint64
make_key (const char *name)
{
  guint64 key = 0;
  guint n = 0;

  for (; n < 8 && name[n] != '\0'; n++)
    key = key << 8 | (guchar) name[n];

  return n == 0 ? 0 : key << (8 * (8 - n));
}

static const char *
get_name_at (BallastListing *listing,
             guint           index)
{
  return (const char *) listing->names->data
         + g_array_index (listing->entries, Entry, index).offset;
}

/* Finds where the names are.  Returns how many bytes all of them begin with. */
static gsize
find_names (BallastListing *listing)
{
  const char *first = (const char *) listing->names->data + 1;
  gsize shared = G_MAXSIZE;

  for (guint at = 1; at < listing->names->len;)
    {
      const char *name = (const char *) listing->names->data + at;
      Entry entry = { 0, at };
      gsize same = 0;

      while (same < shared && name[same] == first[same] && name[same] != '\0')
        same++;
      shared = same;
      g_array_append_val (listing->entries, entry);
      at += strlen (name) + 2;
    }

  return shared;
}

/* A file system that is written to may list a name twice. */
static void
drop_repeated (BallastListing *listing)
{
  Entry *entries = (Entry *) (gpointer) listing->entries->data;
  guint n = MIN (listing->entries->len, 1);

  for (guint i = 1; i < listing->entries->len; i++)
    if (entries[i].key != entries[n - 1].key
        || strcmp (get_name_at (listing, i), get_name_at (listing, n - 1)) != 0)
      entries[n++] = entries[i];
  g_array_set_size (listing->entries, n);
}

static void
sort (BallastListing *listing)
{
  gsize shared = find_names (listing);

  for (guint i = 0; i < listing->entries->len; i++)
    g_array_index (listing->entries, Entry, i).key = make_key (get_name_at (listing, i) + shared);
  if (listing->entries->len > 1)
    g_qsort_with_data (listing->entries->data, listing->entries->len, sizeof (Entry),
                       compare_entries, listing->names->data);
  drop_repeated (listing);
}

static void
clear (BallastListing *listing)
{
  g_byte_array_set_size (listing->names, 0);
  g_array_set_size (listing->entries, 0);
}

gboolean
ballast_listing_read (BallastListing *listing,
                      const char     *folder)
{
  gboolean is_read;
  int saved;

  clear (listing);
  listing->fd = ballast_walk_open (listing->walk, folder);
  if (listing->fd < 0)
    return FALSE;

  is_read = ballast_walk_list (listing->walk, listing->fd, add_entry, listing);
  saved = errno;
  close (listing->fd);
  sort (listing);
  errno = saved;

  return is_read;
}

void
ballast_listing_unpack (BallastListing *listing,
                        GBytes         *packed)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (packed, &size);

  clear (listing);
  g_byte_array_append (listing->names, data, size);
  sort (listing);
}

guint
ballast_listing_get_n (BallastListing *listing)
{
  return listing->entries->len;
}

const char *
ballast_listing_get_name (BallastListing *listing,
                          guint           index)
{
  return get_name_at (listing, index);
}

BallastListedKind
ballast_listing_get_kind (BallastListing *listing,
                          guint           index)
{
  return (guchar) get_name_at (listing, index)[-1];
}
