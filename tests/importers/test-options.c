#include "ballast-file-kind.h"
#include "ballast-image-finder.h"
#include "ballast-import-error.h"
#include "ballast-import-options.h"

static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"follow-links\":true,\"split-level\":\"above\",\"class-depth\":\"first\"}",
    "{\"images\":\"/data/100%25/caf%E9\",\"format\":\"whitespace\",\"label-separator\":\"|\"}",
    "{\"format\":\"delimited\",\"separator\":\";\",\"header\":true,\"files\":[\"a.csv\",\"b.csv\"],"
    "\"path-column\":\"bild\",\"label-columns\":[\"größe\"],\"label-style\":\"indicators\"}",
    "{\"split-column\":\"s\",\"split-from-name\":true,\"base\":\"\",\"search-names\":true,"
    "\"add-ending\":true,\"class-names\":\"classes.txt\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;
      g_auto(BallastImportOptions) copy = BALLAST_IMPORT_OPTIONS_INIT;
      g_autofree char *json = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (ballast_import_options_from_json (&options, texts[i], &error));
      g_assert_no_error (error);
      ballast_import_options_copy (&options, &copy);
      json = ballast_import_options_to_json (&copy);
      g_assert_cmpstr (json, ==, texts[i]);
    }
}

static void
test_bytes (void)
{
  g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;

  g_assert_true (ballast_import_options_from_json (&options, "{\"images\":\"/100%25/caf%E9\"}", NULL));
  g_assert_cmpstr (options.images, ==, "/100%/caf\xE9");
}

/* A newer version may know more: what is unknown does no harm. */
static void
test_unknown_member (void)
{
  g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;

  g_assert_true (ballast_import_options_from_json (&options, "{\"new\":[1],\"header\":true}", NULL));
  g_assert_true (options.has_header);
}

static void
test_bad (void)
{
  static const char *const texts[] = {
    "", "[]", "{", "{\"format\":\"word\"}", "{\"format\":1}", "{\"files\":\"a\"}", "{\"files\":[1]}",
    "{\"header\":\"yes\"}", "{\"separator\":\"ab\"}", "{\"images\":null}", "nonsense",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;
      g_autoptr(GError) error = NULL;

      g_assert_false (ballast_import_options_from_json (&options, texts[i], &error));
      g_assert_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS);
    }
}

static void
test_split_names (void)
{
  static const char *const good[] = { "train", "Train", "TEST", "val", "valid", "validation", "dev",
                                      "train2017", "train_set", "test-images", "testing" };
  static const char *const bad[] = { "cat", "trainer", "steam train", "train_test", "", "2017", "set" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (ballast_name_is_split (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (ballast_name_is_split (bad[i]));
}

static void
test_find_split (void)
{
  static const char *const table[][2] = {
    { "train", "train" }, { "cats_train", "train" }, { "labels-Val", "val" },
    { "train_test_split", NULL }, { "cats", NULL }, { "test2017", "test" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *split = ballast_name_find_split (table[i][0]);

      g_assert_cmpstr (split, ==, table[i][1]);
    }
}

/* Whatever comes in, a path that comes out lies below the root. */
static void
test_resolve_path (void)
{
  static const char *const table[][3] = {
    { "", "a.jpg", "a.jpg" }, { "x", "a.jpg", "x/a.jpg" },
    { "", "./a/./b//c.jpg", "a/b/c.jpg" }, { "x", "../a.jpg", "a.jpg" },
    { "", "../a.jpg", NULL }, { "x", "../../a.jpg", NULL },
    { "x", "/root/y/a.jpg", "y/a.jpg" }, { "", "/root2/a.jpg", NULL },
    { "", "/root/../a.jpg", NULL }, { "", "", NULL },
    { "", "..", NULL }, { "", ".", NULL },
    { "", "/root/", NULL }, { "", "C:\\a.jpg", NULL },
    { "", "file:///etc/passwd", NULL }, { "x", "a\\b.jpg", "x/a/b.jpg" },
    { "", "..\\..\\a.jpg", NULL }, { "", "a/..\\b.jpg", "a/..\\b.jpg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *path = ballast_image_path_resolve ("/root", table[i][0], table[i][1]);

      g_assert_cmpstr (path, ==, table[i][2]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importers/options/round-trip", test_round_trip);
  g_test_add_func ("/importers/options/bytes", test_bytes);
  g_test_add_func ("/importers/options/unknown-member", test_unknown_member);
  g_test_add_func ("/importers/options/bad", test_bad);
  g_test_add_func ("/importers/options/split-names", test_split_names);
  g_test_add_func ("/importers/options/find-split", test_find_split);
  g_test_add_func ("/importers/options/resolve-path", test_resolve_path);
  return g_test_run ();
}
