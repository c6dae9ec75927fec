#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-decode.h"

#include "ballast-decode-private.h"
#include "ballast-image-error.h"
#include "ballast-orientation.h"
#include "ballast-probe.h"
#include "ballast-raster-pool.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * From a file's bytes to pixels.
 *
 * The probe goes first, over the same bytes: a decoder sees only what is whole by its structure, within
 * the limits and of a known format.  The file is read, never mapped, since a file that is cut while
 * it is mapped ends the program.  Any number of threads.
 */

#define PIECE_BYTES (4 * 1024 * 1024)

void
ballast_decode_info_clear (BallastDecodeInfo *info)
{
  g_clear_pointer (&info->icc_profile, g_bytes_unref);
}

void
ballast_decode_set_damaged (BallastDecodeJob *job,
                            const char       *detail,
                            GError          **error)
{
  g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_DAMAGED, _("“%s” is damaged: %s"),
               job->name, detail);
}

BallastRaster *
ballast_decode_make_raster (BallastDecodeJob *job,
                            guint             width,
                            guint             height,
                            guint             channels,
                            guint             depth,
                            GError          **error)
{
  BallastRaster *raster = ballast_raster_try_new (width, height, channels, depth);

  if (raster == NULL)
    g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_TOO_LARGE,
                 _("“%s” is too large for the memory: %u × %u pixels"), job->name, width, height);

  return raster;
}

static void
set_refused (const char               *name,
             const BallastImageFacts  *facts,
             const BallastProbeResult *result,
             GError                  **error)
{
  gboolean is_known = facts->format != BALLAST_FORMAT_UNKNOWN;

  if (result->kind == BALLAST_PROBLEM_EMPTY_FILE)
    g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_EMPTY, _("“%s” is empty"), name);
  else if (result->kind == BALLAST_PROBLEM_TOO_LARGE)
    g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_TOO_LARGE,
                 _("“%s” is too large: %s"),
                 name, result->detail);
  else if (result->kind == BALLAST_PROBLEM_NOT_AN_IMAGE && is_known)
    g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED,
                 _("“%s” cannot be read: %s"), name, result->detail);
  else if (result->kind == BALLAST_PROBLEM_NOT_AN_IMAGE)
    g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_FORMAT,
                 _("“%s” is not an image that can be read"), name);
  else
    g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_DAMAGED, _("“%s” is damaged: %s"),
                 name, result->detail);
}

/* What is left to do after what the decoder has done already. */
static BallastRaster *
turn (BallastDecodeJob *job,
      BallastRaster    *stored)
{
  g_autoptr(BallastRaster) raster = stored;
  BallastOrientation wanted
    = job->options->keep_orientation ? BALLAST_ORIENTATION_NORMAL : job->info->facts.orientation;
  BallastOrientation rest
    = ballast_orientation_compose (ballast_orientation_invert (job->orientation_done), wanted);

  if (rest == BALLAST_ORIENTATION_NORMAL)
    return g_steal_pointer (&raster);

  return ballast_orientation_apply (raster, rest);
}

static BallastRaster *
decode_job (BallastDecodeJob *job,
            GError          **error)
{
  gboolean swaps = !job->options->keep_orientation
                   && ballast_orientation_swaps_sides (job->info->facts.orientation);
  BallastRaster *raster;

  job->wanted_width = swaps ? job->options->wanted_height : job->options->wanted_width;
  job->wanted_height = swaps ? job->options->wanted_width : job->options->wanted_height;
  job->orientation_done = BALLAST_ORIENTATION_NORMAL;

  if (job->info->facts.format == BALLAST_FORMAT_JPEG)
    raster = ballast_decode_jpeg (job, error);
  else if (job->info->facts.format == BALLAST_FORMAT_PNG)
    raster = ballast_decode_png (job, error);
  else if (job->info->facts.format == BALLAST_FORMAT_PNM)
    raster = ballast_decode_pnm (job, error);
  else
    raster = ballast_decode_pixbuf (job, error);

  return raster != NULL ? turn (job, raster) : NULL;
}

BallastRaster *
ballast_decode_bytes (const guint8               *data,
                      gsize                       length,
                      const BallastDecodeOptions *options,
                      BallastDecodeInfo          *info,
                      GCancellable               *cancellable,
                      GError                    **error)
{
  static const BallastDecodeOptions usual = BALLAST_DECODE_OPTIONS_INIT;
  g_auto(BallastDecodeInfo) own_info = BALLAST_DECODE_INFO_INIT;
  BallastDecodeJob job = { .data = data,
                           .length = length,
                           .options = options != NULL ? options : &usual,
                           .wants_extras = info != NULL,
                           .info = info != NULL ? info : &own_info,
                           .cancellable = cancellable };
  BallastProbeResult result = { 0 };

  job.name = job.options->display_name != NULL ? job.options->display_name : "the image";
  ballast_decode_info_clear (job.info);
  *job.info = (BallastDecodeInfo) BALLAST_DECODE_INFO_INIT;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  ballast_probe_bytes (data, length, NULL, &job.options->limits, &job.info->facts, &result);
  if (!result.usable)
    {
      set_refused (job.name, &job.info->facts, &result, error);
      return NULL;
    }
  if (result.kind == BALLAST_PROBLEM_ANIMATION)
    job.info->losses |= BALLAST_DECODE_LOST_FRAMES;

  return decode_job (&job, error);
}

/* Fills @buffer from the beginning of @fd; FALSE where there are fewer bytes or an error. */
static gboolean
read_all (int           fd,
          guint8       *buffer,
          gsize         length,
          GCancellable *cancellable,
          GError      **error)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = pread (fd, buffer + done, MIN (length - done, PIECE_BYTES), (off_t) done);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          int code = n < 0 ? errno : 0;

          g_set_error_literal (error, G_IO_ERROR,
                               code != 0 ? g_io_error_from_errno (code) : G_IO_ERROR_PARTIAL_INPUT,
                               code != 0 ? g_strerror (code) : "it was cut while it was read");
          return FALSE;
        }
      done += (gsize) n;
    }

  return TRUE;
}

/* The file's size, or FALSE with the error set. */
static gboolean
get_size (int         fd,
          guint64     max_bytes,
          const char *name,
          gsize      *size,
          GError    **error)
{
  struct stat status;

  if (fstat (fd, &status) < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("“%s” cannot be read: %s"),
                   name, g_strerror (errno));
      return FALSE;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _("“%s” is not a regular file"),
                   name);
      return FALSE;
    }
  if ((guint64) status.st_size > max_bytes)
    {
      g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_TOO_LARGE,
                   _("“%s” is too large: %" PRId64 " bytes"), name, (gint64) status.st_size);
      return FALSE;
    }
  *size = (gsize) status.st_size;

  return TRUE;
}

GBytes *
ballast_decode_read_fd (int           fd,
                        guint64       max_bytes,
                        const char   *display_name,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autofree guint8 *buffer = NULL;
  const char *name = display_name != NULL ? display_name : "the image";
  gsize size;

  if (!get_size (fd, max_bytes, name, &size, error))
    return NULL;

  buffer = g_try_malloc (MAX (size, 1));
  if (buffer == NULL)
    {
      g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_TOO_LARGE,
                   _("“%s” is too large for the memory"), name);
      return NULL;
    }
  if (!read_all (fd, buffer, size, cancellable, error))
    {
      g_prefix_error (error, _("“%s” cannot be read: "), name);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&buffer), size);
}

BallastRaster *
ballast_decode_fd (int                         fd,
                   const BallastDecodeOptions *options,
                   BallastDecodeInfo          *info,
                   GCancellable               *cancellable,
                   GError                    **error)
{
  static const BallastDecodeOptions usual = BALLAST_DECODE_OPTIONS_INIT;
  const BallastDecodeOptions *used = options != NULL ? options : &usual;
  const char *name = used->display_name != NULL ? used->display_name : "the image";
  BallastRaster *raster = NULL;
  gsize capacity = 0;
  gsize size;
  guint8 *buffer;

  if (!get_size (fd, used->limits.max_bytes, name, &size, error))
    return NULL;

  buffer = ballast_raster_pool_take (size, &capacity);
  if (buffer == NULL)
    {
      g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_TOO_LARGE,
                   _("“%s” is too large for the memory"), name);
      return NULL;
    }
  if (read_all (fd, buffer, size, cancellable, error))
    raster = ballast_decode_bytes (buffer, size, used, info, cancellable, error);
  else
    g_prefix_error (error, _("“%s” cannot be read: "), name);
  ballast_raster_pool_give (buffer, capacity);

  return raster;
}
