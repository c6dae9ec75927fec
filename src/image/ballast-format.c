#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-format.h"

#include "ballast-path.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/*
 * Which format a file is in, by its bytes and by its ending, and who reads it.
 *
 * The list is the whole of what is ever handed to a decoder: formats with a history of holes in
 * their readers (ANI, ICNS, XPM, SVG …) are not on it.
 */

static gboolean
is_bmp (BallastReader *reader)
{
  const guint8 *bytes = ballast_reader_peek (reader, 0, 18);
  guint32 length = bytes != NULL ? ballast_read_le32 (bytes + 14) : 0;

  return length == 12 || (length >= 40 && length <= 124);
}

/* The magic is weak: the first picture must lie behind the directory. */
static gboolean
is_icon (BallastReader *reader)
{
  const guint8 *bytes = ballast_reader_peek (reader, 0, 22);
  guint n_pictures = bytes != NULL ? ballast_read_le16 (bytes + 4) : 0;

  return n_pictures > 0 && ballast_read_le32 (bytes + 18) >= 6 + 16 * n_pictures;
}

static BallastFormat
sniff_brand (const guint8 *bytes)
{
  static const char heif[][5] = { "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1" };

  if (memcmp (bytes + 8, "avif", 4) == 0 || memcmp (bytes + 8, "avis", 4) == 0)
    return BALLAST_FORMAT_AVIF;
  for (guint i = 0; i < G_N_ELEMENTS (heif); i++)
    if (memcmp (bytes + 8, heif[i], 4) == 0)
      return BALLAST_FORMAT_HEIF;

  return BALLAST_FORMAT_UNKNOWN;
}

static BallastFormat
sniff_long (const guint8 *bytes)
{
  if (memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0)
    return BALLAST_FORMAT_WEBP;
  if (memcmp (bytes + 4, "ftyp", 4) == 0)
    return sniff_brand (bytes);

  return BALLAST_FORMAT_UNKNOWN;
}

static gboolean
is_pnm (const guint8 *bytes)
{
  return bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '6'
         && (g_ascii_isspace (bytes[2]) || bytes[2] == '#');
}

BallastFormat
ballast_format_sniff (BallastReader *reader)
{
  static const struct
  {
    BallastFormat format;
    guint         length;
    const char   *magic;
  } magics[] = {
    { BALLAST_FORMAT_JPEG, 3, "\xff\xd8\xff" }, { BALLAST_FORMAT_PNG, 8, "\x89PNG\r\n\x1a\n" },
    { BALLAST_FORMAT_GIF, 6, "GIF87a" }, { BALLAST_FORMAT_GIF, 6, "GIF89a" },
    { BALLAST_FORMAT_TIFF, 4, "II*\0" }, { BALLAST_FORMAT_TIFF, 4, "MM\0*" },
    { BALLAST_FORMAT_TIFF, 4, "II+\0" }, { BALLAST_FORMAT_TIFF, 4, "MM\0+" },
  };
  const guint8 *bytes = ballast_reader_peek (reader, 0, 3);

  if (bytes == NULL)
    return BALLAST_FORMAT_UNKNOWN;
  if (is_pnm (bytes))
    return BALLAST_FORMAT_PNM;
  if (memcmp (bytes, "BM", 2) == 0)
    return is_bmp (reader) ? BALLAST_FORMAT_BMP : BALLAST_FORMAT_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      bytes = ballast_reader_peek (reader, 0, magics[i].length);
      if (bytes != NULL && memcmp (bytes, magics[i].magic, magics[i].length) == 0)
        return magics[i].format;
    }

  bytes = ballast_reader_peek (reader, 0, 12);
  if (bytes == NULL)
    return BALLAST_FORMAT_UNKNOWN;
  if (memcmp (bytes, "\0\0\1\0", 4) == 0 || memcmp (bytes, "\0\0\2\0", 4) == 0)
    return is_icon (reader) ? BALLAST_FORMAT_ICO : BALLAST_FORMAT_UNKNOWN;

  return sniff_long (bytes);
}

BallastFormat
ballast_format_from_ending (const char *name)
{
  static const struct
  {
    char          ending[5];
    BallastFormat format;
  } endings[] = {
    { "jpg", BALLAST_FORMAT_JPEG }, { "jpeg", BALLAST_FORMAT_JPEG }, { "jpe", BALLAST_FORMAT_JPEG },
    { "jfif", BALLAST_FORMAT_JPEG }, { "jif", BALLAST_FORMAT_JPEG }, { "png", BALLAST_FORMAT_PNG },
    { "apng", BALLAST_FORMAT_PNG }, { "gif", BALLAST_FORMAT_GIF }, { "bmp", BALLAST_FORMAT_BMP },
    { "dib", BALLAST_FORMAT_BMP }, { "tif", BALLAST_FORMAT_TIFF }, { "tiff", BALLAST_FORMAT_TIFF },
    { "webp", BALLAST_FORMAT_WEBP }, { "pnm", BALLAST_FORMAT_PNM }, { "pbm", BALLAST_FORMAT_PNM },
    { "pgm", BALLAST_FORMAT_PNM }, { "ppm", BALLAST_FORMAT_PNM }, { "ico", BALLAST_FORMAT_ICO },
    { "cur", BALLAST_FORMAT_ICO }, { "heic", BALLAST_FORMAT_HEIF }, { "heif", BALLAST_FORMAT_HEIF },
    { "hif", BALLAST_FORMAT_HEIF }, { "avif", BALLAST_FORMAT_AVIF },
  };
  const char *ending = name != NULL ? ballast_path_get_extension (name) : "";

  for (guint i = 0; *ending != '\0' && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (ending, endings[i].ending) == 0)
      return endings[i].format;

  return BALLAST_FORMAT_UNKNOWN;
}

const char *
ballast_format_get_loader (BallastFormat format)
{
  static const char *const loaders[] = { NULL, NULL, NULL, "gif", "bmp", "tiff",
                                         "webp", NULL, "ico", "heif/avif", "avif" };

  return (guint) format < G_N_ELEMENTS (loaders) ? loaders[format] : NULL;
}

static guint
find_loaders (void)
{
  GSList *formats = gdk_pixbuf_get_formats ();
  guint found = 0;

  for (GSList *link = formats; link != NULL; link = link->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (link->data);

      for (guint i = 0; i <= BALLAST_FORMAT_AVIF; i++)
        if (g_strcmp0 (name, ballast_format_get_loader (i)) == 0)
          found |= 1u << i;
    }
  g_slist_free (formats);

  return found;
}

gboolean
ballast_format_has_reader (BallastFormat format)
{
  static gsize loaders; /* a bit each, and bit 31: looked */

  if (ballast_format_get_loader (format) == NULL)
    return format != BALLAST_FORMAT_UNKNOWN;
  if (g_once_init_enter (&loaders))
    g_once_init_leave (&loaders, find_loaders () | 1u << 31);

  return (loaders & 1u << format) != 0;
}
