#pragma once

#include "ballast-random.h"

#include <glib.h>

G_BEGIN_DECLS

/*
 * Copies that somebody looked at and rejected, and how often: each is drawn again with other numbers,
 * in the preview and in the export alike.  A value: immutable once shared, counted.
 */
typedef struct _BallastRedraws BallastRedraws;

BallastRedraws   *ballast_redraws_new       (void);
BallastRedraws   *ballast_redraws_ref       (const BallastRedraws *self);
void              ballast_redraws_unref     (BallastRedraws       *self);

/* (transfer full): the same with one rejection more of copy @copy of the image @path (bytes, relative
 * to its source). */
BallastRedraws   *ballast_redraws_reject    (const BallastRedraws *self,
                                             const char           *path,
                                             guint32               copy);

/* How often the copy was rejected; @self nullable. */
guint             ballast_redraws_get       (const BallastRedraws *self,
                                             const char           *path,
                                             guint32               copy);
guint             ballast_redraws_get_n     (const BallastRedraws *self);

/* The key of the copy as it is drawn now: that of ballast_random_key() where it was never rejected.
 * @self nullable. */
BallastRandomKey  ballast_redraws_key       (const BallastRedraws *self,
                                             guint64               seed,
                                             const char           *path,
                                             guint32               copy);

/* (transfer full): one JSON object, sorted; NULL where nothing was rejected.  And back: what is no
 * such text is nothing rejected. */
char             *ballast_redraws_to_json   (const BallastRedraws *self);
BallastRedraws   *ballast_redraws_from_json (const char           *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastRedraws, ballast_redraws_unref)

G_END_DECLS
