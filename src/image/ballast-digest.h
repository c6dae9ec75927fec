#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* XXH3 with 128 bits, seed 0, in its canonical (big-endian) form: for duplicates, not for trust. */
typedef struct
{
  guint8 bytes[16];
} BallastDigest;

gboolean ballast_digest_equal       (const BallastDigest  *a,
                                     const BallastDigest  *b);

BallastDigest ballast_digest_bytes  (const void           *data,
                                     gsize                 length);

/* Of the whole regular file @fd, whatever its position; G_IO_ERROR where it cannot be read. */
gboolean ballast_digest_fd          (int                   fd,
                                     BallastDigest        *digest,
                                     GCancellable         *cancellable,
                                     GError              **error);

/* (transfer full): the SHA-256 as 64 lower-case hexadecimal digits. */
char    *ballast_digest_sha256      (const void           *data,
                                     gsize                 length);
char    *ballast_digest_sha256_fd   (int                   fd,
                                     GCancellable         *cancellable,
                                     GError              **error);

G_END_DECLS
