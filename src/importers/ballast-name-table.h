#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Many names, each with a number, in 16 bytes and its own length; several may be the same. */
typedef struct _BallastNameTable BallastNameTable;

BallastNameTable *ballast_name_table_new  (void);
void              ballast_name_table_free (BallastNameTable *table);

/* Found by the first @key_length bytes of @name. */
void              ballast_name_table_add  (BallastNameTable *table,
                                           const char       *name,
                                           gsize             key_length,
                                           guint32           value);

/* How many names have the key @key: 0, 1 or 2 for more.  The first one added is put into @name
 * (transfer none) and @value. */
guint             ballast_name_table_find (BallastNameTable *table,
                                           const char       *key,
                                           const char      **name,
                                           guint32          *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastNameTable, ballast_name_table_free)

G_END_DECLS
