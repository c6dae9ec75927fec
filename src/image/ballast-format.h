#pragma once

#include "ballast-image-record.h"
#include "ballast-reader.h"

G_BEGIN_DECLS

/* The format that the first bytes say; UNKNOWN where no reader of ours knows them. */
BallastFormat ballast_format_sniff       (BallastReader *reader);

/* The format that the ending of @name (nullable) says; UNKNOWN where it says none. */
BallastFormat ballast_format_from_ending (const char    *name);

/* (nullable): what GdkPixbuf calls its loader for @format; NULL where ours reads it. */
const char   *ballast_format_get_loader  (BallastFormat  format);

/* FALSE where the loader for @format is not installed. */
gboolean      ballast_format_has_reader  (BallastFormat  format);

G_END_DECLS
