/*
 * One-dimensional arrays as NumPy's .npy, format version 1.0 (NEP 1): magic, a dictionary as text
 * padded with spaces so that the data begin at a multiple of 64, then little-endian numbers.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-npy.h"

#include <string.h>

#define MAGIC "\x93NUMPY\x01\x00"
#define MAGIC_BYTES 8
#define PREFIX_BYTES (MAGIC_BYTES + 2)
#define ALIGNMENT 64

static void
append_little_endian (GByteArray *bytes,
                      guint64     value,
                      guint       n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

static void
append_header (GByteArray *bytes,
               gsize       n,
               guint       bits)
{
  g_autoptr(GString) header = g_string_new (NULL);

  g_string_printf (header,
                   "{'descr': '<f%u', 'fortran_order': False, 'shape': (%" G_GSIZE_FORMAT ",), }",
                   bits / 8, n);
  while ((PREFIX_BYTES + header->len + 1) % ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');

  g_byte_array_append (bytes, (const guint8 *) MAGIC, MAGIC_BYTES);
  append_little_endian (bytes, header->len, 2);
  g_byte_array_append (bytes, (const guint8 *) header->str, (guint) header->len);
}

GBytes *
ballast_npy_to_bytes (const double *values,
                      gsize         n,
                      guint         bits)
{
  GByteArray *bytes = g_byte_array_new ();

  g_return_val_if_fail (bits == 32 || bits == 64, NULL);

  append_header (bytes, n, bits);
  for (gsize i = 0; i < n; i++)
    {
      float single = (float) values[i];
      guint32 word;
      guint64 words;

      memcpy (&word, &single, sizeof word);
      memcpy (&words, &values[i], sizeof words);
      append_little_endian (bytes, bits == 32 ? word : words, bits / 8);
    }

  return g_byte_array_free_to_bytes (bytes);
}
