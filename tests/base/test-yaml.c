/* YAML into the values of JSON and back, and what is refused. */
#include <gio/gio.h>
#include <string.h>

#include "ballast-json.h"
#include "ballast-yaml.h"

static const struct
{
  const char *yaml;
  const char *json;
} same[] = {
  { "", "null" },
  { "a: 1\nb: [1.5, -2, true]\n", "{\"a\":1,\"b\":[1.5,-2,true]}" },
  { "- null\n- ~\n-\n- ''\n", "[null,null,null,\"\"]" },
  { "[yes, No, 'yes', \"1\", 1e3, 1.0e+3, 017, 0]", "[true,false,\"yes\",\"1\",1000.0,1000.0,15,0]" },
  { "x: &a [1, 2]\ny: *a\n", "{\"x\":[1,2],\"y\":[1,2]}" },
  { "!!python/tuple [1, 2]", "[1,2]" },
  { "!!str 5", "\"5\"" },
  { "{\"json\": [1, {\"is\": \"yaml\"}]}", "{\"json\":[1,{\"is\":\"yaml\"}]}" },
  { "---\na: 1\n---\nb: 2\n", "{\"a\":1}" },
  { "a: 1\na: 2\n", "{\"a\":2}" },
  { "text: |\n  two\n  lines\n", "{\"text\":\"two\\nlines\\n\"}" },
  { "names: [Größe, 版本]\n", "{\"names\":[\"Größe\",\"版本\"]}" },
  { "version: 1.4.3\ndate: 2020-01-02\n", "{\"version\":\"1.4.3\",\"date\":\"2020-01-02\"}" },
};

static void
test_yaml_reads (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = ballast_yaml_parse (same[i].yaml, -1, &error);
      g_autofree char *text = NULL;

      g_test_message ("%s", same[i].yaml);
      g_assert_no_error (error);
      text = ballast_json_to_string (node, FALSE);
      g_assert_cmpstr (text, ==, same[i].json);
    }
}

/* What is written reads back as what it was. */
static void
test_yaml_round_trip (void)
{
  static const char *const texts[] = {
    "{\"a\":1,\"b\":[1.5,-2,true,null],\"c\":{},\"d\":[]}",
    "[\"true\",\"1\",\"1e5\",\"~\",\"\",\" x\",\"a: b\",\"# no\",\"- x\",\"Größe\",\"two\\nlines\"]",
    "{\"yes\":\"no\",\"1\":2,\"\":[[1,2],[3,{\"x\":[]}]]}",
    "[1e-05,1e300,2.0,0.1,-0.0078125,1.3333333333333333]",
    "null",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonNode) node = ballast_json_parse (texts[i], -1, NULL);
      g_autofree char *yaml = ballast_yaml_to_string (node);
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) again = ballast_yaml_parse (yaml, -1, &error);

      g_test_message ("%s", yaml);
      g_assert_no_error (error);
      g_assert_true (json_node_equal (node, again));
    }
}

static void
test_yaml_writes (void)
{
  g_autoptr(JsonNode) node = ballast_json_parse ("{\"a\":{\"b\":[-15,15]},\"c\":\"on\",\"d\":1e-05,"
                                                  "\"e\":[{\"f\":null}]}", -1, NULL);
  g_autofree char *yaml = ballast_yaml_to_string (node);

  g_assert_cmpstr (yaml, ==, "a:\n  b: [-15, 15]\nc: 'on'\nd: 1.0e-05\ne:\n- f: null\n");
}

static void
assert_refused (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *printable = g_strescape (text, NULL);

  g_test_message ("%.60s", printable);
  g_assert_null (ballast_yaml_parse (text, -1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_true (g_str_has_prefix (error->message, "Line "));
}

static void
test_yaml_bad (void)
{
  static const char *const texts[] = {
    "a: [1", "a: *nobody", "!!python/object/apply:os.system [ls]", "!mine 5", "!!set {a, b}",
    "{[1, 2]: 3}", "a: b: c", "\t- x", "a: \xff", "- 'open", "&a [*a]", "%YAML 9.9\n---\na: 1",
  };
  g_autofree char *deep = g_strnfill (10000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i]);
  assert_refused (deep);
}

/* Nine lists of nine of the one before are a billion values. */
static void
test_yaml_laughs (void)
{
  g_autoptr(GString) text = g_string_new ("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");

  for (guint i = 1; i < 10; i++)
    {
      g_string_append_printf (text, "a%u: &a%u [", i, i);
      for (guint j = 0; j < 9; j++)
        g_string_append_printf (text, "%s*a%u", j > 0 ? "," : "", i - 1);
      g_string_append (text, "]\n");
    }
  assert_refused (text->str);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/yaml/reads", test_yaml_reads);
  g_test_add_func ("/base/yaml/round-trip", test_yaml_round_trip);
  g_test_add_func ("/base/yaml/writes", test_yaml_writes);
  g_test_add_func ("/base/yaml/bad", test_yaml_bad);
  g_test_add_func ("/base/yaml/laughs", test_yaml_laughs);
  return g_test_run ();
}
