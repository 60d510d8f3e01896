"""A tiny case solved, written and verified without exports: its levels and its plan."""

from dataclasses import dataclass
from fractions import Fraction

from models.plan import Plan
from optimizer.case import read_case
from optimizer.errors import LinliError
from optimizer.run_folder import run_inputs, write_run
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.solve import solve
from optimizer.verify import verify
from tests.oracle.folder import write_case
from tests.oracle.goals import MAXIMISED

EXACT = SolveOptions(gap=0.0)


@dataclass(frozen=True)
class Solved:
    """Exact values of the levels as shown, larger always better in ``scores``, and the plan."""

    names: tuple[str, ...]
    values: tuple[Fraction, ...]
    plan: Plan

    @property
    def scores(self) -> list[Fraction]:
        signs = (1 if MAXIMISED[name] else -1 for name in self.names)
        return [sign * value for sign, value in zip(signs, self.values, strict=True)]


def quick(tiny, folder) -> Solved | None:
    """*tiny* solved in *folder*, verified; None where it is refused or has no plan."""
    try:
        case = read_case(write_case(tiny, folder / "case"))
    except LinliError:
        return None
    outcome = solve(case.instance, EXACT)
    if outcome.plan is None:
        return None
    out = folder / "out"
    out.mkdir()
    write_run(run_inputs(case), outcome, EXACT, out)
    assert verify(out, is_published=False).violations == []
    levels = outcome.levels
    return Solved(tuple(x.name for x in levels), tuple(x.value for x in levels), outcome.plan)
