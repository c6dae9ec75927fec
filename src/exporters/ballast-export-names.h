#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A set of paths, 16 bytes each: 64 bits of a digest stand for a path, so that "already there" may
 * be wrong once in 2^64 / size, and "not there" never. */
typedef struct _BallastNameSet BallastNameSet;

BallastNameSet *ballast_name_set_new      (void);
void            ballast_name_set_free     (BallastNameSet  *set);

/* FALSE where it was there already. */
gboolean        ballast_name_set_add      (BallastNameSet  *set,
                                           const char      *path);
gboolean        ballast_name_set_contains (BallastNameSet  *set,
                                           const char      *path);

/* TRUE if every reader of lists and every unpacker can do with @name: valid UTF-8, no control or
 * line-breaking character, no dot at its end. */
gboolean        ballast_export_name_is_plain    (const char  *name);

/* (transfer full): @name, or, where it is not plain, not safe as a folder, or the name of a file that
 * exports have, a safe form of it with a digest, so that two names stay two. */
char           *ballast_export_name_component   (const char  *name);

/* (transfer full): 8 hexadecimal digits of @identity. */
char           *ballast_export_name_hash        (const char  *identity,
                                                 guint        n_digits);

/* A file that needs a name. */
typedef struct
{
  const char *folder;    /* relative, safe; "" for the root */
  const char *name;      /* of the source, bytes */
  const char *identity;  /* of the source in its project: its relative path */
  guint       copy;      /* 0: the original itself */
  const char *extension; /* of a copy, without a dot; NULL: as the source */
  gboolean    is_key;    /* the name without its ending is free too, and has no dot */
} BallastNameRequest;

/*
 * (transfer full): the path for a file: folder/name for an original, which keeps its name where that
 * is plain and free; folder/stem-hash8-rCOPY.extension for a copy.  Never one that @taken has,
 * without regard to case, so that the dataset unpacks on any system; it is added.
 */
char           *ballast_export_name_choose      (BallastNameSet           *taken,
                                                 const BallastNameRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastNameSet, ballast_name_set_free)

G_END_DECLS
