/*
 * What a step's card says of classes: those that it is kept from, to be chosen in a popover, and a
 * mark where a mirror would turn one into another.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-step-row-private.h"

#include <glib/gi18n.h>

/* The first class that this step, as it is set, would turn into another one; NULL: none. */
static const char *
find_mirrored (BallastStepRow *self)
{
  if (!self->op->mirrors || self->p <= 0 || !gtk_switch_get_active (self->enabled))
    return NULL;

  for (char **name = self->mirrored_names; name != NULL && *name != NULL; name++)
    if (!g_hash_table_contains (self->kept_from, *name))
      return *name;

  return NULL;
}

void
_ballast_step_row_show_mirror (BallastStepRow *self)
{
  const char *name = find_mirrored (self);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->mirror, name != NULL);
  if (name == NULL)
    return;

  text = g_strdup_printf (_("A mirror may turn “%s” into another class. Say which, or keep the step "
                             "from it."), name);
  gtk_widget_set_tooltip_text (self->mirror, text);
}

void
_ballast_step_row_show_kept (BallastStepRow *self)
{
  guint n = g_hash_table_size (self->kept_from);
  g_autofree char *text = NULL;

  if (n == 1)
    {
      GHashTableIter iter;
      gpointer name;

      g_hash_table_iter_init (&iter, self->kept_from);
      g_hash_table_iter_next (&iter, &name, NULL);
      /* Translators: a step that is not used for this one class. */
      text = g_strdup_printf (_("not %s"), (const char *) name);
    }
  else
    text = g_strdup_printf (ngettext ("not %u class", "not %u classes", n), n);

  gtk_label_set_label (self->kept_text, text);
  _ballast_step_row_show_mirror (self);
  gtk_widget_set_visible (self->kept, n > 0);
}

static void
on_class_toggled (GtkCheckButton *button,
                  BallastStepRow *self)
{
  const char *name = gtk_widget_get_name (GTK_WIDGET (button));

  if (self->showing)
    return;

  if (gtk_check_button_get_active (button))
    g_hash_table_add (self->kept_from, g_strdup (name));
  else
    g_hash_table_remove (self->kept_from, name);
  _ballast_step_row_show_kept (self);
  _ballast_step_row_commit (self);
}

void
_ballast_step_row_show_class_checks (BallastStepRow *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->class_list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (child),
                                 g_hash_table_contains (self->kept_from,
                                                        gtk_widget_get_name (child)));
}

void
_ballast_step_row_apply_kept_from (BallastStepRow  *self,
                                   BallastPipeline *pipeline,
                                   guint            position)
{
  g_auto(GStrv) before =
    g_strdupv (ballast_pipeline_get_step (pipeline, position)->kept_from);
  GHashTableIter iter;
  gpointer name;

  for (char **old = before; old != NULL && *old != NULL; old++)
    if (!g_hash_table_contains (self->kept_from, *old))
      ballast_pipeline_set_kept_from (pipeline, position, *old, FALSE);

  g_hash_table_iter_init (&iter, self->kept_from);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    ballast_pipeline_set_kept_from (pipeline, position, name, TRUE);
}

void
ballast_step_row_set_class_names (BallastStepRow     *self,
                                  const char * const *names)
{
  GtkWidget *child;

  g_return_if_fail (BALLAST_IS_STEP_ROW (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->class_list))) != NULL)
    gtk_box_remove (self->class_list, child);

  self->showing = TRUE;
  for (; *names != NULL; names++)
    {
      GtkWidget *button = gtk_check_button_new_with_label (*names);

      gtk_widget_set_name (button, *names);
      g_signal_connect (button, "toggled", G_CALLBACK (on_class_toggled), self);
      gtk_box_append (self->class_list, button);
    }
  _ballast_step_row_show_class_checks (self);
  self->showing = FALSE;
}

void
ballast_step_row_set_mirrored_names (BallastStepRow     *self,
                                     const char * const *names)
{
  g_return_if_fail (BALLAST_IS_STEP_ROW (self));

  g_strfreev (self->mirrored_names);
  self->mirrored_names = g_strdupv ((char **) names);
  _ballast_step_row_show_mirror (self);
}
