#pragma once

#include "ballast-ops.h"

G_BEGIN_DECLS

/*
 * What crops, resizes and pads have in common: a rectangle of the picture, which may lie outside it,
 * becomes a picture of a size.  Their recipes have the same numbers, in this order:
 * left, top, width, height of the rectangle (px, whole); width and height that come out;
 * interpolation; border mode, red, green, blue of what lies outside.
 */
typedef struct
{
  double left, top, width, height;
  double out_width, out_height; /* 0: as the rectangle */
  double interpolation;
  double border;
  double fill[3];
} BallastFrame;

/* Sides (px) are no longer than this. */
#define BALLAST_FRAME_MAX_SIDE 16384

/* What stands in a file for “the picture's own size”, which Albumentations cannot say. */
#define BALLAST_FRAME_STAND_IN 512

extern const BallastChoice ballast_interpolation_choices[5];
extern const BallastChoice ballast_position_choices[6];
extern const BallastChoice ballast_rotate_method_choices[2];

/* By ballast_position_choices. */
enum
{
  BALLAST_POSITION_CENTER,
  BALLAST_POSITION_TOP_LEFT,
  BALLAST_POSITION_TOP_RIGHT,
  BALLAST_POSITION_BOTTOM_LEFT,
  BALLAST_POSITION_BOTTOM_RIGHT,
  BALLAST_POSITION_RANDOM,
};

/* @usual: the value of a new step; 0 stands for the picture's own. */
#define BALLAST_PARAMETER_SIDE(argument, text, about, usual)                                       \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "px", .help = about,   \
    .maximum = BALLAST_FRAME_MAX_SIDE, .step = 1, .initial = { { usual } }                         \
  }

/* One that is usually 0: none. */
#define BALLAST_PARAMETER_SECOND_SIDE(argument, text, about)                                       \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "px", .help = about,   \
    .maximum = BALLAST_FRAME_MAX_SIDE, .step = 1, .secondary = TRUE                                \
  }

#define BALLAST_PARAMETER_INTERPOLATION                                                            \
  {                                                                                                \
    .name = "interpolation", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Sampling"),            \
    .unit = "", .maximum = 4, .step = 1, .secondary = TRUE,                                        \
    .help = N_("How pixels between pixels are made; what shrinks is filtered, so that nothing "    \
               "flickers, unless the nearest pixel is asked for."),                                \
    .initial = { { BALLAST_INTERPOLATION_LINEAR } },                                               \
    .neutral = { { BALLAST_INTERPOLATION_LINEAR } },                                               \
    .absent = { { BALLAST_INTERPOLATION_LINEAR } }, .choices = ballast_interpolation_choices,      \
    .n_choices = 5                                                                                 \
  }

/* How a turned box is taken: 0 round its corners, 1 round the ellipse inside it. */
#define BALLAST_PARAMETER_ROTATE_METHOD                                                            \
  {                                                                                                \
    .name = "rotate_method", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Boxes"), .unit = "",   \
    .help = N_("A turned box goes round its corners, or, tighter, round the ellipse inside it."),  \
    .maximum = 1, .step = 1, .secondary = TRUE, .choices = ballast_rotate_method_choices,          \
    .n_choices = 2                                                                                 \
  }

#define BALLAST_PARAMETER_POSITION(argument)                                                       \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_CHOICE, .label = N_("Place"), .unit = "",          \
    .help = N_("Where the picture stands in a larger frame."), .maximum = 5, .step = 1,            \
    .secondary = TRUE, .choices = ballast_position_choices, .n_choices = 6                         \
  }

#define BALLAST_PARAMETER_PAD_IF_NEEDED                                                            \
  {                                                                                                \
    .name = "pad_if_needed", .type = BALLAST_PARAMETER_BOOL, .label = N_("Pad Small Pictures"),    \
    .unit = "", .maximum = 1, .step = 1, .secondary = TRUE,                                        \
    .help = N_("A picture that is too small gets an edge; otherwise the cut-out becomes as small " \
               "as the picture.")                                                                  \
  }

#define BALLAST_PARAMETER_PAD_MODE                                                                 \
  {                                                                                                \
    .name = "border_mode", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Outside"), .unit = "",   \
    .help = N_("What is seen where the picture ends."), .maximum = 4, .step = 1,                   \
    .secondary = TRUE, .choices = ballast_border_choices, .n_choices = 5                           \
  }

/* The whole picture that reaches the step. */
BallastFrame ballast_frame_whole     (const BallastSampler    *sampler);

/* A rectangle of @width × @height, no larger than the picture, @x and @y of the way through it (0 … 1). */
BallastFrame ballast_frame_cut       (const BallastSampler    *sampler,
                                      double                   width,
                                      double                   height,
                                      double                   x,
                                      double                   y);

/* Makes the frame at least so large; @position is a choice.  Always makes two draws. */
void         ballast_frame_grow      (BallastFrame            *frame,
                                      BallastSampler          *sampler,
                                      double                   width,
                                      double                   height,
                                      double                   position);

/* Takes border_mode and fill of a step. */
void         ballast_frame_set_border (BallastFrame           *frame,
                                      const BallastValue      *border,
                                      const BallastValue      *fill);

/* Brings all within the limits, and appends it to the numbers. */
void         ballast_frame_put       (const BallastFrame      *frame,
                                      BallastSampler          *sampler);

/* An op's check(), lower() and describe(). */
gboolean     ballast_frame_check     (const BallastRecipeStep *step);
void         ballast_frame_lower     (const BallastRecipeStep *step,
                                      BallastLowering         *lowering);
void         ballast_frame_describe  (const BallastRecipeStep *step,
                                      GString                 *text);

/* Puts @otherwise where the integer @name is 0, which Albumentations refuses. */
void         ballast_frame_write_side (JsonObject             *arguments,
                                      const char              *name,
                                      gint64                   otherwise);

/* Either a length, or the two sides of max_size_hw where "max_size" is 0 and there are any. */
void         ballast_frame_write_max_size (JsonObject         *arguments,
                                      double                   height,
                                      double                   width);

/* For a whole op: arguments of the sampling that cannot be set. */
void         ballast_frame_write_resizing (JsonObject         *arguments,
                                      const BallastValue      *values);

G_END_DECLS
