#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Turns one transform as Albumentations 0.5 to 2.x wrote it into what 2.0.8 calls it, in place: old
 * names of classes and arguments, two numbers that are a range now, other units.  A class that is
 * gone may become a group of others.  What is of today stays as it is.
 */
void ballast_pipeline_modernise (JsonObject *transform);

G_END_DECLS
