#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-digest.h"

#include "ballast-sha256.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/*
 * Names a file by its bytes.
 *
 * The file is read in pieces from its beginning: memory stays flat, and a cancel is seen within a
 * piece.  XXH3 runs faster than the page cache gives; most files fit into one piece.
 */

#define PIECE_BYTES (128 * 1024)

typedef void (*PieceFunc) (gpointer      state,
                           const guint8 *piece,
                           gsize         length);

static gboolean
foreach_piece (int           fd,
               PieceFunc     func,
               gpointer      state,
               GCancellable *cancellable,
               GError      **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  off_t offset = 0;

  while (TRUE)
    {
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = pread (fd, piece, PIECE_BYTES, offset);
      if (n == 0)
        return TRUE;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                       _("A file cannot be read: %s"), g_strerror (errno));
          return FALSE;
        }
      func (state, piece, (gsize) n);
      offset += n;
    }
}

gboolean
ballast_digest_equal (const BallastDigest *a,
                      const BallastDigest *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static BallastDigest
make_digest (XXH128_hash_t hash)
{
  XXH128_canonical_t canonical;
  BallastDigest digest;

  XXH128_canonicalFromHash (&canonical, hash);
  memcpy (digest.bytes, canonical.digest, sizeof digest.bytes);

  return digest;
}

BallastDigest
ballast_digest_bytes (const void *data,
                      gsize       length)
{
  return make_digest (XXH3_128bits (data, length));
}

static void
add_to_xxh3 (gpointer      state,
             const guint8 *piece,
             gsize         length)
{
  XXH3_128bits_update (state, piece, length);
}

gboolean
ballast_digest_fd (int            fd,
                   BallastDigest *digest,
                   GCancellable  *cancellable,
                   GError       **error)
{
  XXH3_state_t state;

  XXH3_128bits_reset (&state);
  if (!foreach_piece (fd, add_to_xxh3, &state, cancellable, error))
    return FALSE;
  *digest = make_digest (XXH3_128bits_digest (&state));

  return TRUE;
}

static void
add_to_sha256 (gpointer      state,
               const guint8 *piece,
               gsize         length)
{
  ballast_sha256_update (state, piece, length);
}

char *
ballast_digest_sha256 (const void *data,
                       gsize       length)
{
  BallastSha256 sha256;
  char text[65];

  ballast_sha256_init (&sha256);
  ballast_sha256_update (&sha256, data, length);
  ballast_sha256_finish_hex (&sha256, text);

  return g_strdup (text);
}

char *
ballast_digest_sha256_fd (int           fd,
                          GCancellable *cancellable,
                          GError      **error)
{
  BallastSha256 sha256;
  char text[65];

  ballast_sha256_init (&sha256);
  if (!foreach_piece (fd, add_to_sha256, &sha256, cancellable, error))
    return NULL;
  ballast_sha256_finish_hex (&sha256, text);

  return g_strdup (text);
}
