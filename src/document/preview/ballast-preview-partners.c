/*
 * Pictures that lend parts to previewed copies: the export's list, read without an export.
 *
 * The same state of the project, the same plan, the same order, so a variant takes what the exported
 * copy takes.  Only pixels are read at the size in which they are shown.  An image of several classes
 * that the chosen layout has no place for takes parts of any other, as it would in one that has.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-preview-partners.h"

#include <math.h>

#include "ballast-document-private.h"
#include "ballast-export-lending.h"
#include "ballast-partner.h"

struct _BallastPreviewPartners
{
  BallastExportSetup     setup;
  BallastExportPartners *partners;
  BallastExportPartners *mixed; /* for images that the layout leaves out; NULL: there are none */
};

struct _BallastPreviewLender
{
  BallastPreviewPartners *partners;
  guint                   source;    /* ordinal */
  GArray                 *classes;   /* of guint: indices, ascending */
};

static void
partners_clear (gpointer data)
{
  BallastPreviewPartners *self = data;

  g_clear_pointer (&self->partners, ballast_export_partners_free);
  g_clear_pointer (&self->mixed, ballast_export_partners_free);
  ballast_export_setup_clear (&self->setup);
}

void
ballast_preview_partners_unref (BallastPreviewPartners *self)
{
  g_atomic_rc_box_release_full (self, partners_clear);
}

static gboolean
lend (BallastPreviewPartners *self,
      BallastStoreThread     *thread,
      GCancellable           *cancellable,
      GError                **error)
{
  const GArray *choices = self->setup.choices.choices;
  BallastLending lending = { .setup = &self->setup, .thread = thread, .cancellable = cancellable };

  /* Nobody sees outlines and masks here. */
  lending.flags = ballast_exporter_find (self->setup.options.layout)->flags
                  & ~(BALLAST_EXPORTER_OUTLINES | BALLAST_EXPORTER_MASKS);
  self->partners = ballast_export_lend (&lending, choices, error);
  if (self->partners == NULL)
    return FALSE;
  if ((lending.flags & BALLAST_EXPORTER_MULTI_LABEL) != 0
      || self->setup.snapshot->figures->rows == NULL)
    return TRUE;
  lending.flags |= BALLAST_EXPORTER_MULTI_LABEL | BALLAST_EXPORTER_BOXES;
  self->mixed = ballast_export_lend (&lending, choices, error);
  return self->mixed != NULL;
}

static void
load_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr(BallastPreviewPartners) self = g_atomic_rc_box_new0 (BallastPreviewPartners);
  GError *error = NULL;

  if (!ballast_export_setup_read (&self->setup, task_data, NULL, cancellable, &error)
      || !lend (self, task_data, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self),
                           (GDestroyNotify) ballast_preview_partners_unref);
}

void
ballast_preview_partners_load_async (BallastDocument    *document,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (document, cancellable, callback, user_data);

  g_task_set_source_tag (task, ballast_preview_partners_load_async);
  g_task_set_task_data (task, ballast_store_thread_ref (ballast_document_get_thread (document)),
                        (GDestroyNotify) ballast_store_thread_unref);
  g_task_run_in_thread (task, load_in_thread);
}

BallastPreviewPartners *
ballast_preview_partners_load_finish (GAsyncResult *result,
                                      GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
ballast_preview_partners_fit (const BallastPreviewPartners *self,
                              const BallastSettings        *settings)
{
  const BallastSettings *own = self->setup.snapshot->settings;

  return ballast_balance_settings_equal (ballast_settings_get_balance (own),
                                         ballast_settings_get_balance (settings))
         && ballast_export_settings_equal (ballast_settings_get_export (own),
                                           ballast_settings_get_export (settings));
}

static guint
find_ordinal (const BallastPreviewPartners *partners,
              gint64                        source_id)
{
  const GPtrArray *sources = partners->setup.snapshot->sources;

  for (guint i = 0; i < sources->len; i++)
    if (((const BallastSource *) g_ptr_array_index (sources, i))->id == source_id)
      return i;
  return sources->len;
}

BallastPreviewLender *
ballast_preview_lender_new (BallastPreviewPartners    *partners,
                            const BallastImageDetails *details)
{
  BallastPreviewLender *self = g_atomic_rc_box_new0 (BallastPreviewLender);
  const BallastStoreImage image = { .record = details->record, .annotations = details->annotations,
                                    .n_annotations = details->n_annotations };

  self->partners = g_atomic_rc_box_acquire (partners);
  self->source = find_ordinal (partners, details->record.source_id);
  self->classes = ballast_export_dup_classes (partners->setup.snapshot->tally, &image);
  return self;
}

BallastPreviewLender *
ballast_preview_lender_ref (BallastPreviewLender *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
lender_clear (gpointer data)
{
  BallastPreviewLender *self = data;

  ballast_preview_partners_unref (self->partners);
  g_array_unref (self->classes);
}

void
ballast_preview_lender_unref (BallastPreviewLender *self)
{
  g_atomic_rc_box_release_full (self, lender_clear);
}

/* As much of the image as decides who lends. */
static BallastExportSource
get_taker (const BallastPreviewLender *self)
{
  return (BallastExportSource) { .source_ordinal = self->source, .n_classes = self->classes->len,
                                 .classes = (const guint *) (gpointer) self->classes->data };
}

static const BallastExportPartners *
get_list (const BallastPreviewLender *self)
{
  return self->classes->len > 1 && self->partners->mixed != NULL ? self->partners->mixed
                                                                 : self->partners->partners;
}

gboolean
ballast_preview_lender_find (const BallastPreviewLender *self,
                             const char                 *path,
                             BallastPartnerList         *list)
{
  BallastExportSource taker = get_taker (self);

  return ballast_export_partners_find (get_list (self), &taker, path, list);
}

static char *
dup_path (const BallastPreviewLender *self,
          const BallastPartner       *partner)
{
  const BallastSource *source = g_ptr_array_index (self->partners->setup.snapshot->sources,
                                                   partner->source);

  return g_build_filename (source->root, partner->path, NULL);
}

char *
ballast_preview_lender_dup_path (const BallastPreviewLender *self,
                                 const BallastRecipe        *recipe,
                                 guint                       partner)
{
  BallastPartnerList list;

  g_return_val_if_fail (ballast_preview_lender_find (self, "", &list), NULL);
  return dup_path (self, &list.items[ballast_recipe_get_partner (recipe, partner)->index]);
}

static BallastRaster *
read_partner (const BallastPreviewLender *self,
              BallastPreviewSources      *sources,
              const BallastPartner       *partner,
              const BallastPreviewShow   *show,
              GError                    **error)
{
  g_autofree char *path = dup_path (self, partner);
  guint size = (guint) ceil (MAX (partner->width, partner->height) * show->scale);
  g_autoptr(BallastPreviewSource) read = ballast_preview_sources_get (sources, path, MAX (size, 1),
                                                                       show->cancellable, error);

  return read != NULL ? ballast_partner_convert (read->raster, show->channels, show->depth) : NULL;
}

void
ballast_preview_rasters_free (BallastRaster **rasters)
{
  for (guint i = 0; rasters != NULL && rasters[i] != NULL; i++)
    ballast_raster_free (rasters[i]);
  g_free (rasters);
}

BallastRaster **
ballast_preview_lender_read (const BallastPreviewLender *self,
                             BallastPreviewSources      *sources,
                             const BallastRecipe        *recipe,
                             const BallastPreviewShow   *show,
                             GError                    **error)
{
  guint n = ballast_recipe_get_n_partners (recipe);
  BallastRaster **rasters = g_new0 (BallastRaster *, n + 1);
  BallastPartnerList list = { NULL };

  if (n > 0 && !ballast_preview_lender_find (self, "", &list))
    n = 0;
  for (guint i = 0; i < n; i++)
    {
      guint index = ballast_recipe_get_partner (recipe, i)->index;

      rasters[i] = read_partner (self, sources, &list.items[index], show, error);
      if (rasters[i] == NULL)
        {
          ballast_preview_rasters_free (rasters);
          return NULL;
        }
    }
  return rasters;
}

void
ballast_preview_lender_add_boxes (const BallastPreviewLender *self,
                                  const BallastRecipe        *recipe,
                                  const BallastBoxPolicy     *policy,
                                  GArray                     *boxes)
{
  BallastExportSource taker = get_taker (self);
  guint own = boxes->len;

  ballast_export_partners_add_boxes (get_list (self), &taker, recipe, policy, boxes);
  for (guint i = own; i < boxes->len; i++)
    g_array_index (boxes, BallastMappedBox, i).source = G_MAXUINT;
}
