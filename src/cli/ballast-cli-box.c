/*
 * The boxes of one image: listed, and edited one by one.
 *
 * A box is known by its number in its image, which stays whatever happens to the others.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include <math.h>
#include <string.h>

#include "ballast-document-edits.h"
#include "ballast-image-list.h"
#include "ballast-json.h"
#include "ballast-shape.h"

/* Annotation ids are image id × 2^20 + their number from 0 on. */
#define NUMBER_MASK 0xfffff

static BallastImageDetails *
load_details (BallastDocument *document,
              const char      *path)
{
  g_auto(BallastCliWait) found = { NULL };
  g_auto(BallastCliWait) loaded = { NULL };
  g_autoptr(GError) error = NULL;
  BallastImageDetails *details;
  gint64 id;

  ballast_image_find_async (document, path, NULL, ballast_cli_on_done, &found);
  id = ballast_image_find_finish (ballast_cli_wait (&found), &error);
  if (id == 0)
    g_printerr ("ballast-cli: There is no image “%s” in “%s”.\n", path,
                ballast_document_get_title (document));
  if (id <= 0)
    return error != NULL ? (ballast_cli_fail (error), NULL) : NULL;

  ballast_image_details_load_async (document, id, NULL, ballast_cli_on_done, &loaded);
  details = ballast_image_details_load_finish (ballast_cli_wait (&loaded), &error);
  if (details == NULL)
    ballast_cli_fail (error);
  return details;
}

static guint
get_number (const BallastAnnotation *annotation)
{
  return (guint) (annotation->id & NUMBER_MASK) + 1;
}

static BallastMarks
get_marks (const BallastAnnotation *annotation)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;

  if (annotation->n_extra > 0)
    ballast_shape_unpack (&shape, annotation->extra, annotation->n_extra);
  return shape.marks;
}

static void
print_one (const BallastAnnotation *annotation,
           const char              *class_name,
           gboolean                 is_excluded)
{
  const BallastBox *box = &annotation->box;
  BallastMarks marks = get_marks (annotation);
  g_autofree char *place
    = annotation->has_box ? g_strdup_printf ("%.6g × %.6g at %.6g, %.6g", box->width, box->height,
                                             box->x, box->y)
                          : g_strdup ("the whole image");

  g_print ("%4u  %s  %s%s%s%s%s%s\n", get_number (annotation), class_name, place,
           marks & BALLAST_MARK_CROWD ? ", crowd" : "",
           marks & BALLAST_MARK_DIFFICULT ? ", difficult" : "",
           marks & BALLAST_MARK_TRUNCATED ? ", truncated" : "",
           marks & BALLAST_MARK_OCCLUDED ? ", occluded" : "", is_excluded ? ", excluded" : "");
}

static void
add_json (JsonArray               *array,
          const BallastAnnotation *annotation,
          const char              *class_name,
          gboolean                 is_excluded)
{
  JsonObject *object = json_object_new ();
  JsonArray *box = json_array_new ();

  json_object_set_int_member (object, "number", get_number (annotation));
  json_object_set_string_member (object, "class", class_name);
  if (annotation->has_box)
    {
      json_array_add_double_element (box, annotation->box.x);
      json_array_add_double_element (box, annotation->box.y);
      json_array_add_double_element (box, annotation->box.width);
      json_array_add_double_element (box, annotation->box.height);
      json_object_set_array_member (object, "bbox", json_array_ref (box));
    }
  json_array_unref (box);
  json_object_set_boolean_member (object, "crowd",
                                  (get_marks (annotation) & BALLAST_MARK_CROWD) != 0);
  json_object_set_boolean_member (object, "excluded", is_excluded);
  json_array_add_object_element (array, object);
}

static int
list_boxes (const BallastImageDetails *details,
            gboolean                   as_json)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < details->n_annotations + details->n_aside; i++)
    {
      gboolean is_excluded = i >= details->n_annotations;
      guint at = is_excluded ? i - details->n_annotations : i;
      const BallastAnnotation *annotation = is_excluded ? &details->aside[at]
                                                        : &details->annotations[at];
      const char *name = is_excluded ? details->aside_names[at] : details->class_names[at];

      if (as_json)
        add_json (array, annotation, name, is_excluded);
      else
        print_one (annotation, name, is_excluded);
    }
  json_object_set_array_member (object, "boxes", array);
  json_node_take_object (node, object);
  if (as_json)
    ballast_cli_print_json (node);
  else
    json_node_unref (node);
  return BALLAST_CLI_DONE;
}

/* The ids of the boxes called @numbers; NULL after a line on standard error. */
static gint64 *
find_boxes (const BallastImageDetails *details,
            char                     **numbers,
            guint                      n)
{
  g_autofree gint64 *ids = g_new0 (gint64, n + 1);

  for (guint i = 0; i < n; i++)
    {
      guint64 number;

      if (g_ascii_string_to_unsigned (numbers[i], 10, 1, NUMBER_MASK + 1, &number, NULL))
        {
          for (guint k = 0; k < details->n_annotations; k++)
            if (get_number (&details->annotations[k]) == number)
              ids[i] = details->annotations[k].id;
          for (guint k = 0; k < details->n_aside; k++)
            if (get_number (&details->aside[k]) == number)
              ids[i] = details->aside[k].id;
        }
      if (ids[i] == 0)
        {
          g_autofree char *name = ballast_cli_display (details->record.name);

          g_printerr ("ballast-cli: “%s” has no box number %s.\n", name, numbers[i]);
          return NULL;
        }
    }
  return g_steal_pointer (&ids);
}

/* "exclude": what it does; FALSE for another word. */
static gboolean
parse_verb (const char    *verb,
            BallastBoxAct *act)
{
  static const char *const verbs[] = { "relabel", "delete", "exclude", "restore" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verb, verbs[i]) == 0)
      {
        *act = (BallastBoxAct) i;
        return TRUE;
      }
  return FALSE;
}

static int
edit_boxes (BallastDocument           *document,
            const BallastImageDetails *details,
            BallastBoxEdit            *edit,
            char                     **numbers,
            const char                *into)
{
  const BallastClassTally *class
    = into != NULL ? ballast_tally_find_class (ballast_document_get_tally (document), into) : NULL;
  g_autofree gint64 *ids = NULL;
  g_auto(BallastCliWait) wait = { NULL };

  if (into != NULL && class == NULL)
    {
      g_printerr ("ballast-cli: There is no class “%s” in “%s”.\n", into,
                  ballast_document_get_title (document));
      return BALLAST_CLI_FAILED;
    }
  ids = find_boxes (details, numbers, edit->n_ids);
  if (ids == NULL)
    return BALLAST_CLI_FAILED;
  edit->ids = ids;
  edit->class_id = class != NULL ? class->id : 0;
  ballast_document_edit_boxes_async (document, edit, ballast_cli_on_done, &wait);
  return ballast_cli_finish_edit (document, &wait);
}

int
ballast_cli_box (const char *usage,
                 int         argc,
                 char      **argv)
{
  g_autoptr(BallastDocument) document = NULL;
  g_autoptr(BallastImageDetails) details = NULL;
  g_autofree char *into = NULL;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "into", 0, 0, G_OPTION_ARG_STRING, &into, "The class that relabel gives", "NAME" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "List as JSON", NULL },
    { NULL }
  };
  BallastBoxEdit edit = { 0 };
  gboolean is_list;
  int status;

  if (!ballast_cli_parse (usage, entries, 3, -1, &argc, &argv, &status))
    return status;
  is_list = strcmp (argv[2], "list") == 0;
  if (!is_list && !parse_verb (argv[2], &edit.act))
    return ballast_cli_misuse ("“%s” is none of list, relabel, delete, exclude, restore", argv[2]);
  if (is_list ? argc != 4 : argc < 5)
    return ballast_cli_misuse ("usage: ballast-cli %s", usage);
  if (!is_list && (edit.act == BALLAST_BOX_RELABEL) != (into != NULL))
    return ballast_cli_misuse (into != NULL ? "--into is for relabel" : "box relabel needs --into NAME");

  document = ballast_cli_open (argv[1]);
  details = document != NULL ? load_details (document, argv[3]) : NULL;
  if (details == NULL)
    return BALLAST_CLI_FAILED;
  edit.n_ids = argc - 4;
  return is_list ? list_boxes (details, as_json)
                 : edit_boxes (document, details, &edit, argv + 4, into);
}
