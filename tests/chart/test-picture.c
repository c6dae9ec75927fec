#define G_LOG_DOMAIN "test-chart"

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "ballast-bins-picture.h"
#include "ballast-colour-ramp.h"
#include "ballast-matrix-picture.h"
#include "ballast-places-picture.h"
#include "ballast-shares-picture.h"
#include "chart-fixture.h"

/* "AB" "A" "BC": which classes the images hold. */
static BallastPicture *
make_matrix (guint              n,
             const char *const *images)
{
  BallastMatrixPicture *self = ballast_matrix_picture_new (n);

  for (guint i = 0; i < n; i++)
    {
      self->classes[i].index = i;
      self->classes[i].name = g_strdup_printf ("class %c", 'A' + i);
      for (guint image = 0; images[image] != NULL; image++)
        {
          gboolean holds = strchr (images[image], 'A' + i) != NULL;

          self->classes[i].images += holds;
          for (guint j = 0; j < n; j++)
            self->both[i * n + j] += holds && strchr (images[image], 'A' + j) != NULL;
        }
    }
  return &self->base;
}

static const char *const some_images[] = { "AB", "AB", "ABC", "A", "C", NULL };

static BallastPicture *
make_bins (guint n)
{
  BallastBinsPicture *self = ballast_bins_picture_new (n, "size", "objects");

  for (guint i = 0; i < n; i++)
    ballast_bins_picture_set (self, i, i * i, g_strdup_printf ("%u", i), g_strdup_printf ("Bin %u", i));
  return &self->base;
}

static BallastPicture *
make_shares (guint n)
{
  BallastSharesPicture *self = ballast_shares_picture_new (n, "bus", 40);

  for (guint i = 0; i < n; i++)
    self->rows[i] = (BallastSharesRow){ i, g_strdup_printf ("class %u", i),
                                        ballast_palette_get_class (i), 40 - MIN (i, 40) };
  return &self->base;
}

static BallastPicture *
make_places (guint n)
{
  BallastPlacesPicture *self = ballast_places_picture_new (n, 4, 1.5);

  for (guint i = 0; i < n; i++)
    {
      self->maps[i].name = g_strdup_printf ("class %u", i);
      self->maps[i].boxes = 10;
      self->maps[i].shares[i % 16] = 0.5f;
    }
  return &self->base;
}

/* All kinds, empty, small and large. */
static GPtrArray *
make_all (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_picture_free);
  const char *const none[] = { NULL };

  for (guint i = 0; i < 3; i++)
    {
      const guint n[] = { 0, 3, 25 };

      g_ptr_array_add (all, make_matrix (n[i], i == 0 ? none : some_images));
      g_ptr_array_add (all, make_bins (n[i]));
      g_ptr_array_add (all, make_shares (n[i]));
      g_ptr_array_add (all, make_places (n[i]));
    }
  return all;
}

static double
get_luminance (const double rgb[3])
{
  return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

static double
linearise (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/* Viénot, Brettel and Mollon 1999, in linear RGB: normal, protanope, deuteranope. */
static double
see (BallastInk ink,
     guint      kind)
{
  const double rgb[3] = { linearise (ink.red), linearise (ink.green), linearise (ink.blue) };
  const double protan[3] = { 0.11238 * rgb[0] + 0.88762 * rgb[1], 0.11238 * rgb[0] + 0.88762 * rgb[1],
                             0.00401 * rgb[0] - 0.00401 * rgb[1] + rgb[2] };
  const double deutan[3] = { 0.29275 * rgb[0] + 0.70725 * rgb[1], 0.29275 * rgb[0] + 0.70725 * rgb[1],
                             -0.02234 * rgb[0] + 0.02234 * rgb[1] + rgb[2] };

  return get_luminance (kind == 0 ? rgb : kind == 1 ? protan : deutan);
}

/* The order of values is the order of lightness, for every eye and on both grounds. */
static void
test_ramp_order (void)
{
  for (guint dark = 0; dark < 2; dark++)
    for (guint kind = 0; kind < 3; kind++)
      for (guint i = 1; i < 256; i++)
        {
          double before = see (ballast_colour_ramp_get ((i - 1) / 255.0, dark), kind);
          double after = see (ballast_colour_ramp_get (i / 255.0, dark), kind);

          g_assert_true (dark ? after > before : after < before);
        }
}

static void
test_ramp_steps (void)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      double low = ballast_ink_get_lightness (ballast_colour_ramp_get (-1, dark));
      double high = ballast_ink_get_lightness (ballast_colour_ramp_get (2, dark));

      g_assert_cmpfloat (ABS (high - low), >, 0.6);
      for (guint i = 0; i <= 10; i++)
        {
          BallastInk ground = ballast_colour_ramp_get (i / 10.0, dark);
          BallastInk text = ballast_colour_ramp_get_text (i / 10.0, dark);

          g_assert_cmpfloat (ballast_ink_get_contrast (ground, text), >=, 4.5);
        }
    }
}

/* Published: Oklab's lightness of white is 1, of black 0, of sRGB blue 0.452. */
static void
test_lightness (void)
{
  assert_near (ballast_ink_get_lightness ((BallastInk){ 1, 1, 1, 1 }), 1, 1e-4);
  assert_near (ballast_ink_get_lightness ((BallastInk){ 0, 0, 0, 1 }), 0, 1e-6);
  assert_near (ballast_ink_get_lightness ((BallastInk){ 0, 0, 1, 1 }), 0.452, 1e-3);
}

static void
test_matrix_values (void)
{
  g_autoptr(BallastPicture) picture = make_matrix (3, some_images);
  BallastMatrixPicture *self = (BallastMatrixPicture *) picture;

  assert_near (ballast_matrix_picture_get (self, 0, 1), 0.75, 1e-12);
  assert_near (ballast_matrix_picture_get (self, 1, 0), 1, 1e-12);
  self->mode = BALLAST_MATRIX_JACCARD;
  assert_near (ballast_matrix_picture_get (self, 0, 1), 0.75, 1e-12);
  assert_near (ballast_matrix_picture_get (self, 0, 2), 0.2, 1e-12);
  self->mode = BALLAST_MATRIX_COUNTS;
  assert_near (ballast_matrix_picture_get (self, 0, 1), 3, 1e-12);
  assert_near (ballast_matrix_picture_get_heat (self, 0, 2), 1 / 3.0, 1e-12);
}

static void
test_matrix_words (void)
{
  g_autoptr(BallastPicture) self = make_matrix (3, some_images);
  g_autofree char *pair = ballast_picture_describe (self, 1);
  g_autofree char *own = ballast_picture_describe (self, 0);
  g_autoptr(BallastPictureTable) table = ballast_picture_make_table (self);

  g_assert_cmpstr (pair, ==, "75\u202f% of “class A” images hold “class B” (3 of 4)");
  g_assert_cmpstr (own, ==, "4 images hold “class A”");
  g_assert_cmpuint (table->n_rows, ==, 6);
  g_assert_cmpstr (table->cells[0], ==, "class A");
  g_assert_cmpstr (table->cells[3], ==, "3");
}

/* The middle of a part is that part, at every size. */
static void
test_hit (void)
{
  g_autoptr(GPtrArray) all = make_all ();
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (13);

  for (guint i = 0; i < all->len; i++)
    for (double width = 60; width < 1500; width *= 1.9)
      {
        BallastPicture *self = g_ptr_array_index (all, i);
        double height = ballast_picture_get_height (self, width, font);

        ballast_picture_layout (self, width, height, font);
        for (int part = ballast_picture_step (self, -1, 0, 0), steps = 0; part >= 0 && steps < 40;
             part = ballast_picture_step (self, part, 1, steps++ % 2))
          {
            BallastChartRect area = ballast_picture_get_area (self, part);
            int found = ballast_picture_hit (self, area.x + area.width / 2, area.y + area.height / 2);

            g_assert_true (found == part || found == -1);
          }
        g_assert_cmpint (ballast_picture_hit (self, -5, -5), ==, -1);
      }
}

static void
test_steps_stay (void)
{
  g_autoptr(GPtrArray) all = make_all ();
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (13);
  const int ways[] = { -1, 1, G_MININT + 1, G_MAXINT };

  for (guint i = 0; i < all->len; i++)
    {
      BallastPicture *self = g_ptr_array_index (all, i);
      g_autoptr(BallastPictureTable) table = ballast_picture_make_table (self);
      int part = -1;

      ballast_picture_layout (self, 500, 300, font);
      for (guint step = 0; step < 32; step++)
        {
          g_autofree char *words = NULL;

          part = ballast_picture_step (self, part, ways[step % 4], ways[step / 4 % 4]);
          if (part >= 0)
            words = ballast_picture_describe (self, part);
          g_assert_true (part < 0 || g_utf8_validate (words, -1, NULL));
        }
      g_assert_cmpuint (g_strv_length (table->cells), ==, table->n_rows * table->n_columns);
    }
}

static void
test_files (void)
{
  g_autoptr(GPtrArray) all = make_all ();
  const char *const endings[] = { "png", "svg", "pdf" };
  g_autofree char *folder = g_dir_make_tmp ("ballast-picture-XXXXXX", NULL);

  for (guint i = 0; i < all->len; i++)
    for (guint j = 0; j < 3; j++)
      {
        const BallastChartFileOptions options = { .title = "T", .scale = 1, .dark = i % 2 };
        g_autofree char *path = g_strdup_printf ("%s/p.%s", folder, endings[j]);
        g_autoptr(GError) error = NULL;

        g_assert_true (ballast_picture_save (g_ptr_array_index (all, i), path, &options, &error));
        g_assert_no_error (error);
        g_assert_cmpint (g_unlink (path), ==, 0);
      }
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/picture/ramp-order", test_ramp_order);
  g_test_add_func ("/chart/picture/ramp-steps", test_ramp_steps);
  g_test_add_func ("/chart/picture/lightness", test_lightness);
  g_test_add_func ("/chart/picture/matrix-values", test_matrix_values);
  g_test_add_func ("/chart/picture/matrix-words", test_matrix_words);
  g_test_add_func ("/chart/picture/hit", test_hit);
  g_test_add_func ("/chart/picture/steps-stay", test_steps_stay);
  g_test_add_func ("/chart/picture/files", test_files);
  return g_test_run ();
}
