#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Texts that come up again after others came in between.  All texts are added first, in order; then
 * it is asked.  16 to 32 bytes for each different text.
 */
typedef struct _BallastRepeatFinder BallastRepeatFinder;

BallastRepeatFinder *ballast_repeat_finder_new  (void);
void                 ballast_repeat_finder_free (BallastRepeatFinder *finder);

/* Returns TRUE if @text is neither the one added before nor one that was there earlier. */
gboolean             ballast_repeat_finder_add  (BallastRepeatFinder *finder,
                                                 const char          *text);

/* TRUE if @text was added again after others.  By a hash of 64 bits: in one of 10^7 manifests of a
 * million lines it says so of a text that was not, which costs memory and nothing else. */
gboolean             ballast_repeat_finder_get  (BallastRepeatFinder *finder,
                                                 const char          *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastRepeatFinder, ballast_repeat_finder_free)

G_END_DECLS
