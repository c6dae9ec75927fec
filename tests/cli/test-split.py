#!/usr/bin/env python3
"""Splits, groups and leaks from the command line, and what balancing must leave alone.

usage: test-split.py BALLAST_CLI
"""

import csv
import hashlib
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import zlib

from cases import case, run_cases

CLI = sys.argv[1]


def run(*arguments, status=(0, 3)):
    done = subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=200)
    assert done.returncode in status, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def run_json(*arguments):
    return json.loads(run(*arguments, "--json"))


def png(width, height, rows):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    raw = b"".join(b"\0" + bytes(row) for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def picture(number, brightness=0, size=40):
    """A picture of its own for each number; brightness changes it a little."""
    dice = random.Random(number)
    grid = [[dice.randint(20, 220) for _ in range(6)] for _ in range(6)]
    rows = []
    for y in range(size):
        row = []
        for x in range(size):
            u, v = x * 5 / size, y * 5 / size
            i, j = int(u), int(v)
            a = grid[j][i] * (1 - u + i) + grid[j][i + 1] * (u - i)
            b = grid[j + 1][i] * (1 - u + i) + grid[j + 1][i + 1] * (u - i)
            row.append(min(255, int(a * (1 - v + j) + b * (v - j)) + brightness))
        rows.append(row)
    return png(size, size, rows)


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def make_classes(folder, counts, seed=0):
    """{class: images}: root/class/patient-N_M.png, three images a patient."""
    number = seed * 100000
    for name, count in counts.items():
        for i in range(count):
            write(os.path.join(folder, name, f"p{number // 3}_{i}.png"), picture(number))
            number += 1


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def by_split(project):
    return {s["name"]: s["images"] for s in run_json("stats", project)["splits"]}


def manifest(dest):
    with open(os.path.join(dest, "manifest.csv"), newline="") as file:
        return list(csv.DictReader(file))


@case
def split_and_undo(folder):
    project = os.path.join(folder, "p.ballast")
    make_classes(os.path.join(folder, "d"), {"a": 50, "b": 20, "c": 10})
    run("import", project, os.path.join(folder, "d"))
    told = run_json("split", project, "--ratios", "train=0.8,val=0.1,test=0.1")
    assert [s["images"] for s in told["splits"]] == [64, 8, 8], told["splits"]
    assert told["classes"][0]["by_split"] == {"train": 40, "val": 5, "test": 5}, told["classes"]
    assert told["classes"][2]["by_split"] == {"train": 8, "val": 1, "test": 1}, told["classes"]
    assert told["deviation"] == 0 and told["warnings"] == [], told
    assert by_split(project) == {"train": 64, "val": 8, "test": 8}
    run("import", project, os.path.join(folder, "d"))
    assert by_split(project) == {"train": 64, "val": 8, "test": 8}
    assert run("undo", project) == "Undone: Split 80 images\n"
    assert by_split(project) == {}
    run("redo", project)
    assert by_split(project) == {"train": 64, "val": 8, "test": 8}


@case
def dry_run(folder):
    project = os.path.join(folder, "p.ballast")
    make_classes(os.path.join(folder, "d"), {"a": 10, "b": 10})
    run("import", project, os.path.join(folder, "d"))
    run("split", project, "--ratios", "train=1", "--dry-run")
    assert by_split(project) == {}
    first = run_json("split", project, "--ratios", "a=50,b=50", "--seed", 1, "--dry-run")
    assert first == run_json("split", project, "--ratios", "a=50,b=50", "--seed", 1, "--dry-run")


@case
def groups_by_pattern(folder):
    project = os.path.join(folder, "p.ballast")
    make_classes(os.path.join(folder, "d"), {"a": 60, "b": 30})
    run("import", project, os.path.join(folder, "d"))
    told = run_json("split", project, "--ratios", "train=0.7,test=0.3", "--group-by", "p([0-9]+)_")
    assert told["groups"]["by"] == "pattern" and told["groups"]["count"] == 30, told["groups"]
    sides = {}
    dest = os.path.join(folder, "out")
    run("export", project, dest, "--layout", "folders")
    for row in manifest(dest):
        patient = os.path.basename(row["source"]).split("_")[0]
        assert sides.setdefault(patient, row["split"]) == row["split"], row
    assert set(sides.values()) == {"train", "test"}
    assert run_json("group", project)["groups"]["count"] == 30
    run("group", project, "--by", "none")
    assert run_json("group", project)["groups"]["count"] == 0


@case
def leaks_follow_edits(folder):
    project = os.path.join(folder, "p.ballast")
    data = os.path.join(folder, "d")
    for i in range(12):
        write(os.path.join(data, "train", "ab"[i % 2], f"{i}.png"), picture(i))
    for i in range(3):
        write(os.path.join(data, "test", "ab"[i % 2], f"copy-{i}.png"), picture(i))
    write(os.path.join(data, "test", "b", "near.png"), picture(5, 6))
    run("import", project, data)
    kinds = run_json("stats", project)["problems"]["by_kind"]
    assert kinds.get("split-leak") == 3, kinds
    run("group", project, "--by", "near-duplicates")
    told = run_json("problems", project)
    kinds = [p["kind"] for p in told["problems"]]
    assert kinds.count("split-leak") == 3 and kinds.count("near-leak") == 1, kinds
    leak = [l for l in told["leaks"] if l["split"] == "test"]
    assert leak == [{"split": "test", "also_in": "train", "images": 4, "same_bytes": 3, "alike": 4,
                     "grouped": 0}], told["leaks"]
    assert "4 images of test" in run("problems", project)
    run("split", project, "--ratios", "train=0.8,test=0.2", "--group-by", "near-duplicates")
    told = run_json("problems", project)
    assert told["leaks"] == [], told["leaks"]
    kinds = [p["kind"] for p in told["problems"]]
    assert kinds.count("duplicate") == 3 and kinds.count("near-duplicate") == 1, kinds


@case
def mend_leaks(folder):
    data = os.path.join(folder, "d")
    for i in range(12):
        write(os.path.join(data, "train", "ab"[i % 2], f"{i}.png"), picture(i))
    for i in range(3):
        write(os.path.join(data, "test", "ab"[i % 2], f"copy-{i}.png"), picture(i))
    for how, expected in (("exclude", {"train": 9, "test": 3}), ("move", {"train": 15})):
        project = os.path.join(folder, how + ".ballast")
        run("import", project, data)
        run("mend", project, "--leaks", how)
        assert run_json("problems", project)["leaks"] == []
        splits = {name: n for name, n in by_split(project).items() if n > 0}
        assert splits == expected, splits
        run("undo", project)
        assert len(run_json("problems", project)["leaks"]) == 2


@case
def an_export_warns_of_leaks(folder):
    project, data = os.path.join(folder, "p.ballast"), os.path.join(folder, "d")
    for i in range(12):
        write(os.path.join(data, "train", "ab"[i % 2], f"{i}.png"), picture(i))
    for i in range(3):
        write(os.path.join(data, "test", "ab"[i % 2], f"copy-{i}.png"), picture(i))
    run("import", project, data)
    done = subprocess.run([CLI, "export", project, os.path.join(folder, "out"), "--json"],
                          capture_output=True, text=True, timeout=200)
    assert "warning: 3 images of test are also in train" in done.stderr, done.stderr
    assert "mend --leaks exclude" in done.stderr, done.stderr
    assert [l["images"] for l in json.loads(done.stdout)["leaks"]] == [3, 3], done.stdout
    run("mend", project, "--leaks", "exclude")
    done = subprocess.run([CLI, "export", project, os.path.join(folder, "mended"), "--json"],
                          capture_output=True, text=True, timeout=200)
    assert "warning" not in done.stderr and "leaks" not in json.loads(done.stdout), done.stderr


@case
def group_leaks(folder):
    project = os.path.join(folder, "p.ballast")
    make_classes(os.path.join(folder, "d"), {"a": 30})
    run("import", project, os.path.join(folder, "d"))
    run("split", project, "--ratios", "train=0.5,test=0.5", "--method", "random")
    run("group", project, "--by", "p([0-9]+)_")
    told = run_json("problems", project)
    n = sum(p["kind"] == "group-leak" for p in told["problems"])
    assert 0 < n <= 10, told
    assert all(l["grouped"] == l["images"] > 0 for l in told["leaks"]), told["leaks"]


@case
def field_of_a_manifest(folder):
    project = os.path.join(folder, "p.ballast")
    data = os.path.join(folder, "d")
    lines = ["file,label,patient"]
    for i in range(40):
        write(os.path.join(data, f"{i}.png"), picture(i))
        lines.append(f"{i}.png,{'ab'[i % 2]},P{i // 4}")
    write(os.path.join(data, "list.csv"), "\n".join(lines).encode())
    run("import", project, os.path.join(data, "list.csv"))
    told = run_json("split", project, "--ratios", "train=0.8,test=0.2", "--group-by", "patient")
    assert told["groups"]["by"] == "field" and told["groups"]["count"] == 10, told["groups"]
    assert [s["images"] for s in told["splits"]] == [32, 8], told["splits"]


@case
def near_duplicates_are_taken_once(folder):
    project = os.path.join(folder, "p.ballast")
    data = os.path.join(folder, "d")
    for i in range(20):
        write(os.path.join(data, "a", f"{i}.png"), picture(i))
        write(os.path.join(data, "a", f"{i}-again.png"), picture(i, 4, 48))
    for i in range(5):
        write(os.path.join(data, "a", f"blank-{i}.png"), png(40, 40, [[250 - i] * 40] * 40))
    run("import", project, data)
    told = run_json("group", project, "--by", "near-duplicates")
    assert told["groups"]["count"] == 20 and told["groups"]["images"] == 40, told
    assert told["groups"]["too_even"] == 5, told
    write(os.path.join(data, "a", "new.png"), picture(3, 2))
    run("import", project, data)
    told = run_json("group", project, "--by", "near-duplicates")
    assert told["groups"]["count"] == 20 and told["groups"]["images"] == 41, told


def group_new_file(folder, rule, name, data):
    """A grouped and split project, and a file that comes later."""
    root = os.path.join(folder, "d")
    make_classes(root, {"a": 12, "b": 12})
    project = os.path.join(folder, "p.ballast")
    run("import", project, root)
    run("split", project, "--ratios", "train=0.7,test=0.3", "--group-by", rule)
    before = run_json("group", project)["groups"]
    write(os.path.join(root, name), data)
    told = run_json("import", project, root)
    return project, before, told


@case
def groups_grow(folder):
    for rule, name, data in (("p([0-9]+)_", "a/p1_new.png", picture(99)), ("folder", "b/new.png", picture(98)),
                             ("duplicates", "b/again.png", picture(3)),
                             ("near-duplicates", "b/alike.png", picture(3, 5))):
        with tempfile.TemporaryDirectory() as place:
            project, before, told = group_new_file(place, rule, name, data)
            # Of copies there was no group yet: the one that is there joins the new one.
            assert told["grouped"] == (2 if "duplicates" in rule else 1), (rule, told)
            after = run_json("group", project)["groups"]
            assert after["images"] == before["images"] + told["grouped"], (rule, before, after)
            assert told["placed"] == 1 and told["without_split"] == 0, (rule, told)
            assert run_json("problems", project)["leaks"] == [], rule
            assert sum(by_split(project).values()) == 25
            again = run_json("import", project, os.path.join(place, "d"))
            assert again["grouped"] == 0 and again["added"] == 0, again
            run("undo", project)
            assert run_json("group", project)["groups"] == before, rule
            assert sum(by_split(project).values()) == 24


@case
def what_has_no_group_is_told(folder):
    project, before, told = group_new_file(folder, "p([0-9]+)_", "a/other.png", picture(97))
    assert told["grouped"] == 0 and told["without_split"] == 1, told
    text = run("import", project, os.path.join(folder, "d"))
    assert '1 in no split: “split --from ""” divides these alone' in text, text
    done = subprocess.run([CLI, "export", project, os.path.join(folder, "out")], capture_output=True,
                          text=True, timeout=200)
    assert "warning: 1 image is in no split: it is written as “rest”" in done.stderr, done.stderr
    assert any(row["path"].startswith("rest/") for row in manifest(os.path.join(folder, "out")))
    told = run_json("split", project, "--from", "", "--ratios", "train=1")
    assert told["images"] == 1 and sum(by_split(project).values()) == 25, told


@case
def one_split_is_divided(folder):
    """Validation is carved out of training; what is in test stays, and so do groups."""
    project = os.path.join(folder, "p.ballast")
    make_classes(os.path.join(folder, "d"), {"a": 60, "b": 30})
    run("import", project, os.path.join(folder, "d"))
    run("split", project, "--ratios", "train=0.8,test=0.2", "--group-by", "p([0-9]+)_")
    before = by_split(project)
    told = run_json("split", project, "--from", "train", "--ratios", "train=0.75,val=0.25")
    assert told["from"] == "train" and told["images"] == before["train"], told
    after = by_split(project)
    assert after["test"] == before["test"] and after["train"] + after["val"] == before["train"], after
    assert abs(after["val"] - before["train"] / 4) <= 3, after
    assert run_json("problems", project)["leaks"] == []
    assert run_json("stats", project)["unlabelled"] == 0
    run("undo", project)
    assert by_split(project) == before
    make_classes(os.path.join(folder, "d"), {"c": 10}, 5)
    run("import", project, os.path.join(folder, "d"))
    told = run_json("split", project, "--from", "", "--ratios", "train=0.5,test=0.5")
    assert told["images"] <= 10, told
    run("split", project, "--from", "nowhere", "--ratios", "train=1", status=(1,))


@case
def wrong_usage(folder):
    project = os.path.join(folder, "p.ballast")
    make_classes(os.path.join(folder, "d"), {"a": 4})
    run("import", project, os.path.join(folder, "d"))
    run("split", project, status=(2,))
    run("split", project, "--ratios", "train", status=(2,))
    run("split", project, "--ratios", "train=0.5", status=(2,))
    run("split", project, "--ratios", "train=1", "--method", "odd", status=(2,))
    run("split", project, "--ratios", "train=1", "--group-by", "(", status=(2,))
    run("split", project, "--ratios", "train=1", "--group-by", "matches-nothing", status=(1,))
    run("split", project, "--ratios", "train=1", "--distance", 11, status=(2,))
    assert by_split(project) == {}


@case
def invariants(folder):
    """No group on two sides, no copy outside training, validation and test untouched."""
    for seed in range(6):
        dice = random.Random(seed)
        data = os.path.join(folder, f"d{seed}")
        project = os.path.join(folder, f"p{seed}.ballast")
        make_classes(data, {c: dice.randint(3, 40) for c in "abcd"[:dice.randint(2, 4)]}, seed + 1)
        run("import", project, data)
        run("split", project, "--ratios", dice.choice(["train=0.6,val=0.2,test=0.2", "train=0.7,test=0.3"]),
            "--group-by", "p([0-9]+)_", "--seed", seed)
        run("balance", project, "--strategy", "none")
        plain, balanced = os.path.join(folder, f"plain{seed}"), os.path.join(folder, f"balanced{seed}")
        run("export", project, plain)
        run("balance", project, "--strategy", "both", "--target", "mean")
        run("pipeline", project, "--preset", "photographs")
        run("export", project, balanced)
        sides = {}
        for dest in (plain, balanced):
            for row in manifest(dest):
                group = os.path.basename(row["source"]).split("_")[0]
                assert sides.setdefault(group, row["split"]) == row["split"], row
                assert row["split"] == "train" or int(row["copy"] or 0) == 0, row
        outside = [{row["path"]: digest(os.path.join(dest, row["path"])) for row in manifest(dest)
                    if row["split"] != "train"} for dest in (plain, balanced)]
        assert outside[0] == outside[1] and len(outside[0]) > 0
        for row in manifest(balanced):
            assert row["split"] == "train" or digest(os.path.join(balanced, row["path"])) == row["sha256"]


def make_labels(folder, seed):
    """A manifest of images with several labels, three images a patient; "rare" only beside "common"."""
    dice = random.Random(seed)
    lines = ["file,labels"]
    for i in range(60):
        labels = {c for c in ("common", "other", "third") if dice.random() < 0.5}
        if i % 15 == 0:
            labels |= {"rare", "common"}
        write(os.path.join(folder, f"p{i // 3}_{i}.png"), picture(seed * 1000 + i))
        lines.append(f"p{i // 3}_{i}.png,{'|'.join(sorted(labels))}")
    write(os.path.join(folder, "list.csv"), "\n".join(lines).encode())


@case
def invariants_of_several_labels(folder):
    """The same for images of several labels, and the plan's counts are those of the files."""
    for seed in range(4):
        data, project = os.path.join(folder, f"d{seed}"), os.path.join(folder, f"p{seed}.ballast")
        make_labels(data, seed)
        run("import", project, os.path.join(data, "list.csv"))
        run("split", project, "--ratios", "train=0.7,val=0.15,test=0.15", "--group-by", "p([0-9]+)_",
            "--seed", seed)
        run("balance", project, "--strategy", "none")
        plain, balanced = os.path.join(folder, f"plain{seed}"), os.path.join(folder, f"balanced{seed}")
        run("export", project, plain)
        plan = run_json("balance", project, "--strategy", ["oversample", "both"][seed % 2], "--target", "max")
        run("export", project, balanced)
        sides, counts = {}, {}
        for row in manifest(balanced):
            group = os.path.basename(row["source"]).split("_")[0]
            assert sides.setdefault(group, row["split"]) == row["split"], row
            assert row["split"] == "train" or int(row["copy"]) == 0, row
            for name in row["class"].split("|") if row["split"] == "train" and row["class"] else ():
                counts[name] = counts.get(name, 0) + 1
        assert counts == {c["name"]: c["after"] for c in plan["classes"] if c["after"] > 0}, (counts, plan)
        outside = [{row["path"]: row["sha256"] for row in manifest(dest) if row["split"] != "train"}
                   for dest in (plain, balanced)]
        assert outside[0] == outside[1] and len(outside[0]) > 0
        assert "0 differences" in run("verify", balanced)
        rare = [c for c in plan["classes"] if c["name"] == "rare"][0]
        assert rare["after"] == rare["target"] or any("rare" in text for text in plan["warnings"]), plan


sys.exit(run_cases("/cli/split"))
