#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE if the ending of @name is one of an image.  What is inside is the probe's matter. */
gboolean ballast_file_is_image    (const char *name,
                                   gsize       length);

/* TRUE for "a.json" and "a.json.gz", where @ending is "json", whatever their case. */
gboolean ballast_file_has_ending  (const char *name,
                                   const char *ending);

/* TRUE for what systems leave in folders: dot files, Thumbs.db, __MACOSX … */
gboolean ballast_file_is_hidden   (const char *name);

/* TRUE if @name names a split and nothing else: "train", "Test", "val2017", "train_set". */
gboolean ballast_name_is_split    (const char *name);

/* (transfer full) (nullable): the one split that is a word of @name: "train" of "cats_train". */
char    *ballast_name_find_split  (const char *name);

/* TRUE if @bytes are valid UTF-8 without control characters and changes of direction. */
gboolean ballast_name_is_plain    (const char *bytes);

G_END_DECLS
