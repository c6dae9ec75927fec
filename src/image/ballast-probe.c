#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-probe.h"

#include "ballast-format.h"
#include "ballast-open-private.h"
#include "ballast-probe-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/*
 * What a file says about itself, and whether it is whole.
 *
 * Import calls this for every file, so the way of a sound JPEG is short: open, fstat, one read of
 * 4 KB, one of two bytes, close.  Nothing is allocated.  Any number of threads.  Limits are checked
 * as soon as a size is known; nothing is ever decoded here.
 */

/* A picture that claims this many pixels, and so many for each of its bytes, is a bomb or as good as
 * empty.  Deflate packs a white page of 1 bit up to 8,000 : 1, so small ones are let through. */
#define SUSPICIOUS_PIXELS 25000000
#define SUSPICIOUS_PIXELS_A_BYTE 2000

static void
give_verdict (BallastProbe      *probe,
              BallastProblemKind kind,
              const char        *format,
              va_list            arguments)
{
  BallastProbeResult *result = probe->result;

  if (result->kind != 0 || !result->usable)
    return;

  result->kind = kind;
  result->usable = kind == 0;
  g_vsnprintf (result->detail, sizeof result->detail, format, arguments);
}

void
ballast_probe_damaged (BallastProbe *probe,
                       const char   *format,
                       ...)
{
  va_list arguments;

  va_start (arguments, format);
  give_verdict (probe, BALLAST_PROBLEM_DAMAGED, format, arguments);
  va_end (arguments);
}

void
ballast_probe_refuse (BallastProbe      *probe,
                      BallastProblemKind kind,
                      const char        *format,
                      ...)
{
  va_list arguments;

  va_start (arguments, format);
  give_verdict (probe, kind, format, arguments);
  va_end (arguments);
}

void
ballast_probe_remark (BallastProbe *probe,
                      const char   *format,
                      ...)
{
  va_list arguments;

  va_start (arguments, format);
  give_verdict (probe, 0, format, arguments);
  va_end (arguments);
}

void
ballast_probe_remark_trailing (BallastProbe *probe,
                               guint64       end)
{
  if (end < probe->reader->size)
    ballast_probe_remark (probe, "%" G_GUINT64_FORMAT " bytes after the end of the picture",
                          probe->reader->size - end);
}

gboolean
ballast_probe_check_size (BallastProbe *probe,
                          guint64       width,
                          guint64       height)
{
  const BallastImageLimits *limits = probe->limits;
  guint64 n_pixels;

  if (width == 0 || height == 0)
    {
      ballast_probe_damaged (probe, "its size is %" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT,
                             width, height);
      return FALSE;
    }

  n_pixels = width > G_MAXUINT32 || height > G_MAXUINT32 ? G_MAXUINT64 : width * height;
  if (width > limits->max_side || height > limits->max_side || n_pixels > limits->max_pixels
      || (n_pixels > SUSPICIOUS_PIXELS
          && n_pixels / SUSPICIOUS_PIXELS_A_BYTE > probe->reader->size))
    {
      ballast_probe_refuse (probe, BALLAST_PROBLEM_TOO_LARGE,
                            "%" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT " pixels", width, height);
      return FALSE;
    }

  return TRUE;
}

gboolean
ballast_probe_set_size (BallastProbe *probe,
                        guint64       width,
                        guint64       height)
{
  probe->facts->width = (guint32) MIN (width, G_MAXUINT32);
  probe->facts->height = (guint32) MIN (height, G_MAXUINT32);

  return ballast_probe_check_size (probe, width, height);
}

/* The bytes are read anyway, so that duplicates are looked for among files that begin alike, without
 * opening all of them again.  47 bits are what a project stores in six bytes. */
static guint64
hash_head (BallastReader *reader)
{
  gsize length = (gsize) MIN (reader->size, BALLAST_READER_FIRST);
  const guint8 *bytes = ballast_reader_peek (reader, 0, length);

  return bytes != NULL ? MAX (XXH3_64bits (bytes, length) >> 17, 1) : 0;
}

static void
parse (BallastProbe *probe)
{
  static void (*const parsers[]) (BallastProbe *) = {
    [BALLAST_FORMAT_UNKNOWN] = NULL,
    [BALLAST_FORMAT_JPEG] = ballast_probe_jpeg,
    [BALLAST_FORMAT_PNG] = ballast_probe_png,
    [BALLAST_FORMAT_GIF] = ballast_probe_gif,
    [BALLAST_FORMAT_BMP] = ballast_probe_bmp,
    [BALLAST_FORMAT_TIFF] = ballast_probe_tiff,
    [BALLAST_FORMAT_WEBP] = ballast_probe_webp,
    [BALLAST_FORMAT_PNM] = ballast_probe_pnm,
    [BALLAST_FORMAT_ICO] = ballast_probe_ico,
    [BALLAST_FORMAT_HEIF] = ballast_probe_heif,
    [BALLAST_FORMAT_AVIF] = ballast_probe_heif,
  };
  BallastFormat format = ballast_format_sniff (probe->reader);

  probe->facts->format = format;
  if (format == BALLAST_FORMAT_UNKNOWN)
    {
      ballast_probe_refuse (probe, BALLAST_PROBLEM_NOT_AN_IMAGE, "no reader knows its content");
      return;
    }

  parsers[format](probe);
  if (probe->result->usable && !ballast_format_has_reader (format))
    ballast_probe_refuse (probe, BALLAST_PROBLEM_NOT_AN_IMAGE, "no reader for %s is installed",
                          ballast_format_get_name (format));
}

/* Notes on a picture that can be used. */
static void
add_notes (BallastProbe *probe,
           const char   *name)
{
  BallastProbeResult *result = probe->result;
  BallastFormat promised = ballast_format_from_ending (name);

  if (promised != BALLAST_FORMAT_UNKNOWN && promised != probe->facts->format)
    {
      result->kind = BALLAST_PROBLEM_WRONG_ENDING;
      g_snprintf (result->detail, sizeof result->detail, "its content is %s",
                  ballast_format_get_name (probe->facts->format));
    }
  else if (probe->animated)
    {
      result->kind = BALLAST_PROBLEM_ANIMATION;
      if (probe->n_frames > 0)
        g_snprintf (result->detail, sizeof result->detail, "%u frames or pages", probe->n_frames);
      else
        g_strlcpy (result->detail, "several frames or pages", sizeof result->detail);
    }
}

static void
run (BallastReader            *reader,
     const char               *name,
     const BallastImageLimits *limits,
     BallastImageFacts        *facts,
     BallastProbeResult       *result)
{
  static const BallastImageLimits usual = BALLAST_IMAGE_LIMITS_INIT;
  BallastProbe probe = { reader, limits != NULL ? limits : &usual, facts, result, 0, FALSE };

  facts->orientation = 1;
  facts->size_bytes = reader->size;
  result->kind = 0;
  result->usable = TRUE;
  result->detail[0] = '\0';

  if (reader->size == 0)
    ballast_probe_refuse (&probe, BALLAST_PROBLEM_EMPTY_FILE, "0 bytes");
  else if (reader->size > probe.limits->max_bytes)
    ballast_probe_refuse (&probe, BALLAST_PROBLEM_TOO_LARGE, "%" G_GUINT64_FORMAT " bytes",
                          reader->size);
  else
    {
      facts->head_hash = hash_head (reader);
      parse (&probe);
    }

  if (reader->error != 0)
    {
      result->kind = BALLAST_PROBLEM_UNREADABLE;
      result->usable = FALSE;
      g_strlcpy (result->detail, g_strerror (reader->error), sizeof result->detail);
    }
  if (result->usable)
    add_notes (&probe, name);
}

static void
run_fd (int                       fd,
        const struct stat        *status,
        const char               *name,
        const BallastImageLimits *limits,
        BallastImageFacts        *facts,
        BallastProbeResult       *result)
{
  BallastReader reader;

  *facts = (BallastImageFacts) { 0 };
  facts->mtime_ns = (gint64) status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
  ballast_reader_init_fd (&reader, fd, (guint64) status->st_size);
  run (&reader, name, limits, facts, result);
}

gboolean
ballast_probe_file (int                 dirfd,
                    const char         *name,
                    BallastImageFacts  *facts,
                    BallastProbeResult *result,
                    GError            **error)
{
  BallastProblemKind kind = 0;
  struct stat status;
  int fd = ballast_open_with_status (dirfd, name, &status, &kind);
  int code = errno;

  if (fd >= 0)
    {
      run_fd (fd, &status, name, NULL, facts, result);
      close (fd);
      return TRUE;
    }

  *facts = (BallastImageFacts) { .orientation = 1 };
  *result = (BallastProbeResult) { .kind = kind };
  if (kind == 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _("Files cannot be opened: %s"),
                   g_strerror (code));
      return FALSE;
    }
  g_strlcpy (result->detail, code == ENXIO ? "not a regular file" : g_strerror (code),
             sizeof result->detail);

  return TRUE;
}

gboolean
ballast_probe_fd (int                       fd,
                  const char               *name,
                  const BallastImageLimits *limits,
                  BallastImageFacts        *facts,
                  BallastProbeResult       *result,
                  GError                  **error)
{
  struct stat status;

  if (fstat (fd, &status) < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("A file cannot be read: %s"),
                   g_strerror (errno));
      return FALSE;
    }

  if (S_ISREG (status.st_mode))
    {
      run_fd (fd, &status, name, limits, facts, result);
      return TRUE;
    }

  *facts = (BallastImageFacts) { .orientation = 1 };
  *result = (BallastProbeResult) { .kind = BALLAST_PROBLEM_SPECIAL_FILE };
  g_strlcpy (result->detail, "not a regular file", sizeof result->detail);

  return TRUE;
}

void
ballast_probe_bytes (const guint8             *data,
                     gsize                     length,
                     const char               *name,
                     const BallastImageLimits *limits,
                     BallastImageFacts        *facts,
                     BallastProbeResult       *result)
{
  BallastReader reader;

  *facts = (BallastImageFacts) { 0 };
  ballast_reader_init_bytes (&reader, data, length);
  run (&reader, name, limits, facts, result);
}
