#!/usr/bin/python3
"""Compares the ops with the same done by hand in OpenCV, on noise, a gradient and hard edges.

Usage: parity-opencv.py APPLY_RECIPE   (the test program that runs a recipe on raw pixels)
Exits with 77 where OpenCV is not installed.
"""
import json
import subprocess
import sys

try:
    import cv2
    import numpy as np
except ImportError:
    print("1..0 # SKIP OpenCV for Python is not installed; the C oracles stand alone")
    sys.exit(0)

APPLY = sys.argv[1]
W, H = 203, 151
failures = 0
count = 0


def ours(image, *steps):
    h, w = image.shape[:2]
    channels = 1 if image.ndim == 2 else image.shape[2]
    depth = 16 if image.dtype == np.uint16 else 8
    recipe = {"size": [w, h], "steps": [[s[0], i + 1, *s[1:]] for i, s in enumerate(steps)]}
    run = subprocess.run([APPLY, json.dumps(recipe), str(w), str(h), str(channels), str(depth)],
                         input=np.ascontiguousarray(image).tobytes(), capture_output=True)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.decode())
    out_w, out_h = map(int, run.stderr.split()[-2:])
    out = np.frombuffer(run.stdout, image.dtype)
    return out.reshape((out_h, out_w) if image.ndim == 2 else (out_h, out_w, channels))


def has_webp():
    """Whether this build's ImageCompression knows it."""
    try:
        ours(np.zeros((8, 8, 3), np.uint8), ["ImageCompression", 50, 1])
    except RuntimeError:
        return False
    return True


def check(name, got, expected, most=0, mean=0.0):
    global failures, count
    count += 1
    if got.shape != expected.shape:
        failures += 1
        print(f"not ok {count} - {name}: {got.shape} instead of {expected.shape}")
        return
    difference = np.abs(got.astype(np.int64) - expected.astype(np.int64))
    good = difference.max() <= most and difference.mean() <= (mean if most else 0)
    failures += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}"
          f" # largest difference {difference.max()}, mean {difference.mean():.4f}")


def pictures():
    rng = np.random.default_rng(5)
    noise = rng.integers(0, 256, (H, W, 3), dtype=np.uint8)
    y, x = np.mgrid[0:H, 0:W]
    smooth = np.stack([x * 255 // W, y * 255 // H, (x + y) * 255 // (W + H)], -1).astype(np.uint8)
    edges = np.where(((x // 17 + y // 13) % 2)[..., None] == 0, 255, 0).astype(np.uint8)
    return {"noise": noise, "smooth": smooth, "edges": np.repeat(edges, 3, -1)}


def affine_matrix(sx, sy, tx, ty, angle, shear_x, shear_y):
    a, cx, cy = np.deg2rad(angle), W / 2 - 0.5, H / 2 - 0.5
    shift = np.array([[1, 0, -cx], [0, 1, -cy], [0, 0, 1]])
    scale = np.diag([sx, sy, 1])
    turn = np.array([[np.cos(a), np.sin(a), 0], [-np.sin(a), np.cos(a), 0], [0, 0, 1]])
    shear = np.array([[1, np.tan(np.deg2rad(-shear_x)), 0], [np.tan(np.deg2rad(-shear_y)), 1, 0],
                      [0, 0, 1]])
    back = np.array([[1, 0, cx + tx * W], [0, 1, cy + ty * H], [0, 0, 1]])
    return (back @ shear @ turn @ scale @ shift)[:2]


def hsv(image, dh, ds, dv):
    h, s, v = cv2.split(cv2.cvtColor(image, cv2.COLOR_RGB2HSV))
    grey = s == 0
    h = ((h.astype(int) + dh) % 180).astype(np.uint8)
    s = np.clip(s.astype(int) + ds, 0, 255).astype(np.uint8)
    s[grey] = 0
    v = np.clip(v.astype(int) + dv, 0, 255).astype(np.uint8)
    return cv2.cvtColor(cv2.merge((h, s, v)), cv2.COLOR_HSV2RGB)


def brightness(image, b, c):
    lut = np.arange(256, dtype=np.float32) * np.float32(1 + c) + np.float32(b * 255)
    return cv2.LUT(image, np.clip(lut, 0, 255).astype(np.uint8))


def gaussian(image, size, sigma):
    # In floating point: GaussianBlur on bytes has weights of 8 bits and is off by up to 2 itself.
    kernel = cv2.getGaussianKernel(size, sigma, cv2.CV_64F)
    blurred = cv2.sepFilter2D(image.astype(np.float64), -1, kernel, kernel,
                              borderType=cv2.BORDER_REFLECT_101)
    return np.floor(blurred + 0.5).astype(np.uint8)


# An op's maximum against OpenCV's 1/32-pixel weights: half of its step, times a full edge.
WARP = {"noise": (12, 1.1), "smooth": (5, 0.3), "edges": (12, 0.6)}

webp = has_webp()
for title, image in pictures().items():
    for channels in (3, 1):
        im = image if channels == 3 else np.ascontiguousarray(image[..., 1])
        t = f"{title} {channels}: "
        check(t + "HorizontalFlip", ours(im, ["HorizontalFlip"]), cv2.flip(im, 1))
        check(t + "VerticalFlip", ours(im, ["VerticalFlip"]), cv2.flip(im, 0))
        check(t + "Transpose", ours(im, ["Transpose"]), cv2.transpose(im))
        for k in range(4):
            check(t + f"RandomRotate90 {k}", ours(im, ["RandomRotate90", k]), np.rot90(im, k))
        for b, c in ((0.2, 0.1), (-0.13, 0.4), (0.05, -0.7)):
            check(t + f"Brightness {b} {c}", ours(im, ["RandomBrightnessContrast", b, c]),
                  brightness(im, b, c))
        for g in (80, 100, 133):
            lut = np.floor(255 * (np.arange(256) / 255) ** (g / 100) + 1e-9).astype(np.uint8)
            check(t + f"Gamma {g}", ours(im, ["RandomGamma", g]), cv2.LUT(im, lut))
        for sigma in (0.5, 1, 2, 3, 6):
            size = int(3.5 * sigma) * 2 + 1
            check(t + f"GaussianBlur {sigma}", ours(im, ["GaussianBlur", sigma, 0]),
                  gaussian(im, size, sigma), 1, 0.03)
        for border in range(5):
            matrix = cv2.getRotationMatrix2D((W / 2 - 0.5, H / 2 - 0.5), 23, 1)
            for angle, m in ((23, matrix),):
                expected = cv2.warpAffine(im, m, (W, H), flags=cv2.INTER_LINEAR, borderMode=border,
                                          borderValue=(10, 10, 10))
                check(t + f"Rotate {angle} border {border}",
                      ours(im, ["Rotate", angle, border, 10, 10, 10, 0]), expected, *WARP[title])
        p = (1.2, 1.1, 0.07, -0.03, 12, 9, -4)
        check(t + "Affine", ours(im, ["Affine", *p, 4, 0, 0, 0]),
              cv2.warpAffine(im, affine_matrix(*p), (W, H), flags=cv2.INTER_LINEAR,
                             borderMode=cv2.BORDER_REFLECT_101), *WARP[title])
        crop = im[11:11 + 100, 20:20 + 150]
        # Our edge pixels see what lies beyond the cut; OpenCV repeats the edge.
        check(t + "RandomResizedCrop",
              ours(im, ["RandomResizedCrop", 20, 11, 150, 100, W, H, 0.5])[2:-2, 2:-2],
              cv2.resize(crop, (W, H), interpolation=cv2.INTER_LINEAR)[2:-2, 2:-2], 2, 0.3)
        check(t + "RandomResizedCrop exact", ours(im, ["RandomResizedCrop", 20, 11, 150, 100, 150, 100, 0.5]), crop)
        if title != "noise":
            check(t + "RandomResizedCrop small", ours(im, ["RandomResizedCrop", 3, 1, 200, 150, 50, 50, 1]),
                  cv2.resize(im[1:151, 3:203], (50, 50), interpolation=cv2.INTER_AREA),
                  16 if title == "smooth" else 140, 12)
        holes = im.copy()
        holes[20:60, 30:90] = 77
        check(t + "CoarseDropout", ours(im, ["CoarseDropout", 77, 77, 77, 30, 20, 60, 40]), holes)
        check(t + "Erasing", ours(im, ["Erasing", 77, 77, 77, 30, 20, 60, 40]), holes)
        stripes = im.copy()
        stripes[:, 31:50] = stripes[99:103] = 5
        check(t + "XYMasking", ours(im, ["XYMasking", 5, 5, 5, 31, 0, 19, H, 0, 99, W, 4]), stripes)
        for scale in (0.25, 0.37, 0.8):
            small = cv2.resize(im, None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST)
            check(t + f"Downscale {scale}", ours(im, ["Downscale", scale, 0, 0]),
                  cv2.resize(small, (W, H), interpolation=cv2.INTER_NEAREST))
        ramp = np.arange(256, dtype=np.float32)
        for b, c, safe in ((0.2, 0.3, 0), (-0.4, -0.2, 0), (0.3, 0.5, 1)):
            gain, offset = 1 + c, b * im.mean()
            if safe:
                offset = np.clip(offset, 0, 255)
                gain = min(gain, (255 - offset) / 255)
            values = np.trunc(ramp * np.float32(gain) + np.float32(offset)).clip(0, 255)
            check(t + f"RandomBrightnessContrast by mean {b}", ours(im, ["RandomBrightnessContrast", b, c, 1, safe]),
                  cv2.LUT(im, values.astype(np.uint8)))
        framed = im.copy()
        framed[:20] = 0
        expected = np.zeros_like(framed)
        for i in range(channels):
            at = (slice(None), slice(None), i) if channels == 3 else (slice(None), slice(None))
            seen = framed[at][framed[at] != 0].astype(np.float64)
            low, high = seen.min(), seen.max()
            lut = np.rint((ramp - low) * (255 / (high - low))).clip(0, 255) if high > low else ramp.copy()
            lut[0] = 0
            expected[at] = cv2.LUT(framed[at], lut.astype(np.uint8))
        check(t + "AutoContrast without black", ours(framed, ["AutoContrast", 0, 0, 0]), expected)
        # OpenCV keeps BGR: the colours of the picture as they are, read the other way round.
        for quality in (5, 30, 60, 95):
            turned = np.ascontiguousarray(im[..., ::-1]) if channels == 3 else im
            file = cv2.imencode(".jpg", turned, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
            again = cv2.imdecode(file, cv2.IMREAD_UNCHANGED)
            check(t + f"ImageCompression {quality}", ours(im, ["ImageCompression", quality]),
                  again[..., ::-1] if channels == 3 else again)
            if channels == 3 and webp:
                file = cv2.imencode(".webp", turned, [cv2.IMWRITE_WEBP_QUALITY, quality])[1]
                check(t + f"ImageCompression {quality} WebP",
                      ours(im, ["ImageCompression", quality, 1]),
                      cv2.imdecode(file, cv2.IMREAD_UNCHANGED)[..., ::-1])
        if channels == 3:
            grey = cv2.cvtColor(im, cv2.COLOR_RGB2GRAY)
            check(t + "ToGray", ours(im, ["ToGray", 0]), cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB))
            # OpenCV truncates on the way back, Ballast rounds.
            for shift in ((8, 0, 0), (-33, 40, -20), (90, -60, 25)):
                check(t + f"HueSaturationValue {shift}",
                      ours(im, ["HueSaturationValue", *shift]), hsv(im, *shift), 1, 0.4)

print(f"1..{count}")
sys.exit(failures > 0)
