/*
 * Writes the sample datasets: a new folder, whole or not there.
 *
 * The kinds share what is here: the partial folder and its end, JPEG files, progress and cancel.
 * A partial folder that an earlier run left is not continued but cleared: drawing is quick, and
 * another seed's pictures must not stay in it.
 */
#define G_LOG_DOMAIN "ballast-sample"

#include "config.h"

#include "ballast-sample.h"

#include <ballast-atomic-dir.h>
#include <ballast-encode.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-sample-kinds.h"

#define IMAGES_LEAST 16

static const struct
{
  const char *name;
  gboolean    (*write) (const BallastSampleWriter *writer,
                        GError                   **error);
} kinds[] = {
  { "signs", ballast_sample_write_signs },
  { "street", ballast_sample_write_street },
};

const char *const *
ballast_sample_get_kinds (void)
{
  static const char *const names[] = { "signs", "street", NULL };

  return names;
}

static gboolean
set_write_error (const char *path,
                 int         errsv,
                 GError    **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errsv), _("Cannot write “%s”: %s"),
               path, g_strerror (errsv));
  return FALSE;
}

/* Makes the folders above @path, which are ours and have plain names. */
static gboolean
make_parents (int         folder,
              const char *path,
              GError    **error)
{
  for (const char *slash = strchr (path, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *parent = g_strndup (path, (gsize) (slash - path));

      if (mkdirat (folder, parent, 0777) != 0 && errno != EEXIST)
        return set_write_error (parent, errno, error);
    }

  return TRUE;
}

static gboolean
write_all (int         fd,
           const char *data,
           gsize       length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= (gsize) n;
    }

  return TRUE;
}

static gboolean
write_file (int         folder,
            const char *path,
            const char *data,
            gsize       length,
            GError    **error)
{
  int fd, errsv;
  gboolean done;

  if (!make_parents (folder, path, error))
    return FALSE;

  fd = openat (folder, path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0)
    return set_write_error (path, errno, error);

  done = write_all (fd, data, length);
  errsv = errno;
  if (close (fd) != 0 && done)
    {
      done = FALSE;
      errsv = errno;
    }

  return done ? TRUE : set_write_error (path, errsv, error);
}

gboolean
ballast_sample_write_text (const BallastSampleWriter *writer,
                           const char                *path,
                           const char                *text,
                           GError                   **error)
{
  return write_file (writer->folder, path, text, strlen (text), error);
}

gboolean
ballast_sample_write_jpeg (const BallastSampleWriter *writer,
                           const char                *path,
                           const BallastRaster       *raster,
                           guint                      quality,
                           GError                   **error)
{
  const BallastEncodeOptions options = { .format = BALLAST_FORMAT_JPEG, .quality = quality };
  g_autoptr(GBytes) bytes = ballast_encode_bytes (raster, &options, error);
  gsize length;
  const char *data;

  if (bytes == NULL)
    return FALSE;

  data = g_bytes_get_data (bytes, &length);
  return write_file (writer->folder, path, data, length, error) && writer->tick (writer->user_data, length, error);
}

/* Shares @total out over @n in proportion to a geometric fall from @first to @last (both of them
 * positions in the whole fall); what rounding leaves goes to the first ones. */
static void
share_by_fall (guint  total,
               guint  n,
               double first,
               double last,
               guint *counts)
{
  double sum = 0;
  guint given = 0;

  for (guint i = 0; i < n; i++)
    sum += pow (BALLAST_SAMPLE_RATIO, -(first + (last - first) * i / MAX (n - 1, 1)));
  for (guint i = 0; i < n; i++)
    {
      double share = pow (BALLAST_SAMPLE_RATIO, -(first + (last - first) * i / MAX (n - 1, 1))) / sum;

      counts[i] = (guint) floor (share * total);
      given += counts[i];
    }
  for (guint i = 0; given < total; i = (i + 1) % n, given++)
    counts[i]++;
}

void
ballast_sample_share_out (guint  total,
                          guint  n,
                          guint *counts)
{
  double sum = 0, step = 1.0 / (n - 1);
  guint least;

  for (guint i = 0; i < n; i++)
    sum += pow (BALLAST_SAMPLE_RATIO, -step * i);
  least = (guint) floor (total / sum / BALLAST_SAMPLE_RATIO + 0.5);
  if (least == 0 || least * (BALLAST_SAMPLE_RATIO + 1) + (n - 2) * least > total)
    {
      /* Too few for the ratio: one each, and the rest as it falls. */
      share_by_fall (total - n, n, 0, 1, counts);
      for (guint i = 0; i < n; i++)
        counts[i]++;
      return;
    }

  /* The ends first, since their ratio is what the sample is about. */
  counts[0] = least * BALLAST_SAMPLE_RATIO;
  counts[n - 1] = least;
  share_by_fall (total - counts[0] - least, n - 2, step, 1 - step, counts + 1);
}

typedef struct
{
  const BallastProgress *progress;
  GCancellable          *cancellable;
  BallastProgressState   state;
} Ticker;

static gboolean
tick (gpointer user_data,
      guint64  bytes,
      GError **error)
{
  Ticker *ticker = user_data;

  ticker->state.items_done++;
  ticker->state.bytes_done += bytes;
  ballast_progress_report (ticker->progress, &ticker->state);
  return !g_cancellable_set_error_if_cancelled (ticker->cancellable, error);
}

/* Removes what is in the folder at @path, and with @whole the folder too.  Links are not followed. */
static void
remove_tree (const char *path,
             gboolean    whole)
{
  g_autoptr(GDir) listing = g_dir_open (path, 0, NULL);
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (unlink (child) != 0 && (errno == EISDIR || errno == EPERM))
        remove_tree (child, TRUE);
    }
  if (whole)
    rmdir (path);
}

static gboolean
write_kind (guint             kind,
            BallastAtomicDir *dir,
            guint             images,
            guint64           seed,
            Ticker           *ticker,
            GError          **error)
{
  const BallastSampleWriter writer = { ballast_atomic_dir_get_fd (dir), images, seed, tick, ticker };

  ticker->state.items_total = images;
  if (g_cancellable_set_error_if_cancelled (ticker->cancellable, error))
    return FALSE;

  return kinds[kind].write (&writer, error);
}

static gboolean
find_kind (const char *name,
           guint      *kind,
           GError    **error)
{
  for (*kind = 0; *kind < G_N_ELEMENTS (kinds); (*kind)++)
    if (g_strcmp0 (name, kinds[*kind].name) == 0)
      return TRUE;

  g_set_error (error, BALLAST_SAMPLE_ERROR, BALLAST_SAMPLE_ERROR_KIND,
               _("There is no sample called “%s”; there are “signs” and “street”"), name);
  return FALSE;
}

static BallastAtomicDir *
open_dest (const char *dest,
           GError    **error)
{
  g_autoptr(GError) refused = NULL;
  BallastAtomicDir *dir = ballast_atomic_dir_open (dest, &refused);

  if (dir != NULL)
    {
      if (ballast_atomic_dir_is_continued (dir))
        remove_tree (ballast_atomic_dir_get_path (dir), FALSE);
      return dir;
    }

  if (g_error_matches (refused, G_IO_ERROR, G_IO_ERROR_EXISTS))
    g_set_error_literal (error, BALLAST_SAMPLE_ERROR, BALLAST_SAMPLE_ERROR_EXISTS, refused->message);
  else
    g_propagate_error (error, g_steal_pointer (&refused));
  return NULL;
}

gboolean
ballast_sample_write (const char            *kind,
                      const char            *dest,
                      guint                  images,
                      guint64                seed,
                      const BallastProgress *progress,
                      GCancellable          *cancellable,
                      GError               **error)
{
  g_autoptr(BallastAtomicDir) dir = NULL;
  Ticker ticker = { progress, cancellable, { 0 } };
  guint index;

  if (!find_kind (kind, &index, error))
    return FALSE;
  if (images == 0)
    images = BALLAST_SAMPLE_DEFAULT_IMAGES;
  if (images < IMAGES_LEAST)
    {
      g_set_error (error, BALLAST_SAMPLE_ERROR, BALLAST_SAMPLE_ERROR_SIZE,
                   _("A sample needs at least %d images, so that every class has one in each "
                      "split"), IMAGES_LEAST);
      return FALSE;
    }

  dir = open_dest (dest, error);
  if (dir == NULL)
    return FALSE;
  if (!write_kind (index, dir, images, seed, &ticker, error) || !ballast_atomic_dir_publish (dir, error))
    {
      remove_tree (ballast_atomic_dir_get_path (dir), TRUE);
      return FALSE;
    }

  return TRUE;
}
