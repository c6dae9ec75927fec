#include "ballast-decode.h"
#include "ballast-export-item.h"
#include "ballast-image-error.h"
#include "ballast-orientation.h"
#include "ballast-program.h"
#include "ballast-reduction.h"
#include "fixture.h"

#include <math.h>

/* One source with one copy by one op, written to a file of its own. */
typedef struct
{
  Folder              folder;
  BallastRecipe      *recipe;
  BallastExportOutput output;
  BallastExportItem   item;
} Work;

static BallastRecipe *
sample_one (const char *op_name,
            guint       width,
            guint       height)
{
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  BallastRandomKey key = ballast_random_key (3, "x", 1);

  if (op_name != NULL)
    {
      ballast_pipeline_add (pipeline, ballast_op_find (op_name), -1);
      ballast_pipeline_set_p (pipeline, 0, 1);
    }
  return ballast_pipeline_sample (pipeline, &key, width, height, NULL);
}

static void
work_begin (Work       *work,
            const char *name,
            guint       width,
            const char *op_name)
{
  *work = (Work){ .folder = folder_new () };
  work->item.facts = folder_draw (&work->folder, name, width, 1);
  work->recipe = sample_one (op_name, width, 48);
  work->output = (BallastExportOutput){
    .recipe = work->recipe,
    .format = ballast_export_item_choose_format (&work->item.facts, BALLAST_EXPORT_FORMAT_KEEP),
    .fd = ballast_export_file_create (work->folder.fd, "out", NULL),
  };
  work->item.source_fd = openat (work->folder.fd, name, O_RDONLY | O_CLOEXEC);
  work->item.display_name = name;
  work->item.limits = (BallastImageLimits) BALLAST_IMAGE_LIMITS_INIT;
  work->item.n_outputs = 1;
  work->item.outputs = &work->output;
}

static void
work_clear (Work *work)
{
  close (work->item.source_fd);
  close (work->output.fd);
  ballast_recipe_free (work->recipe);
  folder_clear (&work->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/* (transfer full): a file of the folder, decoded. */
static BallastRaster *
decode (const Work        *work,
        const char        *name,
        BallastDecodeInfo *info)
{
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
  int fd = openat (work->folder.fd, name, O_RDONLY | O_CLOEXEC);
  BallastRaster *raster = ballast_decode_fd (fd, &options, info, NULL, NULL);

  close (fd);
  g_assert_nonnull (raster);
  return raster;
}

/* A flip of a JPEG whose sides are whole blocks moves coefficients: flipped back, nothing is lost. */
static void
test_flip_of_jpeg_is_lossless (void)
{
  g_auto(Work) work = { 0 };
  g_autoptr(BallastRaster) before = NULL;
  g_autoptr(BallastRaster) after = NULL;
  g_autoptr(BallastRaster) flipped = NULL;

  work_begin (&work, "s.jpg", 64, "HorizontalFlip");
  g_assert_true (ballast_export_item_run (&work.item, NULL, NULL));
  g_assert_true (work.output.lossless);
  before = decode (&work, "s.jpg", NULL);
  after = decode (&work, "out", NULL);
  flipped = ballast_orientation_apply (before, BALLAST_ORIENTATION_FLIP_HORIZONTAL);
  g_assert_cmpuint (after->width, ==, 64);
  for (guint y = 0; y < 48; y++)
    for (guint x = 0; x < 64 * 3; x++)
      g_assert_cmpint (ABS ((int) ballast_raster_get_row (flipped, y)[x] -
                            (int) ballast_raster_get_row (after, y)[x]), <=, 4);
}

/* A side that is no whole block cannot be mirrored without loss: it is decoded instead. */
static void
test_odd_jpeg_is_decoded (void)
{
  g_auto(Work) work = { 0 };
  g_autoptr(BallastRaster) after = NULL;
  g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;

  work_begin (&work, "s.jpg", 61, "HorizontalFlip");
  work.item.quality = 92;
  g_assert_true (ballast_export_item_run (&work.item, NULL, NULL));
  g_assert_false (work.output.lossless);
  after = decode (&work, "out", &info);
  g_assert_cmpuint (after->width, ==, 61);
  g_assert_cmpuint (info.quality, ==, 92);
}

static void
test_quality_of_source (void)
{
  g_auto(Work) work = { 0 };
  g_autoptr(BallastRaster) after = NULL;
  g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;

  work_begin (&work, "s.jpg", 61, "HorizontalFlip");
  g_assert_true (ballast_export_item_run (&work.item, NULL, NULL));
  after = decode (&work, "out", &info);
  g_assert_cmpuint (info.quality, ==, 80);
}

/* A file of soft waves, a few of which go to a pixel of the copy. */
static void
write_waves (const Work *work,
             const char *name,
             guint       width)
{
  g_autoptr(BallastRaster) raster = ballast_raster_new (width, 48, 3, 8);
  BallastEncodeOptions options = { .format = BALLAST_FORMAT_JPEG, .quality = 95 };
  g_autoptr(GBytes) bytes = NULL;
  gsize size;
  gconstpointer data;

  for (guint y = 0; y < 48; y++)
    for (guint x = 0; x < width * 3; x++)
      ballast_raster_get_row (raster, y)[x] =
        (guint8) (128 + 80 * sin (x * 0.02 + y * 0.1) + 30 * sin (x * 0.7));
  bytes = ballast_encode_bytes (raster, &options, NULL);
  data = g_bytes_get_data (bytes, &size);
  folder_write (&work->folder, name, data, size);
}

/* A large JPEG, decoded smaller for a small copy, gives the copy that the whole of it gives. */
static void
test_small_copy_of_large_jpeg (void)
{
  static const char text[] =
    "{\"size\": [1024, 48], \"steps\": [[\"RandomResizedCrop\", 2, 100, 4, 800, 40, 100, 5, 0.65]]}";
  g_auto(Work) work = { 0 };
  g_autoptr(BallastRaster) whole = NULL;
  g_autoptr(BallastRaster) expected = NULL;
  g_autoptr(BallastRaster) after = NULL;
  g_autoptr(BallastProgram) program = NULL;
  double sum = 0;

  work_begin (&work, "s.jpg", 1024, NULL);
  ballast_recipe_free (work.recipe);
  write_waves (&work, "s.jpg", 1024);
  close (work.item.source_fd);
  work.item.source_fd = openat (work.folder.fd, "s.jpg", O_RDONLY | O_CLOEXEC);
  work.recipe = ballast_recipe_from_json (text, -1, NULL);
  work.output.recipe = work.recipe;
  work.item.quality = 98;
  g_assert_cmpuint (ballast_recipe_get_reduction (work.recipe), ==, 4);
  g_assert_true (ballast_export_item_run (&work.item, NULL, NULL));
  whole = decode (&work, "s.jpg", NULL);
  after = decode (&work, "out", NULL);
  program = ballast_program_new (work.recipe, whole->width, whole->height, 3, 8);
  expected = ballast_program_run (program, whole, NULL, NULL);
  g_assert_cmpuint (after->width, ==, 100);
  g_assert_cmpuint (after->height, ==, 5);
  for (guint y = 0; y < 5; y++)
    for (guint x = 0; x < 100 * 3; x++)
      sum += ABS ((int) ballast_raster_get_row (expected, y)[x] -
                  (int) ballast_raster_get_row (after, y)[x]);
  g_assert_cmpfloat (sum / (100 * 5 * 3), <, 2);
}

static void
test_png_flip_is_exact (void)
{
  g_auto(Work) work = { 0 };
  g_autoptr(BallastRaster) before = NULL;
  g_autoptr(BallastRaster) after = NULL;
  g_autoptr(BallastRaster) flipped = NULL;

  work_begin (&work, "s.png", 61, "VerticalFlip");
  g_assert_true (ballast_export_item_run (&work.item, NULL, NULL));
  before = decode (&work, "s.png", NULL);
  after = decode (&work, "out", NULL);
  flipped = ballast_orientation_apply (before, BALLAST_ORIENTATION_FLIP_VERTICAL);
  g_assert_true (ballast_raster_equal (flipped, after));
}

static void
test_digest_is_of_the_file (void)
{
  g_auto(Work) work = { 0 };
  char sha256[65];
  guint64 size;

  work_begin (&work, "s.png", 61, "GaussNoise");
  g_assert_true (ballast_export_item_run (&work.item, NULL, NULL));
  g_assert_true (ballast_export_file_hash (work.folder.fd, "out", sha256, &size, NULL, NULL));
  g_assert_cmpstr (sha256, ==, work.output.sha256);
  g_assert_cmpuint (size, ==, work.output.size);
}

static void
test_same_bytes_again (void)
{
  g_auto(Work) first = { 0 };
  g_auto(Work) second = { 0 };

  work_begin (&first, "s.jpg", 61, "Rotate");
  work_begin (&second, "s.jpg", 61, "Rotate");
  g_assert_true (ballast_export_item_run (&first.item, NULL, NULL));
  g_assert_true (ballast_export_item_run (&second.item, NULL, NULL));
  g_assert_cmpstr (first.output.sha256, ==, second.output.sha256);
}

static void
test_broken_source (void)
{
  g_auto(Work) work = { 0 };
  g_autoptr(GError) error = NULL;
  char head[200];

  work_begin (&work, "s.jpg", 61, "Rotate");
  g_assert_cmpint (pread (work.item.source_fd, head, sizeof head, 0), ==, sizeof head);
  close (work.item.source_fd);
  folder_write (&work.folder, "cut.jpg", head, sizeof head);
  work.item.source_fd = openat (work.folder.fd, "cut.jpg", O_RDONLY | O_CLOEXEC);
  g_assert_false (ballast_export_item_run (&work.item, NULL, &error));
  g_assert_cmpuint (error->domain, ==, BALLAST_IMAGE_ERROR);
}

static void
test_cancelled (void)
{
  g_auto(Work) work = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  work_begin (&work, "s.jpg", 61, "Rotate");
  g_cancellable_cancel (cancellable);
  g_assert_false (ballast_export_item_run (&work.item, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_format (BallastFormat       source,
               BallastColour       colour,
               BallastExportFormat policy,
               BallastFormat       expected)
{
  BallastImageFacts facts = { .format = source, .colour = colour, .depth = 8 };

  g_assert_cmpint (ballast_export_item_choose_format (&facts, policy), ==, expected);
}

static void
test_formats (void)
{
  assert_format (BALLAST_FORMAT_JPEG, BALLAST_COLOUR_RGB, BALLAST_EXPORT_FORMAT_KEEP,
                 BALLAST_FORMAT_JPEG);
  assert_format (BALLAST_FORMAT_PNG, BALLAST_COLOUR_RGBA, BALLAST_EXPORT_FORMAT_KEEP,
                 BALLAST_FORMAT_PNG);
  assert_format (BALLAST_FORMAT_WEBP, BALLAST_COLOUR_RGB, BALLAST_EXPORT_FORMAT_KEEP,
                 BALLAST_FORMAT_PNG);
  assert_format (BALLAST_FORMAT_PNG, BALLAST_COLOUR_RGB, BALLAST_EXPORT_FORMAT_JPEG,
                 BALLAST_FORMAT_JPEG);
  assert_format (BALLAST_FORMAT_PNG, BALLAST_COLOUR_RGBA, BALLAST_EXPORT_FORMAT_JPEG,
                 BALLAST_FORMAT_PNG);
  assert_format (BALLAST_FORMAT_JPEG, BALLAST_COLOUR_GREY, BALLAST_EXPORT_FORMAT_PNG,
                 BALLAST_FORMAT_PNG);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporters/export-item/flip-of-jpeg-is-lossless",
                   test_flip_of_jpeg_is_lossless);
  g_test_add_func ("/exporters/export-item/odd-jpeg-is-decoded", test_odd_jpeg_is_decoded);
  g_test_add_func ("/exporters/export-item/quality-of-source", test_quality_of_source);
  g_test_add_func ("/exporters/export-item/small-copy-of-large-jpeg",
                   test_small_copy_of_large_jpeg);
  g_test_add_func ("/exporters/export-item/png-flip-is-exact", test_png_flip_is_exact);
  g_test_add_func ("/exporters/export-item/digest-is-of-the-file", test_digest_is_of_the_file);
  g_test_add_func ("/exporters/export-item/same-bytes-again", test_same_bytes_again);
  g_test_add_func ("/exporters/export-item/broken-source", test_broken_source);
  g_test_add_func ("/exporters/export-item/cancelled", test_cancelled);
  g_test_add_func ("/exporters/export-item/formats", test_formats);
  return g_test_run ();
}
