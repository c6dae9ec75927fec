/*
 * Boxes in a manifest.
 *
 * - One row a box: four columns of numbers, or one that holds "[x, y, width, height]".
 * - One row an image: lists beside the list of its labels, as Hugging Face's object detection has them
 *   (objects.bbox beside objects.categories), or objects with members of these names.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-manifest-boxes.h"

#include <string.h>

#include "ballast-json-line.h"
#include "ballast-json-reader.h"

/* What the columns are called: corners, or a corner and the size.  One name: a list of the four. */
static const struct
{
  const char *names[4];
  gboolean    has_size;
  gboolean    has_shares;
} forms[] = {
  { { "xmin", "ymin", "xmax", "ymax" } },
  { { "XMin", "YMin", "XMax", "YMax" }, FALSE, TRUE },
  { { "x_min", "y_min", "x_max", "y_max" } },
  { { "x1", "y1", "x2", "y2" } },
  { { "x1", "y1", "w", "h" }, TRUE },
  { { "left", "top", "right", "bottom" } },
  { { "left", "top", "width", "height" }, TRUE },
  { { "bbox_x", "bbox_y", "bbox_width", "bbox_height" }, TRUE },
  { { "x", "y", "w", "h" }, TRUE },
  { { "x", "y", "width", "height" }, TRUE },
  { { "bbox_xyxy" } },
  { { "boxes_xyxy" } },
  { { "bbox_xywh" }, TRUE },
  { { "boxes_xywh" }, TRUE },
  { { "bbox" }, TRUE },
  { { "bboxes" }, TRUE },
  { { "boxes" }, TRUE },
  { { "box" }, TRUE },
};

void
ballast_manifest_boxes_init (BallastManifestBoxes *boxes)
{
  *boxes = (BallastManifestBoxes) { .form = -1 };
}

/* "objects." of "objects.categories"; (transfer full) */
static char *
dup_prefix (const BallastImportOptions *options)
{
  const char *label = options->label_columns != NULL ? options->label_columns[0] : NULL;
  const char *point = label != NULL ? strrchr (label, '.') : NULL;

  return point != NULL && options->format == BALLAST_MANIFEST_JSON_LINES
             ? g_strndup (label, point + 1 - label) : g_strdup ("");
}

static gboolean
find_form (BallastManifestBoxes *boxes,
           BallastTable         *table,
           const char           *prefix,
           guint                 form)
{
  for (guint i = 0; i < 4 && forms[form].names[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (prefix, forms[form].names[i], NULL);

      boxes->columns[i] = ballast_table_find_column (table, name);
      if (boxes->columns[i] < 0)
        return FALSE;
    }
  boxes->form = form;

  return TRUE;
}

/* The first form, in the columns whose numbers the options tell. */
static void
take_numbers (BallastManifestBoxes *boxes,
              char                **numbers)
{
  guint64 number;

  if (g_strv_length (numbers) != 4)
    return;
  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_string_to_unsigned (numbers[i], 10, 1, BALLAST_TABLE_MAX_COLUMNS, &number, NULL))
        return;
      boxes->columns[i] = (int) number - 1;
    }
  boxes->form = 0;
}

/* A JSON list of labels has its boxes in lists, too. */
static gboolean
is_list (const BallastManifestBoxes *boxes,
         const BallastImportOptions *options,
         BallastTable               *table,
         const char                 *prefix)
{
  const char *field = ballast_table_get_field (table, boxes->columns[0]);

  return options->format == BALLAST_MANIFEST_JSON_LINES
         && (*prefix != '\0'
             || (field != NULL && strchr (field, BALLAST_INNER_SEPARATOR) != NULL)
             || (field != NULL && forms[boxes->form].names[1] != NULL
                 && strchr (field, BALLAST_LIST_SEPARATOR) != NULL));
}

void
ballast_manifest_boxes_find (BallastManifestBoxes       *boxes,
                             const BallastImportOptions *options,
                             BallastTable               *table)
{
  g_autofree char *prefix = NULL;

  if (boxes->is_list || (boxes->form >= 0 && options->format != BALLAST_MANIFEST_JSON_LINES))
    return;
  if (options->box_columns != NULL)
    {
      take_numbers (boxes, options->box_columns);
      return;
    }
  prefix = dup_prefix (options);
  for (guint form = 0; form < G_N_ELEMENTS (forms) && boxes->form < 0; form++)
    find_form (boxes, table, prefix, form);
  if (boxes->form >= 0)
    boxes->is_list = is_list (boxes, options, table, prefix);
}

gboolean
ballast_manifest_boxes_has_shares (const BallastManifestBoxes *boxes)
{
  return boxes->form >= 0 && forms[boxes->form].has_shares;
}

/* Four texts: their box.  Empty ones alone: none. */
static void
add_box (const BallastManifestBoxes *boxes,
         char                      **texts,
         GArray                     *found)
{
  BallastManifestBox box = { .is_bad = FALSE };
  double values[4] = { 0 };
  guint n_empty = 0;

  for (guint i = 0; i < 4; i++)
    {
      const char *text = g_strstrip (texts[i]);

      if (*text == '\0')
        n_empty++;
      else if (!ballast_json_parse_double (text, strlen (text), &values[i]))
        box.is_bad = TRUE;
    }
  box.is_none = n_empty == 4;
  box.is_bad |= n_empty > 0 && n_empty < 4;
  if (box.is_none && !boxes->is_list)
    return;
  box.box = (BallastBox) { values[0], values[1], values[2], values[3] };
  if (!forms[boxes->form].has_size)
    {
      box.box.width -= box.box.x;
      box.box.height -= box.box.y;
    }
  g_array_append_val (found, box);
}

static void
add_no_box (GArray  *found,
            gboolean is_bad)
{
  BallastManifestBox box = { .is_none = !is_bad, .is_bad = is_bad };

  g_array_append_val (found, box);
}

/* "[1, 2, 3, 4]" or "1 2 3 4". */
static void
add_listed_box (const BallastManifestBoxes *boxes,
                char                       *text,
                char                        separator,
                GArray                     *found)
{
  g_auto(GStrv) parts = NULL;

  g_strdelimit (text, "[]()", ' ');
  g_strstrip (text);
  if (*text == '\0')
    {
      add_no_box (found, FALSE);
      return;
    }
  if (separator == '\0')
    separator = strchr (text, ',') != NULL ? ',' : ' ';
  parts = g_strsplit (text, (const char[]) { separator, '\0' }, -1);
  if (g_strv_length (parts) == 4)
    add_box (boxes, parts, found);
  else
    add_no_box (found, TRUE);
}

/* Of one column: lists in a list, one list, or a text of four numbers. */
static void
get_from_column (const BallastManifestBoxes *boxes,
                 const char                 *field,
                 GArray                     *found)
{
  g_auto(GStrv) parts = NULL;

  if (field == NULL || *field == '\0')
    return;
  parts = g_strsplit (field, (const char[]) { BALLAST_LIST_SEPARATOR, '\0' }, -1);
  if (boxes->is_list)
    for (guint i = 0; parts[i] != NULL; i++)
      add_listed_box (boxes, parts[i], BALLAST_INNER_SEPARATOR, found);
  else if (parts[1] == NULL)
    add_listed_box (boxes, parts[0], '\0', found);
  else if (g_strv_length (parts) == 4)
    add_box (boxes, parts, found);
  else
    add_no_box (found, TRUE);
}

static void
get_from_columns (const BallastManifestBoxes *boxes,
                  BallastTable               *table,
                  GArray                     *found)
{
  char **lists[4];
  guint n = boxes->is_list ? 0 : 1;

  for (guint i = 0; i < 4; i++)
    {
      const char *field = ballast_table_get_field (table, boxes->columns[i]);

      lists[i] = g_strsplit (field != NULL ? field : "",
                             boxes->is_list ? (const char[]) { BALLAST_LIST_SEPARATOR, '\0' }
                                            : "\n\r\n", -1);
      if (boxes->is_list)
        n = MAX (n, g_strv_length (lists[i]));
    }
  for (guint k = 0; k < n; k++)
    {
      char none[1] = "";
      char *texts[4];

      for (guint i = 0; i < 4; i++)
        texts[i] = k < g_strv_length (lists[i]) ? lists[i][k] : none;
      add_box (boxes, texts, found);
    }
  for (guint i = 0; i < 4; i++)
    g_strfreev (lists[i]);
}

void
ballast_manifest_boxes_get (const BallastManifestBoxes *boxes,
                            BallastTable               *table,
                            GArray                     *found)
{
  if (boxes->form < 0)
    return;
  if (forms[boxes->form].names[1] == NULL)
    get_from_column (boxes, ballast_table_get_field (table, boxes->columns[0]), found);
  else
    get_from_columns (boxes, table, found);
}
