#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A slider with two handles for a range, or with one for a number.
 *
 * Each handle takes the focus by itself, is a slider to assistive technology, and answers to the
 * arrow keys, Page Up and Down, Home and End.  The lower handle never passes the upper one.
 *
 * Signals: "changed" while a handle moves; "committed" when it was let go, or after each key: what
 * is stored, and undone, is stored then.
 */
#define BALLAST_TYPE_RANGE_SLIDER (ballast_range_slider_get_type ())
G_DECLARE_FINAL_TYPE (BallastRangeSlider, ballast_range_slider, BALLAST, RANGE_SLIDER, GtkWidget)

/* @minimum < @maximum; @step > 0 is what an arrow key moves, and what values are rounded to. */
GtkWidget *ballast_range_slider_new        (double              minimum,
                                            double              maximum,
                                            double              step,
                                            gboolean            two_handles);

/* The accessible name of the handles: "Angle" gives "Angle, from" and "Angle, to". */
void       ballast_range_slider_set_label  (BallastRangeSlider *self,
                                            const char         *label);

/* Clamped and put in order; emits nothing. */
void       ballast_range_slider_set_values (BallastRangeSlider *self,
                                            double              lower,
                                            double              upper);
double     ballast_range_slider_get_lower  (BallastRangeSlider *self);
double     ballast_range_slider_get_upper  (BallastRangeSlider *self);

G_END_DECLS
