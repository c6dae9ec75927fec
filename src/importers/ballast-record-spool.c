/*
 * A temporary file of pages, each filled by one bin.
 *
 * Several spools may share the file, each on a thread of its own: a page is one spool's alone.
 *
 * Reading half a kilobyte at a million places of a file costs more than writing all of it down once
 * and reading it by pages.  The file has no name from the beginning.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-record-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  guint64 start;  /* of the page in the file */
  guint   used;
  char   *page;   /* NULL: none begun */
} Bin;

/* What spools share. */
typedef struct
{
  gatomicrefcount ref_count;
  int             fd;
  gsize           n_pages; /* atomic */
} File;

struct _BallastRecordSpool
{
  File *file;
  guint n_bins;
  Bin  *bins;
};

/* In a folder that is meant for large files first. */
int
ballast_record_spool_make_file (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "ballast-XXXXXX", NULL);
  int fd = open ("/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    return fd;
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    unlink (path);

  return fd;
}

static File *
file_new (void)
{
  File *file;
  int fd = ballast_record_spool_make_file ();

  if (fd < 0)
    return NULL;
  file = g_new0 (File, 1);
  g_atomic_ref_count_init (&file->ref_count);
  file->fd = fd;

  return file;
}

static void
file_unref (File *file)
{
  if (!g_atomic_ref_count_dec (&file->ref_count))
    return;
  close (file->fd);
  g_free (file);
}

/* Where so many pages of the file begin that nobody else has. */
static guint64
take_pages (File *file,
            gsize n)
{
  return (guint64) (gsize) g_atomic_pointer_add (&file->n_pages, (gssize) n) * BALLAST_RECORD_PAGE;
}

BallastRecordSpool *
ballast_record_spool_new (guint               n_bins,
                          BallastRecordSpool *beside)
{
  BallastRecordSpool *spool;
  File *file = beside != NULL ? beside->file : file_new ();

  if (file == NULL)
    return NULL;
  if (beside != NULL)
    g_atomic_ref_count_inc (&file->ref_count);
  spool = g_new0 (BallastRecordSpool, 1);
  spool->file = file;
  spool->n_bins = n_bins;
  spool->bins = g_new0 (Bin, n_bins);

  return spool;
}

void
ballast_record_spool_free (BallastRecordSpool *spool)
{
  if (spool == NULL)
    return;
  for (guint i = 0; i < spool->n_bins; i++)
    g_free (spool->bins[i].page);
  g_free (spool->bins);
  file_unref (spool->file);
  g_free (spool);
}

static gboolean
write_at (BallastRecordSpool *spool,
          const char         *text,
          gsize               length,
          guint64             offset)
{
  while (length > 0)
    {
      gssize count = pwrite (spool->file->fd, text, length, offset);

      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0)
        return FALSE;
      text += count;
      offset += count;
      length -= count;
    }

  return TRUE;
}

static gboolean
begin_page (BallastRecordSpool *spool,
            Bin                *bin)
{
  if (bin->page == NULL)
    bin->page = g_malloc (BALLAST_RECORD_PAGE);
  else if (!write_at (spool, bin->page, bin->used, bin->start))
    return FALSE;
  bin->start = take_pages (spool->file, 1);
  bin->used = 0;

  return TRUE;
}

gboolean
ballast_record_spool_add (BallastRecordSpool *spool,
                          guint               bin_index,
                          const char         *text,
                          gsize               length,
                          guint64            *offset)
{
  Bin *bin = &spool->bins[bin_index];

  if (length > BALLAST_RECORD_PAGE)
    {
      *offset = take_pages (spool->file, (length + BALLAST_RECORD_PAGE - 1) / BALLAST_RECORD_PAGE);
      return write_at (spool, text, length, *offset);
    }
  if ((bin->page == NULL || bin->used + length > BALLAST_RECORD_PAGE) && !begin_page (spool, bin))
    return FALSE;
  *offset = bin->start + bin->used;
  memcpy (bin->page + bin->used, text, length);
  bin->used += length;

  return TRUE;
}

gboolean
ballast_record_spool_finish (BallastRecordSpool *spool)
{
  for (guint i = 0; i < spool->n_bins; i++)
    {
      Bin *bin = &spool->bins[i];

      if (bin->page != NULL && !write_at (spool, bin->page, bin->used, bin->start))
        return FALSE;
      g_clear_pointer (&bin->page, g_free);
    }

  return TRUE;
}

int
ballast_record_spool_dup_fd (BallastRecordSpool *spool)
{
  return fcntl (spool->file->fd, F_DUPFD_CLOEXEC, 0);
}
