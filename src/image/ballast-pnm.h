#pragma once

#include "ballast-reader.h"

G_BEGIN_DECLS

typedef struct
{
  guint   type;        /* 1 … 6: the digit after the P */
  guint32 width;
  guint32 height;
  guint32 maximum;     /* 1 … 65535 */
  guint64 data_offset; /* of the first pixel */
} BallastPnmHeader;

/* FALSE where the text at the beginning of the file is no header; the sides may still be 0. */
gboolean ballast_pnm_read_header (BallastReader    *reader,
                                  BallastPnmHeader *header);

G_END_DECLS
