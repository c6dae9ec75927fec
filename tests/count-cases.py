"""Counts the cases of a JUnit file that `meson test` wrote, and prints "N passed, N failed".

A program that died before it had said what became of its cases counts as one failed case, and so
does one that ran none: a crash cannot make the total look better.
"""
import sys
import xml.etree.ElementTree as tree

passed = failed = skipped = 0
for suite in tree.parse(sys.argv[1]).getroot().iter("testsuite"):
    cases = suite.findall("testcase")
    bad = [c for c in cases if c.find("failure") is not None or c.find("error") is not None]
    omitted = [c for c in cases if c.find("skipped") is not None]
    died = not bad and (not cases or int(suite.get("errors", 0)) + int(suite.get("failures", 0)) > 0)
    failed += len(bad) + (1 if died else 0)
    skipped += len(omitted)
    passed += len(cases) - len(bad) - len(omitted)

print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(1 if failed or not passed else 0)
