#!/usr/bin/python3
"""Compares geometry with OpenCV, bit for bit where positions are rounded as OpenCV rounds them.

Usage: parity-geometry.py APPLY_RECIPE   (the test program that runs a recipe on raw pixels)
"""
import sys

try:
    import cv2
    import numpy as np
except ImportError:
    print("1..0 # SKIP OpenCV for Python is not installed; the C oracles stand alone")
    sys.exit(0)

from parity_tools import H, W, check, finish, ours, pictures

try:
    from PIL import Image
except ImportError:
    Image = None

NEAREST, LINEAR, CUBIC, AREA, LANCZOS = range(5)
HALF = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])


def frame(left, top, width, height, out=None, sampling=LINEAR, border=0, fill=10):
    out = out or (width, height)
    return [left, top, width, height, *out, sampling, border, fill, fill, fill]


def homography(moves):
    """The map of Perspective between pixel centres, as warpPerspective takes it."""
    m = np.array(moves).reshape(4, 2)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    start, end = np.where(corners == 0, m, 1 - m) * [W, H], corners * [W, H]
    rows, right = [], []
    for (x, y), (u, v) in zip(start, end):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    edges = np.append(np.linalg.solve(np.array(rows), np.array(right)), 1).reshape(3, 3)
    return np.linalg.inv(HALF) @ edges @ HALF


def safe_matrix(angle):
    a = np.deg2rad(angle)
    wide, tall = H * abs(np.sin(a)) + W * abs(np.cos(a)), H * abs(np.cos(a)) + W * abs(np.sin(a))
    turn = np.vstack([cv2.getRotationMatrix2D((0, 0), angle, 1), [0, 0, 1]])
    to = np.array([[1, 0, -W / 2 + 0.5], [0, 1, -H / 2 + 0.5], [0, 0, 1]])
    back = np.array([[1, 0, W / 2 - 0.5], [0, 1, H / 2 - 0.5], [0, 0, 1]])
    return (back @ np.diag([W / wide, H / tall, 1]) @ turn @ to)[:2]


def knots(stretches, size):
    edges = np.concatenate([[0], np.cumsum(stretches)]) * size / np.sum(stretches)
    return np.interp(np.arange(size) + 0.5, np.linspace(0, size, len(edges)), edges) - 0.5


def lens(k):
    camera = np.array([[W, 0, W / 2 - 0.5], [0, H, H / 2 - 0.5], [0, 0, 1]], np.float64)
    return cv2.initUndistortRectifyMap(camera, np.array([k, k, 0, 0], np.float64), None, camera,
                                       (W, H), cv2.CV_32FC1)


def warps(t, im):
    for border in range(5):
        for angle in (23, -71.3, 180, 4.5):
            matrix = cv2.getRotationMatrix2D((W / 2 - 0.5, H / 2 - 0.5), angle, 1)
            check(f"{t}Rotate {angle} border {border}",
                  ours(im, ["Rotate", angle, border, 10, 10, 10, 0], coarse=True),
                  cv2.warpAffine(im, matrix, (W, H), flags=cv2.INTER_LINEAR, borderMode=border,
                                 borderValue=(10, 10, 10)))
        moves = [0.07, 0.03, 0.11, 0.05, 0.02, 0.13, 0.09, 0.01]
        check(f"{t}Perspective border {border}",
              ours(im, ["Perspective", *moves, W, H, 0, LINEAR, border, 10, 10, 10], coarse=True),
              cv2.warpPerspective(im, homography(moves), (W, H), flags=cv2.INTER_LINEAR,
                                  borderMode=border, borderValue=(10, 10, 10)))
    for angle in (5, -8):
        check(f"{t}SafeRotate {angle}",
              ours(im, ["SafeRotate", angle, 0, 10, 10, 10, LINEAR, 0], coarse=True),
              cv2.warpAffine(im, safe_matrix(angle), (W, H), flags=cv2.INTER_LINEAR,
                             borderValue=(10, 10, 10)))
    matrix = cv2.getRotationMatrix2D((W / 2 - 0.5, H / 2 - 0.5), 23, 1)
    for border in (0, 1, 2, 4):
        check(f"{t}Rotate, cubic, border {border}",
              ours(im, ["Rotate", 23, border, 10, 10, 10, 0, CUBIC, 0], coarse=True),
              cv2.warpAffine(im, matrix, (W, H), flags=cv2.INTER_CUBIC, borderMode=border,
                             borderValue=(10, 10, 10)), 2, 0.1)
    nearest = ours(im, ["Rotate", 23, 4, 0, 0, 0, 0, NEAREST, 0])
    check(t + "Rotate, nearest, invents no colour",
          np.isin(nearest, im).astype(np.uint8), np.ones_like(nearest))
    x, y = [1.2, 0.8, 1.1, 0.9], [0.7, 1.3, 1, 1.2]
    map_x, map_y = np.meshgrid(knots(x, W), knots(y, H))
    check(t + "GridDistortion",
          ours(im, ["GridDistortion", 4, 1, *x, *y, LINEAR, 4, 0, 0, 0], coarse=True),
          cv2.remap(im, map_x.astype(np.float32), map_y.astype(np.float32), cv2.INTER_LINEAR,
                    borderMode=cv2.BORDER_REFLECT_101))
    # OpenCV's positions are single precision, and it makes this map row by row by addition.
    for k in (-0.3, 0.2):
        check(f"{t}OpticalDistortion {k}",
              ours(im, ["OpticalDistortion", k, 0, LINEAR, 4, 0, 0, 0], coarse=True),
              cv2.remap(im, *lens(k), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101), 16, 0.01)


def frames(t, im):
    for border, name in enumerate(("constant", "replicate", "reflect", "wrap", "reflect_101")):
        expected = cv2.copyMakeBorder(im, 12, 31, 9, 20, border, value=(10, 10, 10))
        check(f"{t}Pad {name}", ours(im, ["Pad", *frame(-9, -12, W + 29, H + 43, border=border)]),
              expected)
        crop = im[11:111, 20:170]
        check(f"{t}crop, then pad {name}",
              ours(im, ["Crop", *frame(20, 11, 150, 100)],
                   ["Pad", *frame(-9, -12, 179, 143, border=border)]),
              cv2.copyMakeBorder(crop, 12, 31, 9, 20, border, value=(10, 10, 10)))
    check(t + "RandomCrop", ours(im, ["RandomCrop", *frame(20, 11, 150, 100)]), im[11:111, 20:170])
    check(t + "turn, then pad", ours(im, ["RandomRotate90", 1], ["Pad", *frame(-3, -4, H + 7, W + 9)]),
          cv2.copyMakeBorder(np.rot90(im), 4, 5, 3, 4, 0, value=(10, 10, 10)))
    tiles = [3, 1, 0, 2]
    cut = np.ascontiguousarray(im[:150, :202])
    cells = [cut[:75, :101], cut[:75, 101:], cut[75:, :101], cut[75:, 101:]]
    check(t + "RandomGridShuffle", ours(cut, ["RandomGridShuffle", 2, 2, *tiles]),
          np.vstack([np.hstack([cells[3], cells[1]]), np.hstack([cells[0], cells[2]])]))
    scale = min(160 / W, 320 / H)
    small = (round(W * scale), round(H * scale))
    inner = ours(im, ["Resize", *frame(0, 0, W, H, small)])
    top = (320 - small[1]) // 2
    check(t + "Letterbox", ours(im, ["Letterbox", W, H, 160, 320, 114, 114, 114]),
          cv2.copyMakeBorder(inner, top, 320 - small[1] - top, 0, 160 - small[0], 0,
                             value=(114, 114, 114)))


def resizes(t, im):
    larger, smaller = (2 * W + 31, 2 * H + 7), (W // 3 + 5, H // 2 - 8)
    for name, sampling, flag, most in (("linear", LINEAR, cv2.INTER_LINEAR, 1),
                                       ("cubic", CUBIC, cv2.INTER_CUBIC, 2),
                                       ("lanczos", LANCZOS, cv2.INTER_LANCZOS4, 2)):
        check(f"{t}Resize up, {name}", ours(im, ["Resize", *frame(0, 0, W, H, larger, sampling)]),
              cv2.resize(im, larger, interpolation=flag), most, 0.3)
    check(t + "Resize down, area", ours(im, ["Resize", *frame(0, 0, W, H, smaller, AREA)]),
          cv2.resize(im, smaller, interpolation=cv2.INTER_AREA), 1, 0.1)
    if Image is not None:
        picture = Image.fromarray(im)
        for size in (larger, smaller):
            check(f"{t}Resize {size}, nearest", ours(im, ["Resize", *frame(0, 0, W, H, size, NEAREST)]),
                  np.asarray(picture.resize(size, Image.NEAREST)))
            # Beyond the edge ours repeats it, Pillow looks away.
            check(f"{t}Resize {size}, linear",
                  ours(im, ["Resize", *frame(0, 0, W, H, size)])[2:-2, 2:-2],
                  np.asarray(picture.resize(size, Image.BILINEAR))[2:-2, 2:-2], 1, 0.3)


for title, picture in pictures().items():
    for channels in (3, 1):
        one = picture if channels == 3 else np.ascontiguousarray(picture[..., 1])
        for part in (warps, frames, resizes):
            part(f"{title} {channels}: ", one)
finish()
