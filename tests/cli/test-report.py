#!/usr/bin/env python3
"""The command `report`: its PDF in poppler's hands, its HTML in a parser's.  One TAP case a behaviour.

usage: test-report.py BALLAST_CLI
"""

import html.parser
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zlib

from cases import case, run_cases

CLI = sys.argv[1]
HOSTILE = ["<script>alert(1)</script>", "a & b \"c\" 'd'", "]]>", "&lt;", "שלום עולם", "日本語の分類", "emoji 🦊🚗",
           "e\u0301 combining", "\u202eevil", "x" * 180, "tab\there", "-- option", "%s %n", "bell \x07"]


def run(*arguments, status=0, **environment):
    done = subprocess.run([CLI, *map(str, arguments)], capture_output=True, timeout=200,
                          env={**os.environ, **environment})
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout.decode(), done.stderr.decode()


def png(shade):
    """A picture of 4 × 4 in grey; another number is another picture."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes((shade + 7 * y + x) & 255 for x in range(3)) + bytes([shade >> 8 & 255])
                    for y in range(4))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Place:
    """A folder with the sample "signs" and its project, balanced and with a hierarchy."""

    def __init__(self, root):
        self.root = root
        self.signs = self.path("signs.ballast")
        run("sample", self.path("signs"), "--images", "60", "--seed", "3")
        run("import", self.signs, self.path("signs"))
        run("balance", self.signs, "--strategy", "oversample", "--target", "max")
        run("hierarchy", self.signs, "--suggest", "huffman")
        self.n = 0

    def path(self, name):
        return os.path.join(self.root, name)

    def project(self, classes):
        """A project of class folders: {name: pictures}."""
        self.n += 1
        for index, (name, count) in enumerate(classes.items()):
            folder = self.path(f"made{self.n}/{name}")
            os.makedirs(folder)
            for i in range(count):
                with open(os.path.join(folder, f"{i}.png"), "wb") as file:
                    file.write(png(index * 31 + i))
        path = self.path(f"made{self.n}.ballast")
        done = subprocess.run([CLI, "import", path, self.path(f"made{self.n}")], capture_output=True)
        assert done.returncode in (0, 3), done.stderr
        return path


def have(program):
    if shutil.which(program) is None:
        print(f"# {program} is not installed: that part is not checked")
    return shutil.which(program) is not None


def text_of(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()


def facts_of(pdf):
    lines = subprocess.run(["pdfinfo", pdf], capture_output=True, check=True).stdout.decode().splitlines()
    return {line.split(":", 1)[0]: line.split(":", 1)[1].strip() for line in lines}


class Page(html.parser.HTMLParser):
    """What a page says, and what it would fetch."""

    def __init__(self, path):
        super().__init__()
        self.tags, self.text, self.fetched, self.ids, self.links = {}, [], [], [], []
        with open(path, encoding="utf-8") as file:
            self.source = file.read()
        self.feed(self.source)
        self.words = " ".join(self.text)

    def handle_starttag(self, tag, attributes):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        for name, value in attributes:
            if name in ("src", "href", "xlink:href", "data", "action") and not (value or "").startswith("#"):
                self.fetched.append((tag, name, value))
            if name in ("href", "xlink:href") and (value or "").startswith("#"):
                self.links.append(value[1:])
            if name == "id":
                self.ids.append(value)
            assert not name.startswith("on"), (tag, name)

    def handle_data(self, data):
        self.text.append(data)


SECTIONS = ["At a Glance", "The Data", "The Plan", "Class Weights", "Hierarchy", "Augmentation", "Problems",
            "To Make the Same Again"]


@case
def pdf(place):
    out = place.path("signs.pdf")
    run("report", place.signs, "--output", out)
    with open(out, "rb") as file:
        assert file.read(5) == b"%PDF-"
    if not have("pdftotext") or not have("pdfinfo"):
        return
    text, facts = text_of(out), facts_of(out)
    for section in SECTIONS:
        assert section in text, section
    for words in ("signs", "Imbalance ratio", "Path right", "--strategy oversample",
                  "King and Zeng", "Page 1 of " + facts["Pages"]):
        assert words in text, words
    assert facts["Title"] == "signs" and "A4" in facts["Page size"], facts
    assert text.count("\f") == int(facts["Pages"])


@case
def page(place):
    out = place.path("signs.html")
    run("report", place.signs, "--output", out)
    found = Page(out)
    for section in SECTIONS:
        assert section in found.words, section
    assert "script" not in found.tags and "link" not in found.tags and "img" not in found.tags
    assert found.fetched == [], found.fetched
    assert found.tags["svg"] == 2 * 4, found.tags
    assert len(found.ids) == len(set(found.ids)), "ids are there twice"
    assert set(found.links) <= set(found.ids)
    assert "prefers-color-scheme" in found.source and "url(http" not in found.source
    xml.etree.ElementTree.fromstring(found.source.split("\n", 1)[1])


@case
def the_same_bytes(place):
    for ending in ("pdf", "html"):
        made = []
        for turn in range(2):
            out = place.path(f"turn{turn}.{ending}")
            run("report", place.signs, "--output", out, SOURCE_DATE_EPOCH="1000000000")
            with open(out, "rb") as file:
                made.append(file.read())
        assert made[0] == made[1], ending
        assert ending == "pdf" or "9 September 2001" in made[0].decode()


@case
def hostile_names(place):
    names = {name.replace("/", "∕"): 2 + i for i, name in enumerate(HOSTILE)}
    project = place.project(names)
    run("balance", project, "--strategy", "both", "--target", "median", "--class", "-- option=3")
    run("hierarchy", project, "--suggest", "balanced")
    out = place.path("hostile.html")
    run("report", project, "--output", out)
    found = Page(out)
    assert "script" not in found.tags
    shown = [one["name"] for one in json.loads(run("stats", project, "--json")[0])["classes"]]
    assert len(shown) == len(names)
    for name in shown:
        assert name in found.text, name
    xml.etree.ElementTree.fromstring(found.source.split("\n", 1)[1])
    assert "'-- option=3'" in found.words
    out = place.path("hostile.pdf")
    # cairo leaks a table of a font's subset here; a sanitizer knows it by its name from the whole stack.
    run("report", project, "--output", out, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") +
        ":fast_unwind_on_malloc=0:malloc_context_size=30")
    if not have("pdftotext"):
        return
    text = text_of(out)
    assert "combining" in text and "alert(1)" in text and "%s %n" in text
    for language, name in (("ja", "日本語の分類"), ("he", "שלום")):
        fonts = subprocess.run(["fc-list", f":lang={language}"], capture_output=True).stdout
        assert not fonts or name in text or name[::-1] in text, name


@case
def empty(place):
    """Nothing imported, nothing in what was imported, one class alone."""
    empty_folder = place.path("nothing")
    os.makedirs(empty_folder)
    nothing = place.path("nothing.ballast")
    subprocess.run([CLI, "import", nothing, empty_folder], capture_output=True)
    one = place.project({"only": 3})
    for project in (nothing, one):
        if not os.path.exists(project):
            continue
        for ending in ("pdf", "html"):
            run("report", project, "--output", place.path("e." + ending))
        assert "nothing to" in Page(place.path("e.html")).words


@case
def many_classes(place):
    """Long tables stand in appendices, their heads on every page."""
    n = 1200
    project = place.project({f"class {i:04} with a name of some length": 1 + (i % 3) for i in range(n)})
    run("balance", project, "--strategy", "oversample", "--target", "max")
    run("hierarchy", project, "--suggest", "balanced")
    out = place.path("many.html")
    run("report", project, "--output", out)
    found = Page(out)
    assert sum("class 0777" in text for text in found.text) >= 4
    assert "Appendix 4" in found.words
    out = place.path("many.pdf")
    run("report", project, "--output", out)
    if not have("pdftotext"):
        return
    pages = text_of(out).split("\f")[:-1]
    assert len(pages) < 260, len(pages)
    for i in (0, 777, n - 1):
        assert sum(f"class {i:04}" in one for one in pages) >= 4, i
    with_classes = [one for one in pages if re.search(r"class 0[1-9]\d\d", one)]
    assert all(re.search(r"\b(Class|Node)\b", one) for one in with_classes)


@case
def wrong_usage(place):
    assert "--output" in run("report", place.signs, status=2)[1]
    assert ".html" in run("report", place.signs, "--output", place.path("a.docx"), status=2)[1]
    run("report", place.path("missing.ballast"), "--output", place.path("a.pdf"), status=1)
    error = run("report", place.signs, "--output", place.path("no/such/folder/a.pdf"), status=1)[1]
    assert "a.pdf" in error, error


with tempfile.TemporaryDirectory(prefix="ballast-cli-") as root:
    sys.exit(run_cases("/cli/report", Place(root)))
