/*
 * A temporary file of pages, each filled by one bin.
 *
 * Reading half a kilobyte at a million places of a file costs more than writing all of it down once
 * and reading it by pages.  One thread; the file has no name from the beginning.
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

struct _BallastRecordSpool
{
  int     fd;
  guint64 size;
  guint   n_bins;
  Bin    *bins;
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

BallastRecordSpool *
ballast_record_spool_new (guint n_bins)
{
  BallastRecordSpool *spool;
  int fd = ballast_record_spool_make_file ();

  if (fd < 0)
    return NULL;
  spool = g_new0 (BallastRecordSpool, 1);
  spool->fd = fd;
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
  if (spool->fd >= 0)
    close (spool->fd);
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
      gssize count = pwrite (spool->fd, text, length, offset);

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
  bin->start = spool->size;
  bin->used = 0;
  spool->size += BALLAST_RECORD_PAGE;

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
      *offset = spool->size;
      spool->size += (length + BALLAST_RECORD_PAGE - 1) / BALLAST_RECORD_PAGE * BALLAST_RECORD_PAGE;
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
ballast_record_spool_finish (BallastRecordSpool *spool,
                             int                *fd)
{
  for (guint i = 0; i < spool->n_bins; i++)
    {
      Bin *bin = &spool->bins[i];

      if (bin->page != NULL && !write_at (spool, bin->page, bin->used, bin->start))
        return FALSE;
    }
  *fd = spool->fd;
  spool->fd = -1;

  return TRUE;
}
