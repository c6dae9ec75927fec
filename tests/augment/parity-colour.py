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


PLANCK = {3000: (0.6743, 0.4029, 0.0013), 4000: (0.5919, 0.4372, 0.2513),
          4500: (0.5623, 0.4457, 0.3154), 6000: (0.4979, 0.4584, 0.4468),
          15000: (0.3503, 0.4653, 0.6933)}


def check_channels(im, t):
    for r, g, b in ((20, -13, 7), (-255, 0, 255)):
        check(t + f"RGBShift {r}", ours(im, ["RGBShift", r, g, b]),
              np.clip(im.astype(int) + (r, g, b), 0, 255).astype(np.uint8))
    check(t + "ChannelShuffle", ours(im, ["ChannelShuffle", 2, 0, 1]), im[..., [2, 0, 1]])
    dropped = im.copy()
    dropped[..., [0, 2]] = 9
    check(t + "ChannelDropout", ours(im, ["ChannelDropout", 1, 0, 1, 9]), dropped)
    sepia = np.float32([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])
    # OpenCV has 10 bits for the weights.
    check(t + "ToSepia", ours(im, ["ToSepia"]), cv2.transform(im, sepia), 1, 0.1)
    x = np.arange(256, dtype=np.float32)
    for kelvin in (3000, 4250, 6000, 15000):
        row = np.array(PLANCK.get(kelvin, (np.array(PLANCK[4000]) + PLANCK[4500]) / 2))
        lut = np.stack([x * np.float32(row[0] / row[1]), x, x * np.float32(row[2] / row[1])], -1)
        check(t + f"PlanckianJitter {kelvin}", ours(im, ["PlanckianJitter", 0, kelvin]),
              table(im, lut.reshape(1, 256, 3)))
    check(t + "ToGray from_lab", ours(im, ["ToGray", 4])[..., 0],
          cv2.cvtColor(im, cv2.COLOR_RGB2LAB)[..., 0])


def principal_grey(image):
    pixels = image.reshape(-1, 3).astype(np.float64)
    values, vectors = np.linalg.eigh(np.cov(pixels, rowvar=False))
    axis = vectors[:, -1] * (-1 if vectors[:, -1].sum() < 0 else 1)
    grey = pixels @ axis
    grey = (grey - grey.min()) * (255 / (grey.max() - grey.min()))
    return np.rint(grey).astype(np.uint8).reshape(image.shape[:2])


def fancy_shift(image, alphas):
    pixels = image.reshape(-1, 3).astype(np.float64)
    values, vectors = np.linalg.eigh(np.cov(pixels, rowvar=False, bias=True))
    vectors = vectors * np.where(vectors.sum(0) < 0, -1, 1)
    shift = (vectors[:, ::-1] * np.sqrt(np.maximum(values[::-1], 0)) * alphas).sum(1)
    return np.clip(image + np.rint(shift), 0, 255).astype(np.uint8)


def check_axes(im, t):
    if np.ptp(im, -1).max() > 0:
        check(t + "ToGray pca", ours(im, ["ToGray", 5])[..., 0], principal_grey(im), 1, 0.01)
        for alphas in ((0.2, 0, 0), (-0.3, 0.2, 0.1)):
            check(t + f"FancyPCA {alphas}", ours(im, ["FancyPCA", *alphas]), fancy_shift(im, alphas))


def check_tables(im, t):
    x = np.arange(256)
    for bits in (1, 4, 7):
        check(t + f"Posterize {bits}", ours(im, ["Posterize", bits]), im & (256 - (1 << (8 - bits))))
    for threshold in (0, 0.3, 0.5, 1):
        check(t + f"Solarize {threshold}", ours(im, ["Solarize", threshold]),
              table(im, np.where(x >= threshold * 255, 255 - x, x)))
    check(t + "InvertImg", ours(im, ["InvertImg"]), 255 - im)
    u = np.linspace(0, 1, 256)
    curves = [np.rint((3 * (1 - u) ** 2 * u * low + 3 * (1 - u) * u ** 2 * high + u ** 3) * 255)
              for low, high in ((0.2, 0.9), (0.3, 0.7), (0, 1))]
    check(t + "RandomToneCurve one", ours(im, ["RandomToneCurve", *(0.2, 0.9) * 3]),
          table(im, curves[0]))
    if im.ndim == 3:
        check(t + "RandomToneCurve each", ours(im, ["RandomToneCurve", 0.2, 0.9, 0.3, 0.7, 0, 1]),
              table(im, np.stack(curves, -1).reshape(1, 256, 3)))


def fringes(image, red, blue):
    h, w = image.shape[:2]
    camera = np.float32([[w, 0, w / 2], [0, h, h / 2], [0, 0, 1]])
    out = image.copy()
    for c, k in ((0, red), (2, blue)):
        maps = cv2.initUndistortRectifyMap(camera, np.float32([*k, 0, 0]), None, camera, (w, h),
                                           cv2.CV_32FC1)
        out[..., c] = cv2.remap(np.ascontiguousarray(image[..., c]), *maps, cv2.INTER_LINEAR,
                                borderMode=cv2.BORDER_REPLICATE)
    return out


def lit(image, mode, i, *p):
    h, w = image.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float64)
    if mode == 0:
        a = np.deg2rad(p[0])
        gain = 1 + 2 * i * ((x / (w - 1) - 0.5) * np.cos(a) + (y / (h - 1) - 0.5) * np.sin(a))
    elif mode == 1:
        corner = ((0, 0), (w - 1, 0), (w - 1, h - 1), (0, h - 1))[p[0]]
        gain = 1 - i / np.hypot(w, h) * np.hypot(x - corner[0], y - corner[1])
    else:
        s = max(w, h) * p[2]
        gain = 1 + i * np.exp(-((x - w * p[0]) ** 2 + (y - h * p[1]) ** 2) / (2 * s * s))
    gain = gain if image.ndim == 2 else gain[..., None]
    full = np.iinfo(image.dtype).max
    return np.clip(np.floor(image * gain + 0.5), 0, full).astype(image.dtype)


def check_light(im, t):
    wide = im.dtype == np.uint16
    for p in ((0, 0.2, 30), (0, -0.1, 200), (1, 0.2, 0), (1, -0.2, 2), (2, 0.15, 0.3, 0.7, 0.4)):
        check(t + f"Illumination {p}", ours(im, ["Illumination", *p]), lit(im, *p), 1, 0.02)
    # A field of 0 … 1 whose mean is about half, and which is not flat.
    flat = np.full_like(im, 40000 if wide else 200)
    share = 40000 / 65535 if wide else 200 / 255
    for name, p in (("PlasmaShadow", (0.5, 0.6, 7, 9)),
                    ("PlasmaBrightnessContrast", (0.2, 0, 0.6, 7, 9))):
        field = ours(flat, [name, *p]).astype(float) / flat
        field = (1 - field) / 0.5 if name == "PlasmaShadow" else (field - 1) / 0.2 * share
        good = abs(field.mean() - 0.5) < 0.15 and 0.1 < field.std() < 0.35 and field.min() > -0.05
        check(t + f"{name} field", np.array([good]), np.array([True]))


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
        check_tables(im, t)
    check_channels(image, f"{title}: ")
    check_axes(image, f"{title}: ")
    for k in (((0.02, 0.05), (0.02, 0.05)), ((0.2, 0.1), (-0.3, -0.2))):
        check(f"{title}: ChromaticAberration {k}", ours(image, ["ChromaticAberration", *k[0], *k[1]]),
              fringes(image, *k))
    for im in (image, image[..., 1].astype(np.uint16) * 257):
        check_light(im, f"{title} {im.dtype}: ")

for size in ((203, 151), (240, 160), (9, 5)):
    deep = np.random.default_rng(1).integers(0, 65536, size[::-1], dtype=np.uint16)
    check_clahe(deep, f"deep {size}: ")

finish()
