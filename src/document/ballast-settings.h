#pragma once

#include <glib-object.h>

#include "ballast-balance-settings.h"
#include "ballast-class-pair.h"
#include "ballast-hierarchy.h"
#include "ballast-pipeline.h"
#include "ballast-redraws.h"
#include "ballast-weights.h"

G_BEGIN_DECLS

typedef enum
{
  BALLAST_FORMAT_CHOICE_KEEP, /* augmented files in their source's format */
  BALLAST_FORMAT_CHOICE_JPEG,
  BALLAST_FORMAT_CHOICE_PNG,
} BallastFormatChoice;

typedef struct
{
  char                *layout;    /* "folders", "manifest", "lists": the exporter's name */
  char                *originals; /* "copy", "hardlink", "reflink", "symlink", "list" */
  BallastFormatChoice  format;
  guint                quality;   /* JPEG, 1 … 100 */
  char                *weights;   /* "json,csv": endings of the weight files; "" for none */
  guint64              seed;
} BallastExportSettings;

/* Class folders, originals copied, formats kept, quality 92, json and csv weights, seed 0. */
void ballast_export_settings_init  (BallastExportSettings       *settings);
void ballast_export_settings_clear (BallastExportSettings       *settings);
void ballast_export_settings_copy  (const BallastExportSettings *settings,
                                    BallastExportSettings       *copy);

gboolean ballast_export_settings_equal (const BallastExportSettings *a,
                                        const BallastExportSettings *b);

/* (transfer none): "keep", "jpeg", "png". */
const char *ballast_format_choice_get_name (BallastFormatChoice  choice);
gboolean    ballast_format_choice_parse    (const char          *name,
                                            BallastFormatChoice *choice);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastExportSettings, ballast_export_settings_clear)

/*
 * Everything that was set in a project, parsed: immutable, shared between threads.
 *
 * A project without a setting has its default here.  A value that cannot be read (a newer program
 * wrote it) is the default too, and is kept in the file until it is set again.
 */
#define BALLAST_TYPE_SETTINGS (ballast_settings_get_type ())
typedef struct _BallastSettings BallastSettings;

GType                         ballast_settings_get_type     (void);
BallastSettings              *ballast_settings_ref          (BallastSettings       *settings);
void                          ballast_settings_unref        (BallastSettings       *settings);

const BallastBalanceSettings *ballast_settings_get_balance  (const BallastSettings *settings);
const BallastWeightOptions  *ballast_settings_get_weights  (const BallastSettings *settings);
const BallastExportSettings  *ballast_settings_get_export   (const BallastSettings *settings);

/* (transfer none): the class's own pipeline, else the one for all.  @class_id 0: the one for all. */
const BallastPipeline        *ballast_settings_get_pipeline (const BallastSettings *settings,
                                                             gint64                 class_id);
gboolean                      ballast_settings_has_own_pipeline
                                                            (const BallastSettings *settings,
                                                             gint64                 class_id);

/* (transfer none): the classes that a mirror swaps. */
const BallastClassPair       *ballast_settings_get_pairs    (const BallastSettings *settings,
                                                             gsize                 *n_pairs);

/* (transfer none): over the classes that are there now; empty where none was made. */
const BallastHierarchy       *ballast_settings_get_hierarchy
                                                            (const BallastSettings *settings);

/* (transfer none): the copies that were rejected. */
const BallastRedraws         *ballast_settings_get_redraws  (const BallastSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastSettings, ballast_settings_unref)

G_END_DECLS
