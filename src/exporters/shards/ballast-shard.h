#pragma once

#include "ballast-export-run.h"

G_BEGIN_DECLS

/*
 * One of several parts of an export, each written by a process of its own, perhaps on a machine of
 * its own: item i belongs to shard i mod n.  All of them plan all names, so none has to ask another.
 * A shard is the folder DEST.shard-I-of-N with its files, shard.records and shard.json.
 */
#define BALLAST_SHARD_INFO_NAME "shard.json"

/* What shard.json tells. */
typedef struct
{
  guint                 n_shards;
  char                 *fingerprint; /* that all shards of one export share */
  gboolean              has_splits;
  BallastExportOptions  options;     /* borrows from what is below */
  JsonNode             *told;        /* what ballast.json is to tell of the options */
  char                 *layout;
  char                 *pipeline;
  GStrv                 class_names;
  char                **class_parents; /* n_classes, NULL where a class has none */
  GArray               *class_numbers; /* (nullable) of gint64 */
  BallastWeights       *weights;     /* (nullable) */
  guint64               left_out;
  guint64               problems;
} BallastShardInfo;

/* (transfer full): "DEST.shard-2-of-4". */
char             *ballast_shard_dup_dest   (const char        *dest,
                                            guint              shard,
                                            guint              n_shards);

/* "2/4"; FALSE with BALLAST_EXPORT_ERROR_LAYOUT where it is none. */
gboolean          ballast_shard_parse      (const char        *text,
                                            guint             *shard,
                                            guint             *n_shards,
                                            GError           **error);

/* Writes shard.json of the run, which is one of a shard. */
gboolean          ballast_shard_info_write (BallastExportRun  *run,
                                            GError           **error);

/* (transfer full): that in the folder @dir_fd; @name is the shard's, for people. */
BallastShardInfo *ballast_shard_info_read  (int                dir_fd,
                                            const char        *name,
                                            GError           **error);
void              ballast_shard_info_free  (BallastShardInfo  *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastShardInfo, ballast_shard_info_free)

G_END_DECLS
