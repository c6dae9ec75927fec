/*
 * The rows that say which column of a manifest is what.
 *
 * They show what the last look at the file took, and remember only what the user chose, so that the
 * rest follows when one of them changes.  Another separator or header makes other columns: names
 * that were chosen are then forgotten.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-import-columns.h"

#include <glib/gi18n.h>

/* Longer examples would push the names away. */
#define EXAMPLE_LETTERS 40

struct _BallastImportColumns
{
  AdwPreferencesGroup parent_instance;

  BallastImportWishes wishes;
  BallastSourceGuess *guess;
  char              **several;    /* (nullable): label columns that were found by looking */
  gboolean            names_split; /* the name of a file says the split */
  gboolean            is_showing; /* the rows change by themselves */

  AdwComboRow  *path_column;
  AdwComboRow  *label_column;
  AdwComboRow  *split_column;
  AdwComboRow  *group_column;
  AdwComboRow  *separator;
  AdwActionRow *header_row;
  GtkSwitch    *header;
};

G_DEFINE_FINAL_TYPE (BallastImportColumns, ballast_import_columns, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

static const char separators[] = { ',', ';', '\t', '|', ' ' };

/* (transfer full): "Column 2" where there is no header. */
static char *
dup_title (BallastSourceGuess *guess,
           guint               column)
{
  const char *name = ballast_source_guess_get_columns (guess)[column];

  if (ballast_source_guess_get_separator (guess) != '\0' &&
      !ballast_source_guess_get_has_header (guess))
    return g_strdup_printf (_("Column %s"), name);

  return g_utf8_make_valid (name, -1);
}

/* (transfer full): what the first row has there. */
static char *
dup_example (BallastSourceGuess *guess,
             int                 column)
{
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *example = NULL;

  if (column < 0)
    return g_strdup ("");
  text = g_utf8_make_valid (ballast_source_guess_get_example (guess, column), -1);
  if (*text == '\0')
    return g_strdup ("");
  cut = g_utf8_strlen (text, -1) > EXAMPLE_LETTERS ? g_utf8_substring (text, 0, EXAMPLE_LETTERS)
                                                    : g_strdup (text);
  /* Translators: what the first row of a table has in a column. */
  example = g_strdup_printf (_("For example “%s”"), cut);

  return g_markup_escape_text (example, -1);
}

static void
show_row (AdwComboRow        *row,
          BallastSourceGuess *guess,
          const char *const  *before, /* entries before the columns */
          guint               selected)
{
  const char *const *columns = ballast_source_guess_get_columns (guess);
  g_autoptr(GtkStringList) titles = gtk_string_list_new (before);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (titles));
  g_autofree char *example = dup_example (guess, (int) selected - (int) n_before);

  for (guint i = 0; columns[i] != NULL; i++)
    gtk_string_list_take (titles, dup_title (guess, i));
  adw_combo_row_set_model (row, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (row, selected);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), example);
}

static guint
find_column (BallastSourceGuess *guess,
             const char         *name)
{
  const char *const *columns = ballast_source_guess_get_columns (guess);
  guint i = 0;

  while (columns[i] != NULL && !g_str_equal (columns[i], name))
    i++;

  return i;
}

/* Several columns of labels are one entry, as they were found. */
static void
remember_several (BallastImportColumns *self,
                  BallastSourceGuess   *guess)
{
  const char *const *labels = ballast_source_guess_get_label_columns (guess);

  if (self->wishes.label_columns != NULL)
    return;
  g_clear_pointer (&self->several, g_strfreev);
  if (g_strv_length ((char **) labels) > 1)
    self->several = g_strdupv ((char **) labels);
}

static void
show_labels (BallastImportColumns *self,
             BallastSourceGuess   *guess)
{
  const char *const *labels = ballast_source_guess_get_label_columns (guess);
  guint n = g_strv_length ((char **) labels);
  guint n_several = self->several != NULL ? g_strv_length (self->several) : 0;
  g_autofree char *names = n > 1 ? g_strjoinv (", ", (char **) labels) : NULL;
  g_autofree char *shown = names != NULL ? g_utf8_make_valid (names, -1) : NULL;
  g_autofree char *markup = shown != NULL ? g_markup_escape_text (shown, -1) : NULL;
  g_autofree char *several
  /* Translators: columns of a table that hold labels, two at least. */
    = n_several > 1 ? g_strdup_printf (g_dngettext (NULL, "%u column", "%u columns", n_several),
                                       n_several) : NULL;
  const char *before[] = { _("None"), several, NULL };
  guint selected = n == 0 ? 0 : 1;

  if (n == 1)
    selected = find_column (guess, labels[0]) + (several != NULL ? 2 : 1);
  show_row (self->label_column, guess, before, selected);
  if (n > 1)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->label_column), markup);
}

/* The second entry is the name of the file, where that says the split. */
static void
show_split (BallastImportColumns *self,
            BallastSourceGuess   *guess)
{
  int column = ballast_source_guess_get_split_column (guess);
  gboolean from_name = ballast_source_guess_get_split_from_name (guess);
  const char *before[] = { _("None"), NULL, NULL };

  if (self->wishes.split_column == NULL)
    self->names_split = from_name;
  if (self->names_split)
    before[1] = _("Name of the file");
  show_row (self->split_column, guess, before,
            column >= 0 ? column + 1 + self->names_split : from_name);
}

/* What splits are not to part. */
static void
show_group (BallastImportColumns *self,
            BallastSourceGuess   *guess)
{
  const char *before[] = { _("None"), NULL };

  show_row (self->group_column, guess, before,
            (guint) (ballast_source_guess_get_group_column (guess) + 1));
}

static void
show_separator (BallastImportColumns *self,
                BallastSourceGuess   *guess)
{
  char separator = ballast_source_guess_get_separator (guess);

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separators[i] == separator)
      adw_combo_row_set_selected (self->separator, i);
  gtk_widget_set_visible (GTK_WIDGET (self->separator), separator != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->header_row), separator != '\0');
  gtk_switch_set_active (self->header, ballast_source_guess_get_has_header (guess));
}

void
ballast_import_columns_show (BallastImportColumns *self,
                             BallastSourceGuess   *guess)
{
  const char *nothing[] = { NULL };
  gboolean has_columns;

  g_return_if_fail (BALLAST_IS_IMPORT_COLUMNS (self));
  g_return_if_fail (BALLAST_IS_SOURCE_GUESS (guess));

  g_set_object (&self->guess, guess);
  has_columns = ballast_source_guess_get_columns (guess)[0] != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), has_columns);
  if (!has_columns)
    return;

  self->is_showing = TRUE;
  show_row (self->path_column, guess, nothing,
            MAX (ballast_source_guess_get_path_column (guess), 0));
  remember_several (self, guess);
  show_labels (self, guess);
  show_split (self, guess);
  show_group (self, guess);
  show_separator (self, guess);
  self->is_showing = FALSE;
}

void
ballast_import_columns_tell (BallastImportColumns *self,
                             BallastImportWishes  *wishes)
{
  gboolean follow_links = wishes->follow_links;

  g_return_if_fail (BALLAST_IS_IMPORT_COLUMNS (self));

  ballast_import_wishes_clear (wishes);
  ballast_import_wishes_copy (&self->wishes, wishes);
  wishes->follow_links = follow_links;
}

void
ballast_import_columns_reset (BallastImportColumns *self)
{
  g_return_if_fail (BALLAST_IS_IMPORT_COLUMNS (self));

  ballast_import_wishes_clear (&self->wishes);
  g_clear_object (&self->guess);
  g_clear_pointer (&self->several, g_strfreev);
  self->names_split = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
is_choice (BallastImportColumns *self,
           AdwComboRow          *row)
{
  return !self->is_showing && self->guess != NULL &&
         adw_combo_row_get_selected (row) != GTK_INVALID_LIST_POSITION;
}

/* The column that @row shows, below @n_before other entries; "" for one of these. */
static const char *
get_chosen (BallastImportColumns *self,
            AdwComboRow          *row,
            guint                 n_before)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < n_before ? ""
                             : ballast_source_guess_get_columns (self->guess)[selected - n_before];
}

static void
on_path_selected (BallastImportColumns *self)
{
  if (!is_choice (self, self->path_column))
    return;
  g_free (self->wishes.path_column);
  self->wishes.path_column = g_strdup (get_chosen (self, self->path_column, 0));
  g_signal_emit (self, changed_signal, 0);
}

static void
on_label_selected (BallastImportColumns *self)
{
  guint n_before = self->several != NULL ? 2 : 1;
  const char *chosen;

  if (!is_choice (self, self->label_column))
    return;
  chosen = get_chosen (self, self->label_column, n_before);
  g_clear_pointer (&self->wishes.label_columns, g_strfreev);
  if (n_before == 1 || adw_combo_row_get_selected (self->label_column) != 1)
    {
      self->wishes.label_columns = g_new0 (char *, 2);
      if (*chosen != '\0')
        self->wishes.label_columns[0] = g_strdup (chosen);
    }
  g_signal_emit (self, changed_signal, 0);
}

static void
on_split_selected (BallastImportColumns *self)
{
  if (!is_choice (self, self->split_column))
    return;
  g_clear_pointer (&self->wishes.split_column, g_free);
  if (!self->names_split || adw_combo_row_get_selected (self->split_column) != 1)
    self->wishes.split_column
      = g_strdup (get_chosen (self, self->split_column, 1 + self->names_split));
  g_signal_emit (self, changed_signal, 0);
}

static void
on_group_selected (BallastImportColumns *self)
{
  if (!is_choice (self, self->group_column))
    return;
  g_free (self->wishes.group_column);
  self->wishes.group_column = g_strdup (get_chosen (self, self->group_column, 1));
  g_signal_emit (self, changed_signal, 0);
}

static void
on_separator_selected (BallastImportColumns *self)
{
  if (!is_choice (self, self->separator))
    return;
  ballast_import_wishes_clear (&self->wishes);
  self->wishes.separator = separators[adw_combo_row_get_selected (self->separator)];
  g_signal_emit (self, changed_signal, 0);
}

static void
on_header_switched (BallastImportColumns *self)
{
  if (self->is_showing || self->guess == NULL)
    return;
  ballast_import_wishes_forget_columns (&self->wishes);
  self->wishes.header = gtk_switch_get_active (self->header) ? BALLAST_WISH_YES : BALLAST_WISH_NO;
  g_signal_emit (self, changed_signal, 0);
}

static void
ballast_import_columns_dispose (GObject *object)
{
  BallastImportColumns *self = BALLAST_IMPORT_COLUMNS (object);

  g_clear_object (&self->guess);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_IMPORT_COLUMNS);

  G_OBJECT_CLASS (ballast_import_columns_parent_class)->dispose (object);
}

static void
ballast_import_columns_finalize (GObject *object)
{
  BallastImportColumns *self = BALLAST_IMPORT_COLUMNS (object);

  ballast_import_wishes_clear (&self->wishes);
  g_strfreev (self->several);

  G_OBJECT_CLASS (ballast_import_columns_parent_class)->finalize (object);
}

static void
ballast_import_columns_class_init (BallastImportColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ballast_import_columns_dispose;
  object_class->finalize = ballast_import_columns_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-import-columns.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastImportColumns, path_column);
  gtk_widget_class_bind_template_child (widget_class, BallastImportColumns, label_column);
  gtk_widget_class_bind_template_child (widget_class, BallastImportColumns, split_column);
  gtk_widget_class_bind_template_child (widget_class, BallastImportColumns, group_column);
  gtk_widget_class_bind_template_child (widget_class, BallastImportColumns, separator);
  gtk_widget_class_bind_template_child (widget_class, BallastImportColumns, header_row);
  gtk_widget_class_bind_template_child (widget_class, BallastImportColumns, header);
  gtk_widget_class_bind_template_callback (widget_class, on_path_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_label_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_split_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_group_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_separator_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_header_switched);
}

static void
ballast_import_columns_init (BallastImportColumns *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
