#!/usr/bin/env python3
"""What happens when the disk is full, the process is killed or the project cannot be had.

Nothing is lost, every message names the file, and a run after an interruption gives the same result
as one that was never interrupted.  One TAP case a behaviour; where a small file system cannot be
mounted, the cases that need one say so and are skipped.

usage: test-reliability.py BALLAST_CLI
"""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from cases import Skip, case, run_cases

CLI = sys.argv[1]
N_KILLS = 5


def run(*arguments, status=(0, 3)):
    done = subprocess.run([CLI, *arguments], capture_output=True, timeout=60)
    message = done.stderr.decode()
    assert done.returncode in status, f"{arguments}: {done.returncode}: {message}"
    return message


def fails(*arguments):
    """The one sentence that a failing command says."""
    message = run(*arguments, status=(1,))
    assert message.startswith("ballast-cli: "), message
    assert len(message.strip().splitlines()) == 1, message
    return message


def records(project):
    """Everything that an import leaves, apart from ids and times."""
    db = sqlite3.connect(f"file:{project}?mode=ro", uri=True)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not db.execute("PRAGMA foreign_key_check").fetchall()
    images = db.execute(
        "SELECT folder.path, image.name, flags, width, height, coding, size_bytes, split.name,"
        " (SELECT group_concat(class.name) FROM annotation JOIN class ON class.id = class_id"
        "  WHERE annotation.id >= image.id << 20 AND annotation.id < (image.id + 1) << 20)"
        " FROM image JOIN folder ON folder.id = folder_id LEFT JOIN split ON split.id = split_id"
    ).fetchall()
    counts = db.execute(
        "SELECT class.name, split.name, images, instances FROM counter"
        " LEFT JOIN class ON class.id = class_id LEFT JOIN split ON split.id = split_id"
        " WHERE images > 0").fetchall()
    problems = db.execute("SELECT kind, count(*) FROM problem GROUP BY kind").fetchall()
    complete = db.execute("SELECT complete FROM source").fetchall()
    db.close()
    return sorted(images, key=str), sorted(counts, key=str), sorted(problems), complete


def tree(root):
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, root)] = file.read()
    return found


def same_tree(first, second):
    ours, theirs = tree(first), tree(second)
    assert ours.keys() == theirs.keys(), sorted(ours.keys() ^ theirs.keys())[:5]
    for name in ours:
        assert ours[name] == theirs[name], name


@contextlib.contextmanager
def small_disk(place, name, kilobytes):
    if os.geteuid() != 0:
        raise Skip("a small file system can be mounted by root alone")
    path = place.path(name)
    os.mkdir(path)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", path],
                          capture_output=True)
    if done.returncode != 0:
        raise Skip("a tmpfs cannot be mounted here: " + done.stderr.decode().strip())
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=True)


def remount(path, options):
    subprocess.run(["mount", "-o", "remount," + options, path], check=True)


class Place:
    """Three thousand small pictures, all of them different, and the project that they give."""

    def __init__(self, root):
        self.root = root
        self.many = self.path("many")
        self.signs = self.path("signs")
        self.project = self.path("many.ballast")
        self.small = self.path("signs.ballast")

    def path(self, name):
        return os.path.join(self.root, name)

    def prepare(self):
        run("sample", self.signs, "--images", "120", "--seed", "3")
        pictures = [bytes for name, bytes in sorted(tree(self.signs).items()) if name.endswith("jpg")]
        picture = min(pictures, key=len)
        for number in range(3000):
            folder = os.path.join(self.many, f"train/class_{number % 12}")
            os.makedirs(folder, exist_ok=True)
            comment = b"\xff\xfe\x00\x0e" + b"%012d" % number
            with open(os.path.join(folder, f"{number:05}.jpg"), "wb") as file:
                file.write(picture[:2] + comment + picture[2:])
        with open(os.path.join(self.many, "train/class_3/cut.jpg"), "wb") as file:
            file.write(picture[:200])
        run("import", self.project, self.many)
        run("import", self.small, self.signs)
        run("balance", self.small, "--strategy", "oversample", "--target", "max")

    def export(self, dest, status=(0, 3)):
        return run("export", self.small, dest, "--originals", "copy", status=status)


@case
def disk_full_in_import(place):
    with small_disk(place, "disk-import", 160) as disk:
        project = os.path.join(disk, "new.ballast")
        message = fails("import", project, place.many)
        assert "new.ballast" in message and "full" in message, message
        remount(disk, "size=16m")
        run("import", project, place.many)
        assert records(project) == records(place.project)


@case
def disk_full_keeps_the_project(place):
    with small_disk(place, "disk-keeps", 200) as disk:
        project = os.path.join(disk, "p.ballast")
        run("import", project, place.signs)
        before = records(project)[0]
        assert "p.ballast" in fails("import", project, place.many)
        after = set(records(project)[0])
        assert after.issuperset(before)
        run("stats", project)


@case
def disk_full_in_export(place):
    dest = place.path("whole")
    place.export(dest)
    with small_disk(place, "disk-export", 512) as disk:
        out = os.path.join(disk, "out")
        message = fails("export", place.small, out, "--originals", "copy")
        assert "disk-export" in message, message
        assert not os.path.exists(out)
        # Enough room when it begins, taken by somebody else meanwhile.
        remount(disk, "size=64m")
        child = subprocess.Popen([CLI, "export", place.small, out, "--originals", "copy"],
                                 stderr=subprocess.PIPE)
        while not os.listdir(disk):
            time.sleep(0.001)
        child.send_signal(signal.SIGSTOP)
        with open(os.path.join(disk, "other"), "wb", buffering=0) as other:
            with contextlib.suppress(OSError):
                while True:
                    other.write(bytes(1 << 16))
        child.send_signal(signal.SIGCONT)
        message = child.communicate(timeout=60)[1].decode()
        assert child.returncode == 1 and "out" in message, message
        assert not os.path.exists(out)
        os.unlink(os.path.join(disk, "other"))
        place.export(out)
        same_tree(out, dest)


def killed(arguments, seconds):
    """Kills the command after a while; TRUE where it was not done before."""
    child = subprocess.Popen([CLI, *arguments], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    return child.wait() == -signal.SIGKILL


def duration(arguments):
    start = time.monotonic()
    run(*arguments)
    return time.monotonic() - start


@case
def killed_in_import(place):
    usual = duration(["import", place.path("usual.ballast"), place.many])
    project = place.path("killed.ballast")
    for number in range(N_KILLS):
        if number % 3 == 0:
            for name in (project, project + "-journal"):
                if os.path.exists(name):
                    os.unlink(name)
        killed(["import", project, place.many], place.random.uniform(0, usual))
    run("import", project, place.many)
    assert records(project) == records(place.project)


@case
def killed_as_soon_as_it_began(place):
    """Nothing is kept then, or what was kept is no harm: the same command begins anew."""
    project = place.path("early.ballast")
    for seconds in (0.005, 0.02, 0.05, 0.1):
        killed(["import", project, place.many], seconds)
        if os.path.exists(project) and os.path.getsize(project) > 0:
            run("stats", project)
    run("import", project, place.many)
    assert records(project) == records(place.project)


@case
def killed_in_export(place):
    dest, usual = place.path("killed"), place.path("usual")
    seconds = duration(["export", place.small, usual, "--originals", "copy"])
    for number in range(N_KILLS):
        killed(["export", place.small, dest, "--originals", "copy"], place.random.uniform(0, seconds))
        if os.path.exists(dest):
            break  # then it is whole
    if not os.path.exists(dest):
        place.export(dest)
    same_tree(dest, usual)
    run("verify", dest)


@case
def read_only_project(place):
    with small_disk(place, "disk-read-only", 4096) as disk:
        project = os.path.join(disk, "r.ballast")
        shutil.copyfile(place.small, project)
        remount(disk, "ro")
        run("stats", project)
        run("problems", project)
        name = records(project)[1][0][0] or records(project)[1][-1][0]
        message = fails("class", project, "rename", name, "--into", "other")
        assert "r.ballast" in message, message
        assert "r.ballast" in fails("import", project, place.signs)
        run("export", project, place.path("from-read-only"))


@case
def newer_project(place):
    project = place.path("newer.ballast")
    shutil.copyfile(place.small, project)
    db = sqlite3.connect(project)
    db.execute("PRAGMA user_version = 4711")
    db.close()
    with open(project, "rb") as file:
        before = file.read()
    for command in (["stats", project], ["import", project, place.signs],
                    ["export", project, place.path("from-newer")]):
        message = fails(*command)
        assert "newer.ballast" in message and "newer version" in message, message
    with open(project, "rb") as file:
        assert before == file.read()


@case
def two_writers(place):
    project = place.path("shared.ballast")
    first = subprocess.Popen([CLI, "import", project, place.many], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 10
        while not os.path.exists(project + ".lock") and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(0.02)
        first.send_signal(signal.SIGSTOP)
        assert first.poll() is None
        message = fails("import", project, place.signs)
        assert "shared.ballast" in message and "another program" in message, message
    finally:
        first.send_signal(signal.SIGCONT)
    assert first.wait(timeout=60) == 3
    assert records(project) == records(place.project)


with tempfile.TemporaryDirectory(prefix="ballast-reliability-") as folder:
    SEED = int(os.environ.get("BALLAST_TEST_SEED", random.randrange(1 << 30)))
    PLACE = Place(folder)
    PLACE.random = random.Random(SEED)
    PLACE.prepare()
    print(f"# BALLAST_TEST_SEED={SEED}")
    sys.exit(run_cases("/cli/reliability", PLACE))
