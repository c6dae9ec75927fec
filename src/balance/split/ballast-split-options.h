#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  BALLAST_SPLIT_STRATIFIED, /* every side gets its share of every class */
  BALLAST_SPLIT_RANDOM,     /* classes are not looked at */
} BallastSplitMethod;

/* More sides than this are refused. */
#define BALLAST_SPLIT_MAX_PARTS 16

/* One side: its name and its share of the images, 0 < share ≤ 1. */
typedef struct
{
  char  *name;
  double share;
} BallastSplitPart;

/* How images are divided.  A value: init, copy, clear. */
typedef struct
{
  BallastSplitMethod method;
  guint64            seed;
  GArray            *parts; /* of BallastSplitPart, in the order given */
} BallastSplitOptions;

/* Stratified, seed 0, train 0.8, val 0.1, test 0.1. */
void        ballast_split_options_init        (BallastSplitOptions       *options);
void        ballast_split_options_copy        (const BallastSplitOptions *options,
                                               BallastSplitOptions       *copy);
void        ballast_split_options_clear       (BallastSplitOptions       *options);

/*
 * Reads "train=0.8,val=0.1,test=0.1".  Shares that add up to 1 are taken as they are, numbers above 1
 * ("80", "10", "10") in proportion; a side with nothing is left out.  Otherwise FALSE with
 * BALLAST_BALANCE_ERROR_SETTING, and @options keeps its parts.
 */
gboolean    ballast_split_options_parse_parts (BallastSplitOptions       *options,
                                               const char                *text,
                                               GError                   **error);

/* (transfer full): the text that ballast_split_options_parse_parts() reads. */
char       *ballast_split_options_dup_parts   (const BallastSplitOptions *options);

/* (transfer none) */
const BallastSplitPart *ballast_split_options_get_part (const BallastSplitOptions *options,
                                               guint                      part);

/* (transfer none): "stratified", "random". */
const char *ballast_split_method_get_name     (BallastSplitMethod         method);

/* FALSE with BALLAST_BALANCE_ERROR_SETTING for another name. */
gboolean    ballast_split_method_parse        (const char                *name,
                                               BallastSplitMethod        *method,
                                               GError                   **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastSplitOptions, ballast_split_options_clear)

G_END_DECLS
