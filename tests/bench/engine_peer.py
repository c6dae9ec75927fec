"""engine_peer.py opencv|torchvision|albumentations < JOB > RESULT: one peer, on one thread, in its
processor time.  JOB and RESULT are JSON; engine.py writes the one and reads the other."""
import json
import os
import sys
import time
import warnings

for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["NO_ALBUMENTATIONS_UPDATE"] = "1"
warnings.filterwarnings("ignore")

import engine_table as table  # noqa: E402

QUALITY = 92


def clock():
    return time.clock_gettime_ns(time.CLOCK_PROCESS_CPUTIME_ID) / 1e9


def median_us(call, budget):
    """The median of as many runs as fit in @budget seconds; one is enough for what takes long."""
    runs, start = [], clock()
    while len(runs) < 3 or clock() - start < budget:
        begin = clock()
        call()
        runs.append(clock() - begin)
        if clock() - start > 2 * budget:
            break
    return sorted(runs)[(len(runs) - 1) // 2] * 1e6


def tuples(value):
    return tuple(map(tuples, value)) if isinstance(value, list) else value


class OpenCV:
    def __init__(self):
        import cv2
        cv2.setNumThreads(1)
        self.cv2, self.version = cv2, cv2.__version__

    def kernel(self, case, im):
        return case.opencv

    def read(self, path):
        return self.cv2.imread(path)

    def write(self, path, im):
        self.cv2.imwrite(path, im, [self.cv2.IMWRITE_JPEG_QUALITY, QUALITY])


class Albumentations(OpenCV):
    def __init__(self):
        super().__init__()
        import albumentations
        self.module, self.version = albumentations, albumentations.__version__

    def kernel(self, case, im):
        h, w = im.shape[:2]
        steps = [getattr(self.module, name)(**{k: tuples(v) for k, v in arguments.items()}, p=1)
                 for name, arguments in case.transforms(w, h)]
        compose = self.module.Compose(steps)
        return lambda pixels: compose(image=pixels)["image"]

    def read(self, path):
        return self.cv2.cvtColor(self.cv2.imread(path), self.cv2.COLOR_BGR2RGB)

    def write(self, path, im):
        super().write(path, self.cv2.cvtColor(im, self.cv2.COLOR_RGB2BGR))


class Torchvision:
    def __init__(self):
        import PIL.Image
        import torch
        import torchvision
        import torchvision.transforms.functional as functional
        torch.set_num_threads(1)
        self.PIL, self.functional, self.version = PIL.Image, functional, torchvision.__version__

    def kernel(self, case, im):
        return case.torchvision and (lambda pixels: case.torchvision(*pixels))

    def pair(self, picture):
        return picture, self.functional.pil_to_tensor(picture)

    def read(self, path):
        return self.pair(self.PIL.open(path).convert("RGB"))

    def write(self, path, im):
        if not isinstance(im, self.PIL.Image):
            im = self.functional.to_pil_image(im)
        im.save(path, "JPEG", quality=QUALITY)


def time_ops(peer, job):
    import numpy as np
    im = np.fromfile(job["file"], np.uint8).reshape(job["height"], job["width"], 3)
    pixels = peer.pair(peer.PIL.fromarray(im)) if isinstance(peer, Torchvision) else im
    result = {}
    for case in table.OPS + table.CHAINS:
        if case.name not in job["names"]:
            continue
        try:
            kernel = peer.kernel(case, im)
            if kernel:
                result[case.name] = median_us(lambda: kernel(pixels), job["budget"])
        except Exception as problem:  # an older or newer release without the op: no figure
            print(f"{case.name}: {problem}", file=sys.stderr)
    return result


def time_export(peer, job, case, copies):
    """Seconds a copy: its share of reading a file, the chain, and writing it."""
    path, start, spent = os.path.join(job["out"], "copy.jpg"), clock(), {"read": [], "copy": []}
    kernel = None

    def timed(what, call):
        begin = clock()
        value = call()
        spent[what].append(clock() - begin)
        return value

    for file in job["files"] * 100:
        picture = timed("read", lambda: peer.read(file))
        if kernel is None:
            kernel = peer.kernel(case, None if isinstance(picture, tuple) else picture)
        for _ in range(copies):
            timed("copy", lambda: peer.write(path, kernel(picture)))
            if clock() - start > job["budget"]:
                return (sum(spent["read"]) / len(spent["read"]) / copies
                        + sum(spent["copy"]) / len(spent["copy"]))
    raise RuntimeError("no files")


def main():
    try:
        peer = {"opencv": OpenCV, "torchvision": Torchvision,
                "albumentations": Albumentations}[sys.argv[1]]()
    except ImportError as missing:
        print(json.dumps({"missing": str(missing)}))
        return
    result = {"version": peer.version, "ops": {}, "exports": {}}
    for job in json.load(sys.stdin):
        if job["kind"] == "ops":
            result["ops"][job["size"]] = time_ops(peer, job)
            continue
        for case in table.CHAINS:
            if case.name in job["names"]:
                for copies in job["copies"]:
                    seconds = time_export(peer, job, case, copies)
                    result["exports"].setdefault(job["size"], {})[f"{case.name}|{copies}"] = seconds
    print(json.dumps(result))


main()
