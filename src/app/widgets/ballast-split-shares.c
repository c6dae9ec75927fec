/*
 * Three linked sliders.
 *
 * Shares are whole percents; the invariant is that they add up to 100.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-split-shares.h"

#include <glib/gi18n.h>

#define N_SHARES 3

static const guint initial[N_SHARES] = { 80, 10, 10 };

struct _BallastSplitShares
{
  GtkGrid parent_instance;

  char     *names[N_SHARES];
  guint     percents[N_SHARES];
  GtkLabel *titles[N_SHARES];
  GtkRange *scales[N_SHARES];
  GtkLabel *values[N_SHARES];
  gboolean  filling;           /* sliders are being set, not moved */
};

G_DEFINE_FINAL_TYPE (BallastSplitShares, ballast_split_shares, GTK_TYPE_GRID)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show (BallastSplitShares *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < N_SHARES; i++)
    {
      g_autofree char *text = g_strdup_printf (_("%u %%"), self->percents[i]);

      gtk_range_set_value (self->scales[i], self->percents[i]);
      gtk_label_set_label (self->values[i], text);
    }
  self->filling = FALSE;
}

/* The others share what @moved leaves, in the proportion that they have. */
static void
balance (BallastSplitShares *self,
         guint               moved)
{
  guint rest = 100 - self->percents[moved];
  guint first = (moved + 1) % N_SHARES, second = (moved + 2) % N_SHARES;
  guint sum = self->percents[first] + self->percents[second];
  guint share = sum > 0 ? (rest * self->percents[first] + sum / 2) / sum : rest / 2;

  self->percents[first] = MIN (share, rest);
  self->percents[second] = rest - self->percents[first];
}

static void
on_value_changed (GtkRange           *scale,
                  BallastSplitShares *self)
{
  guint percent = (guint) (gtk_range_get_value (scale) + 0.5);

  if (self->filling)
    return;
  for (guint i = 0; i < N_SHARES; i++)
    if (self->scales[i] == scale && self->percents[i] != percent)
      {
        self->percents[i] = percent;
        balance (self, i);
        show (self);
        g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
        return;
      }
}

static void
ballast_split_shares_finalize (GObject *object)
{
  BallastSplitShares *self = BALLAST_SPLIT_SHARES (object);

  for (guint i = 0; i < N_SHARES; i++)
    g_free (self->names[i]);
  G_OBJECT_CLASS (ballast_split_shares_parent_class)->finalize (object);
}

static void
ballast_split_shares_class_init (BallastSplitSharesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_split_shares_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ballast_split_shares_init (BallastSplitShares *self)
{
  gtk_grid_set_column_spacing (GTK_GRID (self), 12);
  for (guint i = 0; i < N_SHARES; i++)
    {
      GtkWidget *title = gtk_label_new (NULL);
      GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 100, 1);
      GtkWidget *value = gtk_label_new (NULL);

      self->percents[i] = initial[i];
      self->titles[i] = GTK_LABEL (title);
      self->scales[i] = GTK_RANGE (scale);
      self->values[i] = GTK_LABEL (value);
      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (title), 6);
      gtk_label_set_max_width_chars (GTK_LABEL (title), 12);
      gtk_widget_set_hexpand (scale, TRUE);
      gtk_label_set_xalign (GTK_LABEL (value), 1);
      gtk_label_set_width_chars (GTK_LABEL (value), 6);
      gtk_widget_add_css_class (value, "numeric");
      gtk_widget_add_css_class (value, "dim-label");
      gtk_grid_attach (GTK_GRID (self), title, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (self), scale, 1, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (self), value, 2, (int) i, 1, 1);
      g_signal_connect (scale, "value-changed", G_CALLBACK (on_value_changed), self);
    }
  show (self);
}

void
ballast_split_shares_set_names (BallastSplitShares *self,
                                const char *const  *names)
{
  g_return_if_fail (BALLAST_IS_SPLIT_SHARES (self));

  for (guint i = 0; i < N_SHARES; i++)
    {
      g_autofree char *accessible = NULL;

      g_free (self->names[i]);
      self->names[i] = g_strdup (names[i]);
      gtk_label_set_label (self->titles[i], names[i]);
      accessible = g_strdup_printf (_("Share of %s"), names[i]);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->scales[i]), accessible);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->scales[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
    }
}

void
ballast_split_shares_read (BallastSplitShares  *self,
                           BallastSplitOptions *options)
{
  g_return_if_fail (BALLAST_IS_SPLIT_SHARES (self));

  g_array_set_size (options->parts, 0);
  for (guint i = 0; i < N_SHARES; i++)
    {
      BallastSplitPart *part;

      if (self->percents[i] == 0)
        continue;
      g_array_set_size (options->parts, options->parts->len + 1);
      part = &g_array_index (options->parts, BallastSplitPart, options->parts->len - 1);
      part->name = g_strdup (self->names[i]);
      part->share = self->percents[i] / 100.0;
    }
}
