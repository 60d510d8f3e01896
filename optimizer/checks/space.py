"""V05, V06, V07: floors hold what stands on them; functions stand where and as large as allowed.

Source: contract section 5 (Capacity, Eligible); floors by fire class: codes in the catalogue.
"""

from collections import defaultdict
from fractions import Fraction

from optimizer.checks.facts import Facts
from optimizer.checks.findings import MUST, Findings
from optimizer.checks.folder import Row, amount, optional

SMALLEST = Fraction(1, 100)


def check(facts: Facts, findings: Findings) -> None:
    """Capacity of every floor, allowed floors, least and most of every installation, office."""
    for row in facts.folder.outputs["allocation"]:
        if row["building"] in facts.buildings and row["function"] in facts.functions:
            _floor_allowed(facts, findings, row["building"], row["level"], row["function"])
    _full_floors(facts, findings)
    for building in facts.siting:
        if building in facts.buildings and facts.replaces(building):
            _refit(facts, findings, building)
    for (building, function), m2 in facts.installed.items():
        if function in facts.functions:
            _size(facts, findings, building, function, m2)
    _office(facts, findings)
    _residents(facts, findings)
    _outdoor(facts, findings)


def _full_floors(facts: Facts, findings: Findings) -> None:
    on_floor: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for room in facts.rooms:
        for level, m2 in room.floors.items():
            on_floor[room.building, level] += m2
    for key, m2 in on_floor.items():
        most, scope = facts.floors.get(key, Fraction(0)), f"{key[0]} level {key[1]}"
        if m2 > most:
            findings.rule("SH-11", "contract 5", scope, MUST, most, m2, "m²", at_most=True)


def _refit(facts: Facts, findings: Findings, building: str) -> None:
    """At least as many counted m² as the facilities that are refitted had."""
    replaced = facts.replaces(building)
    rows = [row for row in facts.facilities_today if row["id"] in replaced]
    had = sum((facts.facility_area(row) for row in rows), Fraction(0))
    held = (room for room in facts.rooms_in.get(building, ()) if facts.counts(room))
    now = sum((room.m2 for room in held), Fraction(0))
    findings.rule("contract 5 Refit", "contract 5", building, MUST, had, now, "m²")


def _outdoor(facts: Facts, findings: Findings) -> None:
    """Outdoor space by capacity; of functions that share a room the one that takes most."""
    used: dict[str, Fraction] = defaultdict(Fraction)
    for room in facts.rooms:
        wanting = [facts.functions[f] for f in room.functions if f in facts.functions]
        share = max(map(outdoor_share, wanting), default=Fraction(0))
        if share:
            used[room.building] += share * room.m2
        for row in wanting:
            _per_person_known(findings, row)
    for building, m2 in used.items():
        most = amount(facts.buildings[building], "outdoor_m2", Fraction(0))
        findings.rule(
            "contract 5 Capacity",
            "contract 5",
            building,
            MUST,
            most,
            m2,
            "m² outdoors",
            at_most=True,
        )


def outdoor_share(row: Row) -> Fraction:
    """Outdoor m² that a square metre of a function takes."""
    per_person = amount(row, "m2_per_person")
    outdoor = amount(row, "outdoor_m2_per_person")
    return outdoor / per_person if per_person else Fraction(0)


def _per_person_known(findings: Findings, row: Row) -> None:
    if amount(row, "outdoor_m2_per_person") and not amount(row, "m2_per_person"):
        findings.broken(
            "contract 5 Capacity",
            f"functions.csv {row['id']}",
            row["m2_per_person"],
            "> 0",
            zh="有室外面积的功能须有人均面积。",
            en="a function with outdoor space needs m² per person.",
        )


def _floor_allowed(
    facts: Facts, findings: Findings, building: str, level: str, function: str
) -> None:
    row, rules = facts.buildings[building], facts.functions[function]
    place = f"allocation.csv {building}/{level}/{function}"
    allowed = allowed_levels(rules["levels"], row["fire_class"])
    if allowed is not None and int(level) not in allowed:
        findings.broken(
            "HZ-61",
            place,
            level,
            rules["levels"],
            zh="这一层不许设此功能。",
            en="the function may not stand on this floor.",
        )
    limit = optional(rules, "lift_above")
    lifted = row["lift"] == "1" or (row["lift"] == "upgrade" and facts.is_upgraded(building))
    if limit is not None and int(level) > limit and not lifted:
        findings.broken(
            "JGJ 450",
            place,
            level,
            f"≤ {limit} without a lift",
            zh="没有电梯不能设在这一层。",
            en="needs a lift on this floor.",
        )


def allowed_levels(text: str, fire_class: str) -> set[int] | None:
    """Levels of ``1-3;III:1-2`` for a fire class; None = any."""
    if not text:
        return None
    by_class = {}
    for part in text.split(";"):
        before, _, ranges = part.rpartition(":")
        by_class[before] = ranges
    levels: set[int] = set()
    for piece in filter(None, by_class.get(fire_class, by_class.get("", "")).split(",")):
        sign = -1 if piece[0] == "-" else 1
        low, _, high = piece.lstrip("-").partition("-")
        first = sign * int(low)
        levels |= set(range(first, (int(high) if high else first) + 1))
    return levels - {0}


def _size(facts: Facts, findings: Findings, building: str, function: str, m2: Fraction) -> None:
    row = facts.functions[function]
    place = f"{building}/{function}"
    least = max(amount(row, "min_m2"), SMALLEST)
    most = optional(row, "max_m2")
    if m2 < least:
        findings.rule("functions 9", "contract 5", place, MUST, least, m2, "m²")
    if most is not None and m2 > most:
        findings.rule("functions 9", "contract 5", place, MUST, most, m2, "m²", at_most=True)


def _residents(facts: Facts, findings: Findings) -> None:
    """Of a pilot's counted area, existing and credited, the share for residents' activities."""
    share = Fraction(facts.folder.policy["residents_share"])
    for host in facts.pilot_hosts if share else ():
        whole = facts.existing_area(host) + facts.credited(host)
        active = sum(
            (
                facts.facility_area(row)
                for row in facts.facilities_at(host)
                if facts.folder.policy["count_existing"]
                and (not row["function"] or facts.is_for_residents(row["function"]))
            ),
            Fraction(0),
        )
        for room in facts.rooms_of.get(host, ()):
            is_active = facts.counts(room) and all(map(facts.is_for_residents, room.functions))
            active += room.m2 if is_active else 0
        findings.rule("TL-09", "三(一)", host, MUST, share * whole, active, "m²")


def _office(facts: Facts, findings: Findings) -> None:
    share = Fraction(facts.folder.policy["office_share"])
    for host in sorted(facts.hosted):
        offices = (room.m2 for room in facts.rooms_of[host] if facts.has_office(room))
        office = sum(offices, Fraction(0))
        limit = share * facts.credited(host)
        findings.rule("HZ-35", "三(三)1", host, MUST, limit, office, "m²", at_most=True)
