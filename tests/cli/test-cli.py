#!/usr/bin/env python3
"""The command line as scripts see it: output, JSON, exit status.

usage: test-cli.py BALLAST_CLI MAN_PAGE
"""

import os
import shutil
import subprocess
import sys
import tempfile

from cases import case, run_cases
from command import Place, Run, SmallDisk, same_tree

MAN = sys.argv[2]


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


with tempfile.TemporaryDirectory(prefix="ballast-cli-") as folder:
    sys.exit(run_cases("/cli", Place(folder)))
