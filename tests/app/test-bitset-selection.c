/* A selection over a million rows, which must make none of them. */
#include "config.h"

#include "ballast-bitset-selection.h"

#define N_ROWS 1000000

/* A list that counts how often a row was made. */
#define TEST_TYPE_ROWS (test_rows_get_type ())
G_DECLARE_FINAL_TYPE (TestRows, test_rows, TEST, ROWS, GObject)

struct _TestRows
{
  GObject parent_instance;

  guint n_made;
};

static GType
get_item_type (GListModel *list)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *list)
{
  return N_ROWS;
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  TEST_ROWS (list)->n_made++;
  return position < N_ROWS ? g_object_new (G_TYPE_OBJECT, NULL) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestRows, test_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
test_rows_class_init (TestRowsClass *klass)
{
}

static void
test_rows_init (TestRows *self)
{
}

typedef struct
{
  guint position;
  guint n_items;
  guint n_times;
} Change;

static void
note_change (GtkSelectionModel *model,
             guint              position,
             guint              n_items,
             Change            *change)
{
  *change = (Change) { position, n_items, change->n_times + 1 };
}

typedef struct
{
  TestRows               *rows;
  BallastBitsetSelection *selection;
  Change                  change;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->rows = g_object_new (TEST_TYPE_ROWS, NULL);
  fixture->selection = ballast_bitset_selection_new (G_LIST_MODEL (g_object_ref (fixture->rows)));
  g_signal_connect (fixture->selection, "selection-changed", G_CALLBACK (note_change),
                    &fixture->change);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_object_unref (fixture->selection);
  g_assert_finalize_object (fixture->rows);
}

static void
test_all_makes_no_row (Fixture      *fixture,
                       gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);

  g_assert_true (gtk_selection_model_select_all (model));
  g_assert_cmpuint (ballast_bitset_selection_get_size (fixture->selection), ==, N_ROWS);
  g_assert_true (gtk_selection_model_is_selected (model, N_ROWS - 1));
  g_assert_cmpuint (fixture->change.n_items, ==, N_ROWS);
  g_assert_true (gtk_selection_model_unselect_all (model));
  g_assert_cmpuint (ballast_bitset_selection_get_size (fixture->selection), ==, 0);
  g_assert_cmpuint (fixture->rows->n_made, ==, 0);
}

static void
test_ranges (Fixture      *fixture,
             gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);

  gtk_selection_model_select_range (model, 10, 5, FALSE);
  gtk_selection_model_select_item (model, 100, FALSE);
  g_assert_cmpuint (ballast_bitset_selection_get_size (fixture->selection), ==, 6);
  gtk_selection_model_unselect_item (model, 12);
  g_assert_false (gtk_selection_model_is_selected (model, 12));
  gtk_selection_model_select_item (model, 3, TRUE);
  g_assert_cmpuint (ballast_bitset_selection_get_size (fixture->selection), ==, 1);
  /* From the row that is now selected to the last that no longer is. */
  g_assert_cmpuint (fixture->change.position, ==, 3);
  g_assert_cmpuint (fixture->change.n_items, ==, 98);
}

static void
test_no_change_no_signal (Fixture      *fixture,
                          gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);

  gtk_selection_model_select_item (model, 7, FALSE);
  gtk_selection_model_select_item (model, 7, FALSE);
  gtk_selection_model_unselect_item (model, 8);
  g_assert_cmpuint (fixture->change.n_times, ==, 1);
}

static void
test_beyond_the_end (Fixture      *fixture,
                     gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);

  gtk_selection_model_select_range (model, N_ROWS - 2, 10, FALSE);
  g_assert_cmpuint (ballast_bitset_selection_get_size (fixture->selection), ==, 2);
  gtk_selection_model_select_item (model, N_ROWS, FALSE);
  g_assert_cmpuint (ballast_bitset_selection_get_size (fixture->selection), ==, 2);
}

#define ADD(path, function) \
  g_test_add ("/app/bitset-selection/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("all-makes-no-row", test_all_makes_no_row);
  ADD ("ranges", test_ranges);
  ADD ("no-change-no-signal", test_no_change_no_signal);
  ADD ("beyond-the-end", test_beyond_the_end);

  return g_test_run ();
}
