#pragma once

#include <glib.h>

#include "ballast-box.h"

G_BEGIN_DECLS

/* Stored in projects: never renumber. */
typedef enum
{
  BALLAST_FORMAT_UNKNOWN = 0,
  BALLAST_FORMAT_JPEG = 1,
  BALLAST_FORMAT_PNG = 2,
  BALLAST_FORMAT_GIF = 3,
  BALLAST_FORMAT_BMP = 4,
  BALLAST_FORMAT_TIFF = 5,
  BALLAST_FORMAT_WEBP = 6,
  BALLAST_FORMAT_PNM = 7,
  BALLAST_FORMAT_ICO = 8,
  BALLAST_FORMAT_HEIF = 9,
  BALLAST_FORMAT_AVIF = 10,
} BallastFormat;

/* Stored in projects: never renumber. */
typedef enum
{
  BALLAST_COLOUR_UNKNOWN = 0,
  BALLAST_COLOUR_GREY = 1,
  BALLAST_COLOUR_GREY_ALPHA = 2,
  BALLAST_COLOUR_RGB = 3,
  BALLAST_COLOUR_RGBA = 4,
  BALLAST_COLOUR_PALETTE = 5,
  BALLAST_COLOUR_CMYK = 6,
} BallastColour;

/* Stored in projects: never renumber. */
typedef enum
{
  BALLAST_IMAGE_EXCLUDED = 1 << 0,   /* by the user */
  BALLAST_IMAGE_GONE = 1 << 1,       /* a later import did not find it */
  BALLAST_IMAGE_UNREADABLE = 1 << 2, /* damaged, or no reader knows it */
} BallastImageFlags;

/* Only an image without flags counts. */
#define BALLAST_IMAGE_COUNTS(flags) ((flags) == 0)

/* What a file says about itself without being decoded. */
typedef struct
{
  guint32       width;       /* as stored, before orientation; 0: unknown */
  guint32       height;
  BallastFormat format;
  BallastColour colour;
  guint8        depth;       /* bits a channel */
  guint8        orientation; /* EXIF, 1 … 8 */
  guint64       size_bytes;
  gint64        mtime_ns;
  guint64       head_hash;   /* 47 bits of XXH3 of the first 4 KB; 0: unknown */
} BallastImageFacts;

typedef struct
{
  gint64            id;        /* 0 before it is stored */
  gint64            source_id;
  char             *folder;    /* bytes, relative to the source's root, '/'-separated, "" for it */
  char             *name;      /* bytes, the file's name */
  gint64            split_id;  /* 0: in no split */
  BallastImageFlags flags;
  BallastImageFacts facts;
} BallastImageRecord;

/* A label of an image, with a box or without. */
typedef struct
{
  gint64        id;
  gint64        image_id;
  gint64        class_id;
  gboolean      has_box;
  BallastBox    box;
  const guint8 *extra;   /* (nullable): outline or mask, packed (ballast-shape.h); borrowed from
                          * what holds the annotation */
  gsize         n_extra; /* its bytes */
} BallastAnnotation;

void               ballast_image_record_clear (BallastImageRecord       *record);

/* (transfer full): folder/name, bytes. */
char              *ballast_image_record_dup_path (const BallastImageRecord *record);

/* Width and height as looked at: swapped where the orientation is 5 … 8. */
guint32            ballast_image_facts_get_view_width  (const BallastImageFacts *facts);
guint32            ballast_image_facts_get_view_height (const BallastImageFacts *facts);

/* (transfer none): "JPEG", "RGB" …; "?" where unknown. */
const char        *ballast_format_get_name    (BallastFormat  format);
const char        *ballast_colour_get_name    (BallastColour  colour);

G_END_DECLS
