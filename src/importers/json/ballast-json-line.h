#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Stands between the values of a list, where a field of one text holds several. */
#define BALLAST_LIST_SEPARATOR '\x1F'

/* Between the values of a list in a list. */
#define BALLAST_INNER_SEPARATOR '\x1E'

/* @value is valid during the call. */
typedef void (*BallastJsonMemberFunc) (const char *name,
                                       const char *value,
                                       gpointer    user_data);

/*
 * Reads one JSON object of @length bytes and tells its members: text and numbers as they stand,
 * true and false as words, null as "", a list of these joined by BALLAST_LIST_SEPARATOR, lists in a
 * list by BALLAST_INNER_SEPARATOR, the members of an object in it as "outer.inner", and those of a
 * list of objects so, too, as lists of the same length.  What is nested deeper is checked and left out.
 *
 * Returns NULL, or (transfer none) what is wrong.  Members before that were told.
 */
const char *ballast_json_line_read (const char           *text,
                                    gsize                 length,
                                    BallastJsonMemberFunc func,
                                    gpointer              user_data);

G_END_DECLS
