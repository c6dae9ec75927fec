#pragma once

#include <gtk/gtk.h>

#include "ballast-plan.h"

G_BEGIN_DECLS

/* Fills @box, in place of what was in it, with a card for each of the first warnings of @plan, and a
 * line that counts the others. */
void ballast_warning_cards_fill (GtkBox            *box,
                                 const BallastPlan *plan);

G_END_DECLS
