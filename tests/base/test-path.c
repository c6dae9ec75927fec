#include "ballast-path.h"

#include <string.h>

static void
test_path_safe (void)
{
  static const char *const good[] = { "a", "a/b", "a b/c.jpg", "..a/b..", "\xff/x", "a\nb" };
  static const char *const bad[] = { "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..", "a/./b" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (ballast_path_is_safe (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (ballast_path_is_safe (bad[i]));
}

static void
assert_both (char       *(*function)(const char *),
             const char *input,
             const char *expected)
{
  g_autofree char *output = function (input);

  g_assert_cmpstr (output, ==, expected);
}

static void
test_path_display (void)
{
  assert_both (ballast_path_display, "café.jpg", "café.jpg");
  assert_both (ballast_path_display, "caf\xe9.jpg", "caf\\xE9.jpg");
  assert_both (ballast_path_display, "a\nb", "a\\x0Ab");
  assert_both (ballast_path_display, "a\u202egpj", "a\\u{202E}gpj");
}

static void
test_path_sanitise (void)
{
  assert_both (ballast_path_sanitise_component, "turn left", "turn left");
  assert_both (ballast_path_sanitise_component, "a/b", "a_b");
  assert_both (ballast_path_sanitise_component, "..", "_");
  assert_both (ballast_path_sanitise_component, ".hidden", "_.hidden");
  assert_both (ballast_path_sanitise_component, "-rf", "_-rf");
  assert_both (ballast_path_sanitise_component, "con", "_con");
  assert_both (ballast_path_sanitise_component, "COM1.txt", "_COM1.txt");
  assert_both (ballast_path_sanitise_component, "a. ", "a");
  assert_both (ballast_path_sanitise_component, "", "_");
}

static void
test_path_sanitise_long (void)
{
  g_autofree char *letters = g_strnfill (300, 'x');
  g_autofree char *output = ballast_path_sanitise_component (letters);

  g_assert_cmpuint (strlen (output), ==, 100);
}

static void
test_path_extension (void)
{
  g_assert_cmpstr (ballast_path_get_extension ("a.b/c.jpg"), ==, "jpg");
  g_assert_cmpstr (ballast_path_get_extension ("a.b/c"), ==, "");
  g_assert_cmpstr (ballast_path_get_extension (".bashrc"), ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/path/safe", test_path_safe);
  g_test_add_func ("/base/path/display", test_path_display);
  g_test_add_func ("/base/path/sanitise", test_path_sanitise);
  g_test_add_func ("/base/path/sanitise-long", test_path_sanitise_long);
  g_test_add_func ("/base/path/extension", test_path_extension);
  return g_test_run ();
}
