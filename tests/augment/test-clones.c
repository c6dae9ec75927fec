#include <gio/gio.h>

/*
 * The kernels for every generation of processors that this one can run against the same in plain C: the
 * same bytes, op by op, size by size.  What it cannot run is said to be skipped.
 */
typedef struct
{
  const char *name;
  const char *variable;
} Variant;

static const Variant variants[] = {
  { "shipped", "BALLAST_DIGESTS_SHIPPED" }, { "v1", "BALLAST_DIGESTS_V1" },
  { "v2", "BALLAST_DIGESTS_V2" }, { "v3", "BALLAST_DIGESTS_V3" },
  { "v4", "BALLAST_DIGESTS_V4" },
};

static gboolean
processor_has (const char *name)
{
#ifdef __x86_64__
  __builtin_cpu_init ();
  if (g_str_equal (name, "v2"))
    return __builtin_cpu_supports ("sse4.2");
  if (g_str_equal (name, "v3"))
    return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
  if (g_str_equal (name, "v4"))
    return __builtin_cpu_supports ("avx512vl") && __builtin_cpu_supports ("avx512bw")
           && __builtin_cpu_supports ("avx512dq");
  return TRUE;
#else
  return g_str_equal (name, "shipped");
#endif
}

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

/* Run once, for all cases. */
static char **
get_plain (void)
{
  static char **plain;

  if (plain == NULL)
    plain = run ("BALLAST_DIGESTS_PLAIN");
  return plain;
}

static void
test_same_bytes (gconstpointer data)
{
  const Variant *variant = data;
  g_auto(GStrv) digests = NULL;

  if (!processor_has (variant->name))
    {
      g_test_skip ("this processor does not have these instructions");
      return;
    }

  digests = run (variant->variable);
  g_assert_cmpuint (g_strv_length (digests), >, 400);
  g_assert_cmpuint (g_strv_length (digests), ==, g_strv_length (get_plain ()));
  for (guint i = 0; digests[i] != NULL; i++)
    g_assert_cmpstr (digests[i], ==, get_plain ()[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *path = g_strconcat ("/augment/clones/", variants[i].name, NULL);

      /* The build under the sanitizers makes what is shipped alone. */
      if (i == 0 || g_getenv (variants[i].variable) != NULL)
        g_test_add_data_func (path, &variants[i], test_same_bytes);
    }
  return g_test_run ();
}
