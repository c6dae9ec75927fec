#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How far a long operation is.  A total of 0 is not known yet. */
typedef struct
{
  guint64 items_done;
  guint64 items_total;
  guint64 bytes_done;
  guint64 bytes_total;
} BallastProgressState;

/* Called from the thread that works, as often as it likes: the receiver coalesces. */
typedef void (*BallastProgressFunc) (const BallastProgressState *state,
                                     gpointer                    user_data);

typedef struct
{
  BallastProgressFunc func; /* may be NULL */
  gpointer            user_data;
} BallastProgress;

/* @progress may be NULL. */
void ballast_progress_report (const BallastProgress      *progress,
                              const BallastProgressState *state);

G_END_DECLS
