#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BALLAST_READER_FIRST 4096   /* bytes of the first read: the headers of most files */
#define BALLAST_READER_WINDOW 16384 /* bytes of the later ones, and the longest peek */

/*
 * Bytes at any place of a file, or of memory, through a small window.  Lives on the stack; every
 * place and length that a file names is checked here, so the parsers above cannot run out of it.
 */
typedef struct
{
  const guint8 *data;  /* NULL: read @fd */
  int           fd;
  int           error; /* errno of a read that failed, or 0 */
  guint64       size;
  guint64       window_start;
  gsize         window_length;
  gsize         fill;  /* bytes to read at once, at most BALLAST_READER_WINDOW */
  guint8        window[BALLAST_READER_WINDOW];
} BallastReader;

void          ballast_reader_init_fd    (BallastReader *reader,
                                         int            fd,
                                         guint64        size);
void          ballast_reader_init_bytes (BallastReader *reader,
                                         const guint8  *data,
                                         gsize          length);

/* (nullable): @length bytes at @offset, valid until the next call; NULL where the file ends before. */
const guint8 *ballast_reader_peek       (BallastReader *reader,
                                         guint64        offset,
                                         gsize          length);

/* Copies @length bytes at @offset without moving the window. */
gboolean      ballast_reader_copy       (BallastReader *reader,
                                         guint64        offset,
                                         gsize          length,
                                         guint8        *copy);

/* The place of the first @byte from @offset on; the file's size where there is none. */
guint64       ballast_reader_find       (BallastReader *reader,
                                         guint64        offset,
                                         guint8         byte);

static inline guint32
ballast_read_be16 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 8 | bytes[1];
}

static inline guint32
ballast_read_le16 (const guint8 *bytes)
{
  return (guint32) bytes[1] << 8 | bytes[0];
}

static inline guint32
ballast_read_be32 (const guint8 *bytes)
{
  return ballast_read_be16 (bytes) << 16 | ballast_read_be16 (bytes + 2);
}

static inline guint32
ballast_read_le32 (const guint8 *bytes)
{
  return ballast_read_le16 (bytes + 2) << 16 | ballast_read_le16 (bytes);
}

G_END_DECLS
