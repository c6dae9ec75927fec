/* Every op is found by the names that it has elsewhere. */
#include "ballast-combinators.h"
#include "ballast-op-table.h"

/* From torchvision, imgaug, Roboflow, Keras, Augmentor, Ultralytics and Kornia. */
static const struct
{
  const char *word;
  const char *op;
} words[] = {
  { "cutout", "CoarseDropout" }, { "exposure", "RandomGamma" }, { "RandomErasing", "Erasing" },
  { "fliplr", "HorizontalFlip" }, { "flipud", "VerticalFlip" }, { "RandomHorizontalFlip", "HorizontalFlip" },
  { "rot90", "RandomRotate90" }, { "D4", "SquareSymmetry" }, { "RandomAffine", "Affine" },
  { "ShiftScaleRotate", "Affine" }, { "zoom", "RandomResizedCrop" }, { "grayscale", "ToGray" },
  { "letterbox", "Letterbox" }, { "salt", "SaltAndPepper" }, { "jpeg", "ImageCompression" },
  { "camera gain", "ISONoise" }, { "histogram", "Equalize" }, { "invert", "InvertImg" },
  { "AdditiveGaussianNoise", "GaussNoise" }, { "hue", "HueSaturationValue" }, { "fog", "RandomFog" },
  { "rain", "RandomRain" }, { "mosaic", "Mosaic" }, { "mixup", "MixUp" }, { "cutmix", "CutMix" },
  { "copy paste", "CopyPaste" }, { "RandomChoice", "OneOf" }, { "shuffle", "RandomOrder" },
  { "identity", "NoOp" },
};

static void
test_search_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const BallastOp *op = ballast_combinator_find_any (words[i].op);

      g_test_message ("%s", words[i].word);
      g_assert_nonnull (op);
      g_assert_true (ballast_op_matches (op, words[i].word));
    }
}

static void
test_search_own_names (void)
{
  for (guint i = 0; i < ballast_op_get_n (); i++)
    g_assert_true (ballast_op_matches (ballast_op_get (i), ballast_op_get (i)->name));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/search/names", test_search_names);
  g_test_add_func ("/augment/search/own-names", test_search_own_names);
  return g_test_run ();
}
