#!/usr/bin/env python3
"""Pipelines, previews, weights and exports from the command line.

usage: test-export.py BALLAST_CLI
"""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from cases import case, run_cases
from command import Place, Run, SmallDisk, same_tree


@case
def pipeline_round_trip(place):
    project = place.copy("pipeline.ballast")
    first, second = place.path("first.json"), place.path("second.json")
    Run("pipeline", project, "--save", first)
    Run("pipeline", project, "--load", first, "--save", second)
    with open(first) as one, open(second) as two:
        assert json.load(one) == json.load(two)
    with open(place.path("flip.json"), "w") as file:
        json.dump({"__version__": "1.3.1", "transform": {
            "__class_fullname__": "Compose", "p": 1.0, "transforms": [
                {"__class_fullname__": "HorizontalFlip", "always_apply": False, "p": 1.0}]}}, file)
    Run("pipeline", project, "--class", "stop", "--load", place.path("flip.json"))
    own = json.loads(Run("pipeline", project, "--class", "stop").out)
    assert [step["__class_fullname__"] for step in own["transform"]["transforms"]] == \
        ["HorizontalFlip"]
    assert json.loads(Run("pipeline", project).out) != own
    with open(place.path("bad.json"), "w") as file:
        file.write("[1, 2")
    Run("pipeline", project, "--load", place.path("bad.json"), status=1)
    Run("pipeline", project, "--preset", "nonsense", status=2)


@case
def ops_json(place):
    ops = Run("ops", "--json").json()["ops"]
    names = {op["name"] for op in ops}
    assert len(names) == len(ops) >= 14
    assert names >= {"HorizontalFlip", "Rotate", "GaussNoise", "CoarseDropout", "ToGray"}
    for op in ops:
        assert set(op) >= {"name", "group", "title", "help", "parameters", "moves_boxes"}
        for parameter in op["parameters"]:
            assert set(parameter) >= {"name", "type", "range", "default", "unit"}
    assert all(name in Run("ops").out for name in names)


@case
def ops_guide(place):
    path, again = place.path("guide.html"), place.path("again.html")
    Run("ops", "--guide", path)
    Run("ops", "--guide", again)
    with open(path, encoding="utf-8") as file:
        html = file.read()
    with open(again, encoding="utf-8") as file:
        assert file.read() == html
    ops = Run("ops", "--json").json()["ops"]
    assert html.count("<article") == len(ops) == len(re.findall('src="data:image/', html)) - 1
    for op in ops:
        assert f'<article id="{op["name"]}">' in html
        assert all(f'<code>{parameter["name"]}</code>' in html for parameter in op["parameters"])
    Run("ops", "--guide", place.path("no/such/folder.html"), status=1)


@case
def preview_sheet(place):
    sheet = place.path("sheet.png")
    folder = os.path.join(place.signs, "train", "stop")
    image = os.path.join("train", "stop", sorted(os.listdir(folder))[0])
    Run("preview", place.project, image, "--variants", "3", "--size", "64", "--output", sheet)
    with open(sheet, "rb") as file:
        assert file.read(4) == b"\x89PNG"
    Run("preview", place.project, os.path.join(place.signs, image), "--output", sheet)
    Run("preview", place.project, "train/stop/none.jpg", "--output", sheet, status=1)
    Run("preview", place.project, image, status=2)

    # Parts of other pictures: two copies of one image take others.
    project, mixing = place.copy("mixing.ballast"), place.path("mixing.json")
    with open(mixing, "w", encoding="utf-8") as file:
        json.dump({"transform": {"__class_fullname__": "Compose", "p": 1, "transforms": [
            {"__class_fullname__": "Mosaic", "p": 1}]}}, file)
    Run("pipeline", project, "--load", mixing)
    Run("preview", project, image, "--variants", "3", "--size", "64", "--output", sheet)
    with open(sheet, "rb") as file:
        assert file.read(4) == b"\x89PNG"


@case
def apply_repeats_an_export(place):
    project, out = place.copy("apply.ballast"), place.path("apply-out")
    Run("export", project, out, "--seed", "9")
    pipeline = place.path("apply.json")
    Run("pipeline", project, "--save", pipeline)
    with open(os.path.join(out, "manifest.csv"), newline="") as file:
        row = next(row for row in csv.DictReader(file) if int(row["copy"]) > 0)
    applied = place.path("applied.jpg")
    Run("apply", pipeline, os.path.join(place.signs, row["source"]), applied, "--seed", "9",
        "--key", row["source"], "--copy", row["copy"], "--class", row["class"])
    with open(applied, "rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == row["sha256"]
    Run("apply", pipeline, applied, place.path("x.nonsense"), status=1)


@case
def apply_takes_parts_of_a_project(place):
    project, out = place.copy("lending.ballast"), place.path("lending-out")
    mixing, applied = place.path("lending.json"), place.path("lent.jpg")
    with open(mixing, "w", encoding="utf-8") as file:
        json.dump({"transform": {"__class_fullname__": "Compose", "p": 1, "transforms": [
            {"__class_fullname__": "Mosaic", "p": 1}]}}, file)
    Run("pipeline", project, "--load", mixing)
    Run("export", project, out, "--seed", "9")
    with open(os.path.join(out, "manifest.csv"), newline="") as file:
        row = next(row for row in csv.DictReader(file) if int(row["copy"]) > 0)
    source = os.path.join(place.signs, row["source"])
    Run("apply", mixing, source, applied, "--copy", row["copy"], "--seed", "9", "--project", project)
    with open(applied, "rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == row["sha256"]
    Run("apply", mixing, source, applied, "--project", place.path("none.ballast"), status=1)
    assert "--project" in Run("apply", mixing, source, applied).err


@case
def weights_json(place):
    project = place.copy("weights.ballast")
    weights = Run("weights", project, "--scheme", "balanced", "--basis", "dataset", "--json").json()
    assert set(weights) >= {"scheme", "params", "normalise", "basis", "unit", "classes"}
    total = sum(entry["count"] for entry in weights["classes"])
    for entry in weights["classes"]:
        assert set(entry) >= {"index", "name", "count", "weight"}
        expected = total / (len(weights["classes"]) * entry["count"])
        assert abs(entry["weight"] - expected) < 1e-9, entry
    Run("weights", project, "--scheme", "nonsense", status=2)
    Run("weights", project, "--scheme", "effective-number", "--param", "beta=2", status=2)


@case
def weights_files(place):
    project = place.copy("weights2.ballast")
    files = [place.path("w." + ending) for ending in ("json", "csv", "txt", "npy", "py")]
    outputs = [argument for file in files for argument in ("--output", file)]
    expected = [entry["weight"] for entry in
                Run("weights", project, "--json", *outputs).json()["classes"]]
    assert all(os.path.getsize(file) > 0 for file in files)
    with open(files[0]) as file:
        assert [entry["weight"] for entry in json.load(file)["classes"]] == expected
    with open(files[2]) as file:
        text = [float(line.split()[-1]) for line in file if line.strip() and line[0] != "#"]
    assert all(abs(a - b) < 1e-6 for a, b in zip(text, expected)), text
    Run("weights", project, "--output", place.path("w.xyz"), status=1)


@case
def export_and_verify(place):
    project, out = place.copy("export.ballast"), place.path("out")
    told = Run("export", project, out, "--json").json()
    assert set(told) == {"dest", "written", "copied", "augmented", "skipped", "problems", "bytes",
                         "seconds"}
    assert told["copied"] == 60 and told["augmented"] > 0 and told["problems"] == 0, told
    with open(os.path.join(out, "manifest.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == told["copied"] + told["augmented"]
    assert list(rows[0]) == ["path", "split", "class", "source", "copy", "recipe", "sha256"]
    assert all(row["split"] == "train" for row in rows if int(row["copy"]) > 0)
    assert Run("verify", out, "--json").json()["ok"] is True
    with open(os.path.join(out, rows[0]["path"]), "ab") as file:
        file.write(b"x")
    os.remove(os.path.join(out, rows[1]["path"]))
    findings = Run("verify", out, "--json", status=3).json()["findings"]
    assert sorted(finding["kind"] for finding in findings) == ["changed", "missing"], findings
    assert "out" in Run("export", project, out, status=1).err
    assert "/signs”" in Run("verify", place.signs, status=1).err


@case
def export_is_the_same_with_any_threads(place):
    project = place.copy("threads.ballast")
    first, second, other = (place.path(name) for name in ("one", "sixteen", "other"))
    Run("export", project, first, "--jobs", "1", "--seed", "5")
    Run("export", project, second, "--jobs", "16", "--seed", "5")
    Run("export", project, other, "--jobs", "8", "--seed", "6")
    assert same_tree(first, second)
    assert not same_tree(first, other)


@case
def export_options(place):
    project = place.copy("options.ballast")
    linked = place.path("linked")
    Run("export", project, linked, "--originals", "hardlink", "--format", "png",
        "--weights", "json,npy", "--layout", "folders")
    with open(os.path.join(linked, "manifest.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    original = next(row for row in rows if row["copy"] == "0")
    assert os.path.samefile(os.path.join(linked, original["path"]),
                            os.path.join(place.signs, original["source"]))
    assert all(row["path"].endswith(".png") for row in rows if int(row["copy"]) > 0)
    assert os.path.exists(os.path.join(linked, "class_weights.npy"))
    assert not os.path.exists(os.path.join(linked, "class_weights.csv"))
    for layout in ("manifest", "lists"):
        Run("export", project, place.path("as-" + layout), "--layout", layout)
        Run("verify", place.path("as-" + layout))
    for misuse in (("--layout", "x"), ("--originals", "x"), ("--format", "x"), ("--quality", "0"),
                   ("--seed", "-1"), ("--weights", "x"), ("--jobs", "-2"), ("--jobs", "0")):
        Run("export", project, place.path("never"), *misuse, status=2)
    assert not os.path.exists(place.path("never"))


@case
def shards_merge_into_one_export(place):
    project = place.copy("shards.ballast")
    for layout in ("folders", "coco", "webdataset"):
        whole, parts = place.path("whole-" + layout), place.path("parts-" + layout)
        options = ("--layout", layout, "--weights", "json,csv,samples", "--seed", "3")
        Run("export", project, whole, *options)
        shares = [Run("export", project, parts, *options, "--shard", f"{i}/3", "--json").json()
                  for i in (2, 3, 1)]
        assert all(share["written"] > 0 for share in shares)
        assert not os.path.exists(parts)
        done = Run("merge", parts, "--json").json()
        assert done["written"] == sum(share["written"] for share in shares)
        assert same_tree(whole, parts)
        assert not [name for name in os.listdir(place.path("")) if name.startswith("parts-" + layout + ".")]
        Run("verify", parts)
    assert "shard" in Run("merge", place.path("nothing"), status=1).err
    for misuse in ("0/2", "3/2", "x", "1"):
        Run("export", project, place.path("never"), "--shard", misuse, status=2)
    Run("export", project, place.path("never"), "--shard", "1/2", "--hierarchy", status=2)


@case
def export_changes_no_source(place):
    before = place.path("before")
    shutil.copytree(place.signs, before)
    Run("export", place.project, place.path("untouched"), "--originals", "reflink")
    assert same_tree(place.signs, before)


@case
def full_disk_at_export(place):
    with SmallDisk(place.path("tight"), 200, 4096) as disk:
        out = os.path.join(disk.path, "tight-out")
        told = Run("export", place.project, out, status=1, **disk.limit).err
        assert "tight-out" in told, told
        assert not os.path.exists(out)
        if disk.mounted:
            subprocess.run(["mount", "-o", "remount,size=90m", disk.path], check=True)
        Run("export", place.project, out)
        Run("verify", out)


with tempfile.TemporaryDirectory(prefix="ballast-cli-") as folder:
    sys.exit(run_cases("/cli/export", Place(folder)))
