/*
 * The journal of an export that is not finished.
 *
 * Invariant: rows are in the order of the items, so that a continued run reads the old rows in step
 * with its items, in constant memory, and appends only items beyond them.  An item that is written
 * again (its file had been damaged) keeps its old row: the same settings give the same bytes.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "ballast-csv.h"
#include "ballast-export-file.h"

#define MAGIC "ballast-journal 1"
#define N_COLUMNS 4

/* A row that outlives the reader's. */
typedef struct
{
  guint64 item;
  char   *path;
  guint64 size;
  char   *sha256;
} OldRow;

struct _BallastJournal
{
  int               write_fd;
  GInputStream     *stream;
  BallastCsvReader *reader;
  GArray           *rows;    /* of BallastJournalRow: the answer to the last question */
  GPtrArray        *texts;   /* what they point at */
  OldRow            ahead;   /* read, and of a later item */
  gboolean          has_ahead;
  gboolean          ended;
};

gboolean
ballast_journal_exists (int dir_fd)
{
  return faccessat (dir_fd, BALLAST_JOURNAL_NAME, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static gboolean
is_header (GPtrArray  *fields,
           const char *fingerprint)
{
  return fields->len == 2 && strcmp (g_ptr_array_index (fields, 0), MAGIC) == 0 &&
         strcmp (g_ptr_array_index (fields, 1), fingerprint) == 0;
}

static gboolean
parse_row (GPtrArray         *fields,
           BallastJournalRow *row)
{
  if (fields->len != N_COLUMNS ||
      !g_ascii_string_to_unsigned (g_ptr_array_index (fields, 0), 10, 0, G_MAXUINT64, &row->item,
                                   NULL) ||
      !g_ascii_string_to_unsigned (g_ptr_array_index (fields, 2), 10, 0, G_MAXUINT64, &row->size,
                                   NULL))
    return FALSE;

  row->path = g_ptr_array_index (fields, 1);
  row->sha256 = g_ptr_array_index (fields, 3);
  return strlen (row->sha256) == 64;
}

static GInputStream *
open_stream (int      dir_fd,
             GError **error)
{
  int fd = openat (dir_fd, BALLAST_JOURNAL_NAME,
                   O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC); /* a pipe must not hold us */

  if (fd >= 0)
    return g_unix_input_stream_new (fd, TRUE);

  ballast_export_file_fail (error, _("Cannot open"), BALLAST_JOURNAL_NAME, errno);
  return NULL;
}

/* A row ends in a newline of its own; what a cut left behind is no row, even if it looks like one. */
static gboolean
measure_whole_rows (int         dir_fd,
                    const char *fingerprint,
                    guint64    *whole,
                    GError    **error)
{
  g_autoptr(GInputStream) stream = open_stream (dir_fd, error);
  g_autoptr(BallastCsvReader) reader = NULL;
  BallastJournalRow row;
  GPtrArray *fields;

  *whole = 0;
  if (stream == NULL)
    return FALSE;

  reader = ballast_csv_reader_new (stream);
  while ((fields = ballast_csv_reader_next (reader, NULL, NULL)) != NULL &&
         (*whole == 0 ? is_header (fields, fingerprint) : parse_row (fields, &row)) &&
         ballast_csv_reader_get_position (reader) > *whole)
    *whole = ballast_csv_reader_get_position (reader);

  return TRUE;
}

static gboolean
begin (BallastJournal *journal,
       const char     *fingerprint,
       GError        **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *const fields[] = { MAGIC, fingerprint };

  ballast_csv_append_row (text, fields, 2);
  if (ftruncate (journal->write_fd, 0) != 0)
    return ballast_export_file_fail (error, _("Cannot write"), BALLAST_JOURNAL_NAME, errno);

  journal->ended = TRUE;
  return ballast_export_file_write_all (journal->write_fd, text->str, text->len,
                                        BALLAST_JOURNAL_NAME, error);
}

/* Cuts what is damaged, and reads past the header. */
static gboolean
resume (BallastJournal *journal,
        int             dir_fd,
        guint64         whole,
        GError        **error)
{
  if (ftruncate (journal->write_fd, (off_t) whole) != 0)
    return ballast_export_file_fail (error, _("Cannot write"), BALLAST_JOURNAL_NAME, errno);

  journal->stream = open_stream (dir_fd, error);
  if (journal->stream == NULL)
    return FALSE;
  journal->reader = ballast_csv_reader_new (journal->stream);
  return ballast_csv_reader_next (journal->reader, NULL, error) != NULL;
}

BallastJournal *
ballast_journal_open (int         dir_fd,
                      const char *fingerprint,
                      gboolean   *matches,
                      GError    **error)
{
  g_autoptr(BallastJournal) journal = g_new0 (BallastJournal, 1);
  guint64 whole = 0;

  journal->rows = g_array_new (FALSE, FALSE, sizeof (BallastJournalRow));
  journal->texts = g_ptr_array_new_with_free_func (g_free);
  journal->write_fd = openat (dir_fd, BALLAST_JOURNAL_NAME,
                              O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC,
                              0666);
  if (journal->write_fd < 0)
    {
      ballast_export_file_fail (error, _("Cannot open"), BALLAST_JOURNAL_NAME, errno);
      return NULL;
    }

  if (!measure_whole_rows (dir_fd, fingerprint, &whole, error))
    return NULL;
  *matches = whole > 0;
  if (!(*matches ? resume (journal, dir_fd, whole, error) : begin (journal, fingerprint, error)))
    return NULL;

  return g_steal_pointer (&journal);
}

static void
clear_ahead (BallastJournal *journal)
{
  g_clear_pointer (&journal->ahead.path, g_free);
  g_clear_pointer (&journal->ahead.sha256, g_free);
  journal->has_ahead = FALSE;
}

/* Reads one row into @ahead; FALSE at the end.  A row that cannot be read is the end: what it told
 * of is written again. */
static gboolean
read_ahead (BallastJournal *journal)
{
  BallastJournalRow row = { 0 };
  GPtrArray *fields = ballast_csv_reader_next (journal->reader, NULL, NULL);

  if (fields == NULL || !parse_row (fields, &row))
    {
      journal->ended = TRUE;
      return FALSE;
    }

  journal->ahead = (OldRow){ row.item, g_strdup (row.path), row.size, g_strdup (row.sha256) };
  journal->has_ahead = TRUE;
  return TRUE;
}

static void
answer_with_ahead (BallastJournal *journal)
{
  BallastJournalRow row = { journal->ahead.item, journal->ahead.path, journal->ahead.size,
                            journal->ahead.sha256 };

  g_array_append_val (journal->rows, row);
  g_ptr_array_add (journal->texts, g_steal_pointer (&journal->ahead.path));
  g_ptr_array_add (journal->texts, g_steal_pointer (&journal->ahead.sha256));
  journal->has_ahead = FALSE;
}

const GArray *
ballast_journal_get (BallastJournal *journal,
                     guint64         item)
{
  g_array_set_size (journal->rows, 0);
  g_ptr_array_set_size (journal->texts, 0);
  while (journal->has_ahead || (!journal->ended && read_ahead (journal)))
    {
      if (journal->ahead.item > item)
        break;
      if (journal->ahead.item == item)
        answer_with_ahead (journal);
      else
        clear_ahead (journal);
    }

  return journal->rows;
}

gboolean
ballast_journal_add (BallastJournal          *journal,
                     const BallastJournalRow *row,
                     GError                 **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  char item[24], size[24];
  const char *const fields[N_COLUMNS] = { item, row->path, size, row->sha256 };

  g_snprintf (item, sizeof item, "%" G_GUINT64_FORMAT, row->item);
  g_snprintf (size, sizeof size, "%" G_GUINT64_FORMAT, row->size);
  ballast_csv_append_row (text, fields, N_COLUMNS);
  return ballast_export_file_write_all (journal->write_fd, text->str, text->len,
                                        BALLAST_JOURNAL_NAME, error);
}

gboolean
ballast_journal_remove (int      dir_fd,
                        GError **error)
{
  return unlinkat (dir_fd, BALLAST_JOURNAL_NAME, 0) == 0 || errno == ENOENT ||
         ballast_export_file_fail (error, _("Cannot remove"), BALLAST_JOURNAL_NAME, errno);
}

void
ballast_journal_free (BallastJournal *journal)
{
  if (journal->write_fd >= 0)
    close (journal->write_fd);
  clear_ahead (journal);
  g_clear_pointer (&journal->reader, ballast_csv_reader_free);
  g_clear_object (&journal->stream);
  g_array_unref (journal->rows);
  g_ptr_array_unref (journal->texts);
  g_free (journal);
}
