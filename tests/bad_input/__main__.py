"""Prints the count: ``python -m tests.bad_input``."""

import tempfile
from collections import Counter
from pathlib import Path

from optimizer.api import check
from optimizer.errors import InputError
from tests.bad_input import valid
from tests.bad_input.case import GROUPS
from tests.bad_input.judge import RIGHT, SILENT, TRACEBACK, judge
from tests.bad_input.programme import every_case

VALID = 30


def main():
    kinds, groups = Counter(), Counter()
    for bad in every_case():
        with tempfile.TemporaryDirectory() as folder:
            verdict = judge(bad, Path(folder))
        kinds[verdict.kind] += 1
        groups[bad.group, verdict.kind] += 1
        if verdict.kind != RIGHT:
            print(f"{bad.id}: {verdict.kind}\n  {bad.expected}\n  {verdict.said[:1500]}")
    for letter, name in GROUPS.items():
        total = sum(count for (group, _), count in groups.items() if group == letter)
        print(f"{letter} {name:24} {groups[letter, RIGHT]:4} right of {total}")
    total = sum(kinds.values())
    others = total - sum(kinds[kind] for kind in (RIGHT, SILENT, TRACEBACK))
    print(
        f"{kinds[RIGHT]} right of {total}; {kinds[SILENT]} silently accepted, "
        f"{kinds[TRACEBACK]} tracebacks, {others} others"
    )
    refused = sum(map(_is_refused, range(VALID)))
    print(f"{refused} of {VALID} valid scenarios refused")
    return 0 if kinds[RIGHT] == total and not refused else 1


def _is_refused(seed):
    with tempfile.TemporaryDirectory() as folder:
        try:
            check(valid.write(seed, Path(folder)))
        except InputError:
            return True
    return False


if __name__ == "__main__":
    raise SystemExit(main())
