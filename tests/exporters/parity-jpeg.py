#!/usr/bin/python3
"""The eight symmetries of JPEG copies, as other decoders see them.

Usage: parity-jpeg.py DRAW_ITEM   (TAP; needs PIL, numpy and cv2, and says so where they are absent)

Whichever way a copy is made (coefficients, samples or pixels), it must have the size of the turned
picture, show it, and lose no more than decoding, turning and encoding again would.
"""
import io
import json
import subprocess
import sys
import tempfile

try:
    import cv2
    import numpy as np
    from PIL import Image, ImageOps
except ImportError as missing:
    print(f"1..0 # SKIP not installed: {missing.name}")
    sys.exit(0)

DRAW = sys.argv[1]
T = Image.Transpose
SYMMETRIES = [  # what to do, as a recipe and by PIL; whether width or height run the other way
    ("as it is", [], None, (0, 0)),
    ("flip left-right", [["HorizontalFlip", 1]], T.FLIP_LEFT_RIGHT, (1, 0)),
    ("flip up-down", [["VerticalFlip", 1]], T.FLIP_TOP_BOTTOM, (0, 1)),
    ("transpose", [["Transpose", 1]], T.TRANSPOSE, (0, 0)),
    ("turn 90", [["RandomRotate90", 1, 1]], T.ROTATE_90, (1, 0)),
    ("turn 180", [["RandomRotate90", 1, 2]], T.ROTATE_180, (1, 1)),
    ("turn 270", [["RandomRotate90", 1, 3]], T.ROTATE_270, (0, 1)),
    ("transverse", [["Transpose", 1], ["RandomRotate90", 2, 2]], T.TRANSVERSE, (1, 1)),
]
SAMPLINGS = {"444": (0, 1, 1), "422": (1, 2, 1), "420": (2, 2, 2), "grey": (None, 1, 1)}
SIZES = [(64, 48), (50, 37), (61, 48), (64, 41), (48, 17), (17, 16), (1, 1), (500, 375)]
TURNED_BY_EXIF = {6: T.ROTATE_270, 8: T.ROTATE_90, 2: T.FLIP_LEFT_RIGHT, 5: T.TRANSPOSE}
count = failures = 0


def check(title, good, detail=""):
    global count, failures
    count += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {count} {title} {'' if good else '# ' + detail}")


def picture(w, h, grey):
    """Soft colours with an edge and some grain."""
    rng = np.random.default_rng(w * 1000 + h)
    small = rng.integers(0, 256, (h // 12 + 2, w // 12 + 2, 3), dtype=np.uint8)
    im = cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    im = np.clip(im + rng.normal(0, 3, im.shape), 0, 255).astype(np.uint8)
    im[: h // 2, : w // 3] //= 3
    image = Image.fromarray(im)
    return image.convert("L") if grey else image


def encode(image, sampling, **more):
    out = io.BytesIO()
    options = {} if sampling is None else {"subsampling": sampling}
    image.save(out, "JPEG", quality=90, **options, **more)
    return out.getvalue()


def decode(data):
    return np.asarray(Image.open(io.BytesIO(data))).astype(int)


def draw(data, w, h):
    """The eight copies and how each was made."""
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/s.jpg", "wb") as file:
            file.write(data)
        recipes = [json.dumps({"size": [w, h], "steps": s[1]}) for s in SYMMETRIES]
        run = subprocess.run([DRAW, folder + "/s.jpg", folder + "/out", *recipes],
                             capture_output=True, text=True, check=True)
        copies = []
        for i in range(len(recipes)):
            with open(f"{folder}/out.{i}", "rb") as file:
                copies.append(file.read())
    return list(zip(copies, run.stdout.split()))


def compare(title, data, sampling, exif=1):
    seen = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    stored = Image.open(io.BytesIO(data)).size
    for (name, _, op, axes), (copy, way) in zip(SYMMETRIES, draw(data, *seen.size)):
        turned = seen if op is None else seen.transpose(op)
        expected = np.asarray(turned).astype(int)
        ours = decode(copy)
        what = f"{title}, {name}"
        if ours.shape != expected.shape:
            check(what, False, f"size {ours.shape}, not {expected.shape}")
            continue
        by_cv = cv2.imdecode(np.frombuffer(copy, np.uint8), cv2.IMREAD_UNCHANGED)
        if by_cv.ndim == 3:
            by_cv = by_cv[:, :, ::-1]
        error = np.abs(ours - expected).mean()
        again = np.abs(decode(encode(turned, sampling[0])) - expected).mean()
        limit = 0.6 if way == "coefficients" else again * 1.1 + 0.25
        check(what, error <= limit and np.abs(by_cv.astype(int) - ours).max() <= 3,
              f"{way}: {error:.2f} levels off, at most {limit:.2f}")
        if exif == 1:
            whole = all(not axes[i] or stored[i] % (8 * sampling[1 + i]) == 0 for i in (0, 1))
            check(f"{what}: {'lossless' if whole else 'encoded again'}",
                  (way == "coefficients") == whole, way)


for sampling_name, sampling in SAMPLINGS.items():
    for size in SIZES:
        im = picture(*size, sampling[0] is None)
        compare(f"{size[0]} x {size[1]} {sampling_name}", encode(im, sampling[0]), sampling)
for size in ((64, 48), (50, 37)):
    for orientation in TURNED_BY_EXIF:
        exif = Image.Exif()
        exif[0x0112] = orientation
        data = encode(picture(*size, False), 2, exif=exif)
        compare(f"{size[0]} x {size[1]} turned by EXIF {orientation}", data, SAMPLINGS["420"],
                orientation)
    compare(f"{size[0]} x {size[1]} progressive", encode(picture(*size, False), 2, progressive=True),
            SAMPLINGS["420"])

print(f"1..{count}")
sys.exit(failures > 0)
