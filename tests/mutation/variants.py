"""What else is made of a good run folder for the verifier's mutants: claims, and proofs of bounds.

A *claimed* one has no plan and gives every reason there is, at every place, for musts that are all
switched on: the verifier counts each of them again. A *proved* one has dual vectors: first those
that prove most, then any numbers, which weigh every row of the relaxation and prove little.
"""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from optimizer.checks.bound.audit import Audit
from optimizer.checks.facts import Facts
from optimizer.checks.folder import Folder
from optimizer.solve.relaxed import Relaxed

OF_COMMUNITY = ("HZ-15/17", "HZ-14/16", "HZ-39", "HZ-05")
MUSTS = {"street_coverage": "must", "community_coverage": "must", "hub_count": "must"}
HUBS_ASKED = 3
LONGEST_S = 10.0


def claimed(folder: Folder) -> Folder:
    """*folder* without its plan, and with every reason why there could be none."""
    tables = folder.inputs
    communities = [row["id"] for row in tables["communities"]]
    places = [(rule, c) for c in communities for rule in OF_COMMUNITY]
    places += [
        ("contract 5 serve_all", f"{row['community']}/{row['function']}") for row in tables["needs"]
    ]
    streets = {f"{row['district']}/{row['street']}" for row in tables["communities"]}
    places += [("HZ-04", street) for street in sorted(streets)]
    places += [("HZ-03", ""), ("HZ-99", ""), ("HZ-05", "nobody"), ("HZ-14/16", "nobody")]
    reasons = [{"rule": rule, "place": place} for rule, place in places]
    scenario = _asking(folder.scenario)
    return replace(
        folder,
        plan={
            **folder.plan,
            "scenario": scenario,
            "status": "no_plan",
            "failed_musts": reasons,
            "objective": [],
        },
        policy={**folder.policy, **MUSTS},
        scenario=scenario,
        inputs={**tables, "communities": tuple(map(_required, tables["communities"]))},
        outputs=dict.fromkeys(folder.outputs, ()),
    )


def _asking(scenario: Any) -> Any:
    service = {**scenario["service"], "serve_all": True}
    return {**scenario, "service": service, "hubs": {**scenario["hubs"], "target": HUBS_ASKED}}


def _required(row: Any) -> Any:
    return row if row["pilot"] == "excluded" else {**row, "pilot": "required"}


def proved(name: str, folder: Folder, number: int) -> Folder:
    """*folder* with dual vectors: the best for 0, else any numbers."""
    audit = Audit(Facts(folder))
    if not number:
        programs = Relaxed(audit.program)
        found = {v.name: programs.duals(v, LONGEST_S, lambda: False) for v in audit.levels}
        return replace(folder, duals={k: duals for k, duals in found.items() if duals is not None})
    chance = Random(f"{name} proved#{number}")
    rows = sorted(audit.program.rows)
    return replace(folder, duals={v.name: _any(chance, [*rows, *v.held]) for v in audit.levels})


def _any(chance: Random, rows: list[str]) -> dict[str, str]:
    """A price of each of *rows*, of either sign."""
    prices = {row: Decimal(chance.randint(-999, 999)).scaleb(-2) for row in rows}
    return {row: format(price, "f") for row, price in prices.items()}
