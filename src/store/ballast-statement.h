#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BallastDb BallastDb;
typedef struct _BallastStatement BallastStatement;

typedef enum
{
  BALLAST_STEP_ROW,
  BALLAST_STEP_DONE,  /* the statement has been reset */
  BALLAST_STEP_ERROR, /* the error is set, the statement has been reset */
} BallastStep;

/* Binds are 1-based, columns 0-based, as in SQLite.  Bytes bound must live until the next bind or
 * reset. */
void        ballast_statement_bind_int    (BallastStatement  *statement,
                                           int                index,
                                           gint64             value);
void        ballast_statement_bind_double (BallastStatement  *statement,
                                           int                index,
                                           double             value);
void        ballast_statement_bind_null   (BallastStatement  *statement,
                                           int                index);

/* NULL binds NULL. */
void        ballast_statement_bind_text   (BallastStatement  *statement,
                                           int                index,
                                           const char        *text);

/* A string of bytes as a BLOB, without its NUL; NULL binds NULL. */
void        ballast_statement_bind_bytes  (BallastStatement  *statement,
                                           int                index,
                                           const char        *bytes);
void        ballast_statement_bind_blob   (BallastStatement  *statement,
                                           int                index,
                                           const void        *data,
                                           gsize              size);

BallastStep ballast_statement_step        (BallastStatement  *statement,
                                           GError           **error);

/* Steps to the end and resets. */
gboolean    ballast_statement_run         (BallastStatement  *statement,
                                           GError           **error);
void        ballast_statement_reset       (BallastStatement  *statement);

gint64      ballast_statement_get_int     (BallastStatement  *statement,
                                           int                column);
double      ballast_statement_get_double  (BallastStatement  *statement,
                                           int                column);
gboolean    ballast_statement_is_null     (BallastStatement  *statement,
                                           int                column);

/* (transfer none): valid until the next step; text or bytes with a NUL after them; NULL for NULL. */
const char *ballast_statement_peek_text   (BallastStatement  *statement,
                                           int                column);
const void *ballast_statement_peek_blob   (BallastStatement  *statement,
                                           int                column,
                                           gsize             *size);

/* (transfer full): of a BLOB or a text; "" for NULL. */
char       *ballast_statement_dup_bytes   (BallastStatement  *statement,
                                           int                column);

G_END_DECLS
