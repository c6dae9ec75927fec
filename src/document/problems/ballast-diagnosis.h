#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *group; /* "Versions" */
  char       *name;
  char       *value;
} BallastDiagnosisLine;

/* (transfer full) (element-type BallastDiagnosisLine): what a report of a fault should say of this
 * machine; groups come together. */
GPtrArray *ballast_diagnosis_read (void);

G_END_DECLS
