#pragma once

#include <string.h>

#include "ballast-json-reader.h"

G_BEGIN_DECLS

#define BALLAST_JSON_MAX_DEPTH 64
#define BALLAST_JSON_WINDOW_BYTES (1024 * 1024)

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* behind "[" */
  EXPECT_KEY,
  EXPECT_KEY_OR_END,   /* behind "{" */
  EXPECT_COLON,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,      /* the whole value was read */
  EXPECT_FAILED,
} BallastJsonExpected;

struct _BallastJsonReader
{
  int                 fd;       /* -1: text in memory */
  guint64             size;
  char               *buffer;   /* owned; NULL: text in memory */
  gsize               capacity;
  const char         *window;   /* the buffer, or the text */
  gsize               length;
  gsize               position; /* in the window */
  gsize               begin;    /* of the token */
  gsize               held;     /* what the window keeps from here on; G_MAXSIZE: nothing else */
  guint64             start;    /* of the window in the file */
  gboolean            is_at_end;
  BallastJsonExpected expected;
  gboolean            is_object[BALLAST_JSON_MAX_DEPTH];
  guint               depth;
  const char         *text;
  gsize               text_length;
  GString            *unescaped;
  const char         *reason;
};

/* Gives BAD from now on; the first @reason stays. */
BallastJsonToken ballast_json_reader_fail        (BallastJsonReader  *reader,
                                                  const char         *reason);

/* Reads on; what lies before the token is given up.  FALSE at the end. */
gboolean         ballast_json_reader_fill        (BallastJsonReader  *reader);

/* The position is at the opening quote, and so is the beginning of the token. */
gboolean         ballast_json_reader_read_string (BallastJsonReader  *reader);

/* A whole value was read. */
void             ballast_json_reader_after_value (BallastJsonReader  *reader);

/* Sixteen bytes at a time; any processor. */
typedef guint8 BallastBytes __attribute__ ((vector_size (16)));

static inline BallastBytes
ballast_bytes_load (const char *text)
{
  BallastBytes bytes;

  memcpy (&bytes, text, sizeof bytes);

  return bytes;
}

/* The first byte of @hits that is not 0; 16 where all are. */
static inline guint
ballast_bytes_first (BallastBytes hits)
{
  guint64 halves[2];

  memcpy (halves, &hits, sizeof halves);
  if (halves[0] != 0)
    return (guint) __builtin_ctzll (GUINT64_FROM_LE (halves[0])) / 8;

  return halves[1] != 0 ? 8 + (guint) __builtin_ctzll (GUINT64_FROM_LE (halves[1])) / 8 : 16;
}

G_END_DECLS
