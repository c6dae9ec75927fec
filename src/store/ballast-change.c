/*
 * Changes as bytes.
 *
 * The bytes come out of a file that may be damaged or forged: the reader checks every length, and
 * what it gives is checked again by the statements that use it.  Any thread.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-change.h"

#include <string.h>

#include "ballast-store-private.h"

void
ballast_change_log_init (BallastChangeLog *log)
{
  log->bytes = g_byte_array_new ();
  log->last_image = 0;
}

void
ballast_change_log_clear (BallastChangeLog *log)
{
  g_clear_pointer (&log->bytes, g_byte_array_unref);
}

gboolean
ballast_change_is_of_image (BallastChangeKind kind)
{
  return kind == BALLAST_CHANGE_IMAGE_FLAGS || kind == BALLAST_CHANGE_IMAGE_SPLIT ||
         kind == BALLAST_CHANGE_IMAGE_PLACE || kind == BALLAST_CHANGE_IMAGE_GROUP;
}

gboolean
ballast_change_is_of_label (BallastChangeKind kind)
{
  return kind == BALLAST_CHANGE_LABEL_CLASS || kind == BALLAST_CHANGE_LABEL_ROW ||
         kind == BALLAST_CHANGE_LABEL_ASIDE || kind == BALLAST_CHANGE_ASIDE_CLASS;
}

/* TRUE where the change holds all of a label. */
static gboolean
has_row (BallastChangeKind kind)
{
  return kind == BALLAST_CHANGE_LABEL_ROW || kind == BALLAST_CHANGE_LABEL_ASIDE;
}

gint64
ballast_change_get_image (const BallastChange *change)
{
  if (ballast_change_is_of_image (change->kind))
    return change->id;

  return ballast_change_is_of_label (change->kind) ? change->id >> BALLAST_STORE_ANNOTATION_BITS : 0;
}

/* Seven bits a byte, lowest first; the top bit says that more follow.  Small negative numbers stay
 * short by being interleaved with the positive ones. */
static void
put_number (GByteArray *bytes,
            gint64      value)
{
  guint64 rest = (guint64) value << 1 ^ (value < 0 ? G_MAXUINT64 : 0);

  do
    {
      guint8 byte = (rest & 0x7f) | (rest > 0x7f ? 0x80 : 0);

      g_byte_array_append (bytes, &byte, 1);
      rest >>= 7;
    }
  while (rest != 0);
}

static void
put_text (GByteArray *bytes,
          const char *text)
{
  put_number (bytes, text != NULL ? (gint64) strlen (text) + 1 : 0);
  if (text != NULL)
    g_byte_array_append (bytes, (const guint8 *) text, strlen (text) + 1);
}

static void
put_box (GByteArray          *bytes,
         const BallastChange *change)
{
  put_number (bytes, change->has_box);
  if (change->has_box)
    g_byte_array_append (bytes, (const guint8 *) &change->box, sizeof change->box);
}

void
ballast_change_log_add (BallastChangeLog *log,
                        BallastChange     change)
{
  GByteArray *bytes = log->bytes;
  gint64 image = ballast_change_get_image (&change);

  put_number (bytes, change.kind);
  put_number (bytes, image != 0 ? image - log->last_image : change.id);
  if (image != 0)
    log->last_image = image;
  if (image != 0 && image != change.id)
    put_number (bytes, change.id - BALLAST_STORE_FIRST_ANNOTATION (image));
  put_number (bytes, change.before);
  put_number (bytes, change.after);

  if (has_row (change.kind))
    {
      put_box (bytes, &change);
      put_number (bytes, change.n_extra);
      if (change.n_extra > 0)
        g_byte_array_append (bytes, change.extra, change.n_extra);
    }
  else if (change.kind == BALLAST_CHANGE_CLASS_NAME || change.kind == BALLAST_CHANGE_CLASS_ALIAS ||
           change.kind == BALLAST_CHANGE_SETTING)
    {
      put_text (bytes, change.key);
      put_text (bytes, change.text_before);
      put_text (bytes, change.text_after);
    }
}

void
ballast_change_reader_init (BallastChangeReader *reader,
                            const void          *data,
                            gsize                size)
{
  *reader = (BallastChangeReader) { .position = data, .end = (const guint8 *) data + size };
}

static gint64
get_number (BallastChangeReader *reader)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64 && reader->position < reader->end; shift += 7)
    {
      guint8 byte = *reader->position++;

      value |= (guint64) (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return (gint64) (value >> 1 ^ (0 - (value & 1)));
    }

  reader->is_damaged = TRUE;
  return 0;
}

static const char *
get_text (BallastChangeReader *reader)
{
  gint64 size = get_number (reader);
  const char *text = (const char *) reader->position;

  if (size == 0)
    return NULL;
  if (size < 0 || size > reader->end - reader->position || text[size - 1] != '\0')
    {
      reader->is_damaged = TRUE;
      return NULL;
    }

  reader->position += size;
  return text;
}

static const guint8 *
get_bytes (BallastChangeReader *reader,
           gsize               *size)
{
  gint64 n = get_number (reader);
  const guint8 *bytes = reader->position;

  *size = 0;
  if (n < 0 || n > reader->end - reader->position)
    reader->is_damaged = TRUE;
  if (n <= 0 || reader->is_damaged)
    return NULL;

  reader->position += n;
  *size = n;
  return bytes;
}

static void
get_box (BallastChangeReader *reader,
         BallastChange       *change)
{
  change->has_box = get_number (reader) != 0;
  if (!change->has_box)
    return;
  if (reader->end - reader->position < (gssize) sizeof change->box)
    {
      reader->is_damaged = TRUE;
      return;
    }

  memcpy (&change->box, reader->position, sizeof change->box);
  reader->position += sizeof change->box;
}

static void
get_id (BallastChangeReader *reader,
        BallastChange       *change)
{
  gint64 number = get_number (reader);

  change->id = number;
  if (!ballast_change_is_of_image (change->kind) && !ballast_change_is_of_label (change->kind))
    return;

  /* Through unsigned numbers: forged bytes may overflow. */
  reader->last_image = (gint64) ((guint64) reader->last_image + (guint64) number);
  if (reader->last_image <= 0 || reader->last_image > G_MAXUINT32)
    {
      reader->is_damaged = TRUE;
      return;
    }
  change->id = reader->last_image;
  if (!ballast_change_is_of_image (change->kind))
    change->id = BALLAST_STORE_FIRST_ANNOTATION (reader->last_image) |
                 (get_number (reader) & (BALLAST_STORE_MAX_ANNOTATIONS - 1));
}

gboolean
ballast_change_reader_next (BallastChangeReader *reader,
                            BallastChange       *change)
{
  if (reader->is_damaged || reader->position >= reader->end)
    return FALSE;

  memset (change, 0, sizeof *change);
  change->kind = get_number (reader);
  if (change->kind < BALLAST_CHANGE_IMAGE_FLAGS || change->kind > BALLAST_CHANGE_ASIDE_CLASS)
    reader->is_damaged = TRUE;
  get_id (reader, change);
  change->before = get_number (reader);
  change->after = get_number (reader);

  if (has_row (change->kind))
    {
      get_box (reader, change);
      change->extra = get_bytes (reader, &change->n_extra);
    }
  else if (change->kind == BALLAST_CHANGE_CLASS_NAME || change->kind == BALLAST_CHANGE_CLASS_ALIAS ||
           change->kind == BALLAST_CHANGE_SETTING)
    {
      change->key = get_text (reader);
      change->text_before = get_text (reader);
      change->text_after = get_text (reader);
    }

  return !reader->is_damaged;
}
