/*
 * How large the images are.
 *
 * One query on the store thread gives sums and histograms; the card only words and draws them.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-sizes-card.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-histogram-view.h"
#include "ballast-image-summary.h"
#include "ballast-number-text.h"

struct _BallastSizesCard
{
  AdwBin parent_instance;

  BallastDocument *document;
  GSignalGroup    *document_signals;
  GCancellable    *cancellable;

  GtkLabel             *summary;
  BallastHistogramView *histogram;
};

G_DEFINE_FINAL_TYPE (BallastSizesCard, ballast_sizes_card, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* (transfer full): "512 × 384", or "11 × 20 to 4000 × 3000". */
static char *
describe_dimensions (const BallastImageSummary *summary)
{
  if (summary->min_width == summary->max_width && summary->min_height == summary->max_height)
    return g_strdup_printf ("%u × %u", summary->max_width, summary->max_height);

  return g_strdup_printf (_("%u × %u to %u × %u"), summary->min_width, summary->min_height,
                          summary->max_width, summary->max_height);
}

/* (transfer full): the names of what occurs, commonest first: "RGB, grey". */
static char *
join_names (const guint64 *counts,
            guint          n_counts,
            const char    *(*get_name)(guint value))
{
  GString *names = g_string_new (NULL);
  g_autofree gboolean *taken = g_new0 (gboolean, n_counts);

  for (guint round = 0; round < n_counts; round++)
    {
      guint best = n_counts;

      for (guint i = 0; i < n_counts; i++)
        if (!taken[i] && counts[i] > 0 && (best == n_counts || counts[i] > counts[best]))
          best = i;
      if (best == n_counts)
        break;
      taken[best] = TRUE;
      g_string_append_printf (names, "%s%s", names->len > 0 ? _(", ") : "", get_name (best));
    }

  return g_string_free (names, FALSE);
}

static const char *
get_colour_name (guint value)
{
  return _(ballast_colour_get_name (value));
}

static const char *
get_format_name (guint value)
{
  return ballast_format_get_name (value);
}

static char *
describe (const BallastImageSummary *summary)
{
  g_autofree char *dimensions = describe_dimensions (summary);
  g_autofree char *count = ballast_chart_format_count (summary->images);
  g_autofree char *colours
    = join_names (summary->by_colour, G_N_ELEMENTS (summary->by_colour), get_colour_name);
  g_autofree char *formats
    = join_names (summary->by_format, G_N_ELEMENTS (summary->by_format), get_format_name);
  g_autofree char *bytes = ballast_text_of_bytes (summary->bytes);

  if (summary->images == 0)
    return g_strdup (_("No images yet"));
  if (summary->min_width == summary->max_width && summary->min_height == summary->max_height)
    return g_strdup_printf (_("All %s images are %s, %s, %s; %s together."), count, dimensions,
                            colours, formats, bytes);

  return g_strdup_printf (_("%s images of %s, %s, %s; %s together."), count, dimensions, colours,
                          formats, bytes);
}

static void
show_histogram (BallastSizesCard          *self,
                const BallastImageSummary *summary)
{
  BallastHistogram histogram = { summary->min_bytes, summary->max_bytes,
                                 BALLAST_IMAGE_SUMMARY_BINS, { 0 } };
  g_autofree char *low = ballast_text_of_bytes (summary->min_bytes);
  g_autofree char *high = ballast_text_of_bytes (summary->max_bytes);
  const char *captions[3] = { low, _("file size"), high };

  for (guint i = 0; i < BALLAST_IMAGE_SUMMARY_BINS; i++)
    histogram.counts[i] = summary->bytes_bins[i];
  ballast_histogram_view_set (self->histogram, &histogram, captions);
  gtk_widget_set_visible (GTK_WIDGET (self->histogram), summary->images > 0);
}

static void
load_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BallastSizesCard) self = BALLAST_SIZES_CARD (user_data);
  g_autoptr(GError) error = NULL;
  g_autofree BallastImageSummary *summary = ballast_image_summary_load_finish (result, &error);
  g_autofree char *text = NULL;

  if (summary == NULL || self->document == NULL)
    return;

  text = describe (summary);
  gtk_label_set_label (self->summary, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), text);
  show_histogram (self, summary);
}

static void
load (BallastSizesCard *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->document == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  ballast_image_summary_load_async (self->document, self->cancellable, load_done,
                                    g_object_ref (self));
}

static void
on_changed (BallastSizesCard *self,
            BallastChanged    what)
{
  if (what & BALLAST_CHANGED_RECORDS)
    load (self);
}

static void
ballast_sizes_card_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  g_value_set_object (value, BALLAST_SIZES_CARD (object)->document);
}

static void
ballast_sizes_card_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  ballast_sizes_card_set_document (BALLAST_SIZES_CARD (object), g_value_get_object (value));
}

static void
ballast_sizes_card_dispose (GObject *object)
{
  BallastSizesCard *self = BALLAST_SIZES_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->document);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_SIZES_CARD);

  G_OBJECT_CLASS (ballast_sizes_card_parent_class)->dispose (object);
}

static void
ballast_sizes_card_class_init (BallastSizesCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_sizes_card_get_property;
  object_class->set_property = ballast_sizes_card_set_property;
  object_class->dispose = ballast_sizes_card_dispose;

  properties[PROP_DOCUMENT]
    = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BALLAST_TYPE_HISTOGRAM_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-sizes-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastSizesCard, summary);
  gtk_widget_class_bind_template_child (widget_class, BallastSizesCard, histogram);
}

static void
ballast_sizes_card_init (BallastSizesCard *self)
{
  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (on_changed), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ballast_sizes_card_set_document (BallastSizesCard *self,
                                 BallastDocument  *document)
{
  g_return_if_fail (BALLAST_IS_SIZES_CARD (self));

  if (!g_set_object (&self->document, document))
    return;

  g_signal_group_set_target (self->document_signals, document);
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}
