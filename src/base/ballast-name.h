#pragma once

#include <glib.h>

/* The place of @name (nullable) among @n @names; -1 where it is none of them. */
int ballast_name_find (const char *const *names,
                       guint              n,
                       const char        *name);
