#include <math.h>
#include <string.h>

#include "ballast-shape.h"

static GByteArray *
pack (const BallastShape *shape)
{
  GByteArray *bytes = g_byte_array_new ();

  ballast_shape_pack (shape, bytes);
  return bytes;
}

/* Packs and unpacks one outline. */
static void
assert_kept (double *points,
             guint   n,
             guint   most_bytes)
{
  guint size = n;
  BallastShape shape = { .marks = BALLAST_MARK_CROWD, .kind = BALLAST_SHAPE_POLYGONS, .area = 2.5,
                         .has_number = TRUE, .number = -7, .n_parts = 1, .sizes = &size,
                         .points = points };
  g_autoptr(GByteArray) bytes = pack (&shape);
  g_auto(BallastShape) read = BALLAST_SHAPE_INIT;

  g_assert_cmpuint (bytes->len, <=, most_bytes);
  g_assert_true (ballast_shape_unpack (&read, bytes->data, bytes->len));
  g_assert_cmpint (read.marks, ==, BALLAST_MARK_CROWD);
  g_assert_cmpint (read.number, ==, -7);
  g_assert_cmpfloat (read.area, ==, 2.5);
  g_assert_cmpuint (read.n_parts, ==, 1);
  g_assert_cmpmem (read.points, 2 * read.sizes[0] * sizeof (double), points,
                   2 * n * sizeof (double));
}

static void
test_points (void)
{
  double two_places[] = { 239.97, 260.24, 222.04, 270.49, 199.84, 253.41 };
  double odd[] = { 1.0 / 3, -0.0, 1e300, 5e-324, 0.1 + 0.2, 12345678901.5 };
  double whole[] = { 0, 0, 640, 0, 640, 480 };

  assert_kept (two_places, 3, 11 + 3 + 16);
  assert_kept (odd, 3, 11 + 4 + 48);
  assert_kept (whole, 3, 11 + 3 + 12);
}

/* Of decimals, the packed form is that of their doubles. */
static void
test_decimals (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      guint sizes[] = { g_test_rand_int_range (1, 4), g_test_rand_int_range (1, 4) };
      BallastShape shape = { .kind = BALLAST_SHAPE_POLYGONS, .area = NAN, .n_parts = 2,
                             .sizes = sizes };
      BallastDecimal decimals[12];
      double points[12];
      g_autoptr(GByteArray) from_doubles = NULL;
      g_autoptr(GByteArray) from_decimals = g_byte_array_new ();

      for (guint k = 0; k < 12; k++)
        {
          gint64 whole = g_test_rand_int_range (-99999, 100000) * (i % 3 == 0 ? 100 : 1);

          decimals[k] = ballast_decimal_new (whole, g_test_rand_int_range (0, 1 + i % 7));
          points[k] = ballast_decimal_get_value (decimals[k]);
        }
      shape.points = points;
      from_doubles = pack (&shape);
      ballast_shape_pack_decimals (&shape, decimals, from_decimals);
      g_assert_cmpmem (from_decimals->data, from_decimals->len, from_doubles->data, from_doubles->len);
    }
}

static void
test_plain (void)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;

  g_assert_true (ballast_shape_is_plain (&shape));
  shape.marks = BALLAST_MARK_DIFFICULT;
  g_assert_false (ballast_shape_is_plain (&shape));
}

/* pycocotools.mask.encode of a 5 × 4 mask with a hole: its own words for it. */
static void
test_runs (void)
{
  static const guint32 runs[] = { 6, 1, 40, 5, 1000, 2, 1 };
  BallastShape shape = { .kind = BALLAST_SHAPE_PACKED_RUNS, .width = 40, .height = 30,
                         .n_runs = G_N_ELEMENTS (runs), .runs = (guint32 *) runs };
  g_auto(BallastShape) read = BALLAST_SHAPE_INIT;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GByteArray) bytes = pack (&shape);

  ballast_runs_to_text (&shape, text);
  g_assert_cmpstr (text->str, ==, "61X14Pn0MiPO");
  g_assert_true (ballast_runs_from_text (&read, text->str, text->len));
  g_assert_cmpmem (read.runs, read.n_runs * sizeof (guint32), runs, sizeof runs);
  g_assert_true (ballast_shape_unpack (&read, bytes->data, bytes->len));
  g_assert_cmpmem (read.runs, read.n_runs * sizeof (guint32), runs, sizeof runs);
  g_assert_cmpfloat (ballast_shape_measure (&read), ==, 8);
  g_assert_false (ballast_runs_from_text (&read, "\x80", 1));
  g_assert_false (ballast_runs_from_text (&read, "ooooooooooooo", 13));
}

static void
test_box (void)
{
  guint32 runs[] = { 5, 2, 8, 3 }; /* height 10: column 0, rows 5–6; column 1, rows 5–7 */
  double points[] = { 1, 2, 5, 2, 5, 4 };
  guint size = 3;
  BallastShape mask = { .kind = BALLAST_SHAPE_RUNS, .width = 2, .height = 10, .n_runs = 4,
                        .runs = runs };
  BallastShape outline = { .kind = BALLAST_SHAPE_POLYGONS, .n_parts = 1, .sizes = &size,
                           .points = points };
  BallastBox box;

  g_assert_true (ballast_shape_get_box (&mask, &box));
  g_assert_cmpfloat (box.x, ==, 0);
  g_assert_cmpfloat (box.y, ==, 5);
  g_assert_cmpfloat (box.width, ==, 2);
  g_assert_cmpfloat (box.height, ==, 3);
  g_assert_true (ballast_shape_get_box (&outline, &box));
  g_assert_cmpfloat (box.width, ==, 4);
  g_assert_cmpfloat (ballast_shape_measure (&outline), ==, 4);
}

/* Every cut and every changed byte is refused or read, and no more. */
static void
test_hostile (void)
{
  double points[] = { 1.25, 2, 5, 2.5, 5, 4, 9, 9 };
  guint sizes[] = { 2, 2 };
  BallastShape shape = { .kind = BALLAST_SHAPE_POLYGONS, .area = 3, .n_parts = 2, .sizes = sizes,
                         .points = points };
  g_autoptr(GByteArray) bytes = pack (&shape);

  for (guint i = 0; i < bytes->len; i++)
    {
      g_auto(BallastShape) cut = BALLAST_SHAPE_INIT;

      g_assert_cmpint (ballast_shape_unpack (&cut, bytes->data, i), ==, i == 0);
      for (guint value = 0; value < 256; value++)
        {
          g_autofree guint8 *changed = g_memdup2 (bytes->data, bytes->len);
          g_auto(BallastShape) read = BALLAST_SHAPE_INIT;
          BallastBox box;

          changed[i] = value;
          if (ballast_shape_unpack (&read, changed, bytes->len))
            ballast_shape_get_box (&read, &box);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/shape/points", test_points);
  g_test_add_func ("/model/shape/decimals", test_decimals);
  g_test_add_func ("/model/shape/plain", test_plain);
  g_test_add_func ("/model/shape/runs", test_runs);
  g_test_add_func ("/model/shape/box", test_box);
  g_test_add_func ("/model/shape/hostile", test_hostile);

  return g_test_run ();
}
