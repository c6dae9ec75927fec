#!/usr/bin/env python3
"""Annotation files that are broken as files are: what is good comes in, what is not is told of.

usage: test-broken-boxes.py BALLAST_CLI

Each case: the files of a dataset of two pictures, what the import must count, and what its problems
must name.  A crash, a hang or a sentence that is missing fails.
"""

import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import traceback
import zlib

CLI = sys.argv[1]
CASES = []


def png(width=40, height=30, grey=90):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes([(grey + x + y) % 256 for x in range(width)]) for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def case(name, files, boxes, problems=(), images=2, fails=False):
    """boxes: objects counted; problems: patterns, each of which some line of `problems` matches."""
    CASES.append((name, files, boxes, problems, images, fails))


def coco(annotations, images=None, categories=None):
    images = images or [{"id": 1, "file_name": "a.png", "width": 40, "height": 30},
                        {"id": 2, "file_name": "b.png", "width": 40, "height": 30}]
    categories = categories or [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}]
    return json.dumps({"images": images, "categories": categories, "annotations": annotations})


def box(number, image=1, category=1, bbox=(1, 2, 3, 4), **more):
    return {"id": number, "image_id": image, "category_id": category, "bbox": list(bbox), **more}


GOOD = [box(1), box(2, image=2, category=2)]


def coco_case(name, text, boxes, problems=(), **more):
    case("coco-" + name, {"instances.json": text, "a.png": png(), "b.png": png(grey=1)}, boxes, problems,
         **more)


coco_case("good", coco(GOOD), 2)
coco_case("bom", "\ufeff" + coco(GOOD), 2)
coco_case("crlf", coco(GOOD).replace(", ", ",\r\n"), 2)
coco_case("utf-16", coco(GOOD).encode("utf-16"), 2)
coco_case("trailing-comma", coco(GOOD).replace("}]}", "},]}"), 2, ["line 1: "])
coco_case("cut", coco(GOOD + [box(n) for n in range(3, 60)])[:-900], None, ["line 1: "])
coco_case("repeated-annotation-id", coco([box(1), box(1, image=2)]), 2, ["annotation id 1 comes again"])
coco_case("string-ids", coco([box("1", image="1", category="1")]), 1)
coco_case("float-ids", coco([box(1.0, image=1.0, category=2.0)]), 1)
coco_case("huge-id", coco([box(10 ** 30, image=1)]), 1)
coco_case("no-bbox", coco([{"id": 1, "image_id": 1, "category_id": 1}]), 0)
coco_case("null-bbox", coco([{"id": 1, "image_id": 1, "category_id": 1, "bbox": None}]), 0)
coco_case("short-bbox", coco([box(1, bbox=(1, 2, 3))]), 0, ["annotation 1: its bbox"])
coco_case("nan", coco(GOOD + [box(3, bbox=(1, float("nan"), 3, 4))]), 2, ["annotation 3: its bbox"])
coco_case("infinity", coco(GOOD + [box(3, bbox=(1, float("inf"), 3, 4))]), 2, ["annotation 3: its bbox"])
coco_case("1e400", coco(GOOD + [box(3)]).replace('[1, 2, 3, 4]}]', '[1, 1e400, 3, 4]}]'), 2,
          ["annotation 3: its bbox"])
coco_case("negative-size", coco([box(1, bbox=(10, 10, -5, 4))]), 1, ["annotation 1: -5 × 4"])
coco_case("empty-box", coco([box(1, bbox=(10, 10, 0, 4))]), 1, ["annotation 1: 0 × 4"])
coco_case("outside", coco([box(1, bbox=(30, 10, 50, 4))]), 1, ["annotation 1: 50 × 4 at 30"])
coco_case("strings-in-bbox", coco([box(1, bbox=("1", "2", "3", "4"))]), 0, ["annotation 1: its bbox"])
coco_case("unknown-category", coco(GOOD + [box(3, category=77)]), 2, ["annotation 3: category 77"])
coco_case("unknown-image", coco(GOOD + [box(3, image=99)]), 2, ["annotation 3 .*image 99"])
coco_case("no-image-id", coco(GOOD + [{"id": 3, "category_id": 1, "bbox": [1, 2, 3, 4]}]), 2,
          ["annotation 3 .*no image_id"])
coco_case("category-without-name", coco(GOOD, categories=[{"id": 1}, {"id": 2, "name": "dog"}]), 2)
coco_case("category-twice", coco(GOOD, categories=[{"id": 1, "name": "cat"}, {"id": 1, "name": "cow"},
                                                   {"id": 2, "name": "dog"}]), 2,
          ["category id 1 comes again as “cow”"])
coco_case("image-twice", coco([box(1), box(2, image=3)], images=[
    {"id": 1, "file_name": "a.png"}, {"id": 3, "file_name": "a.png"}, {"id": 2, "file_name": "b.png"}]), 2)
coco_case("image-id-twice", coco([box(1)], images=[
    {"id": 1, "file_name": "a.png"}, {"id": 1, "file_name": "b.png"}]), 1,
          ["image id 1 comes again as “b.png”"])
coco_case("url", coco(GOOD, images=[
    {"id": 1, "file_name": "http://images.example.org/train2017/a.png"}, {"id": 2, "file_name": "b.png"}]), None)
coco_case("windows-path", coco(GOOD, images=[
    {"id": 1, "file_name": "C:\\data\\a.png"}, {"id": 2, "file_name": "D:\\x\\y\\b.png"}]), 2)
coco_case("escape", coco(GOOD, images=[
    {"id": 1, "file_name": "../../../etc/passwd"}, {"id": 2, "file_name": "b.png"}]), 1,
          ["passwd: leads out"], images=1)
coco_case("missing-picture", coco(GOOD + [box(3, image=5)], images=[
    {"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "b.png"}, {"id": 5, "file_name": "z.png"}]), 2,
          ["missing-file: z.png"])
coco_case("another-size", coco(GOOD, images=[
    {"id": 1, "file_name": "a.png", "width": 400, "height": 300}, {"id": 2, "file_name": "b.png"}]), 2,
          ["a.png.*400 × 300 in the file of annotations, 40 × 30"])
coco_case("deep-nesting", coco(GOOD).replace('"images"', '"deep": ' + "[" * 90 + "]" * 90 + ', "images"'),
          None, ["nested too deep"], images=None, fails=None)
coco_case("records-of-other-kinds", coco(GOOD + [17, None, "x", [1, 2]]), 2)
coco_case("keypoints", coco([box(1, keypoints=[1, 2, 2], num_keypoints=1), box(2, image=2)]), 2,
          ["keypoints of 1 annotations"])
coco_case("no-categories", json.dumps({"images": [{"id": 1, "file_name": "a.png"}],
                                       "annotations": [box(1)]}), 1,
          ["category 1 is not declared"], images=1)

VOC = """<annotation><folder>x</folder><filename>%s</filename><size><width>40</width><height>30</height>
<depth>3</depth></size>%s</annotation>"""
OBJECT = "<object><name>%s</name><bndbox><xmin>%s</xmin><ymin>%s</ymin><xmax>%s</xmax><ymax>%s</ymax></bndbox></object>"
GOOD_VOC = VOC % ("b.png", OBJECT % ("dog", 2, 2, 9, 9))


def voc_case(name, text, boxes, problems=(), **more):
    case("voc-" + name, {"Annotations/a.xml": text, "Annotations/b.xml": GOOD_VOC, "JPEGImages/a.png": png(),
                         "JPEGImages/b.png": png(grey=1)}, boxes, problems, **more)


voc_case("good", VOC % ("a.png", OBJECT % ("cat", 1, 2, 5, 6)), 2)
voc_case("lying-filename", VOC % ("c.png", OBJECT % ("cat", 1, 2, 5, 6)), 2)
voc_case("bom", "\ufeff" + VOC % ("a.png", OBJECT % ("cat", 1, 2, 5, 6)), 2)
voc_case("floats", VOC % ("a.png", OBJECT % ("cat", "1.5", "2.25", "5.0", "6.75")), 2)
voc_case("nan", VOC % ("a.png", OBJECT % ("cat", "NaN", 2, 5, 6)), 1, ["a.xml"])
voc_case("no-name", VOC % ("a.png", OBJECT % ("", 1, 2, 5, 6)), 1, ["a.xml"])
voc_case("no-box", VOC % ("a.png", "<object><name>cat</name></object>"), None, ["a.xml"])
voc_case("swapped", VOC % ("a.png", OBJECT % ("cat", 9, 2, 5, 6)), 2, ["a.png"])
voc_case("entity-bomb", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]>'
         + VOC % ("a.png", OBJECT % ("&c;", 1, 2, 5, 6)), 1, ["a.xml"], images=None)
voc_case("cut", (VOC % ("a.png", OBJECT % ("cat", 1, 2, 5, 6)))[:-60], None, ["a.xml"], images=None)
voc_case("empty-file", "", 1, ["a.xml"], images=None)
voc_case("outside", VOC % ("a.png", OBJECT % ("cat", 1, 2, 500, 6)), 2, ["a.png"])


def yolo_case(name, text, boxes, problems=(), **more):
    case("yolo-" + name, {"data.yaml": "path: .\ntrain: images\nnames: [cat, dog]\n", "labels/a.txt": text,
                          "labels/b.txt": "1 0.5 0.5 0.2 0.2\n", "images/a.png": png(),
                          "images/b.png": png(grey=1)}, boxes, problems, **more)


yolo_case("good", "0 0.5 0.5 0.25 0.25\n", 2)
yolo_case("empty-file-is-background", "", 1)
yolo_case("crlf", "0 0.5 0.5 0.25 0.25\r\n1 0.2 0.2 0.1 0.1\r\n", 3)
yolo_case("tabs", "0\t0.5\t0.5\t0.25\t0.25\n", 2)
yolo_case("commas", "0,0.5,0.5,0.25,0.25\n", 2)
yolo_case("nan", "0 nan 0.5 0.25 0.25\n0 0.5 0.5 0.1 0.1\n", 2, ["labels/a.txt: line 1"])
yolo_case("huge-class", "1000000000 0.5 0.5 0.25 0.25\n", 1, ["labels/a.txt: line 1"])
yolo_case("class-without-name", "7 0.5 0.5 0.25 0.25\n", None, ["7"])
yolo_case("float-class", "0.0 0.5 0.5 0.25 0.25\n", 2)
yolo_case("negative-class", "-1 0.5 0.5 0.25 0.25\n", 1, ["labels/a.txt: line 1"])
yolo_case("short-line", "0 0.5 0.5\n0 0.5 0.5 0.1 0.1\n", 2, ["labels/a.txt: line 1"])
yolo_case("outside", "0 0.9 0.5 0.5 0.25\n", 2, ["line 1 of labels/a.txt"])
yolo_case("bom", "\ufeff0 0.5 0.5 0.25 0.25\n", 2)
yolo_case("polygon", "0 0.1 0.1 0.9 0.1 0.5 0.9\n", 2)
yolo_case("confidence", "0 0.5 0.5 0.25 0.25 0.93\n", 2)


def createml_case(name, text, boxes, problems=(), **more):
    case("createml-" + name, {"_annotations.createml.json": text, "a.png": png(), "b.png": png(grey=1)},
         boxes, problems, **more)


LABEL = {"label": "cat", "coordinates": {"x": 10, "y": 10, "width": 4, "height": 6}}
createml_case("good", json.dumps([{"image": "a.png", "annotations": [LABEL]},
                                  {"image": "b.png", "annotations": []}]), 1)
createml_case("nan", json.dumps([{"image": "a.png", "annotations": [
    {"label": "cat", "coordinates": {"x": float("nan"), "y": 1, "width": 4, "height": 6}}, LABEL]},
    {"image": "b.png", "annotations": []}]), 1, ["a.png|createml.json"])
createml_case("no-label", json.dumps([{"image": "a.png", "annotations": [
    {"coordinates": {"x": 10, "y": 10, "width": 4, "height": 6}}, LABEL]},
    {"image": "b.png", "annotations": []}]), 1, ["createml.json|a.png"])
createml_case("cut", json.dumps([{"image": "a.png", "annotations": [LABEL]},
                                 {"image": "b.png", "annotations": [LABEL]}])[:-50], None,
              ["createml.json"], images=None)


def jsonl_case(name, text, boxes, problems=(), **more):
    case("jsonl-" + name, {"metadata.jsonl": text, "a.png": png(), "b.png": png(grey=1)}, boxes, problems,
         **more)


def line(name, bbox, categories):
    return json.dumps({"file_name": name, "objects": {"bbox": bbox, "categories": categories}}) + "\n"


jsonl_case("good", line("a.png", [[1, 2, 3, 4]], ["cat"]) + line("b.png", [], []), 1)
jsonl_case("nan", line("a.png", [[1, float("nan"), 3, 4], [1, 2, 3, 4]], ["cat", "cat"])
           + line("b.png", [], []), 1, ["line 1: its box"])
jsonl_case("uneven", line("a.png", [[1, 2, 3, 4]], ["cat", "dog"]) + line("b.png", [], []), 1,
           ["line 1: 1 boxes and 2 classes"])
jsonl_case("broken-line", "{oops\n" + line("a.png", [[1, 2, 3, 4]], ["cat"])
           + line("b.png", [[1, 2, 3, 4]], ["cat"]), 2, ["line 1"])


def write(folder, files):
    for name, content in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())


def run(*arguments):
    return subprocess.run([CLI, *arguments], capture_output=True, text=True, timeout=60)


def check(folder, files, boxes, problems, images, fails):
    source, project = os.path.join(folder, "set"), os.path.join(folder, "p.ballast")
    write(source, files)
    done = run("import", project, source)
    assert done.returncode in (0, 1, 3), (done.returncode, done.stderr)
    if done.returncode == 1:
        assert fails is not False, done.stderr
        assert done.stderr.startswith("ballast-cli: "), done.stderr
        return
    assert fails is not True, done.stdout
    stats = json.loads(run("stats", project, "--json").stdout)
    listed = run("problems", project).stdout
    if images is not None:
        assert stats["images"] == images, (stats["images"], images, listed)
    if boxes is not None:
        found = re.search(r"(\d+) objects?", done.stdout)
        assert (int(found.group(1)) if found else 0) == boxes, (done.stdout, listed)
    for pattern in problems:
        assert re.search(pattern, listed), (pattern, listed)


def main():
    wanted = sys.argv[2:]
    cases = [c for c in CASES if not wanted or c[0] in wanted]
    print(f"1..{len(cases)}")
    for number, (name, *rest) in enumerate(cases, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                check(folder, *rest)
                print(f"ok {number} {name}", flush=True)
            except Exception:
                for text in traceback.format_exc().splitlines()[-2:]:
                    print(f"# {text[:600]}")
                print(f"not ok {number} {name}", flush=True)


main()
