#!/usr/bin/env python3
"""The command `hierarchy` as scripts see it.  One TAP case a behaviour.

usage: test-hierarchy.py BALLAST_CLI
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile

from cases import case, run_cases

CLI = sys.argv[1]


def run(*arguments, status=0):
    done = subprocess.run([CLI, *map(str, arguments)], capture_output=True, timeout=100)
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout.decode(), done.stderr.decode()


class Place:
    """A folder with the sample "signs", its project, and copies of that."""

    def __init__(self, root):
        self.root = root
        self.first = os.path.join(root, "signs.ballast")
        run("sample", os.path.join(root, "signs"), "--images", "60", "--seed", "3")
        run("import", self.first, os.path.join(root, "signs"))
        self.count = 0

    def project(self):
        self.count += 1
        return shutil.copyfile(self.first, self.path(f"{self.count}.ballast"))

    def path(self, name):
        return os.path.join(self.root, name)


def nodes(*arguments):
    found = json.loads(run("hierarchy", *arguments, "--json")[0])["nodes"]
    return {node["name"]: node for node in found}


@case
def suggestions(place):
    project = place.project()
    classes = {c["name"] for c in json.loads(run("stats", project, "--json")[0])["classes"]}
    for name in ("balanced", "data-balanced", "huffman", "one-vs-rest"):
        tree = nodes(project, "--suggest", name)
        root = next(node for node in tree.values() if node["parent"] is None)
        assert set(root["classes"]) == classes
        assert root["count"] == sum(tree[c]["count"] for c in classes)
        for node in tree.values():
            assert all(tree[child]["parent"] == node["name"] for child in node["children"])
            assert set(node) >= {"name", "parent", "children", "classes", "count", "ratio", "depth"}
            if node["children"]:
                counts = [tree[child]["count"] for child in node["children"]]
                assert name == "one-vs-rest" or \
                    abs(node["ratio"] - max(counts) / min(c for c in counts if c)) < 1e-9
    assert nodes(project) == tree


@case
def wrong_usage(place):
    project = place.project()
    assert "huffman" in run("hierarchy", project, "--suggest", "nonsense", status=2)[1]
    run("hierarchy", project, "--suggest", "huffman", "--clear", status=2)
    run("hierarchy", project, "--style", "pie", status=2)
    run("hierarchy", project, "--suggest", "folders", status=1)
    run("hierarchy", project, "--load", place.path("missing.json"), status=1)
    run("hierarchy", project, "--save", place.path("tree.docx"), status=1)
    run("hierarchy", project, "--group", "x", status=1)
    run("hierarchy", project, "--remove", "nobody", status=1)
    assert nodes(project) == {}


@case
def edits_and_undo(place):
    project = place.project()
    names = [c["name"] for c in json.loads(run("stats", project, "--json")[0])["classes"]]
    a, b, c = names[:3]
    tree = nodes(project, "--group", f"g={a},{b}", "--accuracy", "g=0.5", "--accuracy", "0.9")
    assert tree["g"]["children"] == [a, b] and len(tree["all"]["children"]) == len(names) - 1
    assert abs(tree[a]["path_accuracy"] - 0.45) < 1e-9
    tree = nodes(project, "--move", f"{c}=g", "--rename", "g=h", "--one-vs-rest", "h")
    assert tree["h"]["children"] == [a, b, c] and tree["h"]["kind"] == "one-vs-rest"
    tree = nodes(project, "--remove", a)
    assert a not in tree
    assert f"out: {a}" in run("hierarchy", project)[0]
    assert "Undone" in run("undo", project)[0]
    assert a in nodes(project)
    run("undo", project)
    run("undo", project)
    assert nodes(project) == {}


@case
def files_come_back(place):
    project, other = place.project(), place.project()
    tree = nodes(project, "--suggest", "huffman", "--save", place.path("t.json"),
                 "--save", place.path("t.csv"))
    assert nodes(other, "--load", place.path("t.json")) == tree
    again = nodes(other, "--load", place.path("t.csv"))
    assert sorted((n["name"], n["depth"]) for n in again.values() if n["depth"]) == \
        sorted((n["name"], n["depth"]) for n in tree.values() if n["depth"])
    with open(place.path("t.csv"), newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:2] == ["class", "level_1"] and len({len(row) for row in rows}) == 1
    with open(place.path("printed.json"), "w") as file:
        file.write(run("hierarchy", project, "--json")[0])
    assert {n["name"]: n["parent"] for n in nodes(other, "--load", place.path("printed.json")).values()} \
        == {n["name"]: n["parent"] for n in tree.values()}


@case
def supercategories_of_coco(place):
    names = {"car": "vehicle", "bus": "vehicle", "cat": "animal", "dog": "animal", "tree": ""}
    pictures = sorted(os.path.join(folder, file)
                      for folder, _, files in os.walk(place.path("signs")) for file in files)
    coco = {
        "images": [{"id": i, "file_name": os.path.relpath(path, place.path("signs")),
                    "width": 64, "height": 64} for i, path in enumerate(pictures[:10])],
        "categories": [{"id": i, "name": name, "supercategory": above}
                       for i, (name, above) in enumerate(names.items())],
        "annotations": [{"id": i, "image_id": i, "category_id": i % 5, "bbox": [1, 1, 9, 9],
                         "area": 81, "iscrowd": 0} for i in range(10)],
    }
    source = os.path.join(place.path("signs"), "coco.json")
    with open(source, "w") as file:
        json.dump(coco, file)
    project = place.path("coco.ballast")
    done = subprocess.run([CLI, "import", project, source], capture_output=True, timeout=100)
    assert done.returncode in (0, 3), done.stderr
    tree = nodes(project, "--suggest", "categories")
    assert tree["vehicle"]["children"] == ["car", "bus"], tree
    assert tree["animal"]["children"] == ["cat", "dog"] and tree["tree"]["depth"] == 1, tree


@case
def drawings(place):
    project = place.project()
    run("hierarchy", project, "--suggest", "balanced")
    for name, magic in (("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")):
        for style in ("tree", "icicle"):
            run("hierarchy", project, "--save", place.path(name), "--style", style)
            with open(place.path(name), "rb") as file:
                assert file.read(8).startswith(magic)


with tempfile.TemporaryDirectory(prefix="ballast-cli-") as root:
    sys.exit(run_cases("/cli/hierarchy", Place(root)))
