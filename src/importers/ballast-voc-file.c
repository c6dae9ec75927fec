/*
 * Pascal VOC's XML, through GMarkup, which knows no entities of a document's own and no DTD, so that
 * bombs have no fuse.  Depth and size are limited.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-voc-file.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-import-error.h"
#include "ballast-json-reader.h"

#define MAX_DEPTH 32

/* What the text of an element is for. */
typedef enum
{
  FIELD_NONE,
  FIELD_FILENAME,
  FIELD_WIDTH,
  FIELD_HEIGHT,
  FIELD_NAME,
  FIELD_LEFT,
  FIELD_TOP,
  FIELD_RIGHT,
  FIELD_BOTTOM,
  FIELD_DIFFICULT,
  FIELD_TRUNCATED,
  FIELD_OCCLUDED,
} Field;

static const struct
{
  const char *path;
  Field       field;
} fields[] = {
  { "annotation/filename", FIELD_FILENAME },
  { "annotation/size/width", FIELD_WIDTH },
  { "annotation/size/height", FIELD_HEIGHT },
  { "annotation/object/name", FIELD_NAME },
  { "annotation/object/bndbox/xmin", FIELD_LEFT },
  { "annotation/object/bndbox/ymin", FIELD_TOP },
  { "annotation/object/bndbox/xmax", FIELD_RIGHT },
  { "annotation/object/bndbox/ymax", FIELD_BOTTOM },
  { "annotation/object/difficult", FIELD_DIFFICULT },
  { "annotation/object/truncated", FIELD_TRUNCATED },
  { "annotation/object/occluded", FIELD_OCCLUDED },
};

typedef struct
{
  BallastBoxRecords *records;
  GPtrArray         *faults;
  BallastBoxRecord   record;
  GString           *path;   /* of the element, from the root */
  guint              depth;
  GString           *text;
  char              *name;   /* of the object */
  double             edges[4];
  guint              n_edges;
  BallastMarks       marks;
  gint64             line;   /* where the object begins */
  gboolean           is_annotation;
} Parse;

static Field
find_field (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (path, fields[i].path) == 0)
      return fields[i].field;

  return FIELD_NONE;
}

static void
on_start (GMarkupParseContext *context,
          const char          *element,
          const char         **names,
          const char         **values,
          gpointer             user_data,
          GError             **error)
{
  Parse *parse = user_data;
  int line, column;

  if (++parse->depth > MAX_DEPTH)
    {
      g_set_error_literal (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_SYNTAX,
                           "elements are nested too deep");
      return;
    }
  if (parse->path->len > 0)
    g_string_append_c (parse->path, '/');
  g_string_append (parse->path, element);
  g_string_truncate (parse->text, 0);
  if (parse->depth == 1)
    parse->is_annotation = strcmp (element, "annotation") == 0;
  if (strcmp (parse->path->str, "annotation/object") != 0)
    return;
  g_markup_parse_context_get_position (context, &line, &column);
  parse->line = line;
  parse->n_edges = 0;
  parse->marks = 0;
  g_clear_pointer (&parse->name, g_free);
}

static void
on_text (GMarkupParseContext *context,
         const char          *text,
         gsize                length,
         gpointer             user_data,
         GError             **error)
{
  Parse *parse = user_data;

  g_string_append_len (parse->text, text, length);
}

static void
take_edge (Parse *parse,
           guint  index)
{
  double value;

  if (!ballast_json_parse_double (parse->text->str, parse->text->len, &value))
    return;
  parse->edges[index] = value;
  parse->n_edges |= 1 << index;
}

static guint32
take_size (Parse *parse)
{
  double value;

  return ballast_json_parse_double (parse->text->str, parse->text->len, &value) && value > 0
         && value < G_MAXINT32 ? (guint32) value : 0;
}

static void
take_mark (Parse       *parse,
           BallastMarks mark)
{
  double value = 0;

  ballast_json_parse_double (parse->text->str, parse->text->len, &value);
  if (value > 0 || g_ascii_strcasecmp (parse->text->str, "true") == 0)
    parse->marks |= mark;
}

static void
take_text (Parse *parse,
           Field  field)
{
  switch (field)
    {
    case FIELD_FILENAME:
      g_free (parse->record.path);
      parse->record.path = *parse->text->str != '\0' ? g_strdup (parse->text->str) : NULL;
      break;
    case FIELD_WIDTH:
      parse->record.width = take_size (parse);
      break;
    case FIELD_HEIGHT:
      parse->record.height = take_size (parse);
      break;
    case FIELD_NAME:
      g_free (parse->name);
      parse->name = g_strdup (parse->text->str);
      break;
    case FIELD_LEFT:
    case FIELD_TOP:
    case FIELD_RIGHT:
    case FIELD_BOTTOM:
      take_edge (parse, field - FIELD_LEFT);
      break;
    case FIELD_DIFFICULT:
      take_mark (parse, BALLAST_MARK_DIFFICULT);
      break;
    case FIELD_TRUNCATED:
      take_mark (parse, BALLAST_MARK_TRUNCATED);
      break;
    case FIELD_OCCLUDED:
      take_mark (parse, BALLAST_MARK_OCCLUDED);
      break;
    case FIELD_NONE:
    default:
      break;
    }
}

static void
take_object (Parse *parse)
{
  const double *edges = parse->edges;
  BallastBoxLabel label = { .marks = parse->marks, .place = parse->line };

  if (parse->name == NULL || *parse->name == '\0' || parse->n_edges != 0xf)
    {
      g_ptr_array_add (parse->faults,
                       g_strdup_printf ("line %" G_GINT64_FORMAT ": an object without %s",
                                        parse->line, parse->n_edges == 0xf ? "a name" : "a box"));
      return;
    }
  label.class = ballast_box_records_intern (parse->records, parse->name);
  label.box = (BallastBox) { edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1] };
  g_array_append_val (parse->records->labels, label);
  parse->record.n++;
}

static void
on_end (GMarkupParseContext *context,
        const char          *element,
        gpointer             user_data,
        GError             **error)
{
  Parse *parse = user_data;
  gsize length = strlen (element);

  g_strstrip (parse->text->str);
  parse->text->len = strlen (parse->text->str);
  take_text (parse, find_field (parse->path->str));
  if (strcmp (parse->path->str, "annotation/object") == 0)
    take_object (parse);
  g_string_truncate (parse->path, parse->path->len > length ? parse->path->len - length - 1 : 0);
  g_string_truncate (parse->text, 0);
  parse->depth--;
}

/* Bytes that are no UTF-8 are most likely Latin-1, whatever the declaration says. */
static char *
dup_valid (const char *text,
           gsize       length)
{
  g_autofree char *copy = NULL;

  if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  if (g_utf8_validate_len (text, length, NULL))
    return g_strndup (text, length);
  copy = g_convert (text, length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);

  return copy != NULL ? g_steal_pointer (&copy) : g_utf8_make_valid (text, length);
}

static gboolean
run (Parse      *parse,
     const char *text,
     GError    **error)
{
  static const GMarkupParser parser = { on_start, on_end, on_text, NULL, NULL };
  g_autoptr(GMarkupParseContext) context
    = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, parse, NULL);

  if (!g_markup_parse_context_parse (context, text, -1, error)
      || !g_markup_parse_context_end_parse (context, error))
    return FALSE;
  if (!parse->is_annotation)
    g_set_error_literal (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_SYNTAX,
                         "it is no annotation of Pascal VOC");

  return parse->is_annotation;
}

gboolean
ballast_voc_file_parse (const char        *text,
                        gsize              length,
                        BallastBoxRecords *records,
                        GPtrArray         *faults,
                        GError           **error)
{
  g_autofree char *valid = dup_valid (text, length);
  g_autoptr(GString) path = g_string_new (NULL);
  g_autoptr(GString) collected = g_string_new (NULL);
  Parse parse = { .records = records, .faults = faults, .path = path, .text = collected };
  gboolean is_done;

  parse.record.first = records->labels->len;
  parse.record.split = -1;
  is_done = run (&parse, valid, error);
  g_free (parse.name);
  if (!is_done)
    {
      g_array_set_size (records->labels, parse.record.first);
      g_free (parse.record.path);
      return FALSE;
    }
  g_array_append_val (records->records, parse.record);

  return TRUE;
}

char *
ballast_voc_file_read (const char *path,
                       gsize      *length)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  struct stat status;
  g_autofree char *text = NULL;
  gssize count = 1;

  *length = 0;
  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)
      || status.st_size > BALLAST_VOC_MAX_BYTES)
    count = -1;
  else
    text = g_malloc (status.st_size + 1);
  while (count > 0 && *length < (gsize) status.st_size)
    {
      count = read (fd, text + *length, status.st_size - *length);
      *length += MAX (count, 0);
    }
  close (fd);
  if (count < 0)
    return NULL;
  text[*length] = '\0';

  return g_steal_pointer (&text);
}
