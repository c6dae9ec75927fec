#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Does the task of number @task; several at the same time, on any thread. */
typedef void (*BallastTaskFunc) (gpointer data,
                                 guint    task);

/*
 * Hands that are lent for a while.  Below document/ nobody starts a thread: who has work that can be
 * divided says into what, and does it alone where there is no crew (NULL).
 */
typedef struct
{
  guint n_hands; /* tasks that are done at once */

  /* Returns when all tasks are done. */
  void  (*run) (BallastTaskFunc func,
                gpointer        data,
                guint           n_tasks);
} BallastCrew;

guint ballast_crew_get_n_hands (const BallastCrew *crew);
void  ballast_crew_run         (const BallastCrew *crew,
                                BallastTaskFunc    func,
                                gpointer           data,
                                guint              n_tasks);

G_END_DECLS
