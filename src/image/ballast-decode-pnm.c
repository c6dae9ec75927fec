#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-decode-private.h"
#include "ballast-pnm.h"

/*
 * PNM, P1 to P6, with up to 16 bits: GdkPixbuf's reader knows 8 bits alone.
 *
 * The probe has seen that binary pixels are all there; text may still end early.
 */

typedef struct
{
  const guint8    *at;
  const guint8    *end;
  BallastPnmHeader header;
} Samples;

/* FALSE where the text ends or holds something else. */
static gboolean
read_text (Samples *samples,
           guint   *value)
{
  gboolean is_bits = samples->header.type == 1;
  const guint8 *first;

  while (samples->at < samples->end && g_ascii_isspace (*samples->at))
    samples->at++;

  *value = 0;
  first = samples->at;
  while (samples->at < samples->end && g_ascii_isdigit (*samples->at) && *value <= 65535)
    {
      *value = *value * 10 + (guint) (*samples->at++ - '0');
      if (is_bits)
        break;
    }

  return samples->at > first;
}

static gboolean
read_sample (Samples *samples,
             guint    x,
             guint   *value)
{
  if (samples->header.type <= 3)
    return read_text (samples, value);
  if (samples->at >= samples->end)
    return FALSE;

  if (samples->header.type == 4)
    {
      *value = (*samples->at >> (7 - x % 8)) & 1;
      samples->at += x % 8 == 7 || x == samples->header.width - 1;
    }
  else if (samples->header.maximum <= 255)
    {
      *value = *samples->at++;
    }
  else
    {
      if (samples->end - samples->at < 2)
        return FALSE;
      *value = ballast_read_be16 (samples->at);
      samples->at += 2;
    }

  return TRUE;
}

/* In P1 and P4 a 1 is black. */
static gboolean
read_row (Samples       *samples,
          BallastRaster *raster,
          guint          y)
{
  guint n_samples = raster->width * raster->channels;
  guint maximum = samples->header.maximum;
  guint full = raster->depth == 16 ? 65535 : 255;
  gboolean is_bits = samples->header.type == 1 || samples->header.type == 4;
  guint8 *row = ballast_raster_get_row (raster, y);

  for (guint x = 0; x < n_samples; x++)
    {
      guint value;

      if (!read_sample (samples, x, &value) || value > maximum)
        return FALSE;
      value = (guint) (((guint64) value * full + maximum / 2) / maximum);
      if (is_bits)
        value = full - value;
      if (raster->depth == 16)
        ((guint16 *) (gpointer) row)[x] = (guint16) value;
      else
        row[x] = (guint8) value;
    }

  return TRUE;
}

BallastRaster *
ballast_decode_pnm (BallastDecodeJob *job,
                    GError          **error)
{
  g_autoptr(BallastRaster) raster = NULL;
  Samples samples = { .end = job->data + job->length };
  BallastReader reader;
  gboolean keeps_16;
  guint channels;

  ballast_reader_init_bytes (&reader, job->data, job->length);
  if (!ballast_pnm_read_header (&reader, &samples.header)
      || samples.header.data_offset > job->length)
    {
      ballast_decode_set_damaged (job, "its header is broken", error);
      return NULL;
    }

  samples.at = job->data + samples.header.data_offset;
  channels = samples.header.type % 3 == 0 ? 3 : 1;
  keeps_16 = samples.header.maximum > 255 && channels == 1 && !job->options->only_8_bits;
  if (samples.header.maximum > 255 && !keeps_16)
    job->info->losses |= BALLAST_DECODE_LOST_DEPTH;
  raster = ballast_decode_make_raster (job, samples.header.width, samples.header.height, channels,
                                       keeps_16 ? 16 : 8, error);
  if (raster == NULL)
    return NULL;

  for (guint y = 0; y < raster->height; y++)
    if (!read_row (&samples, raster, y))
      {
        ballast_decode_set_damaged (job, "its pixels are broken", error);
        return NULL;
      }

  return g_steal_pointer (&raster);
}
