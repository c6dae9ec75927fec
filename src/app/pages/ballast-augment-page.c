#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-augment-page.h"

struct _BallastAugmentPage
{
  AdwBin            parent_instance;

  BallastDocument  *document;
  BallastSelection *selection;

  GtkWidget        *content;
};

G_DEFINE_FINAL_TYPE (BallastAugmentPage, ballast_augment_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SELECTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
ballast_augment_page_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BallastAugmentPage *self = BALLAST_AUGMENT_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_augment_page_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  BallastAugmentPage *self = BALLAST_AUGMENT_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      ballast_augment_page_set_document (self, g_value_get_object (value));
      break;
    case PROP_SELECTION:
      ballast_augment_page_set_selection (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_augment_page_dispose (GObject *object)
{
  BallastAugmentPage *self = BALLAST_AUGMENT_PAGE (object);

  ballast_augment_page_set_document (self, NULL);
  ballast_augment_page_set_selection (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_AUGMENT_PAGE);

  G_OBJECT_CLASS (ballast_augment_page_parent_class)->dispose (object);
}

static void
ballast_augment_page_class_init (BallastAugmentPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_augment_page_get_property;
  object_class->set_property = ballast_augment_page_set_property;
  object_class->dispose = ballast_augment_page_dispose;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL,
                                                    BALLAST_TYPE_SELECTION, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-augment-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastAugmentPage, content);
}

static void
ballast_augment_page_init (BallastAugmentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ballast_augment_page_set_document (BallastAugmentPage  *self,
                                BallastDocument *document)
{
  g_return_if_fail (BALLAST_IS_AUGMENT_PAGE (self));

  if (g_set_object (&self->document, document))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

void
ballast_augment_page_set_selection (BallastAugmentPage   *self,
                                 BallastSelection *selection)
{
  g_return_if_fail (BALLAST_IS_AUGMENT_PAGE (self));

  if (g_set_object (&self->selection, selection))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
