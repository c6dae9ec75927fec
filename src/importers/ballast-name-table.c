/*
 * A sorted array of hashes over one block of names.  It is sorted when it is first asked after an
 * addition.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-name-table.h"

#include <string.h>

typedef struct
{
  guint64 hash;
  guint32 offset;
  guint32 value;
} Entry;

struct _BallastNameTable
{
  GArray     *entries;
  GByteArray *names;       /* each: its key's length in two bytes, the name, NUL */
  gboolean    is_sorted;
};

BallastNameTable *
ballast_name_table_new (void)
{
  BallastNameTable *table = g_new0 (BallastNameTable, 1);

  table->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  table->names = g_byte_array_new ();

  return table;
}

void
ballast_name_table_free (BallastNameTable *table)
{
  if (table == NULL)
    return;
  g_array_unref (table->entries);
  g_byte_array_unref (table->names);
  g_free (table);
}

/* FNV-1a, 64 bits. */
static guint64
hash_bytes (const char *bytes,
            gsize       length)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) bytes[i]) * G_GUINT64_CONSTANT (1099511628211);

  return hash;
}

void
ballast_name_table_add (BallastNameTable *table,
                        const char       *name,
                        gsize             key_length,
                        guint32           value)
{
  Entry entry = { hash_bytes (name, key_length), table->names->len, value };
  guint16 length = key_length;

  g_return_if_fail (key_length <= G_MAXUINT16);

  g_byte_array_append (table->names, (const guint8 *) &length, sizeof length);
  g_byte_array_append (table->names, (const guint8 *) name, strlen (name) + 1);
  g_array_append_val (table->entries, entry);
  table->is_sorted = FALSE;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *left = a, *right = b;

  if (left->hash != right->hash)
    return left->hash < right->hash ? -1 : 1;

  return (left->offset > right->offset) - (left->offset < right->offset);
}

static guint
find_first (const BallastNameTable *table,
            guint64                 hash)
{
  guint low = 0, high = table->entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (table->entries, Entry, middle).hash < hash)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

guint
ballast_name_table_find (BallastNameTable *table,
                         const char       *key,
                         const char      **name,
                         guint32          *value)
{
  gsize length = strlen (key);
  guint64 hash = hash_bytes (key, length);
  guint n = 0;

  if (!table->is_sorted)
    g_array_sort (table->entries, compare_entries);
  table->is_sorted = TRUE;

  for (guint i = find_first (table, hash); i < table->entries->len && n < 2; i++)
    {
      const Entry *entry = &g_array_index (table->entries, Entry, i);
      const char *text = (const char *) table->names->data + entry->offset + sizeof (guint16);
      guint16 key_length;

      if (entry->hash != hash)
        break;
      memcpy (&key_length, text - sizeof key_length, sizeof key_length);
      if (key_length != length || memcmp (text, key, length) != 0)
        continue;
      if (n++ == 0)
        {
          *name = text;
          *value = entry->value;
        }
    }

  return n;
}
