"""Sets and variables of dispersed hubs; their rows are those of the family ``dispersed_hub``.

Where no quarter is, every set is empty and nothing is added. Source: contract section 5 (Hub).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.places import branch_m2, bringers, item_tallies, source_tallies


def add_dispersed(m: pyo.ConcreteModel, instance: Instance) -> None:
    """Add quarters, branches, what they bring and the streets they may stand in to *m*."""
    brought = _brought(instance)
    m.QUARTERS = pyo.Set(initialize=list(instance.quarters), dimen=2, ordered=True)
    m.BRANCHES = pyo.Set(initialize=list(instance.branches), dimen=2, ordered=True)
    m.BROUGHT = pyo.Set(initialize=brought, dimen=3, ordered=True)
    m.ITEMS_SHARED = pyo.Set(initialize=_shared(instance, brought), dimen=3, ordered=True)
    m.STREETS_SHARED = pyo.Set(initialize=_streets(instance), dimen=4, ordered=True)
    offices = m.BRANCHES if instance.policy.hub_office_m2 else []
    m.dispersed = pyo.Var(m.QUARTERS, domain=pyo.Binary)
    m.branch = pyo.Var(m.BRANCHES, domain=pyo.Binary)
    m.branch_has = pyo.Var(m.BROUGHT, bounds=(0, 1))
    m.quarter_has = pyo.Var(m.ITEMS_SHARED, bounds=(0, 1))
    m.in_one_street = pyo.Var(m.STREETS_SHARED, bounds=(0, 1))
    m.branch_area = pyo.Var(m.BRANCHES, bounds=lambda _, u, k: (0, branch_m2(instance, u, k)))
    m.branch_office = pyo.Var(offices, bounds=lambda _, u, k: (0, branch_m2(instance, u, k)))


def _brought(instance: Instance) -> list[tuple[str, str, str]]:
    """(host, site, tally) of what a branch has today or may bring."""
    tallies = (*item_tallies(instance), *source_tallies(instance).values())
    return [
        (u, k, tally.id)
        for (u, k), place in instance.branches.items()
        for tally in tallies
        if place.existing_items & tally.items or any(bringers(instance, place, tally))
    ]


def _shared(instance: Instance, brought: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """(host, quarter, tally) of items that several branches may bring: such an item counts once."""
    known = set(brought)
    return [
        (u, q, tally.id)
        for (u, q), quarter in instance.quarters.items()
        for tally in item_tallies(instance)
        if sum((u, k, tally.id) in known for k in quarter.sites) > 1
    ]


def _streets(instance: Instance) -> list[tuple[str, str, str, str]]:
    """(host, quarter, district, street) of streets that could hold the hub of a wider quarter."""
    found = []
    for (u, q), quarter in instance.quarters.items():
        streets = [instance.street_of(instance.branches[u, k]) for k in quarter.sites]
        several = sorted({street for street in streets if streets.count(street) > 1})
        found += [(u, q, *street) for street in several if len(set(streets)) > 1]
    return found


def standing_in(m: Any, instance: Instance) -> dict[tuple[str, str], list[Any]]:
    """Street -> what says that a dispersed hub stands in it: with all of its branches (A25)."""
    standing: dict[tuple[str, str], list[Any]] = {}
    for (u, q), quarter in instance.quarters.items():
        streets = {instance.street_of(instance.branches[u, k]) for k in quarter.sites}
        if len(streets) == 1:
            standing.setdefault(streets.pop(), []).append(m.dispersed[u, q])
    for u, q, district, street in m.STREETS_SHARED:
        standing.setdefault((district, street), []).append(m.in_one_street[u, q, district, street])
    return standing
