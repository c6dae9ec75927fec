#pragma once

#include "ballast-document.h"
#include "ballast-document-edits.h"
#include "ballast-document-export.h"
#include "ballast-document-import.h"
#include "ballast-image-record.h"
#include "ballast-op-table.h"

/*
 * A folder of its own for a test: "data" with pictures, "project.ballast", and what else it makes.
 */
typedef struct
{
  char            *root;
  char            *data;
  char            *project;
  BallastDocument *document;
  GAsyncResult    *result;   /* of the last call that was waited for */
} Fixture;

void          fixture_init       (Fixture             *fixture);
void          fixture_clear      (Fixture             *fixture);

/* (transfer full): a path below the fixture's root. */
char         *fixture_path       (Fixture             *fixture,
                                  const char          *name);

/* Writes a picture below "data"; its ending says the format.  The same @seed gives the same bytes. */
void          fixture_picture    (Fixture             *fixture,
                                  const char          *name,
                                  guint                seed);
void          fixture_picture_sized (Fixture          *fixture,
                                  const char          *name,
                                  guint                seed,
                                  guint                width,
                                  guint                height);

/* n pictures FOLDER/PREFIXi.jpg with seeds from @first on. */
void          fixture_pictures   (Fixture             *fixture,
                                  const char          *folder,
                                  guint                n,
                                  guint                first);
void          fixture_bytes      (Fixture             *fixture,
                                  const char          *name,
                                  const char          *bytes,
                                  gssize               length);

/* Makes, opens or closes the project; fails the test on an error. */
void          fixture_create     (Fixture             *fixture);
void          fixture_open       (Fixture             *fixture);
void          fixture_close      (Fixture             *fixture);

/* Imports "data" and fails the test on an error. */
BallastImportResult
              fixture_import     (Fixture             *fixture);

/* For asynchronous calls: give fixture_on_done and the fixture, then wait. */
void          fixture_on_done    (GObject             *source,
                                  GAsyncResult        *result,
                                  gpointer             fixture);
GAsyncResult *fixture_wait       (Fixture             *fixture);

/* Waits for the edit that was begun and fails the test on an error. */
void          fixture_edited     (Fixture             *fixture);

/* The id of the class called @name; fails the test where there is none. */
gint64        fixture_class      (Fixture             *fixture,
                                  const char          *name);
/* "cat 3, dog 2": the classes in index order with their images. */
void          fixture_assert_counts (Fixture          *fixture,
                                  const char          *counts);
/* "duplicate 1, class-conflict 2": the kinds of problems, as listed. */
void          fixture_assert_problems (Fixture        *fixture,
                                  const char          *problems);

/* (transfer full): one digest of all names and bytes below @path. */
char         *fixture_hash_tree  (const char          *path);

#define FIXTURE_EDIT(fixture, call) \
  G_STMT_START { call; fixture_edited (fixture); } G_STMT_END

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)
