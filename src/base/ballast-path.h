#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Names and relative paths from outside.  A path is bytes, '/'-separated, not necessarily UTF-8.
 */

/* TRUE if @path is relative, not empty, and has no ".", ".." or empty component. */
gboolean ballast_path_is_safe            (const char *path);

/* (transfer full): @folder/@name, or @name alone where @folder is "". */
char    *ballast_path_join               (const char *folder,
                                          const char *name);

/*
 * (transfer full): @bytes as valid UTF-8 for people: bytes that are no UTF-8, control characters
 * and characters that change the direction of text come out as \xHH or \u{HHHH}.
 */
char    *ballast_path_display            (const char *bytes);

/*
 * (transfer full): @name as one component that every file system takes: no '/', control character,
 * leading dot or dash, trailing dot or space, Windows device name, at most 100 bytes, valid UTF-8.
 * A name that is already fine comes back unchanged.
 */
char    *ballast_path_sanitise_component (const char *name);

/* (transfer none): the ending of @name without its dot, or "" where there is none. */
const char *ballast_path_get_extension   (const char *name);

G_END_DECLS
