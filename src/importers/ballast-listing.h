#pragma once

#include "ballast-walk.h"

G_BEGIN_DECLS

/* What a reader does with an entry of a folder. */
typedef enum
{
  BALLAST_LISTED_IMAGE,
  BALLAST_LISTED_IMAGE_LINK,
  BALLAST_LISTED_OTHER,
  BALLAST_LISTED_SPECIAL,
  BALLAST_LISTED_ALIAS,       /* the kinds of BallastLinkKind that are left out */
  BALLAST_LISTED_LINK_OUT,
  BALLAST_LISTED_LINK_BROKEN,
  BALLAST_LISTED_FOLDER,      /* to be entered: in no listing */
  BALLAST_LISTED_HIDDEN,      /* in no listing either */
} BallastListedKind;

/* What the entry @name of the folder @fd is to a reader; links are looked behind. */
BallastListedKind ballast_listed_classify  (BallastWalk       *walk,
                                            int                fd,
                                            const char        *name,
                                            gsize              length,
                                            BallastEntryType   type);

/* Appends one entry to @packed, as ballast_listing_unpack() takes it: 2 bytes and its name. */
void              ballast_listed_pack      (GByteArray        *packed,
                                            const char        *name,
                                            gsize              length,
                                            BallastListedKind  kind);

/*
 * The files of one folder, sorted by the bytes of their names, each name once.  Hidden files and
 * folders are left out.  Used again for the next folder, it keeps its memory.
 */
typedef struct _BallastListing BallastListing;

BallastListing   *ballast_listing_new      (BallastWalk       *walk);
void              ballast_listing_free     (BallastListing    *listing);

/* FALSE: errno says why; what was read before that is there. */
gboolean          ballast_listing_read     (BallastListing    *listing,
                                            const char        *folder);

/* Takes what was packed while a folder was looked at before. */
void              ballast_listing_unpack   (BallastListing    *listing,
                                            GBytes            *packed);

guint             ballast_listing_get_n    (BallastListing    *listing);

/* (transfer none): valid until the next read. */
const char       *ballast_listing_get_name (BallastListing    *listing,
                                            guint              index);
BallastListedKind ballast_listing_get_kind (BallastListing    *listing,
                                            guint              index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastListing, ballast_listing_free)

G_END_DECLS
