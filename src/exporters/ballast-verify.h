#pragma once

#include <json-glib/json-glib.h>

#include "ballast-progress.h"

G_BEGIN_DECLS

typedef enum
{
  BALLAST_VERIFY_MISSING, /* the manifest names it, and it is not there */
  BALLAST_VERIFY_CHANGED, /* its bytes are others */
  BALLAST_VERIFY_EXTRA,   /* it is there, and nothing names it */
} BallastVerifyKind;

typedef struct
{
  BallastVerifyKind kind;
  char             *path;   /* bytes, relative to the folder */
  char             *detail; /* a short English fact, or NULL */
} BallastVerifyFinding;

typedef struct
{
  guint64    files;    /* checked by digest */
  guint64    bytes;
  guint64    packed;   /* in archives, which are among the files */
  guint64    listed;   /* originals that are only listed: there or not, but not hashed */
  GPtrArray *findings; /* of BallastVerifyFinding, by path */
} BallastVerifyResult;

/*
 * Hashes everything in the dataset @dest again and compares it with its manifest.
 *
 * Returns: (transfer full): the findings, none where all is well; NULL with
 * BALLAST_EXPORT_ERROR_FOREIGN where @dest is no dataset of ours.
 */
BallastVerifyResult *ballast_verify_folder    (const char                 *dest,
                                               GCancellable               *cancellable,
                                               const BallastProgress      *progress,
                                               GError                    **error);
/* (transfer full): nothing checked, nothing found. */
BallastVerifyResult *ballast_verify_result_new  (void);
void                 ballast_verify_result_free (BallastVerifyResult      *result);

/* (transfer none): "missing", "changed", "extra". */
const char          *ballast_verify_kind_get_name (BallastVerifyKind       kind);

/* (transfer full): {"ok", "files", "bytes", "listed", "packed", "findings": [{"kind", "path", "detail"}]}. */
JsonNode            *ballast_verify_result_to_json (const BallastVerifyResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastVerifyResult, ballast_verify_result_free)

G_END_DECLS
