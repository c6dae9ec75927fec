#pragma once

#include "ballast-db.h"

G_BEGIN_DECLS

/* "BALT" at bytes 68–71 of the file: file(1) and we tell a project by it. */
#define BALLAST_SCHEMA_APPLICATION_ID 0x42414c54

/* The version that this program writes: the number of its migrations. */
guint    ballast_schema_get_version (void);

/* Applies the migrations after version @from, up to @to, in one transaction. */
gboolean ballast_schema_migrate     (BallastDb  *db,
                                     guint       from,
                                     guint       to,
                                     GError    **error);

/*
 * Looks at whose file it is: NOT_A_PROJECT, NEWER and CORRUPT leave it untouched.  An older
 * project is copied aside and migrated; READ_ONLY where it cannot be.
 */
gboolean ballast_schema_bring_up    (BallastDb  *db,
                                     gboolean    writable,
                                     GError    **error);

/* Makes the index on the classes of annotations, which a first import does without. */
gboolean ballast_schema_make_deferred (BallastDb  *db,
                                     GError    **error);
gboolean ballast_schema_drop_deferred (BallastDb  *db,
                                     GError    **error);

G_END_DECLS
