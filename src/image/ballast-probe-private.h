#pragma once

#include "ballast-probe.h"
#include "ballast-reader.h"

G_BEGIN_DECLS

/* One file on its way through the parser of its format. */
typedef struct
{
  BallastReader            *reader;
  const BallastImageLimits *limits;
  BallastImageFacts        *facts;
  BallastProbeResult       *result;
  guint                     n_frames; /* frames or pages, as far as they were counted */
  gboolean                  animated; /* several frames, whether counted or not */
} BallastProbe;

/* The first verdict stays. All but the remark make the file unusable. */
void     ballast_probe_damaged  (BallastProbe       *probe,
                                 const char         *format,
                                 ...) G_GNUC_PRINTF (2, 3);
void     ballast_probe_refuse   (BallastProbe       *probe,
                                 BallastProblemKind  kind,
                                 const char         *format,
                                 ...) G_GNUC_PRINTF (3, 4);
void     ballast_probe_remark   (BallastProbe       *probe,
                                 const char         *format,
                                 ...) G_GNUC_PRINTF (2, 3);

/* Bytes after the end of the picture: worth a remark. */
void     ballast_probe_remark_trailing (BallastProbe *probe,
                                        guint64       end);

/* FALSE, with the verdict given, where a side is 0 or a limit is passed. */
gboolean ballast_probe_set_size   (BallastProbe *probe,
                                   guint64       width,
                                   guint64       height);

/* The check alone, for frames. */
gboolean ballast_probe_check_size (BallastProbe *probe,
                                   guint64       width,
                                   guint64       height);

/* A parser each: fills facts, gives a verdict where something is wrong. */
void     ballast_probe_bmp      (BallastProbe *probe);
void     ballast_probe_gif      (BallastProbe *probe);
void     ballast_probe_heif     (BallastProbe *probe);
void     ballast_probe_ico      (BallastProbe *probe);
void     ballast_probe_jpeg     (BallastProbe *probe);
void     ballast_probe_png      (BallastProbe *probe);
void     ballast_probe_pnm      (BallastProbe *probe);
void     ballast_probe_tiff     (BallastProbe *probe);
void     ballast_probe_webp     (BallastProbe *probe);

/* The orientation in the EXIF block (a TIFF header and what follows) at @offset; 1 where none. */
guint8   ballast_probe_exif_orientation (BallastReader *reader,
                                         guint64        offset,
                                         guint64        length);

G_END_DECLS
