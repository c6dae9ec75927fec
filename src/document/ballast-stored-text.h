#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * (transfer full) (nullable): @text, which the project file keeps in English (the label of an edit,
 * the detail of a problem), in the language of the person who reads it now.  What no sentence is
 * known for stays as it is; NULL is NULL.
 */
char       *ballast_stored_text_translate     (const char *text);

/* (nullable): the sentence that @text was made from, "Rename “%s” to “%s”". */
const char *ballast_stored_text_find_sentence (const char *text);

G_END_DECLS
