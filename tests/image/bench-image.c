#include "config.h"

#include "ballast-digest.h"
#include "ballast-open.h"
#include "ballast-orientation.h"
#include "ballast-scale.h"
#include "image-fixture.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <turbojpeg.h>
#include <unistd.h>

/*
 * bench-image FOLDER: this layer against a bare loop over the same files, in the same run.
 *
 * Every pair is measured in short turns of the processor's time, and the best turn of each counts: other
 * programs can only make a turn slower.  One thread; files in the page cache.
 */

#define N_TURNS 25
#define TURN_SECONDS 0.06
#define MAX_FILES 2000
#define MAX_BYTES (64 * 1024 * 1024)

typedef struct
{
  int        dirfd;
  GPtrArray *names;
  GPtrArray *files; /* GBytes */
  tjhandle   decoder;
  tjhandle   encoder;
  guint8    *pixels;
  guint8    *jpeg;
  guint      next; /* the file that the next turn begins with */
} Bench;

typedef void (*WorkFunc) (Bench *bench,
                          guint  index);

static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static double
measure_turn (Bench   *bench,
              WorkFunc work)
{
  double start = get_seconds ();
  guint n;

  /* The clock is a system call: it is not asked after every file. */
  for (n = 0; n % 8 != 0 || n == 0 || get_seconds () - start < TURN_SECONDS; n++)
    {
      work (bench, bench->next);
      bench->next = (bench->next + 1) % bench->files->len;
    }

  return n / (get_seconds () - start);
}

static void
compare (Bench      *bench,
         const char *title,
         WorkFunc    ours,
         WorkFunc    bare)
{
  double best_ours = 0;
  double best_bare = 0;

  for (guint i = 0; i < N_TURNS; i++)
    {
      best_ours = MAX (best_ours, measure_turn (bench, ours));
      best_bare = MAX (best_bare, measure_turn (bench, bare));
    }
  g_print ("%-34s %10.0f /s   bare %10.0f /s   ratio %.3f\n", title, best_ours, best_bare,
           best_ours / best_bare);
}

static void
probe_ours (Bench *bench,
            guint  index)
{
  BallastImageFacts facts;
  BallastProbeResult result;

  ballast_probe_file (bench->dirfd, bench->names->pdata[index], &facts, &result, NULL);
}

/* The system calls that a header cannot be had without. */
static void
probe_bare (Bench *bench,
            guint  index)
{
  guint8 window[4096];
  struct stat status;
  int fd = openat (bench->dirfd, bench->names->pdata[index], O_RDONLY | O_CLOEXEC);

  if (fstat (fd, &status) == 0 && pread (fd, window, sizeof window, 0) <= 0)
    g_error ("a file cannot be read");
  close (fd);
}

static BallastRaster *
decode_file (Bench                      *bench,
             guint                       index,
             const BallastDecodeOptions *options,
             BallastDecodeInfo          *info)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bench->files->pdata[index], &length);

  return ballast_decode_bytes (data, length, options, info, NULL, NULL);
}

static void
decode_ours (Bench *bench,
             guint  index)
{
  ballast_raster_free (decode_file (bench, index, NULL, NULL));
}

static void
decode_bare_scaled (Bench *bench,
                    guint  index,
                    int    denominator,
                    int   *width,
                    int   *height)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bench->files->pdata[index], &length);
  int subsampling;
  int colour_space;

  tjDecompressHeader3 (bench->decoder, data, length, width, height, &subsampling, &colour_space);
  *width = (*width + denominator - 1) / denominator;
  *height = (*height + denominator - 1) / denominator;
  tjDecompress2 (bench->decoder, data, length, bench->pixels, *width, *width * 3, *height, TJPF_RGB,
                 0);
}

static void
decode_bare (Bench *bench,
             guint  index)
{
  int width;
  int height;

  decode_bare_scaled (bench, index, 1, &width, &height);
}

static void
decode_small_ours (Bench *bench,
                   guint  index)
{
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;

  options.wanted_width = options.wanted_height = 1;
  ballast_raster_free (decode_file (bench, index, &options, NULL));
}

static void
decode_small_bare (Bench *bench,
                   guint  index)
{
  int width;
  int height;

  decode_bare_scaled (bench, index, 8, &width, &height);
}

static void
convert_ours (Bench             *bench,
              guint              index,
              BallastOrientation orientation)
{
  g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
  g_autoptr(BallastRaster) raster = decode_file (bench, index, NULL, &info);
  g_autoptr(BallastRaster) moved
    = orientation != 1 ? ballast_orientation_apply (raster, orientation) : NULL;
  BallastEncodeOptions options = BALLAST_ENCODE_OPTIONS_INIT;

  ballast_encode_options_from_info (&options, &info, raster);
  options.quality = 90;
  g_bytes_unref (ballast_encode_bytes (moved != NULL ? moved : raster, &options, NULL));
}

static void
encode_ours (Bench *bench,
             guint  index)
{
  convert_ours (bench, index, BALLAST_ORIENTATION_NORMAL);
}

static void
flip_ours (Bench *bench,
           guint  index)
{
  convert_ours (bench, index, BALLAST_ORIENTATION_FLIP_HORIZONTAL);
}

static void
turn_ours (Bench *bench,
           guint  index)
{
  convert_ours (bench, index, BALLAST_ORIENTATION_ROTATE_90);
}

static void
encode_bare (Bench *bench,
             guint  index)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bench->files->pdata[index], &length);
  int width;
  int height;
  int subsampling;
  int colour_space;
  gulong out_length = MAX_BYTES;

  tjDecompressHeader3 (bench->decoder, data, length, &width, &height, &subsampling, &colour_space);
  tjDecompress2 (bench->decoder, data, length, bench->pixels, width, width * 3, height, TJPF_RGB, 0);
  tjCompress2 (bench->encoder, bench->pixels, width, width * 3, height, TJPF_RGB, &bench->jpeg,
               &out_length, subsampling, 90, TJFLAG_NOREALLOC);
}

static void
thumbnail_ours (Bench *bench,
                guint  index)
{
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
  g_autoptr(BallastRaster) raster = NULL;

  options.wanted_width = options.wanted_height = 128;
  raster = decode_file (bench, index, &options, NULL);
  ballast_raster_free (ballast_scale_to_fit (raster, 128, 128));
}

static void
sha256_ours (Bench *bench,
             guint  index)
{
  g_free (ballast_digest_sha256 (g_bytes_get_data (bench->files->pdata[index], NULL),
                                 g_bytes_get_size (bench->files->pdata[index])));
}

static void
sha256_bare (Bench *bench,
             guint  index)
{
  g_free (g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bench->files->pdata[index]));
}

static void
xxh3_ours (Bench *bench,
           guint  index)
{
  BallastDigest digest;
  int fd = ballast_image_open (bench->dirfd, bench->names->pdata[index], NULL, NULL);

  ballast_digest_fd (fd, &digest, NULL, NULL);
  close (fd);
}

static gboolean
is_sound_jpeg (int         dirfd,
               const char *name)
{
  BallastImageFacts facts;
  BallastProbeResult result;

  return ballast_probe_file (dirfd, name, &facts, &result, NULL) && result.usable
         && facts.format == BALLAST_FORMAT_JPEG && facts.colour == BALLAST_COLOUR_RGB
         && (guint64) facts.width * facts.height * 3 <= MAX_BYTES;
}

static void
load (Bench      *bench,
      const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  guint64 n_bytes = 0;
  const char *name;

  bench->dirfd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  while (folder != NULL && bench->files->len < MAX_FILES && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *full = g_build_filename (path, name, NULL);
      char *contents;
      gsize length;

      if (!is_sound_jpeg (bench->dirfd, name) || !g_file_get_contents (full, &contents, &length, NULL))
        continue;
      g_ptr_array_add (bench->names, g_strdup (name));
      g_ptr_array_add (bench->files, g_bytes_new_take (contents, length));
      n_bytes += length;
    }
  if (bench->files->len > 0)
    g_print ("%u JPEG files, %" G_GUINT64_FORMAT " bytes each in the mean\n", bench->files->len,
             n_bytes / bench->files->len);
}

static void
run (Bench *bench)
{
  compare (bench, "probe (bare: open, fstat, pread)", probe_ours, probe_bare);
  compare (bench, "decode", decode_ours, decode_bare);
  compare (bench, "decode at 1/8", decode_small_ours, decode_small_bare);
  compare (bench, "decode + encode", encode_ours, encode_bare);
  compare (bench, "decode + mirror + encode", flip_ours, encode_bare);
  compare (bench, "decode + quarter turn + encode", turn_ours, encode_bare);
  compare (bench, "thumbnail 128 (bare: 1/8 decode)", thumbnail_ours, decode_small_bare);
  compare (bench, "SHA-256 (bare: GChecksum)", sha256_ours, sha256_bare);
  compare (bench, "open + XXH3 (bare: probe's calls)", xxh3_ours, probe_bare);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .names = g_ptr_array_new_with_free_func (g_free),
                  .files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
                  .decoder = tjInitDecompress (),
                  .encoder = tjInitCompress (),
                  .pixels = g_malloc (MAX_BYTES),
                  .jpeg = g_malloc (MAX_BYTES) };

  if (argc == 2)
    load (&bench, argv[1]);
  if (bench.files->len == 0)
    g_printerr ("usage: bench-image FOLDER   (with colour JPEG files in it)\n");
  else
    run (&bench);

  tjDestroy (bench.decoder);
  tjDestroy (bench.encoder);
  g_free (bench.pixels);
  g_free (bench.jpeg);

  return bench.files->len > 0 ? 0 : 1;
}
