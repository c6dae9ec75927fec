#pragma once

#include <gtk/gtk.h>

#include "ballast-op.h"

G_BEGIN_DECLS

/*
 * A parameter of an op as a line: its name, what sets it, and its value, which can be typed.
 *
 * Signals: "changed" while a slider moves, "committed" when a value stands.
 */
#define BALLAST_TYPE_PARAMETER_ROW (ballast_parameter_row_get_type ())
G_DECLARE_FINAL_TYPE (BallastParameterRow, ballast_parameter_row, BALLAST, PARAMETER_ROW, GtkBox)

/* @parameter is a constant of the op's table and is not copied. */
GtkWidget *ballast_parameter_row_new       (const BallastParameter *parameter);

/* Shows @value; emits nothing. */
void       ballast_parameter_row_set_value (BallastParameterRow    *self,
                                            const BallastValue     *value);
void       ballast_parameter_row_get_value (BallastParameterRow    *self,
                                            BallastValue           *value);

G_END_DECLS
