"""Each goal of contract section 5 in the columns of the relaxation, no worse than a plan's own.

A goal is a sum over columns and a constant: at most what a plan has of a goal that is minimised, at
least what it has of one that is maximised. Some goals take certain steps only.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from optimizer.checks.bound.program import Terms, each, total
from optimizer.checks.bound.stock import cost
from optimizer.checks.bound.town import Town
from optimizer.checks.folder import amount, exact
from optimizer.checks.goals import GOALS, NEW, STATE

ZERO = Fraction(0)


@dataclass(frozen=True)
class Worth:
    """``terms + constant``; a plan's own value is a multiple of ``step`` where that is not 0."""

    terms: Terms
    constant: Fraction = ZERO
    step: Fraction = ZERO


def _pilots(town: Town) -> Worth:
    values = {town.pilot[u]: town.hosts[u].priority for u in town.pilot}
    return Worth(dict(values), step=_step(values.values()))


def _residents(town: Town) -> Worth:
    values = {town.pilot[u]: town.hosts[u].residents for u in town.pilot}
    return Worth(dict(values), step=_step(values.values()))


def _step(values: Iterable[Fraction]) -> Fraction:
    """The largest number that all of *values* are multiples of."""
    found = ZERO
    for value in values:
        below = math.lcm(found.denominator, value.denominator)
        found = Fraction(math.gcd(int(found * below), int(value * below)), below)
    return found


def _streets(town: Town) -> Worth:
    today = len(town.facts.streets) - len(town.street)
    return Worth(each(town.street.values()), Fraction(today), Fraction(1))


def _communities(town: Town) -> Worth:
    today = len(town.facts.communities) - len(town.covered)
    return Worth(each(town.covered.values()), Fraction(today), Fraction(1))


def _hubs(town: Town) -> Worth:
    return Worth(each(town.hub.values()), step=Fraction(1))


def _service(town: Town, wanted: Callable[[str], bool]) -> Worth:
    facts = town.facts
    today = (_weight(town, f) * facts.existing((c, f)) for c, f in facts.needs if wanted(f))
    served = {column: _weight(town, f) for (_, f, _), column in town.serves.items() if wanted(f)}
    return Worth(dict(served), sum(today, ZERO))


def _weight(town: Town, function: str) -> Fraction:
    return amount(town.facts.functions[function], "weight")


def _all_service(town: Town) -> Worth:
    return _service(town, lambda _: True)


def _core_service(town: Town) -> Worth:
    return _service(town, lambda f: town.facts.functions[f]["core"] == "1")


def _worst(town: Town) -> Worth:
    """No more than the share of any community: whole need × worst ≤ what it is served."""
    for c, points in town.whole_need.items():
        planned = [(_weight(town, f), each(town.served.get((c, f), ()), -1)) for f in points]
        today = sum((_weight(town, f) * town.facts.existing((c, f)) for f in points), ZERO)
        name, whole = f"worst {c}", sum(points.values(), ZERO)
        town.program.at_most(name, total((whole, {town.worst: 1}), *planned), today)
    return Worth({town.worst: 1})


def _walking(town: Town) -> Worth:
    return Worth({column: town.facts.walk[b, c] for (b, _, c), column in town.serves.items()})


def _farthest(town: Town) -> Worth:
    """No less than the mean walk of any need: Σ persons × walk ≤ persons left × farthest."""
    walked: dict[tuple[str, str], Terms] = {}
    for (b, f, c), column in town.serves.items():
        walked.setdefault((c, f), {})[column] = town.facts.walk[b, c]
    for (c, f), terms in walked.items():
        longest = {town.farthest: -town.facts.left[c, f]}
        town.program.at_most(f"farthest {c} {f}", terms | longest)
    return Worth({town.farthest: 1})


def _rooms(town: Town, fits: Callable[[str, tuple[str, ...]], bool], weight: Fraction) -> Terms:
    return {column: weight for (b, kind), column in town.room.items() if fits(b, kind)}


def _office(town: Town) -> Worth:
    whole = sum(town.facts.floors.values(), ZERO) or Fraction(1)
    return Worth(_rooms(town, lambda _, kind: any(map(town.facts.is_office, kind)), 1 / whole))


def _with(town: Town, column: str, words: tuple[str, ...]) -> Worth:
    rows = town.facts.buildings
    return Worth(_rooms(town, lambda b, _: rows[b][column] in words, Fraction(1)))


def _state(town: Town) -> Worth:
    return _with(town, "owner", STATE)


def _new(town: Town) -> Worth:
    return _with(town, "route", NEW)


def _idle(town: Town) -> Worth:
    used = {column: town.area_m2[b] for (_, b), column in town.uses.items()}
    return Worth(total((1, used), (-1, each(town.room.values()))))


def _cost(town: Town) -> Worth:
    return Worth(cost(town))


WORTH: Mapping[str, Callable[[Town], Worth]] = {
    "communities_to_standard": _pilots,
    "residents_to_standard": _residents,
    "hubs": _hubs,
    "streets_covered": _streets,
    "communities_covered": _communities,
    "priority_need_served": _core_service,
    "need_served": _all_service,
    "worst_served": _worst,
    "walking_distance": _walking,
    "farthest_m": _farthest,
    "office_share": _office,
    "state_owned_m2": _state,
    "new_build_m2": _new,
    "idle_m2_left": _idle,
    "cost": _cost,
}


def worth_of(entry: Any, parts: Mapping[str, Worth]) -> Worth | None:
    """An entry of the goal order; None where a weight is negative and turns a goal round."""
    if not isinstance(entry, dict):
        return parts[entry]
    weights = {name: exact(weight) for name, weight in entry.items()}
    if any(weight < 0 for weight in weights.values()):
        return None
    signed = {name: -w if GOALS[name][0] else w for name, w in weights.items()}
    terms = total(*((w, parts[name].terms) for name, w in signed.items()))
    return Worth(terms, sum((w * parts[name].constant for name, w in signed.items()), ZERO))
