#pragma once

#include <gio/gio.h>

#include "ballast-raster.h"

G_BEGIN_DECLS

/* Pictures with captions in a grid, as one PNG. */
typedef struct _BallastContactSheet BallastContactSheet;

/* @cell_px: the longer side of a picture. */
BallastContactSheet *ballast_contact_sheet_new  (guint                 n_cells,
                                                 guint                 cell_px);
void                 ballast_contact_sheet_free (BallastContactSheet  *self);

/* Puts @raster (8-bit RGB or RGBA; NULL: nothing) into the cell @index. */
void                 ballast_contact_sheet_set  (BallastContactSheet  *self,
                                                 guint                 index,
                                                 const BallastRaster  *raster,
                                                 const char           *caption);

/* Writes the PNG whole or not at all. */
gboolean             ballast_contact_sheet_save (BallastContactSheet  *self,
                                                 const char           *path,
                                                 GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastContactSheet, ballast_contact_sheet_free)

G_END_DECLS
