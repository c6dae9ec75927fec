#pragma once

#include "ballast-plan-rows.h"

G_BEGIN_DECLS

/*
 * How often each group of equal images is to appear, so that the classes come near their targets.
 *
 * With k_g the times that the images of group g appear together, a_gc the count of class c in one of
 * them and s_c = Σ_g k_g a_gc, the plan minimises
 *
 *     J = Σ_c ((s_c - T_c) / max (T_c, 1))²      where m_g lower_g <= k_g <= m_g upper_g,
 *
 * and of the plans with the same J takes the one that is nearest to Σ_g m_g (k_g / m_g - anchor_g)²
 * least: as even as can be.  The square is what makes a rare class worth some excess of a common
 * one that rides along, and the more so the rarer it still is; the sum of absolute deviations would
 * leave such a class where it is.
 */
typedef struct
{
  guint                  n_classes;
  guint                  n_groups;
  const guint32         *sizes;   /* m_g */
  const guint32         *starts;  /* n_groups + 1 positions in cells */
  const BallastPlanCell *cells;   /* of one image */
  const double          *targets; /* by class; below 0: any count will do */
  const double          *lower;   /* by group, of one image, whole numbers */
  const double          *upper;
  const double          *anchor;  /* what one image has where nothing asks for more or less */
} BallastPlanProblem;

/*
 * Fills @totals, k_g by group, with whole numbers.  Deterministic.  FALSE where @cancellable was
 * cancelled.  Cost: some milliseconds for each 10,000 groups.
 */
gboolean ballast_plan_solve         (const BallastPlanProblem *problem,
                                     GCancellable             *cancellable,
                                     guint64                  *totals);

/* A first look in a few milliseconds: @totals are real, and within some per cent of it. */
void     ballast_plan_solve_coarsely (const BallastPlanProblem *problem,
                                     double                   *totals);

/* J of @totals. */
double   ballast_plan_measure       (const BallastPlanProblem *problem,
                                     const guint64            *totals);

G_END_DECLS
