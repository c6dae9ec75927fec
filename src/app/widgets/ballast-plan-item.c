#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-plan-item.h"

struct _BallastPlanItem
{
  GObject parent_instance;

  BallastPlanFigures figures;
};

G_DEFINE_FINAL_TYPE (BallastPlanItem, ballast_plan_item, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
ballast_plan_item_finalize (GObject *object)
{
  g_free (BALLAST_PLAN_ITEM (object)->figures.name);

  G_OBJECT_CLASS (ballast_plan_item_parent_class)->finalize (object);
}

static void
ballast_plan_item_class_init (BallastPlanItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_plan_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
ballast_plan_item_init (BallastPlanItem *self)
{
  self->figures.weight = -1;
}

BallastPlanItem *
ballast_plan_item_new (void)
{
  return g_object_new (BALLAST_TYPE_PLAN_ITEM, NULL);
}

void
ballast_plan_item_set (BallastPlanItem        *self,
                       const BallastPlanClass *class,
                       gboolean                overridden)
{
  BallastPlanFigures *figures;

  g_return_if_fail (BALLAST_IS_PLAN_ITEM (self));

  figures = &self->figures;
  g_free (figures->name);
  figures->index = class->index;
  figures->name = g_strdup (class->name);
  figures->now = class->now;
  figures->target = class->target;
  figures->after = class->after;
  figures->difference = (gint64) class->after - (gint64) class->now;
  figures->copies = class->now > 0 && class->added > 0 ? (double) class->added / class->now : 0;
  figures->crops = class->crops;
  figures->whole = class->images_after - MIN (class->images_after, class->images_now + class->crops);
  figures->overridden = overridden;
  figures->no_class = FALSE;
  figures->short_of = class->reachable < class->target && class->after < class->target;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
ballast_plan_item_set_background (BallastPlanItem   *self,
                                  const BallastPlan *plan,
                                  const char        *name)
{
  BallastPlanFigures *figures;

  g_return_if_fail (BALLAST_IS_PLAN_ITEM (self));

  figures = &self->figures;
  g_free (figures->name);
  *figures = (BallastPlanFigures){
    .index = plan->n_classes, .name = g_strdup (name), .now = plan->background_before,
    .target = plan->background_after, .after = plan->background_after,
    .difference = (gint64) plan->background_after - (gint64) plan->background_before,
    .weight = -1, .no_class = TRUE,
  };
  g_signal_emit (self, signals[CHANGED], 0);
}

void
ballast_plan_item_set_weight (BallastPlanItem *self,
                              double           weight)
{
  g_return_if_fail (BALLAST_IS_PLAN_ITEM (self));

  if (self->figures.weight == weight)
    return;

  self->figures.weight = weight;
  g_signal_emit (self, signals[CHANGED], 0);
}

const BallastPlanFigures *
ballast_plan_item_get_figures (BallastPlanItem *self)
{
  g_return_val_if_fail (BALLAST_IS_PLAN_ITEM (self), NULL);

  return &self->figures;
}
