/*
 * A small histogram as a widget.  The drawing is chart's.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-histogram-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ballast-chart-model.h"

#define MIN_HEIGHT_PX 72
#define NATURAL_HEIGHT_PX 88
#define MIN_WIDTH_PX 120

struct _BallastHistogramView
{
  GtkWidget parent_instance;

  BallastHistogram  histogram;
  char             *captions[3];
  BallastChartFont *font;
};

G_DEFINE_FINAL_TYPE (BallastHistogramView, ballast_histogram_view, GTK_TYPE_WIDGET)

static void
ballast_histogram_view_measure (GtkWidget     *widget,
                                GtkOrientation orientation,
                                int            for_size,
                                int           *minimum,
                                int           *natural,
                                int           *minimum_baseline,
                                int           *natural_baseline)
{
  gboolean vertical = orientation == GTK_ORIENTATION_VERTICAL;

  *minimum = vertical ? MIN_HEIGHT_PX : MIN_WIDTH_PX;
  *natural = vertical ? NATURAL_HEIGHT_PX : MIN_WIDTH_PX;
}

static void
ballast_histogram_view_snapshot (GtkWidget   *widget,
                                 GtkSnapshot *snapshot)
{
  BallastHistogramView *self = BALLAST_HISTOGRAM_VIEW (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  BallastChartRect area = { 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
  cairo_t *cr;

  if (self->histogram.n_bins == 0 || area.width <= 0 || area.height <= 0)
    return;

  if (self->font == NULL)
    self->font = ballast_chart_font_new_for_context (gtk_widget_get_pango_context (widget));
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, area.width, area.height));
  ballast_histogram_draw (&self->histogram, cr, &area, (const char *const *) self->captions,
                          ballast_theme_get (adw_style_manager_get_dark (style),
                                             adw_style_manager_get_high_contrast (style)),
                          self->font);
  cairo_destroy (cr);
}

static gboolean
ballast_histogram_view_query_tooltip (GtkWidget  *widget,
                                      int         x,
                                      int         y,
                                      gboolean    keyboard,
                                      GtkTooltip *tooltip)
{
  BallastHistogramView *self = BALLAST_HISTOGRAM_VIEW (widget);
  BallastChartRect area = { 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
  int bin = keyboard ? -1 : ballast_histogram_hit (&self->histogram, &area, x);
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  if (bin < 0)
    return FALSE;

  count = ballast_chart_format_count (self->histogram.counts[bin]);
  text = g_strdup_printf (g_dngettext (NULL, "%s image", "%s images", self->histogram.counts[bin]),
                          count);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
ballast_histogram_view_css_changed (GtkWidget         *widget,
                                    GtkCssStyleChange *change)
{
  BallastHistogramView *self = BALLAST_HISTOGRAM_VIEW (widget);

  GTK_WIDGET_CLASS (ballast_histogram_view_parent_class)->css_changed (widget, change);
  g_clear_pointer (&self->font, ballast_chart_font_free);
}

static void
ballast_histogram_view_finalize (GObject *object)
{
  BallastHistogramView *self = BALLAST_HISTOGRAM_VIEW (object);

  g_clear_pointer (&self->font, ballast_chart_font_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->captions); i++)
    g_free (self->captions[i]);

  G_OBJECT_CLASS (ballast_histogram_view_parent_class)->finalize (object);
}

static void
ballast_histogram_view_class_init (BallastHistogramViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ballast_histogram_view_finalize;
  widget_class->measure = ballast_histogram_view_measure;
  widget_class->snapshot = ballast_histogram_view_snapshot;
  widget_class->query_tooltip = ballast_histogram_view_query_tooltip;
  widget_class->css_changed = ballast_histogram_view_css_changed;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ballast_histogram_view_init (BallastHistogramView *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Histogram"), -1);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

void
ballast_histogram_view_set (BallastHistogramView   *self,
                            const BallastHistogram *histogram,
                            const char *const       captions[3])
{
  g_autofree char *description = NULL;

  g_return_if_fail (BALLAST_IS_HISTOGRAM_VIEW (self));
  g_return_if_fail (histogram != NULL && captions != NULL);

  self->histogram = *histogram;
  for (guint i = 0; i < G_N_ELEMENTS (self->captions); i++)
    {
      g_free (self->captions[i]);
      self->captions[i] = g_strdup (captions[i]);
    }

  /* Translators: a histogram for screen readers: "file size: 11 kB to 96 kB". */
  description = g_strdup_printf (_("%s: %s to %s"), captions[1], captions[0], captions[2]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
