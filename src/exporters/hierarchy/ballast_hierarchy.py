"""Combines the classifiers of a hierarchy that Ballast exported into one prediction of a class.

    from ballast_hierarchy import Hierarchy
    hierarchy = Hierarchy.load("hierarchy.json")
    for node in hierarchy.nodes:            # one dataset, one classifier each
        print(node.name, node.folder, node.labels)
    classes = hierarchy.predict({node.name: probabilities_of(node) for node in hierarchy.nodes})

Probabilities are arrays of n samples by the node's labels, in the order of `node.labels`.  Where a
model has another order (scikit-learn's `classes_`, torchvision's `ImageFolder.classes`), give it as
`columns={node.name: model.classes_}`; names of labels, of their folders and their indices are
understood.

The probability of a class is the product along its path.  The classifiers learned from labels that
were made even, so the bare product favours a class on a short path, or beside few others: with
`prior="even"`, the default, each label is weighed by its classes, as if all classes were equally
common.  `prior={class: share}` says how common they are; `prior="trained"` leaves the products as
they are.  Give `weighted=True` where the classifiers were trained with the weights too.  Needs NumPy.
"""

import csv
import json
import os

import numpy as np

__all__ = ["Hierarchy", "Node"]


class Node:
    """One dataset and its classifier: which label leads where."""

    def __init__(self, entry, base=""):
        self.name = entry["name"]
        self.group = entry["group"]
        self.child = entry.get("child")          # of one against the rest: whose "yes" it is
        self.labels = list(entry["labels"])
        self.folders = list(entry["label_folders"])
        self.folder = os.path.join(base, *entry["folder"].split("/"))
        self.weights = list(entry["weights"])
        self.counts = list(entry["counts_after"])
        self.routes = list(entry["routes"])

    def __repr__(self):
        return f"Node({self.name!r}, labels={self.labels!r})"

    def index(self, label):
        """The index of a label, of the name of its folder, or of an index itself."""
        if isinstance(label, (int, np.integer)) and not isinstance(label, bool):
            if 0 <= label < len(self.labels):
                return int(label)
        elif str(label) in self.labels:
            return self.labels.index(str(label))
        elif str(label) in self.folders:
            return self.folders.index(str(label))
        raise ValueError(f"{label!r} is no label of {self.name!r}: those are {self.labels}")

    def arrange(self, probabilities, columns=None):
        """The array with its columns in the order of the labels; a label without one is never right."""
        given = np.asarray(probabilities, dtype=float)
        if given.ndim == 1 and len(self.labels) == 2:
            given = np.stack([1 - given, given], axis=1)  # of label 1 alone
        if columns is None:
            columns = range(len(self.labels))
        order = [self.index(label) for label in columns]
        if given.ndim != 2 or given.shape[1] != len(order) or len(set(order)) != len(order):
            raise ValueError(f"{self.name!r} has {len(self.labels)} labels, and the probabilities the "
                             f"shape {given.shape} for {len(order)} columns")
        arranged = np.zeros((given.shape[0], len(self.labels)))
        arranged[:, order] = given
        return arranged


class Hierarchy:
    """The tree, its classes and its nodes."""

    def __init__(self, data, base=""):
        if data.get("schema") != 1:
            raise ValueError("this is no hierarchy.json that this module reads")
        self.root = data["root"]
        self.classes = list(data["classes"])     # in the order of the dataset's indices
        self.nodes = [Node(entry, base) for entry in data["datasets"]]
        self.paths = {name: list(path) for name, path in data["paths"].items()}
        self._by_group = {}
        for node in self.nodes:
            self._by_group.setdefault(node.group, []).append(node)

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as file:
            return cls(json.load(file), os.path.dirname(os.path.abspath(path)))

    def node(self, name):
        for node in self.nodes:
            if node.name == name:
                return node
        raise KeyError(name)

    def _mass(self, prior):
        """{name of node: what its classes have of the prior together}; None leaves all as it is."""
        if isinstance(prior, str) and prior == "trained":
            return None
        if isinstance(prior, str) and prior != "even":
            raise ValueError(f"{prior!r} is none of 'even', 'trained' and a share of every class")
        mass = {}
        for name in self.classes:
            for step in self.paths[name]:
                mass[step] = mass.get(step, 0) + (1 if isinstance(prior, str) else prior[name])
        return mass

    def _weigh(self, node, probabilities, mass, weighted):
        """The probabilities of a node's labels, had they been as common as the prior says."""
        if mass is None:
            return probabilities
        trained = np.array(node.counts, dtype=float)
        if weighted:
            trained = trained * np.array(node.weights, dtype=float)
        if node.child is None:
            wanted = np.array([mass.get(label, 0) for label in node.labels], dtype=float)
        else:
            others = sum(mass.get(other.child, 0) for other in self._by_group[node.group])
            own = mass.get(node.child, 0)
            wanted = np.array([others - own, own], dtype=float)
        factors = np.divide(wanted, trained, out=np.zeros_like(wanted), where=trained > 0)
        weighed = probabilities * factors
        total = weighed.sum(axis=1, keepdims=True)
        return np.where(total > 0, weighed / np.where(total > 0, total, 1), probabilities)

    def _children(self, group, probabilities, columns, mass, weighted):
        """(name of child, its share of the group) for every child of the group."""
        nodes = self._by_group[group]
        missing = [node.name for node in nodes if node.name not in probabilities]
        if missing:
            raise ValueError("no probabilities for " + ", ".join(missing))
        arranged = [self._weigh(node, node.arrange(probabilities[node.name], columns.get(node.name)),
                                mass, weighted) for node in nodes]
        if nodes[0].child is None:
            return [(label, arranged[0][:, i]) for i, label in enumerate(nodes[0].labels)]
        yes = [array[:, 1] for array in arranged]
        total = np.sum(yes, axis=0)
        even = np.full_like(total, 1 / len(nodes))
        return [(node.child, np.where(total > 0, share / np.where(total > 0, total, 1), even))
                for node, share in zip(nodes, yes)]

    def predict_proba(self, probabilities, columns=None, prior="even", weighted=False):
        """n samples by `classes`: the product of the probabilities along each path."""
        columns, mass = columns or {}, self._mass(prior)
        reached = {self.root: 1.0}
        result = None
        for group in self._by_group:                # parents come before their children
            for child, share in self._children(group, probabilities, columns, mass, weighted):
                reached[child] = reached[group] * share
                result = share if result is None else result
        return np.stack([np.broadcast_to(reached[name], result.shape) for name in self.classes],
                        axis=1)

    def predict(self, probabilities, columns=None, greedy=False, prior="even", weighted=False):
        """The most probable class of each sample; greedy: the best child of each node, from the top."""
        if greedy:
            return self._descend(probabilities, columns or {}, self._mass(prior), weighted)
        best = self.predict_proba(probabilities, columns, prior, weighted).argmax(axis=1)
        return np.array(self.classes, dtype=object)[best]

    def _descend(self, probabilities, columns, mass, weighted):
        at = None
        for group in self._by_group:
            children = self._children(group, probabilities, columns, mass, weighted)
            names = np.array([name for name, _ in children], dtype=object)
            chosen = names[np.argmax(np.stack([share for _, share in children], axis=1), axis=1)]
            at = chosen if at is None else np.where(at == group, chosen, at)
        return at

    def label_of(self, node, class_name):
        """The index of the label that a class has at a node; None where it is not below it."""
        path = [self.root] + self.paths[class_name]
        if node.group not in path[:-1]:
            return None
        child = path[path.index(node.group) + 1]
        if node.child is not None:
            return int(child == node.child)
        return node.labels.index(child)

    def levels(self, class_names):
        """One row a sample as HiClass takes y: the groups from the top and the class, "" behind it."""
        depth = max(len(path) for path in self.paths.values())
        rows = [self.paths[name] + [""] * (depth - len(self.paths[name])) for name in class_names]
        return np.array(rows, dtype=object)

    @staticmethod
    def read_levels(path):
        """{class: row} of a hierarchy.csv."""
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        return {row[0]: row[1:] for row in rows[1:]}
