#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Brackets may be nested this deep: the parser underneath recurses, and a hostile file would
 * run it out of stack. */
#define BALLAST_JSON_MAX_DEPTH 64

/* Whole JSON texts (settings, pipelines, one line of a manifest) may be this long. */
#define BALLAST_JSON_MAX_BYTES (16 * 1024 * 1024)

/*
 * Parses a small JSON text of @length bytes (-1: up to its NUL).
 *
 * Returns: (transfer full): the root, or NULL with @error set (G_IO_ERROR_INVALID_DATA) where the
 * text is no JSON, no UTF-8, too deep or too long.  A byte order mark is skipped.
 */
JsonNode *ballast_json_parse     (const char *text,
                                  gssize      length,
                                  GError    **error);

/* (transfer full): @node as text; numbers in the C locale, members in the order of their making.
 * What JSON cannot say (NaN, infinity) is null. */
char     *ballast_json_to_string (JsonNode   *node,
                                  gboolean    pretty);

/* Appends @number with the fewest digits that read back as the same double; "2.0" for 2. */
void      ballast_json_append_number (GString *text,
                                      double   number);

G_END_DECLS
