#pragma once

#include "ballast-dense.h"
#include "ballast-map.h"

G_BEGIN_DECLS

/*
 * What ops say is to be done to the pixels: a list of actions in order.  Sizes are those of the
 * recipe; the program scales them to its own.
 */

/* Numbered as OpenCV's, and in recipes: never renumber. */
typedef enum
{
  BALLAST_BORDER_CONSTANT = 0,
  BALLAST_BORDER_REPLICATE = 1,
  BALLAST_BORDER_REFLECT = 2,     /* the edge pixel twice */
  BALLAST_BORDER_WRAP = 3,
  BALLAST_BORDER_REFLECT_101 = 4, /* the edge pixel once */
  BALLAST_BORDER_NONE = 5,        /* uncovers nothing: whatever came before decides */
} BallastBorder;

/* How a picture is sampled.  Numbered as OpenCV's, and in recipes: never renumber. */
typedef enum
{
  BALLAST_INTERPOLATION_NEAREST = 0,
  BALLAST_INTERPOLATION_LINEAR = 1,
  BALLAST_INTERPOLATION_CUBIC = 2,
  BALLAST_INTERPOLATION_AREA = 3,     /* the mean of what a pixel covers */
  BALLAST_INTERPOLATION_LANCZOS = 4,  /* cubic where the axes do not stay axes; AREA is LINEAR there */
} BallastInterpolation;

typedef enum
{
  BALLAST_ACTION_GEOMETRY,
  BALLAST_ACTION_POINT,      /* each channel by itself, through a function of its value */
  BALLAST_ACTION_MATRIX,     /* colour × a matrix */
  BALLAST_ACTION_HSV,        /* shifts of hue, saturation and value */
  BALLAST_ACTION_GREY,       /* a grey that is no linear sum */
  BALLAST_ACTION_BLUR,
  BALLAST_ACTION_NOISE,
  BALLAST_ACTION_RECTANGLES, /* filled with a colour */
  BALLAST_ACTION_FILTER,     /* what the op brings along: ballast-filter.h */
} BallastActionKind;

typedef enum
{
  BALLAST_GREY_AVERAGE,   /* (r + g + b) / 3 */
  BALLAST_GREY_LIGHTNESS, /* (max + min) / 2 */
  BALLAST_GREY_MAXIMUM,
} BallastGrey;

/* The value that @value (0 … @maximum, which is 255 or 65535) becomes; clipped by the caller. */
typedef double (*BallastPointFunc) (double        value,
                                    double        maximum,
                                    const double *numbers);

typedef struct
{
  gint32 x, y, width, height;
} BallastRectangle;

typedef struct _BallastFilter BallastFilter;

typedef struct
{
  BallastActionKind kind;
  guint             in_width, in_height;
  guint             out_width, out_height;
  double            colour[3];              /* GEOMETRY: fill; RECTANGLES */
  union
  {
    struct
    {
      BallastMap           forward;
      BallastDense        *dense;           /* owned, nullable: in its place; frames are equal */
      BallastBorder        border;
      BallastInterpolation interpolation;
      gboolean             clips;           /* what lay outside the frame before stays unseen */
    } geometry;
    struct
    {
      BallastPointFunc func;
      double           numbers[2];
    } point;
    double matrix[9];
    double hsv[3];
    BallastGrey grey;
    struct
    {
      double sigma;                         /* px */
      guint  size;                          /* of the kernel; 0: from sigma */
    } blur;
    struct
    {
      double   mean, sigma;                 /* of the full range */
      guint32  seed[2];
      gboolean per_channel;
    } noise;
    struct
    {
      BallastRectangle *items;
      guint             n;
      gboolean          unpainted;          /* only boxes are told: a filter paints later */
      gboolean          speckled;           /* with random values instead of the colour */
      guint32           seed[2];
    } rectangles;
    struct
    {
      const BallastFilter *filter;
      double              *numbers;         /* owned */
      guint                n_numbers;
      guint                first_partner;
      guint                n_partners;
    } filter;
  };
} BallastAction;

struct _BallastLowering
{
  guint    in_width;  /* of the recipe's picture */
  guint    in_height;
  guint    width;     /* of the picture that reaches the op */
  guint    height;
  guint    first_partner; /* of the step that is lowered, among all of the recipe */
  guint    n_partners;
  gboolean ellipse;   /* a step takes turned boxes round the ellipse inside them */
  GArray  *actions;   /* of BallastAction */
};

/* Runs every step's lower(); free with ballast_lowering_clear(). */
void ballast_lowering_init       (BallastLowering        *lowering,
                                  const BallastRecipe    *recipe);

/* The way of partner @index of the recipe instead of the image's: from its size to the same output. */
void ballast_lowering_init_partner (BallastLowering      *lowering,
                                  const BallastRecipe    *recipe,
                                  guint                   index);
void ballast_lowering_clear      (BallastLowering        *lowering);

/* All geometry in one, from the recipe's picture to the output. */
BallastMap ballast_lowering_get_map (const BallastLowering *lowering);

/*
 * Where in the recipe's picture the points @x, @y of the output come from: @n of them, in place.
 * @seen (n of them) becomes FALSE where that is outside the picture, under a hole, or outside a
 * frame that a step filled round.
 */
void ballast_lowering_map_back   (const BallastLowering  *lowering,
                                  double                 *x,
                                  double                 *y,
                                  gboolean               *seen,
                                  guint                   n);

/* TRUE if some geometry is no matrix. */
gboolean ballast_lowering_is_dense (const BallastLowering *lowering);

/* For ops.  Actions that are returned are borrowed: valid until the next one is added. */
BallastAction *ballast_lowering_geometry (BallastLowering *lowering,
                                  const BallastMap       *forward,
                                  guint                   out_width,
                                  guint                   out_height);

/* Sets what is seen outside.  @colour is red, green and blue. */
void ballast_action_set_border   (BallastAction          *action,
                                  double                  border,
                                  const double           *colour);

/* Takes @dense. */
void ballast_lowering_dense      (BallastLowering        *lowering,
                                  BallastDense           *dense,
                                  double                  border,
                                  const double           *colour);

/* As above, where what lies outside comes into view. */
BallastAction *ballast_lowering_uncover (BallastLowering        *lowering,
                                  const BallastMap       *forward,
                                  double                  border,
                                  const double           *colour);
void ballast_lowering_symmetry   (BallastLowering        *lowering,
                                  BallastSymmetry         symmetry);
void ballast_lowering_point      (BallastLowering        *lowering,
                                  BallastPointFunc        func,
                                  double                  first,
                                  double                  second);
BallastAction *ballast_lowering_add (BallastLowering     *lowering,
                                  BallastActionKind       kind);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastLowering, ballast_lowering_clear)

G_END_DECLS
