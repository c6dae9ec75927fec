#pragma once

#include "ballast-document.h"
#include "ballast-image-list.h"
#include "ballast-preview-source.h"
#include "ballast-program-box.h"

G_BEGIN_DECLS

/*
 * The pictures that copies take parts from, as an export of the project would have them now: for
 * previews of pipelines that mix.  Immutable, counted, any thread; some 150 bytes an image.
 */
typedef struct _BallastPreviewPartners BallastPreviewPartners;

/* Reads the records of all images beside the main thread: ask only where a pipeline mixes. */
void                    ballast_preview_partners_load_async (BallastDocument    *document,
                                                             GCancellable       *cancellable,
                                                             GAsyncReadyCallback callback,
                                                             gpointer            user_data);
/* (transfer full) */
BallastPreviewPartners *ballast_preview_partners_load_finish (GAsyncResult *result,
                                                              GError      **error);
void                    ballast_preview_partners_unref (BallastPreviewPartners *self);

/* FALSE where @settings would have an export lend other pictures; records are not looked at. */
gboolean                ballast_preview_partners_fit (const BallastPreviewPartners *self,
                                                      const BallastSettings        *settings);

/* Those for copies of one image.  Immutable, counted, any thread. */
typedef struct _BallastPreviewLender BallastPreviewLender;

/* (transfer full): for copies of the image that @details tell of. */
BallastPreviewLender *ballast_preview_lender_new (BallastPreviewPartners    *partners,
                                                  const BallastImageDetails *details);
BallastPreviewLender *ballast_preview_lender_ref (BallastPreviewLender *self);
void                  ballast_preview_lender_unref (BallastPreviewLender *self);

/* What the draws see; @path is that of the image, relative to its source.  FALSE: nothing. */
gboolean              ballast_preview_lender_find (const BallastPreviewLender *self,
                                                   const char                 *path,
                                                   BallastPartnerList         *list);

/* (transfer full): the file of picture @partner of @recipe, bytes. */
char                 *ballast_preview_lender_dup_path (const BallastPreviewLender *self,
                                                       const BallastRecipe        *recipe,
                                                       guint                       partner);

/* How partners are to be read. */
typedef struct
{
  double        scale;       /* of their size, or more; 1: whole */
  guint         channels;
  guint         depth;
  GCancellable *cancellable;
} BallastPreviewShow;

/* (transfer full): the pictures of @recipe in its order, NULL-terminated; NULL where one cannot be
 * read. */
BallastRaster       **ballast_preview_lender_read (const BallastPreviewLender *self,
                                                   BallastPreviewSources      *sources,
                                                   const BallastRecipe        *recipe,
                                                   const BallastPreviewShow   *show,
                                                   GError                    **error);
void                  ballast_preview_rasters_free (BallastRaster **rasters);

/* Appends what is left of the partners' boxes (BallastMappedBox, in pixels of the copy; their source is
 * G_MAXUINT). */
void                  ballast_preview_lender_add_boxes (const BallastPreviewLender *self,
                                                        const BallastRecipe        *recipe,
                                                        const BallastBoxPolicy     *policy,
                                                        GArray                     *boxes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPreviewPartners, ballast_preview_partners_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPreviewLender, ballast_preview_lender_unref)

G_END_DECLS
