"""The engines: how one level is improved and bounded. Registry ENGINES; ``auto`` picks by size.

An engine gets the search at a level and returns a bound on the level's goal in model units of the
minimised cost (lower bound). It improves the plan through ``search.offer`` only.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from models.objectives import CLOSING, TIES
from optimizer.solve.blocks import Blocks
from optimizer.solve.bounds import Bound
from optimizer.solve.certificate import exact_lower_bound
from optimizer.solve.city import city
from optimizer.solve.compiled import COORDINATOR, Compiled
from optimizer.solve.reduction import without_fixed
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, Problem, Run, as_relaxation
from optimizer.solve.units import in_units
from optimizer.solve.windows import tidy_hosts

EXACT_UP_TO = 6_000  # columns; above, HiGHS called on the whole model finds its first plan late
EXACT_OF_FEW_UP_TO = 120_000  # columns, where hosts have few choices each
FEW_CHOICES = 6  # 0/1 columns a host
CLOSE = Limits(gap=0.0, nodes=500)
NEARLY_CLOSED = 1e-3  # from here on rounding may be all that is left of a gap
CLOSED = 1e-6

Engine = Callable[[Search, Blocks], Bound]


def exact(search: Search, blocks: Blocks) -> Bound:
    """HiGHS on the whole model of the level, from the best plan, to the gap; its own bound."""
    del blocks
    found, proved = whole(search)
    search.offer(found.point)
    _offer_in_units(search, found.bound)
    return Bound(found.bound, proved)


def _offer_in_units(search: Search, bound: float) -> None:
    """Offer whole areas for the best plan's choices where rounding is what is left of the gap."""
    if search.is_within(bound, NEARLY_CLOSED) and not search.is_within(bound, CLOSED):
        assert search.best is not None
        search.offer(in_units(search, search.best.point, ~search.compiled.is_integer))


def whole(search: Search) -> tuple[Run, Fraction | None]:
    """The run on the whole model of the level, and what is proved of it in exact arithmetic."""
    problem = search.problem(search.cost_of(search.goal_name))
    start = search.best.point if search.best else None
    return search.run(problem, _level_limits(search), start), _proved(search, problem)


def prove(search: Search, blocks: Blocks) -> Bound:
    """The same for a closing level, which no gap of the user's ends: to none, or to a limit."""
    if search.goal_name == TIES[-1]:
        search.shrink()
        return Bound()
    del blocks
    problem = search.problem(search.cost_of(search.goal_name))
    limits = replace(CLOSE, absolute_gap=search.absolute_gap())
    found = search.run(problem, limits, search.best.point if search.best else None)
    search.offer(found.point)
    _offer_in_units(search, found.bound)
    return Bound(found.bound)


def tidy(search: Search, blocks: Blocks) -> Bound:
    """Host by host, the rest of the plan fixed: nothing can be dropped or shrunk alone.

    The last level has no more to drop: it shrinks all areas at once, 0/1 choices kept.
    """
    if search.goal_name == CLOSING[-1]:
        search.shrink()
    else:
        tidy_hosts(search, blocks)
    return Bound()


ENGINES: Mapping[str, Engine] = {"exact": exact, "city": city}
CLOSERS: Mapping[str, Engine] = {"exact": prove, "city": tidy}


def choose(name: str, compiled: Compiled) -> tuple[str, str]:
    """(engine, why) for *name*, which may be ``auto``.

    Blocks of a few choices have no better bound than the relaxation of the whole, which is where
    HiGHS begins: plain facility location is of that kind.
    """
    columns, choices = compiled.width, _choices_a_host(compiled)
    if name != "auto":
        return name, "asked for"
    if columns <= EXACT_UP_TO:
        return "exact", f"{columns} columns, at most {EXACT_UP_TO}: the whole model at once"
    if choices <= FEW_CHOICES and columns <= EXACT_OF_FEW_UP_TO:
        why = f"{choices:.0f} choices a host, at most {FEW_CHOICES}: the whole model at once"
        return "exact", why
    return (
        "city",
        f"{columns} columns, more than {EXACT_UP_TO}: hosts priced one by one and packed",
    )


def _choices_a_host(compiled: Compiled) -> float:
    hosts = set(compiled.owners) - {COORDINATOR}
    return float(compiled.is_integer.sum()) / max(1, len(hosts))


def _level_limits(search: Search) -> Limits:
    return Limits(gap=search.options.level_gap, absolute_gap=search.absolute_gap())


def _proved(search: Search, problem: Problem) -> Fraction | None:
    """What the duals of the whole relaxation prove in exact arithmetic; None out of time."""
    if search.should_stop():
        return None
    small, left = without_fixed(as_relaxation(problem))
    duals = np.zeros(len(problem.row_lower))
    if len(small.cost):
        found = search.run(small, Limits())
        if found.duals is None:
            return None
        duals = left.lift_duals(found.duals)
    return exact_lower_bound(problem, duals)
