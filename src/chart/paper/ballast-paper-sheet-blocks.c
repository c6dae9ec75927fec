/*
 * The blocks of a document, put down on sheets.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-paper-sheet.h"

#include <cairo-pdf.h>
#include <string.h>

#define BODY 9.4
#define SMALL 7.9
#define CARDS 3        /* beside each other */
#define CARD_GAP 12.0
#define CARD_PADDING 9.0
#define CARD_RADIUS 6.0
#define INDENT 13.0
#define WARNING_BAR 2.4

static const BallastInk warning_ink = { 0.90f, 0.38f, 0.0f, 1.0f };

void
_ballast_sheet_title (Sheet *sheet)
{
  SheetStyle style = { .size = 25, .bold = TRUE, .ink = &sheet->theme->foreground, .lines = 3 };
  BallastChartRect place = { SHEET_MARGIN, 60, SHEET_INNER, 0 };

  sheet->y = place.y + _ballast_sheet_put (sheet, sheet->paper->title, &style, &place) + 3;
  style = (SheetStyle){ .size = 11, .ink = &sheet->theme->dim, .lines = 2 };
  place.y = sheet->y;
  place.width = SHEET_INNER * 0.68;
  sheet->y += _ballast_sheet_put (sheet, sheet->paper->subtitle, &style, &place) + 8;
  style.align = BALLAST_TEXT_END;
  place.x += place.width;
  place.width = SHEET_INNER - place.width;
  _ballast_sheet_put (sheet, sheet->paper->date, &style, &place);
  _ballast_sheet_rule (sheet, sheet->y, 1.2, &sheet->theme->accent);
  sheet->y += 14;
}

/* The entry in the list that a reader shows beside the pages, and the place that it leads to. */
static void
add_outline (Sheet                   *sheet,
             const BallastPaperBlock *block)
{
  g_autofree char *link = g_strdup_printf ("page=%u pos=[%d %d]", sheet->page, (int) SHEET_MARGIN,
                                           (int) sheet->y - 6);
  guint level = CLAMP (block->level, 1, 2);
  int parent = level == 1 ? CAIRO_PDF_OUTLINE_ROOT : sheet->outline[1];

  sheet->outline[level] = cairo_pdf_surface_add_outline (sheet->surface, parent, block->text, link,
                                                         level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
}

static gboolean
is_table (Sheet *sheet,
          guint  place)
{
  const GPtrArray *blocks = sheet->paper->blocks;

  return place < blocks->len &&
         ((const BallastPaperBlock *) g_ptr_array_index (blocks, place))->kind == BALLAST_PAPER_TABLE;
}

/* What has to have room below a heading: the beginning of the block at @place, or all of a picture. */
static double
get_least_height (Sheet *sheet,
                  guint  place)
{
  const BallastPaperBlock *block;

  if (place >= sheet->paper->blocks->len)
    return 0;
  block = g_ptr_array_index (sheet->paper->blocks, place);
  switch (block->kind)
    {
    case BALLAST_PAPER_HEADING:
      return 32 + get_least_height (sheet, place + 1);
    case BALLAST_PAPER_FIGURES:
      return 110;
    case BALLAST_PAPER_TABLE:
      return 76;
    case BALLAST_PAPER_CHART:
    case BALLAST_PAPER_WEIGHTS:
    case BALLAST_PAPER_TREE:
    case BALLAST_PAPER_PICTURE:
      return _ballast_paper_picture_height (block, SHEET_INNER, SHEET_BOTTOM - SHEET_TOP - 60, sheet->font);
    case BALLAST_PAPER_TEXT:
      return 30 + (is_table (sheet, place + 1) ? 60 : 14);
    case BALLAST_PAPER_NOTE:
    case BALLAST_PAPER_WARNING:
    case BALLAST_PAPER_ITEM:
    case BALLAST_PAPER_CODE:
    default:
      return 44;
    }
}

/* A heading never stands alone at the foot of a page. */
static void
put_heading (Sheet                   *sheet,
             const BallastPaperBlock *block,
             guint                    place)
{
  SheetStyle style = { .size = block->level == 1 ? 15 : 11, .bold = TRUE,
                       .ink = &sheet->theme->foreground };

  if (sheet->y > SHEET_TOP)
    sheet->y += block->level == 1 ? 16 : 9;
  _ballast_sheet_need (sheet, style.size * 2 + get_least_height (sheet, place + 1));
  add_outline (sheet, block);
  _ballast_sheet_flow (sheet, block->text, &style, 0);
  sheet->y += block->level == 1 ? 4 : 2;
}

static gboolean
has_detail (const BallastPaperBlock *block)
{
  return block->detail != NULL && *block->detail != '\0';
}

static void
put_words (Sheet                   *sheet,
           const BallastPaperBlock *block)
{
  gboolean note = block->kind == BALLAST_PAPER_NOTE;
  SheetStyle style = { .size = note ? SMALL : BODY,
                       .ink = note ? &sheet->theme->dim : &sheet->theme->foreground };

  _ballast_sheet_flow (sheet, block->text, &style, 0);
  if (has_detail (block))
    {
      style = (SheetStyle){ .size = SMALL, .ink = &sheet->theme->dim };
      _ballast_sheet_flow (sheet, block->detail, &style, 0);
    }
  sheet->y += 5;
}

static void
put_item (Sheet                   *sheet,
          const BallastPaperBlock *block)
{
  SheetStyle style = { .size = BODY, .ink = &sheet->theme->foreground };
  double indent = INDENT * (block->level + 1);
  BallastChartRect place = { SHEET_MARGIN + indent - INDENT + 3, 0, INDENT, 0 };

  _ballast_sheet_need (sheet, BODY * 1.6);
  place.y = sheet->y;
  _ballast_sheet_put (sheet, "•", &style, &place);
  _ballast_sheet_flow (sheet, block->text, &style, indent);
  if (has_detail (block))
    {
      style = (SheetStyle){ .size = SMALL, .ink = &sheet->theme->dim };
      _ballast_sheet_flow (sheet, block->detail, &style, indent);
    }
  sheet->y += 2.5;
}

static void
put_warning (Sheet                   *sheet,
             const BallastPaperBlock *block)
{
  SheetStyle style = { .size = BODY, .ink = &sheet->theme->foreground };
  SheetStyle pale = { .size = SMALL, .ink = &sheet->theme->dim };
  double width = SHEET_INNER - INDENT;
  double height = _ballast_sheet_measure (sheet, block->text, &style, width);

  if (has_detail (block))
    height += _ballast_sheet_measure (sheet, block->detail, &pale, width) + 2;
  _ballast_sheet_need (sheet, MIN (height, 200));
  if (sheet->y + height < SHEET_BOTTOM)
    {
      cairo_rectangle (sheet->cr, SHEET_MARGIN, sheet->y - 1, WARNING_BAR, height + 3);
      ballast_chart_set_ink (sheet->cr, &warning_ink, 1);
      cairo_fill (sheet->cr);
    }
  _ballast_sheet_flow (sheet, block->text, &style, INDENT);
  if (has_detail (block))
    _ballast_sheet_flow (sheet, block->detail, &pale, INDENT);
  sheet->y += 7;
}

static void
put_code (Sheet                   *sheet,
          const BallastPaperBlock *block)
{
  SheetStyle style = { .size = SMALL, .mono = TRUE, .ink = &sheet->theme->foreground };

  _ballast_sheet_flow (sheet, block->text, &style, 6);
  sheet->y += 6;
}

/* One card, or only its height. */
static double
put_card (Sheet                    *sheet,
          const BallastPaperFigure *figure,
          const BallastChartRect   *card,
          gboolean                  drawn)
{
  SheetStyle value = { .size = 19, .bold = TRUE, .ink = &sheet->theme->foreground, .lines = 1 };
  SheetStyle unit = { .size = 10, .ink = &sheet->theme->dim, .lines = 1 };
  SheetStyle caption = { .size = BODY, .ink = &sheet->theme->foreground, .lines = 2 };
  SheetStyle words = { .size = SMALL, .ink = &sheet->theme->dim };
  BallastChartRect place = { card->x + CARD_PADDING, card->y + CARD_PADDING,
                             card->width - 2 * CARD_PADDING, 0 };
  double width = _ballast_sheet_get_width (sheet, figure->value, &value);
  double heights[] = { _ballast_sheet_measure (sheet, figure->value, &value, place.width),
                       _ballast_sheet_measure (sheet, figure->caption, &caption, place.width),
                       _ballast_sheet_measure (sheet, figure->explanation, &words, place.width) };

  if (drawn)
    {
      BallastChartRect beside = { place.x + width + 4, place.y + 9.5, place.width - width - 4, 0 };

      _ballast_sheet_put (sheet, figure->value, &value, &place);
      if (*figure->unit != '\0' && beside.width > 10)
        _ballast_sheet_put (sheet, figure->unit, &unit, &beside);
      place.y += heights[0] + 1;
      _ballast_sheet_put (sheet, figure->caption, &caption, &place);
      place.y += heights[1] + 4;
      _ballast_sheet_put (sheet, figure->explanation, &words, &place);
    }
  return heights[0] + heights[1] + heights[2] + 5 + 2 * CARD_PADDING;
}

static void
draw_card_ground (Sheet                  *sheet,
                  const BallastChartRect *card)
{
  cairo_t *cr = sheet->cr;
  double r = CARD_RADIUS, x = card->x, y = card->y, w = card->width, h = card->height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + w - r, y + r, r, -G_PI / 2, 0);
  cairo_arc (cr, x + w - r, y + h - r, r, 0, G_PI / 2);
  cairo_arc (cr, x + r, y + h - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
  ballast_chart_set_ink (cr, &sheet->theme->grid, 1);
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
}

static void
put_figures (Sheet                   *sheet,
             const BallastPaperBlock *block)
{
  double width = (SHEET_INNER - (CARDS - 1) * CARD_GAP) / CARDS;

  for (guint first = 0; first < block->figures->len; first += CARDS)
    {
      guint end = MIN (first + CARDS, block->figures->len);
      BallastChartRect card = { SHEET_MARGIN, 0, width, 0 };

      for (guint i = first; i < end; i++)
        card.height = MAX (card.height, put_card (sheet, g_ptr_array_index (block->figures, i), &card,
                                                  FALSE));
      _ballast_sheet_need (sheet, card.height);
      card.y = sheet->y;
      for (guint i = first; i < end; i++)
        {
          draw_card_ground (sheet, &card);
          put_card (sheet, g_ptr_array_index (block->figures, i), &card, TRUE);
          card.x += width + CARD_GAP;
        }
      sheet->y += card.height + CARD_GAP;
    }
}

static void
put_picture (Sheet                   *sheet,
             const BallastPaperBlock *block)
{
  double most = SHEET_BOTTOM - SHEET_TOP - 60;
  BallastChartRect area = { SHEET_MARGIN, 0, SHEET_INNER, 0 };

  area.height = _ballast_paper_picture_height (block, area.width, most, sheet->font);
  _ballast_sheet_need (sheet, area.height + (block->text != NULL ? 16 : 0));
  area.y = sheet->y + 2;
  _ballast_paper_picture_draw (block, sheet->cr, &area, sheet->theme, sheet->font);
  sheet->y += area.height + 5;
}

static void
put_caption (Sheet                   *sheet,
             const BallastPaperBlock *block)
{
  SheetStyle style = { .size = SMALL, .ink = &sheet->theme->dim };

  if (block->text != NULL)
    _ballast_sheet_flow (sheet, block->text, &style, 0);
  sheet->y += 9;
}

void
_ballast_sheet_block (Sheet *sheet,
                      guint  place)
{
  const BallastPaperBlock *block = g_ptr_array_index (sheet->paper->blocks, place);

  switch (block->kind)
    {
    case BALLAST_PAPER_HEADING:
      put_heading (sheet, block, place);
      break;
    case BALLAST_PAPER_TEXT:
    case BALLAST_PAPER_NOTE:
      put_words (sheet, block);
      break;
    case BALLAST_PAPER_WARNING:
      put_warning (sheet, block);
      break;
    case BALLAST_PAPER_ITEM:
      put_item (sheet, block);
      break;
    case BALLAST_PAPER_CODE:
      put_code (sheet, block);
      break;
    case BALLAST_PAPER_FIGURES:
      put_figures (sheet, block);
      break;
    case BALLAST_PAPER_TABLE:
      _ballast_sheet_table (sheet, block->table);
      put_caption (sheet, block);
      break;
    case BALLAST_PAPER_CHART:
    case BALLAST_PAPER_WEIGHTS:
    case BALLAST_PAPER_TREE:
    case BALLAST_PAPER_PICTURE:
      put_picture (sheet, block);
      put_caption (sheet, block);
      break;
    }
}
