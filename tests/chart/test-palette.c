#define G_LOG_DOMAIN "test-chart"

#include "config.h"

#include "ballast-palette.h"

#define SEEN_AT_ONCE 60

static void
test_first_colours (void)
{
  static const char *const drawn[] = { "#3584e4", "#2190a4", "#9141ac", "#c88800", "#865e3c", "#e62d42" };

  for (guint i = 0; i < G_N_ELEMENTS (drawn); i++)
    {
      g_autofree char *hex = ballast_ink_to_hex (ballast_palette_get_class (i));

      g_assert_cmpstr (hex, ==, drawn[i]);
    }
}

static void
test_seen_on_both_grounds (void)
{
  for (guint i = 0; i < 2000; i++)
    for (int dark = 0; dark < 2; dark++)
      {
        double contrast = ballast_ink_get_contrast (ballast_palette_get_class (i), ballast_theme_get (dark, FALSE)->card);

        if (contrast < 2.0)
          g_error ("class %u has contrast %.2f on ground %d", i, contrast, dark);
      }
}

static void
test_all_different (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < SEEN_AT_ONCE; i++)
    g_assert_true (g_hash_table_add (seen, ballast_ink_to_hex (ballast_palette_get_class (i))));
}

static void
test_text_is_readable (void)
{
  for (int i = 0; i < 4; i++)
    {
      const BallastTheme *theme = ballast_theme_get (i & 1, i & 2);
      gboolean high = (i & 2) != 0;

      g_assert_cmpfloat (ballast_ink_get_contrast (theme->foreground, theme->card), >=, high ? 14 : 7);
      g_assert_cmpfloat (ballast_ink_get_contrast (theme->dim, theme->card), >=, high ? 7 : 4);
      g_assert_cmpfloat (ballast_ink_get_contrast (theme->on_target, theme->target), >=, high ? 4.5 : 3);
    }
}

static void
test_splits_fade (void)
{
  const BallastTheme *theme = ballast_theme_get (FALSE, FALSE);
  BallastInk ink = ballast_palette_get_class (0);

  for (guint n = 1; n < 6; n++)
    for (guint i = 1; i < n; i++)
      g_assert_cmpfloat (ballast_ink_get_contrast (ballast_palette_get_split (ink, i, n, theme), theme->card), <,
                         ballast_ink_get_contrast (ballast_palette_get_split (ink, i - 1, n, theme), theme->card));
  g_assert_cmpfloat (ballast_palette_get_split (ink, 0, 3, theme).red, ==, ink.red);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart/palette/first-colours", test_first_colours);
  g_test_add_func ("/chart/palette/seen-on-both-grounds", test_seen_on_both_grounds);
  g_test_add_func ("/chart/palette/all-different", test_all_different);
  g_test_add_func ("/chart/palette/text-is-readable", test_text_is_readable);
  g_test_add_func ("/chart/palette/splits-fade", test_splits_fade);

  return g_test_run ();
}
