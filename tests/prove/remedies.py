"""What Ballast does about imbalance, each as a way from a project to a trained classifier.

A remedy works on a copy of the project, exports by the command line as anybody would, and trains on
nothing but what the export wrote.
"""
import importlib.util
import json
import shutil

import numpy

from datasets import load

# A pipeline that suits the pictures: handwriting leans and shifts a little, and never turns over.
PIPELINES = {
    "none": [],
    "digits": [{"__class_fullname__": "Affine", "p": 1.0, "border_mode": 0, "fill": 0,
                "rotate": [-8, 8], "scale": {"x": [0.92, 1.08], "y": [0.92, 1.08]},
                "shear": {"x": [-6, 6], "y": [-3, 3]},
                "translate_percent": {"x": [-0.04, 0.04], "y": [-0.04, 0.04]}}],
}


class Job:
    """One dataset with one seed: where it is, and how its pictures are read."""

    def __init__(self, cli, where, dataset, seed):
        self.cli, self.where, self.dataset, self.seed = cli, where, dataset, seed
        self.images = 0  # that the last model was trained on
        self.written = []

    def load(self, folder):
        return load(folder, self.dataset.side, self.dataset.grey)

    def clean(self):
        """Removes what the last remedy exported, but for the dataset as it is."""
        for folder in self.written:
            if not folder.endswith("-as-is"):
                shutil.rmtree(folder)
        self.written = []

    def project(self, name):
        path = f"{self.where}-{name}.ballast"
        shutil.copy(f"{self.where}.ballast", path)
        self.cli("weights", path, "--scheme", "balanced", "--basis", "plan")
        return path

    def set_pipeline(self, project, name):
        if name not in PIPELINES:
            self.cli("pipeline", project, "--preset", name)
            return
        path = f"{self.where}-pipeline.json"
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"__version__": "2.0.8",
                       "transform": {"__class_fullname__": "Compose", "p": 1.0,
                                     "transforms": PIPELINES[name]}}, file)
        self.cli("pipeline", project, "--load", path)

    def export(self, project, name, *options):
        folder = f"{self.where}-{name}"
        self.cli("export", project, folder, "--seed", self.seed, "--weights", "json", *options)
        self.written.append(folder)
        return folder

    def fit(self, folder, weights=None):
        pictures, labels, _ = self.load(folder)
        self.images = len(pictures)
        return self.dataset.fit(pictures, labels, weights, self.seed)


def as_is(job):
    project = job.project("as-is")
    job.cli("balance", project, "--strategy", "none")
    return job.fit(job.export(project, "as-is") + "/train")


def weights(job):
    """The weights file, read as its own text says: ImageFolder's order of classes."""
    project = job.project("weights")
    job.cli("balance", project, "--strategy", "none")
    folder = job.export(project, "weights")
    with open(folder + "/class_weights.json", encoding="utf-8") as file:
        data = json.load(file)
    return job.fit(folder + "/train", [data["list"][i] for i in data["imagefolder_order"]])


def oversample(job, name, pipeline):
    project = job.project(name)
    job.cli("balance", project, "--strategy", "oversample", "--target", "max",
            "--max-repeats", 100)
    job.set_pipeline(project, pipeline)
    return job.fit(job.export(project, name) + "/train")


def copies(job):
    return oversample(job, "copies", "none")


def augmented(job):
    return oversample(job, "augmented", job.dataset.pipeline)


def undersample(job):
    project = job.project("undersampled")
    job.cli("balance", project, "--strategy", "undersample", "--target", "min")
    return job.fit(job.export(project, "undersampled") + "/train")


def load_module(path):
    spec = importlib.util.spec_from_file_location("ballast_hierarchy", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def hierarchy(job, suggestion):
    """One classifier a node of a suggested tree, each trained on its own balanced dataset."""
    name = "hierarchy-" + suggestion
    project = job.project(name)
    job.cli("balance", project, "--strategy", "oversample", "--target", "max",
            "--max-repeats", 0)
    job.set_pipeline(project, job.dataset.pipeline)
    job.cli("hierarchy", project, "--suggest", suggestion)
    folder = job.export(project, name, "--hierarchy")
    tree = load_module(folder + "/ballast_hierarchy.py").Hierarchy.load(folder + "/hierarchy.json")
    models, columns, images = {}, {}, 0
    for node in tree.nodes:
        models[node.name] = job.fit(node.folder + "/train")
        _, _, columns[node.name] = job.load(node.folder + "/train")
        images += job.images
    job.images = images
    order = [tree.classes.index(name) for name in sorted(tree.classes)]

    def predict(more):
        found = tree.predict_proba({name: model(more) for name, model in models.items()}, columns)
        return numpy.asarray(found)[:, order]
    return predict


def one_against_the_rest(job):
    return hierarchy(job, "one-vs-rest")


def huffman(job):
    """Rare classes are put together first, so a common class is parted from the rest near the root."""
    return hierarchy(job, "huffman")


def halves(job):
    """Halves of halves: few steps, but each asks for a border between mixed lots of classes, which a
    small classifier may not be able to draw."""
    return hierarchy(job, "balanced")


REMEDIES = {
    "as it is": as_is,
    "weights file": weights,
    "oversampled, copies": copies,
    "oversampled, augmented": augmented,
    "undersampled": undersample,
    "hierarchy, one-vs-rest": one_against_the_rest,
    "hierarchy, Huffman": huffman,
    "hierarchy, even halves": halves,
}
