"""The notation of the scripts here, which speak TAP: a function marked @case is a case.

A case passes when it returns, fails when it raises, and is skipped, with the reason, when it raises
Skip.  What it raised stands before its line, as comments.
"""

import tempfile
import traceback

CASES = []


class Skip(Exception):
    pass


def case(function):
    CASES.append(function)
    return function


def run_in(place, function):
    if place is not None:
        function(place)
        return
    with tempfile.TemporaryDirectory(prefix="ballast-cli-") as folder:
        function(folder)


def run_cases(prefix, place=None):
    """Runs the cases in the order of their file; returns the exit status.

    place is what each of them is given; None: an empty folder of its own, removed behind it.
    """
    failed = False
    print(f"1..{len(CASES)}")
    for number, function in enumerate(CASES, 1):
        name = f"{number} {prefix}/{function.__name__.replace('_', '-')}"
        try:
            run_in(place, function)
            print(f"ok {name}", flush=True)
        except Skip as reason:
            print(f"ok {name} # SKIP {reason}", flush=True)
        except Exception:  # pylint: disable=broad-except
            failed = True
            for line in traceback.format_exc().splitlines():
                print("# " + line)
            print(f"not ok {name}", flush=True)
    return 1 if failed else 0
