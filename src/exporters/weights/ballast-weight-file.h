#pragma once

#include "ballast-weight-format.h"

G_BEGIN_DECLS

/* The format that @path's ending says; NULL with BALLAST_EXPORT_ERROR_LAYOUT for another ending. */
const BallastWeightFormat *ballast_weight_file_find_format (const char            *path,
                                                            GError               **error);

/* Writes the file whole or not at all; its ending says how.  Beside one without room for names comes
 * its name with ".classes.txt", which tells the order of the classes. */
gboolean                   ballast_weight_file_write       (const BallastWeights  *weights,
                                                            const char            *path,
                                                            GError               **error);

G_END_DECLS
