#pragma once

#include "ballast-balance-page.h"
#include "ballast-class-chart.h"
#include "ballast-effect-card.h"
#include "ballast-plan-options.h"
#include "ballast-plan-table.h"
#include "ballast-weights-view.h"

/* The parts of the Balance page, for its own files. */

#define MAXIMUM_TARGET 100000000

G_BEGIN_DECLS

struct _BallastBalancePage
{
  AdwBin parent_instance;

  BallastDocument       *document;
  BallastSelection      *selection;
  GSignalGroup          *document_signals;
  BallastBalanceSettings draft;
  guint                  n_pending; /* edits on their way to the store */
  guint                  showing : 1;

  GtkStack           *stack;
  GtkWidget          *strategies;
  GtkWidget          *buttons[BALLAST_STRATEGY_REPEAT_FACTOR + 1];
  GtkWidget          *target_box;
  GtkDropDown        *target;
  GtkSpinButton      *value;
  GtkWidget          *cap_box;
  GtkSpinButton      *cap;
  GtkWidget          *threshold_box;
  GtkSpinButton      *threshold;
  BallastPlanOptions *options;
  GtkWidget          *hint;
  GtkToggleButton    *log;
  BallastClassChart  *chart;
  BallastPlanTable   *table;
  GtkLabel           *total;
  GtkLabel           *parts;
  GtkLabel           *costs;
  GtkDropDown        *scheme;
  GtkDropDown        *basis;
  GtkLabel           *scheme_summary;
  GtkBox             *warnings;
  BallastEffectCard  *effect;
  BallastWeightsView *weights_view;
  gboolean            weights_shown; /* instead of the plan */
};

/* ballast-balance-page-show.c */

/* The count that the line stands at: what most classes are brought to; below 0 for no line. */
double _ballast_balance_page_get_line             (BallastBalancePage *self,
                                                   const BallastPlan  *plan);

/* Everything that follows from the draft.  Cheap: a drag calls it once a frame. */
void   _ballast_balance_page_show_plan            (BallastBalancePage *self);
void   _ballast_balance_page_show_weights         (BallastBalancePage *self);

/* Brings the controls in line with the draft, and those of the weights with the project. */
void   _ballast_balance_page_show_controls        (BallastBalancePage *self);
void   _ballast_balance_page_show_weight_controls (BallastBalancePage *self);

static inline gboolean
ballast_target_kind_has_value (BallastTargetKind kind)
{
  return kind == BALLAST_TARGET_PERCENTILE || kind == BALLAST_TARGET_NUMBER ||
         kind == BALLAST_TARGET_POWER;
}

G_END_DECLS
