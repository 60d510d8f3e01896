"""The goals of contract section 5 as the search sees them: what a target fixes, and a linear form.

A level is scored so that more is always better; what is shown of it is the score or its negative.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.case import TinyCase, exact
from tests.oracle.records import Facts

ZERO, ONE = Fraction(0), Fraction(1)
Terms = dict[tuple, Fraction]
STATE_OWNERS = ("state", "municipal_soe", "department")
NEW_BUILD = ("allocation", "supplement")
DEFAULT = (
    "communities_to_standard",
    "streets_covered",
    "residents_to_standard",
    "need_served",
    "cost",
)
MAXIMISED = {
    "communities_to_standard": True,
    "residents_to_standard": True,
    "hubs": True,
    "streets_covered": True,
    "communities_covered": True,
    "priority_need_served": True,
    "need_served": True,
    "worst_served": True,
    "walking_distance": False,
    "farthest_m": False,
    "office_share": False,
    "state_owned_m2": True,
    "new_build_m2": False,
    "idle_m2_left": False,
    "cost": False,
}


@dataclass(frozen=True)
class Level:
    """One entry of the goal order; ``parts`` are goals with the sign that makes more better."""

    name: str
    is_max: bool
    parts: tuple[tuple[str, Fraction], ...]

    @property
    def is_counted(self) -> bool:
        """The target alone decides it."""
        return not any(goal in LINEAR for goal, _ in self.parts)

    def shown(self, score: Fraction) -> Fraction:
        """The value a run shows for *score*, and the other way round."""
        return score if self.is_max else -score

    def score(self, values: Mapping[str, Fraction]) -> Fraction:
        """The score of a plan with the *values* of single goals."""
        return sum((w * values[goal] for goal, w in self.parts), ZERO)


def levels_of(case: TinyCase) -> tuple[Level, ...]:
    """The goal order of *case*; a weighted level is minimised, Σ w × min - Σ w × max goals."""
    order = case.said("goals", "order") or case.pack.get("goals") or DEFAULT
    return tuple(_level(entry) for entry in order)


def _level(entry) -> Level:
    if isinstance(entry, str):
        is_max = MAXIMISED[entry]
        return Level(entry, is_max, ((entry, ONE if is_max else -ONE),))
    parts = tuple((g, exact(w) if MAXIMISED[g] else -exact(w)) for g, w in entry.items())
    return Level("+".join(entry), False, parts)


def asked(case: TinyCase) -> set[str]:
    """Every single goal in use."""
    return {goal for level in levels_of(case) for goal, _ in level.parts}


# -- what a target fixes -------------------------------------------------------------------------


def fixed(level: Level, facts: Facts, target) -> Fraction:
    """The part of the score that *target* and what exists today decide."""
    return sum((w * FIXED[g](facts, target) for g, w in level.parts if g in FIXED), ZERO)


def streets_covered(facts: Facts, hubs) -> int:
    """Streets with a hub of today, or that hold one of *hubs* (host, sites) whole (A25)."""
    planned = set()
    for _, sites in hubs:
        streets = {facts.street(b) for b in facts.buildings if facts.site(b) in sites}
        planned |= streets if len(streets) == 1 else set()
    return len(facts.streets_today | (planned & facts.streets))


def communities_covered(facts: Facts, hubs) -> int:
    """Communities with a hub: of today, planned, or of the union that acts for them."""
    hosts = {u for u, _ in hubs} | {u for u, s in facts.communities.items() if s.has_hub}
    members = {c for u in hosts for c in facts.communities[u].members}
    return len(members | facts.covered_today)


def _pilots(facts: Facts, target):
    return [facts.communities[u] for u in target.pilots]


def _existing(facts: Facts, is_wanted: Callable[[str], bool]) -> Fraction:
    met = ((f, existing) for (_, f), (existing, _) in facts.needs.items() if is_wanted(f))
    return sum((facts.functions[f].weight * existing for f, existing in met), ZERO)


FIXED: dict[str, Callable] = {
    "communities_to_standard": lambda facts, t: sum((p.priority for p in _pilots(facts, t)), ZERO),
    "residents_to_standard": lambda facts, t: sum(p.residents for p in _pilots(facts, t)),
    "hubs": lambda _, t: len(t.hubs),
    "streets_covered": lambda facts, t: streets_covered(facts, t.hubs),
    "communities_covered": lambda facts, t: communities_covered(facts, t.hubs),
    "priority_need_served": lambda facts, _: _existing(facts, lambda f: facts.functions[f].is_core),
    "need_served": lambda facts, _: _existing(facts, lambda _f: True),
    "worst_served": lambda facts, _: ZERO if wholes(facts) else ONE,
    "farthest_m": lambda _, t: t.farthest or ZERO,
}


# -- what areas and persons decide ---------------------------------------------------------------


def terms_of(level: Level, facts: Facts, lp) -> Terms:
    """The other part of the score: linear in the columns of *lp*."""
    terms: Terms = {}
    for goal, w in level.parts:
        for name, x in LINEAR[goal](facts, lp).items() if goal in LINEAR else ():
            terms[name] = terms.get(name, ZERO) + w * x
    return terms


def wholes(facts: Facts) -> dict[str, Fraction]:
    """Community -> weighted whole need, where it has any."""
    found: dict[str, Fraction] = {}
    for (c, f), (met, left) in facts.needs.items():
        found[c] = found.get(c, ZERO) + facts.functions[f].weight * (met + left)
    return {c: points for c, points in found.items() if points}


def hold_the_worst(facts: Facts, lp) -> None:
    """The column ``worst`` lies below every community's share."""
    if not wholes(facts):
        return
    lp.upper["worst",] = ONE
    lp.at_most({("worst",): ONE}, 1)
    for c, whole in wholes(facts).items():
        met = sum(
            (facts.functions[f].weight * m for (d, f), (m, _) in facts.needs.items() if d == c),
            ZERO,
        )
        planned = {n: -x for n, x in lp.need.items() if n[3] == c}
        lp.at_most({("worst",): whole, **planned}, met)


def _areas(lp, is_wanted: Callable[[tuple], bool]) -> Terms:
    return {n: ONE for n in lp.upper if n[0] == "area" and is_wanted(n)}


def _idle(facts: Facts, lp) -> Terms:
    whole = {n: sum(facts.floors[n[1]].values(), ZERO) for n in lp.upper if n[0] == "used"}
    return whole | {n: -x for n, x in _areas(lp, lambda _: True).items()}


def _office(facts: Facts, lp) -> Terms:
    whole = sum((room for floors in facts.floors.values() for room in floors.values()), ZERO)
    return {n: x / whole for n, x in _areas(lp, lambda n: n[2] == "office").items()}


def _where(column: str, default: str, words: tuple[str, ...]) -> Callable:
    return lambda facts, lp: _areas(
        lp, lambda n: (facts.buildings[n[1]].get(column) or default) in words
    )


LINEAR: dict[str, Callable] = {
    "need_served": lambda _, lp: lp.need,
    "priority_need_served": lambda facts, lp: {
        n: x for n, x in lp.need.items() if facts.functions[n[2]].is_core
    },
    "worst_served": lambda facts, lp: {("worst",): ONE} if ("worst",) in lp.upper else {},
    "walking_distance": lambda facts, lp: {n: facts.walks.between(n[1], n[3]) for n in lp.need},
    "office_share": _office,
    "state_owned_m2": _where("owner", "state", STATE_OWNERS),
    "new_build_m2": _where("route", "transfer", NEW_BUILD),
    "idle_m2_left": _idle,
    "cost": lambda _, lp: lp.cost,
}
