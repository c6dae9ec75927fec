/*
 * draw-item SOURCE OUT RECIPE…: draws copies of one file as an export does, into OUT.0, OUT.1 ….
 *
 * Prints a line for each: "coefficients" where they were moved, else "drawn".
 */
#include <stdio.h>

#include "ballast-export-item.h"
#include "ballast-probe.h"
#include "fixture.h"

static gboolean
open_output (BallastExportOutput     *output,
             const BallastImageFacts *facts,
             const char              *out,
             const char              *recipe,
             int                      index)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("%s.%d", out, index);

  output->recipe = ballast_recipe_from_json (recipe, -1, &error);
  output->format = ballast_export_item_choose_format (facts, BALLAST_EXPORT_FORMAT_KEEP);
  output->fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (output->recipe == NULL)
    g_printerr ("%s: %s\n", recipe, error->message);

  return output->recipe != NULL && output->fd >= 0;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autofree BallastExportOutput *outputs = g_new0 (BallastExportOutput, (gsize) argc);
  BallastExportItem item = { .limits = BALLAST_IMAGE_LIMITS_INIT, .outputs = outputs };
  BallastProbeResult result;

  if (argc < 4)
    return 2;
  item.source_fd = open (argv[1], O_RDONLY | O_CLOEXEC);
  item.display_name = argv[1];
  if (item.source_fd < 0 ||
      !ballast_probe_fd (item.source_fd, argv[1], NULL, &item.facts, &result, &error))
    return 1;
  for (int i = 3; i < argc; i++)
    if (!open_output (&outputs[item.n_outputs++], &item.facts, argv[2], argv[i], i - 3))
      return 1;

  if (!ballast_export_item_run (&item, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  for (guint i = 0; i < item.n_outputs; i++)
    {
      puts (outputs[i].lossless ? "coefficients" : "drawn");
      close (outputs[i].fd);
      ballast_recipe_free ((BallastRecipe *) outputs[i].recipe);
    }
  close (item.source_fd);
  return 0;
}
