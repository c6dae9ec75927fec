/*
 * The guide to the augmentation steps, made from their declarations.
 *
 * Nothing of it is written by hand, so that it tells what the program does.  Groups come in the order
 * of the catalogue, with links to each; combinators have no picture.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-op-guide.h"

#include <glib/gi18n-lib.h>

#include "ballast-encode.h"
#include "ballast-op-guide-picture.h"
#include "ballast-op-table.h"
#include "ballast-scale.h"

#define PICTURE_PX 176
#define QUALITY 82

static const char style[] =
  ":root{color-scheme:light dark;--card:#fff;--page:#fafafa;--line:#0002;--dim:#666;--link:#1c71d8}\n"
  "@media(prefers-color-scheme:dark){:root{--card:#303030;--page:#242424;--line:#fff2;--dim:#aaa;"
  "--link:#78aeed}}\n"
  "body{font:15px/1.5 Cantarell,system-ui,sans-serif;background:var(--page);margin:0 auto;"
  "max-width:60rem;padding:1.5rem}\n"
  "a{color:var(--link);text-decoration:none}nav a{display:inline-block;margin:0 .8em .2em 0}\n"
  "h2{margin:2rem 0 .5rem}h3{margin:0}code{color:var(--dim);font-size:.85em}\n"
  "article{background:var(--card);border:1px solid var(--line);border-radius:12px;display:flex;"
  "flex-wrap:wrap;gap:1rem;margin:.8rem 0;padding:1rem}\n"
  "article>div{flex:1 1 22rem;min-width:0}figure{flex:0 0 176px;margin:0}img{border-radius:8px;display:block}\n"
  "p{margin:.3rem 0}.dim{color:var(--dim);font-size:.85em}\n"
  "table{border-collapse:collapse;font-size:.9em;margin-top:.5rem;width:100%}\n"
  "th{color:var(--dim);font-weight:normal;text-align:left}\n"
  "td,th{border-top:1px solid var(--line);padding:.25rem .6rem .25rem 0;vertical-align:top}\n";

static void
append_text (GString    *html,
             const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (html, escaped);
}

static void
append_element (GString    *html,
                const char *element,
                const char *text)
{
  g_string_append_printf (html, "<%s>", element);
  append_text (html, text);
  g_string_append_printf (html, "</%s>", element);
}

/* A picture that lies in the page itself. */
static void
append_picture (GString             *html,
                const BallastRaster *raster,
                const char          *alternative)
{
  g_autoptr(BallastRaster) small = ballast_scale_to_fit (raster, PICTURE_PX, PICTURE_PX);
  BallastEncodeOptions options = { .format = BALLAST_FORMAT_JPEG, .quality = QUALITY };
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *data = NULL;

  if (small->channels != 3 && small->channels != 1)
    options.format = BALLAST_FORMAT_PNG;
  bytes = ballast_encode_bytes (small, &options, NULL);
  if (bytes == NULL)
    return;

  data = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_string_append_printf (html, "<figure><img width=\"%u\" height=\"%u\" alt=\"", small->width,
                          small->height);
  append_text (html, alternative);
  g_string_append_printf (html, "\" src=\"data:image/%s;base64,%s\"></figure>",
                          options.format == BALLAST_FORMAT_PNG ? "png" : "jpeg", data);
}

/* (transfer full): what the parameter may be set to. */
static char *
dup_range (const BallastParameter *parameter)
{
  BallastValue lowest = { { parameter->minimum } }, highest = { { parameter->maximum } };
  BallastParameter number = *parameter;
  g_autofree char *low = NULL, *high = NULL;

  if (parameter->type == BALLAST_PARAMETER_CHOICE)
    {
      g_autoptr(GString) names = g_string_new (NULL);

      for (guint i = 0; i < parameter->n_choices; i++)
        g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", _(parameter->choices[i].label));
      return g_strdup (names->str);
    }
  if (parameter->type == BALLAST_PARAMETER_BOOL)
    return g_strdup (_("on or off"));

  number.type = BALLAST_PARAMETER_FLOAT;
  low = ballast_parameter_format (&number, &lowest);
  high = ballast_parameter_format (&number, &highest);
  return g_strdup_printf (_("%s to %s"), low, high);
}

static void
append_parameter (GString                *html,
                  const BallastParameter *parameter)
{
  g_autofree char *range = dup_range (parameter);
  g_autofree char *initial = ballast_parameter_format (parameter, &parameter->initial);

  g_string_append (html, "<tr><td>");
  append_text (html, _(parameter->label));
  g_string_append (html, "<br>");
  append_element (html, "code", parameter->name);
  g_string_append (html, "</td>");
  append_element (html, "td", initial);
  append_element (html, "td", range);
  append_element (html, "td", *parameter->help != '\0' ? _(parameter->help) : "");
  g_string_append (html, "</tr>\n");
}

static void
append_parameters (GString         *html,
                   const BallastOp *op)
{
  if (op->n_parameters == 0)
    return;

  g_string_append (html, "<table><tr>");
  append_element (html, "th", _("Parameter"));
  append_element (html, "th", _("Default"));
  append_element (html, "th", _("Range"));
  g_string_append (html, "<th></th></tr>\n");
  for (guint i = 0; i < op->n_parameters; i++)
    append_parameter (html, &op->parameters[i]);
  g_string_append (html, "</table>\n");
}

/* What users of boxes, of sides and of files must know. */
static void
append_facts (GString         *html,
              const BallastOp *op)
{
  const struct
  {
    gboolean    holds;
    const char *text;
  } facts[] = {
    { op->moves_boxes, _("Boxes and outlines follow.") },
    { op->hides_boxes, _("May cover objects: boxes shrink by the pipeline’s policy.") },
    { op->mirrors, _("May turn left into right.") },
    { op->needs_colour, _("Leaves grey pictures as they are.") },
    { op->needs_bytes, _("Leaves pictures of 16 bits as they are.") },
    { op->needs_boxes, _("Looks at the boxes of the picture.") },
    { op->n_partners > 0, _("Takes parts of other pictures of the dataset.") },
    { op->ours_alone, _("Not in Albumentations: its files leave this step out.") },
  };
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i].holds)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", facts[i].text);
  if (text->len > 0)
    {
      g_string_append (html, "<p class=\"dim\">");
      append_text (html, text->str);
      g_string_append (html, "</p>\n");
    }
}

static gboolean
append_op (GString                      *html,
           const BallastOp              *op,
           const BallastOpGuidePictures *pictures,
           GCancellable                 *cancellable,
           GError                      **error)
{
  g_string_append_printf (html, "<article id=\"%s\">\n", op->name);
  if (op->combinator == BALLAST_COMBINATOR_NONE)
    {
      g_autoptr(BallastRaster) raster = ballast_op_guide_pictures_apply (pictures, op, cancellable,
                                                                          error);

      if (raster == NULL)
        return FALSE;
      append_picture (html, raster, _(op->title));
    }

  g_string_append (html, "<div>");
  append_element (html, "h3", _(op->title));
  append_element (html, "code", op->name);
  append_element (html, "p", _(op->help));
  append_facts (html, op);
  append_parameters (html, op);
  g_string_append (html, "</div></article>\n");
  return TRUE;
}

static void
append_links (GString *html)
{
  const char *group = NULL;

  g_string_append (html, "<nav>");
  for (guint i = 0; i < ballast_op_get_n (); i++)
    {
      const BallastOp *op = ballast_op_get (i);

      if (g_strcmp0 (group, op->group) != 0)
        append_element (html, "h4", _(op->group));
      group = op->group;
      g_string_append_printf (html, "<a href=\"#%s\">", op->name);
      append_text (html, _(op->title));
      g_string_append (html, "</a> ");
    }
  g_string_append (html, "</nav>\n");
}

static gboolean
append_ops (GString                      *html,
            const BallastOpGuidePictures *pictures,
            GCancellable                 *cancellable,
            GError                      **error)
{
  const char *group = NULL;

  for (guint i = 0; i < ballast_op_get_n (); i++)
    {
      const BallastOp *op = ballast_op_get (i);

      if (g_strcmp0 (group, op->group) != 0)
        append_element (html, "h2", _(op->group));
      group = op->group;
      if (!append_op (html, op, pictures, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

char *
ballast_op_guide_dup_html (GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr(GString) html = g_string_new ("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
                                           "<meta name=\"viewport\" content=\"width=device-width\">");
  BallastOpGuidePictures pictures = { { NULL } };
  gboolean success;

  append_element (html, "title", _("Augmentation steps of Ballast"));
  g_string_append_printf (html, "<style>%s</style></head>\n<body>", style);
  append_element (html, "h1", _("Augmentation steps of Ballast"));
  append_element (html, "p", _("Names, parameters and units are those of Albumentations wherever it "
                                "has the step. Pictures show the defaults on this sign:"));
  ballast_op_guide_pictures_draw (&pictures);
  append_picture (html, pictures.pictures[0], _("The original"));
  append_links (html);
  success = append_ops (html, &pictures, cancellable, error);
  ballast_op_guide_pictures_clear (&pictures);
  g_string_append (html, "</body></html>\n");
  return success ? g_strdup (html->str) : NULL;
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      path,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  g_autofree char *html = ballast_op_guide_dup_html (cancellable, &error);

  if (html != NULL && g_file_set_contents (path, html, -1, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
ballast_op_guide_write_async (const char         *path,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, ballast_op_guide_write_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, write_in_thread);
}

gboolean
ballast_op_guide_write_finish (GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
