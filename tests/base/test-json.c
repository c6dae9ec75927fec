#include "ballast-json.h"

#include <gio/gio.h>
#include <string.h>

static void
assert_refused (const char *text,
                gssize      length)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (ballast_json_parse (text, length, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_json_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = ballast_json_parse ("\xEF\xBB\xBF{\"b\":[1,0.1],\"a\":null}", -1, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = ballast_json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==, "{\"b\":[1,0.1],\"a\":null}");
}

static void
assert_number (double      number,
               const char *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  ballast_json_append_number (text, number);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_json_numbers (void)
{
  assert_number (0.1, "0.1");
  assert_number (2, "2.0");
  assert_number (1.0 / 3, "0.3333333333333333");
  assert_number (1e300, "1e+300");
  assert_number (G_MAXDOUBLE * 2, "null");
}

static void
test_json_pretty (void)
{
  g_autoptr(JsonNode) node = ballast_json_parse ("{\"a\":[1,{}],\"b\\n\":[]}", -1, NULL);
  g_autofree char *text = ballast_json_to_string (node, TRUE);

  g_assert_cmpstr (text, ==, "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\\n\": []\n}");
}

static void
test_json_refused (void)
{
  assert_refused ("", -1);
  assert_refused ("{", -1);
  assert_refused ("[1,]]", -1);
  assert_refused ("\"\xff\"", -1);
}

/* json-glib runs out of stack on this one, so it must not get that far. */
static void
test_json_deep (void)
{
  g_autofree char *text = g_strnfill (1000000, '[');

  assert_refused (text, -1);
}

static void
test_json_brackets_in_strings (void)
{
  g_autofree char *brackets = g_strnfill (1000, '[');
  g_autofree char *text = g_strdup_printf ("[\"\\\"%s\"]", brackets);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = ballast_json_parse (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
}

/* Brackets side by side are not brackets within each other. */
static void
test_json_siblings (void)
{
  g_autoptr(GString) text = g_string_new ("[[]");
  g_autoptr(JsonNode) node = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (text, ",[[]]");
  g_string_append_c (text, ']');
  node = ballast_json_parse (text->str, -1, NULL);
  g_assert_nonnull (node);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/round-trip", test_json_round_trip);
  g_test_add_func ("/base/json/numbers", test_json_numbers);
  g_test_add_func ("/base/json/pretty", test_json_pretty);
  g_test_add_func ("/base/json/refused", test_json_refused);
  g_test_add_func ("/base/json/deep", test_json_deep);
  g_test_add_func ("/base/json/siblings", test_json_siblings);
  g_test_add_func ("/base/json/brackets-in-strings", test_json_brackets_in_strings);
  return g_test_run ();
}
