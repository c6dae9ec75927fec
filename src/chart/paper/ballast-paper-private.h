#pragma once

#include "ballast-chart-draw.h"
#include "ballast-chart-font.h"
#include "ballast-paper.h"

G_BEGIN_DECLS

/* (transfer full): the document's bytes. */
GByteArray *_ballast_paper_to_pdf  (const BallastPaper    *paper,
                                    GCancellable          *cancellable,
                                    const BallastProgress *progress,
                                    GError               **error);
GByteArray *_ballast_paper_to_html (const BallastPaper    *paper,
                                    GCancellable          *cancellable,
                                    const BallastProgress *progress,
                                    GError               **error);

/* The style sheet of the HTML page. */
extern const char *const _ballast_paper_css;

/* Charts.  A picture's height follows from its width; @most: the room on a page. */
double      _ballast_paper_picture_height   (const BallastPaperBlock *block,
                                             double                   width,
                                             double                   most,
                                             BallastChartFont        *font);
/* At the origin of @cr, on a ground that is painted. */
void        _ballast_paper_picture_draw     (const BallastPaperBlock *block,
                                             cairo_t                 *cr,
                                             const BallastChartRect  *area,
                                             const BallastTheme      *theme,
                                             BallastChartFont        *font);
/* (transfer full): what a screen reader says. */
char       *_ballast_paper_picture_describe (const BallastPaperBlock *block);

/* (transfer full): the picture as an <svg> element; @prefix makes its ids its own in a page. */
char       *_ballast_paper_picture_to_svg   (const BallastPaperBlock *block,
                                             gboolean                 dark,
                                             const char              *prefix);

G_END_DECLS
