/*
 * Tables on paper: columns as wide as what is in them, heads that come again on every page.
 *
 * Numbers never break; what is too long in words takes a second line, then ends in “…”.  Cost: every
 * cell of at most 400 rows is measured for the widths, every cell once more to draw it.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-paper-sheet.h"

#include <math.h>

#define TEXT 8.2
#define GAP 12.0
#define ROW_PADDING 2.4
#define DOT 6.0
#define DOT_GAP 5.0
#define LEAST 40.0        /* of a column of words that has to give way */
#define MEASURED 400      /* rows */
#define AIR 34.0          /* at most so much more for a column than it needs */

typedef struct
{
  Sheet                   *sheet;
  const BallastPaperTable *table;
  double                  *widths;
  double                   dots; /* room before the first column */
} Layout;

static const char *
get_cell (const BallastPaperTable *table,
          guint                    row,
          guint                    column)
{
  return g_ptr_array_index (table->cells, row * table->n_columns + column);
}

static SheetStyle
get_style (const Layout *layout,
           guint         column,
           gboolean      head)
{
  const BallastTheme *theme = layout->sheet->theme;
  gboolean numeric = layout->table->numeric[column];

  return (SheetStyle){ .size = TEXT, .bold = head, .ink = &theme->foreground,
                       .align = numeric ? BALLAST_TEXT_END : BALLAST_TEXT_START, .lines = 2 };
}

/* The widths that everything has in one line. */
static void
measure_columns (Layout *layout)
{
  const BallastPaperTable *table = layout->table;
  guint n = ballast_paper_table_get_n_rows (table);
  guint step = MAX (1, n / MEASURED);

  for (guint column = 0; column < table->n_columns; column++)
    {
      SheetStyle head = get_style (layout, column, TRUE), style = get_style (layout, column, FALSE);

      layout->widths[column] = _ballast_sheet_get_width (layout->sheet, table->titles[column], &head);
      for (guint row = 0; row < n; row += step)
        layout->widths[column] = MAX (layout->widths[column],
                                      _ballast_sheet_get_width (layout->sheet,
                                                                get_cell (table, row, column), &style));
      layout->widths[column] = ceil (layout->widths[column]) + 1;
    }
}

/* Takes @excess away from columns of words, from the widest first; then from numbers, by their share. */
static void
shrink_columns (Layout *layout,
                double  excess)
{
  const BallastPaperTable *table = layout->table;
  double sum = 0;

  while (excess > 0.5)
    {
      int widest = -1;

      for (guint i = 0; i < table->n_columns; i++)
        if (!table->numeric[i] && layout->widths[i] > LEAST &&
            (widest < 0 || layout->widths[i] > layout->widths[widest]))
          widest = (int) i;
      if (widest < 0)
        break;
      layout->widths[widest] -= 1;
      excess -= 1;
    }
  for (guint i = 0; i < table->n_columns; i++)
    sum += layout->widths[i];
  for (guint i = 0; i < table->n_columns && excess > 0.5; i++)
    layout->widths[i] *= MAX (0.1, (sum - excess) / sum);
}

static void
fit_columns (Layout *layout)
{
  const BallastPaperTable *table = layout->table;
  double room = SHEET_INNER - layout->dots - GAP * (table->n_columns - 1), sum = 0, air;

  measure_columns (layout);
  for (guint i = 0; i < table->n_columns; i++)
    sum += layout->widths[i];
  if (sum > room)
    {
      shrink_columns (layout, sum - room);
      return;
    }
  air = MIN (AIR, (room - sum) / table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    layout->widths[i] += air;
}

static double
get_table_width (const Layout *layout)
{
  double width = layout->dots + GAP * (layout->table->n_columns - 1);

  for (guint i = 0; i < layout->table->n_columns; i++)
    width += layout->widths[i];
  return width;
}

static void
draw_rule (const Layout     *layout,
           double            y,
           double            width,
           const BallastInk *ink)
{
  cairo_t *cr = layout->sheet->cr;

  ballast_chart_set_ink (cr, ink, 1);
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, SHEET_MARGIN, y);
  cairo_line_to (cr, SHEET_MARGIN + get_table_width (layout), y);
  cairo_stroke (cr);
}

/* A row of cells with its top at the sheet's y; @row -1: the head.  Returns the height. */
static double
put_row (Layout *layout,
         int     row)
{
  const BallastPaperTable *table = layout->table;
  BallastChartRect place = { SHEET_MARGIN + layout->dots, layout->sheet->y + ROW_PADDING, 0, 0 };
  double height = 0;

  for (guint i = 0; i < table->n_columns; i++)
    {
      const char *text = row < 0 ? table->titles[i] : get_cell (table, (guint) row, i);
      SheetStyle style = get_style (layout, i, row < 0);

      place.width = layout->widths[i];
      height = MAX (height, _ballast_sheet_put (layout->sheet, text, &style, &place));
      place.x += place.width + GAP;
    }
  return height + 2 * ROW_PADDING;
}

static double
measure_row (Layout *layout,
             int     row)
{
  const BallastPaperTable *table = layout->table;
  double height = 0;

  for (guint i = 0; i < table->n_columns; i++)
    {
      const char *text = row < 0 ? table->titles[i] : get_cell (table, (guint) row, i);
      SheetStyle style = get_style (layout, i, row < 0);

      height = MAX (height, _ballast_sheet_measure (layout->sheet, text, &style, layout->widths[i]));
    }
  return height + 2 * ROW_PADDING;
}

static void
put_dot (Layout *layout,
         guint   row,
         double  height)
{
  const BallastInk *ink;

  if (row >= layout->table->inks->len)
    return;
  ink = &g_array_index (layout->table->inks, BallastInk, row);
  if (ink->alpha <= 0)
    return;
  cairo_arc (layout->sheet->cr, SHEET_MARGIN + DOT / 2 + 1, layout->sheet->y + height / 2, DOT / 2, 0,
             2 * G_PI);
  ballast_chart_set_ink (layout->sheet->cr, ink, 1);
  cairo_fill (layout->sheet->cr);
}

static void
put_head (Layout *layout)
{
  Sheet *sheet = layout->sheet;

  draw_rule (layout, sheet->y, 1, &sheet->theme->foreground);
  sheet->y += put_row (layout, -1);
  draw_rule (layout, sheet->y, 0.6, &sheet->theme->axis);
}

void
_ballast_sheet_table (Sheet                   *sheet,
                      const BallastPaperTable *table)
{
  g_autofree double *widths = g_new0 (double, MAX (table->n_columns, 1));
  Layout layout = { sheet, table, widths, table->inks->len > 0 ? DOT + DOT_GAP : 0 };
  guint n = ballast_paper_table_get_n_rows (table);

  if (table->n_columns == 0)
    return;
  fit_columns (&layout);
  _ballast_sheet_need (sheet, measure_row (&layout, -1) + 3 * (TEXT * 1.6 + 2 * ROW_PADDING));
  put_head (&layout);
  for (guint row = 0; row < n; row++)
    {
      double height = measure_row (&layout, (int) row);

      if (sheet->y + height > SHEET_BOTTOM)
        {
          draw_rule (&layout, sheet->y, 0.6, &sheet->theme->axis);
          _ballast_sheet_break (sheet);
          put_head (&layout);
        }
      else if (row > 0)
        draw_rule (&layout, sheet->y, 0.4, &sheet->theme->grid);
      put_dot (&layout, row, height);
      sheet->y += put_row (&layout, (int) row);
    }
  draw_rule (&layout, sheet->y, 1, &sheet->theme->foreground);
  sheet->y += 5;
}
