#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-error.h"

G_DEFINE_QUARK (ballast-document-error-quark, ballast_document_error)
