#pragma once

#include <ballast-box.h>

G_BEGIN_DECLS

/* A COCO annotation file in the making.  Names are plain ASCII without quotes. */
typedef struct _BallastCocoText BallastCocoText;

BallastCocoText *ballast_coco_text_new            (const char        *description);

/* Returns the category's id: 1, 2 … */
guint            ballast_coco_text_add_category   (BallastCocoText   *coco,
                                                   const char        *name);
/* Returns the image's id: 1, 2 … */
guint            ballast_coco_text_add_image      (BallastCocoText   *coco,
                                                   const char        *file_name,
                                                   guint              width,
                                                   guint              height);
void             ballast_coco_text_add_annotation (BallastCocoText   *coco,
                                                   guint              image,
                                                   guint              category,
                                                   const BallastBox  *box);

/* (transfer full): the whole text; @coco is used up. */
char            *ballast_coco_text_finish         (BallastCocoText   *coco);

G_END_DECLS
