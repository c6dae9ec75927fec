#pragma once

#include "ballast-decode.h"
#include "ballast-encode.h"
#include "ballast-image-error.h"
#include "ballast-probe.h"
#include "ballast-raster.h"

#include <string.h>

/*
 * Notation for pictures made in code.
 */

typedef struct
{
  guint channels;
  guint depth;
} Kind;

static const Kind all_kinds[] = { { 1, 8 }, { 2, 8 }, { 3, 8 }, { 4, 8 }, { 1, 16 } };

/* A smooth picture with an edge and some noise, so that every format has work to do. */
static inline BallastRaster *
make_picture (guint width,
              guint height,
              Kind  kind)
{
  BallastRaster *raster = ballast_raster_new (width, height, kind.channels, kind.depth);
  guint32 noise = 12345;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width * kind.channels; x++)
      {
        guint value;

        noise = noise * 1664525 + 1013904223;
        value = (x / kind.channels * 2 + y * 3 + x % kind.channels * 40 + (noise >> 29)) & 0xff;
        if (kind.depth == 16)
          ((guint16 *) (gpointer) ballast_raster_get_row (raster, y))[x]
            = (guint16) (value * 257 + (noise >> 24));
        else
          ballast_raster_get_row (raster, y)[x] = (guint8) value;
      }

  return raster;
}

static inline GBytes *
encode_picture (const BallastRaster *raster,
                BallastFormat        format)
{
  BallastEncodeOptions options = { .format = format, .quality = 90 };
  g_autoptr(GError) error = NULL;
  GBytes *bytes = ballast_encode_bytes (raster, &options, &error);

  g_assert_no_error (error);

  return bytes;
}

static inline GBytes *
make_file (guint         width,
           guint         height,
           guint         channels,
           BallastFormat format)
{
  g_autoptr(BallastRaster) raster = make_picture (width, height, (Kind) { channels, 8 });

  return encode_picture (raster, format);
}

static inline BallastRaster *
decode_with (GBytes                     *bytes,
             const BallastDecodeOptions *options,
             BallastDecodeInfo          *info)
{
  g_autoptr(GError) error = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  BallastRaster *raster = ballast_decode_bytes (data, length, options, info, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (raster);

  return raster;
}

static inline BallastProbeResult
probe_bytes (gconstpointer      data,
             gsize              length,
             const char        *name,
             BallastImageFacts *facts)
{
  BallastImageFacts ignored;
  BallastProbeResult result;

  ballast_probe_bytes (data, length, name, NULL, facts != NULL ? facts : &ignored, &result);

  return result;
}

/* (transfer full): a file of @bytes in @folder. */
static inline char *
write_file (const char *folder,
            const char *name,
            GBytes     *bytes)
{
  g_autoptr(GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);

  return path;
}

/* @bytes with @inserted put in at @at. */
static inline GBytes *
insert_bytes (GBytes        *bytes,
              gsize          at,
              gconstpointer  inserted,
              gsize          length)
{
  GByteArray *array = g_byte_array_new ();
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  g_byte_array_append (array, data, (guint) at);
  g_byte_array_append (array, inserted, (guint) length);
  g_byte_array_append (array, data + at, (guint) (g_bytes_get_size (bytes) - at));

  return g_byte_array_free_to_bytes (array);
}

/* A JPEG with the orientation in an EXIF segment, right behind its first marker. */
static inline GBytes *
add_orientation (GBytes *jpeg,
                 guint   orientation)
{
  guint8 segment[] = "\xff\xe1\0\x22" "Exif\0\0" "MM\0*\0\0\0\x08" "\0\1"
                     "\x01\x12\0\3\0\0\0\1\0\0\0\0" "\0\0\0\0";

  segment[29] = (guint8) orientation;

  return insert_bytes (jpeg, 2, segment, sizeof segment - 1);
}

/* (transfer full) (nullable): the path of sample data, where there are any. */
static inline char *
find_sample (const char *name)
{
  const char *root = g_getenv ("BALLAST_TEST_DATA");
  g_autofree char *usual = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", NULL);
  char *path = g_build_filename (root != NULL ? root : usual, name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_clear_pointer (&path, g_free);

  return path;
}
