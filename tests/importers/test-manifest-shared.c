/* The manifests of the shared data, with their true counts. */
#include <string.h>

#include "ballast-import-error.h"
#include "ballast-import-testing.h"

static void
test_shared_trashnet (void)
{
  assert_shared ("manifest-trashnet-txt", "one-indexed-files.txt",
                 "6 classes in “one-indexed-files.txt”, no splits; "
                 "1 501, 2 594, 3 403, 4 482, 5 410, 6 137; ");
  assert_shared ("manifest-trashnet-txt", NULL,
                 "6 classes in 3 manifests, splits test, train and val; "
                 "1 501, 2 594, 3 403, 4 482, 5 410, 6 137; test 431, train 1768, val 328");
}

/* The names of the list are found in the class folders of the other dataset. */
static void
test_shared_trashnet_images (void)
{
  g_autofree char *lists = ballast_test_data ("manifest-trashnet-txt/one-indexed-files.txt");
  g_autofree char *images = ballast_test_data ("folders-trashnet");
  BallastLayoutQuestion question = { .images = images };
  g_autoptr(GPtrArray) guesses = NULL;
  g_autofree char *record = NULL;
  g_auto(GStrv) lines = NULL;
  guint n_images = 0, n_missing = 0;

  if (lists == NULL || images == NULL)
    {
      g_test_skip ("the shared data is not here");
      return;
    }
  guesses = ballast_layout_detect (lists, &question, NULL, NULL);
  record = ballast_import_record (lists, "manifest",
                                  &((BallastLayoutGuess *) guesses->pdata[0])->options);
  lines = g_strsplit (record, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      n_images += g_str_has_prefix (lines[i], "image ");
      n_missing += g_str_has_prefix (lines[i], "problem missing-file");
    }
  g_assert_cmpuint (n_images, ==, 428);
  /* 2,527 names are listed. */
  g_assert_cmpuint (n_missing, ==, 2099);
}

static void
test_shared_formats (void)
{
  assert_shared ("formats-datumaro/kaggle_dataset/image_csv", NULL,
                 "2 classes in “ann.csv”, no splits; dog 2, cat 3; ");
  assert_shared ("formats-datumaro/kaggle_dataset/image_csv", "ann_wo_ext.csv",
                 "2 classes in “ann_wo_ext.csv”, no splits; dog 2, cat 3; ");
  assert_shared ("formats-datumaro/kaggle_dataset/image_csv_multi_label", NULL,
                 "3 classes in “ann.csv”, no splits; dog 3, cat 3, person 3; ");
  assert_shared ("formats-datumaro/kaggle_dataset/image_txt", "ann.txt",
                 "2 classes in “ann.txt”, no splits; dog 2, cat 3; ");
  assert_shared ("formats-datumaro/kaggle_dataset/image_csv_det", "ann.csv",
                 "2 classes in “ann.csv”, no splits; dog 2, cat 3; ");
  assert_shared ("formats-datumaro/imagenet_txt_dataset/basic", NULL,
                 "10 classes in “train.txt”, split train; label_0 1, label_1 0, label_2 0, "
                 "label_3 1, label_4 0, label_5 2, label_6 0, label_7 0, label_8 0, label_9 0; "
                 "train 4");
}

static void
test_shared_pointer (void)
{
  g_autofree char *path = ballast_test_data ("hostile/wrong-extension");
  BallastTree tree = { path };

  if (path == NULL)
    g_test_skip ("the shared data is not here");
  else
    assert_no_guess (&tree, "train.csv", BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_POINTER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importers/manifest-shared/trashnet", test_shared_trashnet);
  g_test_add_func ("/importers/manifest-shared/trashnet-images", test_shared_trashnet_images);
  g_test_add_func ("/importers/manifest-shared/formats", test_shared_formats);
  g_test_add_func ("/importers/manifest-shared/pointer", test_shared_pointer);

  return g_test_run ();
}
