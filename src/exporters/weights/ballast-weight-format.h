#pragma once

#include <gio/gio.h>

#include "ballast-weights.h"

G_BEGIN_DECLS

/* One file of an export. */
typedef struct
{
  const char *path;
  const char *class_name; /* joined, where there are several */
  const char *split;
  const char *group;
  double      weight;
} BallastWeightRow;

/*
 * A kind of weight file: one entry of the table in ballast-weight-format.c, made in a file of its
 * own.  It is either of the classes (@make), or of the files of an export (@append_row).  Both are
 * pure: the same weights give the same bytes in every locale.
 */
typedef struct
{
  const char *name;     /* "json", as on the command line and in projects */
  const char *suffix;   /* of a file's name, the whole of it: ".json", ".keras.json"; NULL: the file
                           is written in exports alone */
  const char *file;     /* its name in an export: "class_weights.json" */
  const char *title;    /* for people: "JSON" */
  const char *summary;  /* one sentence: who loads it, and in which order the classes stand */
  gboolean    is_bare;  /* it has no room for names: a file beside it tells the order of the classes */
  GBytes   *(*make)        (const BallastWeights   *weights);
  void      (*append_head) (GString                *text);  /* may be NULL */
  void      (*append_row)  (GString                *text,
                            const BallastWeightRow *row);
} BallastWeightFormat;

guint                      ballast_weight_format_get_n (void);
const BallastWeightFormat *ballast_weight_format_get   (guint       i);

/* The position of the format called @name, or -1. */
int                        ballast_weight_format_find  (const char *name);

/* (transfer full): the names, "json, csv, …", for messages. */
char                      *ballast_weight_format_dup_names (void);

/* The position of the format with the longest suffix that @path ends in, in any case, or -1. */
int                        ballast_weight_format_find_for_path (const char *path);

G_END_DECLS
