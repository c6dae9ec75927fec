#!/usr/bin/env python3
"""What stats says about what stands in the images, against counts by another program.

usage: test-stats.py BALLAST_CLI
"""

import glob
import json
import math
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

from cases import Skip, case, run_cases

CLI = sys.argv[1]
DATA = os.environ.get("BALLAST_TEST_DATA",
                      os.path.join(os.path.dirname(__file__), "../../../shared/data"))


def run(*arguments, status=(0, 3)):
    done = subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=200)
    assert done.returncode in status, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def stats(folder, source, *options):
    project = os.path.join(folder, "p.ballast")
    run("import", project, source)
    return json.loads(run("stats", project, "--json", *options))


def near(value, expected, what):
    assert math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-12), (what, value, expected)


def band(width, height):
    if width <= 0 or height <= 0:
        return "without_area"
    area = width * height
    return "small" if area < 1024 else "medium" if area < 9216 else "large"


def compare(found, images):
    """images: a list of lists of (class, width, height) of boxes."""
    sets = [{label[0] for label in labels} for labels in images]
    names = sorted(set().union(*sets))
    count = {a: sum(a in s for s in sets) for a in names}
    irlbl = {a: max(count.values()) / count[a] for a in names}
    pairs = {(a, b): sum(a in s and b in s for s in sets)
             for i, a in enumerate(names) for b in names[i + 1:]}
    pairs = {pair: both for pair, both in pairs.items() if both}
    told = {tuple(sorted((p["a"], p["b"]))): p for p in found["co_occurrence"]["pairs"]}
    assert set(told) == set(pairs), set(told) ^ set(pairs)
    for (a, b), both in pairs.items():
        pair = told[a, b]
        assert pair["images"] == both, (pair, both)
        near(pair["b_given_a"], both / count[pair["a"]], pair)
        near(pair["a_given_b"], both / count[pair["b"]], pair)
        near(pair["jaccard"], both / (count[a] + count[b] - both), pair)
    assert found["co_occurrence"]["n_pairs"] == len(pairs)
    near(found["co_occurrence"]["cardinality"], sum(map(len, sets)) / len(sets), "cardinality")

    def scumble(classes):
        if len(classes) < 2:
            return 0.0
        values = [irlbl[a] for a in classes]
        return 1 - math.prod(values) ** (1 / len(values)) / (sum(values) / len(values))

    near(found["scumble"]["mean"], sum(map(scumble, sets)) / len(sets), "scumble")
    near(found["scumble"]["mean_irlbl"], sum(irlbl.values()) / len(irlbl), "mean IRLbl")
    for entry in found["scumble"]["classes"]:
        if entry["name"] in count:
            own = [scumble(s) for s in sets if entry["name"] in s]
            near(entry["scumble"], sum(own) / len(own), entry)
            near(entry["irlbl"], irlbl[entry["name"]], entry)

    boxes = [box for labels in images for box in labels]
    for name in ("small", "medium", "large", "without_area"):
        assert found["boxes"][name] == sum(band(*b[1:]) == name for b in boxes), name
    for entry in found["boxes"]["classes"]:
        for name in ("small", "medium", "large"):
            expected = sum(b[0] == entry["name"] and band(*b[1:]) == name for b in boxes)
            assert entry[name] == expected, (entry, name, expected)
    assert found["boxes"]["count"] == len(boxes)
    assert sum(found["boxes"]["aspect_log2_round_minus_4_by_half"]) \
        == len(boxes) - found["boxes"]["without_area"]
    counts = [len(labels) for labels in images]
    assert found["objects_per_image"]["images"] == \
        [counts.count(n) for n in range(max(counts) + 1)]
    near(found["objects_per_image"]["mean"], sum(counts) / len(counts), "mean")
    assert found["objects_per_image"]["max"] == max(counts)
    assert found["background"]["images"] == counts.count(0)


def read_coco(paths):
    images = []
    for path in paths:
        with open(path) as file:
            data = json.load(file)
        names = {c["id"]: c["name"] for c in data["categories"]}
        by_image = {image["id"]: [] for image in data["images"]}
        for a in data["annotations"]:
            by_image[a["image_id"]].append((names[a["category_id"]], *a["bbox"][2:]))
        images += by_image.values()
    return images


@case
def street(folder):
    source = os.path.join(folder, "street")
    run("sample", source, "--kind", "street", "--images", 120, "--seed", 3)
    paths = glob.glob(source + "/**/*.json", recursive=True)
    compare(stats(folder, source), read_coco(paths))


@case
def a_split(folder):
    source = os.path.join(folder, "street")
    run("sample", source, "--kind", "street", "--images", 60, "--seed", 4)
    paths = glob.glob(source + "/**/*test*.json", recursive=True)
    assert len(paths) == 1, paths
    compare(stats(folder, source, "--split", "test"), read_coco(paths))


@case
def plain_classification(folder):
    source = os.path.join(folder, "signs")
    run("sample", source, "--kind", "signs", "--images", 40, "--seed", 3)
    found = stats(folder, source)
    assert found["co_occurrence"]["pairs"] == [] and found["boxes"]["count"] == 0, found
    assert found["scumble"]["mean"] == 0 and found["background"]["images"] == 0
    assert found["objects_per_image"]["images"] == [0, 40], found
    text = run("stats", os.path.join(folder, "p.ballast"))
    assert "boxes" not in text and "together" not in text, text


@case
def excluded_by_an_edit(folder):
    """A dropped class takes its pairs along, and undo brings them back."""
    source = os.path.join(folder, "street")
    project = os.path.join(folder, "p.ballast")
    run("sample", source, "--kind", "street", "--images", 80, "--seed", 6)
    before = stats(folder, source)
    run("class", project, "drop", "car")
    after = json.loads(run("stats", project, "--json"))
    assert all("car" not in (p["a"], p["b"]) for p in after["co_occurrence"]["pairs"]), after
    run("undo", project)
    assert json.loads(run("stats", project, "--json")) == before


@case
def charts(folder):
    source = os.path.join(folder, "street")
    project = os.path.join(folder, "p.ballast")
    run("sample", source, "--kind", "street", "--images", 30, "--seed", 3)
    run("import", project, source)
    for kind in ("distribution", "co-occurrence", "box-sizes", "relative-sizes", "aspect-ratios",
                 "objects-per-image", "locations", "companions"):
        for ending, magic in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
            path = os.path.join(folder, f"{kind}.{ending}")
            run("stats", project, "--chart", path, "--chart-kind", kind, "--class", "bus")
            with open(path, "rb") as file:
                assert file.read(5).startswith(magic), path
    run("stats", project, "--chart-kind", "pie", status=(2,))
    run("stats", project, "--chart-kind", "companions", status=(2,))
    run("stats", project, "--class", "tram", status=(1,))


@case
def in_reports(folder):
    for kind, told in (("street", True), ("signs", False)):
        source, project = os.path.join(folder, kind), os.path.join(folder, kind + ".ballast")
        run("sample", source, "--kind", kind, "--images", 30, "--seed", 3)
        run("import", project, source)
        for ending in ("html", "pdf"):
            run("report", project, "--output", os.path.join(folder, f"{kind}.{ending}"))
        with open(os.path.join(folder, kind + ".html")) as file:
            assert ("What Stands in the Images" in file.read()) == told, kind


@case
def blood_cells(folder):
    source = os.path.join(DATA, "voc-bccd")
    if not os.path.isdir(source):
        raise Skip("no voc-bccd in BALLAST_TEST_DATA")
    images = []
    for path in glob.glob(source + "/**/Annotations/*.xml", recursive=True):
        boxes = []
        for thing in xml.parse(path).getroot().findall("object"):
            x0, y0, x1, y1 = (float(thing.find("bndbox/" + key).text)
                              for key in ("xmin", "ymin", "xmax", "ymax"))
            boxes.append((thing.find("name").text, x1 - x0, y1 - y0))
        images.append(boxes)
    found = stats(folder, source)
    assert found["co_occurrence"]["images"] == 364, found["co_occurrence"]
    compare(found, images)


@case
def chess(folder):
    source = os.path.join(DATA, "coco-chess")
    if not os.path.isdir(source):
        raise Skip("no coco-chess in BALLAST_TEST_DATA")
    compare(stats(folder, source), read_coco(glob.glob(source + "/*.json")))


@case
def many_classes(folder):
    source = os.path.join(DATA, "coco-lvis-val100")
    if not os.path.isdir(source):
        raise Skip("no coco-lvis-val100 in BALLAST_TEST_DATA")
    found = stats(folder, source)
    images = read_coco(glob.glob(source + "/*.json"))
    compare(found, images)
    assert found["background"]["images"] == 7, found["background"]


@case
def aquarium(folder):
    source = os.path.join(DATA, "yolo-aquarium")
    if not os.path.isdir(source):
        raise Skip("no yolo-aquarium in BALLAST_TEST_DATA")
    found = stats(folder, source)
    assert found["boxes"]["count"] == 584 and found["background"]["images"] == 1, found["boxes"]
    pairs = {frozenset((p["a"], p["b"])): p["images"] for p in found["co_occurrence"]["pairs"]}
    names = ["fish", "jellyfish", "penguin", "puffin", "shark", "starfish", "stingray"]
    sets = []
    for path in glob.glob(source + "/**/labels/*.txt", recursive=True):
        with open(path) as file:
            sets.append({names[int(line.split()[0])] for line in file if line.strip()})
    for a in names:
        for b in names:
            both = sum(a in s and b in s for s in sets)
            assert a == b or pairs.get(frozenset((a, b)), 0) == both, (a, b, both)


sys.exit(run_cases("/cli/stats"))
