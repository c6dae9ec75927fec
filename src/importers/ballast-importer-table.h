#pragma once

#include "ballast-importer.h"

G_BEGIN_DECLS

/* The readers, each in the file of its name; seen by the table alone. */
extern const BallastImporter ballast_importer_coco;
extern const BallastImporter ballast_importer_createml;
extern const BallastImporter ballast_importer_folders;
extern const BallastImporter ballast_importer_manifest;
extern const BallastImporter ballast_importer_voc;
extern const BallastImporter ballast_importer_yolo;

G_END_DECLS
