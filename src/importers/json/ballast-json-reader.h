#pragma once

#include <gio/gio.h>
#include <string.h>

G_BEGIN_DECLS

/*
 * JSON token by token, out of a file of any size or out of memory.  Brackets may be nested 64 deep.
 * What Python writes beside the standard (NaN, Infinity) is taken as numbers without a value; a byte
 * order mark is passed over.
 */
typedef struct _BallastJsonReader BallastJsonReader;

typedef enum
{
  BALLAST_JSON_END, /* after the whole value, with nothing but space behind it */
  BALLAST_JSON_BAD, /* see get_reason; every later call gives it, too */
  BALLAST_JSON_OBJECT,
  BALLAST_JSON_OBJECT_END,
  BALLAST_JSON_ARRAY,
  BALLAST_JSON_ARRAY_END,
  BALLAST_JSON_KEY,
  BALLAST_JSON_STRING,
  BALLAST_JSON_NUMBER,
  BALLAST_JSON_WORD, /* true, false, null */
} BallastJsonToken;

/* Fails with a G_IO_ERROR where the file cannot be opened, BALLAST_IMPORT_ERROR_POINTER for a Git LFS
 * pointer. */
BallastJsonReader *ballast_json_reader_open         (const char         *path,
                                                     GError            **error);
BallastJsonReader *ballast_json_reader_new          (void);
void               ballast_json_reader_free         (BallastJsonReader  *reader);

/* Reads @text, which is borrowed, from its beginning. */
void               ballast_json_reader_set_text     (BallastJsonReader  *reader,
                                                     const char         *text,
                                                     gsize               length);

BallastJsonToken   ballast_json_reader_next         (BallastJsonReader  *reader);

/* Passes over the value that comes next, looking at its brackets and strings alone: some ten times
 * as fast as reading it.  FALSE where the text ends in it. */
gboolean           ballast_json_reader_skip         (BallastJsonReader  *reader);

/* Behind the "[" of a list: appends to @numbers (of double) what is quickly read of it, until it
 * holds @most.  The tokens tell of the rest, in the least of its end. */
void               ballast_json_reader_read_decimals (BallastJsonReader *reader,
                                                     GArray             *numbers,
                                                     guint               most);

/* The same of short decimals (BallastDecimal): the tokens tell of the first that is none, and of the rest. */
void               ballast_json_reader_read_short_decimals (BallastJsonReader *reader,
                                                     GArray             *decimals,
                                                     guint               most);

/* In a list: TRUE, and the next token is taken, where that is its end. */
gboolean           ballast_json_reader_ends_list    (BallastJsonReader  *reader);

/* Of KEY, STRING (unescaped), NUMBER and WORD: (transfer none) not ended by a NUL, valid until the
 * next call. */
const char        *ballast_json_reader_get_text     (BallastJsonReader  *reader,
                                                     gsize              *length);
gboolean           ballast_json_reader_text_is      (BallastJsonReader  *reader,
                                                     const char         *word);
char              *ballast_json_reader_dup_text     (BallastJsonReader  *reader);

/* text_is() for many words: @word's length is known when this is compiled. */
static inline gboolean
ballast_json_is (const char *text,
                 gsize       length,
                 const char *word)
{
  return length == strlen (word) && memcmp (text, word, length) == 0;
}

/* FALSE where the token is no number, has no value or is out of range. */
gboolean           ballast_json_reader_get_double   (BallastJsonReader  *reader,
                                                     double             *value);
gboolean           ballast_json_reader_get_int      (BallastJsonReader  *reader,
                                                     gint64             *value);

/* Where the token begins and where reading goes on, in bytes from the start. */
guint64            ballast_json_reader_get_begin    (BallastJsonReader  *reader);
guint64            ballast_json_reader_get_end      (BallastJsonReader  *reader);

/* Keeps the text from the token on, until it is released: then it gives what was read since, or
 * (nullable) NULL where that does not fit into the window. */
void               ballast_json_reader_hold         (BallastJsonReader  *reader);
const char        *ballast_json_reader_release      (BallastJsonReader  *reader,
                                                     gsize              *length);

/* Where behind @offset an object seems to begin in a list of objects; 0: nowhere near.  A text may look
 * like one. */
guint64            ballast_json_reader_guess_object (BallastJsonReader *reader,
                                                     guint64            offset);

/* (transfer full) (nullable): reads the same file from @offset on, where a value is to begin within the
 * brackets that @reader is in; on any thread. */
BallastJsonReader *ballast_json_reader_new_at       (BallastJsonReader *reader,
                                                     guint64            offset);

/* A descriptor of the file, to be closed by the caller; -1 where there is none left. */
int                ballast_json_reader_dup_fd       (BallastJsonReader  *reader);

/* The length of the file. */
guint64            ballast_json_reader_get_size     (BallastJsonReader  *reader);

/* (transfer none) (nullable): what is wrong, a part of a sentence. */
const char        *ballast_json_reader_get_reason   (BallastJsonReader  *reader);

/* The 1-based line of @offset.  Reads the file up to there. */
guint64            ballast_json_reader_find_line    (BallastJsonReader  *reader,
                                                     guint64             offset);

/* A JSON number without a locale: exact for up to fifteen digits by one division, else as strtod. */
gboolean           ballast_json_parse_double        (const char         *text,
                                                     gsize               length,
                                                     double             *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastJsonReader, ballast_json_reader_free)

G_END_DECLS
