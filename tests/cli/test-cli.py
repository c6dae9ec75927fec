#!/usr/bin/env python3
"""The command line as scripts see it: output, JSON, exit status.  One TAP case a behaviour.

usage: test-cli.py BALLAST_CLI MAN_PAGE
"""

import csv
import filecmp
import hashlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import traceback

CLI, MAN = sys.argv[1:3]
CASES = []


def case(function):
    CASES.append(function)
    return function


class Run:
    def __init__(self, *arguments, status=0, largest_file=None, **environment):
        env = {key: value for key, value in os.environ.items()
               if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        env.update(environment)
        limit = largest_file and (lambda: resource.setrlimit(resource.RLIMIT_FSIZE,
                                                             (largest_file, largest_file)))
        done = subprocess.run([CLI, *map(os.fsdecode, arguments)], capture_output=True, env=env,
                              timeout=100, preexec_fn=limit)
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")
        assert done.returncode == status, \
            f"{arguments}: status {done.returncode}, not {status}\n{self.out}{self.err}"
        assert status in (0, 3) or self.err.startswith("ballast-cli: "), self.err

    def json(self):
        return json.loads(self.out)


class SmallDisk:
    """A folder on a disk of some kilobytes; where none can be mounted, files that cannot grow."""

    def __init__(self, path, kilobytes, largest_file):
        self.path = path
        os.mkdir(path)
        self.mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", path],
            capture_output=True).returncode == 0
        self.limit = {} if self.mounted else {"largest_file": largest_file}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.mounted:
            subprocess.run(["umount", self.path], check=True)


def same_tree(first, second):
    compared = filecmp.dircmp(first, second)
    if compared.left_only or compared.right_only or compared.funny_files:
        return False
    _, mismatch, errors = filecmp.cmpfiles(first, second, compared.common_files, shallow=False)
    return not mismatch and not errors and \
        all(same_tree(os.path.join(first, name), os.path.join(second, name))
            for name in compared.common_dirs)


class Place:
    """A folder with the sample dataset "signs" and a project of it."""

    def __init__(self, root):
        self.signs = os.path.join(root, "signs")
        self.project = os.path.join(root, "signs.ballast")
        self.root = root

    def path(self, name):
        return os.path.join(self.root, name)

    def copy(self, name):
        copy = self.path(name)
        shutil.copyfile(self.project, copy)
        return copy


@case
def sample_is_the_same_for_a_seed(place):
    again = place.path("again")
    Run("sample", again, "--images", "60", "--seed", "3")
    assert same_tree(place.signs, again)
    assert "again" in Run("sample", again, status=1).err
    Run("sample", place.path("x"), "--kind", "nonsense", status=1)


@case
def import_counts(place):
    project = place.path("import.ballast")
    found = Run("import", project, place.signs, "--json").json()
    assert found["images"] == 60 and found["added"] == 60 and found["problems"] == 0, found
    again = Run("import", project, place.signs, "--json").json()
    assert again["images"] == 60 and again["added"] == 0 and again["updated"] == 0, again


@case
def import_with_problems(place):
    source = place.path("broken")
    shutil.copytree(os.path.join(place.signs, "train"), source)
    with open(os.path.join(source, "stop", "cut.jpg"), "wb") as file:
        file.write(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    open(os.path.join(source, "stop", "empty.jpg"), "wb").close()
    Run("import", place.path("broken.ballast"), source, status=3)
    listed = Run("problems", place.path("broken.ballast"), "--json").json()
    kinds = sorted(problem["kind"] for problem in listed["problems"])
    assert kinds == ["damaged", "empty-file"] and listed["count"] == 2, listed
    text = Run("problems", place.path("broken.ballast")).out
    assert "stop/empty.jpg" in text and "stop/cut.jpg" in text


@case
def import_follows_links_on_demand(place):
    farm, project = place.path("farm"), place.path("farm.ballast")
    Run("export", place.project, farm, "--originals", "symlink")
    lone = place.path("lone")
    os.makedirs(os.path.join(lone, "stop"))
    os.symlink(os.path.join(place.signs, "train", "stop"), os.path.join(lone, "stop", "loop"))
    for name in os.listdir(os.path.join(place.signs, "train", "stop")):
        os.symlink(os.path.join(place.signs, "train", "stop", name), os.path.join(lone, "stop", name))
    os.mkfifo(place.path("pipe"))
    os.symlink(place.path("pipe"), os.path.join(lone, "stop", "pipe.jpg"))
    assert "--follow-links" in Run("import", project, lone, status=1).err
    # Bytes that are there twice, and the pipe.
    Run("import", project, lone, "--follow-links", status=3)
    assert "pipe.jpg" in Run("problems", project).out

    project = place.path("farm2.ballast")
    plain = Run("import", project, farm, "--json", status=3).json()
    told = Run("problems", project).out
    assert "--follow-links" in told, told
    found = Run("import", project, farm, "--follow-links", "--json", status=3).json()
    assert found["images"] > plain["images"] and found["images"] >= 60, found
    again = Run("import", project, farm, "--json", status=3).json()
    assert again["images"] == found["images"] and again["gone"] == 0, again
    Run("export", project, place.path("farm-out"))
    Run("verify", place.path("farm-out"))


@case
def import_chosen_columns(place):
    folder, project = place.path("columns"), place.path("columns.ballast")
    shutil.copytree(os.path.join(place.signs, "train", "stop"), folder)
    names = sorted(os.listdir(folder))
    with open(os.path.join(folder, "list.csv"), "w") as file:
        file.write("image;label;kind;fold\n")
        for number, name in enumerate(names):
            file.write(f"{name};red;{'big' if number % 2 else 'small'};{'ab'[number % 2]}\n")
    source = os.path.join(folder, "list.csv")
    Run("import", project, source, "--label-column", "kind", "--split-column", "fold")
    stats = Run("stats", project, "--json").json()
    assert [c["name"] for c in stats["classes"]] == ["small", "big"], stats
    assert [s["name"] for s in stats["splits"]] == ["a", "b"], stats
    # Importing again without a word reads it the same way.
    again = Run("import", project, source, "--json").json()
    assert again["updated"] == 0 and again["classes"] == 2, again
    assert "species" in Run("import", place.path("c.ballast"), source, "--label-column", "species",
                            status=1).err
    Run("import", place.path("c.ballast"), source, "--separator", ";;", status=2)
    Run("import", place.path("c.ballast"), source, "--header", "maybe", status=2)
    Run("import", place.path("c.ballast"), source, "--path-column", "1", "--label-column", "2",
        "--separator", "semicolon", "--header", "yes")
    assert [c["name"] for c in Run("stats", place.path("c.ballast"), "--json").json()["classes"]] \
        == ["red"]


@case
def import_into_an_empty_file(place):
    project = place.path("zero.ballast")
    open(project, "wb").close()
    Run("import", project, place.signs)
    assert Run("stats", project, "--json").json()["images"] == 60


@case
def import_refusals(place):
    empty = place.path("empty")
    os.mkdir(empty)
    assert "nowhere" in Run("import", place.path("n.ballast"), place.path("nowhere"), status=1).err
    assert not os.path.exists(place.path("n.ballast"))
    assert "empty" in Run("import", place.path("n.ballast"), empty, status=1).err
    assert not os.path.exists(place.path("n.ballast"))
    Run("import", place.path("n.ballast"), place.signs, "--layout", "nonsense", status=2)
    letter = place.path("letter.ballast")
    with open(letter, "w") as file:
        file.write("Dear project,")
    assert "letter.ballast" in Run("import", letter, place.signs, status=1).err
    with open(letter) as file:
        assert file.read() == "Dear project,"


@case
def failures_are_one_line_that_names_the_file(place):
    for name, *arguments in (
            ("nope.jpg", "preview", place.project, "nope.jpg", "--output", place.path("s.png")),
            ("signs", "verify", place.signs),
            ("nope.ballast", "stats", place.path("nope.ballast"))):
        lines = Run(*arguments, status=1).err.splitlines()
        assert len(lines) == 1 and name in lines[0], lines


@case
def names_that_look_like_options(place):
    project = place.copy("dashes.ballast")
    Run("class", project, "rename", "stop", "--into=--json")
    Run("class", project, "merge", "--into", "-rf", "--", "--json")
    Run("class", project, "drop", "--", "-rf")
    assert "-rf" not in Run("stats", project).out


@case
def names_without_a_locale(place):
    project = place.copy("posix.ballast")
    Run("class", project, "rename", "stop", "--into", "arrêt", LC_ALL="C")
    assert "arrêt" in Run("stats", project, LC_ALL="POSIX").out


@case
def import_boxes(place):
    street = place.path("street")
    Run("sample", street, "--kind", "street", "--images", "16")
    found = Run("import", place.path("street.ballast"), street, "--json").json()
    assert found["images"] == 16 and found["classes"] == 3, found
    Run("import", place.path("yolo.ballast"), street, "--layout", "yolo", status=1)
    Run("import", place.path("odd.ballast"), street, "--layout", "webdataset", status=2)


@case
def stats_json(place):
    stats = Run("stats", place.project, "--json").json()
    assert stats["images"] == 60 and stats["annotations"] == 60, stats
    assert stats["unlabelled"] == 0 and stats["excluded"] == 0
    assert sum(split["images"] for split in stats["splits"]) == 60
    assert [entry["index"] for entry in stats["classes"]] == list(range(len(stats["classes"])))
    for entry in stats["classes"]:
        assert sum(split["images"] for split in entry["by_split"].values()) == entry["images"]
    imbalance = stats["imbalance"]
    counts = [entry["images"] for entry in stats["classes"]]
    assert abs(imbalance["ratio"] - max(counts) / min(counts)) < 1e-9
    assert set(imbalance) >= {"unit", "classes", "empty_classes", "ratio", "majority_class",
                              "majority_share", "entropy_nats", "evenness", "effective_classes",
                              "gini", "total_variation"}
    assert stats["problems"] == {"count": 0, "by_kind": {}}


@case
def stats_of_a_split(place):
    train = Run("stats", place.project, "--split", "train", "--json").json()
    assert sum(entry["images"] for entry in train["classes"]) == train["images"] < 60
    assert "dev" in Run("stats", place.project, "--split", "dev", status=1).err
    Run("stats", place.project, "--unit", "pixels", status=2)


@case
def stats_chart(place):
    for ending, magic in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        chart = place.path("chart." + ending)
        Run("stats", place.project, "--chart", chart)
        with open(chart, "rb") as file:
            assert file.read(5).startswith(magic)
    Run("stats", place.project, "--chart", place.path("chart.gif"), status=2)


@case
def class_edits_and_undo(place):
    project = place.copy("class.ballast")

    def names():
        return [entry["name"] for entry in Run("stats", project, "--json").json()["classes"]]

    before = names()
    Run("class", project, "rename", "stop", "--into", "halt")
    assert "halt" in names() and "stop" not in names()
    Run("class", project, "merge", "speed-30", "speed-50", "--into", "speed")
    assert "speed" in names() and "speed-30" not in names()
    Run("class", project, "drop", "yield")
    assert "yield" not in names()
    for _ in range(3):
        Run("undo", project)
    assert names() == before
    assert "Rename" in Run("redo", project).out
    assert "halt" in names()
    Run("undo", project)
    Run("undo", project, status=1)


@case
def long_tail(place):
    project, again = place.copy("tail.ballast"), place.copy("tail2.ballast")

    def train(path):
        return [entry["by_split"]["train"]["images"]
                for entry in Run("stats", path, "--json").json()["classes"]]

    before = train(project)
    made = Run("long-tail", project, "--ratio", "100", "--json").json()
    counts = [entry["images"] for entry in made["classes"]]
    assert counts == train(project)
    ranked = sorted(zip(before, counts), key=lambda pair: -pair[0])
    for rank, (had, left) in enumerate(ranked):
        wanted = int(ranked[0][0] * 0.01 ** (rank / (len(ranked) - 1)) + 1e-9)
        assert left == min(had, wanted), (rank, had, left)
    Run("long-tail", again, "--ratio", "100", "--json")
    excluded = [Run("stats", path, "--json").json()["excluded"] for path in (project, again)]
    assert excluded[0] == excluded[1] == sum(before) - sum(counts)
    Run("undo", project)
    assert train(project) == before
    for wrong in (("--ratio", "0.5"), ("--order", "size"), ("--seed", "x")):
        Run("long-tail", project, *wrong, status=2)


@case
def estimate(place):
    first = Run("estimate", place.project, "--json").json()
    assert first == Run("estimate", place.project, "--json").json()
    assert 0 < first["as-is"]["balanced_accuracy"] < 1
    assert set(first["plan"]["recalls"]) == set(first["as-is"]["recalls"])
    assert "not your network" in Run("estimate", place.project).out
    project = place.copy("few.ballast")
    Run("long-tail", project, "--ratio", "1000000")
    Run("estimate", project)


@case
def class_misuse(place):
    project = place.copy("misuse.ballast")
    assert "nobody" in Run("class", project, "drop", "nobody", status=1).err
    Run("class", project, "rename", "stop", status=2)
    Run("class", project, "explode", "stop", status=2)
    Run("class", project, "rename", "stop", "--into", "yield", status=1)


@case
def balance_json(place):
    project = place.copy("balance.ballast")
    plan = Run("balance", project, "--strategy", "oversample", "--target", "max",
               "--max-repeats", "0", "--json").json()
    assert set(plan) >= {"settings", "before", "after", "classes", "distinct_images", "warnings"}
    top = max(entry["now"] for entry in plan["classes"])
    assert all(entry["after"] == top == entry["target"] for entry in plan["classes"]), plan
    assert set(plan["classes"][0]) >= {"name", "now", "target", "after", "added", "dropped",
                                       "max_repeats", "reachable"}
    assert plan["after"]["ratio"] == 1
    capped = Run("balance", project, "--max-repeats", "2", "--class", "stop=1000", "--json").json()
    stop = next(entry for entry in capped["classes"] if entry["name"] == "stop")
    assert stop["target"] == 1000 and stop["after"] == stop["reachable"] == 2 * stop["now"], stop
    assert Run("balance", project, "--json").json() == capped
    Run("undo", project)
    assert Run("balance", project, "--json").json()["after"] == plan["after"]


@case
def balance_misuse(place):
    project = place.copy("misuse2.ballast")
    Run("balance", project, "--target", "moon", status=2)
    Run("balance", project, "--strategy", "prayer", status=2)
    Run("balance", project, "--class", "nobody=3", status=2)
    Run("balance", project, "--class", "stop", status=2)


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
def read_only_project(place):
    folder = place.path("ro")
    os.mkdir(folder)
    project = os.path.join(folder, "ro.ballast")
    shutil.copyfile(place.project, project)
    os.chmod(project, 0o444)
    os.chmod(folder, 0o555)
    try:
        assert Run("stats", project, "--json").json()["images"] == 60
        if os.geteuid() != 0:
            Run("class", project, "drop", "stop", status=1)
    finally:
        os.chmod(folder, 0o755)


@case
def full_disk_at_import(place):
    with SmallDisk(place.path("small"), 64, 16384) as disk:
        project = os.path.join(disk.path, "small.ballast")
        told = Run("import", project, place.signs, status=1, **disk.limit).err
        assert "small.ballast" in told and told.count("\n") == 1, told
    with SmallDisk(place.path("middle"), 150, 150000) as disk:
        project = os.path.join(disk.path, "middle.ballast")
        many = place.path("many")
        for number in range(60):
            os.makedirs(os.path.join(many, f"class-{number:02}"))
            for copy in range(60):
                os.link(os.path.join(place.signs, "train", "stop", os.listdir(
                    os.path.join(place.signs, "train", "stop"))[0]),
                    os.path.join(many, f"class-{number:02}", f"{copy}.jpg"))
        told = Run("import", project, many, status=1, **disk.limit).err
        assert "middle.ballast" in told and told.count("\n") == 1, told
        if disk.mounted:
            subprocess.run(["mount", "-o", "remount,size=9000k", disk.path], check=True)
        Run("import", project, many, status=3)
        assert Run("stats", project, "--json").json()["images"] == 3600


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


@case
def odd_names(place):
    source = os.fsencode(place.path("odd"))
    picture = os.path.join(place.signs, "train", "stop")
    picture = os.path.join(picture, sorted(os.listdir(picture))[0])
    os.makedirs(source + b"/caf\xe9")
    for name in (b"caf\xe9.jpg", b"new\nline.jpg", b"-rf.jpg", b"=1+1.jpg", b'a,b".jpg'):
        shutil.copyfile(picture, source + b"/caf\xe9/" + name)
        with open(source + b"/caf\xe9/" + name, "ab") as file:
            file.write(name)
    Run("import", place.path("odd.ballast"), source, status=3)
    Run("problems", place.path("odd.ballast"))
    assert Run("stats", place.path("odd.ballast"), "--json").json()["images"] == 5
    Run("export", place.path("odd.ballast"), place.path("odd-out"))
    Run("verify", place.path("odd-out"))


@case
def doctor_tells(place):
    told = Run("doctor").out
    for word in ("Versions", "Image loaders", "Limits", "Sandbox layers"):
        assert word in told


@case
def help_and_version(place):
    assert Run("--version").out.startswith("ballast-cli ")
    told = Run("--help").out
    for command in ("sample", "import", "stats", "problems", "class", "undo", "redo", "balance",
                    "pipeline", "ops", "preview", "apply", "weights", "export", "verify", "doctor"):
        assert f"  {command} " in told, command
        assert "Usage:" in Run(command, "--help").out
    Run(status=2)
    Run("dance", status=2)
    Run("stats", status=2)
    Run("stats", place.project, "--nonsense", status=2)


@case
def errors_name_the_file(place):
    for command in ("stats", "problems", "undo", "balance", "weights", "pipeline"):
        told = Run(command, place.path("missing.ballast"), status=1).err
        assert "missing.ballast" in told and told.count("\n") == 1, told
        assert not os.path.exists(place.path("missing.ballast"))


@case
def numbers_in_any_language(place):
    stats = Run("stats", place.project, "--json", LC_ALL="de_DE.UTF-8", LANG="de_DE.UTF-8")
    assert stats.json()["imbalance"]["ratio"] > 1


@case
def manual(place):
    with open(MAN) as file:
        text = file.read().replace("\\-", "-")
    for line in Run("--help").out.split("Commands:")[1].split("\n\n")[0].strip().splitlines():
        assert "\\fB" + line.split()[0] + "\\fR" in text or ".B " + line.split()[0] in text, line
    if shutil.which("man"):
        done = subprocess.run(["man", "--warnings", "-l", MAN], capture_output=True,
                              env={**os.environ, "MANROFFSEQ": "", "MANWIDTH": "80",
                                   "LC_ALL": "C.UTF-8"})
        assert done.returncode == 0 and not done.stderr, done.stderr.decode()


def main():
    root = tempfile.mkdtemp(prefix="ballast-cli-")
    place = Place(root)
    failed = 0
    print(f"1..{len(CASES)}")
    try:
        Run("sample", place.signs, "--images", "60", "--seed", "3")
        Run("import", place.project, place.signs)
        for number, function in enumerate(CASES, 1):
            try:
                function(place)
                print(f"ok {number} /cli/{function.__name__.replace('_', '-')}", flush=True)
            except Exception:
                failed += 1
                for line in traceback.format_exc().splitlines():
                    print("# " + line)
                print(f"not ok {number} /cli/{function.__name__.replace('_', '-')}", flush=True)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return 1 if failed else 0


sys.exit(main())
