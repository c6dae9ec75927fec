/*
 * A document as one HTML page: style and pictures are inside, nothing is fetched, nothing runs.
 *
 * The page is well-formed XML too.  Every text is escaped here; names keep their direction to
 * themselves (dir="auto").  Pictures are there twice, for light and for dark screens.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-paper-private.h"

#include <string.h>

typedef struct
{
  const BallastPaper *paper;
  GString            *text;
  guint               n_pictures;
  guint               n_headings;
  int                 open_items; /* nested lists that are open; -1: none */
} Page;

static void
append_escaped (Page       *page,
                const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (page->text, escaped);
}

/* <@tag class="@class" dir="auto">@text</@tag>; nothing for no text. */
static void
append_element (Page       *page,
                const char *tag,
                const char *class,
                const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_string_append_printf (page->text, "<%s", tag);
  if (class != NULL)
    g_string_append_printf (page->text, " class=\"%s\"", class);
  g_string_append (page->text, " dir=\"auto\">");
  append_escaped (page, text);
  g_string_append_printf (page->text, "</%s>\n", tag);
}

static void
append_head (Page *page)
{
  const BallastPaper *paper = page->paper;

  g_string_append_printf (page->text, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                          "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                          "style-src 'unsafe-inline'\"/>\n<meta name=\"generator\" content=\"",
                          paper->language);
  append_escaped (page, paper->producer);
  g_string_append (page->text, "\"/>\n<title>");
  append_escaped (page, paper->title);
  g_string_append_printf (page->text, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<header>\n",
                          _ballast_paper_css);
  append_element (page, "h1", NULL, paper->title);
  g_string_append (page->text, "<p class=\"subtitle\"><span dir=\"auto\">");
  append_escaped (page, paper->subtitle);
  g_string_append (page->text, "</span> <span class=\"date\">");
  append_escaped (page, paper->date);
  g_string_append (page->text, "</span></p>\n</header>\n");
}

/* Sections, to jump to. */
static void
append_contents (Page *page)
{
  guint n = 0;

  g_string_append (page->text, "<nav>\n");
  for (guint i = 0; i < page->paper->blocks->len; i++)
    {
      const BallastPaperBlock *block = g_ptr_array_index (page->paper->blocks, i);

      if (block->kind != BALLAST_PAPER_HEADING)
        continue;
      n++;
      if (block->level > 1)
        continue;
      g_string_append_printf (page->text, "<a href=\"#s%u\">", n);
      append_escaped (page, block->text);
      g_string_append (page->text, "</a>\n");
    }
  g_string_append (page->text, "</nav>\n");
}

/* Closes lists deeper than @level and opens those up to it; -1 closes all. */
static void
set_items (Page *page,
           int   level)
{
  for (; page->open_items > level; page->open_items--)
    g_string_append (page->text, "</li></ul>\n");
  for (; page->open_items < level; page->open_items++)
    g_string_append (page->text, page->open_items + 1 < level ? "<ul><li>" : "<ul>\n");
}

static void
append_item (Page                    *page,
             const BallastPaperBlock *block)
{
  int before = page->open_items;

  set_items (page, (int) block->level);
  if (before >= (int) block->level)
    g_string_append (page->text, "</li>\n");
  g_string_append (page->text, "<li>");
  append_element (page, "span", NULL, block->text);
  append_element (page, "small", NULL, block->detail);
}

static void
append_heading (Page                    *page,
                const BallastPaperBlock *block)
{
  guint level = CLAMP (block->level, 1, 2) + 1;

  g_string_append_printf (page->text, "<h%u id=\"s%u\" dir=\"auto\">", level, ++page->n_headings);
  append_escaped (page, block->text);
  g_string_append_printf (page->text, "</h%u>\n", level);
}

static void
append_figures (Page            *page,
                const GPtrArray *figures)
{
  g_string_append (page->text, "<div class=\"figures\">\n");
  for (guint i = 0; i < figures->len; i++)
    {
      const BallastPaperFigure *figure = g_ptr_array_index (figures, i);

      g_string_append (page->text, "<section>\n<p class=\"value\"><b>");
      append_escaped (page, figure->value);
      g_string_append (page->text, "</b> ");
      append_escaped (page, figure->unit);
      g_string_append (page->text, "</p>\n");
      append_element (page, "p", "caption", figure->caption);
      append_element (page, "p", "explanation", figure->explanation);
      g_string_append (page->text, "</section>\n");
    }
  g_string_append (page->text, "</div>\n");
}

static void
append_dot (Page                    *page,
            const BallastPaperTable *table,
            guint                    row)
{
  const BallastInk *ink = row < table->inks->len ? &g_array_index (table->inks, BallastInk, row) : NULL;
  g_autofree char *hex = NULL;

  if (ink == NULL || ink->alpha <= 0)
    return;
  hex = ballast_ink_to_hex (*ink);
  g_string_append_printf (page->text, "<i style=\"background:%s\"></i>", hex);
}

static void
append_row (Page                    *page,
            const BallastPaperTable *table,
            guint                    row)
{
  g_string_append (page->text, "<tr>");
  for (guint i = 0; i < table->n_columns; i++)
    {
      const char *cell = g_ptr_array_index (table->cells, row * table->n_columns + i);
      const char *tag = i == 0 ? "th scope=\"row\"" : "td";

      g_string_append_printf (page->text, "<%s%s>", tag, table->numeric[i] ? " class=\"n\"" : "");
      if (i == 0)
        append_dot (page, table, row);
      g_string_append (page->text, "<bdi>");
      append_escaped (page, cell);
      g_string_append_printf (page->text, "</bdi></%s>", i == 0 ? "th" : "td");
    }
  g_string_append (page->text, "</tr>\n");
}

static void
append_table (Page                    *page,
              const BallastPaperBlock *block)
{
  const BallastPaperTable *table = block->table;

  if (table->n_columns == 0)
    return;
  g_string_append (page->text, "<div class=\"table\"><table>\n");
  append_element (page, "caption", NULL, block->text);
  g_string_append (page->text, "<thead><tr>");
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_string_append_printf (page->text, "<th scope=\"col\"%s>", table->numeric[i] ? " class=\"n\"" : "");
      append_escaped (page, table->titles[i]);
      g_string_append (page->text, "</th>");
    }
  g_string_append (page->text, "</tr></thead>\n<tbody>\n");
  for (guint row = 0; row < ballast_paper_table_get_n_rows (table); row++)
    append_row (page, table, row);
  g_string_append (page->text, "</tbody></table></div>\n");
}

static void
append_picture (Page                    *page,
                const BallastPaperBlock *block)
{
  g_autofree char *label = _ballast_paper_picture_describe (block);

  page->n_pictures++;
  g_string_append (page->text, "<figure role=\"img\" aria-label=\"");
  append_escaped (page, label);
  g_string_append (page->text, "\">\n");
  for (guint dark = 0; dark < 2; dark++)
    {
      g_autofree char *prefix = g_strdup_printf ("%c%u-", dark ? 'd' : 'l', page->n_pictures);
      g_autofree char *svg = _ballast_paper_picture_to_svg (block, dark == 1, prefix);

      g_string_append_printf (page->text, "<div class=\"%s\">%s</div>\n", dark ? "dark" : "light", svg);
    }
  append_element (page, "figcaption", NULL, block->text);
  g_string_append (page->text, "</figure>\n");
}

static void
append_words (Page                    *page,
              const BallastPaperBlock *block)
{
  if (block->kind == BALLAST_PAPER_CODE)
    {
      append_element (page, "pre", NULL, block->text);
      return;
    }
  if (block->kind == BALLAST_PAPER_WARNING)
    g_string_append (page->text, "<div class=\"warning\">\n");
  append_element (page, "p", block->kind == BALLAST_PAPER_NOTE ? "note" : NULL, block->text);
  append_element (page, "p", "note", block->detail);
  if (block->kind == BALLAST_PAPER_WARNING)
    g_string_append (page->text, "</div>\n");
}

static void
append_block (Page                    *page,
              const BallastPaperBlock *block)
{
  if (block->kind != BALLAST_PAPER_ITEM)
    set_items (page, -1);
  switch (block->kind)
    {
    case BALLAST_PAPER_HEADING:
      append_heading (page, block);
      break;
    case BALLAST_PAPER_ITEM:
      append_item (page, block);
      break;
    case BALLAST_PAPER_FIGURES:
      append_figures (page, block->figures);
      break;
    case BALLAST_PAPER_TABLE:
      append_table (page, block);
      break;
    case BALLAST_PAPER_CHART:
    case BALLAST_PAPER_WEIGHTS:
    case BALLAST_PAPER_TREE:
    case BALLAST_PAPER_PICTURE:
      append_picture (page, block);
      break;
    case BALLAST_PAPER_TEXT:
    case BALLAST_PAPER_NOTE:
    case BALLAST_PAPER_WARNING:
    case BALLAST_PAPER_CODE:
    default:
      append_words (page, block);
      break;
    }
}

GByteArray *
_ballast_paper_to_html (const BallastPaper    *paper,
                        GCancellable          *cancellable,
                        const BallastProgress *progress,
                        GError               **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  BallastProgressState state = { 0, paper->blocks->len };
  Page page = { paper, text, 0, 0, -1 };
  gsize length;

  append_head (&page);
  append_contents (&page);
  for (guint i = 0; i < paper->blocks->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      append_block (&page, g_ptr_array_index (paper->blocks, i));
      state.items_done++;
      ballast_progress_report (progress, &state);
    }
  set_items (&page, -1);
  g_string_append (text, "</main>\n<footer>");
  append_escaped (&page, paper->producer);
  g_string_append (text, "</footer>\n</body>\n</html>\n");
  length = text->len;
  return g_byte_array_new_take ((guint8 *) g_string_free (g_steal_pointer (&text), FALSE), length);
}
