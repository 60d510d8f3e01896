"""V08b: needs, existing supply, persons served within reach, capacity and need.

Source: contract section 5 (Capacity, Need); HZ-12, HZ-26.
"""

from collections import defaultdict
from fractions import Fraction

from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import Row, amount, half_up, optional


def check(facts: Facts, findings: Findings) -> None:
    """Needs as derived, service within reach, capacity and what is left of the need."""
    check_needs(facts, findings)
    used: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in facts.folder.outputs["service"]:
        if row["building"] in facts.buildings and row["function"] in facts.functions:
            used[row["building"], row["function"]] += amount(row, "persons")
            _served(facts, findings, row)
    for (building, function), persons in used.items():
        per_person = amount(facts.functions[function], "m2_per_person")
        room = facts.installed.get((building, function), Fraction(0))
        if persons * per_person > room or not room:
            findings.broken(
                "contract 5 Capacity",
                f"service.csv {building}/{function}",
                f"{float(persons * per_person)} m²",
                f"{float(room)} m²",
                zh="服务人数超过面积能容纳的。",
                en="more persons than the area holds.",
                by=persons * per_person - room,
            )
    for key, persons in facts.planned_service.items():
        left = facts.left.get(key, Fraction(0))
        if persons > left or (facts.folder.scenario["service"]["serve_all"] and persons < left):
            findings.broken(
                "contract 5 Need",
                f"service.csv {'/'.join(key)}",
                float(persons),
                float(left),
                zh="服务人数不等于应服务的需求。",
                en="more or fewer persons than must be served.",
                by=abs(persons - left),
            )
    _modes(facts, findings)


def _modes(facts: Facts, findings: Findings) -> None:
    """``whole``: a need met from one building or not at all; ``serve_all``: every need met."""
    rule = facts.folder.scenario["service"]
    providers: dict[tuple[str, str], int] = defaultdict(int)
    for row in facts.folder.outputs["service"]:
        key = row["community"], row["function"]
        providers[key] += 1
        left = facts.left.get(key, Fraction(0))
        if rule["mode"] == "whole" and (amount(row, "persons") != left or providers[key] > 1):
            place = f"service.csv {'/'.join(key)}"
            findings.broken(
                "contract 5 Need",
                place,
                row["persons"],
                float(left),
                zh="应由一栋楼整体满足。",
                en="must be met wholly from one building.",
            )
    for key, left in facts.left.items() if rule["serve_all"] else ():
        if left and key not in facts.planned_service:
            findings.broken(
                "contract 5 Need",
                f"needs.csv {'/'.join(key)}",
                0,
                float(left),
                zh="必须满足的需求没有服务。",
                en="a need that must be met is not.",
            )


def _served(facts: Facts, findings: Findings, row: Row) -> None:
    place = f"service.csv {row['building']}/{row['function']}/{row['community']}"
    walk = facts.walk.get((row["building"], row["community"]))
    if not facts.within(walk, facts.reach(row["function"])):
        findings.broken(
            "HZ-13", place, row["walk_m"], "", zh="超出服务半径。", en="beyond the reach."
        )
    if walk is not None:
        findings.equal("HZ-13", place, amount(row, "walk_m"), walk)


def check_needs(facts: Facts, findings: Findings) -> None:
    """Every need as derived or given, what existing supply meets of it and what is left."""
    supply: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in facts.facilities_today:
        supply[row["community"], row["function"]] += amount(row, "area_m2")
    for c, community in facts.communities.items():
        for f, function in facts.functions.items():
            found = facts.needs.get((c, f))
            derived = _derived(community, function)
            if found is None:
                is_own = (c, f) in facts.own_needs
                if not is_own and half_up(derived, 6) > 0:
                    findings.broken(
                        "HZ-12",
                        f"needs.csv {c}/{f}",
                        "absent",
                        float(derived),
                        zh="缺少这项需求。",
                        en="the need is missing.",
                    )
                continue
            is_own = "persons" not in found["derived"].split(";")
            need = amount(found, "persons") if is_own else derived
            _need(findings, found, need, supply.get((c, f)), amount(function, "m2_per_person"))


def _derived(community: Row, function: Row) -> Fraction:
    """Persons of the group who need it; nobody where the function names no group or rate."""
    group, rate = function["need_group"], optional(function, "need_per_1000")
    return amount(community, group) * rate / 1000 if group and rate is not None else Fraction(0)


def _need(
    findings: Findings, row: Row, need: Fraction, area: Fraction | None, per_person: Fraction
) -> None:
    place = f"needs.csv {row['community']}/{row['function']}"
    met = Fraction(0)
    if area is not None:
        met = need if per_person == 0 else min(need, area / per_person)
    whole, left = half_up(need, 6), half_up(need - met, 6)
    findings.equal("HZ-12", f"{place} persons", amount(row, "persons"), whole)
    findings.equal("HZ-26", f"{place} left", amount(row, "left"), left)
    findings.equal(
        "HZ-26", f"{place} existing", amount(row, "existing"), max(whole - left, Fraction(0))
    )
