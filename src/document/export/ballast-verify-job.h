#pragma once

#include "ballast-job.h"

G_BEGIN_DECLS

/* What was found when a dataset was checked. */
typedef struct
{
  guint64  files;      /* checked by digest */
  guint64  bytes;
  guint    n_findings;
  char   **findings;   /* one line each: "changed: train/a.jpg: …"; NULL-terminated */
  char    *json;       /* all of it, for programs */
} BallastVerifyReport;

/* (transfer full): checks the dataset @dest against its manifest; the job's result is a
 * BallastVerifyReport. */
BallastJob *ballast_verify_start (const char *dest);

G_END_DECLS
