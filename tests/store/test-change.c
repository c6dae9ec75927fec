#include "store-fixture.h"

#include <string.h>

#include "ballast-change.h"
#include "ballast-name-map.h"
#include "ballast-store-private.h"

static const BallastChange changes[] = {
  { .kind = BALLAST_CHANGE_IMAGE_FLAGS, .id = 7, .before = 0, .after = 769 },
  { .kind = BALLAST_CHANGE_IMAGE_SPLIT, .id = G_MAXUINT32, .before = 3, .after = 0 },
  { .kind = BALLAST_CHANGE_LABEL_CLASS, .id = (G_GINT64_CONSTANT (5) << 20) + 1048575, .before = 1,
    .after = G_MAXINT64 },
  { .kind = BALLAST_CHANGE_LABEL_ROW, .id = (G_GINT64_CONSTANT (5) << 20), .before = 1, .has_box = TRUE,
    .box = { 1, 2.5, -3, 1e300 }, .extra = (const guint8 *) "\0\1", .n_extra = 2 },
  { .kind = BALLAST_CHANGE_LABEL_ROW, .id = (G_GINT64_CONSTANT (6) << 20), .after = 2 },
  { .kind = BALLAST_CHANGE_LABEL_ASIDE, .id = (G_GINT64_CONSTANT (6) << 20) + 3, .before = 2,
    .has_box = TRUE, .box = { 1, 2, 3, 4 } },
  { .kind = BALLAST_CHANGE_ASIDE_CLASS, .id = (G_GINT64_CONSTANT (2) << 20) + 3, .before = 2, .after = 9 },
  { .kind = BALLAST_CHANGE_CLASS_NAME, .id = 2, .text_before = "a", .text_after = "" },
  { .kind = BALLAST_CHANGE_CLASS_ALIAS, .key = "x", .before = -1, .after = 0 },
  { .kind = BALLAST_CHANGE_SETTING, .key = "k", .text_after = "{\"a\": \"é\"}" },
  { .kind = BALLAST_CHANGE_SPLIT_DROPPED, .id = 1, .before = 1 },
};

static GByteArray *
write_all (void)
{
  BallastChangeLog log;

  ballast_change_log_init (&log);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    ballast_change_log_add (&log, changes[i]);

  return log.bytes;
}

static void
test_round_trip (void)
{
  g_autoptr(GByteArray) bytes = write_all ();
  BallastChangeReader reader;
  BallastChange read;

  ballast_change_reader_init (&reader, bytes->data, bytes->len);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_assert_true (ballast_change_reader_next (&reader, &read));
      g_assert_cmpint (read.kind, ==, changes[i].kind);
      g_assert_cmpint (read.id, ==, changes[i].id);
      g_assert_cmpint (read.before, ==, changes[i].before);
      g_assert_cmpint (read.after, ==, changes[i].after);
      g_assert_cmpstr (read.key, ==, changes[i].key);
      g_assert_cmpstr (read.text_before, ==, changes[i].text_before);
      g_assert_cmpstr (read.text_after, ==, changes[i].text_after);
      g_assert_cmpmem (read.extra, read.n_extra, changes[i].extra, changes[i].n_extra);
      g_assert_cmpint (read.has_box, ==, changes[i].has_box);
      g_assert_cmpmem (&read.box, sizeof read.box, &changes[i].box, sizeof read.box);
    }
  g_assert_false (ballast_change_reader_next (&reader, &read));
  g_assert_false (reader.is_damaged);
}

/* Cut or altered bytes end, without reading past them. */
static void
test_hostile (void)
{
  g_autoptr(GByteArray) bytes = write_all ();

  for (guint i = 0; i < 20000; i++)
    {
      gsize size = g_test_rand_int_range (0, bytes->len + 1);
      g_autofree guint8 *copy = g_memdup2 (bytes->data, size);
      BallastChangeReader reader;
      BallastChange read;
      guint n = 0;

      if (size > 0)
        copy[g_test_rand_int_range (0, size)] ^= 1 << g_test_rand_int_range (0, 8);
      ballast_change_reader_init (&reader, copy, size);
      while (ballast_change_reader_next (&reader, &read))
        g_assert_cmpuint (++n, <=, size);
    }
}

/* Forged bytes in the file end in a sentence, and change nothing. */
static void
test_forged (Fixture      *fixture,
             gconstpointer user_data)
{
  static const char *const forged[] = { "x'ff'", "x'02ff'", "x'12'", "x'1200000a41'", "x'0a0200ffff'" };
  g_autofree char *before = dump (fixture->store);

  for (guint i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO edit (code, arguments, label, time_us, changes) "
                                              "VALUES ('x', '{', 'x', 0, %s)", forged[i]);
      g_autofree char *after = NULL;
      g_autoptr(BallastEditStep) step = NULL;

      assert_ok (ballast_db_exec (fixture->store->db, sql, error));
      assert_fails (ballast_store_undo (fixture->store, NULL, error), BALLAST_STORE_ERROR_CORRUPT);
      step = ballast_store_get_undo_step (fixture->store);
      g_assert_cmpuint (g_strv_length (step->arguments), ==, 0);
      after = dump (fixture->store);
      g_assert_cmpstr (before, ==, after);
    }
}

static void
test_name_map (void)
{
  g_autoptr(BallastNameMap) map = ballast_name_map_new ();

  for (guint i = 1; i <= 50000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.jpg", i);

      ballast_name_map_insert (map, i % 10, name, strlen (name), i);
    }
  for (guint i = 1; i <= 50000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.jpg", i);
      BallastNameProbe probe = ballast_name_map_probe (map, i % 10, name, strlen (name));
      gint64 found;

      while ((found = ballast_name_map_next (map, &probe)) != 0 && found != i);
      g_assert_cmpint (found, ==, i);
    }
}

static void
test_statement (Fixture      *fixture,
                gconstpointer user_data)
{
  BallastDb *db = fixture->store->db;
  BallastStatement *statement;
  g_autoptr(GError) failure = NULL;

  assert_ok ((statement = ballast_db_statement (db, "SELECT ?, ?, ?, ?", error)) != NULL);
  ballast_statement_bind_int (statement, 1, G_MININT64);
  ballast_statement_bind_text (statement, 2, NULL);
  ballast_statement_bind_bytes (statement, 3, "");
  ballast_statement_bind_double (statement, 4, 0.5);
  g_assert_cmpint (ballast_statement_step (statement, NULL), ==, BALLAST_STEP_ROW);
  g_assert_cmpint (ballast_statement_get_int (statement, 0), ==, G_MININT64);
  g_assert_true (ballast_statement_is_null (statement, 1));
  g_assert_false (ballast_statement_is_null (statement, 2));
  g_assert_cmpfloat (ballast_statement_get_double (statement, 3), ==, 0.5);
  g_assert_cmpint (ballast_statement_step (statement, NULL), ==, BALLAST_STEP_DONE);

  assert_ok ((statement = ballast_db_statement (db, "INSERT INTO image_group VALUES (1, NULL)", error)) != NULL);
  g_assert_cmpint (ballast_statement_step (statement, &failure), ==, BALLAST_STEP_ERROR);
  g_assert_error (failure, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_FAILED);
  assert_fails (ballast_db_statement (db, "SELEKT", error) != NULL, BALLAST_STORE_ERROR_FAILED);
}

static void
test_transaction (Fixture      *fixture,
                  gconstpointer user_data)
{
  BallastDb *db = fixture->store->db;
  gint64 n;

  assert_ok (ballast_db_begin (db, error));
  assert_ok (ballast_db_exec (db, "INSERT INTO setting VALUES ('a', '1')", error));
  g_assert_false (ballast_db_end (db, FALSE, NULL));
  assert_ok (ballast_db_get_int (db, "SELECT count(*) FROM setting", &n, error));
  g_assert_cmpint (n, ==, 0);
  assert_fails (ballast_db_exec (db, "INSERT INTO annotation (id, class_id) VALUES (1 << 20, 5)", error),
                BALLAST_STORE_ERROR_FAILED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/change/round-trip", test_round_trip);
  g_test_add_func ("/store/change/hostile", test_hostile);
  CASE ("/store/change/forged", test_forged);
  g_test_add_func ("/store/name-map/many", test_name_map);
  CASE ("/store/statement/binds", test_statement);
  CASE ("/store/db/transaction", test_transaction);

  return g_test_run ();
}
