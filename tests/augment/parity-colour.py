#!/usr/bin/python3
"""Compares the ops of colour with the same done by hand in OpenCV and NumPy.

Usage: parity-colour.py APPLY_RECIPE   (the test program that runs a recipe on raw pixels)
"""
import itertools
import sys

try:
    import cv2
    import numpy as np
    from parity_tools import check, finish, ours, pictures
except ImportError:
    print("1..0 # SKIP OpenCV for Python is not installed; the C oracles stand alone")
    sys.exit(0)


def table(image, lut):
    return cv2.LUT(image, np.clip(lut, 0, 255).astype(np.uint8))


def each_channel(function, image):
    if image.ndim == 2:
        return function(image)
    return np.dstack([function(np.ascontiguousarray(image[..., c])) for c in range(3)])


def equalize_pil(image):
    histogram = np.bincount(image.ravel(), minlength=256)
    filled = histogram[histogram > 0]
    step = filled[:-1].sum() // 255
    if step == 0:
        return image
    return table(image, (np.cumsum(histogram) + step // 2) // step)


def equalize_lightness(image):
    ycc = cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb)
    ycc[..., 0] = cv2.equalizeHist(np.ascontiguousarray(ycc[..., 0]))
    return cv2.cvtColor(ycc, cv2.COLOR_YCrCb2RGB)


def stretch(image):
    low, high = int(image.min()), int(image.max())
    if high <= low:
        return image
    return table(image, np.rint((np.arange(256) - low) * (255 / (high - low))))


def stretch_cdf(image):
    low, high = int(image.min()), int(image.max())
    if high <= low:
        return image
    cdf = np.cumsum(np.bincount(image.ravel(), minlength=256))
    return table(image, np.rint((cdf - cdf[low]) * 255 / (cdf[high] - cdf[low])))


def jitter(image, factors, order):
    for part in order:
        factor = factors[part]
        if part == 0:
            image = table(image, np.arange(256, dtype=np.float32) * np.float32(factor))
        elif part == 1:
            grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
            lut = np.arange(256, dtype=np.float32) * np.float32(factor)
            image = table(image, lut + np.float32(grey.mean() * (1 - factor)))
        elif part == 2 and image.ndim == 3:
            grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
            image = cv2.addWeighted(image, factor, grey, 1 - factor, 0)
        elif part == 3 and image.ndim == 3:
            hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
            hsv[..., 0] = np.mod(hsv[..., 0] + 180 * factor, 180).astype(np.uint8)
            image = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    return image


def clahe(image, limit, across, down):
    engine = cv2.createCLAHE(limit, (across, down))
    if image.ndim == 2:
        return engine.apply(image)
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)
    lab[..., 0] = engine.apply(np.ascontiguousarray(lab[..., 0]))
    return cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)


def check_clahe(im, t):
    for p in ((1, 8, 8), (4, 8, 8), (2.5, 3, 5), (40, 1, 1)):
        # OpenCV rounds a* and b* to bytes, which is up to several levels of blue.
        check(t + f"CLAHE {p}", ours(im, ["CLAHE", *p]), clahe(im, *p), 20 if im.ndim == 3 else 0,
              0.7)


def check_statistics(im, t):
    check(t + "Equalize cv", ours(im, ["Equalize", 0, 1]), each_channel(cv2.equalizeHist, im))
    check(t + "Equalize pil", ours(im, ["Equalize", 1, 1]), each_channel(equalize_pil, im))
    check(t + "AutoContrast", ours(im, ["AutoContrast", 0, 0]), each_channel(stretch, im))
    check(t + "AutoContrast cdf", ours(im, ["AutoContrast", 0, 1]), each_channel(stretch_cdf, im))
    if im.ndim == 3:
        # OpenCV rounds Y, Cr and Cb on the way, and a level of Y may be several of the table.
        check(t + "Equalize lightness", ours(im, ["Equalize", 0, 0]), equalize_lightness(im), 6, 0.7)


def check_jitter(im, t):
    for factors in ((1.2, 0.8, 1.3, 0.04), (0.7, 1.4, 0.5, -0.3), (1, 1, 0, 0)):
        for order in ((0, 1, 2, 3), (3, 1, 0, 2), (2, 3, 1, 0)):
            # A level of saturation may be two degrees of hue, which turn a colour by up to 12.
            check(t + f"ColorJitter {factors} {order}", ours(im, ["ColorJitter", *factors, *order]),
                  jitter(im, factors, order), 12 if im.ndim == 3 else 0, 0.8)
    for part, factor, most in ((0, 1.3, 0), (1, 0.6, 0), (1, 1.7, 0), (2, 0.3, 1), (2, 1.6, 1),
                               (3, 0.1, 1)):
        factors = [1, 1, 1, 0]
        factors[part] = factor
        check(t + f"ColorJitter part {part}", ours(im, ["ColorJitter", *factors, 0, 1, 2, 3]),
              jitter(im, factors, (part,)), most if im.ndim == 3 else 0, 0.4)


for title, image in pictures().items():
    for im in (image, np.ascontiguousarray(image[..., 1])):
        t = f"{title} {im.ndim}: "
        check_statistics(im, t)
        check_clahe(im, t)
        check_jitter(im, t)

for size in ((203, 151), (240, 160), (9, 5)):
    deep = np.random.default_rng(1).integers(0, 65536, size[::-1], dtype=np.uint16)
    check_clahe(deep, f"deep {size}: ")

finish()
