/*
 * The pictures that previewed copies take parts from.
 *
 * They are read, beside the main thread, when the pipeline looked at mixes for the first time, and again
 * after the project has changed; what was read before stands until then.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-augment-page-private.h"

static void
show_lender (BallastAugmentPage *self)
{
  g_autoptr(BallastPreviewLender) lender = NULL;

  if (self->partners != NULL && self->chosen != NULL)
    lender = ballast_preview_lender_new (self->partners, self->chosen);
  ballast_variant_grid_set_lender (self->grid, lender);
}

static void
on_partners_loaded (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(BallastAugmentPage) self = user_data;
  g_autoptr(GError) error = NULL;
  BallastPreviewPartners *partners = ballast_preview_partners_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->lending);
  g_clear_pointer (&self->partners, ballast_preview_partners_unref);
  self->partners = partners;
  if (error != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  show_lender (self);
}

static void
load (BallastAugmentPage *self)
{
  self->lending = g_cancellable_new ();
  ballast_preview_partners_load_async (self->document, self->lending, on_partners_loaded,
                                       g_object_ref (self));
}

void
_ballast_augment_page_drop_partners (BallastAugmentPage *self)
{
  g_cancellable_cancel (self->lending);
  g_clear_object (&self->lending);
  g_clear_pointer (&self->partners, ballast_preview_partners_unref);
  g_clear_pointer (&self->chosen, ballast_image_details_free);
}

void
_ballast_augment_page_need_partners (BallastAugmentPage    *self,
                                     const BallastPipeline *pipeline)
{
  if (self->document != NULL && self->partners == NULL && self->lending == NULL
      && ballast_pipeline_mixes (pipeline))
    load (self);
}

void
_ballast_augment_page_renew_partners (BallastAugmentPage *self,
                                      BallastChanged      changed)
{
  gboolean wanted = self->partners != NULL || self->lending != NULL;

  if ((changed & (BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_CLASSES)) == 0 && self->partners != NULL
      && ballast_preview_partners_fit (self->partners,
                                       ballast_document_get_settings (self->document)))
    return;
  g_cancellable_cancel (self->lending);
  g_clear_object (&self->lending);
  if (wanted)
    load (self);
}

void
_ballast_augment_page_take_details (BallastAugmentPage  *self,
                                    BallastImageDetails *details)
{
  g_clear_pointer (&self->chosen, ballast_image_details_free);
  self->chosen = details;
  show_lender (self);
}
