#!/usr/bin/env python3
"""Trains real classifiers on what Ballast exports, and shows what each remedy gains.

usage: prove.py BALLAST_CLI FOLDER [SEEDS]

Everything is made anew in FOLDER, which keeps table.md, chart.png and results.json.  The table is
printed as measured, and below it what was to be shown, and whether it was.
"""
import collections
import concurrent.futures
import os
import shutil
import subprocess
import sys
import time

import numpy
import torch
from sklearn.metrics import balanced_accuracy_score, f1_score, recall_score

import datasets
import models
import report
from remedies import REMEDIES, Job

Dataset = collections.namedtuple("Dataset", "make side grey fit pipeline long_tail remedies about")

# Eight networks, each on thousands of pictures, for every seed: left out where networks are trained.
COSTLY = ("hierarchy, one-vs-rest", "hierarchy, even halves")

DATASETS = {
    "digits": Dataset(datasets.make_digits, 8, True, models.fit_logistic, "digits", 50,
                      list(REMEDIES), "scikit-learn's handwritten digits, made long-tailed 50:1 "
                      "(100 … 2 images a class); 500 test images. Logistic regression."),
    "signs": Dataset(datasets.make_signs, 24, False, models.fit_network, "signs", None,
                     [name for name in REMEDIES if name not in COSTLY],
                     "Traffic signs drawn by the program, 20:1; 160 test images. "
                     "A small convolutional network, 400 steps for every remedy."),
}


def make_cli(program):
    def cli(*arguments):
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode not in (0, 3):
            sys.exit(f"prove: {' '.join(map(str, arguments))}: {done.stderr}")
    return cli


def make_project(cli, where, dataset, seed):
    dataset.make(where, seed, cli)
    cli("import", f"{where}.ballast", where)
    if dataset.long_tail:
        cli("long-tail", f"{where}.ballast", "--ratio", dataset.long_tail, "--order", "index",
            "--seed", seed)


def thirds(counts):
    """Head, middle and tail: the classes by their images as it is, a third each."""
    order = numpy.argsort(-numpy.array(counts), kind="stable")
    return dict(zip(("head", "middle", "tail"), numpy.array_split(order, 3)))


def measure(predict, test, groups, images):
    pictures, labels, _ = test
    found = predict(pictures).argmax(1)
    recalls = recall_score(labels, found, average=None, zero_division=0)
    return {"images": images,
            "accuracy": 100 * float((found == labels).mean()),
            "balanced": 100 * float(balanced_accuracy_score(labels, found)),
            "f1": 100 * float(f1_score(labels, found, average="macro")),
            **{name: 100 * float(recalls[members].mean()) for name, members in groups.items()}}


def run_seed(program, where, name, seed):
    """{remedy: figures} of one dataset and seed; a process of its own."""
    torch.set_num_threads(1)
    cli, dataset, rows = make_cli(program), DATASETS[name], {}
    make_project(cli, where, dataset, seed)
    job = Job(cli, where, dataset, seed)
    test = job.load(where + "-test")
    groups = None
    for remedy in dataset.remedies:
        start = time.monotonic()
        predict = REMEDIES[remedy](job)
        if groups is None:
            _, labels, _ = job.load(where + "-as-is/train")
            groups = thirds(numpy.bincount(labels))
        row = rows[remedy] = measure(predict, test, groups, job.images)
        print(f"  {name} {seed}  {remedy:26} {row['images']:6} images  balanced "
              f"{row['balanced']:5.1f}  tail {row['tail']:5.1f}  "
              f"{time.monotonic() - start:5.1f} s", flush=True)
        job.clean()
    return rows


def run_all(program, work, seeds):
    """Datasets and seeds side by side, one a core; the results do not depend on how many."""
    results = {name: {"about": dataset.about, "runs": {remedy: [] for remedy in dataset.remedies}}
               for name, dataset in DATASETS.items()}
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count() or 1) as pool:
        started = {(name, seed): pool.submit(run_seed, program, os.path.join(work, f"{name}-{seed}"),
                                             name, seed)
                   for name in DATASETS for seed in range(seeds)}
        for name in DATASETS:
            for seed in range(seeds):
                for remedy, row in started[name, seed].result().items():
                    results[name]["runs"][remedy].append(row)
    return results


def main():
    program, place = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    seeds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    start = time.monotonic()
    work = os.path.join(place, "work")
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    datasets.make_signs_test(os.path.join(work, "signs-test"), make_cli(program))
    results = run_all(program, work, seeds)
    report.write(results, place)
    shutil.rmtree(work)
    with open(os.path.join(place, "table.md"), encoding="utf-8") as file:
        print("\n" + file.read())
    used = os.times()
    print(f"{(time.monotonic() - start) / 60:.1f} minutes; "
          f"{(used.children_user + used.children_system) / 60:.1f} minutes of processor time")


if __name__ == "__main__":
    main()
