"""Counts the cases that `meson test` ran, from its log folder, and prints "N passed, N failed".

A program that died, hung or ran no case at all counts as one failed case, whatever its other cases
said before: a crash cannot make the total look better.
"""
import json
import pathlib
import sys
import xml.etree.ElementTree as tree

logs = pathlib.Path(sys.argv[1])
bases = [base for base in ("testlog", "again") if (logs / f"{base}.json").exists()]
fine = {"OK", "SKIP", "EXPECTEDFAIL"}
results = {}
suites = {}
# What ran again counts by its second run.
for base in bases:
    for line in (logs / f"{base}.json").read_text().splitlines():
        entry = json.loads(line)
        results[entry["name"]] = entry["result"]
    for suite in tree.parse(logs / f"{base}.junit.xml").getroot().iter("testsuite"):
        suites[suite.get("name")] = suite

passed = failed = skipped = 0
seen_bad = set()
for suite_name, suite in suites.items():
    for case in suite.findall("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
            seen_bad.add(suite_name.split(".", 1)[-1])
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1

for name, result in results.items():
    if result not in fine and name not in seen_bad:
        print(f"{name}: {result}", file=sys.stderr)
        failed += 1

print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(1 if failed or not passed else 0)
