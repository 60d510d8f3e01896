"""Facts of a case, each derived from one sentence of contract section 5 and nothing else."""

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from tests.oracle.case import Row, TinyCase, exact, half_up, number, words
from tests.oracle.records import Facts, Fit, Function, Hub, Standard
from tests.oracle.walks import Walks

OFFICE = "office"
NOBODY = ""  # host where the pack has none
SMALLEST_M2 = Fraction(1, 100)  # "it has at least 0.01 m²"
OFF = {
    "HZ-29": {"dispersed_hub": False},
    "HZ-39": {"domains_required": False},
    "HZ-40": {"hub_min_items": 0},
    "HZ-41": {"hub_min_core_items": 0},
}
STATE_OWNERS = ("state", "municipal_soe", "department")


def facts_of(case: TinyCase) -> Facts:
    """Everything a plan of *case* is judged by, its overrides of the pack applied."""
    pack = _overridden(case)
    case = replace(case, pack=pack)
    functions = {row["id"]: _function(row, pack) for row in case.rows("functions")}
    walks = Walks(case)
    facilities = [row for row in case.rows("facilities") if _open_in_time(row, "year", case)]
    standards = {
        row["id"]: _standard(row, case, functions, facilities, walks)
        for row in case.rows("communities")
    }
    today = None if case.today is None else facts_of(case.today)
    if today is not None:
        standards = {u: _as_today(s, today.communities[u]) for u, s in standards.items()}
    floors = {row["id"]: _floors(row, case) for row in case.rows("buildings")}
    buildings = {row["id"]: row for row in case.rows("buildings")}
    able = {b: _able(row, case, walks) for b, row in buildings.items()}
    return Facts(
        case=case,
        communities=standards,
        functions=functions,
        floors=floors,
        buildings=buildings,
        hosts={b: not_locked_out(buildings[b], found) for b, found in able.items()},
        fits={b: _fits(row, case, functions, floors[b]) for b, row in buildings.items()},
        near={
            (b, f): tuple(c for c in standards if walks.within(b, c, _reach(function, case)))
            for b in buildings
            for f, function in functions.items()
        },
        needs=_needs(case, facilities),
        there=_there(case, functions, facilities),
        streets=frozenset(s.street for s in standards.values()),
        streets_today=frozenset(s.street for s in standards.values() if s.covers_street),
        covered_today=frozenset(u for u, s in standards.items() if s.covers_street),
        able=able,
        walks=walks,
        refit_m2=_refit_m2(case, functions),
        today=today,
        pack=pack,
    )


def _overridden(case: TinyCase) -> dict:
    """The pack with the scenario's figures; a rule switched off asks for nothing."""
    pack = dict(case.pack)
    for key, rule in case.scenario.get("rules", {}).items():
        for name, value in OFF[key].items() if key in OFF else [(key, rule["value"])]:
            figure, _, kind = name.partition(".")
            pack[figure] = {**pack[figure], kind: value} if kind else value
    return pack


def _reach(function: Function, case: TinyCase):
    if function.reach_m is not None:
        return function.reach_m
    return case.said("reach", "walk_m", None if case.rows("distances") else 1000)


def _function(row: Row, pack: dict) -> Function:
    domain = row.get("domain") if row.get("domain") in pack["domains"] else None
    std = row.get("std_m2")
    most = row.get("max_m2") or (str(2 * exact(std)) if std else None)
    return Function(
        id=row["id"],
        item=row.get("item") or row["id"],
        domain=domain,
        is_core=row.get("core") == "1",
        counts_as_item=domain is not None and row["id"] != OFFICE,
        counts_m2=(row.get("counts_in_total") or "1") == "1",
        min_m2=max(SMALLEST_M2, number(row, "min_m2")),
        max_m2=None if most is None else exact(most),
        m2_per_person=number(row, "m2_per_person"),
        weight=half_up(number(row, "weight", "1"), 6),
        opening=number(row, "opening_yuan"),
        reach_m=exact(row["reach_m"]) if row.get("reach_m") else None,
        outdoor_m2_per_person=number(row, "outdoor_m2_per_person"),
        operating=number(row, "operating_yuan_per_m2_year"),
        is_for_residents=(row.get("resident_activity") or "1") == "1",
    )


def _open_in_time(row: Row, column: str, case: TinyCase) -> bool:
    deadline = case.scenario.get("deadline")
    return deadline is None or not row.get(column) or int(row[column]) <= deadline


def _floors(row: Row, case: TinyCase) -> dict[int, Fraction]:
    """Without rows in `floors` a building is one floor, level 1."""
    listed = [f for f in case.rows("floors") if f["building"] == row["id"]]
    if not listed:
        return {1: exact(row["area_m2"])}
    return {int(f["level"]): exact(f["area_m2"]) for f in listed}


def not_locked_out(row: Row, hosts: Iterable[str], members=None) -> tuple[str, ...]:
    """Hosts that are, or hold, every community a lock names; *members* of those that are unions."""
    asked = {x.split(":", 1)[1] for x in words(row.get("lock")) if x.startswith("community:")}
    asked |= {row["home"]} if row.get("home") else set()
    return tuple(u for u in hosts if asked <= {u, *(members or {}).get(u, ())})


def _able(row: Row, case: TinyCase, walks: Walks) -> tuple[str, ...]:
    if not _is_eligible(row, case):
        return ()
    if case.pack.get("hosts") == "building":
        return (NOBODY,)
    return tuple(
        c["id"]
        for c in case.rows("communities")
        if _route_allows(row, c)
        and _is_around(row, c["id"], case, walks)
        and (case.said("reach", "cross_district", False) or c["district"] == row["district"])
        and walks.within(row["id"], c["id"], walks.host_m)
    )


def _is_around(row: Row, community: str, case: TinyCase, walks: Walks) -> bool:
    """Converted property lies around the community, where the pack says how far that is (A27)."""
    around = case.pack.get("around_m", "none")
    if around == "none" or row.get("route") != "conversion":
        return True
    return walks.within(row["id"], community, around)


def _is_eligible(row: Row, case: TinyCase) -> bool:
    flags = ("fire_ok", "structure_ok", "consent_owner", "consent_department", "review_ok")
    return (
        all((row.get(flag) or "1") == "1" for flag in flags)
        and _open_in_time(row, "available_year", case)
        and "never" not in words(row.get("lock"))
        and _lasts(row, case)
    )


def _lasts(row: Row, case: TinyCase) -> bool:
    """A lease or consent whose term is given is no shorter than the pack's (A29)."""
    term = row.get("lease_term_years")
    return not term or exact(term) >= exact(case.pack.get("min_lease_years", 0))


def _route_allows(row: Row, community: Row) -> bool:
    """hangzhou-2024: transfer of state property, conversion of other, allocation to new ones."""
    owner, route = row.get("owner") or "state", row.get("route") or "transfer"
    if route == "transfer":
        return owner in STATE_OWNERS
    if route == "conversion":
        return owner in ("collective", "social")
    return route != "allocation" or (community.get("kind") or "existing") == "new"


def _fits(row: Row, case: TinyCase, functions: dict[str, Function], floors) -> dict[str, Fit]:
    found = {}
    for written in case.rows("functions"):
        function = functions[written["id"]]
        if function.id == OFFICE and exact(case.pack["office_share"]) == 0:
            continue
        levels = tuple(k for k in sorted(floors) if _may_stand(written, row, k))
        room = sum((floors[k] for k in levels), Fraction(0))
        most = room if function.max_m2 is None else min(room, function.max_m2)
        if levels and most >= function.min_m2:
            price = number(written, "fitout_yuan_per_m2") * number(row, "fitout_factor", "1")
            found[function.id] = Fit(levels, most, half_up(price, 0))
    return found


def _may_stand(function: Row, building: Row, level: int) -> bool:
    above = function.get("lift_above")
    if above and level > int(above) and (building.get("lift") or "0") != "1":
        return False
    ranges = _levels(function.get("levels") or "", building.get("fire_class") or "II")
    if ranges is None:
        return True
    return any(low <= level <= high for low, high in ranges)


def _levels(text: str, fire_class: str) -> list[tuple[int, int]] | None:
    """Ranges of `1-3; III:1-2; IV:1` for *fire_class*; None = any."""
    said = None
    for part in words(text):
        name, _, rest = part.rpartition(":")
        if name == fire_class or (not name and said is None):
            said = rest
    if said is None:
        return None
    ends = [re.fullmatch(r"\s*(-?\d+)(?:-(-?\d+))?\s*", word) for word in said.split(",")]
    return [(int(m[1]), int(m[2] or m[1])) for m in ends]


def people(row: Row, group: str, pack: dict) -> int:
    """Persons or households of a community; what is absent follows from what is there."""
    if row.get(group):
        return int(row[group])
    size = exact(pack["persons_per_household"])
    if group == "households":
        return int(half_up(int(row["residents"]) / size, 0))
    if group == "residents":
        return int(half_up(people(row, "households", pack) * size, 0))
    raise ValueError(f"the oracle needs {group} of {row['id']}")


def _needs(case: TinyCase, facilities: list[Row]) -> dict:
    """(community, function) -> (met by existing supply, left), both on six decimals."""
    own = {(r["community"], r["function"]): exact(r["persons"]) for r in case.rows("needs")}
    found = {}
    for c in case.rows("communities"):
        for f in case.rows("functions"):
            persons = own.get((c["id"], f["id"]))
            if persons is None and f.get("need_group"):
                count = people(c, f["need_group"], case.pack)
                persons = count * number(f, "need_per_1000") / 1000
            if persons:
                persons = half_up(persons, 6)
                left = half_up(persons - min(persons, _supply(c, f, facilities, persons)), 6)
                found[c["id"], f["id"]] = persons - left, left
    return found


def _supply(community: Row, function: Row, facilities: list[Row], persons: Fraction) -> Fraction:
    areas = [
        number(row, "area_m2")
        for row in facilities
        if row["community"] == community["id"] and row.get("function") == function["id"]
    ]
    if not areas:
        return Fraction(0)
    per_person = number(function, "m2_per_person")
    return sum(areas, Fraction(0)) / per_person if per_person else persons


def _is_counted(row: Row) -> bool:
    """`counted = 0` is market or other supply: it enters no standard."""
    return (row.get("counted") or "1") == "1"


def _is_for_residents(row: Row, functions: dict[str, Function]) -> bool:
    """A facility that says no function counts as one for residents."""
    return not row.get("function") or functions[row["function"]].is_for_residents


def _counted_m2(rows: Iterable[Row], functions: dict[str, Function]) -> Fraction:
    areas = (
        number(row, "area_m2")
        for row in rows
        if _is_counted(row) and (not row.get("function") or functions[row["function"]].counts_m2)
    )
    return sum(areas, Fraction(0))


def _standard(row: Row, case: TinyCase, functions, facilities, walks: Walks) -> Standard:
    pack, kind = case.pack, row.get("kind") or "existing"
    own = [f for f in facilities if f["community"] == row["id"]]
    counting = own if pack.get("count_existing", True) else []
    households = people(row, "households", pack)
    hubs = tuple(_hub(rows, functions) for rows in existing_hubs(own))
    domains = frozenset(
        functions[f["function"]].domain
        for f in facilities
        if f.get("function")
        and walks.facility_within(f, row["id"], _reach(functions[f["function"]], case))
    ) - {None}
    standard = Standard(
        id=row["id"],
        members=(row["id"],),
        places=(row["district"],),
        households=households,
        street=(row["district"], row["street"]),
        priority=number(row, "priority", "1"),
        residents=people(row, "residents", pack),
        ratio_m2=exact(pack["area_per_100_households_m2"][kind]) * _hundreds(households, pack),
        hub_m2=exact(pack["hub_min_m2"][kind]),
        other_hub_m2=exact(pack["nonpilot_hub_min_m2"][kind]),
        existing_m2=_counted_m2(counting, functions),
        hubs=hubs,
        domains={row["id"]: domains},
        has_hub=False,
        covers_street=any(hub.is_bare for hub in hubs),
        meets=False,
        is_listed=row.get("pilot") == "required"
        or (_is_candidate(row, pack) and row.get("pilot") != "excluded"),
        may=False,
        must=row.get("pilot") == "required",
        union=row.get("union") or "",
        hub_on_top=not pack.get("hub_inside_total", True),
        existing_resident_m2=_counted_m2(
            (f for f in counting if _is_for_residents(f, functions)), functions
        ),
    )
    judged = judged_today(standard, pack)
    may = judged.must or (judged.is_listed and not judged.meets)
    return replace(judged, may=may, covers_street=judged.covers_street or judged.has_hub)


def _hundreds(households: int, pack: dict) -> Fraction:
    """Hundreds of households; those begun count in full where the pack rounds up (A5)."""
    hundreds = Fraction(households, 100)
    return Fraction(hundreds.__ceil__()) if pack.get("round_up") else hundreds


def _as_today(standard: Standard, today: Standard) -> Standard:
    """Whether it meets the standard, and so may be a pilot, is a fact of today."""
    return replace(standard, meets=today.meets, may=today.may)


def _refit_m2(case: TinyCase, functions: dict[str, Function]) -> dict[str, Fraction]:
    rows = (case.today or case).rows("facilities")
    old = [row for row in rows if _open_in_time(row, "year", case)]
    return {
        b["id"]: _counted_m2([f for f in old if f["id"] in words(b["replaces"])], functions)
        for b in case.rows("buildings")
        if b.get("replaces")
    }


def judged_today(standard: Standard, pack: dict) -> Standard:
    """*standard* with what its hubs, area and domains of today amount to."""
    has_hub = any(
        not hub.is_bare
        and hub.m2 >= standard.hub_m2
        and len(hub.items) >= pack["hub_min_items"]
        and len(hub.items & set(pack["core_items"])) >= pack["hub_min_core_items"]
        for hub in standard.hubs
    )
    wanted = set(pack["domains"]) if pack["domains_required"] else set()
    meets = (
        standard.existing_m2 >= standard.required_m2
        and has_hub
        and all(wanted <= present for present in standard.domains.values())
    )
    return replace(standard, has_hub=has_hub, meets=meets)


def _hub(rows: list[Row], functions: dict[str, Function]) -> Hub:
    items = items_of([f.get("function") for f in rows if _is_counted(f)], functions)
    return Hub(_counted_m2(rows, functions), items, not any(f.get("function") for f in rows))


def _is_candidate(row: Row, pack: dict) -> bool:
    allowed = pack["pilot_districts"]
    right_type = (row.get("type") or "community") in pack["pilot_types"]
    return right_type and (allowed is None or row["district"] in allowed)


def existing_hubs(own: list[Row]) -> list[list[Row]]:
    """`hub = 1` rows of a community with the same or no `site` are one existing hub."""
    rows = [f for f in own if f.get("hub") == "1"]
    sites = sorted({f["site"] for f in rows if f.get("site")})
    bare = [f for f in rows if not f.get("site")]
    if len(sites) <= 1:
        return [rows] if rows else []
    return [[f for f in rows if f.get("site") == s] for s in sites] + ([bare] if bare else [])


def items_of(names, functions: dict[str, Function]) -> frozenset[str]:
    """Items that functions *names* bring: those with a domain of the pack, the office never."""
    return frozenset(
        functions[f].item for f in names if f and f in functions and functions[f].counts_as_item
    )


def _there(case: TinyCase, functions, facilities) -> dict:
    """What a community has today on a site: counted m² and the items of those rows."""
    found: dict = {}
    for row in facilities:
        if row.get("site") and _is_counted(row):
            found.setdefault((row["community"], row["site"]), []).append(row)
    return {
        key: (
            _counted_m2(rows, functions),
            items_of([r.get("function") for r in rows], functions),
        )
        for key, rows in found.items()
    }
