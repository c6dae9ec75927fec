/*
 * The medians of 3, 5 and 7 for one type of sample.  Included once for bytes and once for halfwords
 * by ballast-kernel-median.c, which says what SAMPLE, SCRATCH and NAME are.
 */

/* One block of samples at work: its columns sorted, and neighbouring columns merged. */
typedef struct
{
  SAMPLE column[7][BLOCK + MARGIN];
  SAMPLE pair[14][BLOCK + MARGIN];
  SAMPLE triple[21][BLOCK + MARGIN];
} SCRATCH;

#define LOW(a, b) ((a) < (b) ? (a) : (b))
#define HIGH(a, b) ((a) < (b) ? (b) : (a))
#include "ballast-median-networks.h"
#undef LOW
#undef HIGH

/* @rows: at the leftmost sample that the first window reads. */
static void
NAME (median_block) (const SAMPLE *const *rows,
                     guint                size,
                     guint                step,
                     guint                n,
                     SCRATCH             *scratch,
                     SAMPLE              *target)
{
  switch (size)
    {
    case 3:
      NAME (sort_columns_3) (rows, n + 2 * step, scratch);
      NAME (choose_3) (n, step, scratch, target);
      break;
    case 5:
      NAME (sort_columns_5) (rows, n + 4 * step, scratch);
      NAME (join_pair_5) (n + 3 * step, step, scratch);
      NAME (choose_5) (n, step, scratch, target);
      break;
    default:
      NAME (sort_columns_7) (rows, n + 6 * step, scratch);
      NAME (join_pair_7) (n + 5 * step, step, scratch);
      NAME (join_triple_7) (n + 4 * step, step, scratch);
      NAME (choose_7) (n, step, scratch, target);
      break;
    }
}

static void
NAME (median_row) (const guint8 *const *window,
                   guint                size,
                   guint                step,
                   guint                n,
                   gpointer             scratch,
                   SAMPLE              *target)
{
  const SAMPLE *rows[7];

  for (guint start = 0; start < n; start += BLOCK)
    {
      for (guint i = 0; i < size; i++)
        rows[i] = (const SAMPLE *) (gconstpointer) window[i] + start - (gssize) (size / 2) * step;
      NAME (median_block) (rows, size, step, MIN (BLOCK, n - start), scratch,
                           target + start);
    }
}
