#!/usr/bin/env python3
"""The command `weights` on datasets with boxes: areas, and ids with gaps.  One TAP case a behaviour.

usage: test-weights.py BALLAST_CLI
"""

import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib

from cases import case, run_cases

CLI = sys.argv[1]
IDS = {"car": 90, "bus": 3, "bicycle": 17}


def run(*arguments, status=0):
    done = subprocess.run([CLI, *map(str, arguments)], capture_output=True, timeout=100)
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout.decode(), done.stderr.decode()


def png(shade):
    """A picture of 100 × 50 in one grey."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 100, 50, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress((b"\0" + bytes([shade]) * 100) * 50)) + chunk(b"IEND", b""))


class Place:
    """Three pictures of 100 × 50 with boxes, as a COCO file whose ids have gaps and no order."""

    BOXES = [(1, 90, 10, 10, 40, 30), (1, 90, 0, 0, 10, 10), (1, 3, 50, 20, 20, 20),
             (2, 90, 80, 40, 40, 40), (3, 17, 0, 0, 5, 4)]

    def __init__(self, root):
        self.root = root
        os.makedirs(self.path("images"))
        sizes = {1: 10, 2: 20, 3: 30}
        for i, shade in sizes.items():
            with open(self.path("images", f"{i}.png"), "wb") as file:
                file.write(png(shade))
        coco = {"images": [{"id": i, "file_name": f"{i}.png", "width": 100, "height": 50} for i in sizes],
                "categories": [{"id": number, "name": name} for name, number in IDS.items()],
                "annotations": [{"id": n, "image_id": image, "category_id": number, "bbox": box,
                                 "area": box[2] * box[3], "iscrowd": 0}
                                for n, (image, number, *box) in enumerate(self.BOXES, 1)]}
        with open(self.path("boxes.json"), "w", encoding="utf-8") as file:
            json.dump(coco, file)
        self.project = self.path("boxes.ballast")
        done = subprocess.run([CLI, "import", self.project, self.path("boxes.json"), "--images",
                               self.path("images")], capture_output=True)
        assert done.returncode in (0, 3), done.stderr

    def path(self, *parts):
        return os.path.join(self.root, *parts)


def counts(*arguments):
    found = json.loads(run("weights", *arguments, "--json")[0])
    return found, {one["name"]: one["count"] for one in found["classes"]}


@case
def area(place):
    found, areas = counts(place.project, "--unit", "area", "--basis", "dataset")
    assert found["unit"] == "area", found
    stats = json.loads(run("stats", place.project, "--json")[0])
    assert {one["name"] for one in stats["classes"]} == set(areas)
    assert areas["bus"] == 400 and areas["bicycle"] == 20, areas
    assert areas["car"] == 1200 + 100 + 200, "the box that leaves the picture is cut"
    weights = {one["name"]: one["weight"] for one in found["classes"]}
    total = sum(areas.values())
    assert abs(sum(areas[name] * weights[name] for name in areas) / total - 1) < 1e-9
    assert weights["bicycle"] > weights["bus"] > weights["car"]
    again, _ = counts(place.project)
    assert again["unit"] == "area", "the choice is kept"
    run("undo", place.project)
    assert counts(place.project)[0]["unit"] == "images"


@case
def median_frequency_is_of_the_images(place):
    """Eigen and Fergus: pixels of the class by pixels of the images that hold it."""
    found, areas = counts(place.project, "--unit", "area", "--basis", "dataset", "--scheme", "median-frequency",
                          "--normalise", "none")
    weights = {one["name"]: one["weight"] for one in found["classes"]}
    # Bus and bicycle stand in one picture each: their weights are as their areas.
    assert abs(weights["bicycle"] / weights["bus"] - 20) < 1e-6, (weights, areas)


@case
def category_ids(place):
    for ending in ("json", "csv", "py", "detectron2.py", "mmdetection.py"):
        run("weights", place.project, "--unit", "instances", "--output", place.path("w." + ending))
    with open(place.path("w.json"), encoding="utf-8") as file:
        data = json.load(file)
    for one in data["classes"]:
        assert one["category_id"] == IDS[one["name"]], one
        assert data["by_category_id"][str(one["category_id"])] == data["list"][one["index"]]
    names = [one["name"] for one in data["classes"]]
    assert [IDS[names[i]] for i in data["detectron2_order"]] == sorted(IDS.values())
    scope = {}
    with open(place.path("w.py"), encoding="utf-8") as file:
        exec(file.read(), scope)  # pylint: disable=exec-used
    assert scope["BY_CATEGORY_ID"][17] == scope["BY_NAME"]["bicycle"]


@case
def no_boxes(place):
    project = place.path("plain.ballast")
    for name in ("one", "two"):
        os.makedirs(place.path("plain", name))
        with open(place.path("plain", name, "a.png"), "wb") as file:
            file.write(png(len(name) + ord(name[0])))
    run("import", project, place.path("plain"))
    assert "no boxes" in run("weights", project, "--unit", "area")[1]
    assert "area" in run("weights", project, "--unit", "nonsense", status=2)[1]


with tempfile.TemporaryDirectory(prefix="ballast-cli-") as root:
    sys.exit(run_cases("/cli/weights", Place(root)))
