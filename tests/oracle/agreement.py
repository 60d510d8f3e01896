"""A published run against the oracle: every level's value, its bound, and the plan itself."""

import csv
import json
from fractions import Fraction
from pathlib import Path

from tests.oracle.case import TinyCase, exact, half_up
from tests.oracle.clauses import facts_of
from tests.oracle.enumerate import Optimum, least_cost
from tests.oracle.judge import Decision, broken, values_of
from tests.oracle.records import Facts
from tests.oracle.unions import MARK, together
from tests.oracle.upgrades import decided

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
    return found + _worse_than(facts, best, values) + _crossed(best, plan["objective"])


def _worse_than(facts: Facts, best: Optimum, values: tuple[Fraction, ...]) -> list[str]:
    """Levels that miss the optimum by more than rounding areas to 0.01 m² can cost."""
    if values[:3] != best.values[:3]:
        return [f"counted goals {_shown(values[:3])}, the oracle has {_shown(best.values[:3])}"]
    need, cost = values[3:]
    if not best.need_served - need_slack(facts, best) <= need <= best.need_served:
        return [f"need_served {float(need)}, the oracle has {float(best.need_served)}"]
    cheap = least_cost(best.aims, need)
    assert cheap is not None
    if not cheap.cost <= cost <= cheap.cost + cost_slack(facts, cheap.cost):
        return [f"cost {float(cost)}, the oracle has {float(cheap.cost)} for the same need"]
    return []


def need_slack(facts: Facts, best: Optimum) -> Fraction:
    """Points: 1e-6 of the value, and of each installation one unit of area.

    Where money is short, a unit that a standard takes elsewhere costs up to max ÷ min rate units.
    """
    fits = [(facts.functions[f], fit) for b in facts.fits for f, fit in facts.fits[b].items()]
    rates = [fit.rate for _, fit in fits if fit.rate] or [Fraction(1)]
    units = max(rates) / min(rates) if "budget" in facts.case.scenario else 1
    points = (f.weight / f.m2_per_person * UNIT * units for f, _ in fits if f.m2_per_person)
    return CLOSE * best.need_served + sum(points, Fraction(0))


def cost_slack(facts: Facts, cost: Fraction) -> Fraction:
    """Yuan: 1e-6 of the value, and one unit of area of each installation at its rate."""
    rates = (fit.rate for fits in facts.fits.values() for fit in fits.values())
    return CLOSE * cost + UNIT * sum(rates, Fraction(0))


def _crossed(best: Optimum, objective: list[dict]) -> list[str]:
    """A bound may never be on the wrong side of the optimum."""
    found = []
    for level, value in zip(objective, best.values, strict=True):
        if level["bound"] is None:
            found.append(f"{level['name']} has no bound")
            continue
        bound, near = exact(level["bound"]), CLOSE * abs(value) + CLOSE
        is_crossed = bound > value + near if level["name"] == "cost" else bound < value - near
        if is_crossed:
            found.append(f"{level['name']}: bound {float(bound)} crosses {float(value)}")
    return found


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
