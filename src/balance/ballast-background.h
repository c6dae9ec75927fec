#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many images without any object stay in the training split. */
typedef enum
{
  BALLAST_BACKGROUND_ALL,
  BALLAST_BACKGROUND_NUMBER, /* value images at most */
  BALLAST_BACKGROUND_SHARE,  /* at most value (0 … 1) of the training split as it will be */
} BallastBackgroundKind;

typedef struct
{
  BallastBackgroundKind kind;
  double                value;
} BallastBackground;

/* "all", "500" or "10%".  Otherwise FALSE with BALLAST_BALANCE_ERROR_SETTING, and @background is left
 * alone. */
gboolean ballast_background_parse   (const char              *text,
                                     BallastBackground       *background,
                                     GError                 **error);

/* (transfer full): the text that ballast_background_parse() reads. */
char    *ballast_background_to_text (const BallastBackground *background);

/* How many of @available images without an object stay beside @others with one.  None is ever
 * copied.  A share s of the whole is others × s / (1 - s), rounded down. */
guint64  ballast_background_resolve (const BallastBackground *background,
                                     guint64                  available,
                                     guint64                  others);

G_END_DECLS
