#pragma once

#include "ballast-augment-page.h"
#include "ballast-effects.h"
#include "ballast-image-strip.h"
#include "ballast-pipeline-editor.h"
#include "ballast-preview-partners.h"
#include "ballast-variant-grid.h"

G_BEGIN_DECLS

struct _BallastAugmentPage
{
  AdwBin parent_instance;

  BallastDocument        *document;
  BallastSelection       *selection;
  BallastEffects         *effects;  /* of single steps: what they cost */
  GSignalGroup           *document_signals;
  GSignalGroup           *selection_signals;
  GCancellable           *query;    /* of the images in the strip */
  GCancellable           *details;  /* of the chosen image */
  BallastImageDetails    *chosen;   /* (nullable): that image's */
  BallastPreviewPartners *partners; /* (nullable): read where a pipeline mixes */
  GCancellable           *lending;  /* (nullable): they are being read */
  BallastImageList       *list;     /* of which the strip shows some; it loads their facts */
  gint64                  class_id; /* whose pipeline is edited; 0: the one for all */
  guint                   n_pending; /* edits on their way to the store */
  guint                   showing : 1;
  guint                   stale : 1; /* the strip waits for the page to be seen */

  AdwLeaflet            *content;
  GtkDropDown           *scope;
  GtkMenuButton         *presets;
  GtkWidget             *own_bar;
  GtkLabel              *own_text;
  GtkButton             *own_button;
  BallastPipelineEditor *editor;
  GtkLabel              *cost;
  GtkStack              *stack;
  BallastImageStrip     *strip;
  GtkDropDown           *count;
  GtkWidget             *solo_bar;
  GtkLabel              *solo_text;
  BallastVariantGrid    *grid;
};

/* ballast-augment-page-picture.c: the strip of images, and the one chosen. */
void _ballast_augment_page_find_images (BallastAugmentPage *self);
void _ballast_augment_page_on_image_chosen (BallastAugmentPage *self);
void _ballast_augment_page_on_rejected (BallastAugmentPage *self,
                                        guint               copy);
void _ballast_augment_page_show_rejected (BallastAugmentPage *self);

/* ballast-augment-page-partners.c: what copies take parts from.  Asked for where @pipeline mixes, read
 * anew after a change, and dropped with the document. */
void _ballast_augment_page_need_partners (BallastAugmentPage    *self,
                                          const BallastPipeline *pipeline);
void _ballast_augment_page_renew_partners (BallastAugmentPage *self,
                                           BallastChanged      changed);
void _ballast_augment_page_drop_partners (BallastAugmentPage *self);

/* Takes @details (nullable), of the chosen image. */
void _ballast_augment_page_take_details (BallastAugmentPage  *self,
                                         BallastImageDetails *details);

/* ballast-augment-page-costs.c */
void _ballast_augment_page_init_costs (BallastAugmentPage *self);
void _ballast_augment_page_set_costs_item (BallastAugmentPage *self,
                                           BallastImageItem   *item);
void _ballast_augment_page_measure_steps (BallastAugmentPage *self);
void _ballast_augment_page_show_cost (BallastAugmentPage *self);

/* ballast-augment-page-files.c: pipeline.load, .save, .copy, .copy-python and .paste. */
void _ballast_augment_page_install_file_actions (GtkWidgetClass *widget_class);

G_END_DECLS
