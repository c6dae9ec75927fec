#pragma once

#include "ballast-filter.h"

G_BEGIN_DECLS

/* Away from the picture's own blur; reflect101. */
typedef struct
{
  double   alpha;
  double   sigma;     /* px */
  guint    size;      /* of the Gaussian, odd */
  gboolean masked;    /* only where the difference is above the threshold, with soft edges */
  double   threshold; /* levels of 255 */
} BallastUnsharp;

void ballast_kernel_unsharp (const BallastRaster  *source,
                             const BallastUnsharp *unsharp,
                             BallastRaster        *target,
                             guint                 first,
                             guint                 end);

G_END_DECLS
