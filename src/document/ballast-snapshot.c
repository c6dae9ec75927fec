/*
 * The small part of a project that is always in memory.
 *
 * Reading it costs as many rows as there are classes and settings; only where some images have
 * several labels are all images of the training split gone through, for the plan is one over whole
 * images there; an edit that leaves the records alone reuses what was found.  Store thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-snapshot.h"

#include "ballast-plan.h"
#include "ballast-settings-private.h"
#include "ballast-store-edit.h"
#include "ballast-store-problems.h"
#include "ballast-store-query.h"
#include "ballast-stored-text.h"

#define MEAN_PAGES 8
#define MEAN_PAGE 32

BallastFigures *
ballast_figures_new (void)
{
  return g_atomic_rc_box_new0 (BallastFigures);
}

BallastFigures *
ballast_figures_ref (BallastFigures *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
figures_clear (BallastFigures *self)
{
  g_free (self->areas);
  g_clear_pointer (&self->rows, ballast_plan_rows_unref);
}

void
ballast_figures_unref (BallastFigures *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) figures_clear);
}

void
ballast_snapshot_free (BallastSnapshot *self)
{
  g_clear_pointer (&self->figures, ballast_figures_unref);
  g_clear_pointer (&self->tally, ballast_tally_unref);
  g_clear_pointer (&self->settings, ballast_settings_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_strfreev (self->parents);
  g_free (self->title);
  g_free (self->undo_label);
  g_free (self->redo_label);
  g_free (self);
}

typedef struct
{
  BallastPlanRows *rows;
  GHashTable      *positions; /* class id → index + 1 */
  GArray          *cells;     /* of BallastPlanCell, of one image */
  GArray          *objects;   /* of BallastPlanObject, of the same; NULL: no boxes are read */
} Reading;

/* Windows are for images whose labels all have a box: of another it would not be known what they
 * hold. */
static void
add_objects (Reading               *reading,
             const BallastStoreRow *row)
{
  gboolean whole = row->width > 0 && row->height > 0 && reading->cells->len == row->n_labels;

  g_array_set_size (reading->objects, 0);
  for (guint i = 0; whole && i < row->n_labels; i++)
    {
      const BallastBox *box = &row->labels[i].box;
      BallastPlanObject object = { g_array_index (reading->cells, BallastPlanCell, i).class_index,
                                   (float) box->x, (float) box->y, (float) box->width,
                                   (float) box->height };

      whole = row->labels[i].has_box;
      g_array_append_val (reading->objects, object);
    }
  ballast_plan_rows_add_objects (reading->rows, row->width, row->height,
                                 (const BallastPlanObject *) (gpointer) reading->objects->data,
                                 whole ? reading->objects->len : 0);
}

static void
add_row (const BallastStoreRow *row,
         gpointer               user_data)
{
  Reading *reading = user_data;

  g_array_set_size (reading->cells, 0);
  for (guint i = 0; i < row->n_labels; i++)
    {
      BallastPlanCell cell = { .count = 1 };
      guint position = GPOINTER_TO_UINT (g_hash_table_lookup (reading->positions,
                                                              &row->labels[i].class_id));

      if (position == 0)
        continue;
      cell.class_index = position - 1;
      g_array_append_val (reading->cells, cell);
    }
  ballast_plan_rows_add (reading->rows, row->id, row->path,
                         (const BallastPlanCell *) (gpointer) reading->cells->data,
                         reading->cells->len);
  if (reading->objects != NULL)
    add_objects (reading, row);
}

/* The id by which queries name the training split. */
static gint64
training_split_id (const BallastTally *tally)
{
  guint split = ballast_tally_get_training_split (tally);

  return split < tally->n_splits ? tally->splits[split].id : BALLAST_QUERY_NONE;
}

static gboolean
read_rows (BallastFigures     *self,
           BallastStore       *store,
           const BallastTally *tally,
           gboolean            boxes,
           GError            **error)
{
  g_autoptr(GHashTable) positions = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GArray) cells = g_array_new (FALSE, FALSE, sizeof (BallastPlanCell));
  g_autoptr(GArray) objects = g_array_new (FALSE, FALSE, sizeof (BallastPlanObject));
  g_autofree const char **names = g_new0 (const char *, tally->n_classes + 1);
  Reading reading = { .positions = positions, .cells = cells, .objects = boxes ? objects : NULL };
  BallastStoreRowWalk walk = { training_split_id (tally), add_row, &reading, .no_boxes = !boxes };

  if (!ballast_plan_needs_rows (tally))
    return TRUE;

  for (guint i = 0; i < tally->n_classes; i++)
    {
      names[i] = tally->classes[i].name;
      g_hash_table_insert (positions, &tally->classes[i].id, GUINT_TO_POINTER (i + 1));
    }
  self->rows = reading.rows = ballast_plan_rows_new (names, tally->n_classes);
  if (!ballast_store_foreach_row (store, &walk, NULL, error))
    return FALSE;
  ballast_plan_rows_finish (self->rows);
  return TRUE;
}

static gboolean
read_problems (BallastFigures *self,
               BallastStore   *store,
               GError        **error)
{
  guint64 counts[BALLAST_PROBLEM_KIND_LAST + 1];

  if (!ballast_store_count_problems (store, counts, error))
    return FALSE;
  for (guint kind = 1; kind <= BALLAST_PROBLEM_KIND_LAST; kind++)
    self->problems += counts[kind];
  return TRUE;
}

/* Typical images: pages at equal steps through the ids; all of them where one page holds them. */
static gboolean
read_means (BallastFigures     *self,
            BallastStore       *store,
            const BallastTally *tally,
            GError            **error)
{
  const BallastStoreQuery query = { .flags_mask = BALLAST_IMAGE_ALL_FLAGS };
  guint64 n = 0;

  for (guint step = 0; step < (tally->images > MEAN_PAGE ? MEAN_PAGES : 1); step++)
    {
      g_autoptr(GArray) page = NULL;

      page = ballast_store_page (store, &query, tally->images * step / MEAN_PAGES, MEAN_PAGE,
                                 error);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++, n++)
        {
          const BallastImageFacts *facts;

          facts = &g_array_index (page, BallastStoreImage, i).record.facts;
          self->mean_bytes += facts->size_bytes;
          self->mean_megapixels += (double) facts->width * facts->height / 1e6;
          self->grey_share += facts->colour == BALLAST_COLOUR_GREY ||
                              facts->colour == BALLAST_COLOUR_GREY_ALPHA;
          self->deep_share += facts->colour == BALLAST_COLOUR_GREY && facts->depth > 8;
        }
    }

  if (n > 0)
    {
      self->mean_bytes /= n;
      self->mean_megapixels /= n;
      self->grey_share /= n;
      self->deep_share /= n;
    }
  return TRUE;
}

/* TRUE where crops are asked for that need boxes, and @figures were read without them. */
static gboolean
lack_boxes (const BallastFigures  *figures,
            const BallastTally    *tally,
            const BallastSettings *settings)
{
  return ballast_settings_get_balance (settings)->crops.enabled && tally->boxes > 0 &&
         figures->rows != NULL && figures->rows->object_starts == NULL;
}

static gboolean
count_areas (const BallastTally    *tally,
             const BallastSettings *settings)
{
  return ballast_settings_get_weights (settings)->area && tally->boxes > 0;
}

static gboolean
read_areas (BallastFigures        *self,
            BallastStore          *store,
            const BallastTally    *tally,
            const BallastSettings *settings,
            GError               **error)
{
  if (!count_areas (tally, settings))
    return TRUE;
  self->areas = ballast_box_areas_read (store, tally, training_split_id (tally), error);
  return self->areas != NULL;
}

BallastFigures *
ballast_figures_new_pending (BallastStore *store,
                             GError      **error)
{
  g_autoptr(BallastFigures) self = ballast_figures_new ();

  self->pending = TRUE;
  return read_problems (self, store, error) ? g_steal_pointer (&self) : NULL;
}

static BallastFigures *
read_figures (BallastStore          *store,
              const BallastTally    *tally,
              const BallastSettings *settings,
              GError               **error)
{
  g_autoptr(BallastFigures) self = ballast_figures_new ();
  gboolean boxes = ballast_settings_get_balance (settings)->crops.enabled && tally->boxes > 0;

  if (!read_rows (self, store, tally, boxes, error) || !read_problems (self, store, error) ||
      !read_means (self, store, tally, error) || !read_areas (self, store, tally, settings, error))
    return NULL;
  return g_steal_pointer (&self);
}

BallastSnapshot *
ballast_snapshot_read (BallastStore   *store,
                       BallastFigures *figures,
                       GError        **error)
{
  g_autoptr(BallastSnapshot) self = g_new0 (BallastSnapshot, 1);
  g_autofree char *undo_label = NULL, *redo_label = NULL;

  self->tally = ballast_store_get_tally (store, error);
  if (self->tally == NULL)
    return NULL;
  self->sources = ballast_store_get_sources (store, error);
  if (self->sources == NULL)
    return NULL;
  self->parents = ballast_store_dup_class_parents (store, self->tally->n_classes, error);
  if (self->parents == NULL)
    return NULL;
  self->settings = ballast_settings_read (store, self->tally);
  if (figures != NULL && !lack_boxes (figures, self->tally, self->settings) &&
      (figures->areas != NULL || !count_areas (self->tally, self->settings)))
    self->figures = ballast_figures_ref (figures);
  else
    self->figures = read_figures (store, self->tally, self->settings, error);
  if (self->figures == NULL)
    return NULL;

  self->title = ballast_store_dup_title (store);
  undo_label = ballast_store_get_undo_label (store);
  redo_label = ballast_store_get_redo_label (store);
  self->undo_label = ballast_stored_text_translate (undo_label);
  self->redo_label = ballast_stored_text_translate (redo_label);
  self->read_only = ballast_store_is_read_only (store);
  self->complete = ballast_store_is_import_complete (store);
  return g_steal_pointer (&self);
}
