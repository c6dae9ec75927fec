#include "config.h"

#include "image-fixture.h"

static void
test_layout (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_kinds); i++)
    {
      g_autoptr(BallastRaster) raster
        = ballast_raster_new (37, 5, all_kinds[i].channels, all_kinds[i].depth);

      g_assert_cmpuint ((gsize) raster->data % 64, ==, 0);
      g_assert_cmpuint (raster->stride % 64, ==, 0);
      g_assert_cmpuint (raster->stride, >=, ballast_raster_get_row_bytes (raster));
      g_assert_cmpuint (raster->capacity, >=, raster->stride * 5 + 64);
      memset (raster->data, 0xaa, raster->stride * 5 + 64);
    }
}

static void
test_copy (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_kinds); i++)
    {
      g_autoptr(BallastRaster) raster = make_picture (19, 11, all_kinds[i]);
      g_autoptr(BallastRaster) copy = ballast_raster_copy (raster);

      g_assert_true (ballast_raster_equal (raster, copy));
      ballast_raster_get_row (copy, 10)[18 * all_kinds[i].channels] ^= 1;
      g_assert_false (ballast_raster_equal (raster, copy));
    }
}

static void
test_padding_does_not_count (void)
{
  g_autoptr(BallastRaster) raster = make_picture (5, 3, (Kind) { 3, 8 });
  g_autoptr(BallastRaster) copy = ballast_raster_copy (raster);

  raster->data[raster->stride - 1] = 1;
  copy->data[copy->stride - 1] = 2;
  g_assert_true (ballast_raster_equal (raster, copy));
}

/* Under AddressSanitizer the pool keeps nothing. */
static void
test_pool (void)
{
  BallastRaster *raster = ballast_raster_new (500, 375, 3, 8);
  gsize kept;

  ballast_raster_pool_trim ();
  g_assert_cmpuint (ballast_raster_pool_get_size (), ==, 0);
  ballast_raster_free (raster);
  kept = ballast_raster_pool_get_size ();
#ifdef __SANITIZE_ADDRESS__
  g_assert_cmpuint (kept, ==, 0);
#else
  g_assert_cmpuint (kept, >=, 500 * 375 * 3);
#endif
  raster = ballast_raster_new (499, 375, 3, 8);
  g_assert_cmpuint (ballast_raster_pool_get_size (), ==, 0);
  ballast_raster_free (raster);
  ballast_raster_pool_trim ();
  g_assert_cmpuint (ballast_raster_pool_get_size (), ==, 0);
}

static void
test_pool_is_bounded (void)
{
  BallastRaster *rasters[200];

  for (guint i = 0; i < G_N_ELEMENTS (rasters); i++)
    rasters[i] = ballast_raster_new (1000, 1000, 3, 8);
  for (guint i = 0; i < G_N_ELEMENTS (rasters); i++)
    ballast_raster_free (rasters[i]);
  g_assert_cmpuint (ballast_raster_pool_get_size (), <=, 128 * 1024 * 1024);
  ballast_raster_pool_trim ();
}

static gpointer
make_and_free (gpointer data)
{
  for (guint i = 0; i < 2000; i++)
    {
      BallastRaster *raster = ballast_raster_new (100 + i % 300, 300, 1 + i % 4, 8);

      raster->data[0] = (guint8) i;
      raster->data[raster->stride * 299] = (guint8) (i + 1);
      g_assert_cmpuint (raster->data[0], ==, i & 0xff);
      ballast_raster_free (raster);
    }

  return NULL;
}

static void
test_pool_from_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("raster", make_and_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  ballast_raster_pool_trim ();
}

static void
test_absurd_size (void)
{
  g_assert_null (ballast_raster_try_new (G_MAXUINT, G_MAXUINT, 4, 8));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/raster/layout", test_layout);
  g_test_add_func ("/image/raster/copy", test_copy);
  g_test_add_func ("/image/raster/padding-does-not-count", test_padding_does_not_count);
  g_test_add_func ("/image/raster/pool", test_pool);
  g_test_add_func ("/image/raster/pool-is-bounded", test_pool_is_bounded);
  g_test_add_func ("/image/raster/pool-from-threads", test_pool_from_threads);
  g_test_add_func ("/image/raster/absurd-size", test_absurd_size);

  return g_test_run ();
}
