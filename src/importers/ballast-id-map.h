#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers that files call their records by → position of the record; 16 bytes each. */
typedef struct _BallastIdMap BallastIdMap;

BallastIdMap *ballast_id_map_new    (guint               n_expected);
void          ballast_id_map_free   (BallastIdMap       *map);

/* FALSE where @id is there: its position stays. */
gboolean      ballast_id_map_insert (BallastIdMap       *map,
                                     gint64              id,
                                     guint               position);

/* -1 where it is not there. */
gint64        ballast_id_map_find   (const BallastIdMap *map,
                                     gint64              id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastIdMap, ballast_id_map_free)

G_END_DECLS
