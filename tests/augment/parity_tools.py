"""What the parity scripts share: running a recipe, comparing pictures, and pictures to compare on."""
import json
import subprocess
import sys

import numpy as np

APPLY = sys.argv[1] if len(sys.argv) > 1 else ""
W, H = 203, 151
results = {"count": 0, "failures": 0}


def ours(image, *steps, coarse=False):
    """@coarse: positions of warps are rounded as OpenCV rounds them."""
    h, w = image.shape[:2]
    channels = 1 if image.ndim == 2 else image.shape[2]
    depth = 16 if image.dtype == np.uint16 else 8
    recipe = {"size": [w, h], "steps": [[s[0], i + 1, *s[1:]] for i, s in enumerate(steps)]}
    run = subprocess.run([APPLY, json.dumps(recipe), str(w), str(h), str(channels), str(depth)]
                         + (["coarse"] if coarse else []),
                         input=np.ascontiguousarray(image).tobytes(), capture_output=True)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.decode())
    out_w, out_h = map(int, run.stderr.split()[-2:])
    out = np.frombuffer(run.stdout, image.dtype)
    return out.reshape((out_h, out_w) if image.ndim == 2 else (out_h, out_w, channels))


def check(name, got, expected, most=0, mean=0.0):
    """Equal, or (where most > 0) no sample farther off than that, and that far on average."""
    results["count"] += 1
    if got.shape != expected.shape:
        results["failures"] += 1
        print(f"not ok {results['count']} - {name}: {got.shape} instead of {expected.shape}")
        return
    difference = np.abs(got.astype(np.int64) - expected.astype(np.int64))
    good = difference.max() <= most and difference.mean() <= (mean if most else 0)
    results["failures"] += not good
    print(f"{'ok' if good else 'not ok'} {results['count']} - {name}"
          f" # largest difference {difference.max()}, mean {difference.mean():.5f}")


def pictures():
    rng = np.random.default_rng(5)
    noise = rng.integers(0, 256, (H, W, 3), dtype=np.uint8)
    y, x = np.mgrid[0:H, 0:W]
    smooth = np.stack([x * 255 // W, y * 255 // H, (x + y) * 255 // (W + H)], -1).astype(np.uint8)
    edges = np.where(((x // 17 + y // 13) % 2)[..., None] == 0, 255, 0).astype(np.uint8)
    return {"noise": noise, "smooth": smooth, "edges": np.repeat(edges, 3, -1),
            "dull": (smooth // 3 + noise // 8 + 40).astype(np.uint8)}


def finish():
    print(f"1..{results['count']}")
    sys.exit(results["failures"] > 0)
