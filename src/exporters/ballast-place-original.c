/*
 * Brings originals into a dataset: copied, linked, or shared block by block.
 *
 * Every way hashes the bytes, so that the manifest tells of all files alike.  The source is only
 * ever opened for reading, and is looked at before and after: a file that is written to meanwhile is
 * noticed, not exported half.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-place-original.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-export-error.h"
#include "ballast-export-file.h"
#include "ballast-image-error.h"
#include "ballast-path.h"

#define PIECE_SIZE (256 * 1024)

/* The kernel copies so much at a time between looks at the cancellable. */
#define RANGE_SIZE (8 * 1024 * 1024)

typedef struct
{
  int           source_fd;
  int           target_fd;
  const char   *name;
  GCancellable *cancellable;
} Transfer;

gboolean
ballast_place_original_check (int                      fd,
                              const BallastImageFacts *facts,
                              const char              *display_name,
                              GError                 **error)
{
  struct stat info;
  gint64 mtime_ns;

  if (fstat (fd, &info) != 0)
    return ballast_export_file_fail (error, _("Cannot read"), display_name, errno);

  mtime_ns = (gint64) info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
  if ((guint64) info.st_size == facts->size_bytes && mtime_ns == facts->mtime_ns)
    return TRUE;

  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_CHANGED,
               _("“%s” changed since it was imported: import its folder again, then export"),
               display_name);
  return FALSE;
}

static gboolean
hash_source (const Transfer        *transfer,
             BallastPlacedOriginal *placed,
             GError               **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE_SIZE);
  BallastSha256 digest;
  ssize_t n_read;

  ballast_sha256_init (&digest);
  placed->size = 0;
  while ((n_read = pread (transfer->source_fd, piece, PIECE_SIZE, (off_t) placed->size)) != 0)
    {
      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        {
          /* The source's fault, not the dataset's. */
          g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_DAMAGED,
                       _("Cannot read the source of “%s”: %s"), transfer->name, g_strerror (errno));
          return FALSE;
        }
      if (transfer->target_fd >= 0 &&
          !ballast_export_file_write_all (transfer->target_fd, piece, (gsize) n_read,
                                          transfer->name, error))
        return FALSE;
      if (g_cancellable_set_error_if_cancelled (transfer->cancellable, error))
        return FALSE;
      ballast_sha256_update (&digest, piece, (gsize) n_read);
      placed->size += (guint64) n_read;
    }

  ballast_sha256_finish_hex (&digest, placed->sha256);
  return TRUE;
}

/* Lets the kernel copy.  @refused: it does not do that here; whatever came is to be overwritten. */
static gboolean
copy_range (const Transfer *transfer,
            gboolean       *refused,
            GError        **error)
{
  loff_t at = 0;
  ssize_t copied;

  *refused = FALSE;
  while ((copied = copy_file_range (transfer->source_fd, &at, transfer->target_fd, NULL,
                                    RANGE_SIZE, 0)) != 0)
    {
      if (copied < 0 && errno == EINTR)
        continue;
      if (copied < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG))
        return ballast_export_file_fail (error, _("Cannot write"), transfer->name, errno);
      if (copied < 0)
        {
          *refused = TRUE;
          return TRUE;
        }
      if (g_cancellable_set_error_if_cancelled (transfer->cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* Hashing reads the pages that the copy has just brought in.  Some file systems end
 * copy_file_range() early without saying so, hence the look at the size. */
static gboolean
fill_copy (const Transfer        *transfer,
           BallastPlacedOriginal *placed,
           GError               **error)
{
  Transfer source_alone = *transfer;
  gboolean refused;
  struct stat info;

  source_alone.target_fd = -1;
  if (!copy_range (transfer, &refused, error))
    return FALSE;
  if (!refused && !hash_source (&source_alone, placed, error))
    return FALSE;
  if (!refused && fstat (transfer->target_fd, &info) == 0 &&
      (guint64) info.st_size == placed->size)
    return TRUE;

  if (ftruncate (transfer->target_fd, 0) != 0 || lseek (transfer->target_fd, 0, SEEK_SET) != 0)
    return ballast_export_file_fail (error, _("Cannot write"), transfer->name, errno);
  return hash_source (transfer, placed, error);
}

static gboolean
place_copy (Transfer               transfer,
            int                    dir_fd,
            gboolean               share,
            BallastPlacedOriginal *placed,
            GError               **error)
{
  gboolean done;

  transfer.target_fd = ballast_export_file_create (dir_fd, transfer.name, error);
  if (transfer.target_fd < 0)
    return FALSE;

  placed->how = BALLAST_ORIGINALS_COPY;
  if (share && ioctl (transfer.target_fd, FICLONE, transfer.source_fd) == 0)
    {
      Transfer source_alone = transfer;

      source_alone.target_fd = -1;
      placed->how = BALLAST_ORIGINALS_REFLINK;
      done = hash_source (&source_alone, placed, error);
    }
  else
    done = fill_copy (&transfer, placed, error);

  if (close (transfer.target_fd) != 0 && done)
    done = ballast_export_file_fail (error, _("Cannot write"), transfer.name, errno);
  return done;
}

/* By the descriptor, not by the path: what was checked is what is linked. */
static gboolean
place_link (const Transfer        *transfer,
            int                    dir_fd,
            BallastPlacedOriginal *placed,
            GError               **error)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", transfer->source_fd);

  if (linkat (AT_FDCWD, path, dir_fd, transfer->name, AT_SYMLINK_FOLLOW) != 0 &&
      (errno != EEXIST || unlinkat (dir_fd, transfer->name, 0) != 0 ||
       linkat (AT_FDCWD, path, dir_fd, transfer->name, AT_SYMLINK_FOLLOW) != 0))
    return place_copy (*transfer, dir_fd, FALSE, placed, error);

  placed->how = BALLAST_ORIGINALS_HARDLINK;
  return hash_source (transfer, placed, error);
}

static gboolean
place_symlink (const Transfer        *transfer,
               const char            *source_path,
               int                    dir_fd,
               BallastPlacedOriginal *placed,
               GError               **error)
{
  if (unlinkat (dir_fd, transfer->name, 0) != 0 && errno != ENOENT)
    return ballast_export_file_fail (error, _("Cannot replace"), transfer->name, errno);
  if (symlinkat (source_path, dir_fd, transfer->name) != 0)
    return ballast_export_file_fail (error, _("Cannot link"), transfer->name, errno);

  placed->how = BALLAST_ORIGINALS_SYMLINK;
  return hash_source (transfer, placed, error);
}

static gboolean
place (const Transfer        *transfer,
       const char            *source_path,
       int                    dir_fd,
       BallastOriginals       how,
       BallastPlacedOriginal *placed,
       GError               **error)
{
  switch (how)
    {
    case BALLAST_ORIGINALS_HARDLINK:
      return place_link (transfer, dir_fd, placed, error);
    case BALLAST_ORIGINALS_SYMLINK:
      return place_symlink (transfer, source_path, dir_fd, placed, error);
    case BALLAST_ORIGINALS_LIST:
      placed->how = BALLAST_ORIGINALS_LIST;
      return TRUE;
    case BALLAST_ORIGINALS_COPY:
    case BALLAST_ORIGINALS_REFLINK:
    default:
      return place_copy (*transfer, dir_fd, how == BALLAST_ORIGINALS_REFLINK, placed, error);
    }
}

gboolean
ballast_place_original (const BallastOriginalSource *source,
                        int                          dir_fd,
                        const char                  *name,
                        BallastOriginals             how,
                        BallastPlacedOriginal       *placed,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  Transfer transfer = { source->fd, -1, name, cancellable };
  g_autofree char *display = ballast_path_display (source->path);

  *placed = (BallastPlacedOriginal){ .size = source->facts->size_bytes };
  if (!ballast_place_original_check (source->fd, source->facts, display, error))
    return FALSE;
  if (place (&transfer, source->path, dir_fd, how, placed, error) &&
      ballast_place_original_check (source->fd, source->facts, display, error))
    return TRUE;

  if (how != BALLAST_ORIGINALS_LIST)
    unlinkat (dir_fd, name, 0);
  return FALSE;
}
