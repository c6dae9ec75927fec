#pragma once

#include "ballast-importer.h"

/*
 * Trees and imports as text.
 *
 *   ballast_tree_new ("cat/a.jpg dog/ out>/etc pipe|")     a file, a folder, a link, a FIFO
 *
 * Words are separated by spaces; %HH stands for any byte.  Files hold four bytes.
 */
typedef struct
{
  char *root;
} BallastTree;

BallastTree *ballast_tree_new      (const char          *text);
void         ballast_tree_write    (BallastTree         *tree,
                                    const char          *name,
                                    const char          *text);
void         ballast_tree_write_bytes (BallastTree      *tree,
                                    const char          *name,
                                    const char          *bytes,
                                    gsize                length);
char        *ballast_tree_path     (BallastTree         *tree,
                                    const char          *name);
void         ballast_tree_free     (BallastTree         *tree);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastTree, ballast_tree_free)

/* (transfer full): an import as lines: "split NAME", "class NAME", "image PATH SPLIT LABEL…",
 * "problem KIND PATH (OTHER): DETAIL", and "failed: MESSAGE" where it failed.  @options may be
 * NULL: those of the best guess. */
char        *ballast_import_record (const char                 *path,
                                    const char                 *importer,
                                    const BallastImportOptions *options);

/* Reads the folder of @tree, or @name in it, as the best guess says. */
#define assert_import(tree, name, expected) assert_import_with (tree, name, NULL, NULL, expected)

void         assert_import_with    (BallastTree         *tree,
                                    const char          *name, /* NULL: the folder */
                                    const char          *importer, /* NULL: the best */
                                    const char          *options, /* JSON; NULL: detected */
                                    const char          *expected);

/* The best guess as "DESCRIPTION; CLASS COUNT, …; SPLIT COUNT, …". */
void         assert_guess          (BallastTree         *tree,
                                    const char          *name,
                                    const char          *expected);

/* Detection fails with @code. */
void         assert_no_guess       (BallastTree         *tree,
                                    const char          *name,
                                    GQuark               domain,
                                    int                  code);

/* The best guess for the manifest @file (nullable) of a folder of the shared data; the case is skipped
 * where the data is not there. */
void         assert_shared         (const char          *name,
                                    const char          *file,
                                    const char          *expected);

/* (transfer full) (nullable): a folder of the shared data, NULL where it is not there. */
char        *ballast_test_data     (const char          *name);
