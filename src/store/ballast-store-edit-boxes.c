/*
 * Edits of single labels, mostly boxes.
 *
 * A label that is excluded moves into a table of its own, so that whatever reads annotations need
 * not know.  Its image is marked: imports leave the labels of it alone from then on.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdlib.h>

#include "ballast-store-edit-private.h"

/* A stored label, in either table. */
typedef struct
{
  BallastChange row;      /* all of it; its extra is borrowed from … */
  GByteArray   *extra;
  gboolean      is_aside;
} Label;

#define LABEL_INIT { .extra = g_byte_array_new () }

static void
label_clear (Label *label)
{
  g_byte_array_unref (label->extra);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Label, label_clear)

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const gint64 *left = a;
  const gint64 *right = b;

  return (*left > *right) - (*left < *right);
}

static BallastStep
read_from (BallastDb  *db,
           const char *sql,
           gint64      id,
           Label      *label,
           GError    **error)
{
  BallastStatement *statement = ballast_db_statement (db, sql, error);
  BallastStep step;
  const void *extra;
  gsize n_extra = 0;

  if (statement == NULL)
    return BALLAST_STEP_ERROR;

  ballast_statement_bind_int (statement, 1, id);
  step = ballast_statement_step (statement, error);
  if (step == BALLAST_STEP_ROW)
    {
      extra = ballast_statement_peek_blob (statement, 5, &n_extra);
      g_byte_array_set_size (label->extra, 0);
      if (n_extra > 0)
        g_byte_array_append (label->extra, extra, n_extra);
      label->row = (BallastChange) {
        .id = id,
        .before = ballast_statement_get_int (statement, 0),
        .has_box = !ballast_statement_is_null (statement, 1),
        .box = { ballast_statement_get_double (statement, 1),
                 ballast_statement_get_double (statement, 2),
                 ballast_statement_get_double (statement, 3),
                 ballast_statement_get_double (statement, 4) },
        .extra = label->extra->data,
        .n_extra = n_extra,
      };
    }
  ballast_statement_reset (statement);

  return step;
}

static gboolean
read_label (BallastDb *db,
            gint64     id,
            Label     *label,
            GError   **error)
{
  BallastStep step = read_from (
    db, "SELECT class_id, x, y, width, height, data FROM annotation LEFT JOIN annotation_extra ON "
    "annotation_id = id WHERE id = ?", id, label, error);

  label->is_aside = FALSE;
  if (step == BALLAST_STEP_DONE)
    {
      label->is_aside = TRUE;
      step = read_from (db, "SELECT class_id, x, y, width, height, data FROM annotation_aside WHERE "
                        "id = ?", id, label, error);
    }
  if (step == BALLAST_STEP_DONE)
    g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_NOT_FOUND,
                 _("The project “%s” has no box number %" PRId64), ballast_db_get_path (db), id);

  return step == BALLAST_STEP_ROW;
}

/* The label goes from the table of @kind, or (@class_id not 0) comes into it. */
static void
log_row (BallastEdit      *edit,
         const Label      *label,
         BallastChangeKind kind,
         gint64            class_id)
{
  BallastChange change = label->row;

  change.kind = kind;
  change.before = class_id != 0 ? 0 : label->row.before;
  change.after = class_id;
  ballast_change_log_add (&edit->log, change);
}

static gboolean
log_user_bits (BallastEdit *edit,
               BallastDb   *db,
               gint64       image_id,
               GError     **error)
{
  BallastStatement *statement = ballast_db_statement (db, "SELECT flags FROM image WHERE id = ?",
                                                      error);
  gint64 before;

  if (statement == NULL)
    return FALSE;
  ballast_statement_bind_int (statement, 1, image_id);
  if (ballast_statement_step (statement, error) == BALLAST_STEP_ERROR)
    return FALSE;
  before = ballast_statement_get_int (statement, 0) & BALLAST_STORE_USER_MASK;
  ballast_statement_reset (statement);

  if ((before & BALLAST_STORE_LABELS_BY_USER) == 0)
    ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_IMAGE_FLAGS, .id = image_id, .before = before,
      .after = before | BALLAST_STORE_LABELS_BY_USER,
    });

  return TRUE;
}

/* What is done with every label. */
typedef enum
{
  RELABEL,
  DELETE,
  EXCLUDE,
  INCLUDE,
} Act;

typedef struct
{
  Act         act;
  const char *code;
  const char *verb;     /* of the English label */
  gint64      class_id; /* of relabel; 0 */
} Deed;

static void
log_deed (BallastEdit *edit,
          const Deed  *deed,
          const Label *label)
{
  gint64 id = label->row.id;

  if (deed->act == RELABEL && label->row.before != deed->class_id)
    ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = label->is_aside ? BALLAST_CHANGE_ASIDE_CLASS : BALLAST_CHANGE_LABEL_CLASS,
      .id = id, .before = label->row.before, .after = deed->class_id,
    });
  else if (deed->act == DELETE)
    log_row (edit, label, label->is_aside ? BALLAST_CHANGE_LABEL_ASIDE : BALLAST_CHANGE_LABEL_ROW, 0);
  else if ((deed->act == EXCLUDE && !label->is_aside) || (deed->act == INCLUDE && label->is_aside))
    {
      log_row (edit, label, BALLAST_CHANGE_LABEL_ROW, label->is_aside ? label->row.before : 0);
      log_row (edit, label, BALLAST_CHANGE_LABEL_ASIDE, label->is_aside ? 0 : label->row.before);
    }
}

/* *n_changed: the labels that become others. */
static gboolean
log_all (BallastEdit  *edit,
         BallastDb    *db,
         const Deed   *deed,
         const GArray *ids,
         guint        *n_changed,
         GError      **error)
{
  g_auto(Label) label = LABEL_INIT;
  gint64 last_image = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      gint64 image_id = id >> BALLAST_STORE_ANNOTATION_BITS;
      guint before = edit->log.bytes->len;

      if (i > 0 && g_array_index (ids, gint64, i - 1) == id)
        continue;
      if (!read_label (db, id, &label, error))
        return FALSE;
      log_deed (edit, deed, &label);
      if (edit->log.bytes->len == before)
        continue;
      ++*n_changed;
      if (image_id != last_image && !log_user_bits (edit, db, image_id, error))
        return FALSE;
      last_image = image_id;
    }

  return TRUE;
}

static gboolean
edit_labels (BallastStore *store,
             const Deed   *deed,
             const GArray *ids,
             GError      **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new (deed->code);
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;
  guint n_changed = 0;

  if (deed->class_id != 0)
    {
      name = ballast_store_dup_class_name (store->db, deed->class_id, error);
      if (name == NULL)
        return FALSE;
    }
  if (!log_all (edit, store->db, deed, ids, &n_changed, error))
    return FALSE;
  number = g_strdup_printf ("%u", n_changed);
  ballast_edit_add_argument (edit, number);
  edit->label = g_strdup_printf ("%s %u %s%s%s%s", deed->verb, n_changed,
                                 n_changed == 1 ? "box" : "boxes", name != NULL ? " as “" : "",
                                 name != NULL ? name : "", name != NULL ? "”" : "");
  if (name != NULL)
    ballast_edit_add_argument (edit, name);

  return ballast_store_record_edit (store, edit, error);
}

static gboolean
run (BallastStore *store,
     const Deed   *deed,
     const gint64 *ids,
     gsize         n_ids,
     GError      **error)
{
  g_autoptr(GArray) sorted = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (n_ids > 0)
    g_array_append_vals (sorted, ids, n_ids);
  g_array_sort (sorted, compare_ids);

  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, edit_labels (store, deed, sorted, error), error);
}

gboolean
ballast_store_relabel_annotations (BallastStore *store,
                                   const gint64 *ids,
                                   gsize         n_ids,
                                   gint64        class_id,
                                   GError      **error)
{
  Deed deed = { RELABEL, "relabel-boxes", "Relabel", class_id };

  return run (store, &deed, ids, n_ids, error);
}

gboolean
ballast_store_delete_annotations (BallastStore *store,
                                  const gint64 *ids,
                                  gsize         n_ids,
                                  GError      **error)
{
  Deed deed = { DELETE, "delete-boxes", "Delete" };

  return run (store, &deed, ids, n_ids, error);
}

gboolean
ballast_store_exclude_annotations (BallastStore *store,
                                   const gint64 *ids,
                                   gsize         n_ids,
                                   gboolean      excluded,
                                   GError      **error)
{
  Deed deed = { excluded ? EXCLUDE : INCLUDE, excluded ? "exclude-boxes" : "include-boxes",
                excluded ? "Exclude" : "Include" };

  return run (store, &deed, ids, n_ids, error);
}

gboolean
ballast_edit_move_aside (BallastEdit *edit,
                         BallastDb   *db,
                         gint64       class_id,
                         gint64       becomes,
                         GError     **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT id FROM annotation_aside WHERE class_id = ?", error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto(Label) label = LABEL_INIT;
  BallastStep step;

  if (statement == NULL)
    return FALSE;
  ballast_statement_bind_int (statement, 1, class_id);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 id = ballast_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (step != BALLAST_STEP_DONE)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (becomes != 0)
        ballast_change_log_add (&edit->log, (BallastChange) {
        .kind = BALLAST_CHANGE_ASIDE_CLASS, .id = id, .before = class_id, .after = becomes,
      });
      else if (read_from (db, "SELECT class_id, x, y, width, height, data FROM annotation_aside WHERE "
                          "id = ?", id, &label, error) == BALLAST_STEP_ROW)
        log_row (edit, &label, BALLAST_CHANGE_LABEL_ASIDE, 0);
      else
        return FALSE;
    }

  return TRUE;
}

GArray *
ballast_store_get_aside (BallastStore *store,
                         gint64        image_id,
                         GError      **error)
{
  g_autoptr(GArray) labels = g_array_new (FALSE, FALSE, sizeof (BallastAnnotation));
  gboolean read = ballast_store_read_labels (
    store->db, "SELECT id, class_id, x, y, width, height FROM annotation_aside WHERE id >= ? AND "
    "id < ?", image_id, labels, error);

  return read ? g_steal_pointer (&labels) : NULL;
}
