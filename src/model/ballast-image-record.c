#define G_LOG_DOMAIN "ballast-model"

#include "config.h"

#include "ballast-image-record.h"

#include <glib/gi18n-lib.h>

#include "ballast-path.h"

void
ballast_image_record_clear (BallastImageRecord *record)
{
  g_clear_pointer (&record->folder, g_free);
  g_clear_pointer (&record->name, g_free);
}

char *
ballast_image_record_dup_path (const BallastImageRecord *record)
{
  return ballast_path_join (record->folder, record->name);
}

/* Orientations 5 to 8 lay the picture on its side. */
static gboolean
swaps_sides (const BallastImageFacts *facts)
{
  return facts->orientation >= 5 && facts->orientation <= 8;
}

guint32
ballast_image_facts_get_view_width (const BallastImageFacts *facts)
{
  return swaps_sides (facts) ? facts->height : facts->width;
}

guint32
ballast_image_facts_get_view_height (const BallastImageFacts *facts)
{
  return swaps_sides (facts) ? facts->width : facts->height;
}

const char *
ballast_format_get_name (BallastFormat format)
{
  static const char *const names[] = { "?", "JPEG", "PNG", "GIF", "BMP", "TIFF",
                                       "WebP", "PNM", "ICO", "HEIF", "AVIF" };

  return (guint) format < G_N_ELEMENTS (names) ? names[format] : "?";
}

const char *
ballast_colour_get_name (BallastColour colour)
{
  static const char *const names[] = { "?", N_("grey"), N_("grey with alpha"), "RGB", "RGBA",
                                       N_("palette"), "CMYK" };

  return (guint) colour < G_N_ELEMENTS (names) ? names[colour] : "?";
}
