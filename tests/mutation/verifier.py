"""``python -m tests.mutation.verifier``: mutants of the verifier itself, each met by run folders.

A mutant is killed where some folder of the battery gets another report than from the verifier as it
is. A run records in ``verifier.csv`` which folder killed which mutant; a quick one meets what is
recorded and nothing else. Source: reliability.md T6.
"""

import argparse
import csv
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from optimizer import verify as program
from optimizer.checks import record
from optimizer.checks.folder import Folder, VerifyError
from tests.mutation.checks import Mutant, concerned, in_place, modules, mutants_of, unchanged
from tests.mutation.files import folders_of_files
from tests.mutation.folders import good_folders, spoiled
from tests.mutation.variants import claimed, proved
from tests.optimizer.checks.edges import EDGES

ARGUED = Path(__file__).with_name("verifier.toml")
RECORD = Path(__file__).with_name("verifier.csv")
VERDICT = "verdict"  # of plan.json, judged after all checks
SPOILINGS = 40  # of every good folder, and of every one that claims
PROOFS = 5  # of every good folder
LONGEST_S = 5.0  # CPU of one report
Said = Mapping[str, int]


@dataclass
class Met:
    """A folder of the battery and how a report of it is had."""

    name: str
    report: Callable[[frozenset[str]], Iterator[tuple[str, int]]]
    known: dict[frozenset[str], Said] = field(default_factory=dict)

    def said(self, names: frozenset[str]) -> Said:
        """What the checks *names* say of it as they are; asked before anything is changed."""
        if names not in self.known:
            self.known[names] = dict(self.report(names))
        return self.known[names]


def battery(place: Path, wanted: set[str] | None = None) -> list[Met]:
    """Every folder, or those *wanted* by name, with what is said of it now."""
    found = [in_memory(f"edge: {name}", edge.folder) for name, edge in EDGES.items()]
    for base, folder in good_folders(place):
        found += of_base(base, folder)
    found += [Met(name, report) for name, report in folders_of_files(place / "files")]
    return [met for met in found if wanted is None or met.name in wanted]


def of_base(base: str, folder: Folder) -> Iterator[Met]:
    """What is made of a good folder: spoiled, and in both variants; each when first met."""
    for number in range(SPOILINGS):
        yield in_memory(f"{base}#{number}", lambda k=number: spoiled(base, folder, k))
    if folder.has_plan:
        for number in range(SPOILINGS):
            name = f"{base} claimed#{number}"
            make = lambda k=number, n=name: spoiled(n, claimed(folder), k)  # noqa: E731
            yield in_memory(name, make, frozenset({"musts"}))
        for number in range(PROOFS):
            name = f"{base} proved#{number}"
            make = lambda k=number: proved(base, folder, k)  # noqa: E731
            yield in_memory(name, make, frozenset({"bounds"}))


def in_memory(name: str, make: Callable[[], Folder], only: frozenset[str] | None = None) -> Met:
    """The folder that *make* makes as one that mutants meet; of *only* these checks."""
    folder = cache(make)
    judged = cache(lambda: _judged(folder()))  # by the verifier as it is: asked first then

    def report(names: frozenset[str]) -> Iterator[tuple[str, int]]:
        asked = names if only is None else names & only
        return _reports(folder(), asked, judged) if asked else iter(())

    return Met(name, report)


def _reports(
    folder: Folder, names: frozenset[str], judged: Callable[[], program.Findings]
) -> Iterator[tuple[str, int]]:
    """What each check of *names* says of *folder*, as a number that stands for it."""
    if VERDICT in names:
        yield VERDICT, _verdict_on(folder, judged())
    facts, findings = program.Facts(folder), program.Findings()
    checks = program.CHECKS if folder.has_plan else program.CHECKS_WITHOUT_PLAN
    for name, check in checks:
        if name not in names:
            continue
        before, said = [len(kind) for kind in _kinds(findings)], ""
        try:
            check(facts, findings)
        except VerifyError as error:
            yield name, hash(str(error))
            return
        except program.UNREADABLE as error:
            said = f"{type(error).__name__} {error}"
        new = [kind[first:] for kind, first in zip(_kinds(findings), before, strict=True)]
        yield name, hash((said, str(new), *map(program.said_of, findings.certificates)))


def _judged(folder: Folder) -> program.Findings:
    try:
        return program.judged(folder)
    except VerifyError:  # a folder that is refused has no verdict
        return program.Findings()


def _kinds(findings: program.Findings) -> tuple[list, ...]:
    return findings.rules, findings.violations, findings.certificates


def _verdict_on(folder: Folder, judged: program.Findings) -> int:
    findings = replace(judged, violations=[*judged.violations])
    try:
        record.check_verdict(folder.plan, findings)
    except program.UNREADABLE as error:
        return hash(f"{type(error).__name__} {error}")
    return hash(str(findings.violations[len(judged.violations) :]))


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """A change may make a check run for ever."""

    def end(*_):
        raise OverflowError

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def killer(mutant: Mutant, met: list[Met]) -> str:
    """Name of the first folder that gets another report; it is asked first the next time."""
    names = concerned(mutant.module)
    if mutant.module == "record":
        names |= {VERDICT}
    for folder in met:
        folder.said(names)
    try:
        with in_place(mutant):
            for folder in met:
                if _is_other(folder, names):
                    met.remove(folder)
                    met.insert(0, folder)
                    return folder.name
    except Exception as error:  # whatever changed code raises, nobody takes it for a report
        return type(error).__name__
    return ""


def _is_other(folder: Met, names: frozenset[str]) -> bool:
    with _bounded(LONGEST_S):
        said = folder.said(names)
        return any(said.get(name) != now for name, now in folder.report(names))


def main() -> int:
    """Print the table; 1 where a mutant lives that nobody has argued for."""
    options = argparse.ArgumentParser(prog="python -m tests.mutation.verifier", description=__doc__)
    options.add_argument("--only", nargs="+", default=modules(), choices=modules())
    options.add_argument("--quick", action="store_true", help="recorded folders only")
    asked = options.parse_args()
    known, patterns = recorded(), argued()
    total, alive, left = Counter(), [], set[str]()
    with tempfile.TemporaryDirectory() as place:
        met = battery(Path(place), {*known.values()} if asked.quick else None)
        print(f"{len(met)} folders, {time.process_time():.0f} CPU s", flush=True)
        places = {folder.name: folder for folder in met}
        for module in asked.only:
            count, rows = Counter(), []
            assert not killer(unchanged(module), met), f"{module} unchanged is another verifier"
            for mutant in mutants_of(module):
                first = places.get(known.get(mutant.name, ""))
                by = killer(mutant, [first]) if first else ""
                by = by or killer(mutant, met)
                rows.append((mutant.name, by))
                fate = "killed" if by else "argued" if is_argued(mutant, patterns) else "alive"
                count[fate] += 1
                if fate == "alive":
                    alive.append(mutant.name)
                    print(f"alive: {mutant.name}", flush=True)
            total += count
            left |= {name for name, by in rows if not by}
            if not asked.quick:
                _keep(module, rows)
            print(_line(module, count), flush=True)
    idle = [p for p in patterns if not any(fnmatchcase(name, p) for name in left)]
    if asked.only == modules():
        print(*(f"argues for nothing: {p}" for p in idle), sep="\n")
    print(_line("in all", total), f"{time.process_time():.0f} CPU s")
    return int(bool(alive))


def recorded() -> dict[str, str]:
    """What the last run of each module found: mutant -> the folder that killed it, or ""."""
    if not RECORD.exists():
        return {}
    with RECORD.open(encoding="utf-8", newline="") as stream:
        return {row["mutant"]: row["folder"] for row in csv.DictReader(stream)}


def _module(mutant: str) -> str:
    return mutant.partition(".")[0]


def argued() -> list[str]:
    """Patterns of the mutants that no folder can show."""
    entries = tomllib.loads(ARGUED.read_text("utf-8"))["equivalent"]
    return [pattern for entry in entries for pattern in entry["mutants"]]


def is_argued(mutant: Mutant, patterns: list[str]) -> bool:
    """Somebody has written why no folder can show *mutant*."""
    return any(fnmatchcase(mutant.name, p) for p in patterns)


def _keep(module: str, rows: list[tuple[str, str]]) -> None:
    """Record what was found of *module* in place of what was known of it."""
    others = [(name, by) for name, by in recorded().items() if _module(name) != module]
    rows = sorted([*others, *rows], key=lambda row: _module(row[0]))
    with RECORD.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("mutant", "folder"))
        writer.writerows(rows)


def _line(name: str, count: Counter) -> str:
    kinds = "".join(f"{count[kind]:>7} {kind}" for kind in ("killed", "argued", "alive"))
    return f"{name:<16}{count.total():>6} mutants{kinds}"


if __name__ == "__main__":
    sys.exit(main())
