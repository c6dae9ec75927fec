#include <gio/gio.h>

/* The shipped kernels against the same in plain C: the same bytes, op by op. */

static char **
run (const char *variable)
{
  const char *argv[] = { g_getenv (variable), NULL };
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL;
  int status;

  g_assert_nonnull (argv[0]);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return g_strsplit (output, "\n", -1);
}

static void
test_clones_same_bytes (void)
{
  g_auto(GStrv) shipped = run ("BALLAST_DIGESTS_SHIPPED");
  g_auto(GStrv) plain = run ("BALLAST_DIGESTS_PLAIN");

  g_assert_cmpuint (g_strv_length (shipped), >, 400);
  g_assert_cmpuint (g_strv_length (shipped), ==, g_strv_length (plain));
  for (guint i = 0; shipped[i] != NULL; i++)
    g_assert_cmpstr (shipped[i], ==, plain[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/clones/same-bytes", test_clones_same_bytes);
  return g_test_run ();
}
