#include <math.h>

#include "augment-fixture.h"
#include "ballast-op-table.h"
#include "ballast-partner.h"
#include "ballast-program-box.h"

/* Steps that take parts of other pictures. */

#define FROM "{\"from\":[[\"a.jpg\",0,200,100]]}"

static BallastRaster *
run_with (const BallastRecipe        *recipe,
          const BallastRaster        *source,
          const BallastRaster *const *partners)
{
  g_autoptr(BallastProgram) program = ballast_program_new (recipe, source->width, source->height,
                                                            source->channels, source->depth);
  g_autoptr(GError) error = NULL;
  BallastRaster *result = ballast_program_run_with (program, source, partners, NULL, &error);

  g_assert_no_error (error);
  return result;
}

/* Four flat greys: each fills its cell to the pixel. */
static void
test_mixing_mosaic (void)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (50, 50,
                                                     "[\"Mosaic\",1,100,80,1,0,0,0,1, 0,0,1,1,0,0,30,20, 0,0,1,1,30,0,70,20, 0,0,1,1,0,20,30,60,"
                                                     " 0,0,1,1,30,20,70,60,"
                                                     "{\"from\":[[\"a.jpg\",0,20,20],[\"b.jpg\",0,30,30],[\"c.jpg\",0,70,60]]}]");
  g_autoptr(BallastRaster) own = fixture_flat (50, 50, 3, 10), a = fixture_flat (20, 20, 3, 50);
  g_autoptr(BallastRaster) b = fixture_flat (30, 30, 3, 100), c = fixture_flat (70, 60, 3, 200);
  const BallastRaster *partners[] = { a, b, c };
  g_autoptr(BallastRaster) result = run_with (recipe, own, partners);
  double shares[4];

  g_assert_cmpuint (result->width, ==, 100);
  g_assert_cmpuint (result->height, ==, 80);
  for (guint y = 0; y < 80; y++)
    for (guint x = 0; x < 100; x++)
      g_assert_cmpuint (fixture_get (result, x, y, 1), ==,
                        y < 20 ? (x < 30 ? 10 : 50) : (x < 30 ? 100 : 200));
  ballast_recipe_get_shares (recipe, shares);
  g_assert_cmpfloat (fabs (shares[0] - 600 / 8000.0), <, 1e-9);
  g_assert_cmpfloat (fabs (shares[3] - 4200 / 8000.0), <, 1e-9);
}

/* A box of the image and one of each partner end in their cells, cut at their edges. */
static void
test_mixing_mosaic_boxes (void)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (60, 40,
                                                     "[\"Mosaic\",1,60,40,1,0,0,0,1, 0,0,1,1,30,20,30,20, 0,0,1,1,0,0,30,20, 0,0,1,1,30,0,30,20,"
                                                     " 0,0,1,1,0,20,30,20,"
                                                     "{\"from\":[[\"a.jpg\",0,300,200],[\"b.jpg\",0,30,20],[\"c.jpg\",0,30,20]]}],"
                                                     "[\"HorizontalFlip\",2]");
  const BallastBox whole = { 0, 0, 60, 40 }, part = { 30, 20, 150, 100 };
  g_autoptr(GArray) own = ballast_recipe_map_boxes (recipe, &whole, 1, NULL, NULL);
  g_autoptr(GArray) other = ballast_recipe_map_partner_boxes (recipe, 0, &part, 1, NULL);
  const BallastBox *box = &g_array_index (own, BallastMappedBox, 0).box;

  g_assert_cmpuint (own->len, ==, 1);
  g_assert_cmpfloat (box->x, ==, 0); /* mirrored: from the right half to the left */
  g_assert_cmpfloat (box->y, ==, 20);
  g_assert_cmpfloat (box->width, ==, 30);
  g_assert_cmpfloat (box->height, ==, 20);
  box = &g_array_index (other, BallastMappedBox, 0).box;
  g_assert_cmpuint (other->len, ==, 1);
  g_assert_cmpfloat (fabs (box->x - (60 - 18)), <, 1e-9);
  g_assert_cmpfloat (fabs (box->y - 2), <, 1e-9);
  g_assert_cmpfloat (fabs (box->width - 15), <, 1e-9);
}

static void
test_mixing_mix_up (void)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (40, 30,
                                                     "[\"MixUp\",1,40,30,0.25,0,0,0,0,0,0,1,1,0,0,40,30," FROM "]");
  g_autoptr(BallastRaster) own = fixture_flat (40, 30, 3, 100), other = fixture_flat (200, 100, 3, 200);
  const BallastRaster *partners[] = { other };
  g_autoptr(BallastRaster) result = run_with (recipe, own, partners);
  double shares[2];

  for (guint x = 0; x < 40 * 30; x++)
    g_assert_cmpuint (fixture_get (result, x % 40, x / 40, 2), ==, 125);
  ballast_recipe_get_shares (recipe, shares);
  g_assert_cmpfloat (shares[0], ==, 0.75);
  g_assert_cmpfloat (shares[1], ==, 0.25);
}

/* The rectangle hides boxes under it, and shows those of the partner in it. */
static void
test_mixing_cut_mix (void)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (100, 100,
                                                     "[\"CutMix\",1,100,100,1,0,0,0,0,0.5,0.5,0.5,0.5,50,50,50,50," FROM "]");
  g_autoptr(BallastRaster) own = fixture_flat (100, 100, 1, 10), other = fixture_flat (200, 100, 1, 90);
  const BallastRaster *partners[] = { other }, *none[] = { NULL };
  g_autoptr(BallastRaster) result = run_with (recipe, own, partners);
  g_autoptr(BallastRaster) empty = run_with (recipe, own, none);
  const BallastBox under = { 60, 60, 20, 20 }, beside = { 0, 0, 20, 20 };
  g_autoptr(GArray) hidden = ballast_recipe_map_boxes (recipe, &under, 1, NULL, NULL);
  g_autoptr(GArray) seen = ballast_recipe_map_boxes (recipe, &beside, 1, NULL, NULL);
  g_autoptr(GArray) gone = ballast_recipe_map_partner_boxes (recipe, 0, &beside, 1, NULL);
  const BallastBox shown = { 150, 60, 20, 20 };
  g_autoptr(GArray) came = ballast_recipe_map_partner_boxes (recipe, 0, &shown, 1, NULL);

  g_assert_cmpuint (fixture_get (result, 49, 49, 0), ==, 10);
  g_assert_cmpuint (fixture_get (result, 50, 50, 0), ==, 90);
  g_assert_cmpuint (fixture_get (empty, 50, 50, 0), ==, 0);
  g_assert_cmpuint (hidden->len + gone->len, ==, 0);
  g_assert_cmpuint (seen->len, ==, 1);
  g_assert_cmpuint (came->len, ==, 1);
  g_assert_cmpfloat (fabs (g_array_index (came, BallastMappedBox, 0).box.x - 75), <, 1e-9);
}

/* The tight box round outlines (of GArrays of BallastPoint). */
static BallastBox
measure_outlines (const GPtrArray *outlines)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -1, bottom = -1;

  for (guint i = 0; i < outlines->len; i++)
    for (guint j = 0; j < ((GArray *) outlines->pdata[i])->len; j++)
      {
        const BallastPoint *point = &g_array_index ((GArray *) outlines->pdata[i], BallastPoint, j);

        left = MIN (left, point->x);
        top = MIN (top, point->y);
        right = MAX (right, point->x);
        bottom = MAX (bottom, point->y);
      }
  return (BallastBox) { left, top, right - left, bottom - top };
}

static void
assert_near (const BallastBox *a,
             const BallastBox *b,
             double            tolerance)
{
  g_assert_cmpfloat (fabs (a->x - b->x), <=, tolerance);
  g_assert_cmpfloat (fabs (a->y - b->y), <=, tolerance);
  g_assert_cmpfloat (fabs (a->x + a->width - b->x - b->width), <=, tolerance);
  g_assert_cmpfloat (fabs (a->y + a->height - b->y - b->height), <=, tolerance);
}

/* A box of a partner, its outline and its mask go the same way. */
static void
assert_same_way (const BallastRecipe *recipe,
                 guint                partner)
{
  const BallastRecipePartner *lender = ballast_recipe_get_partner (recipe, partner);
  guint width = lender->width, height = lender->height;
  const BallastBox box = { width / 4, height / 4, width / 2, height / 2 };
  const BallastPoint corners[] = { { box.x, box.y }, { box.x + box.width, box.y },
                                   { box.x + box.width, box.y + box.height },
                                   { box.x, box.y + box.height } };
  g_autoptr(GArray) boxes = ballast_recipe_map_partner_boxes (recipe, partner, &box, 1, NULL);
  g_autoptr(GPtrArray) outlines = ballast_recipe_map_partner_polygon (recipe, partner, corners, 4);
  g_autofree guint8 *bytes = g_malloc0 ((gsize) width * height);
  g_autoptr(BallastMask) mask = NULL, mapped = NULL;
  BallastBox measured;

  for (guint i = 0; i < width * height; i++)
    bytes[i] = i % width >= box.x && i % width < box.x + box.width && i / width >= box.y
               && i / width < box.y + box.height;
  mask = ballast_mask_new_from_bytes (bytes, width, height);
  mapped = ballast_recipe_map_partner_mask (recipe, partner, mask);
  g_assert_true (ballast_mask_is_valid (mapped));
  g_assert_cmpint (boxes->len > 0, ==, outlines->len > 0);
  if (boxes->len != 1)
    return;
  measured = measure_outlines (outlines);
  assert_near (&measured, &g_array_index (boxes, BallastMappedBox, 0).box, 1e-6);
  if (ballast_mask_measure (mapped, &measured) > 0)
    assert_near (&measured, &g_array_index (boxes, BallastMappedBox, 0).box, 1);
}

static void
test_mixing_shapes (void)
{
  static const char *const names[] = { "Mosaic", "MixUp", "CutMix", "CopyPaste" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint copy = 0; copy < 20; copy++)
      {
        BallastRandomKey key = ballast_random_key (11, "x", copy);
        g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
        g_autoptr(BallastRecipe) recipe = NULL;

        ballast_pipeline_add (pipeline, ballast_op_find (names[i]), -1);
        ballast_pipeline_set_p (pipeline, 0, 1);
        ballast_pipeline_add (pipeline, ballast_op_find ("HorizontalFlip"), -1);
        recipe = fixture_sample (pipeline, &key, 120, 90);
        for (guint j = 0; j < ballast_recipe_get_n_partners (recipe); j++)
          assert_same_way (recipe, j);
      }
}

/* The image is never its own partner, keeps the larger part, and a reduced picture shows the same. */
static void
test_mixing_drawn (void)
{
  static const char *const names[] = { "Mosaic", "MixUp", "CutMix", "CopyPaste" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint copy = 0; copy < 60; copy++)
      {
        BallastRandomKey key = ballast_random_key (9, "x", copy);
        g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
        g_autoptr(BallastRecipe) recipe = NULL, lonely = NULL;
        g_autofree double *shares = NULL;
        double sum = 0;
        guint n;

        ballast_pipeline_add (pipeline, ballast_op_find (names[i]), -1);
        ballast_pipeline_set_p (pipeline, 0, 1);
        recipe = fixture_sample (pipeline, &key, 120, 90);
        lonely = ballast_pipeline_sample (pipeline, &key, 120, 90, NULL);
        n = ballast_recipe_get_n_partners (recipe);
        shares = g_new (double, n + 1);
        ballast_recipe_get_shares (recipe, shares);
        for (guint j = 0; j <= n; j++)
          sum += shares[j];
        for (guint j = 0; j < n; j++)
          g_assert_cmpuint (ballast_recipe_get_partner (recipe, j)->index, !=, 3);
        g_assert_cmpfloat (fabs (sum - 1), <, 1e-9);
        g_assert_true (i == 0 || shares[0] >= 0.49);
        g_assert_cmpuint (lonely->n_steps, ==, 0);
      }
}

/* Half the size in, half the size out, and the same picture. */
static void
test_mixing_reduced (void)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (100, 100,
                                                     "[\"CutMix\",1,100,100,1,0,0,0,0,0.5,0.5,0.5,0.5,50,50,50,50," FROM "]");
  g_autoptr(BallastRaster) own = fixture_flat (50, 50, 1, 10), other = fixture_flat (60, 30, 1, 90);
  const BallastRaster *partners[] = { other };
  g_autoptr(BallastRaster) result = run_with (recipe, own, partners);

  g_assert_cmpuint (fixture_get (result, 24, 24, 0), ==, 10);
  g_assert_cmpuint (fixture_get (result, 25, 25, 0), ==, 90);
}

/* A pasted part hides what it covers, and nothing dark shows at its soft edges. */
static void
test_mixing_paste (void)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (100, 100,
                                                     "[\"CopyPaste\",1,100,100,1,0,0,0,2,0,0,1,1,10,10,50,50," FROM "]");
  g_autoptr(BallastRaster) own = fixture_flat (100, 100, 3, 100), other = fixture_flat (200, 100, 3, 200);
  const BallastRaster *partners[] = { other };
  g_autoptr(BallastRaster) result = run_with (recipe, own, partners);
  const BallastBox under = { 20, 20, 10, 10 };
  g_autoptr(GArray) hidden = ballast_recipe_map_boxes (recipe, &under, 1, NULL, NULL);

  g_assert_cmpuint (hidden->len, ==, 0);
  g_assert_cmpuint (fixture_get (result, 35, 35, 0), ==, 200);
  for (guint i = 0; i < 100 * 100; i++)
    g_assert_cmpuint (fixture_get (result, i % 100, i / 100, 1), >=, 100);
}

static void
test_mixing_convert (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (raster_kinds); i++)
    for (guint j = 0; j < G_N_ELEMENTS (raster_kinds); j++)
      {
        g_autoptr(BallastRaster) flat = ballast_raster_new (3, 2, raster_kinds[i][0], raster_kinds[i][1]);
        g_autoptr(BallastRaster) target = NULL;

        for (guint k = 0; k < 6; k++)
          for (guint c = 0; c < flat->channels; c++)
            fixture_set (flat, k % 3, k / 3, c, flat->depth == 16 ? 100 * 257 : 100);
        target = ballast_partner_convert (flat, raster_kinds[j][0], raster_kinds[j][1]);
        g_assert_cmpuint (target->channels, ==, raster_kinds[j][0]);
        g_assert_cmpuint (fixture_get (target, 2, 1, 0), ==, target->depth == 16 ? 100 * 257 : 100);
      }
}

/* Pictures with a step that names others in a wrong way. */
static void
test_mixing_json_bad (void)
{
  static const char *const steps[] = {
    "[\"MixUp\",1,40,30,0.25,0,0,0,0,0,0,1,1,0,0,40,30]",
    "[\"MixUp\",1,40,30,0.25,0,0,0,0,0,0,1,1,0,0,40,30,{}]",
    "[\"MixUp\",1,40,30,0.25,0,0,0,0,0,0,1,1,0,0,40,30,{\"from\":[[\"a\",0,0,5]]}]",
    "[\"MixUp\",1,40,30,0.25,0,0,0,0,0,0,1,1,0,0,40,30,{\"from\":[[7,0,5,5]]}]",
    "[\"MixUp\",1,40,30,0.25,0,0,0,0,0,0,1,1,0,0,40,30,{\"from\":[[\"a\",0,5,5],[\"a\",0,5,5]]}]",
    "[\"MixUp\",1,40,30,0.25,0,0,0,0,0.5,0,1,1,0,0,40,30," FROM "]",
    "[\"MixUp\",1,40,30,0.25,0,0,0,0,0,0,1,1,0,0,1e9,30," FROM "]",
    "[\"Mosaic\",1,40,30,1,0,0,0,1,0,0,1,1,0,0,40,30," FROM "]",
    "[\"HorizontalFlip\",1," FROM "]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"size\":[40,30],\"steps\":[%s]}", steps[i]);
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", text);
      g_assert_null (ballast_recipe_from_json (text, -1, &error));
      g_assert_nonnull (error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/mixing/mosaic", test_mixing_mosaic);
  g_test_add_func ("/augment/mixing/mosaic-boxes", test_mixing_mosaic_boxes);
  g_test_add_func ("/augment/mixing/shapes", test_mixing_shapes);
  g_test_add_func ("/augment/mixing/mix-up", test_mixing_mix_up);
  g_test_add_func ("/augment/mixing/cut-mix", test_mixing_cut_mix);
  g_test_add_func ("/augment/mixing/drawn", test_mixing_drawn);
  g_test_add_func ("/augment/mixing/reduced", test_mixing_reduced);
  g_test_add_func ("/augment/mixing/paste", test_mixing_paste);
  g_test_add_func ("/augment/mixing/convert", test_mixing_convert);
  g_test_add_func ("/augment/mixing/json-bad", test_mixing_json_bad);
  return g_test_run ();
}
