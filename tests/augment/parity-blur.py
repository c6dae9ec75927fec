#!/usr/bin/python3
"""Compares blurring and sharpening with the same done by hand in OpenCV, in 8 and in 16 bits.

Usage: parity-blur.py APPLY_RECIPE   (the test program that runs a recipe on raw pixels)
"""
import sys

try:
    import cv2
    import numpy as np
    from parity_tools import check, finish, ours, pictures
except ImportError:
    print("1..0 # SKIP OpenCV for Python is not installed; the C oracles stand alone")
    sys.exit(0)


def motion_kernel(size, angle, direction, shift_x, shift_y):
    """Albumentations' create_motion_kernel, with the shifts given."""
    half = size // 2
    low = -half * (1 - direction) if direction > 0 else -half
    high = half * (1 + direction) if direction < 0 else half
    t = np.linspace(low, high, size)
    angle = np.deg2rad(angle)
    x = np.clip(np.round(half + np.cos(angle) * t + shift_x * half), 0, size - 1).astype(int)
    y = np.clip(np.round(half + np.sin(angle) * t + shift_y * half), 0, size - 1).astype(int)
    kernel = np.zeros((size, size), np.float32)
    kernel[y, x] = 1
    return kernel / kernel.sum()


def sharpen_kernel(alpha, lightness):
    kernel = np.full((3, 3), -alpha, np.float32)
    kernel[1, 1] = 1 - alpha + alpha * (8 + lightness)
    return kernel


def emboss_kernel(alpha, s):
    effect = np.float32([[-1 - s, -s, 0], [-s, 1, s], [0, s, 1 + s]])
    return (1 - alpha) * np.float32([[0, 0, 0], [0, 1, 0], [0, 0, 0]]) + alpha * effect


def unsharp(image, size, sigma, alpha, threshold):
    full = np.iinfo(image.dtype).max
    v = image.astype(np.float64) / full
    kernel = cv2.getGaussianKernel(size, sigma, cv2.CV_64F)

    def soft(field):
        return cv2.sepFilter2D(field, -1, kernel, kernel, borderType=cv2.BORDER_REFLECT_101)

    residual = v - soft(v)
    mask = soft((np.abs(residual) * 255 > threshold).astype(np.float64))
    sharp = np.clip(v + alpha * residual, 0, 1)
    return np.rint(np.clip(sharp * mask + v * (1 - mask), 0, 1) * full).astype(image.dtype)


def sharpen_gaussian(image, size, sigma, alpha):
    full = np.iinfo(image.dtype).max
    kernel = cv2.getGaussianKernel(size, sigma, cv2.CV_64F)
    v = image.astype(np.float64)
    soft = cv2.sepFilter2D(v, -1, kernel, kernel, borderType=cv2.BORDER_REFLECT_101)
    return np.rint(np.clip(v + alpha * (v - soft), 0, full)).astype(image.dtype)


def check_medians(im, t):
    for size in (3, 5) if im.dtype == np.uint16 else (3, 5, 7, 9, 15, 31):
        check(t + f"MedianBlur {size}", ours(im, ["MedianBlur", size]), cv2.medianBlur(im, size))


def check_kernels(im, t):
    # OpenCV adds in single precision, with or without fused operations: halves may fall either way.
    ties = {"most": 1, "mean": 0.01}
    for size in (3, 5, 7, 13, 31):
        check(t + f"Blur {size}", ours(im, ["Blur", size]), cv2.blur(im, (size, size)),
              1 if im.dtype == np.uint16 else 0, 0.01)
    for line in ((3, 0, 0, 0, 0), (7, 31, 0, 0, 0), (9, 117, 0.4, 0.3, -0.5), (15, 250, -1, 0, 0)):
        check(t + f"MotionBlur {line}", ours(im, ["MotionBlur", *line]),
              cv2.filter2D(im, -1, motion_kernel(*line)), 1, 0.15)
    for p in ((0.2, 1), (0.5, 0.5), (0.37, 0.81)):
        check(t + f"Sharpen {p}", ours(im, ["Sharpen", 0, *p, 5, 1]),
              cv2.filter2D(im, -1, sharpen_kernel(*p)), **ties)
        check(t + f"Emboss {p}", ours(im, ["Emboss", *p]),
              cv2.filter2D(im, -1, emboss_kernel(*p)), **ties)
    for w, h in ((2, 3), (3, 3), (5, 1), (4, 7)):
        ones = np.ones((h, w), np.uint8)
        check(t + f"Morphological dilation {w} {h}", ours(im, ["Morphological", w, h, 0]),
              cv2.dilate(im, ones))
        check(t + f"Morphological erosion {w} {h}", ours(im, ["Morphological", w, h, 1]),
              cv2.erode(im, ones))


def disc_kernel(radius, sigma):
    """Albumentations' kernel, on a field that the softened disc does not touch the edge of."""
    length = np.arange(-radius - 3, radius + 4)
    x, y = np.meshgrid(length, length)
    disc = (x ** 2 + y ** 2 <= radius ** 2).astype(np.float64)
    taps = 3 if radius <= 8 else 5
    return cv2.GaussianBlur(disc / disc.sum(), (taps, taps), sigmaX=sigma)


def advanced_kernel(size, sx, sy, angle, beta):
    ax = np.arange(-(size // 2), size // 2 + 1.0)
    grid = np.stack(np.meshgrid(ax, ax), -1)
    a = np.deg2rad(angle)
    u = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    inverse = np.linalg.inv(u @ np.diag([sx ** 2, sy ** 2]) @ u.T)
    kernel = np.exp(-0.5 * np.power(np.sum(grid @ inverse * grid, 2), beta))
    return kernel / kernel.sum()


def zoomed(image, largest, step):
    """Zooms about the centre, in floating point."""
    h, w = image.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    factors = np.arange(1, max(1 + step, largest), step)
    total = image.astype(np.float64)
    for z in factors:
        maps = (x - (w - 1) / 2) / z + (w - 1) / 2, (y - (h - 1) / 2) / z + (h - 1) / 2
        total += cv2.remap(image.astype(np.float32), *[m.astype(np.float32) for m in maps],
                           cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.floor(total / (len(factors) + 1) + 0.5).astype(image.dtype)


def check_lenses(im, t):
    full = 257 if im.dtype == np.uint16 else 1

    def by_kernel(kernel):
        exact = cv2.filter2D(im.astype(np.float64), -1, kernel, borderType=cv2.BORDER_REFLECT_101)
        return np.floor(np.clip(exact, 0, 255 * full) + 0.5).astype(im.dtype)

    for radius, sigma in ((1, 0.1), (3, 0.5), (8, 0.3), (10, 0.5)):
        check(t + f"Defocus {radius}", ours(im, ["Defocus", radius, sigma]),
              by_kernel(disc_kernel(radius, sigma)), 1 + (full > 1), 0.05 * full)
    for p in ((5, 1.5, 0.5, 30, 1), (9, 2, 0.7, -60, 0.5), (7, 1, 3, 90, 4)):
        check(t + f"AdvancedBlur {p}", ours(im, ["AdvancedBlur", *p, 1, 1, 3, 4]),
              by_kernel(advanced_kernel(*p)), 1 + (full > 1), 0.01 * full)
    for p in ((1.31, 0.03), (1.11, 0.02)):
        check(t + f"ZoomBlur {p}", ours(im, ["ZoomBlur", *p]), zoomed(im, *p), 2 * full, 0.6 * full)
    glass = ours(im, ["GlassBlur", 0, 3, 1, 5, 6]).astype(int)
    window = np.ones((7, 7), np.uint8)
    inside = (glass >= cv2.erode(im, window)) & (glass <= cv2.dilate(im, window))
    check(t + "GlassBlur from near", inside, np.ones_like(inside))


def check_unsharp(im, t):
    wide = im.dtype == np.uint16
    for p in ((5, 1, 0.3), (7, 1.4, 0.9)):
        check(t + f"Sharpen gaussian {p}", ours(im, ["Sharpen", 1, p[2], 1, p[0], p[1]]),
              sharpen_gaussian(im, *p), 100 if wide else 1, 60 if wide else 0.25)
    # Where the difference is just at the threshold, half a level decides on the mask.
    check(t + "UnsharpMask all", ours(im, ["UnsharpMask", 5, 1.1, 0.4, 0]),
          unsharp(im, 5, 1.1, 0.4, 0), 200 if wide else 8, 80 if wide else 0.25)
    check(t + "UnsharpMask threshold", ours(im, ["UnsharpMask", 5, 1.1, 0.4, 10]),
          unsharp(im, 5, 1.1, 0.4, 10), 1500 if wide else 8, 80 if wide else 0.3)


for title, image in pictures().items():
    grey = np.ascontiguousarray(image[..., 1])
    wide = (grey.astype(np.uint16) * 257) ^ (np.arange(grey.size, dtype=np.uint16) % 251).reshape(
        grey.shape)
    for im in (image, grey, wide):
        t = f"{title} {im.ndim} {im.dtype}: "
        check_medians(im, t)
        check_kernels(im, t)
        check_unsharp(im, t)
        check_lenses(im, t)

finish()
