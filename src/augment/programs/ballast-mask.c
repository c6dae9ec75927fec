/*
 * Masks: runs, bytes, and the way through a program.
 *
 * A mask asks, for every pixel of the output, for the nearest one of the original: no value is ever
 * mixed.  Some ten nanoseconds a pixel.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-program-box.h"
#include "ballast-program-private.h"

#include <math.h>

#define PIECE 256

BallastMask *
ballast_mask_new (guint width,
                  guint height)
{
  BallastMask *mask = g_new0 (BallastMask, 1);
  guint32 all = width * height;

  mask->width = width;
  mask->height = height;
  mask->counts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (mask->counts, all);
  return mask;
}

void
ballast_mask_free (BallastMask *mask)
{
  if (mask == NULL)
    return;
  g_array_unref (mask->counts);
  g_free (mask);
}

gboolean
ballast_mask_is_valid (const BallastMask *mask)
{
  guint64 sum = 0;

  for (guint i = 0; i < mask->counts->len; i++)
    sum += g_array_index (mask->counts, guint32, i);
  return sum == (guint64) mask->width * mask->height;
}

BallastMask *
ballast_mask_new_from_bytes (const guint8 *bytes,
                             guint         width,
                             guint         height)
{
  BallastMask *mask = ballast_mask_new (width, height);
  gboolean one = FALSE;
  guint32 run = 0;

  g_array_set_size (mask->counts, 0);
  for (guint x = 0; x < width; x++)
    for (guint y = 0; y < height; y++)
      {
        if ((bytes[(gsize) y * width + x] != 0) != one)
          {
            g_array_append_val (mask->counts, run);
            run = 0;
            one = !one;
          }
        run++;
      }
  g_array_append_val (mask->counts, run);
  return mask;
}

guint8 *
ballast_mask_to_bytes (const BallastMask *mask)
{
  guint8 *bytes = g_malloc0 (MAX (1, (gsize) mask->width * mask->height));
  gsize at = 0, size = (gsize) mask->width * mask->height;

  for (guint i = 0; i < mask->counts->len; i++)
    {
      gsize end = MIN (size, at + g_array_index (mask->counts, guint32, i));

      for (; at < end; at++)
        bytes[at % mask->height * mask->width + at / mask->height] = i % 2;
    }
  return bytes;
}

guint64
ballast_mask_measure (const BallastMask *mask,
                      BallastBox        *box)
{
  guint left = G_MAXUINT, top = G_MAXUINT, right = 0, bottom = 0;
  guint64 at = 0, n = 0;

  for (guint i = 0; i < mask->counts->len; i++)
    {
      guint32 run = g_array_index (mask->counts, guint32, i);

      if (i % 2 == 1 && run > 0)
        {
          guint first = (guint) (at / mask->height), last = (guint) ((at + run - 1) / mask->height);

          /* A run that goes on in the next column touches the lower and the upper edge. */
          left = MIN (left, first);
          right = MAX (right, last + 1);
          top = first < last ? 0 : MIN (top, (guint) (at % mask->height));
          bottom = first < last ? mask->height
                                : MAX (bottom, (guint) ((at + run - 1) % mask->height) + 1);
          n += run;
        }
      at += run;
    }
  if (box != NULL)
    *box = n > 0 ? (BallastBox) { left, top, (double) right - left, (double) bottom - top }
  : (BallastBox) { 0 };
  return n;
}

/* A lowering in the size that is asked for. */
typedef struct
{
  const BallastLowering *lowering;
  guint                  width;
  guint                  height;
} Mapper;

/* @n pixels of the output's row @y from @first on. */
static void
map_pixels (const Mapper *mapper,
            const guint8 *bytes,
            guint8       *target,
            const guint   at[2],
            guint         n)
{
  const BallastLowering *lowering = mapper->lowering;
  double step_x = (double) lowering->width / mapper->width;
  double step_y = (double) lowering->height / mapper->height;
  double x[PIECE], y[PIECE];
  gboolean seen[PIECE];

  for (guint i = 0; i < n; i++)
    {
      x[i] = (at[0] + i + 0.5) * step_x;
      y[i] = (at[1] + 0.5) * step_y;
    }
  ballast_lowering_map_back (lowering, x, y, seen, n);
  for (guint i = 0; i < n; i++)
    target[i] = seen[i] && bytes[(gsize) y[i] * lowering->in_width + (gsize) x[i]];
}

static BallastMask *
map_mask (const Mapper      *mapper,
          const BallastMask *mask)
{
  guint width = mapper->width, height = mapper->height;
  g_autofree guint8 *bytes = NULL, *mapped = NULL;

  g_return_val_if_fail (mask->width == mapper->lowering->in_width, ballast_mask_new (width, height));
  g_return_val_if_fail (mask->height == mapper->lowering->in_height,
                        ballast_mask_new (width, height));

  bytes = ballast_mask_to_bytes (mask);
  mapped = g_malloc ((gsize) width * height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x += PIECE)
      map_pixels (mapper, bytes, mapped + (gsize) y * width + x, (const guint[2]) { x, y },
                  MIN (PIECE, width - x));
  return ballast_mask_new_from_bytes (mapped, width, height);
}

BallastMask *
ballast_program_map_mask (const BallastProgram *program,
                          const BallastMask    *mask)
{
  const Mapper mapper = { &program->lowering, program->out_width, program->out_height };

  return map_mask (&mapper, mask);
}

BallastMask *
ballast_recipe_map_partner_mask (const BallastRecipe *recipe,
                                 guint                index,
                                 const BallastMask   *mask)
{
  g_auto(BallastLowering) lowering = { 0 };
  Mapper mapper = { .lowering = &lowering };

  ballast_lowering_init_partner (&lowering, recipe, index);
  mapper.width = lowering.width;
  mapper.height = lowering.height;
  return map_mask (&mapper, mask);
}
