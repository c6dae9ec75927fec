/*
 * Linked sliders, one a split.
 *
 * Shares are whole percents; the invariant is that they add up to 100.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-split-shares.h"

#include <glib/gi18n.h>

#include "ballast-balance-error.h"

/* What a split that is added begins with. */
#define FIRST_PERCENT 10

/* One split. */
typedef struct
{
  BallastSplitShares *owner;
  guint               percent;
  GtkEditable        *name;
  GtkRange           *scale;
  GtkLabel           *value;
  GtkWidget          *remove;
} Row;

struct _BallastSplitShares
{
  GtkBox parent_instance;

  GtkGrid   *grid;
  GtkWidget *add;
  GPtrArray *rows;    /* of Row */
  gboolean   filling; /* rows are being set, not changed by hand */
};

G_DEFINE_FINAL_TYPE (BallastSplitShares, ballast_split_shares, GTK_TYPE_BOX)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static Row *
get_row (BallastSplitShares *self,
         guint               i)
{
  return g_ptr_array_index (self->rows, i);
}

static void
show (BallastSplitShares *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = get_row (self, i);
      g_autofree char *text = g_strdup_printf (_("%u %%"), row->percent);

      gtk_range_set_value (row->scale, row->percent);
      gtk_label_set_label (row->value, text);
      gtk_widget_set_sensitive (row->remove, self->rows->len > 1);
    }
  gtk_widget_set_sensitive (self->add, self->rows->len < BALLAST_SPLIT_MAX_PARTS);
  self->filling = FALSE;
}

/* The rows but @kept (nullable) share @rest in the proportion that they have, by largest remainder. */
static void
share_out (BallastSplitShares *self,
           const Row          *kept,
           guint               rest)
{
  guint n = self->rows->len, sum = 0, given = 0;
  g_autofree guint *remainders = g_new0 (guint, n);

  for (guint i = 0; i < n; i++)
    sum += get_row (self, i) != kept ? get_row (self, i)->percent : 0;
  for (guint i = 0; i < n; i++)
    if (get_row (self, i) != kept)
      {
        guint weight = sum > 0 ? get_row (self, i)->percent : 1;
        guint whole = sum > 0 ? sum : MAX (n - (kept != NULL), 1);

        get_row (self, i)->percent = rest * weight / whole;
        remainders[i] = rest * weight % whole + 1;
        given += get_row (self, i)->percent;
      }
  for (; given < rest; given++)
    {
      guint best = 0;

      for (guint i = 1; i < n; i++)
        if (remainders[i] > remainders[best])
          best = i;
      get_row (self, best)->percent++;
      remainders[best] = 0;
    }
}

static void
changed (BallastSplitShares *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_value_changed (GtkRange *scale,
                  Row      *row)
{
  BallastSplitShares *self = row->owner;
  guint percent = (guint) (gtk_range_get_value (scale) + 0.5);

  if (self->filling || percent == row->percent)
    return;
  row->percent = self->rows->len > 1 ? percent : 100;
  share_out (self, row, 100 - row->percent);
  show (self);
  changed (self);
}

/* Says what a row's widgets are about. */
static void
name_row (Row *row)
{
  const char *name = gtk_editable_get_text (row->name);
  g_autofree char *share = g_strdup_printf (_("Share of %s"), name);
  g_autofree char *removal = g_strdup_printf (_("Remove “%s”"), name);

  gtk_widget_set_tooltip_text (GTK_WIDGET (row->scale), share);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, share, -1);
  gtk_widget_set_tooltip_text (row->remove, removal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, removal,
                                  -1);
}

static void
on_name_changed (GtkEditable *name,
                 Row         *row)
{
  name_row (row);
  changed (row->owner);
}

/* The grid's rows follow the array. */
static void
remove_row (BallastSplitShares *self,
            guint               i)
{
  self->filling = TRUE;
  gtk_grid_remove_row (self->grid, (int) i);
  self->filling = FALSE;
  g_ptr_array_remove_index (self->rows, i);
}

static void
on_remove (Row *row)
{
  BallastSplitShares *self = row->owner;
  guint i;

  if (self->rows->len < 2 || !g_ptr_array_find (self->rows, row, &i))
    return;
  remove_row (self, i);
  share_out (self, NULL, 100);
  show (self);
  gtk_widget_grab_focus (GTK_WIDGET (get_row (self, MIN (i, self->rows->len - 1))->scale));
  changed (self);
}

static GtkWidget *
new_name (Row        *row,
          const char *text)
{
  GtkWidget *name = gtk_entry_new ();

  row->name = GTK_EDITABLE (name);
  gtk_editable_set_text (row->name, text);
  gtk_editable_set_width_chars (row->name, 8);
  gtk_editable_set_max_width_chars (row->name, 8);
  gtk_widget_set_tooltip_text (name, _("Name of the Split"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the split"), -1);
  g_signal_connect (name, "changed", G_CALLBACK (on_name_changed), row);

  return name;
}

static GtkWidget *
new_scale (Row *row)
{
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 100, 1);

  row->scale = GTK_RANGE (scale);
  gtk_widget_set_hexpand (scale, TRUE);
  gtk_widget_set_valign (scale, GTK_ALIGN_CENTER);
  g_signal_connect (scale, "value-changed", G_CALLBACK (on_value_changed), row);

  return scale;
}

static GtkWidget *
new_value (Row *row)
{
  GtkWidget *value = gtk_label_new (NULL);

  row->value = GTK_LABEL (value);
  gtk_label_set_xalign (row->value, 1);
  gtk_label_set_width_chars (row->value, 6);
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (value, "dim-label");

  return value;
}

static GtkWidget *
new_remove (Row *row)
{
  row->remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  gtk_widget_add_css_class (row->remove, "flat");
  gtk_widget_add_css_class (row->remove, "circular");
  gtk_widget_set_valign (row->remove, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (row->remove, "clicked", G_CALLBACK (on_remove), row);

  return row->remove;
}

static Row *
add_row (BallastSplitShares *self,
         const char         *name,
         guint               percent)
{
  Row *row = g_new0 (Row, 1);
  int place = (int) self->rows->len;

  row->owner = self;
  row->percent = percent;
  g_ptr_array_add (self->rows, row);
  gtk_grid_attach (self->grid, new_name (row, name), 0, place, 1, 1);
  gtk_grid_attach (self->grid, new_scale (row), 1, place, 1, 1);
  gtk_grid_attach (self->grid, new_value (row), 2, place, 1, 1);
  gtk_grid_attach (self->grid, new_remove (row), 3, place, 1, 1);
  name_row (row);

  return row;
}

static gboolean
has_name (BallastSplitShares *self,
          const char         *name,
          guint               n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *other = g_strstrip (g_strdup (gtk_editable_get_text (get_row (self, i)->name)));

      if (g_str_equal (other, name))
        return TRUE;
    }

  return FALSE;
}

/* (transfer full): one that no row has. */
static char *
dup_free_name (BallastSplitShares *self)
{
  static const char *const usual[] = { "train", "val", "test", "calibration", "holdout" };

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (!has_name (self, usual[i], self->rows->len))
      return g_strdup (usual[i]);
  for (guint i = self->rows->len + 1;; i++)
    {
      g_autofree char *name = g_strdup_printf ("split-%u", i);

      if (!has_name (self, name, self->rows->len))
        return g_steal_pointer (&name);
    }
}

static void
on_add (BallastSplitShares *self)
{
  g_autofree char *name = dup_free_name (self);
  guint percent = MIN (FIRST_PERCENT, 100 / (self->rows->len + 1));
  Row *row;

  if (self->rows->len >= BALLAST_SPLIT_MAX_PARTS)
    return;
  share_out (self, NULL, 100 - percent);
  self->filling = TRUE;
  row = add_row (self, name, percent);
  show (self);
  gtk_widget_grab_focus (GTK_WIDGET (row->name));
  changed (self);
}

static void
ballast_split_shares_dispose (GObject *object)
{
  BallastSplitShares *self = BALLAST_SPLIT_SHARES (object);

  /* Entries that go away say that they changed. */
  self->filling = TRUE;

  G_OBJECT_CLASS (ballast_split_shares_parent_class)->dispose (object);
}

static void
ballast_split_shares_finalize (GObject *object)
{
  g_ptr_array_unref (BALLAST_SPLIT_SHARES (object)->rows);

  G_OBJECT_CLASS (ballast_split_shares_parent_class)->finalize (object);
}

static gboolean
ballast_split_shares_grab_focus (GtkWidget *widget)
{
  BallastSplitShares *self = BALLAST_SPLIT_SHARES (widget);

  return self->rows->len > 0 && gtk_widget_grab_focus (GTK_WIDGET (get_row (self, 0)->scale));
}

static void
ballast_split_shares_class_init (BallastSplitSharesClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = ballast_split_shares_grab_focus;
  G_OBJECT_CLASS (klass)->dispose = ballast_split_shares_dispose;
  G_OBJECT_CLASS (klass)->finalize = ballast_split_shares_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ballast_split_shares_init (BallastSplitShares *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->grid = GTK_GRID (gtk_grid_new ());
  self->add = gtk_button_new_with_mnemonic (_("_Add Split"));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_grid_set_column_spacing (self->grid, 6);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_set_tooltip_text (self->add, _("One More Part; Up to Sixteen"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add a split"), -1);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->grid));
  gtk_box_append (GTK_BOX (self), self->add);
}

void
ballast_split_shares_set_names (BallastSplitShares *self,
                                const char *const  *names)
{
  guint n = g_strv_length ((char **) names);

  g_return_if_fail (BALLAST_IS_SPLIT_SHARES (self));
  g_return_if_fail (n > 0 && n <= BALLAST_SPLIT_MAX_PARTS);

  while (self->rows->len > 0)
    remove_row (self, self->rows->len - 1);
  self->filling = TRUE;
  for (guint i = 0; i < n; i++)
    add_row (self, names[i], i == 0 ? 80 : 20);
  share_out (self, get_row (self, 0), n > 1 ? 20 : 0);
  get_row (self, 0)->percent = n > 1 ? 80 : 100;
  show (self);
}

static gboolean
fail (GError    **error,
      const char *message)
{
  g_set_error_literal (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING, message);
  return FALSE;
}

gboolean
ballast_split_shares_read (BallastSplitShares  *self,
                           BallastSplitOptions *options,
                           GError             **error)
{
  g_return_val_if_fail (BALLAST_IS_SPLIT_SHARES (self), FALSE);

  g_array_set_size (options->parts, 0);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = get_row (self, i);
      g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (row->name)));
      g_autofree char *twice = g_strdup_printf (_("Two splits are called “%s”"), name);
      BallastSplitPart *part;

      if (*name == '\0')
        return fail (error, _("A split has no name"));
      if (has_name (self, name, i))
        return fail (error, twice);
      if (row->percent == 0)
        continue;
      g_array_set_size (options->parts, options->parts->len + 1);
      part = &g_array_index (options->parts, BallastSplitPart, options->parts->len - 1);
      part->name = g_steal_pointer (&name);
      part->share = row->percent / 100.0;
    }

  return TRUE;
}
