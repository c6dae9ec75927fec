"""The datasets of the proof: lopsided for training, even for testing, every seed another draw.

Each function fills a folder `where` with train/CLASS/… and returns nothing; the even test set goes
to `where`-test, so that no program that sees the one sees the other.
"""
import os
import shutil

import numpy
from PIL import Image
from sklearn.datasets import load_digits

DIGITS_TRAIN = 100  # a class, before the tail is cut
DIGITS_TEST = 50    # a class
DIGITS_SCALE = 4    # 8×8 pictures are written as 32×32, so that fine geometry has room
SIGNS_TRAIN = 600   # of all classes, 20:1
SIGNS_TEST = 20     # a class
SIGNS_TEST_DRAWN = 1200


def _write(pixels, path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    picture = Image.fromarray(numpy.round(pixels * (255 / 16)).astype(numpy.uint8))
    side = pixels.shape[0] * DIGITS_SCALE
    picture.resize((side, side), Image.BICUBIC).save(path)


def make_digits(where, seed, cli):
    """scikit-learn's handwritten digits: 100 a class to train on, 50 others to test on."""
    digits = load_digits()
    random = numpy.random.default_rng(seed)
    for label in range(10):
        members = random.permutation(numpy.flatnonzero(digits.target == label))
        for place, member in enumerate(members[:DIGITS_TRAIN + DIGITS_TEST]):
            folder = f"{where}/train" if place < DIGITS_TRAIN else f"{where}-test"
            _write(digits.images[member], f"{folder}/{label}/{member:04}.png")


def make_signs(where, seed, cli):
    """The traffic signs that the program draws, 20:1; the even test set is one of its own."""
    cli("sample", f"{where}-drawn", "--kind", "signs", "--images", SIGNS_TRAIN, "--seed", seed + 1)
    shutil.move(f"{where}-drawn/train", f"{where}/train")
    shutil.rmtree(f"{where}-drawn")
    os.symlink("signs-test", f"{where}-test")


def make_signs_test(where, cli):
    """The even test set of all seeds, beside their folders."""
    cli("sample", f"{where}-drawn", "--kind", "signs", "--images", SIGNS_TEST_DRAWN,
        "--seed", 1000)
    for name in sorted(os.listdir(f"{where}-drawn/train")):
        files = [f"{where}-drawn/{split}/{name}/{file}" for split in ("train", "test")
                 for file in sorted(os.listdir(f"{where}-drawn/{split}/{name}"))]
        os.makedirs(f"{where}/{name}")
        for file in files[:SIGNS_TEST]:
            shutil.copy(file, f"{where}/{name}")
    shutil.rmtree(f"{where}-drawn")


def load(folder, side, grey):
    """All pictures of a folder of classes: floats in 0 … 1, labels by sorted name, and the names."""
    names = sorted(entry for entry in os.listdir(folder)
                   if os.path.isdir(os.path.join(folder, entry)))
    pictures, labels = [], []
    for label, name in enumerate(names):
        for file in sorted(os.listdir(os.path.join(folder, name))):
            picture = Image.open(os.path.join(folder, name, file)).convert("L" if grey else "RGB")
            pictures.append(numpy.asarray(picture.resize((side, side), Image.BOX), numpy.float32))
            labels.append(label)
    return numpy.stack(pictures) / 255, numpy.array(labels), names
