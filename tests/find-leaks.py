"""Prints the programs of a test run that failed by reports of leaks alone, one name a line.

The first run under the sanitizers unwinds stacks by frame pointers, which is several times faster
and ends at libraries that have none, so that a leak of theirs cannot be told by its name.  Such
programs run again with true stacks.  What failed for another reason is not listed: it stays failed.
"""
import json
import pathlib
import re
import sys

other = re.compile(r"ERROR: (AddressSanitizer|UndefinedBehavior)|runtime error:|DEADLYSIGNAL"
                   r"|^Bail out!", re.MULTILINE)
unasserted = re.compile(r"^not ok ", re.MULTILINE)
logs = pathlib.Path(sys.argv[1])
entries = {}
for line in (logs / "testlog.json").read_text().splitlines():
    entry = json.loads(line)
    entries[entry["name"]] = entry
for entry in entries.values():
    said = entry.get("stdout", "") + entry.get("stderr", "")
    failures = len(unasserted.findall(said))
    reports = said.count("ERROR: LeakSanitizer")
    if (entry["result"] not in ("OK", "SKIP", "TIMEOUT") and not other.search(said)
            and reports > 0 and failures <= reports):
        print(entry["name"].rsplit(" / ", 1)[-1])
