#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A YAML text may hold this many values, those that an alias repeats counted each time. */
#define BALLAST_YAML_MAX_NODES 200000

/*
 * YAML as far as it says what JSON can: mappings, lists, texts, numbers, true, false and null.  No
 * tag makes an object, and only the first document is read.
 *
 * Returns: (transfer full): the root, or NULL with @error set (G_IO_ERROR_INVALID_DATA, with a line
 * number) where the text is no YAML, is too deep or too long, or has tags of its own.
 */
JsonNode *ballast_yaml_parse     (const char *text,
                                  gssize      length,
                                  GError    **error);

/* (transfer full): @node as YAML that PyYAML's safe_load reads as the same values. */
char     *ballast_yaml_to_string (JsonNode   *node);

G_END_DECLS
