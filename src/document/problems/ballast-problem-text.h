#pragma once

#include "ballast-problem-list.h"

G_BEGIN_DECLS

/* What people read of a kind of problem; translated. */

/* (transfer full): "3 pictures stand in two classes". */
char          *ballast_problem_text_title      (BallastProblemKind    kind,
                                                guint64               count);

/* (transfer none): what to do about it. */
const char    *ballast_problem_text_get_advice (BallastProblemKind    kind);
/* (transfer full): what is wrong with one image: "stored twice: paper/12.jpg". */
char          *ballast_problem_text_of_image   (const BallastProblem *problem);
BallastRemedy  ballast_problem_text_get_remedy (BallastProblemKind    kind);

/* (transfer full): "glass176.jpg = plastic152.jpg"; "" where nothing is named. */
char          *ballast_problem_text_example    (const BallastProblem *problem);

/* (transfer full): one line about one problem: "glass/a.jpg: damaged: cut short". */
char          *ballast_problem_text_line       (const BallastProblem *problem);

G_END_DECLS
