/*
 * What this program stands on: versions, image loaders, limits, what could confine it.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-diagnosis.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <json-glib/json-glib.h>
#include <cairo.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "ballast-limits.h"

static void
line_free (BallastDiagnosisLine *line)
{
  g_free (line->name);
  g_free (line->value);
  g_free (line);
}

/* Takes @value. */
static void
add (GPtrArray  *lines,
     const char *group,
     const char *name,
     char       *value)
{
  BallastDiagnosisLine *line = g_new (BallastDiagnosisLine, 1);

  *line = (BallastDiagnosisLine) { group, g_strdup (name), value };
  g_ptr_array_add (lines, line);
}

static void
add_versions (GPtrArray *lines)
{
  struct utsname system;

  add (lines, "Versions", "Ballast", g_strdup (BALLAST_VERSION));
  add (lines, "Versions", "GLib", g_strdup_printf ("%u.%u.%u", glib_major_version,
                                                   glib_minor_version, glib_micro_version));
  add (lines, "Versions", "GdkPixbuf", g_strdup (gdk_pixbuf_version));
  add (lines, "Versions", "cairo", g_strdup (cairo_version_string ()));
  add (lines, "Versions", "JSON-GLib", g_strdup (JSON_VERSION_S));
  if (uname (&system) == 0)
    add (lines, "Versions", system.sysname, g_strdup_printf ("%s %s", system.release,
                                                             system.machine));
}

static void
add_loaders (GPtrArray *lines)
{
  GSList *formats = gdk_pixbuf_get_formats ();

  add (lines, "Image loaders", "JPEG", g_strdup ("libjpeg-turbo"));
  add (lines, "Image loaders", "PNG", g_strdup ("libpng"));
  add (lines, "Image loaders", "PNM", g_strdup ("built in"));
  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (l->data);

      if (g_strcmp0 (name, "jpeg") != 0 && g_strcmp0 (name, "png") != 0 &&
          g_strcmp0 (name, "pnm") != 0)
        add (lines, "Image loaders", name, g_strdup ("GdkPixbuf"));
    }
  g_slist_free (formats);
}

static void
add_limits (GPtrArray *lines)
{
  const BallastImageLimits limits = BALLAST_IMAGE_LIMITS_INIT;
  struct rlimit files;

  add (lines, "Limits", "pixels of a picture", g_strdup_printf ("%" G_GUINT64_FORMAT,
                                                                limits.max_pixels));
  add (lines, "Limits", "side of a picture", g_strdup_printf ("%u", limits.max_side));
  add (lines, "Limits", "bytes of a picture", g_strdup_printf ("%" G_GUINT64_FORMAT,
                                                               limits.max_bytes));
  add (lines, "Limits", "processors", g_strdup_printf ("%u", g_get_num_processors ()));
  if (getrlimit (RLIMIT_NOFILE, &files) == 0)
    add (lines, "Limits", "open files", g_strdup_printf ("%" G_GUINT64_FORMAT,
                                                         (guint64) files.rlim_cur));
}

/* The version of the kernel's Landlock, 0 where it has none. */
static long
landlock_version (void)
{
#ifdef SYS_landlock_create_ruleset
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, 1 /* …_CREATE_RULESET_VERSION */);

  return MAX (version, 0);
#else
  return 0;
#endif
}

static void
add_sandbox (GPtrArray *lines)
{
  g_autofree char *bubblewrap = g_find_program_in_path ("bwrap");
  long landlock = landlock_version ();
  gboolean has_seccomp = prctl (PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;

  add (lines, "Sandbox layers", "decoding", g_strdup ("in this process, within the limits above"));
  add (lines, "Sandbox layers", "Landlock", landlock > 0 ? g_strdup_printf ("offered, ABI %ld",
                                                                            landlock)
                                                         : g_strdup ("not offered"));
  add (lines, "Sandbox layers", "seccomp", g_strdup (has_seccomp ? "offered" : "not offered"));
  add (lines, "Sandbox layers", "bubblewrap", g_strdup (bubblewrap == NULL ? "not installed"
                                                                           : bubblewrap));
  add (lines, "Sandbox layers", "Flatpak", g_strdup (g_file_test ("/.flatpak-info",
                                                                  G_FILE_TEST_EXISTS)
                                                       ? "inside" : "outside"));
}

GPtrArray *
ballast_diagnosis_read (void)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);

  add_versions (lines);
  add_loaders (lines);
  add_limits (lines);
  add_sandbox (lines);
  return lines;
}
