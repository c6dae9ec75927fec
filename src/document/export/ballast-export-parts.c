/*
 * The hierarchy as an export: one complete dataset a classifier, below one folder.
 *
 * The images of the training split are read once; each dataset then plans those below its group, by
 * pool and in the order of the store, so a place in a plan means the same on every machine.  A
 * dataset is written by the machinery of all exports and is whole or not there; so is the folder of
 * them all.  The job's thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-export-parts.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ballast-document-error.h"
#include "ballast-export-error.h"
#include "ballast-export-estimate.h"
#include "ballast-export-file.h"
#include "ballast-export-names.h"
#include "ballast-hierarchy-routing.h"
#include "ballast-json.h"
#include "ballast-path.h"
#include "ballast-store-query.h"

#define FOLDER "nodes"
#define MARK_NAME ".ballast-hierarchy" /* the fingerprint of what an interrupted run was writing */
#define SEVERAL G_MAXUINT32

/* A training image that holds a class of the tree. */
typedef struct
{
  gint64  id;
  guint32 class_index; /* SEVERAL: see the table */
} Member;

typedef struct
{
  BallastExportParts *parts;
  GCancellable       *cancellable;
  guint               class_index;
} Walk;

static gboolean
on_member (const BallastStoreMember *member,
           gpointer                  user_data)
{
  Walk *walk = user_data;
  Member entry = { member->id, walk->class_index };
  GArray *classes;

  if (member->n_classes > 1)
    {
      classes = g_hash_table_lookup (walk->parts->several, &member->id);
      if (classes != NULL)
        {
          g_array_append_val (classes, walk->class_index);
          return TRUE;
        }
      classes = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (classes, walk->class_index);
      g_hash_table_insert (walk->parts->several, g_memdup2 (&member->id, sizeof member->id), classes);
      entry.class_index = SEVERAL;
    }
  g_array_append_val (walk->parts->members, entry);
  return TRUE;
}

static gboolean
members_in_thread (BallastStore *store,
                   gpointer      user_data,
                   GError      **error)
{
  Walk *walk = user_data;
  const BallastSnapshot *snapshot = walk->parts->setup->snapshot;
  const BallastTally *tally = snapshot->tally;
  const BallastHierarchy *tree = ballast_settings_get_hierarchy (snapshot->settings);
  guint training = walk->parts->setup->plan->training_split;
  BallastStoreMemberWalk members = { .split_id = training < tally->n_splits
                                                   ? tally->splits[training].id : BALLAST_QUERY_NONE,
                                     .func = on_member, .user_data = walk };

  for (guint i = 0; i < tally->n_classes; i++)
    {
      const BallastHierarchyNode *node = ballast_hierarchy_find_name (tree, tally->classes[i].name);

      if (node == NULL || !node->is_class)
        continue;
      walk->class_index = i;
      members.class_id = tally->classes[i].id;
      if (!ballast_store_foreach_class_member (store, &members, walk->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* (transfer full): of every class of the project its pool in @dataset, or -1. */
static int *
dup_pools (const BallastExportParts      *parts,
           const BallastHierarchyDataset *dataset)
{
  const BallastTally *tally = parts->setup->snapshot->tally;
  int *pools = g_new (int, tally->n_classes + 1);

  for (guint i = 0; i < tally->n_classes; i++)
    pools[i] = ballast_hierarchy_dataset_find_pool (dataset, tally->classes[i].name);
  return pools;
}

/* The pool of an image, the first of several of one label; -1: none, -2: of several labels. */
static int
find_pool (const BallastExportParts      *parts,
           const BallastHierarchyDataset *dataset,
           const int                     *pools,
           const Member                  *member)
{
  const GArray *classes;
  int found = -1;

  if (member->class_index != SEVERAL)
    return pools[member->class_index];

  classes = g_hash_table_lookup (parts->several, &member->id);
  for (guint i = 0; i < classes->len; i++)
    {
      int pool = pools[g_array_index (classes, guint, i)];

      if (pool >= 0 && found >= 0 && dataset->labels_of_pools[pool] != dataset->labels_of_pools[found])
        return -2;
      if (found < 0)
        found = pool;
    }
  return found;
}

static void
plan_part (const BallastExportParts *parts,
           BallastExportPart        *part)
{
  const BallastSettings *settings = parts->setup->snapshot->settings;
  g_autofree guint64 *counts = g_new0 (guint64, part->dataset->n_pools);
  g_autofree int *pools = dup_pools (parts, part->dataset);
  g_auto(BallastBalanceSettings) balance = { 0 };

  for (guint i = 0; i < parts->members->len; i++)
    {
      int pool = find_pool (parts, part->dataset, pools, &g_array_index (parts->members, Member, i));

      if (pool >= 0)
        counts[pool]++;
      part->left_out += pool == -2;
    }
  ballast_balance_settings_copy (ballast_settings_get_balance (settings), &balance);
  balance.seed = parts->setup->settings.seed;
  part->plan = ballast_hierarchy_dataset_dup_plan (part->dataset, counts, &balance);
  part->weights = ballast_hierarchy_dataset_dup_weights (part->dataset, part->plan,
                                                         ballast_settings_get_weights (settings));
  for (guint i = 0; i < part->plan->n_classes; i++)
    part->files += part->plan->classes[i].images_after;
}

/* A folder for every dataset that no other has, in any case of letters. */
static void
name_parts (BallastExportParts *parts)
{
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < parts->parts->len; i++)
    {
      BallastExportPart *part = &g_array_index (parts->parts, BallastExportPart, i);
      g_autofree char *name = ballast_export_name_component (part->dataset->name);
      char *folded = g_utf8_casefold (name, -1);

      if (g_hash_table_contains (taken, folded))
        {
          g_autofree char *plain = g_steal_pointer (&name);

          g_free (folded);
          name = g_strdup_printf ("%s-%u", plain, i + 1);
          folded = g_utf8_casefold (name, -1);
        }
      g_hash_table_add (taken, folded);
      part->folder = g_strconcat (FOLDER "/", name, NULL);
    }
}

static char *
make_fingerprint (const BallastExportParts *parts)
{
  const BallastSettings *settings = parts->setup->snapshot->settings;
  g_autofree char *usual = ballast_export_setup_dup_fingerprint (parts->setup);
  g_autoptr(JsonNode) tree = ballast_hierarchy_to_json (ballast_settings_get_hierarchy (settings));
  g_autoptr(JsonNode) balance = ballast_balance_settings_to_json (&parts->setup->plan->settings);
  g_autoptr(JsonNode) weights =
    ballast_weight_options_to_json (ballast_settings_get_weights (settings));
  g_autofree char *tree_text = ballast_json_to_string (tree, FALSE);
  g_autofree char *balance_text = ballast_json_to_string (balance, FALSE);
  g_autofree char *weights_text = ballast_json_to_string (weights, FALSE);
  const BallastExportSettings *export = &parts->setup->settings;
  g_autofree char *text = g_strdup_printf (
    BALLAST_VERSION "\n%s\n%s\n%s\n%s\n%s %s %s %d %u", usual, tree_text, balance_text, weights_text,
    export->layout, export->originals, export->weights, (int) export->format, export->quality);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
part_clear (gpointer data)
{
  BallastExportPart *part = data;

  g_free (part->folder);
  g_clear_pointer (&part->plan, ballast_plan_unref);
  g_clear_pointer (&part->weights, ballast_weights_free);
}

gboolean
ballast_export_parts_read (BallastExportParts       *parts,
                           const BallastExportSetup *setup,
                           BallastStoreThread       *thread,
                           GCancellable             *cancellable,
                           GError                  **error)
{
  const BallastHierarchy *tree = ballast_settings_get_hierarchy (setup->snapshot->settings);
  Walk walk = { parts, cancellable };

  if (ballast_hierarchy_is_empty (tree))
    {
      g_set_error_literal (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID,
                           _("The project has no hierarchy yet: group the classes first."));
      return FALSE;
    }

  parts->setup = setup;
  parts->datasets = ballast_hierarchy_list_datasets (tree);
  parts->parts = g_array_new (FALSE, TRUE, sizeof (BallastExportPart));
  g_array_set_clear_func (parts->parts, part_clear);
  parts->members = g_array_new (FALSE, FALSE, sizeof (Member));
  parts->several = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                          (GDestroyNotify) g_array_unref);
  if (!ballast_store_thread_call (thread, members_in_thread, &walk, error))
    return FALSE;

  for (guint i = 0; i < parts->datasets->len; i++)
    {
      BallastExportPart part = { .dataset = g_ptr_array_index (parts->datasets, i) };

      plan_part (parts, &part);
      g_array_append_val (parts->parts, part);
    }
  name_parts (parts);
  parts->fingerprint = make_fingerprint (parts);
  return TRUE;
}

void
ballast_export_parts_clear (BallastExportParts *parts)
{
  g_clear_pointer (&parts->parts, g_array_unref);
  g_clear_pointer (&parts->datasets, g_ptr_array_unref);
  g_clear_pointer (&parts->members, g_array_unref);
  g_clear_pointer (&parts->several, g_hash_table_unref);
  g_clear_pointer (&parts->fingerprint, g_free);
}

GArray *
ballast_export_parts_dup_choices (const BallastExportParts *parts,
                                  const BallastExportPart  *part)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (BallastExportChoice));
  g_autofree guint64 *places = g_new0 (guint64, part->dataset->n_pools);
  g_autofree int *pools = dup_pools (parts, part->dataset);

  for (guint i = 0; i < parts->members->len; i++)
    {
      const Member *member = &g_array_index (parts->members, Member, i);
      int pool = find_pool (parts, part->dataset, pools, member);
      BallastExportChoice choice = { .id = member->id, .training = TRUE };
      gboolean keep_original = TRUE;

      if (pool < 0)
        continue;
      choice.n_copies = ballast_plan_get_copies (part->plan, pool + 1, places[pool]++, &keep_original);
      choice.keep_original = keep_original;
      if (keep_original || choice.n_copies > 0)
        g_array_append_val (choices, choice);
    }
  return choices;
}

int
ballast_export_part_find_label (const BallastExportPart *part,
                                const BallastTally      *tally,
                                const GArray            *classes)
{
  for (guint i = 0; i < classes->len; i++)
    {
      guint index = g_array_index (classes, guint, i);
      int pool = ballast_hierarchy_dataset_find_pool (part->dataset, tally->classes[index].name);

      if (pool >= 0)
        return (int) part->dataset->labels_of_pools[pool];
    }
  return -1;
}

gboolean
ballast_export_parts_must_keep_sides (const BallastExportParts *parts,
                                      const BallastExportPart  *part,
                                      guint                     class_index)
{
  const BallastTally *tally = parts->setup->snapshot->tally;
  gsize n_pairs;
  const BallastClassPair *pairs =
    ballast_settings_get_pairs (parts->setup->snapshot->settings, &n_pairs);
  gint64 id = tally->classes[class_index].id;
  gint64 mirrored = n_pairs == 0 ? id : ballast_class_pair_mirror (pairs, n_pairs, id);
  const BallastClassTally *partner = ballast_tally_find_class_by_id (tally, mirrored);
  int own = ballast_hierarchy_dataset_find_pool (part->dataset, tally->classes[class_index].name);
  int other = partner == NULL ? own
                              : ballast_hierarchy_dataset_find_pool (part->dataset, partner->name);

  return own >= 0 && (other < 0 || part->dataset->labels_of_pools[own] !=
                      part->dataset->labels_of_pools[other]);
}

/* The options of the whole export with what is this dataset's own. */
static BallastExportOptions
make_options (const BallastExportParts *parts,
              const BallastExportPart  *part)
{
  BallastExportOptions options = parts->setup->options;

  options.class_names = (const char *const *) part->dataset->labels;
  options.weights = part->weights;
  options.n_training = part->files;
  options.n_others = 0;
  /* The plan's classes are pools, of which a label may have several. */
  options.plan = part->dataset->n_pools == part->dataset->n_labels ? part->plan : NULL;
  return options;
}

gboolean
ballast_export_parts_have_room (const BallastExportParts *parts,
                                const char               *dest,
                                GError                  **error)
{
  const BallastFigures *figures = parts->setup->snapshot->figures;
  BallastExportNeeds needs = { 0 };

  for (guint i = 0; i < parts->parts->len; i++)
    {
      const BallastExportPart *part = &g_array_index (parts->parts, BallastExportPart, i);
      BallastExportOptions options = make_options (parts, part);
      BallastExportBatch batch = { .mean_bytes = figures->mean_bytes,
                                   .mean_megapixels = figures->mean_megapixels };

      for (guint j = 0; j < part->plan->n_classes; j++)
        batch.n_originals += part->plan->classes[j].distinct;
      batch.n_copies = part->files - batch.n_originals;
      ballast_export_needs_add (&needs, &options, &batch);
    }
  return ballast_export_needs_check (&needs, dest, error);
}

static gboolean
is_empty (const char *path)
{
  g_autoptr(GDir) listing = g_dir_open (path, 0, NULL);

  return listing != NULL && g_dir_read_name (listing) == NULL;
}

/* Leaves the folder empty but for its mark, unless it is of the same export. */
static gboolean
claim_folder (const BallastExportParts *parts,
              BallastAtomicDir         *dir,
              GError                  **error)
{
  const char *path = ballast_atomic_dir_get_path (dir);
  g_autofree char *mark = g_build_filename (path, MARK_NAME, NULL);
  g_autofree char *found = NULL, *display = NULL;
  int fd = ballast_atomic_dir_get_fd (dir);

  g_file_get_contents (mark, &found, NULL, NULL);
  if (found == NULL && !is_empty (path))
    {
      display = ballast_path_display (path);
      g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN,
                   _("“%s” is in the way and was not written by this export: remove it, or choose "
                      "another name"), display);
      return FALSE;
    }
  if (g_strcmp0 (found, parts->fingerprint) == 0)
    return TRUE;

  return ballast_export_file_empty_folder (fd, error) &&
         ballast_export_file_put (fd, MARK_NAME, parts->fingerprint, strlen (parts->fingerprint),
                                  error);
}

BallastAtomicDir *
ballast_export_parts_open_folder (const BallastExportParts *parts,
                                  const char               *dest,
                                  GError                  **error)
{
  g_autoptr(BallastAtomicDir) dir = ballast_atomic_dir_open (dest, error);

  if (dir == NULL || !claim_folder (parts, dir, error) ||
      !ballast_export_file_make_folder (ballast_atomic_dir_get_fd (dir), FOLDER, error))
    return NULL;
  return g_steal_pointer (&dir);
}

BallastExportRun *
ballast_export_parts_open_run (const BallastExportParts *parts,
                               const BallastExportPart  *part,
                               BallastAtomicDir         *dir,
                               GError                  **error)
{
  g_autofree char *path = g_build_filename (ballast_atomic_dir_get_path (dir), part->folder, NULL);
  BallastExportOptions options = make_options (parts, part);
  const BallastTally *tally = parts->setup->snapshot->tally;
  gboolean has_split = parts->setup->plan->training_split < tally->n_splits;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return NULL;
  return ballast_export_run_open (path, &options, has_split, parts->fingerprint, error);
}

gboolean
ballast_export_parts_finish (const BallastExportParts *parts,
                             BallastAtomicDir         *dir,
                             GError                  **error)
{
  const BallastSnapshot *snapshot = parts->setup->snapshot;
  g_autofree BallastHierarchyRoute *routes = g_new0 (BallastHierarchyRoute, parts->parts->len);
  BallastHierarchyRouting routing = {
    .hierarchy = ballast_settings_get_hierarchy (snapshot->settings),
    .classes = (const char *const *) parts->setup->class_names,
    .balance = ballast_settings_get_balance (snapshot->settings),
    .weights = ballast_settings_get_weights (snapshot->settings),
    .seed = parts->setup->settings.seed,
    .routes = routes,
    .n_routes = parts->parts->len,
  };
  int fd = ballast_atomic_dir_get_fd (dir);

  for (guint i = 0; i < parts->parts->len; i++)
    {
      const BallastExportPart *part = &g_array_index (parts->parts, BallastExportPart, i);

      routes[i] = (BallastHierarchyRoute){ part->dataset, part->folder, part->plan, part->weights,
                                           part->left_out };
    }
  return ballast_hierarchy_routing_write (&routing, fd, error) &&
         ballast_atomic_dir_sync (dir, error) &&
         ballast_export_file_remove_tree (fd, MARK_NAME, error) &&
         ballast_atomic_dir_publish (dir, error);
}
