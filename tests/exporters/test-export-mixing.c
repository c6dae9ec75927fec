#include "ballast-export-error.h"
#include "ballast-verify.h"
#include "ballast-export-labels.h"
#include "ballast-shape.h"
#include "dataset.h"

/* Copies that take parts of other pictures. */

#define ITEMS                                                                                   \
  "train/stop/a.jpg+3 train/stop/b.png train/stop/c.jpg! train/turn-left/a.jpg+2 "             \
  "train/turn-left/d.png+1 train/turn-right/e.jpg+2 val/stop/v.jpg"

static const char *const ops[] = { "Mosaic", "MixUp", "CutMix", "CopyPaste" };

static void
export_to (Dataset                    *dataset,
           const Folder               *out,
           const BallastExportOptions *options,
           BallastExportCounts        *counts)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dataset_export (dataset, out, "d", options, counts, &error) || error != NULL);
  g_assert_no_error (error);
}

static char *
export_tree (const char                 *op,
             guint                       n_threads,
             const BallastExportOptions *options)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new ();
  g_autofree char *dest = g_build_filename (out.path, "d", NULL);

  dataset_set_pipeline (&dataset, op);
  dataset.n_threads = n_threads;
  export_to (&dataset, &out, options, NULL);
  return tree_text (dest);
}

static void
test_mixing_threads_do_not_matter (void)
{
  static const char *const layouts[] = { "folders", "manifest" };

  for (guint i = 0; i < G_N_ELEMENTS (layouts) * G_N_ELEMENTS (ops); i++)
    {
      BallastExportOptions options = DATASET_OPTIONS (.layout = layouts[i % 2], .seed = 7,
                                                      .mixes = TRUE);
      g_autofree char *one = export_tree (ops[i / 2], 1, &options);
      g_autofree char *eight = export_tree (ops[i / 2], 8, &options);

      g_assert_cmpstr (one, ==, eight);
    }
}

static void
test_mixing_continued (void)
{
  BallastExportOptions options = DATASET_OPTIONS (.layout = "manifest", .seed = 3, .mixes = TRUE);
  g_autofree char *whole = export_tree ("Mosaic", 2, &options);

  for (guint stop = 1; stop < 6; stop++)
    {
      g_auto(Dataset) dataset = dataset_new (ITEMS);
      g_auto(Folder) out = folder_new ();
      g_autofree char *dest = g_build_filename (out.path, "d", NULL), *again = NULL;

      dataset_set_pipeline (&dataset, "Mosaic");
      dataset.stop_after = stop;
      g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, NULL));
      dataset.stop_after = 0;
      export_to (&dataset, &out, &options, NULL);
      again = tree_text (dest);
      g_assert_cmpstr (again, ==, whole);
    }
}

typedef struct
{
  guint    n_copies;
  guint    n_mixed; /* of more than one class */
  gboolean all_sum;
} Labels;

static gboolean
look_at_labels (const BallastManifestRow *row,
                gpointer                  user_data,
                GError                  **error)
{
  Labels *labels = user_data;
  g_auto(GStrv) parts = g_strsplit (row->soft_labels, ";", -1);
  double sum = 0;

  if (row->copy == 0)
    {
      g_assert_cmpstr (row->soft_labels, ==, "");
      return TRUE;
    }
  labels->n_copies++;
  if (*row->soft_labels == '\0') /* nobody to mix with */
    return TRUE;
  for (guint i = 0; parts[i] != NULL; i++)
    sum += g_ascii_strtod (strrchr (parts[i], ':') + 1, NULL);
  labels->n_mixed += g_strv_length (parts) > 1;
  labels->all_sum = labels->all_sum && sum > 0.9999 && sum < 1.0001;
  return TRUE;
}

static Labels
read_labels (const char *layout)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = layout, .seed = 5, .mixes = TRUE);
  Labels labels = { .all_sum = TRUE };
  g_autoptr(GError) error = NULL;

  dataset_set_pipeline (&dataset, "MixUp");
  export_to (&dataset, &out, &options, NULL);
  ballast_manifest_foreach (out.fd, "d/manifest.csv", look_at_labels, &labels, NULL, &error);
  g_assert_no_error (error);
  return labels;
}

/* The manifest mixes classes and says how much; class folders keep to one class. */
static void
test_mixing_soft_labels (void)
{
  Labels manifest = read_labels ("manifest"), folders = read_labels ("folders");

  g_assert_true (manifest.all_sum && folders.all_sum);
  g_assert_cmpuint (manifest.n_copies, ==, 8);
  g_assert_cmpuint (manifest.n_mixed, >, 0);
  g_assert_cmpuint (folders.n_mixed, ==, 0);
}

/* Only in its class, and not of itself: the one sign that turns right is left as it is. */
static void
test_mixing_needs_others (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/turn-right/e.png+1 train/stop/a.png+1 train/stop/b.png");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders", .mixes = TRUE);
  BallastExportCounts counts;
  g_autofree char *text = NULL;
  gsize length;

  dataset_set_pipeline (&dataset, "MixUp");
  export_to (&dataset, &out, &options, &counts);
  text = folder_read (&out, "d/manifest.csv", &length);
  g_assert_nonnull (strstr (text, "b.png\"\",0,64,48"));
  g_assert_null (strstr (text, "e.png\"\",0,64,48"));
  g_assert_cmpuint (counts.augmented, ==, 2);
}

/* A partner that is gone makes a problem of the image, not of the run. */
static void
test_mixing_missing_partner (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg+1 train/stop/b.jpg! train/turn-left/c.jpg");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders", .mixes = TRUE);
  BallastExportCounts counts;

  g_array_index (dataset.sources, BallastExportSource, 1).n_copies = 0;
  unlinkat (dataset.folder.fd, "train/stop/b.jpg", 0);
  dataset_set_pipeline (&dataset, "MixUp");
  export_to (&dataset, &out, &options, &counts);
  g_assert_cmpuint (counts.problems, ==, 1);
  g_assert_true (folder_has (&out, "d/train/turn-left/c.jpg"));
}

/* (transfer full): the diamond in the box of the picture that lends. */
static GByteArray *
pack_outline (void)
{
  GByteArray *bytes = g_byte_array_new ();
  guint size = 4;
  double points[] = { 48, 0, 64, 12, 48, 24, 32, 12 };
  const BallastShape shape = { .area = (double) NAN, .kind = BALLAST_SHAPE_POLYGONS, .n_parts = 1,
                               .sizes = &size, .points = points };

  ballast_shape_pack (&shape, bytes);
  return bytes;
}

/* The outline came along, inside the label's box. */
static void
assert_outlined (const BallastExportLabel *label)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
  guint n;

  g_assert_true (ballast_shape_unpack (&shape, label->extra, label->n_extra));
  g_assert_cmpuint (shape.kind, ==, BALLAST_SHAPE_POLYGONS);
  n = ballast_shape_get_n_points (&shape);
  g_assert_cmpuint (n, >=, 3);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (shape.points[2 * i], >=, label->box.x - 0.01);
      g_assert_cmpfloat (shape.points[2 * i], <=, label->box.x + label->box.width + 0.01);
      g_assert_cmpfloat (shape.points[2 * i + 1], >=, label->box.y - 0.01);
      g_assert_cmpfloat (shape.points[2 * i + 1], <=, label->box.y + label->box.height + 0.01);
    }
}

/* Boxes of a partner, in the copy's pixels and with its class; their outlines with them. */
static void
test_mixing_boxes (void)
{
  const BallastExportLabel own = { 0, TRUE, { 0, 0, 20, 20 }, NULL, 0 };
  g_autoptr(GByteArray) outline = pack_outline ();
  const BallastExportLabel other = { 1, TRUE, { 32, 0, 32, 24 }, outline->data, outline->len };
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.png+1 train/turn-left/b.png");
  BallastExportSource *sources = (BallastExportSource *) (gpointer) dataset.sources->data;
  g_autoptr(BallastExportPartners) partners
    = ballast_export_partners_new (BALLAST_EXPORTER_BOXES | BALLAST_EXPORTER_OUTLINES);
  g_autoptr(GArray) labels = ballast_export_labels_copy (NULL, 0);
  BallastRandomKey key = ballast_random_key (1, "a", 1);
  g_autoptr(BallastRecipe) recipe = NULL;
  BallastPartnerList list;
  BallastSubject subject = { .width = 64, .height = 48, .partners = &list };

  sources[0].labels = &own;
  sources[1].labels = &other;
  sources[0].n_labels = sources[1].n_labels = 1;
  for (guint i = 0; i < 2; i++)
    ballast_export_partners_add (partners, &sources[i]);
  g_assert_true (ballast_export_partners_find (partners, &sources[0], "train/stop/a.png", &list));
  g_assert_cmpuint (list.n, ==, 2);
  g_assert_cmpuint (list.own, ==, 0);
  dataset_set_pipeline (&dataset, "CopyPaste");
  recipe = ballast_pipeline_sample_subject (dataset.pipeline, &key, &subject);
  ballast_export_partners_add_labels (partners, &sources[0], recipe, NULL, NULL, NULL, labels);
  g_assert_cmpuint (labels->len, >, 0);
  g_assert_cmpuint (labels->len, <=, ballast_recipe_get_n_partners (recipe));
  for (guint i = 0; i < labels->len; i++)
    {
      const BallastExportLabel *label = &g_array_index (labels, BallastExportLabel, i);

      g_assert_cmpuint (label->class_index, ==, 1);
      g_assert_cmpfloat (label->box.x, >=, 0);
      g_assert_cmpfloat (label->box.x + label->box.width, <=, 64);
      g_assert_cmpfloat (label->box.width, >, 8);
      assert_outlined (label);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporters/mixing/threads-do-not-matter", test_mixing_threads_do_not_matter);
  g_test_add_func ("/exporters/mixing/continued", test_mixing_continued);
  g_test_add_func ("/exporters/mixing/soft-labels", test_mixing_soft_labels);
  g_test_add_func ("/exporters/mixing/needs-others", test_mixing_needs_others);
  g_test_add_func ("/exporters/mixing/missing-partner", test_mixing_missing_partner);
  g_test_add_func ("/exporters/mixing/boxes", test_mixing_boxes);
  return g_test_run ();
}
