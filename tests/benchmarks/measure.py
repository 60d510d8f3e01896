"""One figure of a case, in its own process: ``python -m tests.benchmarks.measure NAME CASE``."""

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from models.build import build
from models.instance import Instance
from optimizer.case import read_case
from optimizer.run_folder import run_inputs, write_run
from optimizer.solve.compiled import compile_model
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.session import _highs_lp, _new_solver
from optimizer.solve.solve import solve
from tests.arrays import problem_of

TOO_LARGE_M2 = "99999.00"


def arrays(scenario: Path) -> dict[str, float]:
    """Compiled arrays passed to HiGHS."""
    model = build(_first_level(scenario))
    started = time.process_time()
    compiled = compile_model(model)
    solver = _new_solver()
    solver.passModel(_highs_lp(problem_of(compiled, next(iter(compiled.objectives)))))
    return {"columns": solver.getNumCol(), "cpu_s": time.process_time() - started}


def pyomo(scenario: Path) -> dict[str, float]:
    """The same model through Pyomo's own interface to HiGHS."""
    from pyomo.contrib.solver.solvers.highs import Highs

    model = build(_first_level(scenario))
    started = time.process_time()
    solver = Highs()
    solver.set_instance(model)
    columns = solver._solver_model.getNumCol()
    return {"columns": columns, "cpu_s": time.process_time() - started}


def built(scenario: Path) -> dict[str, float]:
    """Building alone, whose memory both paths stand on."""
    instance = _first_level(scenario)
    started = time.process_time()
    build(instance)
    return {"cpu_s": time.process_time() - started}


def edit(scenario: Path) -> dict[str, object]:
    """One area of a plan made too large by hand: how long ``linli verify`` takes to name it."""
    case, ends = read_case(scenario), time.monotonic() + 60
    options = SolveOptions(engine="city", workers=1)
    has_plan: list[bool] = []
    outcome = solve(
        case.instance,
        options,
        lambda kind, data: has_plan.append(True) if kind == "plan" and data.plan.sitings else None,
        lambda: bool(has_plan) and time.monotonic() > ends,
    )
    with tempfile.TemporaryDirectory() as folder:
        write_run(run_inputs(case), outcome, options, Path(folder))
        _spoil(Path(folder) / "allocation.csv")
        started = _children_cpu_s()
        said = subprocess.run(
            [sys.executable, "-m", "optimizer", "verify", folder, "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
        cpu_s = _children_cpu_s() - started
    rows = len(outcome.plan.allocations) if outcome.plan else 0
    return {"cpu_s": cpu_s, "code": said.returncode, "rows": rows, "said": len(said.stdout)}


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _spoil(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0]["area_m2"] = TOO_LARGE_M2
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _first_level(scenario: Path) -> Instance:
    instance = read_case(scenario).instance
    return replace(instance, goals=instance.goals[:1])


MEASURES = {f.__name__: f for f in (arrays, pyomo, built, edit)}

if __name__ == "__main__":
    print(json.dumps(MEASURES[sys.argv[1]](Path(sys.argv[2]))), flush=True)
