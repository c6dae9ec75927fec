/*
 * One folder's files in a deterministic order.
 *
 * Names lie one after another in one block.  The names of a folder mostly begin alike ("img_0"), so
 * they are sorted by the eight bytes behind what all of them share, and compared in full only where
 * those are equal.
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
  guint64           key; /* bytes behind the shared beginning, big-endian */
  guint32           offset;
  BallastListedKind kind;
} Entry;

struct _BallastListing
{
  BallastWalk *walk;
  int          fd;
  GByteArray  *names;
  GArray      *entries;
  gsize        shared; /* bytes that all names begin with */
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

/* FALSE for a folder, which is the tree's matter. */
static gboolean
classify_link (BallastListing    *listing,
               const char        *name,
               gsize              length,
               BallastListedKind *kind)
{
  switch (ballast_walk_resolve (listing->walk, listing->fd, name))
    {
    case BALLAST_LINK_FILE:
      *kind = classify_file (name, length) == BALLAST_LISTED_IMAGE ? BALLAST_LISTED_IMAGE_LINK
                                                                   : BALLAST_LISTED_OTHER;
      return TRUE;
    case BALLAST_LINK_ALIAS:
      *kind = BALLAST_LISTED_ALIAS;
      return TRUE;
    case BALLAST_LINK_OUT:
      *kind = BALLAST_LISTED_LINK_OUT;
      return TRUE;
    case BALLAST_LINK_BROKEN:
      *kind = BALLAST_LISTED_LINK_BROKEN;
      return TRUE;
    case BALLAST_LINK_FOLDER:
    default:
      return FALSE;
    }
}

static void
append (BallastListing   *listing,
        const char       *name,
        gsize             length,
        BallastListedKind kind)
{
  Entry entry = { 0, listing->names->len, kind };
  const char *first = (const char *) listing->names->data;
  gsize shared = 0;

  if (listing->entries->len == 0)
    listing->shared = length;
  else
    {
      while (shared < listing->shared && name[shared] == first[shared])
        shared++;
      listing->shared = shared;
    }
  g_byte_array_append (listing->names, (const guint8 *) name, length + 1);
  g_array_append_val (listing->entries, entry);
}

static gboolean
add_entry (const char      *name,
           gsize            length,
           BallastEntryType type,
           gpointer         user_data)
{
  BallastListing *listing = user_data;
  BallastListedKind kind = BALLAST_LISTED_SPECIAL;

  if (type == BALLAST_ENTRY_FOLDER || ballast_file_is_hidden (name))
    return TRUE;
  if (type == BALLAST_ENTRY_FILE)
    kind = classify_file (name, length);
  else if (type == BALLAST_ENTRY_LINK && !classify_link (listing, name, length, &kind))
    return TRUE;
  append (listing, name, length, kind);

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

static void
sort (BallastListing *listing)
{
  for (guint i = 0; i < listing->entries->len; i++)
    {
      Entry *entry = &g_array_index (listing->entries, Entry, i);

      entry->key = make_key ((const char *) listing->names->data + entry->offset + listing->shared);
    }
  g_qsort_with_data (listing->entries->data, listing->entries->len, sizeof (Entry), compare_entries,
                     listing->names->data);
}

gboolean
ballast_listing_read (BallastListing *listing,
                      const char     *folder)
{
  gboolean is_read;
  int saved;

  g_byte_array_set_size (listing->names, 0);
  g_array_set_size (listing->entries, 0);
  listing->fd = ballast_walk_open (listing->walk, folder);
  if (listing->fd < 0)
    return FALSE;

  is_read = ballast_walk_list (listing->walk, listing->fd, add_entry, listing);
  saved = errno;
  close (listing->fd);
  if (listing->entries->len > 1)
    sort (listing);
  errno = saved;

  return is_read;
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
  return (const char *) listing->names->data
         + g_array_index (listing->entries, Entry, index).offset;
}

BallastListedKind
ballast_listing_get_kind (BallastListing *listing,
                          guint           index)
{
  return g_array_index (listing->entries, Entry, index).kind;
}
