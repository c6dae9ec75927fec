/*
 * What the user decides of an import before it begins: a plain value with strings of its own.
 */
#define G_LOG_DOMAIN "ballast-model"

#include "config.h"

#include "ballast-import-wishes.h"

void
ballast_import_wishes_forget_columns (BallastImportWishes *wishes)
{
  g_clear_pointer (&wishes->path_column, g_free);
  g_clear_pointer (&wishes->label_columns, g_strfreev);
  g_clear_pointer (&wishes->split_column, g_free);
  g_clear_pointer (&wishes->group_column, g_free);
}

void
ballast_import_wishes_clear (BallastImportWishes *wishes)
{
  ballast_import_wishes_forget_columns (wishes);
  *wishes = (BallastImportWishes) { 0 };
}

void
ballast_import_wishes_copy (const BallastImportWishes *wishes,
                            BallastImportWishes       *copy)
{
  *copy = *wishes;
  copy->path_column = g_strdup (wishes->path_column);
  copy->label_columns = g_strdupv (wishes->label_columns);
  copy->split_column = g_strdup (wishes->split_column);
  copy->group_column = g_strdup (wishes->group_column);
}

gboolean
ballast_import_wishes_name_columns (const BallastImportWishes *wishes)
{
  return wishes->path_column != NULL || wishes->label_columns != NULL ||
         wishes->split_column != NULL || wishes->group_column != NULL || wishes->separator != '\0' ||
         wishes->header != BALLAST_WISH_AUTO;
}
