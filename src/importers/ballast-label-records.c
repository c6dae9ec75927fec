/*
 * Records of a file, read by their place.
 *
 * Annotations of one image may lie anywhere in a file, or one behind the other: a record that
 * follows the last one is taken out of a piece that is read ahead; one in the spool out of its page,
 * which neighbours share.  Memory: that piece, and a few megabytes of pages.  Records are shared by
 * threads, readers are not.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-label-records.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "ballast-record-spool.h"

#define MAX_PAGES 192

#define AHEAD_BYTES (32 * 1024)

/* What stands between two records that follow one another. */
#define MAX_GAP 64

struct _BallastLabelRecords
{
  gatomicrefcount           ref_count;
  int                       fd;
  int                       spool_fd; /* -1: none */
  char                     *prefix;
  const BallastLabelSyntax *syntax;
};

/* How a label begins that lies in the spool: its fault and what it has beside follow. */
typedef struct
{
  guint8     has_box;
  guint8     n_fault; /* bytes; 0: none */
  BallastBox box;
} Packed;

struct _BallastLabelReader
{
  BallastLabelRecords *records;   /* (nullable): the file that was read last */
  gpointer             workspace; /* of its syntax */
  GByteArray          *text;
  guint64              start;     /* of the text in the file */
  guint64              last_end;  /* of the last record */
  GHashTable          *pages;     /* of the spool: number + 1 → bytes */
  GString             *fault;     /* of a packed label */
};

BallastLabelRecords *
ballast_label_records_new (int                       fd,
                           int                       spool_fd,
                           const char               *prefix,
                           const BallastLabelSyntax *syntax)
{
  BallastLabelRecords *records = g_new0 (BallastLabelRecords, 1);

  g_atomic_ref_count_init (&records->ref_count);
  records->fd = fd;
  records->spool_fd = spool_fd;
  records->prefix = g_strdup (prefix);
  records->syntax = syntax;

  return records;
}

BallastLabelRecords *
ballast_label_records_ref (BallastLabelRecords *records)
{
  g_atomic_ref_count_inc (&records->ref_count);

  return records;
}

void
ballast_label_records_unref (BallastLabelRecords *records)
{
  if (!g_atomic_ref_count_dec (&records->ref_count))
    return;
  close (records->fd);
  if (records->spool_fd >= 0)
    close (records->spool_fd);
  g_free (records->prefix);
  g_free (records);
}

const char *
ballast_label_records_get_prefix (BallastLabelRecords *records)
{
  return records->prefix;
}

BallastLabelReader *
ballast_label_reader_new (void)
{
  BallastLabelReader *reader = g_new0 (BallastLabelReader, 1);

  reader->text = g_byte_array_new ();
  reader->pages = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  reader->fault = g_string_new (NULL);

  return reader;
}

static void
forget_records (BallastLabelReader *reader)
{
  if (reader->records == NULL)
    return;
  reader->records->syntax->free_workspace (reader->workspace);
  g_clear_pointer (&reader->records, ballast_label_records_unref);
}

void
ballast_label_reader_free (BallastLabelReader *reader)
{
  forget_records (reader);
  g_byte_array_unref (reader->text);
  g_hash_table_unref (reader->pages);
  g_string_free (reader->fault, TRUE);
  g_free (reader);
}

static void
open_records (BallastLabelReader  *reader,
              BallastLabelRecords *records)
{
  if (reader->records == records)
    return;
  forget_records (reader);
  reader->records = ballast_label_records_ref (records);
  reader->workspace = records->syntax->new_workspace ();
  g_byte_array_set_size (reader->text, 0);
  g_hash_table_remove_all (reader->pages);
  reader->last_end = G_MAXUINT64;
}

/* How many bytes there are from @offset on, @length at the most; fewer than @least: not enough. */
static gsize
read_at (int     fd,
         guint64 offset,
         guint8 *bytes,
         gsize   least,
         gsize   length)
{
  gsize n = 0;

  while (n < least)
    {
      gssize count = pread (fd, bytes + n, length - n, offset + n);

      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0)
        break;
      n += count;
    }

  return n;
}

static const guint8 *
load_piece (BallastLabelReader *reader,
            int                 fd,
            guint64             offset,
            gsize               length)
{
  gboolean follows = offset >= reader->last_end && offset - reader->last_end < MAX_GAP;
  gsize wanted = follows ? MAX (length, AHEAD_BYTES) : length;
  gsize n;

  if (offset < reader->start || offset + length > reader->start + reader->text->len)
    {
      g_byte_array_set_size (reader->text, wanted);
      n = read_at (fd, offset, reader->text->data, length, wanted);
      g_byte_array_set_size (reader->text, n);
      reader->start = offset;
      if (n < length)
        return NULL;
    }
  reader->last_end = offset + length;

  return reader->text->data + (offset - reader->start);
}

static const guint8 *
load_from_page (BallastLabelReader *reader,
                guint64             offset,
                gsize               length)
{
  gpointer key = GSIZE_TO_POINTER (offset / BALLAST_RECORD_PAGE + 1);
  guint64 start = offset - offset % BALLAST_RECORD_PAGE;
  guint8 *page = g_hash_table_lookup (reader->pages, key);
  gsize least = offset - start + length;

  if (page == NULL)
    {
      if (g_hash_table_size (reader->pages) >= MAX_PAGES)
        g_hash_table_remove_all (reader->pages);
      page = g_malloc (BALLAST_RECORD_PAGE);
      g_hash_table_insert (reader->pages, key, page);
      if (read_at (reader->records->spool_fd, start, page, least, BALLAST_RECORD_PAGE) < least)
        return NULL;
    }

  return page + (offset - start);
}

/* NULL where the file does not hold the record any more. */
static const guint8 *
load (BallastLabelReader *reader,
      guint64             offset,
      gsize               length)
{
  guint64 place = offset & ~BALLAST_LABEL_SPOOLED;

  if (offset == place)
    return load_piece (reader, reader->records->fd, offset, length);
  if (length <= BALLAST_RECORD_PAGE)
    return load_from_page (reader, place, length);
  g_byte_array_set_size (reader->text, length);
  reader->start = G_MAXUINT64;

  return read_at (reader->records->spool_fd, place, reader->text->data, length, length) == length
             ? reader->text->data : NULL;
}

void
ballast_label_pack (const BallastImportLabel *label,
                    const char               *fault,
                    GByteArray               *bytes)
{
  Packed head = { label->has_box, fault != NULL ? MIN (strlen (fault), G_MAXUINT8) : 0, label->box };

  g_byte_array_append (bytes, (const guint8 *) &head, sizeof head);
  if (fault != NULL)
    g_byte_array_append (bytes, (const guint8 *) fault, head.n_fault);
  if (label->n_extra > 0)
    g_byte_array_append (bytes, label->extra, label->n_extra);
}

/* What ballast_label_pack() wrote a moment ago, and nobody else. */
static const char *
unpack (BallastLabelReader *reader,
        const guint8       *bytes,
        gsize               length,
        BallastImportLabel *label)
{
  Packed head;

  memcpy (&head, bytes, sizeof head);
  label->has_box = head.has_box;
  label->box = head.box;
  label->extra = bytes + sizeof head + head.n_fault;
  label->n_extra = length - sizeof head - head.n_fault;
  if (head.n_fault == 0)
    return NULL;
  g_string_truncate (reader->fault, 0);
  g_string_append_len (reader->fault, (const char *) bytes + sizeof head, head.n_fault);

  return reader->fault->str;
}

const char *
ballast_label_reader_read (BallastLabelReader  *reader,
                           BallastLabelRecords *records,
                           BallastImportLabel  *label)
{
  const guint8 *text;

  open_records (reader, records);
  text = load (reader, label->offset, label->length);
  if (text == NULL)
    return "the file was changed while it was read";

  if (label->offset & BALLAST_LABEL_SPOOLED)
    return unpack (reader, text, label->length, label);

  return records->syntax->read (reader->workspace, (const char *) text, label->length, label);
}
