#pragma once

#include <json-glib/json-glib.h>

/*
 * Members of the object that @builder has open, each a name and a value in one call.  Nothing can
 * fail: names and texts are valid UTF-8.
 */

/* NULL becomes null. */
void ballast_json_add_string  (JsonBuilder *builder,
                               const char  *name,
                               const char  *value);
/* Counts and ids; above 2^63 - 1 they do not come. */
void ballast_json_add_int     (JsonBuilder *builder,
                               const char  *name,
                               gint64       value);
/* What JSON cannot say (NaN, infinity) becomes null when the text is written. */
void ballast_json_add_number  (JsonBuilder *builder,
                               const char  *name,
                               double       value);
void ballast_json_add_boolean (JsonBuilder *builder,
                               const char  *name,
                               gboolean     value);
