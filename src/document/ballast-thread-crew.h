#pragma once

#include "ballast-crew.h"

G_BEGIN_DECLS

/* (transfer none): threads, one a processor; the caller's is one of them.  Any thread. */
const BallastCrew *ballast_thread_crew_get (void);

G_END_DECLS
