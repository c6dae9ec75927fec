#pragma once

#include "ballast-box.h"
#include "ballast-pipeline.h"
#include "ballast-random.h"

G_BEGIN_DECLS

/* A picture that a step takes parts from. */
typedef struct
{
  char  *path;   /* relative to its source, bytes */
  guint  source; /* which of the project's sources: 0 for the first */
  guint  width;  /* as looked at */
  guint  height;
  guint  index;  /* in the list that it was picked from; not in JSON */
} BallastRecipePartner;

/*
 * What is done to one copy of one image: a list of steps with fixed numbers.  Immutable once made,
 * so any thread may read it.  The meaning of an op's numbers is told at the top of its file.
 */
struct _BallastRecipeStep
{
  const BallastOp *op;
  guint32          id; /* of the pipeline's step */
  guint            n_numbers;
  double          *numbers;
  guint            n_partners;
  BallastRecipePartner *partners;
};

typedef struct
{
  guint              width;  /* of the image that it was drawn for, as looked at */
  guint              height;
  guint              n_steps;
  BallastRecipeStep *steps;  /* those that apply */
} BallastRecipe;

/* The symmetries of a rectangle, numbered as TurboJPEG's TJXOP.  Turns are clockwise. */
typedef enum
{
  BALLAST_SYMMETRY_NONE = 0,
  BALLAST_SYMMETRY_FLIP_HORIZONTALLY = 1,
  BALLAST_SYMMETRY_FLIP_VERTICALLY = 2,
  BALLAST_SYMMETRY_TRANSPOSE = 3,  /* (x, y) → (y, x) */
  BALLAST_SYMMETRY_TRANSVERSE = 4, /* (x, y) → (height - y, width - x) */
  BALLAST_SYMMETRY_TURN_90 = 5,
  BALLAST_SYMMETRY_TURN_180 = 6,
  BALLAST_SYMMETRY_TURN_270 = 7,
} BallastSymmetry;

/*
 * (transfer full): draws one copy of an image of @width × @height pixels.  @class_name (nullable)
 * decides which steps are kept from it.  Pure: the same arguments give the same recipe everywhere,
 * and a step's numbers depend on no other step (but through the size that steps before it leave).
 */
BallastRecipe *ballast_pipeline_sample         (const BallastPipeline  *pipeline,
                                                const BallastRandomKey *key,
                                                guint                   width,
                                                guint                   height,
                                                const char             *class_name);

/* A picture that others may take parts from. */
typedef struct
{
  const char       *path;    /* relative to its source, bytes */
  guint             source;
  guint             width;   /* as looked at */
  guint             height;
  const BallastBox *boxes;   /* in its pixels */
  guint             n_boxes;
} BallastPartner;

/* Those that a copy may take parts from, in an order that is the same on every run. */
typedef struct
{
  const BallastPartner *items;
  guint                 n;
  guint                 own;   /* the index of the image itself, which is not picked; or n */
} BallastPartnerList;

/* The same for an image with boxes, which steer crops, and by which the pipeline's policy may have
 * a copy drawn again. */
typedef struct
{
  guint             width;      /* of the image as looked at */
  guint             height;
  const char       *class_name; /* (nullable) */
  const BallastBox *boxes;      /* in its pixels */
  guint             n_boxes;
  const BallastPartnerList *partners; /* (nullable) without any, steps that need some are left out */
} BallastSubject;

BallastRecipe *ballast_pipeline_sample_subject (const BallastPipeline  *pipeline,
                                                const BallastRandomKey *key,
                                                const BallastSubject   *subject);

/* The pictures that the recipe takes parts from, in the order of its steps. */
guint          ballast_recipe_get_n_partners   (const BallastRecipe    *recipe);
const BallastRecipePartner *
               ballast_recipe_get_partner      (const BallastRecipe    *recipe,
                                                guint                   index);

/* How much of the picture that comes out is the image's (@shares[0]) and each partner's; their sum
 * is 1.  For labels. */
void           ballast_recipe_get_shares       (const BallastRecipe    *recipe,
                                                double                 *shares);

BallastRecipe *ballast_recipe_copy             (const BallastRecipe    *recipe);
void           ballast_recipe_free             (BallastRecipe          *recipe);
gboolean       ballast_recipe_equal            (const BallastRecipe    *a,
                                                const BallastRecipe    *b);

/* (transfer full): one compact line; and back.  Numbers survive exactly. */
char          *ballast_recipe_to_json          (const BallastRecipe    *recipe);
BallastRecipe *ballast_recipe_from_json        (const char             *text,
                                                gssize                  length,
                                                GError                **error);

/* (transfer full): a NULL-terminated list with a few characters per step: "↔", "−9°", "☀ +0.12".
 * Steps that happen to change nothing are left out. */
char         **ballast_recipe_describe         (const BallastRecipe    *recipe);

/* (transfer full): the same, joined by spaces; "" where nothing is changed. */
char          *ballast_recipe_describe_line    (const BallastRecipe    *recipe);

/* TRUE if left becomes right: an odd number of reflections.  Paired classes swap. */
gboolean       ballast_recipe_mirrors          (const BallastRecipe    *recipe);

/* The same for partner @index of the recipe. */
gboolean       ballast_recipe_mirrors_partner  (const BallastRecipe    *recipe,
                                                guint                   index);

/* TRUE if no recipe that @pipeline draws for @class_name (nullable) keeps left and right: judged by
 * the first 256 draws, and by one or two where mirroring is left to chance. */
gboolean       ballast_pipeline_always_mirrors (const BallastPipeline  *pipeline,
                                                const char             *class_name);

/* The size of the picture that comes out. */
void           ballast_recipe_get_output_size  (const BallastRecipe    *recipe,
                                                guint                  *width,
                                                guint                  *height);

/* TRUE if the recipe is nothing but a symmetry, which a JPEG can undergo without loss. */
gboolean       ballast_recipe_get_symmetry     (const BallastRecipe    *recipe,
                                                BallastSymmetry        *symmetry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastRecipe, ballast_recipe_free)

G_END_DECLS
