/*
 * Edits of images, of one or of a hundred thousand.
 *
 * An image that the user relabelled or put into a split is marked, so that imports leave that
 * alone; the mark is part of the edit and goes with its undo.  Some ten microseconds an image.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdlib.h>

#include "ballast-store-edit-private.h"

typedef struct
{
  gint64 id;
  gint64 flags;
  gint64 split_id;
} Image;

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const gint64 *left = a;
  const gint64 *right = b;

  return (*left > *right) - (*left < *right);
}

static gboolean
read_image (BallastDb *db,
            gint64     id,
            Image     *image,
            GError   **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT flags, split_id FROM image WHERE id = ?", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, id);
  step = ballast_statement_step (statement, error);
  if (step == BALLAST_STEP_ROW)
    *image = (Image) { id, ballast_statement_get_int (statement, 0),
                       ballast_statement_get_int (statement, 1) };
  else if (step == BALLAST_STEP_DONE)
    g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_NOT_FOUND,
                 _("The project “%s” has no image number %" PRId64),
                 ballast_db_get_path (db), id);
  ballast_statement_reset (statement);

  return step == BALLAST_STEP_ROW;
}

/* (transfer full) (nullable): the images of @ids, each once and in order. */
static GArray *
read_images (BallastDb    *db,
             const gint64 *ids,
             gsize         n_ids,
             GError      **error)
{
  g_autofree gint64 *sorted = g_memdup2 (ids, n_ids * sizeof *ids);
  g_autoptr(GArray) images = g_array_new (FALSE, FALSE, sizeof (Image));

  if (n_ids > 0)
    qsort (sorted, n_ids, sizeof *sorted, compare_ids);
  for (gsize i = 0; i < n_ids; i++)
    {
      Image image;

      if (i > 0 && sorted[i] == sorted[i - 1])
        continue;
      if (!read_image (db, sorted[i], &image, error))
        return NULL;
      g_array_append_val (images, image);
    }

  return g_steal_pointer (&images);
}

static void
log_user_bits (BallastEdit *edit,
               const Image *image,
               gint64       bits)
{
  gint64 before = image->flags & BALLAST_STORE_USER_MASK;

  if (before != bits)
    ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_IMAGE_FLAGS, .id = image->id, .before = before, .after = bits,
    });
}

/* "Exclude 3 images": @format has a place for the images. */
static void
set_label (BallastEdit *edit,
           const char  *before,
           guint        n_images,
           const char  *after)
{
  g_autofree char *number = g_strdup_printf ("%u", n_images);

  edit->label = g_strdup_printf ("%s%u %s%s", before, n_images, n_images == 1 ? "image" : "images",
                                 after);
  g_ptr_array_insert (edit->arguments, 0, g_steal_pointer (&number));
}

static gboolean
exclude_images (BallastStore *store,
                const gint64 *ids,
                gsize         n_ids,
                gboolean      excluded,
                GError      **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new (excluded ? "exclude" : "include");
  g_autoptr(GArray) images = read_images (store->db, ids, n_ids, error);
  guint n = 0;

  if (images == NULL)
    return FALSE;

  for (guint i = 0; i < images->len; i++)
    {
      const Image *image = &g_array_index (images, Image, i);
      gint64 others = image->flags & BALLAST_STORE_USER_MASK & ~BALLAST_IMAGE_EXCLUDED;

      n += ((image->flags & BALLAST_IMAGE_EXCLUDED) != 0) != excluded;
      log_user_bits (edit, image, others | (excluded ? BALLAST_IMAGE_EXCLUDED : 0));
    }
  set_label (edit, excluded ? "Exclude " : "Include ", n, "");

  return ballast_store_record_edit (store, edit, error);
}

gboolean
ballast_store_exclude_images (BallastStore *store,
                              const gint64 *ids,
                              gsize         n_ids,
                              gboolean      excluded,
                              GError      **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, exclude_images (store, ids, n_ids, excluded, error), error);
}

/* The plain label that stays or becomes one of @class_id: one of that class, or the first. */
static const BallastAnnotation *
choose_kept (const GArray *labels,
             gint64        class_id)
{
  const BallastAnnotation *first = NULL;

  for (guint i = 0; i < labels->len; i++)
    {
      const BallastAnnotation *label = &g_array_index (labels, BallastAnnotation, i);

      if (label->has_box)
        continue;
      if (label->class_id == class_id)
        return label;
      if (first == NULL)
        first = label;
    }

  return class_id != 0 ? first : NULL;
}

/* An id that neither a label of the image has nor one that was put aside; 0 with @error set. */
static gint64
find_free_id (BallastDb *db,
              gint64     image_id,
              GError   **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "SELECT max (?1 - 1, coalesce ((SELECT max (id) FROM annotation WHERE id < ?2), 0), "
    "coalesce ((SELECT max (id) FROM annotation_aside WHERE id < ?2), 0)) + 1", error);
  gint64 id = 0;

  if (statement == NULL)
    return 0;
  ballast_statement_bind_int (statement, 1, BALLAST_STORE_FIRST_ANNOTATION (image_id));
  ballast_statement_bind_int (statement, 2, BALLAST_STORE_FIRST_ANNOTATION (image_id + 1));
  if (ballast_statement_step (statement, error) == BALLAST_STEP_ROW)
    id = ballast_statement_get_int (statement, 0);
  ballast_statement_reset (statement);

  return id;
}

/* A label that stays becomes one of @class_id; where none stays, one comes, if @class_id is not 0. */
static gboolean
log_kept (BallastEdit             *edit,
          BallastDb               *db,
          const BallastAnnotation *kept,
          gint64                   image_id,
          gint64                   class_id,
          GError                 **error)
{
  gint64 id = kept == NULL && class_id != 0 ? find_free_id (db, image_id, error) : 0;

  if (kept == NULL && class_id != 0 && id == 0)
    return FALSE;
  if (id != 0)
    ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_LABEL_ROW, .id = id, .before = 0, .after = class_id,
    });
  else if (kept != NULL && kept->class_id != class_id)
    ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_LABEL_CLASS, .id = kept->id, .before = kept->class_id, .after = class_id,
    });

  return TRUE;
}

/* *changed tells whether the image's labels become others. */
static gboolean
relabel_one (BallastEdit *edit,
             BallastDb   *db,
             const Image *image,
             gint64       class_id,
             gboolean    *changed,
             GError     **error)
{
  g_autoptr(GArray) labels = g_array_new (FALSE, FALSE, sizeof (BallastAnnotation));
  const BallastAnnotation *kept;
  guint before = edit->log.bytes->len;

  if (!ballast_store_read_annotations (db, image->id, labels, NULL, error))
    return FALSE;

  kept = choose_kept (labels, class_id);
  if (!log_kept (edit, db, kept, image->id, class_id, error))
    return FALSE;
  for (guint i = 0; i < labels->len; i++)
    {
      const BallastAnnotation *label = &g_array_index (labels, BallastAnnotation, i);

      if (!label->has_box && label != kept &&
          !ballast_edit_remove_label (edit, db, label->id, error))
        return FALSE;
    }

  *changed = edit->log.bytes->len != before;
  if (*changed)
    log_user_bits (edit, image,
                   (image->flags & BALLAST_STORE_USER_MASK) | BALLAST_STORE_LABELS_BY_USER);

  return TRUE;
}

static gboolean
relabel_images (BallastStore *store,
                const gint64 *ids,
                gsize         n_ids,
                gint64        class_id,
                GError      **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new ("relabel");
  g_autoptr(GArray) images = read_images (store->db, ids, n_ids, error);
  g_autofree char *name = NULL;
  g_autofree char *as = NULL;
  guint n = 0;

  if (images == NULL)
    return FALSE;
  if (class_id != 0)
    {
      name = ballast_store_dup_class_name (store->db, class_id, error);
      if (name == NULL)
        return FALSE;
      as = g_strdup_printf (" as “%s”", name);
      ballast_edit_add_argument (edit, name);
    }

  for (guint i = 0; i < images->len; i++)
    {
      gboolean changed;

      if (!relabel_one (edit, store->db, &g_array_index (images, Image, i), class_id, &changed, error))
        return FALSE;
      n += changed;
    }
  set_label (edit, as != NULL ? "Relabel " : "Remove the labels of ", n, as != NULL ? as : "");

  return ballast_store_record_edit (store, edit, error);
}

gboolean
ballast_store_relabel_images (BallastStore *store,
                              const gint64 *ids,
                              gsize         n_ids,
                              gint64        class_id,
                              GError      **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, relabel_images (store, ids, n_ids, class_id, error), error);
}

gint64
ballast_store_ensure_name (BallastDb              *db,
                           const BallastNamedRows *rows,
                           const char             *name,
                           GError                **error)
{
  BallastStatement *statement = ballast_db_statement (db, rows->find, error);
  BallastStep step;
  gint64 id = -1;

  if (statement == NULL)
    return -1;
  rows->bind (statement, 1, name);
  step = ballast_statement_step (statement, error);
  if (step == BALLAST_STEP_ROW)
    id = ballast_statement_get_int (statement, 0);
  ballast_statement_reset (statement);
  if (step != BALLAST_STEP_DONE)
    return id;

  statement = ballast_db_statement (db, rows->insert, error);
  if (statement == NULL)
    return -1;
  rows->bind (statement, 1, name);

  return ballast_statement_run (statement, error) ? ballast_db_get_last_insert_id (db) : -1;
}

gint64
ballast_store_ensure_split (BallastDb  *db,
                            const char *name,
                            GError    **error)
{
  static const BallastNamedRows splits = { "SELECT id FROM split WHERE name = ? AND dropped = 0",
                                           "INSERT INTO split (name, dropped) VALUES (?, 1)",
                                           ballast_statement_bind_text };

  return ballast_store_ensure_name (db, &splits, name, error);
}

gboolean
ballast_edit_show_split (BallastEdit *edit,
                         BallastDb   *db,
                         gint64       split_id,
                         GError     **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT dropped FROM split WHERE id = ?", error);
  gboolean is_hidden;

  if (statement == NULL)
    return FALSE;
  ballast_statement_bind_int (statement, 1, split_id);
  if (ballast_statement_step (statement, error) == BALLAST_STEP_ERROR)
    return FALSE;
  is_hidden = ballast_statement_get_int (statement, 0) != 0;
  ballast_statement_reset (statement);

  if (is_hidden)
    ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_SPLIT_DROPPED, .id = split_id, .before = 1, .after = 0,
    });

  return TRUE;
}

static gboolean
set_split (BallastStore *store,
           const gint64 *ids,
           gsize         n_ids,
           const char   *split,
           GError      **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new ("set-split");
  g_autoptr(GArray) images = read_images (store->db, ids, n_ids, error);
  g_autofree char *into = split != NULL ? g_strdup_printf (" into “%s”", split) : NULL;
  gint64 split_id = 0;
  guint n = 0;

  if (images == NULL)
    return FALSE;
  if (split != NULL && images->len > 0)
    {
      split_id = ballast_store_ensure_split (store->db, split, error);
      if (split_id < 0)
        return FALSE;
      ballast_edit_add_argument (edit, split);
    }

  for (guint i = 0; i < images->len; i++)
    {
      const Image *image = &g_array_index (images, Image, i);

      if (image->split_id == split_id)
        continue;
      ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_IMAGE_SPLIT, .id = image->id, .before = image->split_id,
      .after = split_id,
    });
      log_user_bits (edit, image,
                     (image->flags & BALLAST_STORE_USER_MASK) | BALLAST_STORE_SPLIT_BY_USER);
      n++;
    }
  if (split_id != 0 && !ballast_edit_show_split (edit, store->db, split_id, error))
    return FALSE;
  set_label (edit, into != NULL ? "Move " : "Take ", n, into != NULL ? into : " out of their split");

  return ballast_store_record_edit (store, edit, error);
}

gboolean
ballast_store_set_images_split (BallastStore *store,
                                const gint64 *ids,
                                gsize         n_ids,
                                const char   *split,
                                GError      **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, set_split (store, ids, n_ids, split, error), error);
}
