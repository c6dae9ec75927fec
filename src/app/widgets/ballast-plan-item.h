#pragma once

#include <glib-object.h>

#include "ballast-plan.h"

G_BEGIN_DECLS

/* A class of a plan as a row.  Signal: "changed". */
#define BALLAST_TYPE_PLAN_ITEM (ballast_plan_item_get_type ())
G_DECLARE_FINAL_TYPE (BallastPlanItem, ballast_plan_item, BALLAST, PLAN_ITEM, GObject)

/* What the row shows; @name is owned by the item. */
typedef struct
{
  guint    index;
  char    *name;
  guint64  now;
  guint64  target;
  guint64  after;
  gint64   difference; /* after - now */
  double   copies;     /* made of each image, on average */
  guint64  crops;      /* of the images after: parts that hold it … */
  guint64  whole;      /* … and copies of whole images */
  double   weight;     /* below 0: none */
  gboolean overridden;
  gboolean short_of;   /* the target cannot be reached */
  gboolean no_class;   /* images without an object: no colour, no target of its own */
} BallastPlanFigures;

BallastPlanItem          *ballast_plan_item_new         (void);

/* Takes the figures of @class; emits "changed" where one is another one. */
void                      ballast_plan_item_set         (BallastPlanItem        *self,
                                                         const BallastPlanClass *class,
                                                         gboolean                overridden);

/* The images without an object. */
void                      ballast_plan_item_set_background (BallastPlanItem   *self,
                                                         const BallastPlan *plan,
                                                         const char        *name);
void                      ballast_plan_item_set_weight  (BallastPlanItem        *self,
                                                         double                  weight);
const BallastPlanFigures *ballast_plan_item_get_figures (BallastPlanItem        *self);

G_END_DECLS
