#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * SHA-256 (FIPS 180-4) piece by piece, with the processor's instructions for it where it has them:
 * several times GChecksum's speed, so that an exporter may hash all that it reads and writes.
 */
typedef struct
{
  guint32 state[8];
  guint64 n_bytes;
  guint8  block[64];
} BallastSha256;

void ballast_sha256_init       (BallastSha256 *sha256);
void ballast_sha256_update     (BallastSha256 *sha256,
                                const void    *data,
                                gsize          length);

/* Ends the digest; @sha256 must be initialised again before the next use. */
void ballast_sha256_finish     (BallastSha256 *sha256,
                                guint8         digest[32]);

/* The same as 64 lower-case hexadecimal digits and a NUL. */
void ballast_sha256_finish_hex (BallastSha256 *sha256,
                                char           text[65]);

G_END_DECLS
