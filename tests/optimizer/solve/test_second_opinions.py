"""The same arrays under other engines: one objective, or the instance is a defect to look at.

HiGHS with presolve off and with its rows shuffled, SCIP, and CP-SAT in scaled integers.
"""

from fractions import Fraction

import highspy
import numpy as np
import pytest

from models.build import build
from optimizer.case import read_case
from optimizer.solve.compiled import compile_model
from optimizer.solve.session import Limits, Problem, _highs_lp, run
from tests.mutation.cases import CASES
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case

EVERYDAY = ["two could be pilots, one place", "two pilots as one", "money by year"]
SEEDS = [*range(20), 24, 28, 32, 36, 40]
GRID = 10_000  # of a unit: areas, persons and money in CP-SAT


def problem_of(tiny, folder, seed=None):
    """The first level: all goals weighed as they come, so that every row matters."""
    instance = read_case(write_case(tiny, folder)).instance
    compiled = compile_model(build(instance))
    cost = np.zeros(compiled.width)
    for k, objective in enumerate(compiled.objectives.values()):
        sign = -1 if objective.is_max else 1
        cost += sign * objective.coefficients / 10.0**k
    order = np.arange(len(compiled.rows))
    if seed is not None:
        np.random.default_rng(seed).shuffle(order)
    return Problem(
        cost,
        compiled.matrix[order],
        compiled.row_lower[order],
        compiled.row_upper[order],
        compiled.lower,
        compiled.upper,
        compiled.is_integer,
    )


def by_highs_without_presolve(problem):
    solver = highspy.Highs()
    for option, value in {"output_flag": False, "presolve": "off", "mip_rel_gap": 0.0}.items():
        solver.setOptionValue(option, value)
    solver.passModel(_highs_lp(problem))
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return np.inf
    return solver.getInfo().objective_function_value


def by_scip(problem):
    scip = pytest.importorskip("pyscipopt")
    model = scip.Model()
    model.hideOutput()
    model.setParam("limits/gap", 0.0)
    model.setParam("limits/time", 60)
    kinds = np.where(problem.is_integer, "I", "C")
    y = [
        model.addVar(lb=low, ub=high, vtype=kind, obj=cost)
        for low, high, kind, cost in zip(
            problem.lower, problem.upper, kinds, problem.cost, strict=True
        )
    ]
    for low, terms, high in rows_of(problem):
        if not terms:
            continue
        body = scip.quicksum(x * y[j] for j, x in terms)
        if np.isfinite(low):
            model.addCons(body >= low)
        if np.isfinite(high):
            model.addCons(body <= high)
    model.optimize()
    if model.getStatus() == "infeasible":
        return np.inf
    assert model.getStatus() == "optimal"
    return model.getObjVal()


def by_cp_sat(problem):
    """Amounts on a grid of 1 / GRID; sides are opened by one step of the grid a term."""
    cp_model = pytest.importorskip("ortools.sat.python.cp_model")
    model = cp_model.CpModel()
    grid = np.where(problem.is_integer, 1, GRID)
    y = [
        model.new_int_var(int(np.ceil(low * g)), int(np.floor(min(high, 1e6) * g)), "")
        for low, high, g in zip(problem.lower, problem.upper, grid, strict=True)
    ]
    for low, terms, high in rows_of(problem):
        exact = [(j, Fraction(repr(x)).limit_denominator(10**6) / int(grid[j])) for j, x in terms]
        scale = max((x.denominator for _, x in exact), default=1)
        whole = [(j, round(x * scale)) for j, x in exact]
        slack = sum(abs(x) for j, x in whole if grid[j] > 1)
        body = sum(x * y[j] for j, x in whole)
        if np.isfinite(low):
            model.add(body >= int(np.ceil(low * scale)) - slack)
        if np.isfinite(high):
            model.add(body <= int(np.floor(high * scale)) + slack)
    costs = [round(c / g * 10**9) for c, g in zip(problem.cost, grid, strict=True)]
    model.minimize(sum(c * v for c, v in zip(costs, y, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = 60
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return solver.objective_value / 10**9


def rows_of(problem):
    matrix = problem.matrix
    for i, (low, high) in enumerate(zip(problem.row_lower, problem.row_upper, strict=True)):
        inside = slice(matrix.indptr[i], matrix.indptr[i + 1])
        terms = zip(matrix.indices[inside].tolist(), matrix.data[inside].tolist(), strict=True)
        yield low, list(terms), high


def agree(tiny, folder, *, with_cp_sat):
    problem = problem_of(tiny, folder / "a")
    first = run(problem, Limits(gap=0.0, seconds=60)).value
    others = {
        "rows shuffled": run(problem_of(tiny, folder / "b", seed=7), Limits(gap=0.0)).value,
        "no presolve": by_highs_without_presolve(problem),
        "SCIP": by_scip(problem),
    }
    assert others == pytest.approx(dict.fromkeys(others, first), rel=1e-6, abs=1e-6)
    if with_cp_sat:
        assert by_cp_sat(problem) == pytest.approx(first, rel=1e-3, abs=2e-2)


@pytest.mark.parametrize("name", EVERYDAY)
def test_engines_agree_on_small_cases(name, tmp_path):
    agree(CASES[name], tmp_path, with_cp_sat=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(CASES) - set(EVERYDAY)))
def test_engines_agree_on_every_hand_made_case(name, tmp_path):
    agree(CASES[name], tmp_path, with_cp_sat=False)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_engines_agree_on_random_cases(seed, tmp_path):
    agree(random_case(seed), tmp_path, with_cp_sat=False)
