#!/usr/bin/env python3
"""Any layout with boxes in, any out, and in again; and what other programs' loaders make of it.

usage: test-boxes.py BALLAST_CLI

Loaders of others: those of the Python in BALLAST_PEER_PYTHON, or of this one; a case says where one
is missing.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile

from cases import case, run_cases

CLI = sys.argv[1]
LAYOUTS = ("coco", "yolo", "voc", "createml", "manifest")
PEER = os.environ.get("BALLAST_PEER_PYTHON", sys.executable)


def run(*arguments):
    done = subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=200)
    assert done.returncode in (0, 3), f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def make(folder, single=False):
    """A street with outlines, a crowd, gaps in the ids and a background."""
    source = os.path.join(folder, "street")
    run("sample", source, "--kind", "street", "--images", 24, "--seed", 5)
    paths = sorted(os.path.join(root, name) for root, _, names in os.walk(source)
                   for name in names if name.endswith(".json"))
    path = next((path for path in paths if "train" in path), paths[0])
    for other in paths:
        if other != path:
            os.remove(other)
    with open(path) as file:
        data = json.load(file)
    for category in data["categories"]:
        category["id"] = category["id"] * 7 + 3
    for number, annotation in enumerate(data["annotations"]):
        annotation["category_id"] = annotation["category_id"] * 7 + 3
        annotation["id"] += 1000
        x, y, w, h = annotation["bbox"]
        if number % 3 == 0:
            annotation["segmentation"] = [[x, y, x + w, y, x + w, round(y + h, 2), x, y + h]]
    first = data["images"][0]["id"]
    data["annotations"] = [a for a in data["annotations"] if a["image_id"] != first]
    size = data["images"][1]
    data["annotations"].append({
        "id": 5, "image_id": size["id"], "category_id": data["categories"][0]["id"], "iscrowd": 1,
        "area": 50, "bbox": [0, 0, 1, 50],
        "segmentation": {"size": [size["height"], size["width"]],
                         "counts": [0, 50, size["height"] * size["width"] - 50]}})
    if single:
        rank = {}
        for annotation in data["annotations"]:
            image = annotation["image_id"]
            rank[image] = max(rank.get(image, 0), annotation["category_id"])
        data["annotations"] = [a for a in data["annotations"]
                               if a["category_id"] == rank[a["image_id"]]]
    with open(path, "w") as file:
        json.dump(data, file)
    project = os.path.join(folder, "street.ballast")
    run("import", project, source)
    run("balance", project, "--strategy", "none")
    return project, data


def classes_of(project, folder, name):
    """The categories of an export as COCO, and how many annotations each has."""
    dest = os.path.join(folder, name)
    run("export", project, dest, "--layout", "coco")
    names = os.listdir(os.path.join(dest, "annotations"))
    assert len(names) == 1, names
    with open(os.path.join(dest, "annotations", names[0])) as file:
        data = json.load(file)
    counts = {}
    for annotation in data["annotations"]:
        counts[annotation["category_id"]] = counts.get(annotation["category_id"], 0) + 1
    return [(c["id"], c["name"], counts.get(c["id"], 0)) for c in data["categories"]]


@case
def edited_classes_have_no_holes(folder):
    """Untouched, the ids of the file are kept, gaps and all; merged, dropped or put in order, the
    classes count through, and every label follows its class."""
    project, _ = make(folder)
    before = classes_of(project, folder, "before")
    assert [entry[0] for entry in before] != list(range(1, len(before) + 1)), before
    counts = {entry[1]: entry[2] for entry in before}
    names = [entry[1] for entry in before]
    run("class", project, "order", *reversed(names))
    turned = classes_of(project, folder, "turned")
    assert turned == [(i + 1, name, counts[name]) for i, name in enumerate(reversed(names))], turned
    run("class", project, "drop", names[1])
    dropped = classes_of(project, folder, "dropped")
    left = [name for name in reversed(names) if name != names[1]]
    assert dropped == [(i + 1, name, counts[name]) for i, name in enumerate(left)], dropped
    run("undo", project)
    run("undo", project)
    assert classes_of(project, folder, "undone") == before
    run("class", project, "merge", names[0], names[1], "--into", names[0])
    merged = classes_of(project, folder, "merged")
    assert [entry[0] for entry in merged] == list(range(1, len(names))), merged
    assert merged[0][1:] == (names[0], counts[names[0]] + counts[names[1]]), merged
    dest = os.path.join(folder, "yolo")
    run("export", project, dest, "--layout", "yolo")
    seen = set()
    for root, _, files in os.walk(os.path.join(dest, "labels")):
        for name in files:
            with open(os.path.join(root, name)) as file:
                seen |= {int(line.split()[0]) for line in file if line.strip()}
    assert seen == set(range(len(names) - 1)), seen


def annotations_of(folder):
    names = os.listdir(os.path.join(folder, "annotations"))
    assert len(names) == 1, names
    return os.path.join(folder, "annotations", names[0])


def read(project):
    with sqlite3.connect(project) as db:
        classes = [row[0] for row in db.execute(
            "SELECT name FROM class WHERE dropped = 0 ORDER BY position")]
        boxes = {}
        for name, *box in db.execute(
                "SELECT i.name, c.name, a.x, a.y, a.width, a.height FROM annotation a "
                "JOIN image i ON i.id = a.id >> 20 JOIN class c ON c.id = a.class_id ORDER BY a.id"):
            boxes.setdefault(os.path.splitext(bytes(name))[0], []).append(box)
    return classes, boxes


def check_same(before, after, precision):
    assert before[0] == after[0], (before[0], after[0])
    assert before[1].keys() == after[1].keys()
    for name, boxes in before[1].items():
        assert len(boxes) == len(after[1][name]), name
        for (a, *first), (b, *second) in zip(boxes, after[1][name]):
            assert a == b
            assert all(abs(u - v) <= precision for u, v in zip(first, second)), (first, second)


@case
def every_layout_and_back(folder):
    project, _ = make(folder)
    before = read(project)
    for first in LAYOUTS:
        one = os.path.join(folder, first)
        run("export", project, one, "--layout", first)
        assert run("verify", one).stdout.endswith(", 0 differences\n"), first
        run("import", one + ".ballast", one)
        middle = read(one + ".ballast")
        check_same(before, middle, 1e-4 if first == "yolo" else 1e-9)
        run("balance", one + ".ballast", "--strategy", "none")
        for second in LAYOUTS:
            two = os.path.join(folder, f"{first}-{second}")
            run("export", one + ".ballast", two, "--layout", second)
            run("import", two + ".ballast", two)
            check_same(middle, read(two + ".ballast"), 1e-4)


@case
def linked_pictures_and_names_of_words(folder):
    """Pictures that are links out of the folder, and classes with spaces in their names."""
    project, _ = make(folder)
    for name in read(project)[0]:
        run("class", project, "rename", name, "--into", f"a {name} of words")
    before = read(project)
    for layout in LAYOUTS:
        one = os.path.join(folder, layout)
        run("export", project, one, "--layout", layout, "--originals", "symlink")
        run("import", one + ".ballast", one, "--follow-links")
        check_same(before, read(one + ".ballast"), 1e-4)


@case
def verify_sees_labels(folder):
    project, _ = make(folder)
    out = os.path.join(folder, "out")
    run("export", project, out, "--layout", "yolo")
    labels = sorted(os.path.join(base, name) for base, _, names in os.walk(out)
                    for name in names if base.endswith("labels") or "/labels/" in base)
    with open(labels[0], "a") as file:
        file.write("0 0.5 0.5 0.1 0.1\n")
    os.remove(labels[1])
    with open(labels[0] + ".txt", "w") as file:
        file.write("")
    done = subprocess.run([CLI, "verify", out], capture_output=True, text=True)
    assert done.returncode != 0
    for kind in ("changed: ", "missing: ", "extra: "):
        assert done.stdout.count(kind) == 1, done.stdout


@case
def coco_keeps_ids_and_outlines(folder):
    project, data = make(folder)
    out = os.path.join(folder, "out")
    run("export", project, out, "--layout", "coco")
    with open(annotations_of(out)) as file:
        written = json.load(file)
    ids = {c["name"]: c["id"] for c in data["categories"]}
    assert {c["name"]: c["id"] for c in written["categories"]} == ids
    assert {i["id"] for i in written["images"]} == {i["id"] for i in data["images"]}
    before = {a["id"]: a for a in data["annotations"]}
    after = {a["id"]: a for a in written["annotations"]}
    assert before.keys() == after.keys()
    for number, annotation in before.items():
        for member in ("bbox", "category_id", "image_id", "segmentation", "area", "iscrowd"):
            assert annotation[member] == after[number][member], (number, member)


@case
def copies_carry_mirrored_boxes(folder):
    project, _ = make(folder, single=True)
    pipeline = os.path.join(folder, "flip.json")
    with open(pipeline, "w") as file:
        json.dump({"__version__": "1.3.1", "transform": {
            "__class_fullname__": "Compose", "p": 1.0, "transforms": [
                {"__class_fullname__": "HorizontalFlip", "p": 1.0, "always_apply": True}]}}, file)
    run("pipeline", project, "--load", pipeline)
    run("balance", project, "--strategy", "oversample", "--target", "max")
    out = os.path.join(folder, "out")
    run("export", project, out, "--layout", "coco")
    with open(annotations_of(out)) as file:
        written = json.load(file)
    images = {image["id"]: image for image in written["images"]}
    by_image = {}
    for annotation in written["annotations"]:
        by_image.setdefault(annotation["image_id"], []).append(annotation)
    n_copies = 0
    originals = {os.path.splitext(image["file_name"])[0]: image for image in images.values()
                 if image["id"] < 10 ** 9}
    for image in images.values():
        stem = next((s for s in originals if image["file_name"].startswith(s)), None)
        if image["id"] < 10 ** 9 or stem is None:
            continue
        n_copies += 1
        before = by_image.get(originals[stem]["id"], [])
        after = by_image.get(image["id"], [])
        assert len(before) == len(after)
        for a, b in zip(before, after):
            x, y, w, h = a["bbox"]
            left = max(image["width"] - x - w, 0)
            assert abs(b["bbox"][0] - left) < 1e-6 and abs(b["bbox"][1] - max(y, 0)) < 1e-6, (a, b)
    assert n_copies > 0


def boxes_of(project, image):
    return json.loads(run("box", project, "list", image, "--json").stdout)["boxes"]


@case
def single_boxes(folder):
    """Relabelled, deleted and put aside: counts, exports, undo and a further import agree."""
    project, data = make(folder)
    image = next(i for i in data["images"]
                 if sum(a["image_id"] == i["id"] for a in data["annotations"]) >= 3)
    name = next(os.path.relpath(os.path.join(root, image["file_name"]), os.path.join(folder, "street"))
                for root, _, names in os.walk(os.path.join(folder, "street"))
                if image["file_name"] in names)
    before = boxes_of(project, name)
    count = len(data["annotations"])
    other = next(c["name"] for c in data["categories"] if c["name"] != before[1]["class"])

    def exported(to):
        out = os.path.join(folder, to)
        run("export", project, out, "--layout", "coco")
        with open(annotations_of(out)) as file:
            return json.load(file)

    run("box", project, "relabel", name, 2, "--into", other)
    run("box", project, "exclude", name, 1)
    run("box", project, "delete", name, 3)
    now = boxes_of(project, name)
    assert [b["number"] for b in now if b["excluded"]] == [1], now
    assert 3 not in [b["number"] for b in now], now
    assert next(b for b in now if b["number"] == 2)["class"] == other, now
    assert len(exported("a")["annotations"]) == count - 2
    run("import", project, os.path.join(folder, "street"))
    assert boxes_of(project, name) == now
    run("box", project, "restore", name, 1)
    assert len(exported("b")["annotations"]) == count - 1
    for _ in range(4):
        run("undo", project)
    assert boxes_of(project, name) == before
    assert len(exported("c")["annotations"]) == count
    for arguments, status in ((("delete", name, 77), 1), (("relabel", name, 1), 2),
                              (("relabel", name, 1, "--into", "nothing"), 1),
                              (("delete", "nowhere.png", 1), 1), (("paint", name, 1), 2)):
        done = subprocess.run([CLI, "box", project, *map(str, arguments)], capture_output=True, text=True)
        assert done.returncode == status, (arguments, done)
        assert done.stderr.startswith("ballast-cli: "), done.stderr


@case
def losses_are_said_before(folder):
    """What a layout has no place for: each sentence where it is true, and no other."""
    project, data = make(folder)
    said = {"coco": [], "yolo": ["masks", "Crowds"], "voc": ["outlines and masks", "Crowds"],
            "createml": ["outlines and masks", "Crowds"], "manifest": ["outlines and masks", "Crowds"],
            "folders": ["several classes", "1 image without a class", "boxes"]}
    for layout, words in said.items():
        done = run("export", project, os.path.join(folder, layout), "--layout", layout)
        lines = [line for line in done.stderr.splitlines() if line.startswith(layout + ": ")]
        assert len(lines) == (1 if words else 0), (layout, done.stderr)
        for word in words:
            assert word in lines[0], (word, lines)
        if layout == "yolo":
            assert "outlines" not in lines[0], lines


PEER_PROGRAM = """
import sys
try:
    from pycocotools.coco import COCO
except ImportError:
    print("no pycocotools")
else:
    coco = COCO(sys.argv[1])
    masks = sum(int(coco.annToMask(a).sum() > 0) for a in coco.loadAnns(coco.getAnnIds())
                if a["segmentation"])
    print("coco", len(coco.getImgIds()), len(coco.getAnnIds()), masks)
try:
    from torchvision.datasets import CocoDetection, VOCDetection
except ImportError:
    print("no torchvision")
else:
    try:
        loaded = CocoDetection(sys.argv[2], sys.argv[1])
        print("torchvision", len(loaded), sum(len(target) for _, target in loaded))
    except ImportError:
        print("no pycocotools for torchvision")
"""


@case
def what_is_cut_away_is_told(folder):
    """The plan warns of boxes that copies lose, and the export tells what was reached."""
    project, _ = make(folder)
    crop = {"__class_fullname__": "RandomCrop", "height": 40, "width": 40, "p": 1.0}
    path = os.path.join(folder, "crop.json")
    with open(path, "w") as file:
        json.dump({"__version__": "2.0.8", "transform": {"__class_fullname__": "Compose", "p": 1.0,
                                                         "transforms": [crop]}}, file)
    run("balance", project, "--strategy", "oversample", "--target", "max", "--unit", "instances")
    assert "cuts away" not in run("balance", project).stdout
    run("pipeline", project, "--load", path)
    told = json.loads(run("balance", project, "--json").stdout)
    assert any("cuts away about" in text for text in told["warnings"]), told["warnings"]
    dest = os.path.join(folder, "cut")
    done = run("export", project, dest, "--layout", "coco")
    assert "less than planned" in done.stderr, done.stderr
    with open(os.path.join(dest, "ballast.json")) as file:
        info = json.load(file)
    train = max(info["counts"]["splits"], key=lambda split: split["images"])
    run("import", os.path.join(folder, "again.ballast"), dest)
    again = json.loads(run("stats", os.path.join(folder, "again.ballast"), "--json").stdout)
    counts = {c["name"]: sum(s["instances"] for s in c["by_split"].values()) or c["instances"]
              for c in again["classes"]}
    reached = dict(zip(info["classes"], [sum(n) for n in zip(*(s["instances"] for s in info["counts"]["splits"]))]))
    assert counts == reached, (counts, reached)
    planned = {c["name"]: c["after"] for c in told["classes"]}
    assert any(train["instances"][i] < planned[name] for i, name in enumerate(info["classes"])), reached


@case
def loaders_of_others(folder):
    project, data = make(folder)
    out = os.path.join(folder, "coco")
    run("export", project, out, "--layout", "coco")
    pictures = next(entry.path for entry in os.scandir(out)
                    if entry.is_dir() and entry.name != "annotations")
    done = subprocess.run([PEER, "-c", PEER_PROGRAM, annotations_of(out), pictures],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    n_outlined = sum(bool(a["segmentation"]) for a in data["annotations"])
    for line in done.stdout.splitlines():
        words = line.split()
        if words[0] == "coco":
            assert int(words[1]) == len(data["images"]), line
            assert int(words[2]) == len(data["annotations"]), line
            assert int(words[3]) >= n_outlined, line
        elif words[0] == "torchvision":
            assert [int(word) for word in words[1:]] == [len(data["images"]),
                                                         len(data["annotations"])], line
        elif words[0] == "no":
            print(f"# {line}: set BALLAST_PEER_PYTHON to a Python that has it")


OUTLINE_PROGRAM = """
import json, os, subprocess, sys
try:
    import numpy
    from PIL import Image
    from pycocotools import mask
    from pycocotools.coco import COCO
except ImportError as error:
    sys.exit(print("no", error.name))
cli, folder = sys.argv[1:]
random = numpy.random.default_rng(3)
os.makedirs("set")

def star(width, height):
    x, y = random.uniform(.35, .65) * width, random.uniform(.35, .65) * height
    angles = numpy.sort(random.uniform(0, 2 * numpy.pi, 9))
    radii = random.uniform(.12, .3, 9) * min(width, height)
    return [round(float(v), 2) for p in zip(x + radii * numpy.cos(angles), y + radii * numpy.sin(angles))
            for v in p]

def make(number, data):
    width, height = (int(v) for v in random.integers(110, 190, 2))
    outline = [star(width, height)]
    runs = mask.merge(mask.frPyObjects(outline, height, width))
    Image.fromarray(mask.decode(runs) * 255).save(f"set/{number}.png")
    crowd = number % 2
    shape = {"size": [height, width], "counts": runs["counts"].decode()} if crowd else outline
    data["images"].append({"id": number, "file_name": f"{number}.png", "width": width, "height": height})
    data["annotations"].append({"id": number, "image_id": number, "category_id": 1 + number // 7,
                                "segmentation": shape, "bbox": [float(v) for v in mask.toBbox(runs)],
                                "area": float(mask.area(runs)), "iscrowd": crowd})

data = {"images": [], "annotations": [], "categories": [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]}
for number in range(10):
    make(number, data)
json.dump(data, open("set/instances.json", "w"))

def run(*arguments):
    done = subprocess.run([cli, *arguments], capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr

run("import", "p.ballast", "set")
run("balance", "p.ballast", "--strategy", "oversample", "--target", "20")
ops = {name: {"__class_fullname__": name, "p": 1.0}
       for name in ("HorizontalFlip", "VerticalFlip", "RandomRotate90", "Transpose")}
ops["RandomCrop"] = {"__class_fullname__": "RandomCrop", "p": 1.0, "height": 80, "width": 90}
ops["Affine"] = {"__class_fullname__": "Affine", "p": 1.0, "rotate": [-30, 30], "shear": [-10, 10]}
for name, op in ops.items():
    with open("p.json", "w") as file:
        json.dump({"transform": {"__class_fullname__": "Compose", "transforms": [op]}}, file)
    run("pipeline", "p.ballast", "--load", "p.json")
    run("export", "p.ballast", name, "--layout", "coco")
    pictures = {file: os.path.join(root, file) for root, _, files in os.walk(name) for file in files}
    annotations = os.path.join(name, "annotations")
    coco = COCO(os.path.join(annotations, os.listdir(annotations)[0]))
    for annotation in coco.loadAnns(coco.getAnnIds()):
        file = coco.loadImgs(annotation["image_id"])[0]["file_name"]
        seen = numpy.asarray(Image.open(pictures[os.path.basename(file)]).convert("L")) > 127
        told = coco.annToMask(annotation).astype(bool)
        share = (seen & told).sum() / max((seen | told).sum(), 1)
        assert share > 0.93, (name, file, share)
        rows, columns = numpy.nonzero(told)
        x, y, w, h = annotation["bbox"]
        tight = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        # Points of a star thinner than a pixel are in its outline and not in its mask.
        assert max(abs(a - b) for a, b in zip(tight, (x, y, x + w, y + h))) <= 8, (name, file, tight)
        area = abs(annotation["area"] - told.sum())
        assert area <= 0.03 * told.sum() + 4, (name, file, area, told.sum())
print("outlines", len(ops))
"""


@case
def outlines_follow_pictures(folder):
    """The mask of a copy is what its own picture shows, whatever was done to it."""
    done = subprocess.run([PEER, "-c", OUTLINE_PROGRAM, os.path.abspath(CLI), folder], cwd=folder,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    last = done.stdout.splitlines()[-1]
    if last.startswith("no "):
        print(f"# {last}: set BALLAST_PEER_PYTHON to a Python that has it")
    else:
        assert last == "outlines 6", last


sys.exit(run_cases("/cli/boxes"))
