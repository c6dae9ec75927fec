#include <stdlib.h>

#include "augment-fixture.h"
#include "ballast-kernel-area.h"
#include "ballast-kernel-disc.h"
#include "ballast-kernel-unsharp.h"

/* Loops over neighbours against the plainest C, in any cut into bands, and mirrored. */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return (int) *(const guint *) a - (int) *(const guint *) b;
}

static guint
plain_median (const BallastRaster *source,
              guint                x,
              guint                y,
              guint                c,
              gint                 half)
{
  guint values[31 * 31], n = 0;

  for (gint dy = -half; dy <= half; dy++)
    for (gint dx = -half; dx <= half; dx++)
      values[n++] = fixture_get (source, (guint) CLAMP ((gint) x + dx, 0, (gint) source->width - 1),
                                 (guint) CLAMP ((gint) y + dy, 0, (gint) source->height - 1), c);
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}

static void
test_area_median (void)
{
  static const guint sizes[] = { 3, 5, 7, 9, 15 };
  static const guint shapes[][2] = { { 1, 1 }, { 2, 9 }, { 40, 11 }, { 790, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (shapes); j++)
      for (guint k = 0; k < G_N_ELEMENTS (raster_kinds); k++)
        {
          guint width = shapes[j][0], height = shapes[j][1];
          g_autoptr(BallastRaster) source = fixture_noise (width, height, raster_kinds[k][0],
                                                            raster_kinds[k][1], i + j);
          g_autoptr(BallastRaster) target = ballast_raster_copy (source);

          ballast_kernel_median (source, sizes[i], target, 0, height);
          for (guint y = 0; y < height; y++)
            for (guint x = 0; x < width; x += 1 + (width > 100) * 37)
              for (guint c = 0; c < (source->channels >= 3 ? 3u : 1u); c++)
                g_assert_cmpuint (fixture_get (target, x, y, c), ==,
                                  plain_median (source, x, y, c, (gint) sizes[i] / 2));
        }
}

typedef void (*Loop) (const BallastRaster *source,
                      BallastRaster       *target,
                      guint                first,
                      guint                end);

static void
median_7 (const BallastRaster *source,
          BallastRaster       *target,
          guint                first,
          guint                end)
{
  ballast_kernel_median (source, 7, target, first, end);
}

static void
median_11 (const BallastRaster *source,
           BallastRaster       *target,
           guint                first,
           guint                end)
{
  ballast_kernel_median (source, 11, target, first, end);
}

static void
box_9 (const BallastRaster *source,
       BallastRaster       *target,
       guint                first,
       guint                end)
{
  ballast_kernel_box (source, 9, target, first, end);
}

static void
disc_5 (const BallastRaster *source,
        BallastRaster       *target,
        guint                first,
        guint                end)
{
  const BallastDisc disc = { 5, 0.5, 3 };

  ballast_kernel_disc (source, &disc, target, first, end);
}

static void
widest_of_five (const BallastRaster *source,
                BallastRaster       *target,
                guint                first,
                guint                end)
{
  const BallastMorphology morphology = { 5, 5, FALSE };

  ballast_kernel_morphology (source, &morphology, target, first, end);
}

static void
unsharp_7 (const BallastRaster *source,
           BallastRaster       *target,
           guint                first,
           guint                end)
{
  const BallastUnsharp unsharp = { 0.6, 1.4, 7, TRUE, 10 };

  ballast_kernel_unsharp (source, &unsharp, target, first, end);
}

static void
sharpen (const BallastRaster *source,
         BallastRaster       *target,
         guint                first,
         guint                end)
{
  static const float weights[3] = { 3.4f, -0.3f };
  const guint rows[2] = { first, end };

  ballast_kernel_stencil (source, BALLAST_STENCIL_AROUND, weights, target, rows);
}

static const Loop loops[] = { median_7, median_11, box_9, disc_5, widest_of_five, unsharp_7, sharpen };

/* A row is the same, whichever band it is made in. */
static void
test_area_bands (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (loops); i++)
    for (guint k = 0; k < G_N_ELEMENTS (raster_kinds); k++)
      {
        g_autoptr(BallastRaster) source = fixture_noise (53, 40, raster_kinds[k][0],
                                                          raster_kinds[k][1], 4);
        g_autoptr(BallastRaster) whole = ballast_raster_copy (source);
        g_autoptr(BallastRaster) bands = ballast_raster_copy (source);

        loops[i](source, whole, 0, 40);
        for (guint y = 0; y < 40; y += 7)
          loops[i](source, bands, y, MIN (y + 7, 40));
        g_assert_true (ballast_raster_equal (whole, bands));
      }
}

/* What looks alike from all sides commutes with a mirror. */
static void
test_area_mirror (void)
{
  static const char *const steps[] = { "[\"Blur\",1,5]", "[\"MedianBlur\",1,5]",
                                       "[\"MedianBlur\",1,13]", "[\"Sharpen\",1,0,0.3,1,5,1]",
                                       "[\"Morphological\",1,3,5,1]", "[\"UnsharpMask\",1,5,1,0.4,9]" };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *after = g_strdup_printf ("[\"HorizontalFlip\",9],%s", steps[i]);
      g_autofree char *before = g_strdup_printf ("%s,[\"HorizontalFlip\",9]", steps[i]);
      g_autoptr(BallastRaster) source = fixture_noise (61, 40, 3, 8, 8);
      g_autoptr(BallastRaster) a = fixture_run (source, after), b = fixture_run (source, before);

      g_assert_true (ballast_raster_equal (a, b));
    }
}

/* A window that shrinks to a pixel in a preview costs no pass; colour before and after fuses. */
static void
test_area_passes (void)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (400, 300, "[\"Blur\",1,5],[\"RGBShift\",2,9,0,0],"
                                                     "[\"ToSepia\",3]");
  g_autoptr(BallastProgram) full = ballast_program_new (recipe, 400, 300, 3, 8);
  g_autoptr(BallastProgram) small = ballast_program_new_scaled (recipe, 40, 30, 3, 8, 0.1);
  g_autoptr(BallastProgram) grey = ballast_program_new (recipe, 400, 300, 1, 8);

  g_assert_cmpuint (ballast_program_get_n_passes (full), ==, 1);
  g_assert_cmpuint (ballast_program_get_n_passes (small), ==, 1);
  g_assert_cmpuint (ballast_program_get_n_passes (grey), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/area/median", test_area_median);
  g_test_add_func ("/augment/area/bands", test_area_bands);
  g_test_add_func ("/augment/area/mirror", test_area_mirror);
  g_test_add_func ("/augment/area/passes", test_area_passes);
  return g_test_run ();
}
