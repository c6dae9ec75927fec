#define G_LOG_DOMAIN "ballast-base"

#include "config.h"

#include "ballast-progress.h"

void
ballast_progress_report (const BallastProgress      *progress,
                         const BallastProgressState *state)
{
  if (progress != NULL && progress->func != NULL)
    progress->func (state, progress->user_data);
}
