#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * One augmentation op: what it is called, what can be set, and what it does.
 *
 * An op is a constant table.  Names, parameters and units are Albumentations' where it has the op.
 * The parameters are declared once: JSON, the catalogue of the command line, the rows of the
 * window and the tests that every op must pass all come from the declaration.
 */

/* No op has more parameters than this. */
#define BALLAST_OP_MAX_PARAMETERS 24

typedef struct _BallastOp BallastOp;
typedef struct _BallastSampler BallastSampler;       /* ballast-sampler.h */
typedef struct _BallastLowering BallastLowering;     /* ballast-lowering.h */
typedef struct _BallastRecipeStep BallastRecipeStep; /* ballast-recipe.h */

typedef enum
{
  BALLAST_PARAMETER_RANGE,  /* number[0] … number[1]: drawn uniformly between */
  BALLAST_PARAMETER_FLOAT,  /* number[0] */
  BALLAST_PARAMETER_INT,    /* number[0], a whole number */
  BALLAST_PARAMETER_BOOL,   /* number[0], 0 or 1 */
  BALLAST_PARAMETER_CHOICE, /* number[0], an index into the choices */
  BALLAST_PARAMETER_COLOUR, /* number[0 … 2]: red, green, blue, 0 … 255 */
} BallastParameterType;

/* What a step does with the steps inside it. */
typedef enum
{
  BALLAST_COMBINATOR_NONE,         /* an op on pixels: has none inside */
  BALLAST_COMBINATOR_NOTHING,      /* an op that does nothing, to be one of several */
  BALLAST_COMBINATOR_SEQUENTIAL,   /* all in turn, each with its probability */
  BALLAST_COMBINATOR_ONE_OF,       /* one, drawn by their probabilities as weights, for certain */
  BALLAST_COMBINATOR_SOME_OF,      /* n, drawn evenly, in their order, each with its probability */
  BALLAST_COMBINATOR_RANDOM_ORDER, /* n, drawn evenly, in the order drawn, each with its probability */
  BALLAST_COMBINATOR_ONE_OR_OTHER, /* the first with the group's probability, else the last */
} BallastCombinator;

/* What a parameter is set to; which numbers count is said by its type. */
typedef struct
{
  double number[3];
} BallastValue;

typedef struct
{
  const char *name;  /* in JSON, unless it is written as a number */
  const char *label; /* English, for people */
  int         id;    /* the number in JSON, or -1: the name is written */
} BallastChoice;

typedef struct
{
  const char           *name;       /* the JSON argument; "scale.x" is member x of scale, "size.0"
                                       the first element of size */
  BallastParameterType  type;
  const char           *label;      /* English, for people: "Angle" */
  const char           *unit;       /* "°", "px", "× 2°" … or "" */
  const char           *help;       /* one English sentence */
  double                minimum;    /* limits of every number */
  double                maximum;
  double                step;       /* of a slider */
  guint                 digits;     /* after the point, for people */
  gboolean              whole;      /* RANGE: draws whole numbers */
  gboolean              secondary;  /* belongs behind “More” */
  BallastValue          initial;    /* the default */
  BallastValue          neutral;    /* the value that changes nothing */
  BallastValue          absent;     /* what a file means that leaves it out: Albumentations' default */
  const BallastChoice  *choices;    /* CHOICE */
  guint                 n_choices;
} BallastParameter;

struct _BallastOp
{
  const char             *name;       /* "HorizontalFlip": Albumentations' */
  const char             *group;      /* "Geometry", "Colour", "Noise and Blur", "Dropout" */
  const char             *title;      /* "Horizontal Flip" */
  const char             *help;       /* one or two English sentences */
  const char             *keywords;   /* other names that people search for, separated by spaces */
  const char             *glyph;      /* one or two characters for short descriptions: "↔" */
  const BallastParameter *parameters;
  guint                   n_parameters;
  double                  initial_p;
  gboolean                moves_boxes;
  gboolean                hides_boxes; /* covers parts of the picture, so that boxes may shrink */
  gboolean                mirrors;     /* can turn left into right */
  gboolean                needs_colour; /* has no meaning on greys, and leaves them as they are */
  gboolean                needs_bytes; /* has no meaning on 16 bits, and leaves them as they are */
  gboolean                needs_boxes; /* its sampler is shown the boxes of the picture */
  guint                   n_partners;  /* at most so many other pictures lend it parts */
  gboolean                ours_alone;  /* Albumentations 2.0.8 has no such op */
  BallastCombinator       combinator;
  gboolean                has_neutral; /* with all its parameters neutral it changes nothing */

  /* Draws the numbers of one copy.  Always makes the same draws in the same order. */
  void     (*sample)       (BallastSampler          *sampler,
                            const BallastValue      *values);
  /* FALSE where the numbers, which may come from a file, make no sense.  NULL: takes no numbers. */
  gboolean (*check)        (const BallastRecipeStep *step);
  /* Says what is to be done to the pixels. */
  void     (*lower)        (const BallastRecipeStep *step,
                            BallastLowering         *lowering);
  /* With partners: the actions of partner @index, a picture of its own size, up to what lower()
   * leaves; and how much of the picture is then whose: the image's share first. */
  void     (*lower_partner) (const BallastRecipeStep *step,
                            guint                    index,
                            BallastLowering         *lowering);
  void     (*get_shares)  (const BallastRecipeStep *step,
                            double                  *shares);
  /* Appends a few characters about @step: "−9°".  NULL: the glyph. */
  void     (*describe)     (const BallastRecipeStep *step,
                            GString                 *text);
  /* Takes the arguments of older Albumentations files out of @arguments into @values.  May be NULL. */
  void     (*read_legacy)  (JsonObject              *arguments,
                            BallastValue            *values);
  /* Adds the arguments that Albumentations needs and that cannot be set here.  May be NULL. */
  void     (*write_extra)  (JsonObject              *arguments,
                            const BallastValue      *values);
};

/* The position of the parameter called @name, or -1. */
int      ballast_op_find_parameter     (const BallastOp        *op,
                                        const char             *name);

/* Fills @values (n_parameters of them) with the defaults, or with what changes nothing. */
void     ballast_op_get_initial_values (const BallastOp        *op,
                                        BallastValue           *values);
void     ballast_op_get_neutral_values (const BallastOp        *op,
                                        BallastValue           *values);

/* How many of a value's numbers count: 1, 2 or 3. */
guint    ballast_parameter_get_n_numbers (const BallastParameter *parameter);

/* Brings @value within the limits: clamped, whole where it must be, a range the right way round.
 * A number that is none becomes the default.  Returns TRUE if nothing had to be changed. */
gboolean ballast_parameter_clamp       (const BallastParameter *parameter,
                                        BallastValue           *value);

/* (transfer full): "−15° … 15°": @value for people. */
char    *ballast_parameter_format      (const BallastParameter *parameter,
                                        const BallastValue     *value);

/* TRUE if every word of @search is found in the op's title, name, group or keywords. */
gboolean ballast_op_matches            (const BallastOp        *op,
                                        const char             *search);

G_END_DECLS
