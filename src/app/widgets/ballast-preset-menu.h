#pragma once

#include <gtk/gtk.h>

#include "ballast-pipeline-presets.h"

G_BEGIN_DECLS

/*
 * A popover with the built-in pipelines, each with a sentence, and with loading, saving, copying
 * and pasting.  Signals: "chosen" (pointer: const BallastPipelinePreset *).  Its buttons name the
 * actions pipeline.load, pipeline.save, pipeline.copy and pipeline.paste.
 */
#define BALLAST_TYPE_PRESET_MENU (ballast_preset_menu_get_type ())
G_DECLARE_FINAL_TYPE (BallastPresetMenu, ballast_preset_menu, BALLAST, PRESET_MENU, GtkPopover)

GtkWidget *ballast_preset_menu_new (void);

G_END_DECLS
