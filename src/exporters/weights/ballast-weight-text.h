#pragma once

#include "ballast-weights.h"

G_BEGIN_DECLS

/* Numbers and names as all weight files write them. */

/* "0.3125" into @buffer (G_ASCII_DTOSTR_BUF_SIZE): 9 significant digits carry a float32 exactly. */
const char *ballast_weight_text_format        (double                weight,
                                               char                 *buffer);

/* The weight as the text says it, so that all files hold the same number. */
double      ballast_weight_text_round         (double                weight);

/* (transfer full): all weights, rounded, in index order; one at least is allocated. */
double     *ballast_weight_text_dup_values    (const BallastWeights *weights);

/* @name as a literal of Python, in UTF-8. */
void        ballast_weight_text_append_string (GString              *text,
                                               const char           *name);

/* "[0.3125, 2.5]", with a point in every number, so that Python reads floats; @rest (nullable) is
 * written behind the last. */
void        ballast_weight_text_append_list   (GString              *text,
                                               const BallastWeights *weights,
                                               const guint          *order,
                                                    const char           *rest);

/* (transfer full): the text's bytes; @text is consumed. */
GBytes     *ballast_weight_text_end           (GString              *text);

/* (transfer full): the class indices by ascending category_id, as Detectron2 numbers them; in their own
 * order where the classes have none. */
guint      *ballast_weight_text_dup_category_order (const BallastWeights *weights);

/* Appends "# CATEGORY_IDS = [1, 2, 4]" in @order (nullable: by index); nothing where there are none. */
void        ballast_weight_text_append_categories  (GString              *text,
                                                    const BallastWeights *weights,
                                                    const guint          *order);

G_END_DECLS
