#include "dataset.h"

#include <time.h>
#include <turbojpeg.h>

/*
 * bench-export [WIDTH HEIGHT]: exporting mirrored copies of JPEG files against a bare loop of
 * libjpeg-turbo that decodes and encodes the same files: once from memory and writing nothing, once
 * reading and writing files as plainly as can be.
 *
 * Both take turns over the same photographs (noise and gradients) in one thread; the best turn of
 * each counts: other programs can only make a turn slower.  The export does all that it does for a
 * user: opens, checks, draws, hashes, writes, renames, keeps its journal and manifest.
 */

#define N_TURNS 12
#define N_FILES 100
#define QUALITY 90

typedef struct
{
  Folder            sources;
  Folder            out;
  BallastPipeline  *pipeline;
  GBytes           *files[N_FILES];
  char             *names[N_FILES];
  BallastImageFacts facts[N_FILES];
  guint             n_runs;
  tjhandle          decoder;
  tjhandle          encoder;
  guint8           *pixels;
  guint8           *jpeg;
  guint8           *input;
  gulong            room;
} Bench;

static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* Soft shapes with grain: about as many bytes a pixel as a photograph. */
static void
draw_file (Bench *bench,
           guint  index,
           guint  width,
           guint  height)
{
  g_autoptr(BallastRaster) raster = ballast_raster_new (width, height, 3, 8);
  BallastEncodeOptions options = { .format = BALLAST_FORMAT_JPEG, .quality = QUALITY };
  BallastRandomKey key = ballast_random_key (index, "bench", 0);
  gsize size;
  gconstpointer data;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint64 grain = ballast_random_bits (&key, y, x);

        for (guint c = 0; c < 3; c++)
          ballast_raster_get_row (raster, y)[x * 3 + c] =
            (guint8) (40 + x * 120 / width + y * 60 / height + (grain >> (8 * c)) % 24);
      }

  bench->files[index] = ballast_encode_bytes (raster, &options, NULL);
  bench->names[index] = g_strdup_printf ("%u.jpg", index);
  data = g_bytes_get_data (bench->files[index], &size);
  folder_write (&bench->sources, bench->names[index], data, size);
  bench->facts[index] = folder_facts (&bench->sources, bench->names[index]);
  bench->facts[index].width = width;
  bench->facts[index].height = height;
  bench->facts[index].format = BALLAST_FORMAT_JPEG;
  bench->facts[index].colour = BALLAST_COLOUR_RGB;
  bench->facts[index].depth = 8;
  bench->facts[index].orientation = 1;
}

static void
export_one (Bench            *bench,
            BallastExportRun *run,
            guint             index)
{
  static const guint class[] = { 0 };
  const BallastExportSource source = { .root_fd = bench->sources.fd,
                                       .root = bench->sources.path,
                                       .folder = "",
                                       .name = bench->names[index],
                                       .split = "",
                                       .n_classes = 1,
                                       .classes = class,
                                       .facts = bench->facts[index],
                                       .n_copies = 1,
                                       .pipeline = bench->pipeline };
  BallastExportTask *task = ballast_export_run_plan (run, &source, NULL);

  g_assert_true (ballast_export_task_run (task, NULL, NULL));
  g_assert_null (ballast_export_task_get_problem (task));
  g_assert_true (ballast_export_run_commit (run, task, NULL));
}

static double
turn_ours (Bench *bench)
{
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  g_autofree char *name = g_strdup_printf ("%u", bench->n_runs++);
  g_autofree char *dest = g_build_filename (bench->out.path, name, NULL);
  g_autoptr(BallastExportRun) run = NULL;
  double start;

  options.quality = QUALITY;
  run = ballast_export_run_open (dest, &options, FALSE, "bench", NULL);
  start = get_seconds ();
  for (guint i = 0; i < N_FILES; i++)
    export_one (bench, run, i);
  return N_FILES / (get_seconds () - start);
}

/* (transfer none): the length of the file made of @data, which is in bench->jpeg. */
static gulong
recode (Bench        *bench,
        const guint8 *data,
        gsize         size)
{
  int width, height, subsampling, colours;
  gulong length = bench->room;

  tjDecompressHeader3 (bench->decoder, data, size, &width, &height, &subsampling, &colours);
  tjDecompress2 (bench->decoder, data, size, bench->pixels, width, width * 3, height, TJPF_RGB, 0);
  tjCompress2 (bench->encoder, bench->pixels, width, width * 3, height, TJPF_RGB, &bench->jpeg,
               &length, subsampling, QUALITY, TJFLAG_NOREALLOC);
  return length;
}

static double
turn_bare (Bench *bench)
{
  double start = get_seconds ();

  for (guint i = 0; i < N_FILES; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (bench->files[i], &size);

      recode (bench, data, size);
    }

  return N_FILES / (get_seconds () - start);
}

static double
turn_bare_files (Bench *bench)
{
  g_autofree char *folder = g_strdup_printf ("bare-%u", bench->n_runs++);
  double start;

  g_assert_cmpint (mkdirat (bench->out.fd, folder, 0777), ==, 0);
  start = get_seconds ();
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strconcat (folder, "/", bench->names[i], NULL);
      int source = openat (bench->sources.fd, bench->names[i], O_RDONLY | O_CLOEXEC);
      int target = openat (bench->out.fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      ssize_t size = read (source, bench->input, bench->room);
      gulong length = recode (bench, bench->input, (gsize) size);

      g_assert_cmpint (write (target, bench->jpeg, length), ==, (ssize_t) length);
      close (source);
      close (target);
    }

  return N_FILES / (get_seconds () - start);
}

static void
bench_run (Bench *bench)
{
  double ours = 0, bare = 0, bare_files = 0;

  for (guint i = 0; i < N_TURNS; i++)
    {
      ours = MAX (ours, turn_ours (bench));
      bare = MAX (bare, turn_bare (bench));
      bare_files = MAX (bare_files, turn_bare_files (bench));
    }

  g_print ("export of mirrored copies: %.0f files/s\n"
           "bare decode + encode: %.0f files/s, ratio %.2f\n"
           "bare, with its files: %.0f files/s, ratio %.2f\n",
           ours, bare, ours / bare, bare_files, ours / bare_files);
}

int
main (int   argc,
      char *argv[])
{
  guint width = argc == 3 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 500;
  guint height = argc == 3 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 375;
  Bench bench = { .sources = folder_new (), .out = folder_new (),
                  .pipeline = ballast_pipeline_new (), .decoder = tjInitDecompress (),
                  .encoder = tjInitCompress () };

  if (width == 0 || height == 0 || width > 8192 || height > 8192)
    {
      g_printerr ("usage: bench-export [WIDTH HEIGHT]\n");
      return 2;
    }

  bench.room = tjBufSize ((int) width, (int) height, TJSAMP_444);
  bench.pixels = g_malloc ((gsize) width * height * 3);
  bench.jpeg = g_malloc (bench.room);
  bench.input = g_malloc (bench.room);
  ballast_pipeline_add (bench.pipeline, ballast_op_find ("HorizontalFlip"), -1);
  ballast_pipeline_set_p (bench.pipeline, 0, 1);
  for (guint i = 0; i < N_FILES; i++)
    draw_file (&bench, i, width, height);
  bench_run (&bench);

  folder_clear (&bench.sources);
  folder_clear (&bench.out);
  return 0;
}
