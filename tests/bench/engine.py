#!/usr/bin/python3
"""The engine against its peers, in one table: ./dev bench engine runs it.

Usage: engine.py BUILD DATA [SIZE …]      sizes: 500x375 1024x1024 4000x3000

Ballast, OpenCV by hand, torchvision and Albumentations do the same to the same pixels on the same
cores; the figures are processor time of one thread.  Albumentations is looked for in the Python that
$BALLAST_PEER_PYTHON names, else in this one.  $BALLAST_BENCH_PHOTOGRAPHS: a folder of photographs;
else the TrashNet ones beside this repository, else drawn ones.
A whole export cannot be faster than encoding what comes out, which every peer does with the same
library: that time is printed beside it, and the largest ratio that it leaves room for.  Likewise an op that
changes little of a picture cannot be faster than copying it, which is a row of its own.  A goal beyond that
is not counted as missed.  For chain (c) the parts of an export are printed, too.
Exit status 0 whatever is missed: goals are printed as met or missed, and counted in the last line.
"""
import glob
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

import cv2
import numpy as np

import engine_table as table

BUILD, DATA = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SIZES = sys.argv[3:] or ["500x375", "1024x1024", "4000x3000"]
HERE = os.path.dirname(os.path.abspath(__file__))
CLI = BUILD + "/src/cli/ballast-cli"
PEERS = ["opencv", "torchvision", "albumentations"]
FILES = {"500x375": 60, "1024x1024": 16, "4000x3000": 3}
KERNEL_BUDGET = {"500x375": 0.06, "1024x1024": 0.1, "4000x3000": 0.2}
EXPORT_BUDGET = {"500x375": 0.4, "1024x1024": 0.5, "4000x3000": 0.8}
COPIES = (1, 10)
# Of how many files the flips are: with few of them the start of the program is what is measured.
MANY = {"500x375": 600, "1024x1024": 160, "4000x3000": 12}
OURS = {"kernel": {}, "export": {}, "encode": {}, "decode": {}}
missed = limited = 0


def photographs():
    """Real pictures as arrays, BGR, and where they come from."""
    folder = os.environ.get("BALLAST_BENCH_PHOTOGRAPHS",
                            os.path.join(HERE, "../../../shared/data/folders-trashnet"))
    files = sorted(glob.glob(folder + "/**/*.jpg", recursive=True))
    if len(files) < 64:
        folder = os.path.join(DATA, "photographs")
        files = sorted(glob.glob(folder + "/**/*.jpg", recursive=True))
    step = max(1, len(files) // 64)
    return [cv2.imread(file) for file in files[::step][:64]], folder


def compose(pictures, w, h, index):
    """One photograph of that size: cut from one where it is large enough, else a mosaic of many."""
    rng = np.random.default_rng(index)
    if w <= 512:
        return cv2.resize(pictures[index % len(pictures)], (w, h), interpolation=cv2.INTER_AREA)
    rows, columns = -(-h // (2 * 384)), -(-w // (2 * 512))
    cells = [cv2.resize(pictures[(index * 7 + i) % len(pictures)], (512, 384))
             for i in range(rows * columns)]
    mosaic = np.vstack([np.hstack(cells[i * columns:(i + 1) * columns]) for i in range(rows)])
    big = cv2.resize(mosaic, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)[:h, :w]
    grain = np.empty(big.shape, np.int16)
    cv2.setRNGSeed(index)
    cv2.randn(grain, (0, 0, 0), (2, 2, 2))
    return cv2.add(big, grain, dtype=cv2.CV_8U)


def make_files(size):
    """JPEG files of quality 92 and 4:2:0, and one of them as raw RGB."""
    w, h = map(int, size.split("x"))
    folder = os.path.join(DATA, "engine", size)
    raw = os.path.join(DATA, "engine", size + ".rgb")
    if not os.path.exists(raw):
        pictures, _ = photographs()
        os.makedirs(folder, exist_ok=True)
        for i in range(FILES[size]):
            cv2.imwrite(f"{folder}/{i:03}.jpg", compose(pictures, w, h, i),
                        [cv2.IMWRITE_JPEG_QUALITY, 92])
        cv2.cvtColor(cv2.imread(folder + "/000.jpg"), cv2.COLOR_BGR2RGB).tofile(raw)
    return folder, raw


def as_json(case, w, h):
    """What our programs read: the recipe, or the file that Albumentations would read."""
    if case.recipe:
        return json.dumps({"size": [w, h], "steps": case.steps(w, h)})
    return json.dumps({"transform": {"__class_fullname__": "Compose", "p": 1, "transforms": [
        {"__class_fullname__": name, "p": 1, **arguments}
        for name, arguments in case.transforms(w, h)]}})


def run_ours(size, raw):
    """Microseconds of every case that this build knows; the better of two rounds counts."""
    w, h = size.split("x")
    cases = [table.COPY] + table.OPS + table.CHAINS
    arguments = [BUILD + "/tests/augment/bench-ops", raw, w, h,
                 str(int(KERNEL_BUDGET[size] * 1000))]
    for case in cases:
        arguments += [case.name, as_json(case, int(w), int(h))]
    result = OURS["kernel"].setdefault(size, {})
    lines = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.splitlines()
    for case, line in zip(cases, lines):
        figures = line[len(case.name):].split()
        if figures[0] != "-":
            result[case.name] = min(result.get(case.name, 1e12), float(figures[0]))


def measure(*arguments):
    """Processor seconds and seconds of a command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            time.monotonic() - start)


def export_ours(place, folder, case, size, copies, jobs=1):
    """Processor seconds and seconds a copy of a whole export: by the program that people use."""
    w, h = map(int, size.split("x"))
    project, out, chain = place + "/p.ballast", place + "/out", place + "/chain.json"
    n, tree = len(os.listdir(folder)), f"{place}/{os.path.basename(folder)}"
    if not os.path.exists(tree):
        shutil.copytree(folder, tree + "/photographs")
    with open(chain, "w", encoding="utf-8") as file:
        file.write(as_json(case, w, h))
    subprocess.run(["rm", "-rf", project, project + ".lock", out], check=True)
    for step in (["import", project, tree], ["pipeline", project, "--load", chain],
                 ["balance", project, "--strategy", "oversample", "--target", str(n * (copies + 1)),
                  "--max-repeats", "100"]):
        status = subprocess.run([CLI, *step], check=False, stdout=subprocess.DEVNULL).returncode
        assert status in (0, 3), step  # 3: done, with problems, as equal pictures are
    command = [CLI, "export", project, out, "--originals", "list", "--jobs", str(jobs), "--quality",
               "92"]
    runs = []
    key = f"{case.name}|{copies}"
    for _ in range(3 if size == "500x375" else 2):
        runs.append(measure(*command))
        if key not in OURS["encode"].setdefault(size, {}):
            OURS["encode"][size][key] = encoding_alone(place, out)
        with open(out + "/ballast.json", encoding="utf-8") as file:
            counts = json.load(file)["counts"]
        assert counts["augmented"] == n * copies, counts
        subprocess.run(["rm", "-rf", out], check=True)
    return min(r[0] for r in runs) / (n * copies), min(r[1] for r in runs) / (n * copies)


def encoding_alone(place, out):
    """Processor seconds a picture of encoding what an export wrote, and nothing else."""
    files = glob.glob(out + "/**/*.jpg", recursive=True)[:60]
    subprocess.run(["rm", "-rf", place + "/written"], check=True)
    os.mkdir(place + "/written")
    for i, file in enumerate(files):
        os.link(file, f"{place}/written/{i}.jpg")
    run = subprocess.run([BUILD + "/tests/bench/bare-codec", place + "/written", "-", "92", "1"],
                         capture_output=True, text=True, check=True)
    return float(run.stdout) / len(files)


def decoding_alone(place, folder):
    """Processor seconds a picture: what is left of decoding and encoding without the encoding."""
    both = min(measure(BUILD + "/tests/bench/bare-codec", folder, place + "/bare", "92", "1")[0]
               for _ in range(3))
    encoding = subprocess.run([BUILD + "/tests/bench/bare-codec", folder, "-", "92", "1"],
                              capture_output=True, text=True, check=True)
    return (both - float(encoding.stdout)) / len(os.listdir(folder))


def repeat(place, folder, size):
    """A folder with the same files again and again."""
    files, links = sorted(os.listdir(folder)), f"{place}/links/many-{size}"
    os.makedirs(links)
    for i in range(MANY[size]):
        first = f"{links}/{i % len(files)}.jpg"
        if i < len(files):
            shutil.copy(f"{folder}/{files[i]}", first)
        else:
            os.link(first, f"{links}/{i}.jpg")
    return links


def run_peer(peer, jobs):
    python = os.environ.get("BALLAST_PEER_PYTHON") if peer == "albumentations" else None
    run = subprocess.run([python or sys.executable, HERE + "/engine_peer.py", peer],
                         input=json.dumps(jobs), capture_output=True, text=True, check=False)
    try:
        return json.loads(run.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return {"missing": (run.stderr.splitlines() or ["it ended without a word"])[-1]}


def ratio(ours, theirs):
    return theirs / ours if ours and theirs else None


def judge(ours, theirs, goal, limit, what):
    """Whether @goal, (peer, least ratio), is met, missed, or out of everybody's reach by @what."""
    global missed, limited
    peer, least = goal
    by, bound = ratio(ours, theirs.get(peer)), ratio(limit, theirs.get(peer))
    if not by:
        return ""
    if by >= least:
        return f"  met (>= {least} x {peer})"
    if bound and bound < least:
        limited += 1
        return f"  limit: {what} (nobody passes {bound:.2f} x {peer}; asked >= {least})"
    missed += 1
    return f"  MISSED (>= {least} x {peer})"


def line(title, ours, theirs, scale, goal=None, limit=None, besides=None):
    """A row; @limit: what a whole export spends on encoding, where it cannot do without; @besides: all
    that it spends on other things than the chain."""
    # A dash: not in this build's catalogue, or not in the peer's.
    cells = f"{title:44}{ours * scale:11.0f}" if ours else f"{title:44}{'-':>11}"
    for peer in PEERS:
        them, by = theirs.get(peer), ratio(ours, theirs.get(peer))
        cells += f"{them * scale:11.0f}{by:7.2f}" if by else f"{'-':>11}{'-':>7}"
    what = "the codec"
    if limit and title in table.COPIERS:
        what = "copying the pixels"
    elif limit:
        bounds = " ".join(f"{theirs[peer] / limit:.1f}" if theirs.get(peer) else "-"
                          for peer in PEERS)
        cells += f"  encoding {limit * scale:.0f}, at most x {bounds};"
    if besides:
        limit, what = besides, "a chain of no cost; codec, SHA-256 and writing take the rest"
    print(cells + "".join(judge(ours, theirs, each, limit, what) for each in goal or []), flush=True)


def head(title, unit):
    with open("/proc/loadavg", encoding="utf-8") as file:
        load = file.read().split()[0]
    print(f"\n\033[1m{title}\033[0m   (load {load})")
    print(f"{unit:44}{'Ballast':>11}" + "".join(f"{peer:>12.12}{'ratio':>6}" for peer in PEERS))


def tell(title, value, least, why=""):
    global missed
    missed += value < least
    print(f"{title:66}{value:7.2f}  {'met' if value >= least else 'MISSED'} (>= {least})"
          f"{'  ' + why if why and value < least else ''}", flush=True)


def show_kernels(size, results):
    head(f"{size} RGB, kernels on one thread", "µs of processor time")
    ratios = []
    copying = OURS["kernel"][size][table.COPY.name]
    print(f"{table.COPY.name:44}{copying:11.0f}")
    for case in table.OPS + table.CHAINS:
        ours = OURS["kernel"][size].get(case.name)
        theirs = {peer: results[peer].get("ops", {}).get(size, {}).get(case.name) for peer in PEERS}
        goal = None
        if ours and theirs["opencv"] and case in table.OPS and case.op in table.CORE:
            ratios.append(theirs["opencv"] / ours)
            goal = [("opencv", 1)]
        if case.name.startswith("(c)"):
            goal = [("opencv", 3.5), ("albumentations", 12)]
        # A fiftieth is what two measurements of the same differ by.
        line(case.name, ours, theirs, 1, goal,
             copying * 1.02 if case.name in table.COPIERS else None)
    tell(f"median of {len(ratios)} core ops, against OpenCV", statistics.median(ratios), 2)


def show_exports(size, results):
    head(f"{size}, whole export: decode, chain, encode", "µs a copy, processor time")
    for case in table.CHAINS:
        for copies in COPIES:
            key = f"{case.name}|{copies}"
            theirs = {p: results[p].get("exports", {}).get(size, {}).get(key) for p in PEERS}
            ours, goal, besides = OURS["export"][size].get(key), None, None
            if case.name.startswith("(c)") and copies == 10:
                goal = [("opencv", 4), ("albumentations", 10)]
                besides = ours - OURS["kernel"][size][case.name] / 1e6
            # Mirrors alone move coefficients: there is nothing to encode.
            limit = None if case is table.CHAINS[0] else OURS["encode"][size].get(key)
            line(f"{case.name[:34]} x {copies}", ours, theirs, 1e6, goal, limit, besides)
    show_parts(size, table.CHAINS[2])


def show_parts(size, case):
    """What the time of ten copies is made of: each part measured by itself."""
    whole, encoding = OURS["export"][size][case.name + "|10"], OURS["encode"][size][case.name + "|10"]
    parts = {"encoding": encoding, "the chain": OURS["kernel"][size][case.name] / 1e6,
             "a tenth of decoding": OURS["decode"][size] / 10}
    parts["the rest: SHA-256, writing, start of the program"] = whole - sum(parts.values())
    for name, seconds in parts.items():
        print(f"  {case.name[:3]} x 10: {name:49}{seconds * 1e6:8.0f}{seconds / whole * 100:7.0f} %")


def show_limits(place, folders):
    """Against the bare codec, and from one thread to two."""
    flip, all_five = table.CHAINS[0], table.CHAINS[2]
    head("Against the codec alone, and with more threads", "")
    for size, (folder, _) in folders.items():
        folder, n = repeat(place, folder, size), MANY[size]
        bare = min(measure(BUILD + "/tests/bench/bare-codec", folder, place + "/bare", "92", "1")[0]
                   for _ in range(3)) / n
        tell(f"{size}: (a) flips against bare decode + encode of libjpeg-turbo",
             bare / export_ours(place, folder, flip, size, 1)[0], 0.95)
    size = SIZES[0]
    one = export_ours(place, folders[size][0], all_five, size, 10, 1)[1]
    two = export_ours(place, folders[size][0], all_five, size, 10, 2)[1]
    tell(f"{size}: (c) x 10 from one thread to two, by the clock", one / two, 1.9,
         "other programs on the cores count here")


def main():
    start = time.monotonic()
    names = [case.name for case in table.OPS + table.CHAINS]
    folders = {size: make_files(size) for size in SIZES}
    place = subprocess.run(["mktemp", "-d", "/dev/shm/ballast-engine.XXXXXX"], check=True,
                           capture_output=True, text=True).stdout.strip()
    try:
        jobs = []
        for size, (folder, raw) in folders.items():
            w, h = map(int, size.split("x"))
            files = sorted(glob.glob(folder + "/*.jpg"))
            jobs.append({"kind": "ops", "size": size, "width": w, "height": h, "file": raw,
                         "budget": KERNEL_BUDGET[size], "names": names})
            jobs.append({"kind": "export", "size": size, "files": files, "out": place,
                         "budget": EXPORT_BUDGET[size], "copies": COPIES, "names": names})
        # Ours, theirs and ours again, so that a busy moment does not decide.
        for size, (_, raw) in folders.items():
            run_ours(size, raw)
        results = {}
        for peer in PEERS:
            print(f"measuring {peer} …", file=sys.stderr, flush=True)
            results[peer] = run_peer(peer, jobs)
        print("measuring Ballast …", file=sys.stderr, flush=True)
        for size, (folder, raw) in folders.items():
            run_ours(size, raw)
            OURS["decode"][size] = decoding_alone(place, folder)
            OURS["export"][size] = {
                f"{case.name}|{copies}": export_ours(place, folder, case, size, copies)[0]
                for case in table.CHAINS if case.name in OURS["kernel"][size] for copies in COPIES}
        for peer in PEERS:
            print(f"{peer}: " + (results[peer].get("version") or
                                 f"not installed ({results[peer]['missing']})"))
        print(f"photographs: {os.path.relpath(photographs()[1])}")
        for size in SIZES:
            show_kernels(size, results)
            show_exports(size, results)
        show_limits(place, folders)
    finally:
        subprocess.run(["rm", "-rf", place], check=True)
    beyond = f", {limited} lie beyond a limit that its row names" if limited else ""
    print(f"\nengine: {missed} goals are missed{beyond}; {time.monotonic() - start:.0f} s")


main()
