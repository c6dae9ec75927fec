#include "config.h"

#include "ballast-digest.h"
#include "ballast-sha256.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void
assert_digest (const void *data,
               gsize       length,
               const char *expected)
{
  BallastDigest digest = ballast_digest_bytes (data, length);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (text, "%02x", digest.bytes[i]);
  g_assert_cmpstr (text->str, ==, expected);
}

/* From the sanity table of the xxHash distribution: its buffer begins with a zero byte. */
static void
test_xxh3_vectors (void)
{
  assert_digest ("", 0, "99aa06d3014798d86001c324468d497f");
  assert_digest ("\0", 1, "a6cd5e9392000f6ac44bdff4074eecdb");
}

static void
assert_sha256 (const char *text,
               const char *expected)
{
  g_autofree char *digest = ballast_digest_sha256 (text, strlen (text));

  g_assert_cmpstr (digest, ==, expected);
}

/* FIPS 180-4 and NIST's examples. */
static void
test_sha256_vectors (void)
{
  g_autofree char *million = g_strnfill (1000000, 'a');

  assert_sha256 ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert_sha256 ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_sha256 ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  assert_sha256 (million, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* Every length around the block's, in pieces of every size, against GLib. */
static void
test_sha256_pieces (void)
{
  guint8 data[400];

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) (i * 37 + i / 7);

  for (guint length = 0; length < sizeof data; length += 1 + length / 64)
    {
      g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);

      for (guint piece = 1; piece <= 200; piece += 9)
        {
          BallastSha256 sha256;
          char text[65];

          ballast_sha256_init (&sha256);
          for (guint at = 0; at < length; at += piece)
            ballast_sha256_update (&sha256, data + at, MIN (piece, length - at));
          ballast_sha256_finish_hex (&sha256, text);
          g_assert_cmpstr (text, ==, expected);
        }
    }
}

static void
test_files (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *contents = g_strnfill (300001, 'x');
  g_autofree char *of_file = NULL;
  g_autofree char *of_bytes = ballast_digest_sha256 (contents, 300001);
  BallastDigest expected = ballast_digest_bytes (contents, 300001);
  BallastDigest digest;
  int fd = g_file_open_tmp ("ballast-digest-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (write (fd, contents, 300001), ==, 300001);
  g_assert_true (ballast_digest_fd (fd, &digest, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (ballast_digest_equal (&digest, &expected));
  of_file = ballast_digest_sha256_fd (fd, NULL, &error);
  g_assert_cmpstr (of_file, ==, of_bytes);
  close (fd);
  unlink (path);
}

static void
test_failures (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  BallastDigest digest;
  int fd = open ("/", O_RDONLY | O_DIRECTORY);

  g_assert_false (ballast_digest_fd (fd, &digest, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (ballast_digest_sha256_fd (fd, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/digest/xxh3-vectors", test_xxh3_vectors);
  g_test_add_func ("/image/digest/sha256-vectors", test_sha256_vectors);
  g_test_add_func ("/image/digest/sha256-pieces", test_sha256_pieces);
  g_test_add_func ("/image/digest/files", test_files);
  g_test_add_func ("/image/digest/failures", test_failures);

  return g_test_run ();
}
