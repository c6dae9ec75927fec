#!/usr/bin/python3
"""Lets the real Albumentations read what Ballast wrote, and Ballast what Albumentations wrote.

Usage: albumentations-files.py CONVERT_PIPELINE
BALLAST_ALBUMENTATIONS_PYTHON names a Python that has it, if this one has not.  Goes over the whole
table of ops: a new op is tested by being in it.
"""
import inspect
import json
import os
import random
import subprocess
import sys
import tempfile
import warnings

os.environ["NO_ALBUMENTATIONS_UPDATE"] = "1"
os.environ["ALBUMENTATIONS_NO_TELEMETRY"] = "1"
try:
    import albumentations as A
    import numpy as np
    import yaml
except ImportError:
    other = os.environ.get("BALLAST_ALBUMENTATIONS_PYTHON")
    if other and os.path.realpath(sys.executable) != other and "BALLAST_SECOND_TRY" not in os.environ:
        os.execve(other, [other, *sys.argv], {**os.environ, "BALLAST_SECOND_TRY": "1"})
    print("1..0 # SKIP Albumentations is not installed; name a Python that has it in"
          " BALLAST_ALBUMENTATIONS_PYTHON")
    sys.exit(0)

warnings.simplefilter("ignore")
CONVERT = sys.argv[1]
count = failures = 0

# What a transform must be told.
REQUIRED = {
    "AtLeastOneBBoxRandomCrop": dict(height=32, width=40), "CenterCrop": dict(height=32, width=40),
    "CropAndPad": dict(px=4), "CropNonEmptyMaskIfExists": dict(height=32, width=40),
    "GridElasticDeform": dict(num_grid_xy=(4, 4), magnitude=10),
    "LongestMaxSize": dict(max_size=64), "RandomCrop": dict(height=32, width=40),
    "RandomResizedCrop": dict(size=(32, 40)), "RandomSizedBBoxSafeCrop": dict(height=32, width=40),
    "RandomSizedCrop": dict(min_max_height=(20, 30), size=(32, 40)),
    "Resize": dict(height=32, width=40), "SmallestMaxSize": dict(max_size=64),
}


def check(name, good, why=""):
    global count, failures
    count += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good:
        print("# " + str(why).replace("\n", "\n# "))


def convert(command, lines=()):
    run = subprocess.run([CONVERT, command], input="".join(line + "\n" for line in lines),
                         capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def is_off(value):
    if isinstance(value, dict):
        return all(map(is_off, value.values()))
    if isinstance(value, (list, tuple)):
        return all(map(is_off, value))
    return value is None or value == 0


def close(a, b):
    if is_off(a) and is_off(b):  # no shift in pixels is no shift in shares
        return True
    if isinstance(a, (int, float)) and isinstance(b, (list, tuple)):  # 4 for 4 to 4
        return all(close(a, value) for value in b)
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(close(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(close(x, y) for x, y in zip(a, b))
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= 1e-9 * max(1, abs(a))
    return a == b


def difference(a, b):
    if isinstance(a, dict) and isinstance(b, dict):
        return "; ".join(f"{k}: {a.get(k)} became {b.get(k)}" for k in {**a, **b}
                         if not close(a.get(k), b.get(k)))
    return f"{a} became {b}"


def first(file):
    return file["transform"]["transforms"][0] if file["transform"]["transforms"] else {}


def picture():
    return np.random.default_rng(1).integers(0, 256, (700, 900, 3), dtype=np.uint8)


def check_ours(row):
    """Our file loads there, runs, and what it writes again loads here to the same."""
    file = json.loads(row["file"])
    if not file["transform"]["transforms"]:
        return "" if row["unsaid"] else "it is not in the file, and nothing is said about it"
    loaded = A.from_dict(file)
    again = A.to_dict(loaded)
    back = convert("read", [json.dumps(again)])[0]
    if back.get("dropped"):
        return "read back with: " + " ".join(back["dropped"])
    ours = json.loads(back["file"])
    # What is null there is left to it.
    said = {key: value for key, value in first(file).items() if value is not None}
    if not close(said, {key: first(ours).get(key) for key in said}):
        return "there and back: " + difference(first(file), first(ours))
    space = {}
    exec(row["python"], space)
    built = A.to_dict(space["transform"])["transform"]
    if not close(built, again["transform"]):
        return "as Python: " + difference(first({"transform": built}), first(again)) + "\n" + row["python"]
    return ""


def check_runs(row):
    """With certainty, on a small picture.  What needs boxes, masks or more pictures is not asked."""
    file = json.loads(row["file"])
    if not file["transform"]["transforms"]:
        return ""
    first(file)["p"] = 1.0
    random.seed(1)
    try:
        A.from_dict(file)(image=picture())
    except (KeyError, ValueError) as error:
        if any(word in str(error) for word in ("bbox", "mask", "metadata", "larger", "rop")):
            return ""
        return repr(error)
    except RuntimeError as error:  # a mask that nobody gave
        if "mask" not in str(error):
            raise
    except TypeError as error:  # 2.0.8 cannot run Erasing with a random fill
        if "'seed'" not in str(error):
            raise
    except Exception as error:
        if type(error).__name__ != "CropSizeError":
            raise
    return ""


def attempt(function, row):
    try:
        return function(row)
    except Exception as error:  # whatever their library raises is the finding
        return f"{type(error).__name__}: {error}\n{row['file']}"


ops = convert("ops")
names = list(dict.fromkeys(row["op"] for row in ops))
for name in names:
    rows = [row for row in ops if row["op"] == name]
    why = next(filter(None, (attempt(check_ours, row) for row in rows)), "")
    check(f"{name}: our file there and back", not why, why)
    why = next(filter(None, (attempt(check_runs, row) for row in rows[:2])), "")
    check(f"{name}: our file runs there", not why, why)


def transforms():
    for name in sorted(dir(A)):
        kind = getattr(A, name)
        if inspect.isclass(kind) and issubclass(kind, A.BasicTransform):
            try:
                yield A.to_dict(kind(**REQUIRED.get(name, {})))
            except Exception:  # abstract, of volumes, or not to be written
                continue


def check_theirs(transform, read):
    """Arguments that stand for the same need not be spelt the same: let it write both."""
    ours = first(A.to_dict(A.from_dict(json.loads(read["file"]))))
    return "" if close(transform, ours) else difference(transform, ours)


absent = []
for theirs in transforms():
    name = theirs["transform"]["__class_fullname__"]
    read = convert("read", [json.dumps(theirs)])[0]
    known = name in names or name in ("D4", "ShiftScaleRotate")
    if not known:
        absent.append(name)
        check(f"{name}: their file loads, and says that it is left out", read.get("dropped"), read)
        continue
    why = " ".join(read.get("dropped", [read.get("error", "")]))
    if not why and name in names:
        why = attempt(lambda row: check_theirs(theirs["transform"], row), read)
    check(f"{name}: their file with defaults loads here", not why, why)
print("# not here: " + " ".join(absent))

# Whole files, through disk and in both spellings.
chain = A.Compose([A.HorizontalFlip(p=0.4),
                   A.OneOf([A.Rotate(limit=20, p=0.7), A.Sequential([A.Transpose(p=1)], p=0.3)], p=0.9),
                   A.SomeOf([A.RandomGamma(p=1), A.GaussNoise(p=0.2)], n=2, replace=True),
                   A.RandomOrder([A.VerticalFlip(), A.ToGray()], n=2, p=0.5),
                   A.OneOrOther(A.HorizontalFlip(), A.VerticalFlip(), p=0.25)],
                  bbox_params=A.BboxParams("yolo", label_fields=["x"], min_area=4, min_visibility=0.2))
with tempfile.TemporaryDirectory() as folder:
    for spelling in ("json", "yaml"):
        path = os.path.join(folder, "pipeline." + spelling)
        A.save(chain, path, data_format=spelling)
        text = open(path).read()
        read = convert("read", [json.dumps(text)])[0]
        ours = json.loads(read["file"])
        there = A.to_dict(A.from_dict(ours))["transform"]["transforms"]
        check(f"a chain with groups from {spelling}", not read["dropped"]
              and close(there, A.to_dict(chain)["transform"]["transforms"]),
              f"{read['dropped']} {there}")
    path = os.path.join(folder, "ours.yaml")
    text = convert("yaml", [json.dumps(A.to_dict(chain))])[0]["file"]
    open(path, "w").write(text)
    there = A.to_dict(A.load(path, data_format="yaml"))["transform"]["transforms"]
    check("our YAML there", close(there, A.to_dict(chain)["transform"]["transforms"]), there)
    check("PyYAML reads our YAML as our JSON",
          yaml.safe_load(text) == json.loads(convert("read", [json.dumps(text)])[0]["file"]), text)

print(f"1..{count}")
sys.exit(failures > 0)
