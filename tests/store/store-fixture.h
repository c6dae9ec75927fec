#pragma once

#include "ballast-store-edit.h"
#include "ballast-store-import.h"
#include "ballast-store-problems.h"
#include "ballast-store-query.h"

/* A project in a folder of its own, and the notation of the tests. */
typedef struct
{
  char         *dir;
  char         *path;
  BallastStore *store;
} Fixture;

void    fixture_set_up      (Fixture      *fixture,
                             gconstpointer user_data);
void    fixture_tear_down   (Fixture      *fixture,
                             gconstpointer user_data);

/* Closes and opens again. */
void    fixture_reopen      (Fixture      *fixture);

/* Begins an import of /data. */
BallastStoreImport *begin_import (Fixture *fixture);

/* "folder/name class,class split": '-' for none; the size is that of the line. */
void    add_image           (BallastStoreImport *import,
                             const char   *line);

/* A whole import of /data; ends with NULL. */
void    import_images       (Fixture      *fixture,
                             const char   *line,
                             ...) G_GNUC_NULL_TERMINATED;

gint64  class_id            (Fixture      *fixture,
                             const char   *name);
gint64  image_id            (Fixture      *fixture,
                             const char   *path);

/* "cat:3 dog:1": the images that count, per class, in order. */
void    assert_classes      (Fixture      *fixture,
                             const char   *expected);

/* The names of the classes of an image, joined by commas. */
void    assert_labels       (Fixture      *fixture,
                             const char   *path,
                             const char   *expected);

/* Every record, counter and setting as text. */
char   *dump                (BallastStore *store);

/* Counts from scratch and compares with what is kept. */
void    assert_counts_exact (BallastStore *store);

/* Random dataset of @n images: multi-label, boxes, splits, unreadable files. */
void    import_random       (Fixture      *fixture,
                             guint         n);

#define assert_ok(call)                                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr(GError) error_ = NULL;                                                               \
    GError **error = &error_;                                                                      \
    gboolean ok_ = (call);                                                                         \
    g_assert_no_error (error_);                                                                    \
    g_assert_true (ok_);                                                                           \
  }                                                                                                \
  G_STMT_END

#define assert_fails(call, code)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr(GError) error_ = NULL;                                                               \
    GError **error = &error_;                                                                      \
    gboolean ok_ = (call);                                                                         \
    g_assert_error (error_, BALLAST_STORE_ERROR, code);                                            \
    g_assert_false (ok_);                                                                          \
  }                                                                                                \
  G_STMT_END

#define CASE(path, function)                                                                       \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
