#!/usr/bin/env python3
"""Plans over whole images: what they promise, and exports that keep it.

usage: test-plan.py BALLAST_CLI
"""

import collections
import csv
import json
import os
import subprocess
import sys
import tempfile

from cases import case, run_cases

CLI = sys.argv[1]


def run(*arguments, status=(0, 3)):
    done = subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=200)
    assert done.returncode in status, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def balance(project, *options):
    return json.loads(run("balance", project, *options, "--json").stdout)


def street(folder, images=200):
    """Streets where every bus and every bicycle has a car beside it; nothing is drawn but copies."""
    source, project = os.path.join(folder, "street"), os.path.join(folder, "street.ballast")
    run("sample", source, "--kind", "street", "--images", images, "--seed", 3)
    run("import", project, source)
    pipeline = os.path.join(folder, "nothing.json")
    with open(pipeline, "w") as file:
        json.dump({"__version__": "2.0.8", "transform": {
            "__class_fullname__": "Compose", "p": 1.0, "transforms": []}}, file)
    run("pipeline", project, "--load", pipeline)
    return project


def after(plan):
    return {c["name"]: c["after"] for c in plan["classes"]}


def images_by_class(dest):
    """How many images of the exported training split hold each class, by its COCO file."""
    path = next(os.path.join(root, name) for root, _, names in os.walk(dest)
                for name in names if name.endswith("train.json"))
    with open(path) as file:
        data = json.load(file)
    names = {c["id"]: c["name"] for c in data["categories"]}
    pairs = {(a["image_id"], names[a["category_id"]]) for a in data["annotations"]}
    return collections.Counter(name for _, name in pairs), data


def digests(dest):
    with open(os.path.join(dest, "manifest.csv"), newline="") as file:
        return sorted((row["path"], row["sha256"]) for row in csv.DictReader(file))


@case
def companions_are_named(folder):
    plan = balance(street(folder), "--strategy", "oversample", "--target", "max")
    classes = {c["name"]: c for c in plan["classes"]}
    assert classes["bus"]["after"] < classes["bus"]["target"]
    assert classes["bus"]["companion"]["name"] == "car"
    assert classes["bus"]["companion"]["share"] == 1
    assert any("100 % of its images hold car" in text for text in plan["warnings"]), plan["warnings"]
    assert plan["effective_images"] < plan["distinct_images"]


@case
def crops_reach_what_copies_cannot(folder):
    project = street(folder)
    copies = balance(project, "--strategy", "oversample", "--target", "max", "--max-repeats", "12")
    crops = balance(project, "--crops", "--crop-min", "96")
    print(f"# ratio {copies['before']['ratio']:.2f}: by copies {copies['after']['ratio']:.2f}, "
          f"with {crops['copies']} copies and {crops['crops']} crops {crops['after']['ratio']:.2f}")
    assert copies["crops"] == 0 and copies["after"]["ratio"] > 2
    assert crops["crops"] > 0 and crops["after"]["ratio"] < 1.1


@case
def an_export_is_the_plan(folder):
    project = street(folder)
    for number, options in enumerate((("--no-crops",), ("--crops", "--crop-min", "96"),
                                      ("--strategy", "both", "--target", "mean"),
                                      ("--strategy", "repeat-factor", "--threshold", "0.6"))):
        plan = balance(project, "--strategy", "oversample", "--target", "max", *options)
        dest = os.path.join(folder, f"out{number}")
        run("export", project, dest, "--layout", "coco")
        counts, data = images_by_class(dest)
        assert dict(counts) == after(plan), (options, counts, after(plan))
        assert len(data["images"]) == plan["after"]["images"]
        run("verify", dest)


@case
def threads_shards_and_runs_agree(folder):
    project = street(folder, 60)
    balance(project, "--strategy", "both", "--target", "mean", "--crops", "--crop-min", "96")
    one, two, parts = (os.path.join(folder, name) for name in ("one", "two", "parts"))
    run("export", project, one, "--layout", "coco", "--jobs", "1")
    run("export", project, two, "--layout", "coco", "--jobs", "4")
    assert digests(one) == digests(two)
    for shard in (2, 1, 3):
        run("export", project, parts, "--layout", "coco", "--shard", f"{shard}/3")
    run("merge", parts)
    assert digests(one) == digests(parts)


@case
def crops_say_what_they_are(folder):
    project = street(folder, 60)
    plan = balance(project, "--strategy", "oversample", "--target", "max", "--crops", "--crop-min",
                   "100", "--crop-size", "160")
    dest = os.path.join(folder, "out")
    run("export", project, dest, "--layout", "coco")
    with open(os.path.join(dest, "manifest.csv"), newline="") as file:
        recipes = [json.loads(row["recipe"]) for row in csv.DictReader(file) if row["recipe"]]
    crops = [recipe["steps"][0] for recipe in recipes if recipe["steps"][:1] and
             recipe["steps"][0][0] == "Crop"]
    assert len(crops) == plan["crops"] > 0
    assert all(step[4] >= 100 and step[5] >= 100 for step in crops)
    _, data = images_by_class(dest)
    small = [i for i in data["images"] if max(i["width"], i["height"]) <= 160]
    assert len(small) == plan["crops"]


@case
def lists_do_without_crops(folder):
    project = street(folder, 60)
    balance(project, "--strategy", "oversample", "--target", "max", "--crops", "--crop-min", "96")
    dest = os.path.join(folder, "out")
    run("export", project, dest, "--layout", "lists")
    run("verify", dest)
    whole = balance(project, "--no-crops")
    with open(os.path.join(dest, "manifest.csv"), newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "train"]
    assert not any(row["recipe"] for row in rows)
    assert len(rows) == whole["distinct_images"]


@case
def repeat_factors_are_the_published_ones(folder):
    source, project = os.path.join(folder, "d6"), os.path.join(folder, "d6.ballast")
    run("sample", source, "--kind", "street", "--images", 16, "--seed", 3)
    pictures = sorted(os.path.relpath(os.path.join(root, name), source)
                      for root, _, names in os.walk(source) for name in names
                      if name.endswith((".jpg", ".png")))[:6]
    for root, _, names in os.walk(source):
        for name in names:
            if name.endswith(".json"):
                os.remove(os.path.join(root, name))
    held = [[0, 0], [0, 0, 0], [0, 1], [1, 1], [0, 2], [1, 2]]
    data = {"images": [{"id": i + 1, "file_name": path, "width": 480, "height": 320}
                       for i, path in enumerate(pictures)],
            "categories": [{"id": i + 1, "name": name} for i, name in enumerate("ABC")],
            "annotations": []}
    for image, classes in enumerate(held):
        for index in classes:
            data["annotations"].append({"id": len(data["annotations"]) + 1, "image_id": image + 1,
                                        "category_id": index + 1, "bbox": [10, 10, 50, 50],
                                        "area": 2500, "iscrowd": 0})
    path = os.path.join(source, "d6.json")
    with open(path, "w") as file:
        json.dump(data, file)
    run("import", project, path, "--images", source)
    for form, expected in (("images", [1, 1, 1.224745]), ("instances", [1, 1.129050, 1.485914])):
        plan = balance(project, "--strategy", "repeat-factor", "--threshold", "0.5",
                       "--factors-by", form)
        assert all(abs(c["factor"] - e) < 1e-6 for c, e in zip(plan["classes"], expected)), plan


@case
def several_labels_without_boxes(folder):
    source, project = os.path.join(folder, "several"), os.path.join(folder, "several.ballast")
    run("sample", source, "--kind", "street", "--images", 30, "--seed", 3)
    pictures = sorted(os.path.relpath(os.path.join(root, name), source)
                      for root, _, names in os.walk(source) for name in names
                      if name.endswith((".jpg", ".png")))
    for root, _, names in os.walk(source):
        for name in names:
            if name.endswith(".json"):
                os.remove(os.path.join(root, name))
    table = os.path.join(source, "labels.csv")
    with open(table, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "label"])
        for number, path in enumerate(pictures):
            rows.writerow([path, "common"])
            if number % 5 == 0:
                rows.writerow([path, "rare"])
    run("import", project, table)
    plan = balance(project, "--strategy", "oversample", "--target", "max", "--crops",
                   "--max-repeats", "0")
    classes = {c["name"]: c for c in plan["classes"]}
    assert classes["rare"]["companion"]["name"] == "common"
    assert plan["crops"] == 0 and plan["copies"] > 0
    assert any("crops" in text for text in plan["warnings"]), plan["warnings"]
    dest = os.path.join(folder, "out")
    run("export", project, dest, "--layout", "manifest")
    run("verify", dest)


@case
def backgrounds_have_a_budget(folder):
    project = street(folder, 60)
    source = os.path.join(folder, "street")
    path = next(os.path.join(root, name) for root, _, names in os.walk(source)
                for name in names if name.endswith("train.json"))
    with open(path) as file:
        data = json.load(file)
    empty = {image["id"] for image in data["images"][::3]}
    data["annotations"] = [a for a in data["annotations"] if a["image_id"] not in empty]
    with open(path, "w") as file:
        json.dump(data, file)
    os.remove(project)
    run("import", project, source)
    plan = balance(project, "--strategy", "none", "--background", "20%")
    others = len(data["images"]) - len(empty)
    assert plan["background"] == {"before": len(empty), "after": others // 4}, plan["background"]
    assert balance(project, "--background", "3")["background"]["after"] == 3
    dest = os.path.join(folder, "out")
    run("export", project, dest, "--layout", "coco")
    assert len(images_by_class(dest)[1]["images"]) == others + 3
    assert balance(project, "--background", "all")["background"]["after"] == len(empty)


@case
def nonsense_is_refused(folder):
    project = street(folder, 20)
    for options in (("--background", "some"), ("--background", "120%"), ("--threshold", "2"),
                    ("--factors-by", "stars"), ("--crop-min", "0"), ("--crop-visibility", "3")):
        run("balance", project, *options, status=(2,))


sys.exit(run_cases("/cli/plan"))
