"""One engine on the first level of one case, in a process of its own: a JSON object a line.

``python -m tests.benchmarks.one SCENARIO ENGINE GAP WORKERS``; SIGTERM asks our engines to end with
the plan they have, which is then written and verified.
"""

import json
import signal
import sys
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from models.build import build
from optimizer.case import Case, read_case
from optimizer.run_folder import run_inputs, write_run
from optimizer.solve.compiled import compile_model
from optimizer.solve.outcome import Outcome, SolveOptions
from optimizer.solve.solve import solve
from optimizer.verify import verify
from tests.arrays import problem_of
from tests.benchmarks.rivals import RIVALS


def say(**figures: object) -> None:
    print(json.dumps(figures), flush=True)


def main() -> None:
    scenario, engine, gap, workers = sys.argv[1:]
    case = read_case(Path(scenario))
    case = replace(case, instance=replace(case.instance, goals=case.instance.goals[:1]))
    say(ready=True)
    if engine in RIVALS:
        rival(case, engine, float(gap))
    else:
        ours(case, SolveOptions(engine=engine, gap=float(gap), workers=int(workers)))


def ours(case: Case, options: SolveOptions) -> None:
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: asked.append(number))

    def hear(kind, data):
        if kind == "plan":
            say(value=float(data.values[0]))
        elif kind == "round":
            say(bound=float(Fraction(data["bound"])))
        elif kind == "level" and data.bound is not None:
            say(
                value=float(data.value), bound=float(data.bound), exact=data.exact_bound is not None
            )
        elif kind == "stage":
            say(stage=data)

    outcome = solve(case.instance, options, hear, lambda: bool(asked))
    say(solved=True, columns=build_width(case))
    if outcome.plan is not None:
        say(violations=violations(case, outcome, options))


def build_width(case: Case) -> int:
    return compile_model(build(case.instance)).width


def violations(case: Case, outcome: Outcome, options: SolveOptions) -> int:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        write_run(run_inputs(case), outcome, options, out)
        return len(verify(out, is_published=False).violations)


def rival(case: Case, engine: str, gap: float) -> None:
    compiled = compile_model(build(case.instance))
    goal = next(iter(compiled.objectives.values()))
    sign, problem = -1.0 if goal.is_max else 1.0, problem_of(compiled, goal.name)
    say(columns=compiled.width)
    last: dict[str, float] = {}

    def tell(value: float, bound: float) -> None:
        figures = {"value": value, "bound": bound}
        told = {
            name: round(sign * x + goal.offset, 6)
            for name, x in figures.items()
            if np.isfinite(x) and abs(x) < 1e15
        }
        if told != last:
            last.clear()
            last.update(told)
            say(**told)

    RIVALS[engine](problem, gap, tell)


if __name__ == "__main__":
    main()
