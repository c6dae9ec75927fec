#pragma once

#include "ballast-store.h"

G_BEGIN_DECLS

/*
 * Bringing a source into the project, or up to date.
 *
 * A session is begun, fed and finished; freed without finish it leaves what was added and a
 * project that says it is incomplete: the next session of the same source continues.  At most the
 * last second of work is lost by a crash.
 *
 * What the user did stays.  A file's facts are always taken from the import.  Its labels are,
 * unless the user relabelled the image; its split is, unless the user set it.  Names of classes go
 * through the list of names under which sources know them: what the source calls “trash” is
 * “waste” after a rename, the class it was merged into after a merge, nothing after a drop.
 * Excluded stays excluded.
 */
typedef struct _BallastStoreImport BallastStoreImport;

/*
 * Begins the session of the source @source->root and @source->file (@id and @imported_us are
 * ignored).  A source of that root and file that is there already is updated.
 */
BallastStoreImport *ballast_store_import_begin       (BallastStore         *store,
                                                      const BallastSource  *source,
                                                      GError              **error);


/* How often an image that is new in this session came again. */
guint64             ballast_store_import_get_n_repeats (BallastStoreImport  *import);
gint64              ballast_store_import_get_source_id (BallastStoreImport *import);

/* TRUE where the source had images before. */
gboolean            ballast_store_import_is_update   (BallastStoreImport   *import);

/* No path will come twice: a first import then need not remember them.  Called before the first. */
void                ballast_store_import_set_distinct (BallastStoreImport  *import);

/*
 * The class that the source calls @name (case counts), made where it is new, at the end of the
 * order.  0 for a class that the user dropped: labels with it are left out.  -1 with @error set.
 */
gint64              ballast_store_import_class       (BallastStoreImport   *import,
                                                      const char           *name,
                                                      GError              **error);

/* The number that its file knows the class by, and (nullable) the group of classes it belongs to. */
gboolean            ballast_store_import_describe_class (BallastStoreImport *import,
                                                      gint64               class_id,
                                                      gint64               number,
                                                      const char          *parent,
                                                      GError             **error);

/* The split called @name, made where it is new.  -1 with @error set. */
gint64              ballast_store_import_split       (BallastStoreImport   *import,
                                                      const char           *name,
                                                      GError              **error);

/*
 * Fills @known[i] with the facts that the project has of the file folder/name of @images[i]; zeros
 * where it is new, was gone or could not be read.  A caller that finds size and mtime the same need
 * not look into the file: it adds the image as unchanged.
 */
gboolean            ballast_store_import_get_known   (BallastStoreImport   *import,
                                                      const BallastStoreImage *images,
                                                      gsize                 n_images,
                                                      BallastImageFacts    *known,
                                                      GError              **error);

/*
 * Adds or updates @n_images images.  Of a record, folder, name, split_id, facts and
 * BALLAST_IMAGE_UNREADABLE of flags are read, and id is set; of an annotation, class_id, has_box,
 * box and extra.  Of an unchanged image facts, readability and problems stay as they are.  A path that came
 * before in this session gains the labels it did not have (a manifest may have a line per label).
 */
gboolean            ballast_store_import_add         (BallastStoreImport   *import,
                                                      BallastStoreImage    *images,
                                                      gsize                 n_images,
                                                      GError              **error);

/*
 * Notes a problem of this source (@problem->id and @source_id are ignored).  One that is there
 * already, of the same kind, image, path and detail, is not doubled.
 */
gboolean            ballast_store_import_problem     (BallastStoreImport   *import,
                                                      const BallastProblem *problem,
                                                      GError              **error);

/*
 * Ends the session: what was not seen is marked gone (with a problem), problems that were not
 * found again are dropped, indexes are made, the source counts as complete.
 */
gboolean            ballast_store_import_finish      (BallastStoreImport   *import,
                                                      GCancellable         *cancellable,
                                                      GError              **error);

/* Frees; what was added is kept. */
void                ballast_store_import_free        (BallastStoreImport   *import);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastStoreImport, ballast_store_import_free)

G_END_DECLS
