"""One HiGHS run on arrays: start, incumbents, interrupt, limits; the only file that knows highspy.

Every raw model status is mapped to a closed set of our own, unknown options are errors, and a run
never shares state with another (reliability rules R1-R4).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from optimizer.solve.arrays import Bools, Floats

LARGEST_INFINITE = 1e30


class RunStatus(Enum):
    """What a run ended with; ``INFEASIBLE`` is a suspicion until somebody proves it."""

    OPTIMAL = "optimal"  # to the gap asked for
    LIMIT = "limit"
    INTERRUPTED = "interrupted"
    INFEASIBLE = "infeasible_suspected"
    UNBOUNDED = "unbounded_bug"
    MEMORY = "memory"
    ERROR = "error"


_M: Any = highspy.HighsModelStatus
STATUS = {
    _M.kOptimal: RunStatus.OPTIMAL,
    _M.kModelEmpty: RunStatus.OPTIMAL,
    _M.kInfeasible: RunStatus.INFEASIBLE,
    _M.kUnboundedOrInfeasible: RunStatus.INFEASIBLE,
    _M.kUnbounded: RunStatus.UNBOUNDED,
    _M.kObjectiveBound: RunStatus.LIMIT,
    _M.kObjectiveTarget: RunStatus.LIMIT,
    _M.kTimeLimit: RunStatus.LIMIT,
    _M.kIterationLimit: RunStatus.LIMIT,
    _M.kSolutionLimit: RunStatus.LIMIT,
    _M.kInterrupt: RunStatus.INTERRUPTED,
    _M.kHighsInterrupt: RunStatus.INTERRUPTED,
    _M.kMemoryLimit: RunStatus.MEMORY,
}
BASIS_STATUS = {int(status): status for status in highspy.HighsBasisStatus.__members__.values()}


@dataclass(frozen=True)
class Problem:
    """Minimise ``cost · y`` over the rows and bounds; ``is_integer`` all False for an LP."""

    cost: Floats
    matrix: sparse.csr_matrix
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    is_integer: Bools


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one run; ``nodes`` and ``stall_nodes`` keep a run reproducible, seconds do not."""

    gap: float = 0.01
    absolute_gap: float = 1e-6
    seconds: float | None = None
    nodes: int | None = None
    stall_nodes: int | None = None
    threads: int = 1
    seed: int = 0
    simplex: bool = True
    whole: bool = True  # False: the linear relaxation
    is_quick: bool = False  # few cuts and heuristics, no restarts, no presolve of a relaxation
    cutoff: float | None = None  # only points that cost less are sought


@dataclass(frozen=True)
class Basis:
    """Where a linear relaxation ended: HiGHS's status numbers, one a column and one a row."""

    columns: npt.NDArray[np.int8]
    rows: npt.NDArray[np.int8]


@dataclass(frozen=True)
class Run:
    """Outcome of one run; ``point`` is the best feasible point or None; ``bound`` may be -inf."""

    status: RunStatus
    point: Floats | None
    value: float
    bound: float
    duals: Floats | None = None
    reduced: Floats | None = None
    nodes: int = 0
    basis: Basis | None = None


def run(
    problem: Problem,
    limits: Limits,
    *,
    start: Floats | None = None,
    basis: Basis | None = None,
    on_incumbent: Callable[[Floats], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Run:
    """Solve *problem* in a fresh HiGHS object; *start* is a hint that HiGHS checks itself.

    A relaxation goes on from *basis*, where the same rows and columns ended at another cost.

    HiGHS 1.16.0 has been seen to end at a start and call it optimal beside a bound that says
    otherwise; such a claim is not believed: the run is repeated without the start.
    """
    problem = problem if limits.whole else as_relaxation(problem)
    found = _run_once(problem, limits, start, basis, on_incumbent, should_stop)
    if start is None or not _contradicts_itself(found, limits):
        return found
    again = _run_once(problem, limits, None, None, on_incumbent, should_stop)
    return again if again.value <= found.value else replace(found, status=RunStatus.LIMIT)


def as_relaxation(problem: Problem) -> Problem:
    """*problem* with no column integer."""
    return replace(problem, is_integer=np.zeros_like(problem.is_integer))


def _contradicts_itself(found: Run, limits: Limits) -> bool:
    allowed = max(limits.absolute_gap, limits.gap * abs(found.value)) + 1e-6 * abs(found.value)
    return found.status is RunStatus.OPTIMAL and found.value - found.bound > allowed


def _run_once(
    problem: Problem,
    limits: Limits,
    start: Floats | None,
    basis: Basis | None,
    on_incumbent: Callable[[Floats], None] | None,
    should_stop: Callable[[], bool] | None,
) -> Run:
    _prepare_scheduler(limits.threads)
    solver = _new_solver()
    for option, value in _options(limits).items():
        if solver.setOptionValue(option, value) != highspy.HighsStatus.kOk:
            raise ValueError(f"HiGHS does not know the option {option} = {value}")
    if solver.passModel(_highs_lp(problem)) == highspy.HighsStatus.kError:
        return Run(RunStatus.ERROR, None, np.inf, -np.inf)
    if start is not None and problem.is_integer.any():
        _set_start(solver, start)
    if basis is not None and not problem.is_integer.any():
        solver.setBasis(_as_highs(basis))
    _subscribe(solver, on_incumbent, should_stop)
    solver.run()
    return _read(solver, problem)


def _prepare_scheduler(threads: int) -> None:
    """End the scheduler all HiGHS objects of a process share if it has another number of threads.

    HiGHS makes it at the first run and refuses a later one that asks for another number.
    """
    if _scheduled and _scheduled[-1] != threads:
        highspy.Highs.resetGlobalScheduler(True)
    _scheduled[:] = [threads]


_scheduled: list[int] = []


def _new_solver() -> Any:
    new: Any = highspy.Highs
    return new()


def _options(limits: Limits) -> dict[str, bool | int | float | str]:
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "mip_rel_gap": limits.gap,
        "mip_abs_gap": limits.absolute_gap,
        "threads": limits.threads,
        "random_seed": limits.seed,
        "primal_feasibility_tolerance": 1e-8,
        "mip_feasibility_tolerance": 1e-8,
    }
    if limits.seconds is not None:
        options["time_limit"] = max(limits.seconds, 0.01)
    if limits.nodes is not None:
        options["mip_max_nodes"] = limits.nodes
    if limits.stall_nodes is not None:
        options["mip_max_stall_nodes"] = limits.stall_nodes
    if limits.is_quick:
        options |= {
            "mip_allow_restart": False,
            "mip_allow_cut_separation_at_nodes": False,
            "mip_pool_age_limit": 2,
            "mip_heuristic_run_rins": False,
            "mip_heuristic_run_rens": False,
        }
        if not limits.whole:
            options["presolve"] = "off"
    if limits.cutoff is not None:
        options["objective_bound"] = limits.cutoff
    if not limits.simplex:
        options["solver"] = "ipm"
        options["run_crossover"] = "off"
    return options


def _highs_lp(problem: Problem) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_ = len(problem.cost)
    lp.num_row_ = len(problem.row_lower)
    lp.col_cost_ = problem.cost
    lp.col_lower_ = problem.lower
    lp.col_upper_ = problem.upper
    lp.row_lower_ = problem.row_lower
    lp.row_upper_ = problem.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = problem.matrix.indptr
    lp.a_matrix_.index_ = problem.matrix.indices
    lp.a_matrix_.value_ = problem.matrix.data
    if problem.is_integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(whole)] for whole in problem.is_integer]
    return lp


def _set_start(solver: Any, start: Floats) -> None:
    solution = highspy.HighsSolution()
    solution.col_value = list(start)
    solver.setSolution(solution)


def _as_highs(basis: Basis) -> highspy.HighsBasis:
    found = highspy.HighsBasis()
    found.col_status = [BASIS_STATUS[k] for k in basis.columns.tolist()]
    found.row_status = [BASIS_STATUS[k] for k in basis.rows.tolist()]
    found.valid = True
    return found


def _basis(solver: Any) -> Basis | None:
    found = solver.getBasis()
    if not found.valid:
        return None
    columns, rows = (
        np.array([int(status) for status in side], dtype=np.int8)
        for side in (found.col_status, found.row_status)
    )
    return Basis(columns, rows)


def _subscribe(
    solver: Any,
    on_incumbent: Callable[[Floats], None] | None,
    should_stop: Callable[[], bool] | None,
) -> None:
    if on_incumbent is not None:
        solver.cbMipImprovingSolution.subscribe(
            lambda event: on_incumbent(np.array(event.data_out.mip_solution, dtype=float))
        )
    if should_stop is None:
        return

    def interrupt(event: Any) -> None:
        if should_stop():
            event.interrupt()

    for callback in (solver.cbMipInterrupt, solver.cbSimplexInterrupt, solver.cbIpmInterrupt):
        callback.subscribe(interrupt)


def _read(solver: Any, problem: Problem) -> Run:
    status = STATUS.get(solver.getModelStatus(), RunStatus.ERROR)
    info = solver.getInfo()
    solution = solver.getSolution()
    feasible = int(info.primal_solution_status) == int(highspy.kSolutionStatusFeasible)
    point = _point(solution, problem) if feasible and solution.value_valid else None
    if feasible and point is None:
        return Run(RunStatus.ERROR, None, np.inf, -np.inf)
    value = float(problem.cost @ point) if point is not None else np.inf
    if problem.is_integer.any():
        bound = float(info.mip_dual_bound)
        return Run(status, point, value, _finite(bound), nodes=int(info.mip_node_count))
    duals = np.array(solution.row_dual, dtype=float) if solution.dual_valid else None
    reduced = np.array(solution.col_dual, dtype=float) if solution.dual_valid else None
    bound = value if status is RunStatus.OPTIMAL else -np.inf
    basis = _basis(solver) if status is RunStatus.OPTIMAL else None
    return Run(status, point, value, bound, duals, reduced, basis=basis)


def _point(solution: Any, problem: Problem) -> Floats | None:
    """The values of *solution*; None where they are not a number a column."""
    point = np.array(solution.col_value, dtype=float)
    is_whole = point.shape == problem.cost.shape and bool(np.isfinite(point).all())
    return point if is_whole else None


def _finite(bound: float) -> float:
    return bound if abs(bound) < LARGEST_INFINITE else -np.inf
