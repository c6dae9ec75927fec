#pragma once

#include <adwaita.h>

#include "ballast-picture.h"

G_BEGIN_DECLS

/* A picture as rows and columns of text: for screen readers, and for whoever wants the numbers. */
#define BALLAST_TYPE_PICTURE_TABLE_VIEW (ballast_picture_table_view_get_type ())
G_DECLARE_FINAL_TYPE (BallastPictureTableView, ballast_picture_table_view, BALLAST,
                      PICTURE_TABLE_VIEW, AdwBin)

GtkWidget *ballast_picture_table_view_new  (void);

/* Takes @table; NULL empties it. */
void       ballast_picture_table_view_take (BallastPictureTableView *self,
                                            BallastPictureTable     *table);

G_END_DECLS
