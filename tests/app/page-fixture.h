#pragma once

#include "window-fixture.h"

/* Short words for the tests of one page. */

/* A window on a dataset of @classes that shows @page. */
void       page_fixture_set_up    (WindowFixture            *fixture,
                                   const WindowFixtureClass *classes,
                                   const char               *page);
void       page_fixture_show      (WindowFixture            *fixture,
                                   const char               *page);

/* The n-th widget whose type is called @type_name, anywhere in the window; fails without one. */
GtkWidget *page_fixture_get       (WindowFixture            *fixture,
                                   const char               *type_name,
                                   guint                     n);

/* How many of them are visible. */
guint      page_fixture_count     (WindowFixture            *fixture,
                                   const char               *type_name);

/* TRUE if a visible label's text holds @text. */
gboolean   page_fixture_shows     (WindowFixture            *fixture,
                                   const char               *text);

/* Waits until it does; fails after the fixture's deadline. */
void       page_fixture_wait_text (WindowFixture            *fixture,
                                   const char               *text);

/* Waits until the pages have settled on what the last edit made: no edit under way. */
void       page_fixture_wait_edit (WindowFixture            *fixture,
                                   const char               *undo_label);

void       page_fixture_click     (GtkWidget                *button);
void       page_fixture_undo      (WindowFixture            *fixture);

/* A key on @widget's own controller, as if it had the focus. */
gboolean   page_fixture_press     (GtkWidget                *widget,
                                   guint                     keyval);

/* The controller of @type on @widget; fails without one. */
GtkEventController *page_fixture_get_controller (GtkWidget  *widget,
                                                 GType       type);
