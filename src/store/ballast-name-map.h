#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Finds images by folder and name during an import: 8 bytes an image, at most half full,
 * instead of an index in the file that would store every name twice.
 *
 * It tells candidates: a caller looks whether the image really has that name.  Image ids are
 * below 2^32.
 */
typedef struct _BallastNameMap BallastNameMap;

typedef struct
{
  guint32 fingerprint;
  guint64 slot;
} BallastNameProbe;

BallastNameMap  *ballast_name_map_new    (void);
void             ballast_name_map_free   (BallastNameMap   *map);
void             ballast_name_map_insert (BallastNameMap   *map,
                                          gint64            folder_id,
                                          const char       *name,
                                          gsize             length,
                                          gint64            image_id);
BallastNameProbe ballast_name_map_probe  (BallastNameMap   *map,
                                          gint64            folder_id,
                                          const char       *name,
                                          gsize             length);

/* The next candidate, or 0. */
gint64           ballast_name_map_next   (BallastNameMap   *map,
                                          BallastNameProbe *probe);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastNameMap, ballast_name_map_free)

G_END_DECLS
