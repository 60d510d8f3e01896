"""The lexicographic optimum of a tiny case by branching over its 0/1 choices.

Level by level in the goal order: under every target the hosts and installations are enumerated, a
branch being left only where weak duality proves that nothing better is in it. Every complete choice
is settled by the exact rational program. Values are exact up to ``MARGIN`` of their size.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import product

import numpy as np

from tests.oracle.case import TinyCase, exact
from tests.oracle.clauses import OFFICE, facts_of
from tests.oracle.goals import ZERO, Level, fixed, levels_of, terms_of
from tests.oracle.lp import exact_maximise, safe_maximise
from tests.oracle.program import Choices, Name, Program, program_of
from tests.oracle.records import Facts
from tests.oracle.rooms import shared
from tests.oracle.targets import Target, targets
from tests.oracle.unions import hub_buildings, worlds
from tests.oracle.upgrades import variants

MARGIN = 1e-9  # a branch that could win less than this share is left
MOST_NODES = 60_000

Held = Sequence[tuple[Level, Fraction]]  # earlier levels with the score to keep


@dataclass(frozen=True)
class Best:
    """A plan: choices, exact areas and persons, and its score at the level of the search."""

    facts: Facts
    target: Target
    choices: Choices
    point: dict[Name, Fraction]
    score: Fraction


@dataclass
class Aim:
    """What is asked, with the unions that act merged; dead once nothing can satisfy it."""

    facts: Facts
    target: Target
    alone: "_Alone"
    is_dead: bool = False


@dataclass(frozen=True)
class Optimum:
    """Values of the levels, in order, and a plan that has them."""

    levels: tuple[Level, ...]
    values: tuple[Fraction, ...]
    best: Best
    aims: tuple[Aim, ...] = ()

    def given(self, values: Sequence[Fraction]) -> Fraction | None:
        """The best next value beside these *values* of the first levels; None: nothing is."""
        if tuple(values) == self.values[: len(values)]:
            return self.values[len(values)]
        held = [(level, level.shown(v)) for level, v in zip(self.levels, values, strict=False)]
        level, aims = self.levels[len(held)], [replace(aim, is_dead=False) for aim in self.aims]
        found = _best_at(level, aims, held, None)
        return None if found is None else level.shown(found.score)


def optimum(case: TinyCase) -> Optimum | None:
    """The best plan of *case*, or None where no plan satisfies every must."""
    levels = levels_of(case)
    aims = [aim for world in worlds_of(case) for aim in _aims_of(world)]
    held: list[tuple[Level, Fraction]] = []
    best = None
    for k, level in enumerate(levels):
        aims = _promising(levels[k:], [aim for aim in aims if not aim.is_dead])
        best = _best_at(level, aims, held, best)
        if best is None:
            return None
        held.append((level, best.score))
    assert best is not None
    values = tuple(level.shown(score) for level, score in held)
    return Optimum(levels, values, best, tuple(aims))


def _aims_of(world: Facts) -> Iterator[Aim]:
    alone = _Alone(world)
    return (Aim(world, target, alone) for target in targets(world))


def _promising(levels: Sequence[Level], aims: list[Aim]) -> list[Aim]:
    """*aims* with those first whose targets alone are worth most at *levels*."""
    worth_of = {
        id(aim): tuple(fixed(level, aim.facts, aim.target) for level in levels) for aim in aims
    }
    return sorted(aims, key=lambda aim: worth_of[id(aim)], reverse=True)


def _best_at(level: Level, aims: Sequence[Aim], held: Held, start: Best | None) -> Best | None:
    """The best plan under one of *aims* at *level* that keeps the *held* scores."""
    best = None if start is None else replace(start, score=_score_of(start, level))
    counted = [(earlier, score) for earlier, score in held if earlier.is_counted]
    for aim in aims:
        worth_of = partial(fixed, facts=aim.facts, target=aim.target)
        if any(worth_of(earlier) < score for earlier, score in counted):
            continue
        if best is not None and level.is_counted and worth_of(level) <= best.score:
            continue
        if aim.is_dead or not aim.alone.allows(aim.target):
            aim.is_dead = True
            continue
        search = Search(aim.facts, aim.target, level, held)
        best = search.run(best)
        aim.is_dead = search.is_impossible
    return best


def _score_of(plan: Best, level: Level) -> Fraction:
    lp = program_of(plan.facts, plan.target, plan.choices)
    terms = terms_of(level, plan.facts, lp)
    return fixed(level, plan.facts, plan.target) + worth(terms, plan.point)


def worlds_of(case: TinyCase) -> list[Facts]:
    """Facts of every choice of upgrades, of shared rooms and of acting unions."""
    found = [facts for variant in variants(case) for facts in shared(facts_of(variant))]
    return [world for facts in found for world in worlds(facts)]


class _Alone:
    """What one host may be asked with nobody else asked: a quick no for most bad targets."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.known: dict[Target, bool] = {}

    def allows(self, target: Target) -> bool:
        if any(s.get("hub") for s in self.facts.case.scenario.get("sources", {}).values()):
            return True  # what pays for the hub of another host may pay here
        hubs = dict(target.hubs)
        asked = {u: ({u} & target.pilots) for u in {*target.pilots, *hubs}}
        parts = [
            Target(frozenset(pilots), frozenset((u, hubs[u]) for u in {u} & set(hubs)))
            for u, pilots in asked.items()
        ]
        return all(self._is_possible(part) for part in parts)

    def _is_possible(self, target: Target) -> bool:
        if target not in self.known:
            search = Search(self.facts, target, NOTHING, ())
            relaxed, _ = search.relax(search.root())
            self.known[target] = relaxed.bound > -np.inf
        return self.known[target]


NOTHING = Level("nothing", True, ())


class Search:
    """Depth first over hosts and installations of one target, for one level."""

    def __init__(self, facts: Facts, target: Target, level: Level, held: Held) -> None:
        self.facts, self.target, self.level, self.held = facts, target, level, held
        self.fixed = fixed(level, facts, target)
        self.is_whole = facts.case.said("service", "mode", "split") == "whole"
        self.is_impossible = False  # the first relaxation proves it
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
            if relaxed.bound == -np.inf:
                self.is_impossible |= self.nodes == 1
                continue
            if not self._can_win(relaxed.bound, best):
                continue
            point = () if relaxed.point is None else relaxed.point
            shown = dict(zip(names, point, strict=False))
            is_settled = relaxed.point is not None
            branches = self._branches(choices, shown, is_settled)
            if branches is None:
                best = _better(best, self._settle(choices, shown))
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
        pack = self.facts.pack
        if exact(pack.get("residents_share", 0)):
            return hosts  # more area may be too much of the wrong kind
        if exact(pack["office_share"]) and OFFICE in self.facts.fits[b]:
            return hosts
        hub = {u for u, sites in self.target.hubs if self.facts.site(b) in sites}
        if any(b not in hub_buildings(self.facts, u) for u in hub & set(hosts)):
            return hosts  # its host may not use it beside the hub
        asked = tuple(u for u in hosts if u in hub or u in self.target.pilots)
        return asked or hosts[:1]

    def relax(self, choices: Choices):
        """Safe bound of the relaxation, its point, and the names of the columns."""
        lp = program_of(self.facts, self.target, choices)
        goal = _goal(lp, self.facts, self.target, self.level, self.held)
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
        value = float(best.score - self.fixed)
        return bound > value + MARGIN * max(1.0, abs(value))

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
            (abs(x - 0.5), name[1:])
            for name, x in self._shares(shown)
            if name[1:] not in choices.decided and 1e-7 < x < 1 - 1e-7
        ]
        if not parts:
            return None if is_settled else self._decide_any(choices)
        return _both_ways(choices, min(parts)[1])

    def _shares(self, shown: dict[Name, float]) -> Iterator[tuple[Name, float]]:
        """Installations, and where a need is met wholly those served, as parts of 1."""
        for name, x in shown.items():
            if name[0] == "in":
                yield name, x
            elif name[0] == "served" and self.is_whole:
                yield name, x / float(self.facts.needs[name[3], name[2]][1])

    def _decide_any(self, choices: Choices) -> list[Choices]:
        for b, hosts in choices.hosts.items():
            if len(hosts) > 1:
                return [_hosted(choices, b, (u,)) for u in reversed(hosts)]
        for b, years in choices.years.items():
            if len(years) > 1:
                return [_in_year(choices, b, t) for t in years]
        for key in self._installations(choices):
            if key not in choices.decided:
                return _both_ways(choices, key)
        return []

    def _installations(self, choices: Choices) -> Iterator[tuple[str, ...]]:
        """What may stand where, and where a need is met wholly whom it may serve."""
        for b, fits in self.facts.fits.items():
            for f in fits:
                if choices.may_hold(b, f):
                    yield b, f
                    near = self.facts.near[b, f] if self.is_whole else ()
                    yield from ((b, f, c) for c in near if self._left(c, f))

    def _left(self, c: str, f: str) -> Fraction:
        return self.facts.needs.get((c, f), (ZERO, ZERO))[1]

    def _settle(self, choices: Choices, shown: dict[Name, float]) -> Best | None:
        """The exact program where every installation is decided as *shown*."""
        whole = dict(choices.decided) | {
            (b, f): choices.decided.get((b, f), shown.get(("in", b, f), 0.0) > 0.5)
            for b, fits in self.facts.fits.items()
            for f in fits
        }
        for name, x in self._shares(shown):
            whole[name[1:]] = choices.decided.get(name[1:], x > 0.5)
        hosts = {b: found[:1] for b, found in choices.hosts.items()}
        years = {
            b: tuple(t for t in found if shown.get(("spent", b, t), 0.0) > 1e-7) or found[:1]
            for b, found in choices.years.items()
        }
        decided = Choices(hosts, whole, years)
        return settle(self.facts, self.target, decided, self.level, self.held)


def _goal(lp: Program, facts: Facts, target: Target, level: Level, held: Held) -> dict:
    """What to maximise; the *held* levels become rows of *lp*."""
    for earlier, score in held:
        lp.at_least(terms_of(earlier, facts, lp), score - fixed(earlier, facts, target))
    return terms_of(level, facts, lp)


def _better(best: Best | None, found: Best | None) -> Best | None:
    if found is None or best is None:
        return best or found
    return found if found.score > best.score else best


def settle(facts: Facts, target: Target, choices: Choices, level: Level, held: Held) -> Best | None:
    """Areas and persons of complete *choices* that are best at *level*."""
    lp = program_of(facts, target, choices)
    goal = _goal(lp, facts, target, level, held)
    names = [name for name in lp.upper if name[0] not in ("in", "used")]
    ones = {name for name in lp.upper if name[0] in ("in", "used")}
    rows, rhs = [], []
    for terms, b in lp.rows:
        fixed_part = sum((x for name, x in terms.items() if name in ones), ZERO)
        row = [terms.get(name, ZERO) for name in names]
        if any(row):
            rows.append(row)
            rhs.append(b - fixed_part)
        elif fixed_part > b:
            return None
    cost = [goal.get(name, ZERO) for name in names]
    solved = exact_maximise(cost, rows, rhs)
    if solved is None:
        return None
    point = dict(zip(names, solved.point, strict=True)) | dict.fromkeys(ones, Fraction(1))
    score = fixed(level, facts, target) + worth(goal, point)
    return Best(facts, target, choices, point, score)


def worth(terms, point: dict[Name, Fraction]) -> Fraction:
    """Σ of *terms* at *point*."""
    return sum((x * point.get(name, ZERO) for name, x in terms.items()), ZERO)


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


def _both_ways(choices: Choices, installation: tuple[str, ...]) -> list[Choices]:
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
