#pragma once

#include <adwaita.h>

#include "ballast-document.h"
#include "ballast-selection.h"

G_BEGIN_DECLS

/*
 * The part of the overview about what stands in the images: which classes together, what rides along
 * with one, sizes and shapes of boxes, where they lie.  Hidden for data with one label an image and
 * no boxes.  Properties: "document", "selection".
 */
#define BALLAST_TYPE_CONTENTS_SECTION (ballast_contents_section_get_type ())
G_DECLARE_FINAL_TYPE (BallastContentsSection, ballast_contents_section, BALLAST, CONTENTS_SECTION,
                      AdwBin)

void ballast_contents_section_set_document  (BallastContentsSection *self,
                                             BallastDocument        *document);
void ballast_contents_section_set_selection (BallastContentsSection *self,
                                             BallastSelection       *selection);

G_END_DECLS
