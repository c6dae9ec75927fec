#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-raster-pool.h"

#include "ballast-raster.h"

#include <stdlib.h>
#include <sys/mman.h>

/*
 * A free list of pixel buffers.
 *
 * A fresh buffer of half a megabyte comes from mmap() and costs a page fault for every 4 KB, more
 * than a third of the time of decoding a photograph of that size.  So buffers are kept, in bins of
 * sizes a quarter of an octave apart.  The pool is part of the allocator: the one piece of state that
 * this layer shares between threads, behind one lock that is held for a few instructions.
 *
 * A thread gets the buffers back that it gave, where there are some: the bytes of another one lie
 * in another core's cache, and to write over them costs ten times as much.
 *
 * Under AddressSanitizer nothing is kept, so that it sees the use of a freed raster.
 */

#define ALIGNMENT 64
#define LARGE_PAGE ((gsize) 2 * 1024 * 1024)
#define N_BINS 128
#define BIN_LENGTH 8
#define SMALLEST_KEPT (64 * 1024) /* below this malloc() keeps its own lists */

#ifdef __SANITIZE_ADDRESS__
#define MAX_KEPT 0
#else
#define MAX_KEPT (128 * 1024 * 1024) /* bytes: two threads at 12 megapixels */
#endif

typedef struct
{
  guint    n;
  gpointer buffers[BIN_LENGTH];
  GThread *givers[BIN_LENGTH]; /* compared only; a thread may have ended */
} Bin;

static GMutex pool_lock;
static Bin pool_bins[N_BINS];
static gsize pool_kept;

/* Rounds @size up to 4, 5, 6 or 7 times a power of two. */
static gsize
round_up (gsize  size,
          guint *bin)
{
  guint shift;
  gsize unit;
  gsize quarters;

  if (size < 256)
    size = 256;
  shift = g_bit_storage (size - 1) - 3;
  unit = (gsize) 1 << shift;
  quarters = (size + unit - 1) / unit;

  *bin = MIN (shift * 4 + (guint) (quarters - 4), N_BINS - 1);

  return quarters * unit;
}

/* The newest buffer of this thread, or the newest of all; @bin is not empty. */
static gpointer
take_from_bin (Bin *bin)
{
  GThread *self = g_thread_self ();
  guint i = bin->n - 1;
  gpointer buffer;

  while (i > 0 && bin->givers[i] != self)
    i--;
  if (bin->givers[i] != self)
    i = bin->n - 1;
  buffer = bin->buffers[i];

  bin->n--;
  for (; i < bin->n; i++)
    {
      bin->buffers[i] = bin->buffers[i + 1];
      bin->givers[i] = bin->givers[i + 1];
    }

  return buffer;
}

/* A picture of 12 megapixels lies on nine thousand small pages, more than the processor keeps in mind:
 * a mirror of it takes a quarter longer than on large ones. */
static gpointer
allocate (gsize capacity)
{
  gpointer buffer;

  if (capacity < 2 * LARGE_PAGE)
    return aligned_alloc (ALIGNMENT, capacity);

  buffer = aligned_alloc (LARGE_PAGE, (capacity + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE);
  if (buffer != NULL)
    madvise (buffer, capacity, MADV_HUGEPAGE); /* a wish, nothing more */
  return buffer;
}

gpointer
ballast_raster_pool_take (gsize  size,
                          gsize *capacity)
{
  gpointer buffer = NULL;
  guint bin;

  if (size > G_MAXSIZE / 4)
    return NULL;

  *capacity = round_up (size, &bin);
  if (*capacity >= SMALLEST_KEPT)
    {
      g_mutex_lock (&pool_lock);
      if (pool_bins[bin].n > 0)
        {
          buffer = take_from_bin (&pool_bins[bin]);
          pool_kept -= *capacity;
        }
      g_mutex_unlock (&pool_lock);
    }

  return buffer != NULL ? buffer : allocate (*capacity);
}

static gboolean
keep (gpointer buffer,
      gsize    capacity)
{
  gboolean kept = FALSE;
  guint bin;

  if (capacity < SMALLEST_KEPT)
    return FALSE;

  round_up (capacity, &bin);
  g_mutex_lock (&pool_lock);
  if (pool_bins[bin].n < BIN_LENGTH && pool_kept + capacity <= MAX_KEPT)
    {
      pool_bins[bin].givers[pool_bins[bin].n] = g_thread_self ();
      pool_bins[bin].buffers[pool_bins[bin].n++] = buffer;
      pool_kept += capacity;
      kept = TRUE;
    }
  g_mutex_unlock (&pool_lock);

  return kept;
}

void
ballast_raster_pool_give (gpointer buffer,
                          gsize    capacity)
{
  if (buffer != NULL && !keep (buffer, capacity))
    free (buffer);
}

gsize
ballast_raster_pool_get_size (void)
{
  gsize size;

  g_mutex_lock (&pool_lock);
  size = pool_kept;
  g_mutex_unlock (&pool_lock);

  return size;
}

void
ballast_raster_pool_trim (void)
{
  g_mutex_lock (&pool_lock);
  for (guint i = 0; i < N_BINS; i++)
    while (pool_bins[i].n > 0)
      free (pool_bins[i].buffers[--pool_bins[i].n]);
  pool_kept = 0;
  g_mutex_unlock (&pool_lock);
}
