/*
 * The section “To Make the Same Again”: versions, seeds, and the commands that set what is set.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Begins an option while a command is put together: no name has it, and a line may end there. */
#define OPTION "\001"

/* Characters of a command in one line. */
#define LINE_LENGTH 86

static void
add_line (BallastPaperTable *table,
          const char        *name,
          char              *value)
{
  ballast_paper_table_cell (table, g_strdup (name));
  ballast_paper_table_cell (table, value);
}

static void
add_facts (BallastReportWriter *writer)
{
  const BallastSnapshot *snapshot = writer->report->snapshot;
  const BallastExportSettings *export = ballast_settings_get_export (snapshot->settings);
  const BallastBalanceSettings *balance = ballast_settings_get_balance (snapshot->settings);
  guint redraws = ballast_redraws_get_n (ballast_settings_get_redraws (snapshot->settings));
  BallastPaperTable *table = ballast_paper_add_table (writer->paper, NULL);

  ballast_paper_table_column (table, _("Setting"), FALSE);
  ballast_paper_table_column (table, _("Value"), FALSE);
  add_line (table, _("Program"), g_strdup ("Ballast " BALLAST_VERSION));
  add_line (table, _("Project"), g_strdup (writer->report->project));
  add_line (table, _("Seed of the copies"), g_strdup_printf ("%" G_GUINT64_FORMAT, export->seed));
  add_line (table, _("Seed of the choice of images"), g_strdup_printf ("%" G_GUINT64_FORMAT, balance->seed));
  add_line (table, _("Layout"), g_strdup (export->layout));
  add_line (table, _("Originals"), g_strdup (export->originals));
  add_line (table, _("Format of copies"),
            export->format == BALLAST_FORMAT_CHOICE_KEEP
              ? g_strdup (ballast_format_choice_get_name (export->format))
              : g_strdup_printf ("%s, %u", ballast_format_choice_get_name (export->format), export->quality));
  add_line (table, _("Weight files"), g_strdup (*export->weights == '\0' ? "–" : export->weights));
  if (redraws > 0)
    add_line (table, _("Copies drawn again by hand"), g_strdup_printf ("%u", redraws));
}

/* Ends a command: a line that would be too long goes on below, before an option. */
static void
append_command (GString    *text,
                const char *command)
{
  g_auto(GStrv) parts = g_strsplit (command, OPTION, -1);
  glong length = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      glong more = g_utf8_strlen (parts[i], -1) + 3;

      if (i > 0 && length + more > LINE_LENGTH)
        {
          g_string_append (text, " \\\n   ");
          length = 4;
        }
      g_string_append_printf (text, "%s%s", i > 0 ? " --" : "", parts[i]);
      length += more;
    }
  g_string_append_c (text, '\n');
}

/* Quoted for a shell where it has to be. */
static void
append_argument (GString    *text,
                 const char *argument)
{
  g_autofree char *quoted = g_shell_quote (argument);
  gboolean plain = *argument != '\0';

  for (const char *at = argument; *at != '\0'; at++)
    plain = plain && (g_ascii_isalnum (*at) || strchr ("-_./=,+", *at) != NULL);
  g_string_append_printf (text, " %s", plain ? argument : quoted);
}

/* What is said only where it is not the usual. */
static void
append_unusual (GString                      *text,
                const BallastBalanceSettings *balance)
{
  const BallastCropSettings *crops = &balance->crops;
  g_autofree char *background = ballast_background_to_text (&balance->background);
  g_autofree char *visibility = _ballast_report_number (crops->visibility);

  if (balance->instance_aware)
    g_string_append (text, OPTION "factors-by instances");
  if (balance->background.kind != BALLAST_BACKGROUND_ALL)
    {
      g_string_append (text, OPTION "background");
      append_argument (text, background);
    }
  if (crops->enabled)
    g_string_append_printf (text, OPTION "crops" OPTION "crop-min %u" OPTION "crop-size %u"
                            OPTION "crop-visibility %s", crops->min_size, crops->size, visibility);
}

static void
append_balance (GString             *all,
                const BallastReport *report)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const BallastBalanceSettings *balance = ballast_settings_get_balance (report->snapshot->settings);
  g_autofree char *target = ballast_target_to_text (&balance->target);
  g_autofree char *threshold = _ballast_report_number (balance->threshold);

  g_string_append (text, "ballast-cli balance");
  append_argument (text, report->project);
  g_string_append_printf (text, OPTION "strategy %s" OPTION "target", ballast_strategy_get_name (balance->strategy));
  append_argument (text, target);
  g_string_append_printf (text, OPTION "max-repeats %u" OPTION "threshold %s" OPTION "unit %s", balance->max_repeats, threshold,
                          ballast_unit_get_name (balance->unit));
  append_unusual (text, balance);
  for (guint i = 0; balance->overrides != NULL && i < balance->overrides->len; i++)
    {
      const BallastTargetOverride *entry = &g_array_index (balance->overrides, BallastTargetOverride, i);
      g_autofree char *pair = g_strdup_printf ("%s=%" G_GUINT64_FORMAT, entry->name, entry->count);

      g_string_append (text, OPTION "class");
      append_argument (text, pair);
    }
  append_command (all, text->str);
}

static void
append_weights (GString             *all,
                const BallastReport *report)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const BallastWeightOptions *options = ballast_settings_get_weights (report->snapshot->settings);

  g_string_append (text, "ballast-cli weights");
  append_argument (text, report->project);
  g_string_append_printf (text, OPTION "scheme %s", options->scheme->name);
  for (guint i = 0; i < options->scheme->n_parameters; i++)
    {
      g_autofree char *number = _ballast_report_number (options->params[i]);

      g_string_append_printf (text, OPTION "param %s=%s", options->scheme->parameters[i].name, number);
    }
  g_string_append_printf (text, OPTION "normalise %s" OPTION "basis %s" OPTION "unit %s",
                          ballast_normalise_get_name (options->normalise),
                          ballast_weight_basis_get_name (options->basis),
                          ballast_weight_options_get_unit (options));
  append_command (all, text->str);
}

static void
append_export (GString             *all,
               const BallastReport *report)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const BallastExportSettings *export = ballast_settings_get_export (report->snapshot->settings);

  g_string_append (text, "ballast-cli export");
  append_argument (text, report->project);
  g_string_append_printf (text, " DEST" OPTION "layout %s" OPTION "originals %s" OPTION "format %s" OPTION "quality %u" OPTION "seed "
                          "%" G_GUINT64_FORMAT, export->layout, export->originals,
                          ballast_format_choice_get_name (export->format), export->quality, export->seed);
  if (*export->weights != '\0')
    {
      g_string_append (text, OPTION "weights");
      append_argument (text, export->weights);
    }
  append_command (all, text->str);
}

void
_ballast_report_add_settings (BallastReportWriter *writer)
{
  g_autoptr(GString) text = g_string_new (NULL);

  ballast_paper_add_heading (writer->paper, 1, _("To Make the Same Again"));
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT,
                          _("The same project, settings and seeds give the same files, byte for byte, on every "
                             "machine."), NULL);
  add_facts (writer);
  append_balance (text, writer->report);
  append_weights (text, writer->report);
  append_export (text, writer->report);
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_CODE, text->str, NULL);
}
