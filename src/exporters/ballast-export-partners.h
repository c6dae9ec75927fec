#pragma once

#include "ballast-box-policy.h"
#include "ballast-exporter.h"
#include "ballast-recipe.h"

G_BEGIN_DECLS

/*
 * The pictures that copies may take parts from (Mosaic, MixUp, CutMix, CopyPaste): images of the
 * training split, in the order in which they were added, which must be the same on every run.
 *
 * Where the layout holds soft labels or boxes a copy takes parts of any of them; elsewhere only of
 * those of its own class, and where a file has one label, only of those that have no other.  Filled before
 * the first plan, then only read: any thread.
 */
typedef struct _BallastExportPartners BallastExportPartners;

typedef struct
{
  int                root_fd;       /* not owned */
  gboolean           follows_links;
  char              *path;          /* relative to its source */
  BallastImageFacts  facts;
  guint             *classes;
  guint              n_classes;
  BallastBox        *boxes;
  guint             *box_classes;   /* of each box */
  GBytes           **extras;        /* of each box, in layouts that hold them: NULL, or an outline or
                                       mask, packed */
  guint              n_boxes;
} BallastExportPartner;

/* @flags: of the layout. */
BallastExportPartners *ballast_export_partners_new  (BallastExporterFlags         flags);
void                   ballast_export_partners_free (BallastExportPartners       *self);

/* Copies what it needs of @source but root_fd, which must stay open. */
void                   ballast_export_partners_add  (BallastExportPartners       *self,
                                                     const BallastExportSource   *source);

/* Those for copies of @source, whose relative path is @path.  FALSE where there are none. */
gboolean               ballast_export_partners_find (const BallastExportPartners *self,
                                                     const BallastExportSource   *source,
                                                     const char                  *path,
                                                     BallastPartnerList          *list);

/* (transfer none): number @index of the list that ballast_export_partners_find() gave for @source. */
const BallastExportPartner *
                       ballast_export_partners_get  (const BallastExportPartners *self,
                                                     const BallastExportSource   *source,
                                                     guint                        index);

/* (transfer full): "car:0.7;bus:0.3": how much of the copy is whose, as "manifest.csv" tells it.  ':'
 * ';' and '\' in names stand behind a '\'.  @mirrored gives the class that a mirror turns another
 * into. */
typedef guint        (*BallastClassFunc)            (guint                        class_index,
                                                     gpointer                     user_data);
char                  *ballast_export_partners_dup_soft_labels
                                                    (const BallastExportPartners *self,
                                                     const BallastExportSource   *source,
                                                     const BallastRecipe         *recipe,
                                                     const char *const           *class_names,
                                                     BallastClassFunc             mirrored,
                                                     gpointer                     user_data);

/* Appends what boxes of partners leave in the copy to @labels (of BallastExportLabel, with extras of their
 * own), with their outlines and masks where the layout holds some. */
void                   ballast_export_partners_add_labels
                                                    (const BallastExportPartners *self,
                                                     const BallastExportSource   *source,
                                                     const BallastRecipe         *recipe,
                                                     const BallastBoxPolicy      *policy,
                                                     BallastClassFunc             mirrored,
                                                     gpointer                     user_data,
                                                     GArray                      *labels);

/* The same boxes alone: appends to @boxes (of BallastMappedBox). */
void                   ballast_export_partners_add_boxes
                                                    (const BallastExportPartners *self,
                                                     const BallastExportSource   *source,
                                                     const BallastRecipe         *recipe,
                                                     const BallastBoxPolicy      *policy,
                                                     GArray                      *boxes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastExportPartners, ballast_export_partners_free)

G_END_DECLS
