"""Compiled arrays as problems to minimise, for tests and benchmarks without a search."""

from optimizer.solve.arrays import Floats
from optimizer.solve.compiled import Compiled
from optimizer.solve.session import Problem


def problem_of(compiled: Compiled, goal: str) -> Problem:
    """*goal* over all rows of *compiled*; a goal to maximise with its sign turned."""
    objective = compiled.objectives[goal]
    return problem_at(
        compiled, -objective.coefficients if objective.is_max else objective.coefficients
    )


def problem_at(compiled: Compiled, cost: Floats) -> Problem:
    """*cost* over all rows of *compiled*."""
    return Problem(
        cost,
        compiled.matrix,
        compiled.row_lower,
        compiled.row_upper,
        compiled.lower,
        compiled.upper,
        compiled.is_integer,
    )
