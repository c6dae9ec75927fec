#include <glib/gstdio.h>
#include <string.h>

#include "ballast-decimal.h"
#include "ballast-json-reader.h"

/* Each token as a word. */
static char *
read_all (const char *text,
          gsize       length)
{
  static const char *const names[] = { "end", "bad", "{", "}", "[", "]", "key", "", "", "" };
  g_autoptr(BallastJsonReader) reader = ballast_json_reader_new ();
  GString *words = g_string_new (NULL);
  BallastJsonToken token;

  ballast_json_reader_set_text (reader, text, length);
  do
    {
      token = ballast_json_reader_next (reader);
      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", names[token]);
      if (token >= BALLAST_JSON_KEY)
        {
          g_autofree char *copy = ballast_json_reader_dup_text (reader);

          g_string_append_printf (words, token == BALLAST_JSON_STRING ? "'%s'"
                                         : token == BALLAST_JSON_KEY ? " %s" : "%s", copy);
        }
    }
  while (token != BALLAST_JSON_END && token != BALLAST_JSON_BAD);
  if (token == BALLAST_JSON_BAD)
    g_string_append_printf (words, ": %s", ballast_json_reader_get_reason (reader));

  return g_string_free (words, FALSE);
}

typedef struct
{
  const char *text;
  const char *expected;
} Case;

static const Case cases[] = {
  { "{}", "{ } end" },
  { " [ ] \n", "[ ] end" },
  { "{\"a\":1,\"b\":[true,null,-2.5e3]}", "{ key a 1 key b [ true null -2.5e3 ] } end" },
  { "\"\\u00e9\\ud83d\\ude00\\n\"", "'é😀\n' end" },
  { "\"\\ud83dx\"", "'\xEF\xBF\xBDx' end" },
  { "[NaN, Infinity, -Infinity]", "[ NaN Infinity -Infinity ] end" },
  { "", "bad: it ends too early" },
  { "[1,", "[ 1 bad: it ends too early" },
  { "[1 2]", "[ 1 bad: a comma is missing" },
  { "{\"a\" 1}", "{ key a bad: a colon is missing" },
  { "{1:2}", "{ bad: a member of an object has no name" },
  { "{\"a\":1,}", "{ key a 1 bad: a member of an object has no name" },
  { "[1,]", "[ 1 bad: it is no JSON" },
  { "[1]]", "[ 1 ] bad: something stands behind its end" },
  { "\"abc", "bad: it ends within a string" },
  { "\"\\x\"", "bad: a string has an escape that is none" },
  { "oops", "bad: it is no JSON" },
};

static void
test_tokens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = read_all (cases[i].text, strlen (cases[i].text));

      g_assert_cmpstr (words, ==, cases[i].expected);
    }
}

static void
test_depth (void)
{
  char deep[100001];
  g_autofree char *words = NULL;

  memset (deep, '[', sizeof deep);
  words = read_all (deep, sizeof deep);
  g_assert_true (g_str_has_suffix (words, "bad: brackets are nested too deep"));
  words = (g_free (words), read_all (deep, 64));
  g_assert_true (g_str_has_suffix (words, "bad: it ends too early"));
}

/* Every cut of a text is bad, and none is read beyond. */
static void
test_cuts (void)
{
  const char *text = "{\"a\":[1,\"b\\\"\\u00e9\",{\"c\":null}],\"d\":-1.5}";

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autofree char *cut = g_memdup2 (text, MAX (length, 1));
      g_autofree char *words = read_all (cut, length);

      g_assert_nonnull (strstr (words, "bad"));
    }
}

/* Exact for every short decimal: as strtod has it. */
static void
test_numbers (void)
{
  static const char *const odd[] = { "1e400", "NaN", "-", "1.2.3", "0x10", "", "1e", "--1", "inf" };
  double value;

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%d.%0*d", i % 2 ? "-" : "",
                                               g_test_rand_int_range (0, 2000), 1 + i % 9,
                                               g_test_rand_int_range (0, 9));

      g_assert_true (ballast_json_parse_double (text, strlen (text), &value));
      g_assert_cmpfloat (value, ==, g_ascii_strtod (text, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    g_assert_false (ballast_json_parse_double (odd[i], strlen (odd[i]), &value));
  g_assert_true (ballast_json_parse_double ("12345678901234567890", 20, &value));
  g_assert_cmpfloat (value, ==, 12345678901234567890.0);
}

/* A file larger than the window: strings, numbers and skipped values lie across its edges. */
static void
test_file (void)
{
  g_autofree char *path = NULL;
  g_autoptr(GString) text = g_string_new ("[");
  g_autoptr(BallastJsonReader) reader = NULL;
  int fd = g_file_open_tmp ("ballast-XXXXXX.json", &path, NULL);
  gint64 sum = 0;
  gint64 number;

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "%s\n{\"n\": %u, \"s\": [\"]}\\\"\", [%u.25]], \"t\": \"%0100u\"}",
                            i > 0 ? "," : "", i, i, i);
  g_string_append (text, "]");
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  reader = ballast_json_reader_open (path, NULL);
  g_assert_cmpint (ballast_json_reader_next (reader), ==, BALLAST_JSON_ARRAY);
  for (guint i = 0; i < 60000; i++)
    {
      g_assert_cmpint (ballast_json_reader_next (reader), ==, BALLAST_JSON_OBJECT);
      if (i == 40000)
        g_assert_cmpuint (ballast_json_reader_find_line (
                            reader, ballast_json_reader_get_begin (reader)), ==, i + 2);
      while (ballast_json_reader_next (reader) == BALLAST_JSON_KEY)
        if (ballast_json_reader_text_is (reader, "n"))
          {
            g_assert_cmpint (ballast_json_reader_next (reader), ==, BALLAST_JSON_NUMBER);
            g_assert_true (ballast_json_reader_get_int (reader, &number));
            sum += number;
          }
        else
          g_assert_true (ballast_json_reader_skip (reader));
    }
  g_assert_cmpint (sum, ==, 60000 * 59999LL / 2);
  g_assert_cmpint (ballast_json_reader_next (reader), ==, BALLAST_JSON_ARRAY_END);
  g_assert_cmpint (ballast_json_reader_next (reader), ==, BALLAST_JSON_END);
  g_unlink (path);
  g_close (fd, NULL);
}

typedef enum
{
  BY_TOKENS,
  AS_DOUBLES,
  AS_DECIMALS,
} Speed;

static void
read_decimals (BallastJsonReader *reader,
               GArray            *numbers)
{
  g_autoptr(GArray) decimals = g_array_new (FALSE, FALSE, sizeof (BallastDecimal));

  ballast_json_reader_read_short_decimals (reader, decimals, 200);
  for (guint i = 0; i < decimals->len; i++)
    {
      double value = ballast_decimal_get_value (g_array_index (decimals, BallastDecimal, i));

      g_array_append_val (numbers, value);
    }
}

/* The numbers of a list by tokens alone or quickly, those that have no value as −1; then what comes after it. */
static GArray *
read_by_tokens (const char *text,
                Speed       speed,
                char      **after)
{
  g_autoptr(BallastJsonReader) reader = ballast_json_reader_new ();
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));
  BallastJsonToken token;

  ballast_json_reader_set_text (reader, text, strlen (text));
  g_assert_cmpint (ballast_json_reader_next (reader), ==, BALLAST_JSON_ARRAY);
  for (;;)
    {
      double value = -1;

      if (speed == AS_DOUBLES)
        ballast_json_reader_read_decimals (reader, numbers, 200);
      else if (speed == AS_DECIMALS)
        read_decimals (reader, numbers);
      token = ballast_json_reader_next (reader);
      if (token != BALLAST_JSON_NUMBER && token != BALLAST_JSON_WORD)
        break;
      ballast_json_reader_get_double (reader, &value);
      g_array_append_val (numbers, value);
    }
  *after = g_strdup_printf ("%d at %u: %s", token, (guint) ballast_json_reader_get_end (reader),
                            ballast_json_reader_get_reason (reader));

  return numbers;
}

/* What is read quickly is what the tokens say, up to where they end, with the same bits. */
static void
test_decimals (void)
{
  static const char *const parts[] = { "1", "-2.5", "0.25", "-0", "-0.0", "12.3456", "1234567", "12345678", "123456.7", "999999999.5", "123456.789", "1e3", "1E400",
                                       "NaN", "null", "00", "1.", "-", "+1", ".5", "12345678901234567",
                                       "0.1234567890123456789", "1.2.3", "[", "]", "", " ", "\n7", "\"x\"" };
  static const char *const gaps[] = { ",", ", ", ",\n", ",", ",", ",", " ,", ",,", "" };

  for (guint i = 0; i < 30000; i++)
    {
      g_autoptr(GString) text = g_string_new ("[");
      g_autoptr(GArray) slow = NULL;
      g_autoptr(GArray) quick = NULL;
      g_autofree char *slow_after = NULL;
      g_autofree char *quick_after = NULL;
      guint n_parts = i % 4 == 0 ? G_N_ELEMENTS (parts) : 11;

      for (guint k = g_test_rand_int_range (0, i % 10 == 0 ? 150 : 8); k > 0; k--)
        g_string_append_printf (text, "%s%s", parts[g_test_rand_int_range (0, n_parts)],
                                gaps[g_test_rand_int_range (0, i % 3 == 0 ? 9 : 6)]);
      g_string_append (text, "3] , 1");
      slow = read_by_tokens (text->str, BY_TOKENS, &slow_after);
      quick = read_by_tokens (text->str, i % 2 == 0 ? AS_DOUBLES : AS_DECIMALS, &quick_after);
      g_assert_cmpstr (quick_after, ==, slow_after);
      g_assert_cmpmem (quick->data, quick->len * sizeof (double), slow->data,
                       slow->len * sizeof (double));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importers/json-reader/tokens", test_tokens);
  g_test_add_func ("/importers/json-reader/depth", test_depth);
  g_test_add_func ("/importers/json-reader/cuts", test_cuts);
  g_test_add_func ("/importers/json-reader/numbers", test_numbers);
  g_test_add_func ("/importers/json-reader/decimals", test_decimals);
  g_test_add_func ("/importers/json-reader/file", test_file);

  return g_test_run ();
}
