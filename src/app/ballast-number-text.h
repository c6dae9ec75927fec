#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers as people read them, in the user's language.  All (transfer full). */

/* "4.3 : 1"; without decimals from 10 on. */
char *ballast_text_of_ratio       (double  ratio);
/* The number of a ratio alone: "4.3", "20". */
char *ballast_text_of_ratio_value (double  ratio);
/* "23 %" of 0.23. */
char *ballast_text_of_percent     (double  share);
/* "12 MB", powers of ten as file managers have them. */
char *ballast_text_of_bytes       (guint64 bytes);
/* "about 1 second", "3 minutes". */
char *ballast_text_of_duration    (double  seconds);

G_END_DECLS
