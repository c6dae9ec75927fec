#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What somebody decided, or left to be found out. */
typedef enum
{
  BALLAST_WISH_AUTO,
  BALLAST_WISH_NO,
  BALLAST_WISH_YES,
} BallastWish;

/*
 * What the user says of a source; what is left out (NULL, 0, AUTO) is found out by looking.  A
 * column is a name of the header, or its number from 1.
 */
typedef struct
{
  gboolean    follow_links;  /* also links that lead out of the folder */
  char       *path_column;   /* of a manifest, as the others below */
  char      **label_columns; /* an empty list: none */
  char       *split_column;  /* "": none */
  char       *group_column;  /* what belongs together: a patient, a scene; "": none */
  char        separator;     /* ' ': white space */
  BallastWish header;
} BallastImportWishes;

void     ballast_import_wishes_clear        (BallastImportWishes       *wishes);
void     ballast_import_wishes_copy         (const BallastImportWishes *wishes,
                                             BallastImportWishes       *copy);

/* TRUE where something is said of a manifest's columns. */
gboolean ballast_import_wishes_name_columns (const BallastImportWishes *wishes);

/* Leaves the columns to be found out again, as names of one way of reading mean nothing in another. */
void     ballast_import_wishes_forget_columns (BallastImportWishes     *wishes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastImportWishes, ballast_import_wishes_clear)

G_END_DECLS
