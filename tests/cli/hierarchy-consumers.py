#!/usr/bin/env python3
"""What an exported hierarchy is for: a classifier a dataset, put together again.

usage: hierarchy-consumers.py BALLAST_CLI

scikit-learn trains on the datasets that Ballast wrote, as folders and as lists; the module that lies
beside them combines the predictions.  HiClass reads hierarchy.csv, in this Python or the one that
$BALLAST_PEER_PYTHON names.  What is not installed is a skipped case that says so.
"""

import csv
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile

from cases import Skip, case, run_cases

CLI = sys.argv[1]
HICLASS = r"""
import csv, json, sys
import numpy as np
from hiclass import LocalClassifierPerParentNode
from sklearn.tree import DecisionTreeClassifier
rows = {row[0]: row[1:] for row in list(csv.reader(open(sys.argv[1], newline="")))[1:]}
classes = sorted(rows)
random = np.random.default_rng(1)
centres = random.normal(size=(len(classes), 6)) * 9
names = [classes[i % len(classes)] for i in range(40 * len(classes))]
X = np.stack([centres[classes.index(name)] for name in names]) + random.normal(size=(len(names), 6))
y = np.array([rows[name] for name in names], dtype=object)
model = LocalClassifierPerParentNode(local_classifier=DecisionTreeClassifier(random_state=0)).fit(X, y)
leaves = [[cell for cell in row if cell != ""][-1] for row in model.predict(X)]
right = np.mean([leaf == name for leaf, name in zip(leaves, names)])
assert right > 0.95, right
"""


def run(*arguments, status=(0, 3)):
    done = subprocess.run([CLI, *map(str, arguments)], capture_output=True, timeout=100)
    assert done.returncode in status, (arguments, done.stdout, done.stderr)
    return done.stdout.decode()


def load_module(folder):
    spec = importlib.util.spec_from_file_location("ballast_hierarchy",
                                                  os.path.join(folder, "ballast_hierarchy.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def need(*names):
    for name in names:
        if importlib.util.find_spec(name) is None:
            raise Skip(f"{name} is not installed")


class Place:
    def __init__(self, root):
        self.root = root
        self.project = self.path("signs.ballast")
        run("sample", self.path("signs"), "--images", "320", "--seed", "5")
        run("import", self.project, self.path("signs"))
        run("hierarchy", self.project, "--suggest", "huffman")
        run("export", self.project, self.path("lists"), "--hierarchy", "--layout", "lists")
        run("export", self.project, self.path("folders"), "--hierarchy", "--layout", "folders")

    def path(self, *names):
        return os.path.join(self.root, *names)


def features(path):
    import numpy
    from PIL import Image
    with Image.open(path) as image:
        small = image.convert("RGB").resize((8, 8), Image.BILINEAR)
    return numpy.asarray(small, dtype=float).ravel() / 255


def read_list(node):
    """(paths, labels) of the training split, repeats and all."""
    with open(os.path.join(node.folder, "images.csv"), newline="", encoding="utf-8") as file:
        images = list(csv.DictReader(file))
    with open(os.path.join(node.folder, "train_indices.txt"), encoding="utf-8") as file:
        rows = [images[int(line)] for line in file.read().split()]
    return [row["path"] for row in rows], [row["class"] for row in rows]


def read_folders(node):
    found = []
    for label, folder in zip(node.labels, node.folders):
        base = os.path.join(node.folder, "train", folder)
        found += [(os.path.join(base, name), label) for name in sorted(os.listdir(base))]
    return [path for path, _ in found], [label for _, label in found]


def held_out(place):
    base = place.path("signs", "test")
    return [(os.path.join(base, name, file), name) for name in sorted(os.listdir(base))
            for file in sorted(os.listdir(os.path.join(base, name)))]


def train_and_score(place, kind, read):
    import numpy
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.metrics import balanced_accuracy_score
    hierarchy = load_module(place.path(kind)).Hierarchy.load(place.path(kind, "hierarchy.json"))
    samples = held_out(place)
    X = numpy.stack([features(path) for path, _ in samples])
    probabilities, columns = {}, {}
    for node in hierarchy.nodes:
        paths, labels = read(node)
        assert sorted(set(labels)) == sorted(node.labels)
        model = RandomForestClassifier(100, random_state=0)
        model.fit([features(path) for path in paths], labels)
        probabilities[node.name] = model.predict_proba(X)
        columns[node.name] = model.classes_
    proba = hierarchy.predict_proba(probabilities, columns)
    assert numpy.allclose(proba.sum(axis=1), 1)
    right = numpy.array([name for _, name in samples])
    score, greedy = (balanced_accuracy_score(right, hierarchy.predict(probabilities, columns, way)
                                             .astype(str)) for way in (False, True))
    guess = 1 / len(set(right))
    print(f"# {kind}: {len(hierarchy.nodes)} classifiers, {len(samples)} held-out pictures, balanced "
          f"accuracy {100 * score:.1f} %, greedy {100 * greedy:.1f} %, of a guess {100 * guess:.1f} %")
    assert min(score, greedy) > guess + 0.1


@case
def sklearn_on_lists(place):
    need("numpy", "PIL", "sklearn")
    train_and_score(place, "lists", read_list)


@case
def sklearn_on_folders(place):
    need("numpy", "PIL", "sklearn")
    train_and_score(place, "folders", read_folders)


@case
def datasets_are_balanced_and_of_the_training_split(place):
    with open(place.path("folders", "hierarchy.json"), encoding="utf-8") as file:
        data = json.load(file)
    for entry in data["datasets"]:
        assert len(set(entry["counts_after"])) == 1 or max(entry["counts_before"]) > \
            10 * min(entry["counts_before"]), entry
        folder = place.path("folders", *entry["folder"].split("/"))
        for label, after in zip(entry["label_folders"], entry["counts_after"]):
            assert len(os.listdir(os.path.join(folder, "train", label))) == after
        with open(os.path.join(folder, "manifest.csv"), newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert {row["split"] for row in rows} == {"train"}
        assert all(os.path.islink(os.path.join(folder, row["path"])) == (row["copy"] == "0")
                   or row["recipe"] == "" for row in rows)
        with open(os.path.join(folder, "class_weights.json"), encoding="utf-8") as file:
            assert [c["name"] for c in json.load(file)["classes"]] == entry["labels"]
        run("verify", folder)


@case
def verify_checks_all_of_it(place):
    copy = place.path("copy")
    shutil.copytree(place.path("folders"), copy, symlinks=True)
    run("verify", copy, status=(0,))
    with open(os.path.join(copy, "hierarchy.json"), encoding="utf-8") as file:
        folders = [entry["folder"] for entry in json.load(file)["datasets"]]
    shutil.rmtree(os.path.join(copy, folders[0]))
    os.remove(os.path.join(copy, folders[1], "class_weights.json"))
    found = json.loads(run("verify", copy, "--json", status=(3,)))["findings"]
    assert sorted(f["path"] for f in found) == \
        sorted([folders[0], folders[1] + "/class_weights.json"]), found


@case
def one_against_the_rest(place):
    need("numpy")
    import numpy
    run("hierarchy", place.project, "--suggest", "one-vs-rest")
    run("export", place.project, place.path("ovr"), "--hierarchy", "--layout", "lists")
    hierarchy = load_module(place.path("ovr")).Hierarchy.load(place.path("ovr", "hierarchy.json"))
    assert len(hierarchy.nodes) == len(hierarchy.classes)
    given = {node.name: numpy.array([0.1, 0.2]) for node in hierarchy.nodes}
    third = hierarchy.nodes[2]
    given[third.name] = numpy.array([0.9, 0.0])
    assert hierarchy.predict(given)[0] == third.child
    assert numpy.allclose(hierarchy.predict_proba(given).sum(axis=1), 1)
    for name in hierarchy.classes:
        assert [hierarchy.label_of(node, name) for node in hierarchy.nodes] == \
            [int(node.child == name) for node in hierarchy.nodes]


@case
def product_of_the_paths(place):
    need("numpy")
    import numpy
    hierarchy = load_module(place.path("lists")).Hierarchy.load(place.path("lists", "hierarchy.json"))
    random = numpy.random.default_rng(3)
    given = {node.name: random.dirichlet(numpy.ones(len(node.labels)), 50) for node in hierarchy.nodes}
    proba = hierarchy.predict_proba(given, prior="trained")
    for i, name in enumerate(hierarchy.classes):
        product = numpy.ones(50)
        for node in hierarchy.nodes:
            label = hierarchy.label_of(node, name)
            if label is not None:
                product = product * given[node.name][:, label]
        assert numpy.allclose(proba[:, i], product)
    for broken in ({}, {**given, hierarchy.nodes[0].name: numpy.ones((50, 7))}):
        try:
            hierarchy.predict(broken)
            raise AssertionError("not refused")
        except ValueError:
            pass


@case
def ignorance_is_the_prior(place):
    """Classifiers that learned nothing but how common their labels were leave what the prior says."""
    need("numpy")
    import numpy
    for kind in ("lists", "ovr"):
        hierarchy = load_module(place.path(kind)).Hierarchy.load(place.path(kind, "hierarchy.json"))
        k = len(hierarchy.classes)
        given = {node.name: numpy.tile(numpy.array(node.counts) / sum(node.counts), (3, 1))
                 for node in hierarchy.nodes}
        assert numpy.allclose(hierarchy.predict_proba(given), 1 / k)
        weighted = {}
        for node in hierarchy.nodes:
            share = numpy.array(node.counts) * numpy.array(node.weights)
            weighted[node.name] = numpy.tile(share / share.sum(), (3, 1))
        assert numpy.allclose(hierarchy.predict_proba(weighted, weighted=True), 1 / k)
        prior = {name: (i + 1) / (k * (k + 1) / 2) for i, name in enumerate(hierarchy.classes)}
        assert numpy.allclose(hierarchy.predict_proba(given, prior=prior), list(prior.values()))
        try:
            hierarchy.predict(given, prior="odd")
            raise AssertionError("not refused")
        except ValueError:
            pass


@case
def hiclass_reads_the_table(place):
    python = os.environ.get("BALLAST_PEER_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import hiclass"], capture_output=True).returncode != 0:
        raise Skip("HiClass is not installed")
    done = subprocess.run([python, "-c", HICLASS, place.path("lists", "hierarchy.csv")],
                          capture_output=True, timeout=100)
    assert done.returncode == 0, done.stderr.decode()


@case
def an_interrupted_export_goes_on(place):
    again = place.path("again")
    run("hierarchy", place.project, "--suggest", "huffman")
    os.makedirs(again + ".ballast-partial/other")
    run("export", place.project, again, "--hierarchy", status=(1,))
    os.rmdir(again + ".ballast-partial/other")
    run("export", place.project, again, "--hierarchy")
    run("export", place.project, again, "--hierarchy", status=(1,))
    with open(place.path("folders", "hierarchy.json")) as first, \
            open(os.path.join(again, "hierarchy.json")) as second:
        assert first.read() == second.read()


with tempfile.TemporaryDirectory(prefix="ballast-cli-") as root:
    sys.exit(run_cases("/cli/hierarchy-consumers", Place(root)))
