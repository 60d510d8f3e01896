"""The lexicographic optimum of a tiny case by branching over its 0/1 choices.

Targets are taken best first; under one target the hosts and installations are enumerated, a branch
being left only where weak duality proves that nothing better is in it. Every complete choice is
settled by the exact rational program. Values are exact up to ``MARGIN`` of their size.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

import numpy as np

from tests.oracle.case import TinyCase, exact
from tests.oracle.clauses import OFFICE, facts_of
from tests.oracle.lp import exact_maximise, safe_maximise
from tests.oracle.program import Choices, Name, Program, program_of
from tests.oracle.records import Facts
from tests.oracle.targets import Target, Triple, ranked
from tests.oracle.unions import worlds
from tests.oracle.upgrades import variants

MARGIN = 1e-9  # a branch that could win less than this share is left
MOST_NODES = 60_000

Aim = tuple[Facts, Target]  # what is asked, with the unions that act merged


@dataclass(frozen=True)
class Best:
    """An optimal plan: choices, exact areas and persons, and what they are worth."""

    facts: Facts
    target: Target
    choices: Choices
    point: dict[Name, Fraction]
    need: Fraction
    cost: Fraction


@dataclass(frozen=True)
class Optimum:
    """Values of the five goals, in order, and a plan that has them."""

    communities_to_standard: Fraction
    streets_covered: int
    residents_to_standard: int
    need_served: Fraction
    cost: Fraction
    best: Best
    aims: tuple[Aim, ...] = ()

    @property
    def values(self) -> tuple[Fraction, ...]:
        return (
            self.communities_to_standard,
            Fraction(self.streets_covered),
            Fraction(self.residents_to_standard),
            self.need_served,
            self.cost,
        )


def optimum(case: TinyCase) -> Optimum | None:
    """The best plan of *case*, or None where no plan satisfies every must."""
    for triple, aims in _aims(case):
        best = _most_need(aims)
        if best is not None:
            cheap = least_cost(aims, best.need, best)
            assert cheap is not None
            return _optimum(triple, best.need, cheap, tuple(aims))
    return None


def _aims(case: TinyCase) -> Iterator[tuple[Triple, list[Aim]]]:
    """Targets of every choice of upgrades and acting unions, best first; see :class:`_Alone`."""
    groups: dict[Triple, list[tuple[_Alone, Target]]] = {}
    for world in worlds_of(case):
        alone = _Alone(world)
        for triple, targets in ranked(world):
            groups.setdefault(triple, []).extend((alone, target) for target in targets)
    for triple, found in sorted(groups.items(), key=lambda entry: entry[0], reverse=True):
        yield triple, [(alone.facts, target) for alone, target in found if alone.allows(target)]


def least_cost(aims, at_least: Fraction, start: Best | None = None) -> Best | None:
    """The cheapest plan under one of *aims* that serves at least *at_least*."""
    best = start
    for facts, target in aims:
        best = Search(facts, target, at_least).run(best)
    return best


def _most_need(aims: list[Aim]) -> Best | None:
    best = None
    for facts, target in aims:
        best = Search(facts, target, None).run(best)
    return best


def _optimum(triple: Triple, need: Fraction, cheap: Best, aims: tuple[Aim, ...]) -> Optimum:
    return Optimum(*triple, need, cheap.cost, cheap, aims)


def worlds_of(case: TinyCase) -> list[Facts]:
    """Facts of every choice of upgrades and of acting unions."""
    return [world for variant in variants(case) for world in worlds(facts_of(variant))]


class _Alone:
    """What one host may be asked with nobody else asked: a quick no for most bad targets."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.known: dict[Target, bool] = {}

    def allows(self, target: Target) -> bool:
        hubs = dict(target.hubs)
        asked = {u: ({u} & target.pilots) for u in {*target.pilots, *hubs}}
        parts = [
            Target(frozenset(pilots), frozenset((u, hubs[u]) for u in {u} & set(hubs)))
            for u, pilots in asked.items()
        ]
        return all(self._is_possible(part) for part in parts)

    def _is_possible(self, target: Target) -> bool:
        if target not in self.known:
            search = Search(self.facts, target, None)
            relaxed, _ = search.relax(search.root())
            self.known[target] = relaxed.bound > -np.inf
        return self.known[target]


class Search:
    """Depth first over hosts and installations of one target, for need or for cost."""

    def __init__(self, facts: Facts, target: Target, at_least: Fraction | None) -> None:
        self.facts, self.target, self.at_least = facts, target, at_least
        self.nodes = 0

    def run(self, best: Best | None) -> Best | None:
        """The better of *best* and the best plan of this target."""
        stack = [self.root()]
        while stack:
            choices = stack.pop()
            self.nodes += 1
            if self.nodes > MOST_NODES:
                raise RuntimeError("the case is too large for the oracle")
            relaxed, names = self.relax(choices)
            if relaxed.bound == -np.inf or not self._can_win(relaxed.bound, best):
                continue
            point = () if relaxed.point is None else relaxed.point
            shown = dict(zip(names, point, strict=False))
            is_settled = relaxed.point is not None
            branches = self._branches(choices, shown, is_settled)
            if branches is None:
                best = self._better(best, self._settle(choices, shown))
                if not self._can_win(relaxed.bound, best):
                    continue
                branches = self._decide_any(choices)
            stack += branches
        return best

    def root(self) -> Choices:
        """All open; hosts of whom nothing is asked are left out where somebody is asked."""
        hosts = {b: self._useful(b, found) for b, found in self.facts.hosts.items()}
        return Choices(hosts, {}, years_of(self.facts))

    def _useful(self, b: str, hosts: tuple[str, ...]) -> tuple[str, ...]:
        if exact(self.facts.pack["office_share"]) and OFFICE in self.facts.fits[b]:
            return hosts
        hub = {u for u, k in self.target.hubs if k == self.facts.site(b)}
        asked = tuple(u for u in hosts if u in hub or u in self.target.pilots)
        return asked or hosts[:1]

    def _goal(self, lp: Program):
        if self.at_least is None:
            return lp.need
        lp.at_least(lp.need, self.at_least - lp.existing)
        return {name: -yuan for name, yuan in lp.cost.items()}

    def relax(self, choices: Choices):
        """Safe bound of the relaxation, its point, and the names of the columns."""
        lp = program_of(self.facts, self.target, choices)
        goal = self._goal(lp)
        names = list(lp.upper)
        column = {name: j for j, name in enumerate(names)}
        matrix, rhs = np.zeros((len(lp.rows), len(names))), np.zeros(len(lp.rows))
        for i, (terms, b) in enumerate(lp.rows):
            size = max((abs(float(x)) for x in terms.values()), default=1.0) or 1.0
            rhs[i] = float(b) / size
            for name, x in terms.items():
                matrix[i, column[name]] = float(x) / size
        cost = np.array([float(goal.get(name, 0)) for name in names])
        size = max(1.0, float(np.max(np.abs(cost), initial=0.0)))
        upper = np.array([float(lp.upper[name]) for name in names])
        relaxed = safe_maximise(cost / size, matrix, rhs, upper)
        return replace(relaxed, bound=relaxed.bound * size), names

    def _can_win(self, bound: float, best: Best | None) -> bool:
        if best is None:
            return True
        value = -best.cost if self.at_least is not None else best.need - self._existing()
        value = float(value)
        return bound > value + MARGIN * max(1.0, abs(value))

    def _existing(self) -> Fraction:
        facts = self.facts
        found = (facts.functions[f].weight * met for (_, f), (met, _) in facts.needs.items())
        return sum(found, Fraction(0))

    # -- branching -----------------------------------------------------------------------------

    def _branches(
        self, choices: Choices, shown: dict[Name, float], is_settled: bool
    ) -> list[Choices] | None:
        """Branches where something is still open in part; None where all is whole."""
        for b, hosts in choices.hosts.items():
            if len(hosts) > 1 and shown.get(("used", b), 1.0) > 1e-7:
                return [_hosted(choices, b, (u,)) for u in reversed(hosts)]
        for b, years in choices.years.items():
            if sum(shown.get(("spent", b, t), 0.0) > 1e-7 for t in years) > 1:
                return [_in_year(choices, b, t) for t in years]
        parts = [
            (abs(x - 0.5), name)
            for name, x in shown.items()
            if name[0] == "in" and name[1:] not in choices.decided and 1e-7 < x < 1 - 1e-7
        ]
        if not parts:
            return None if is_settled else self._decide_any(choices)
        return _both_ways(choices, min(parts)[1][1:])

    def _decide_any(self, choices: Choices) -> list[Choices]:
        for b, hosts in choices.hosts.items():
            if len(hosts) > 1:
                return [_hosted(choices, b, (u,)) for u in reversed(hosts)]
        for b, years in choices.years.items():
            if len(years) > 1:
                return [_in_year(choices, b, t) for t in years]
        for b, fits in self.facts.fits.items():
            for f in fits:
                if choices.may_hold(b, f) and (b, f) not in choices.decided:
                    return _both_ways(choices, (b, f))
        return []

    def _settle(self, choices: Choices, shown: dict[Name, float]) -> Best | None:
        """The exact program where every installation is decided as *shown*."""
        whole = {
            (b, f): choices.decided.get((b, f), shown.get(("in", b, f), 0.0) > 0.5)
            for b, fits in self.facts.fits.items()
            for f in fits
        }
        hosts = {b: found[:1] for b, found in choices.hosts.items()}
        years = {
            b: tuple(t for t in found if shown.get(("spent", b, t), 0.0) > 1e-7) or found[:1]
            for b, found in choices.years.items()
        }
        return settle(self.facts, self.target, Choices(hosts, whole, years), self.at_least)

    def _better(self, best: Best | None, found: Best | None) -> Best | None:
        if found is None or best is None:
            return best or found
        if self.at_least is None:
            return found if found.need > best.need else best
        return found if found.cost < best.cost else best


def settle(
    facts: Facts, target: Target, choices: Choices, at_least: Fraction | None
) -> Best | None:
    """Areas and persons of complete *choices*: most need, or least cost for *at_least* need."""
    lp = program_of(facts, target, choices)
    goal = lp.need if at_least is None else {name: -yuan for name, yuan in lp.cost.items()}
    if at_least is not None:
        lp.at_least(lp.need, at_least - lp.existing)
    names = [name for name in lp.upper if name[0] not in ("in", "used")]
    ones = {name for name in lp.upper if name[0] in ("in", "used")}
    rows, rhs = [], []
    for terms, b in lp.rows:
        fixed = sum((x for name, x in terms.items() if name in ones), Fraction(0))
        row = [terms.get(name, Fraction(0)) for name in names]
        if any(row):
            rows.append(row)
            rhs.append(b - fixed)
        elif fixed > b:
            return None
    cost = [goal.get(name, Fraction(0)) for name in names]
    solved = exact_maximise(cost, rows, rhs)
    if solved is None:
        return None
    point = dict(zip(names, solved.point, strict=True)) | dict.fromkeys(ones, Fraction(1))
    return Best(
        facts, target, choices, point, lp.existing + worth(lp.need, point), worth(lp.cost, point)
    )


def worth(terms, point: dict[Name, Fraction]) -> Fraction:
    """Σ of *terms* at *point*."""
    return sum((x * point[name] for name, x in terms.items()), Fraction(0))


def _hosted(choices: Choices, b: str, hosts: tuple[str, ...]) -> Choices:
    return replace(choices, hosts={**choices.hosts, b: hosts})


def _in_year(choices: Choices, b: str, year: str) -> Choices:
    return replace(choices, years={**choices.years, b: (year,)})


def years_of(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Years with a budget in which each building is available."""
    years = sorted(facts.case.said("budget", "by_year_yuan", {}))
    return {
        b: tuple(t for t in years if int(t) >= int(row.get("available_year") or t))
        for b, row in facts.buildings.items()
        if years
    }


def _both_ways(choices: Choices, installation: tuple[str, str]) -> list[Choices]:
    """Without it and with it; the last is looked at first."""
    return [
        replace(choices, decided={**choices.decided, installation: is_in})
        for is_in in (False, True)
    ]


def all_choices(facts: Facts) -> Iterator[Choices]:
    """Every complete choice of hosts and installations, for cases small enough to list."""

    def of_building(b: str):
        yield (), {}
        names = list(facts.fits[b])
        for u in facts.hosts[b]:
            for mask in range(1, 2 ** len(names)):
                yield (u,), {(b, f): bool(mask >> i & 1) for i, f in enumerate(names)}

    def extend(buildings: list[str], hosts: dict, decided: dict) -> Iterator[Choices]:
        if not buildings:
            for years in product(*(years_of(facts).values())):
                chosen = dict(zip(years_of(facts), ((t,) for t in years), strict=True))
                yield Choices(dict(hosts), dict(decided), chosen)
            return
        for found, chosen in of_building(buildings[0]):
            later = extend(buildings[1:], hosts | {buildings[0]: found}, decided | chosen)
            yield from later

    yield from extend(list(facts.buildings), {}, {})
