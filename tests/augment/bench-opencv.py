#!/usr/bin/python3
"""The ops and three chains, by Ballast and by hand in OpenCV, on the same pixels.

Usage: bench-opencv.py BENCH_OPS   (both on one thread, in its processor time; prints a table of ratios)
"""
import json
import subprocess
import sys
import tempfile
import time

import cv2
import numpy as np

cv2.setNumThreads(1)
BENCH = sys.argv[1]


def picture(w, h):
    """A photograph in feel: smooth areas, edges, a little grain."""
    rng = np.random.default_rng(3)
    small = rng.integers(0, 256, (h // 16 + 2, w // 16 + 2, 3), dtype=np.uint8)
    big = cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    return np.clip(big + rng.normal(0, 6, (h, w, 3)), 0, 255).astype(np.uint8)


def median_us(call):
    runs, start = [], time.perf_counter()
    while len(runs) < 5 or time.perf_counter() - start < 0.15:
        t = time.clock_gettime_ns(time.CLOCK_THREAD_CPUTIME_ID)
        call()
        runs.append((time.clock_gettime_ns(time.CLOCK_THREAD_CPUTIME_ID) - t) / 1e9)
    return sorted(runs)[len(runs) // 2] * 1e6


def rotate(im, angle):
    h, w = im.shape[:2]
    m = cv2.getRotationMatrix2D((w / 2 - 0.5, h / 2 - 0.5), angle, 1)
    return cv2.warpAffine(im, m, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def affine(im):
    h, w = im.shape[:2]
    m = cv2.getRotationMatrix2D((w / 2 - 0.5, h / 2 - 0.5), 7, 1.05)
    m[:, 2] += (0.03 * w, -0.02 * h)
    return cv2.warpAffine(im, m, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def lut_brightness(im, b, c):
    lut = np.arange(256, dtype=np.float32) * np.float32(1 + c) + np.float32(b * 255)
    return cv2.LUT(im, np.clip(lut, 0, 255).astype(np.uint8))


def fast_brightness(im, b, c):
    return cv2.convertScaleAbs(im, alpha=1 + c, beta=b * 255)


def lut_gamma(im, g):
    return cv2.LUT(im, ((np.arange(256) / 255.0) ** g * 255).astype(np.uint8))


def hsv(im, dh, ds, dv):
    x = np.arange(256)
    table = np.stack([(x + dh) % 180, np.clip(x + ds, 0, 255), np.clip(x + dv, 0, 255)],
                     -1).astype(np.uint8).reshape(1, 256, 3)
    return cv2.cvtColor(cv2.LUT(cv2.cvtColor(im, cv2.COLOR_RGB2HSV), table), cv2.COLOR_HSV2RGB)


def grey(im):
    return cv2.cvtColor(cv2.cvtColor(im, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


def noise(im, sigma):
    field = np.empty(im.shape, np.int16)
    cv2.randn(field, (0, 0, 0), (sigma * 255,) * 3)
    return cv2.add(im, field, dtype=cv2.CV_8U)


def crop(im):
    h, w = im.shape[:2]
    part = im[h // 10:h // 10 + h * 8 // 10, w // 10:w // 10 + w * 8 // 10]
    return cv2.resize(part, (w, h), interpolation=cv2.INTER_LINEAR)


def holes(im):
    h, w = im.shape[:2]
    out = im.copy()
    out[h // 4:h // 4 + h // 6, w // 4:w // 4 + w // 6] = 0
    out[h // 2:h // 2 + h // 6, w // 2:w // 2 + w // 6] = 0
    return out


def salt(im, amount, share):
    h, w = im.shape[:2]
    n = int(h * w * amount)
    places = np.random.default_rng(1).choice(h * w, n, replace=False)
    out = im.copy()
    flat = out.reshape(-1, 3)
    flat[places[:int(n * share)]] = 255
    flat[places[int(n * share):]] = 0
    return out


def jpeg(im, quality):
    return cv2.imdecode(cv2.imencode(".jpg", im, [cv2.IMWRITE_JPEG_QUALITY, quality])[1],
                        cv2.IMREAD_COLOR)


def erase(im):
    h, w = im.shape[:2]
    out = im.copy()
    out[h // 4:h // 4 + h // 3, w // 4:w // 4 + w // 3] = 0
    return out


def cases(w, h):
    turn = ["Rotate", 1, 15, 4, 0, 0, 0, 0]
    light = ["RandomBrightnessContrast", 2, 0.12, 0.1]
    colour = ["HueSaturationValue", 3, 8, 0, 0]
    grain = ["GaussNoise", 4, 0.04, 0, 1, 11, 22]
    flip = ["HorizontalFlip", 5]
    cut = [w // 10, h // 10, w * 8 // 10, h * 8 // 10, w, h, 0.64]
    hole = [w // 4, h // 4, w // 6, h // 6, w // 2, h // 2, w // 6, h // 6]
    return [
        ("HorizontalFlip", [flip], lambda im: cv2.flip(im, 1)),
        ("VerticalFlip", [["VerticalFlip", 1]], lambda im: cv2.flip(im, 0)),
        ("RandomRotate90", [["RandomRotate90", 1, 1]],
         lambda im: cv2.rotate(im, cv2.ROTATE_90_COUNTERCLOCKWISE)),
        ("Transpose", [["Transpose", 1]], cv2.transpose),
        ("Rotate", [turn], lambda im: rotate(im, 15)),
        ("Affine", [["Affine", 1, 1.05, 1.05, 0.03, -0.02, 7, 0, 0, 4, 0, 0, 0]], affine),
        ("RandomResizedCrop", [["RandomResizedCrop", 1, *cut]], crop),
        ("RandomBrightnessContrast", [light], lambda im: lut_brightness(im, 0.12, 0.1)),
        ("…(convertScaleAbs)", [light], lambda im: fast_brightness(im, 0.12, 0.1)),
        ("HueSaturationValue", [colour], lambda im: hsv(im, 8, 0, 0)),
        ("RandomGamma", [["RandomGamma", 1, 80]], lambda im: lut_gamma(im, 0.8)),
        ("ToGray", [["ToGray", 1, 0]], grey),
        ("GaussNoise", [grain], lambda im: noise(im, 0.04)),
        ("GaussianBlur-0.7", [["GaussianBlur", 1, 0.7, 0]],
         lambda im: cv2.GaussianBlur(im, (5, 5), 0.7)),
        ("GaussianBlur-1.5", [["GaussianBlur", 1, 1.5, 0]],
         lambda im: cv2.GaussianBlur(im, (11, 11), 1.5)),
        ("GaussianBlur-3", [["GaussianBlur", 1, 3, 0]],
         lambda im: cv2.GaussianBlur(im, (21, 21), 3)),
        ("SaltAndPepper", [["SaltAndPepper", 1, 0.04, 0.5, 11, 22]],
         lambda im: salt(im, 0.04, 0.5)),
        ("ImageCompression-50", [["ImageCompression", 1, 50]], lambda im: jpeg(im, 50)),
        ("ImageCompression-90", [["ImageCompression", 1, 90]], lambda im: jpeg(im, 90)),
        ("Erasing", [["Erasing", 1, 0, 0, 0, w // 4, h // 4, w // 3, h // 3]], erase),
        ("CoarseDropout", [["CoarseDropout", 1, 0, 0, 0, *hole]], holes),
        ("chain-flip", [flip], lambda im: cv2.flip(im, 1)),
        ("chain-flip-turn-light", [flip, turn, light],
         lambda im: lut_brightness(rotate(cv2.flip(im, 1), 15), 0.12, 0.1)),
        ("chain-all-five", [flip, turn, light, colour, grain],
         lambda im: noise(hsv(lut_brightness(rotate(cv2.flip(im, 1), 15), 0.12, 0.1), 8, 0, 0),
                          0.04)),
    ]


def bench(w, h):
    im = picture(w, h)
    table = cases(w, h)
    with tempfile.NamedTemporaryFile() as file:
        file.write(im.tobytes())
        file.flush()
        arguments = [BENCH, file.name, str(w), str(h)]
        for name, steps, _ in table:
            arguments += [name, json.dumps({"size": [w, h], "steps": steps})]
        # Ours, theirs and ours again, so that a busy moment does not decide.
        first = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
        theirs = [median_us(lambda: call(im)) for _, _, call in table]
        second = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
    print(f"\n{w} × {h} RGB{'':20}Ballast µs   OpenCV µs   ratio   estimate µs")
    for (name, _, _), them, a, b in zip(table, theirs, first.splitlines(), second.splitlines()):
        us = min(float(a.split()[1]), float(b.split()[1]))
        print(f"{name:32}{us:12.0f}{them:12.0f}{them / max(us, 1):8.2f}{a.split()[2]:>14}")


bench(500, 375)
bench(1024, 1024)
