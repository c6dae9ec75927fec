/*
 * Median filters; the edge pixel is repeated outwards, as in OpenCV.
 *
 * Sizes 3, 5 and 7 are sorting networks on whole rows (generate-median-networks.py).  Larger windows
 * keep a histogram for each column, so that a step to the right adds one and takes one away however
 * large the window is (Perreault and Hébert 2007); 16-bit pictures count in two levels of 256.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-area.h"
#include "ballast-kernel-rows.h"

#include <string.h>

#define BLOCK 768
#define MARGIN 64

#define SAMPLE guint8
#define SCRATCH ByteScratch
#define NAME(name) name ## _of_bytes
#include "ballast-kernel-median-loops.h"
#undef SAMPLE
#undef SCRATCH
#undef NAME

#define SAMPLE guint16
#define SCRATCH HalfwordScratch
#define NAME(name) name ## _of_halfwords
#include "ballast-kernel-median-loops.h"
#undef SAMPLE
#undef SCRATCH
#undef NAME

/* Counts of one column of the window, or of the window: by the upper half of a value, and by all. */
typedef struct
{
  guint16 coarse[16];
  guint16 fine[256];
} Counts;

BALLAST_CLONES static void
move_counts (guint16       *restrict counts,
             const guint16 *restrict in,
             const guint16 *restrict out,
             guint                   n)
{
  for (guint i = 0; i < n; i++)
    counts[i] = (guint16) (counts[i] + in[i] - out[i]);
}

static guint8
middle_of (const Counts *counts,
           guint         rank)
{
  guint sum = 0, v = 0, coarse = 0;

  while (sum + counts->coarse[coarse] < rank)
    sum += counts->coarse[coarse++];
  for (v = coarse * 16; sum + counts->fine[v] < rank; v++)
    sum += counts->fine[v];
  return (guint8) v;
}

static void
count (Counts *counts,
       guint8  value,
       gint    change)
{
  counts->coarse[value >> 4] = (guint16) (counts->coarse[value >> 4] + change);
  counts->fine[value] = (guint16) (counts->fine[value] + change);
}

/* One channel of one row.  @columns: one for each position from the left margin to the right. */
static void
slide (const Counts *columns,
       guint         size,
       guint         n,
       guint         step,
       guint8       *target)
{
  static const Counts none = { 0 };
  Counts window = none;
  guint rank = size * size / 2 + 1;

  for (guint i = 0; i + 1 < size; i++)
    move_counts (window.coarse, columns[i].coarse, none.coarse, 16 + 256);
  for (guint x = 0; x < n; x++)
    {
      const Counts *out = x > 0 ? &columns[x - 1] : &none;

      move_counts (window.coarse, columns[x + size - 1].coarse, out->coarse, 16 + 256);
      target[x * step] = middle_of (&window, rank);
    }
}

static void
large_of_bytes (BallastRows   *rows,
                guint          size,
                BallastRaster *target,
                guint          first,
                guint          end)
{
  guint channels = target->channels, width = target->width, n = width + size - 1;
  guint colours = ballast_kernel_get_n_colours (target);
  gssize left = -(gssize) (size / 2) * channels;
  g_autofree Counts *columns = g_new0 (Counts, (gsize) n * colours);

  for (guint y = first; y < end; y++)
    {
      const guint8 *const *window = ballast_rows_get (rows, y);

      /* The row that leaves was the first of the window above: it is counted out before it goes. */
      for (guint c = 0; c < colours; c++)
        {
          Counts *column = columns + (gsize) c * n;

          for (guint i = y == first ? 0 : size - 1; i < size; i++)
            for (guint x = 0; x < n; x++)
              count (&column[x], window[i][left + (gssize) x * channels + c], 1);
          slide (column, size, width, channels, ballast_raster_get_row (target, y) + c);
          for (guint x = 0; x < n; x++)
            count (&column[x], window[0][left + (gssize) x * channels + c], -1);
        }
    }
}

typedef struct
{
  guint16 coarse[256];
  guint16 fine[65536];
} WideCounts;

static void
count_wide (WideCounts          *counts,
            const guint8 *const *window,
            guint                size,
            gssize               x,
            gint                 change)
{
  for (guint i = 0; i < size; i++)
    {
      guint value = ((const guint16 *) (gconstpointer) window[i])[x];

      counts->coarse[value >> 8] = (guint16) (counts->coarse[value >> 8] + change);
      counts->fine[value] = (guint16) (counts->fine[value] + change);
    }
}

static void
large_of_halfwords (const guint8 *const *window,
                    guint                size,
                    guint                n,
                    WideCounts          *counts,
                    guint16             *target)
{
  gssize half = size / 2;

  memset (counts, 0, sizeof *counts);
  for (gssize x = -half; x < half; x++)
    count_wide (counts, window, size, x, 1);
  for (gssize x = 0; x < n; x++)
    {
      guint sum = 0, coarse = 0, v;

      count_wide (counts, window, size, x + half, 1);
      while (sum + counts->coarse[coarse] < size * size / 2 + 1)
        sum += counts->coarse[coarse++];
      for (v = coarse * 256; sum + counts->fine[v] < size * size / 2 + 1; v++)
        sum += counts->fine[v];
      target[x] = (guint16) v;
      count_wide (counts, window, size, x - half, -1);
    }
}

void
ballast_kernel_median (const BallastRaster *source,
                       guint                size,
                       BallastRaster       *target,
                       guint                first,
                       guint                end)
{
  g_auto(BallastRows) rows = { 0 };
  guint channels = source->channels, n = source->width * channels;
  gboolean wide = source->depth == 16;
  HalfwordScratch *scratch;
  g_autofree WideCounts *counts = wide && size > 7 ? g_new (WideCounts, 1) : NULL;

  ballast_rows_init (&rows, source, BALLAST_BORDER_REPLICATE, size / 2, size / 2);
  if (size > 7 && !wide)
    {
      large_of_bytes (&rows, size, target, first, end);
      return;
    }
  /* Rows of it begin with cache lines. */
  scratch = g_aligned_alloc (1, sizeof *scratch, 64);
  for (guint y = first; y < end; y++)
    {
      const guint8 *const *window = ballast_rows_get (&rows, y);
      guint8 *row = ballast_raster_get_row (target, y);

      if (size > 7)
        large_of_halfwords (window, size, n, counts, (guint16 *) (gpointer) row);
      else if (wide)
        median_row_of_halfwords (window, size, 1, n, scratch, (guint16 *) (gpointer) row);
      else
        median_row_of_bytes (window, size, channels, n, scratch, row);
    }
  g_aligned_free (scratch);
}
