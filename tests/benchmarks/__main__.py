"""``python -m tests.benchmarks S M --seeds 1,2,3 --seconds 300``: all solvers on the same cases.

Each run is a process tree of its own and ends at the gap or at so many CPU seconds of the tree,
counted from when the case is read; tables are Markdown. ``--only`` names the tables wanted.
"""

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.cities import SIZES, write_city
from tests.benchmarks.watch import Trace, watch

CHECKPOINTS = (10, 30, 60, 120, 300, 600, 1_200, 3_600)
GOOD = 0.95  # of the best value any solver found


def main() -> None:
    """Print the tables asked for."""
    asked = _asked()
    tables = {"gaps": _gaps, "paths": _paths}
    for name in asked.only.split(","):
        for row in tables[name](asked):
            print(row, flush=True)
        print(flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S"], metavar="SIZE", help=", ".join(SIZES))
    parser.add_argument("--engines", default="city,highs,scip,cpsat", help="also: exact")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--seconds", type=float, default=300.0, help="CPU seconds of one run")
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="gaps,paths", help="gaps, paths")
    return parser.parse_args()


def _cases(asked: argparse.Namespace) -> Iterator[tuple[str, int, Path]]:
    for size in asked.sizes:
        for seed in map(int, asked.seeds.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                yield size, seed, write_city(size, seed, Path(folder) / "city")


def _gaps(asked: argparse.Namespace) -> Iterator[str]:
    points = [s for s in CHECKPOINTS if s < asked.seconds]
    heads = ["size", "seed", "solver", "columns", "first plan, CPU s", f"≥ {GOOD:.0%}, CPU s"]
    heads += [f"at {s} s: value (gap %)" for s in points]
    heads += ["end: value", "bound", "gap %", "CPU s", "ms a community", "MB", "violations"]
    yield from _head(heads)
    for size, seed, scenario in _cases(asked):
        traces = {
            engine: _watched(_one(scenario, engine, asked), asked.seconds)
            for engine in asked.engines.split(",")
        }
        best = max((trace.last("value") or 0.0 for trace in traces.values()), default=0.0)
        for engine, trace in traces.items():
            yield _line([size, seed, engine, *_figures(trace, best, points, SIZES[size][0])])


def _watched(command: list[str], cpu_limit_s: float) -> Trace:
    """The trace; where the process failed of itself, its errors are shown."""
    trace = watch(command, cpu_limit_s)
    if trace.code not in (0, -signal.SIGTERM):
        print(f"{' '.join(command[2:])} ended with {trace.code}:\n{trace.errors}", file=sys.stderr)
    return trace


def _one(scenario: Path, engine: str, asked: argparse.Namespace) -> list[str]:
    said = [str(scenario), engine, str(asked.gap), str(asked.workers)]
    return [sys.executable, "-m", "tests.benchmarks.one", *said]


def _figures(trace: Trace, best: float, points: list[int], communities: int) -> list[object]:
    ends = trace.said[-1][0] if trace.said else 0.0
    solved = next((s for s, d in trace.said if "solved" in d), ends if trace.code == 0 else None)
    cpu_s = trace.cpu_s if solved is None else solved
    return [
        trace.last("columns") or "-",
        _seconds(trace.first_at_least(1e-9)),
        _seconds(trace.first_at_least(GOOD * best) if best else None),
        *(f"{_number(trace.last('value', s))} ({_percent(trace.gap(s))})" for s in points),
        _number(trace.last("value")),
        _number(trace.last("bound")),
        _percent(trace.gap()),
        f"{cpu_s:.0f}",
        f"{1000 * cpu_s / communities:.0f}",
        f"{trace.peak_mb:.0f}",
        "-" if trace.last("violations") is None else trace.last("violations"),
    ]


def _paths(asked: argparse.Namespace) -> Iterator[str]:
    yield from _head(["size", "seed", "what", "figures", "MB of the process"])
    for size, seed, scenario in _cases(asked):
        for name in ("built", "arrays", "pyomo", "edit"):
            command = [sys.executable, "-m", "tests.benchmarks.measure", name, str(scenario)]
            trace = _watched(command, asked.seconds)
            said = trace.said[-1][1] if trace.said else {"ended": trace.code}
            shown = {k: round(v, 3) if isinstance(v, float) else v for k, v in said.items()}
            yield _line([size, seed, name, json.dumps(shown), f"{trace.peak_mb:.0f}"])


def _head(names: list[str]) -> Iterator[str]:
    yield _line(names)
    yield _line(["---"] * len(names))


def _line(cells: list[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.2f}"


def _seconds(cpu_s: float | None) -> str:
    return "-" if cpu_s is None else f"{cpu_s:.1f}"


if __name__ == "__main__":
    main()
