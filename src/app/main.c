/*
 * The entry of the graphical program: names it, finds its translations, and runs it.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>

#include "ballast-application.h"

/* A program that runs from its build folder finds the catalogues there. */
static const char *
get_locale_dir (void)
{
  const char *dir = g_getenv ("BALLAST_LOCALE_DIR");

  return dir != NULL ? dir : BALLAST_LOCALE_DIR;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(BallastApplication) application = NULL;

  /* A file that outgrows a limit is an error to tell, not the end of the program. */
  signal (SIGXFSZ, SIG_IGN);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, get_locale_dir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("Ballast"));

  application = ballast_application_new (BALLAST_APP_ID, G_APPLICATION_HANDLES_OPEN);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
