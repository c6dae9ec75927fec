#include "config.h"

#include "ballast-orientation.h"
#include "image-fixture.h"

/* The definition of EXIF 2.3, 4.6.4: where the pixel (x, y) of the stored picture is looked at. */
static void
move_naively (guint  orientation,
              guint  width,
              guint  height,
              guint  x,
              guint  y,
              guint *to_x,
              guint *to_y)
{
  const guint places[9][2] = {
    { 0, 0 },
    { x, y },                          /* 0th row top, 0th column left */
    { width - 1 - x, y },              /* top, right */
    { width - 1 - x, height - 1 - y }, /* bottom, right */
    { x, height - 1 - y },             /* bottom, left */
    { y, x },                          /* left, top */
    { height - 1 - y, x },             /* right, top */
    { height - 1 - y, width - 1 - x }, /* right, bottom */
    { y, width - 1 - x },              /* left, bottom */
  };

  *to_x = places[orientation][0];
  *to_y = places[orientation][1];
}

static void
assert_moved (const BallastRaster *in,
              const BallastRaster *out,
              guint                orientation)
{
  guint size = in->channels * in->depth / 8;

  g_assert_cmpuint (out->width, ==, orientation >= 5 ? in->height : in->width);
  g_assert_cmpuint (out->height, ==, orientation >= 5 ? in->width : in->height);
  for (guint y = 0; y < in->height; y++)
    for (guint x = 0; x < in->width; x++)
      {
        guint to_x;
        guint to_y;

        move_naively (orientation, in->width, in->height, x, y, &to_x, &to_y);
        g_assert_cmpmem (ballast_raster_get_row (in, y) + x * size, size,
                         ballast_raster_get_row (out, to_y) + to_x * size, size);
      }
}

static void
test_apply (gconstpointer data)
{
  static const guint sizes[][2] = { { 1, 1 }, { 1, 9 }, { 7, 1 }, { 16, 16 }, { 21, 4 },
                                    { 33, 65 }, { 64, 3 }, { 100, 37 }, { 128, 5 } };
  guint orientation = GPOINTER_TO_UINT (data);

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
      {
        g_autoptr(BallastRaster) in = make_picture (sizes[s][0], sizes[s][1], all_kinds[k]);
        g_autoptr(BallastRaster) out = ballast_orientation_apply (in, orientation);

        assert_moved (in, out, orientation);
      }
}

static void
test_compose (void)
{
  g_autoptr(BallastRaster) in = make_picture (6, 5, (Kind) { 3, 8 });

  for (guint first = 1; first <= 8; first++)
    for (guint second = 1; second <= 8; second++)
      {
        g_autoptr(BallastRaster) half = ballast_orientation_apply (in, first);
        g_autoptr(BallastRaster) whole = ballast_orientation_apply (half, second);
        g_autoptr(BallastRaster) once
          = ballast_orientation_apply (in, ballast_orientation_compose (first, second));

        g_assert_true (ballast_raster_equal (whole, once));
      }
}

static void
test_invert (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      guint inverse = ballast_orientation_invert (orientation);

      g_assert_cmpuint (ballast_orientation_compose (orientation, inverse), ==, 1);
      g_assert_cmpuint (ballast_orientation_compose (inverse, orientation), ==, 1);
    }
}

static void
test_kinds (void)
{
  static const gboolean mirrors[9] = { 0, 0, 1, 0, 1, 1, 0, 1, 0 };

  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_assert_cmpint (ballast_orientation_mirrors (orientation), ==, mirrors[orientation]);
      g_assert_cmpint (ballast_orientation_swaps_sides (orientation), ==, orientation >= 5);
    }
}

/* A box moves with the pixels in it. */
static void
test_map_box (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      BallastBox box
        = ballast_orientation_map_box (orientation, 20, 10, (BallastBox) { 3, 2, 1, 1 });
      BallastBox wide
        = ballast_orientation_map_box (orientation, 20, 10, (BallastBox) { 0.5, 2, 7, 4 });
      BallastBox back = ballast_orientation_map_box (ballast_orientation_invert (orientation),
                                                     orientation >= 5 ? 10 : 20,
                                                     orientation >= 5 ? 20 : 10, wide);
      guint x;
      guint y;

      move_naively (orientation, 20, 10, 3, 2, &x, &y);
      g_assert_cmpfloat (box.x, ==, x);
      g_assert_cmpfloat (box.y, ==, y);
      g_assert_cmpfloat (wide.width * wide.height, ==, 28);
      g_assert_cmpfloat (back.x, ==, 0.5);
      g_assert_cmpfloat (back.y, ==, 2);
      g_assert_cmpfloat (back.width, ==, 7);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autofree char *path = g_strdup_printf ("/image/orientation/apply/%u", orientation);

      g_test_add_data_func (path, GUINT_TO_POINTER (orientation), test_apply);
    }
  g_test_add_func ("/image/orientation/compose", test_compose);
  g_test_add_func ("/image/orientation/invert", test_invert);
  g_test_add_func ("/image/orientation/kinds", test_kinds);
  g_test_add_func ("/image/orientation/map-box", test_map_box);

  return g_test_run ();
}
