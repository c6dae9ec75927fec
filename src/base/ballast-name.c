/* Choices that files and commands know by their names. */
#include "config.h"

#include "ballast-name.h"

int
ballast_name_find (const char *const *names,
                   guint              n,
                   const char        *name)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (int) i;

  return -1;
}
