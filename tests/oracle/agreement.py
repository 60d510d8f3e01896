"""A published run against the oracle: every level's value, its bound, and the plan itself."""

import csv
import json
from fractions import Fraction
from pathlib import Path

from tests.oracle.case import TinyCase, exact, half_up
from tests.oracle.clauses import facts_of
from tests.oracle.enumerate import Optimum
from tests.oracle.goals import ZERO, Level, wholes
from tests.oracle.judge import Decision, broken
from tests.oracle.records import Facts, Fit
from tests.oracle.unions import MARK, together
from tests.oracle.upgrades import decided
from tests.oracle.values import values_of

UNIT = Fraction(1, 100)  # m², to which areas are rounded
CLOSE = Fraction(1, 1_000_000)  # of the value (contract 4, `optimal`)


def disagreements(case: TinyCase, best: Optimum, folder: Path) -> list[str]:
    """What of the run in *folder* is not what contract and oracle say, in words."""
    plan = json.loads((folder / "plan.json").read_text("utf-8"), parse_float=Fraction)
    facts, made = read_decision(case, folder)
    values = values_of(facts, made)
    found = [f"violation: {v}" for v in plan["violations"]]
    found += [f"clause broken: {fault}" for fault in broken(facts, made)]
    if plan["status"] != "optimal":
        found.append(f"status {plan['status']}, expected optimal")
    shown = [exact(level["value"]) for level in plan["objective"]]
    if shown != [half_up(v, 6) for v in values]:
        found.append(f"values shown {shown} are not the plan's {values}")
    for k, told in enumerate(plan["objective"]):
        expected = best.given(values[:k])
        if expected is None:
            return [*found, f"{told['name']}: the oracle has no plan beside {_shown(values[:k])}"]
        found += _apart(best.levels[k], facts, values[k], expected, is_first=not k)
        room = slack(best.levels[k], facts, expected, is_first=not k)
        found += _crossed(best.levels[k], told, expected, room)
    return found


def _apart(
    level: Level, facts: Facts, value: Fraction, expected: Fraction, *, is_first: bool
) -> list[str]:
    """A level that misses the optimum by more than rounding areas to 0.01 m² can cost."""
    short = level.shown(expected) - level.shown(value)
    allowed = 0 if level.is_counted else slack(level, facts, expected, is_first=is_first)
    if 0 <= short <= allowed:
        return []
    return [f"{level.name} {float(value)}, the oracle has {float(expected)}"]


def slack(level: Level, facts: Facts, value: Fraction, *, is_first: bool) -> Fraction:
    """1e-6 of the value, and of each installation one unit of area.

    Where money or an earlier level is short, a unit that is needed elsewhere costs up to
    max ÷ min rate units. Persons are cut to millionths.
    """
    fits = [(b, f, fit) for b in facts.fits for f, fit in facts.fits[b].items()]
    rates = [fit.rate for *_, fit in fits if fit.rate] or [Fraction(1)]
    is_short = "budget" in facts.case.scenario or not is_first
    units = max(rates) / min(rates) if is_short and level.name != "cost" else 1
    lost = sum((_per_m2(level, facts, *fit) * UNIT * units for fit in fits), ZERO)
    persons = Fraction(len(facts.needs), 100_000) * max(
        (_per_person(level, facts, f) for *_, f in facts.needs), default=ZERO
    )
    return CLOSE * abs(value) + lost + persons


def _per_m2(level: Level, facts: Facts, b: str, f: str, fit: Fit) -> Fraction:
    """What a square metre of *f* in *b* moves the score by, at most."""
    size = facts.functions[f].m2_per_person
    moved = _per_person(level, facts, f) / size if size else ZERO
    for goal, weight in level.parts:
        if goal == "cost":
            moved += abs(weight) * fit.rate
        elif goal in ("state_owned_m2", "new_build_m2", "idle_m2_left"):
            moved += abs(weight)
        elif goal == "office_share":
            moved += abs(weight) / sum(
                m2 for floors in facts.floors.values() for m2 in floors.values()
            )
    return moved


def _per_person(level: Level, facts: Facts, f: str) -> Fraction:
    """What a person served with *f* moves the score by, at most."""
    moved, points = ZERO, facts.functions[f].weight
    for goal, weight in level.parts:
        if goal in ("need_served", "priority_need_served"):
            moved += abs(weight) * points
        elif goal == "worst_served" and wholes(facts):
            moved += abs(weight) * points / min(wholes(facts).values())
        elif goal == "walking_distance":
            reached = {(b, c) for (b, g), near in facts.near.items() if g == f for c in near}
            moved += abs(weight) * max((facts.walks.between(*pair) for pair in reached), default=0)
    return moved


def _crossed(level: Level, told: dict, expected: Fraction, room: Fraction) -> list[str]:
    """A bound may never be on the wrong side of the optimum, nor claim to close beyond *room*."""
    if told["bound"] is None:
        return [f"{level.name} has no bound"]
    bound, near = exact(told["bound"]), CLOSE * abs(expected) + CLOSE
    beyond = level.shown(bound) - level.shown(expected)
    if beyond < -near:
        return [f"{level.name}: bound {float(bound)} crosses {float(expected)}"]
    if beyond > near + room:
        return [f"{level.name}: bound {float(bound)} does not prove {float(expected)}"]
    return _audited(level, told, expected)


def _audited(level: Level, told: dict, expected: Fraction) -> list[str]:
    """What the verifier's own relaxation proves is exact: never beyond the optimum."""
    if told["certified_bound"] is None:  # a run that was written and not published
        return []
    proved = level.shown(exact(told["certified_bound"])) - level.shown(expected)
    return (
        [f"{level.name}: the bound proved again crosses by {float(proved)}"] if proved < 0 else []
    )


def _shown(values) -> list[float]:
    return [float(x) for x in values]


def read_decision(case: TinyCase, folder: Path) -> tuple[Facts, Decision]:
    """What siting.csv, allocation.csv, service.csv and communities.csv describe.

    The facts are those with the plan's upgrades taken and its unions merged.
    """
    siting, rows = _table(folder, "siting"), _table(folder, "communities")
    hubs: dict[str, set[str]] = {}
    for row in siting:
        if row["hub"] == "1":
            hubs.setdefault(_host(row), set()).add(row["building"])
    acting = {row["union"] for row in (*siting, *rows)} - {""}
    made = Decision(
        hosts={row["building"]: _host(row) for row in siting},
        areas={
            (r["building"], r["function"], int(r["level"])): exact(r["area_m2"])
            for r in _table(folder, "allocation")
        },
        served={
            (r["building"], r["function"], r["community"]): exact(r["persons"])
            for r in _table(folder, "service")
        },
        pilots={_host(row) for row in rows if row["pilot"] == "1"},
        hubs=hubs,
        paid={
            (row["building"], row["source"]): exact(row["yuan"])
            for row in _table(folder, "funding")
        },
        years={row["building"]: row["year"] for row in siting},
        slots={
            (row["building"], row["function"]): row["slot"]
            for row in _table(folder, "allocation")
            if row["slot"]
        },
    )
    bought = {row["building"] for row in siting if row["upgraded"] == "1"}
    refits = {row["id"] for row in case.rows("buildings") if row.get("replaces")}
    facts = facts_of(decided(case, bought, refits & set(made.hosts)))
    return together(facts, sorted(acting)), made


def _host(row: dict[str, str]) -> str:
    return MARK + row["union"] if row["union"] else row["community"]


def _table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
