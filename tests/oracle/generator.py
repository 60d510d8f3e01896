"""Seeded random tiny cases in which every rule binds now and then.

Numbers are coarse on purpose: walks sit at the limit and a centimetre either side of it, areas
around what the standard lacks, budgets at what the best plan costs or just below.
"""

from fractions import Fraction
from itertools import pairwise
from random import Random

from tests.oracle.case import Row, TinyCase
from tests.oracle.enumerate import optimum
from tests.oracle.rarities import lock, place, refit, share_rooms

Sizes = tuple[tuple[int, ...], ...]  # choices of communities, of buildings, of core services
FULL: Sizes = ((1, 2, 2, 3, 3), (2, 3, 4, 4, 5, 5), (2, 3, 3, 4))
LIMIT = 800
WALKS = ("120", "300", "450", "500", "799.99", "800", "800.01", "1000", "1200")
DOMAINS = ("care", "meals", "health")
CORE = ("elderly", "meal", "infant", "child")

#: id, item, domain, counts, m² per person, group, per 1,000, price
KINDS = (
    ("day", "elderly", "care", "1", ("5", "4", "2.5"), "elderly", "40", 3000),
    ("full", "elderly", "care", "1", ("10", "8"), "elderly65", "20", 3600),
    ("canteen", "meal", "meals", "1", ("2", "1.75"), "elderly", "90", 2900),
    ("nursery", "infant", "care", "1", ("6", "7"), "infants", "300", 3300),
    ("pupils_room", "child", "care", "1", ("3", "0"), "pupils", "150", 2100),
    ("clinic", "clinic", "health", "1", ("0", "1.5"), "residents", "25", 2800),
    ("gym", "gym", "sports", "1", ("3",), "residents", "30", 1500),
    ("lounge", "lounge", "", "1", ("0",), "", "", 900),
    ("market", "market", "meals", "0", ("1",), "households", "50", 700),
)


def random_case(seed: int) -> TinyCase:
    """The case of *seed*; every fourth with a budget cut from the best plan's own cost."""
    rng = Random(f"linli-{seed}")
    case = plain_case(rng, seed)
    if rng.random() < 0.8 and optimum(case) is None:
        drop_demands(case)
    if seed % 4 == 0:
        cut_budget(case, rng)
    return case


def dispersed_case(seed: int) -> TinyCase:
    """A case with positions close together, where hubs are larger than most buildings."""
    rng = Random(f"dispersed-{seed}")
    case = plain_case(rng, seed, close=True)
    del case.tables["communities"][2:]
    kept = {row["id"] for row in case.tables["communities"]}
    for name in ("facilities", "needs", "adjacency"):
        rows = case.tables.get(name, [])
        columns = ("community", "neighbour")
        case.tables[name] = [r for r in rows if all(r.get(k, "c0") in kept for k in columns)]
    if sum(bool(row.get("union")) for row in case.tables["communities"]) < 2:
        for row in case.tables["communities"]:
            row["union"] = ""
    least = rng.choice((300, 400, 500))
    hubs = {"existing": str(least), "new": str(least + 50)}
    case.pack |= {
        "hub_min_m2": hubs,
        "nonpilot_hub_min_m2": {kind: rng.choice((m2, "150")) for kind, m2 in hubs.items()},
        "dispersed_hub": True,
        "dispersed_hub_places": rng.choice((2, 3, 3)),
        "dispersed_hub_m": rng.choice((300, 300, 250)),
    }
    drop_demands(case)
    if seed % 3 == 0:
        cut_budget(case, rng)
    return case


def drop_demands(case: TinyCase) -> None:
    """Most cases have a plan: locks and required pilots that leave none are taken out."""
    for row in case.tables["communities"]:
        row["pilot"] = "" if row["pilot"] == "required" else row["pilot"]
    for row in case.tables["buildings"]:
        row["lock"] = ""


def cut_budget(case: TinyCase, rng: Random) -> None:
    """Money for the best plan, where its last level is cost, or for a part of it."""
    best = optimum(case)
    cost = best and best.values[-1]
    if not cost:
        return
    share = rng.choice(("1", "0.9999", "0.7", "0.45"))
    fen = (cost * Fraction(share) * 100).__ceil__()
    text = f"{fen // 100}.{fen % 100:02d}"
    budget = {"total_yuan": float(text)}
    if rng.random() < 0.4:
        budget = {"by_district_yuan": {case.tables["buildings"][0]["district"]: float(text)}}
    case.scenario["budget"] = budget
    _name_sources(case, rng, fen)
    if rng.random() < 0.3:
        half = fen // 2 / 100
        budget["by_year_yuan"] = {"2025": half, "2026": rng.choice((half, float(text)))}


def _name_sources(case: TinyCase, rng: Random, fen: int) -> None:
    """A part of the money is for hubs, for an item or for one district only."""
    if rng.random() < 0.5:
        return
    part = fen * rng.choice((1, 2, 3)) // 5
    case.scenario["budget"]["by_source_yuan"] = {"bond": part / 100, "own": (fen - part) / 100}
    district = case.tables["buildings"][0]["district"]
    items = [row["item"] for row in case.tables["functions"]]
    condition = rng.choice(
        (
            {"hub": True},
            {"any_item": items[:2]},
            {"hub": True, "any_item": items[1:3]},
            {"by_district_yuan": {district: part // 2 / 100}},
            {"any_item": items[:1], "by_district_yuan": {district: part / 100}},
        )
    )
    case.scenario["sources"] = {"bond": condition}


def plain_case(rng: Random, seed: int, sizes: Sizes = FULL, *, close: bool = False) -> TinyCase:
    """A case in the default goal order and without a budget."""
    has_places = rng.random() < 0.2 or close
    communities = [_community(rng, i) for i in range(rng.choice(sizes[0]))]
    functions = _functions(rng, sizes[2])
    buildings = [_building(rng, i, communities) for i in range(rng.choice(sizes[1]))]
    _share_sites(rng, buildings)
    tables = {
        "communities": communities,
        "buildings": buildings,
        "floors": [row for b in buildings for row in _storeys(rng, b)],
        "functions": functions,
        "facilities": _facilities(rng, communities, functions),
        "needs": _own_needs(rng, communities, functions),
    }
    if len(communities) > 1 and rng.random() < 0.3:
        tables["adjacency"] = _unite(rng, communities)
    pack = _pack(rng) | _readings(Random(f"readings-{seed}"))
    case = TinyCase(f"tiny {seed}", tables, pack, _scenario(rng, communities))
    if has_places:
        place(rng, case, 0.4 if close else 1.0)
    else:
        tables["distances"] = _distances(rng, communities, buildings)
    refit(rng, case)
    lock(rng, case)
    share_rooms(case, Random(f"rooms-{seed}"))
    return case


def _community(rng: Random, i: int) -> Row:
    households = rng.choice((100, 150, 233, 300, 420, 900))
    residents = int(households * 2.5)
    row = {
        "id": f"c{i}",
        "district": "东" if i < 2 or rng.random() < 0.5 else "西",
        "street": rng.choice(("一街", "一街", "二街")),
        "type": rng.choice(("community",) * 5 + ("village",)),
        "kind": rng.choice(("existing", "existing", "new")),
        "households": str(households),
        "residents": str(residents),
        "infants": str(residents * 3 // 100),
        "pupils": str(residents * 6 // 100),
        "elderly": str(residents * 18 // 100),
        "elderly65": str(residents * 12 // 100),
        "priority": rng.choice(("1", "1", "1", "2", "0.5")),
        "pilot": "",
    }
    if rng.random() < 0.16:
        row["pilot"] = rng.choice(("excluded", "required"))
    return row


def _unite(rng: Random, communities: list[Row]) -> list[Row]:
    """Two or three of *communities* may join; each is the next one's neighbour."""
    members = rng.sample(communities, rng.choice((2, min(3, len(communities)))))
    for row in members:
        row["union"] = "u"
    ids = [row["id"] for row in members]
    return [{"community": a, "neighbour": b} for a, b in pairwise(ids)]


def _functions(rng: Random, core: tuple[int, ...]) -> list[Row]:
    always = rng.sample(KINDS[:5], rng.choice(core))
    others = rng.sample(KINDS[5:], rng.choice((1, 2, 2)))
    picked = sorted([*always, *others], key=KINDS.index)
    return [*(_function(rng, *kind) for kind in picked), _office()]


def _function(rng: Random, id, item, domain, counts, sizes, group, rate, price) -> Row:
    least = rng.choice((0, 20, 35.5, 60))
    row = {
        "id": id,
        "item": item,
        "domain": domain,
        "core": str(int(item in CORE)),
        "min_m2": str(least),
        "m2_per_person": rng.choice(sizes),
        "need_group": group,
        "need_per_1000": rate,
        "weight": rng.choice(("1", "3", "0.75", "1.333333", "12.5")),
        "fitout_yuan_per_m2": str(price + rng.choice((0, 0, 7, 250))),
        "opening_yuan": rng.choice(("0", "0", "15000", "4321.5")),
        "levels": rng.choice(("1-3;III:1-2;IV:1", "1-3", "1", "1-2", "-1,1-3")),
        "lift_above": rng.choice(("", "", "", "1", "2")),
        "reach_m": rng.choice(("", "", "", "500")),
        "counts_in_total": counts,
    }
    if rng.random() < 0.5:
        row[rng.choice(("std_m2", "max_m2"))] = str(least + rng.choice((60, 90, 140)))
    return row


def _office() -> Row:
    sizes = {"min_m2": "10", "fitout_yuan_per_m2": "600", "levels": "1-99"}
    return {"id": "office", "item": "office"} | sizes


def _building(rng: Random, i: int, communities: list[Row]) -> Row:
    near = rng.choice(communities)
    owner = rng.choice(("state", "state", "department", "collective", "social"))
    row = {
        "id": f"b{i}",
        "district": near["district"],
        "street": near["street"] if rng.random() < 0.8 else "三街",
        "area_m2": "",
        "owner": owner,
        "route": "conversion" if owner in ("collective", "social") else "transfer",
        "acquire_yuan": rng.choice(("0", "100000", "250000", "87654.32")),
        "fitout_factor": rng.choice(("1", "1", "0.85", "1.2", "1.0305")),
        "lift": rng.choice(("0", "0", "1")),
        "fire_class": rng.choice(("", "II", "III", "IV")),
        "site": "",
        "available_year": rng.choice(("", "", "2025", "2026")),
        "lock": "",
    }
    if rng.random() < 0.12:
        row["route"] = rng.choice(("lease", "allocation", "purchase", "transfer", "conversion"))
    if rng.random() < 0.2:
        row["upgrade_yuan"] = rng.choice(("0", "60000", "150000.5"))
        row[rng.choice(("lift", "lift", "fire_ok", "structure_ok"))] = "upgrade"
    if rng.random() < 0.06:
        row[rng.choice(("fire_ok", "structure_ok", "consent_owner", "review_ok"))] = "0"
    return row


def _share_sites(rng: Random, buildings: list[Row]) -> None:
    """One site stands in one street."""
    if len(buildings) > 2 and rng.random() < 0.5:
        one, other = rng.sample(buildings, 2)
        one["site"] = other["site"] = "s1"
        one["district"], one["street"] = other["district"], other["street"]


def _storeys(rng: Random, building: Row) -> list[Row]:
    sizes = ("80", "100.5", "120", "150", "240", "300")
    levels = rng.choice(((1,), (1,), (1, 2), (1, 2), (-1, 1), (1, 2, 3)))
    areas = [rng.choice(sizes) for _ in levels]
    building["area_m2"] = str(sum(Fraction(a) for a in areas).__ceil__())
    if levels == (1,):
        building["area_m2"] = areas[0]
        return []
    return [
        {"building": building["id"], "level": str(k), "area_m2": a}
        for k, a in zip(levels, areas, strict=True)
    ]


def _facilities(rng: Random, communities: list[Row], functions: list[Row]) -> list[Row]:
    names, rows = [f["id"] for f in functions if f["id"] != "office"], []
    for c in communities:
        site = rng.choice(("", "", "s1"))
        for function in rng.sample(names, rng.choice((0, 1, 1, 2, min(4, len(names))))):
            row = _facility(rng, c["id"], function, is_hub := rng.random() < 0.5)
            if is_hub:
                row |= {"site": site, "counted": "1"}
            rows.append(row)
        if rng.random() < 0.15:
            rows.append(_facility(rng, c["id"], "", True) | {"site": site})
    for i, row in enumerate(rows):
        row["id"] = f"e{i}"
    return rows


def _facility(rng: Random, community: str, function: str, is_hub: bool) -> Row:
    return {
        "id": "",
        "community": community,
        "function": function,
        "area_m2": rng.choice(("20", "45.5", "60", "100", "130")),
        "site": "",
        "hub": str(int(is_hub)),
        "year": rng.choice(("", "", "2025", "2026")),
        "counted": rng.choice(("1", "1", "0")) if function else "1",
    }


def _own_needs(rng: Random, communities: list[Row], functions: list[Row]) -> list[Row]:
    if rng.random() < 0.6:
        return []
    persons = rng.choice(("0", "12.3456789", "30", "7.5"))
    c, f = rng.choice(communities), rng.choice(functions[:-1])
    return [{"community": c["id"], "function": f["id"], "persons": persons}]


def _pack(rng: Random) -> dict:
    least = rng.choice(("80", "120.5", "150"))
    hubs = {"existing": least, "new": str(Fraction(least) + 50) if "." not in least else "170.5"}
    return {
        "area_per_100_households_m2": {"existing": "60", "new": "100"},
        "hub_min_m2": hubs,
        "nonpilot_hub_min_m2": dict(hubs),
        "hub_min_items": rng.choice((1, 2, 2, 3)),
        "hub_min_core_items": rng.choice((1, 2)),
        "core_items": list(CORE),
        "hub_place": "site",
        "domains": list(rng.choice((DOMAINS, DOMAINS[:2], ("care", "sports")))),
        "domains_required": rng.random() < 0.75,
        "domains_from": "own",
        "office_share": "0",
        "pilots": rng.choice((1, 2, 5)),
        "pilot_types": ["community"],
        "pilot_districts": None,
        "street_coverage": "target",
        "persons_per_household": "2.36",
        "adjacency_m": "1000",
        "union_places": rng.choice(("one", "one", "members")),
        "goals": [
            "communities_to_standard",
            "streets_covered",
            "residents_to_standard",
            "need_served",
            "cost",
        ],
    }


def _readings(rng: Random) -> dict:
    """Readings of the text that a city may choose otherwise, mostly as they are."""
    return {
        "hub_inside_total": rng.random() < 0.9,
        "count_existing": rng.random() < 0.9,
        "round_up": rng.random() < 0.1,
        "one_hub_a_site": rng.random() < 0.9,
        "around_m": rng.choice(("none", "none", "none", 500)),
    }


def _scenario(rng: Random, communities: list[Row]) -> dict:
    reach: dict = {"walk_m": LIMIT}
    if rng.random() < 0.3:
        reach["host_m"] = rng.choice((500, 1000))
    if rng.random() < 0.3:
        reach["cross_district"] = True
    scenario: dict = {"reach": reach}
    if rng.random() < 0.6:
        scenario["deadline"] = 2025
    if rng.random() < 0.2:
        scenario["pilots"] = {"by_district": {communities[0]["district"]: 1}}
    if rng.random() < 0.2:
        scenario["rules"] = {"office_share": {"value": 0.1, "reason": "test"}}
    required = [c for c in communities if c["pilot"] == "required"]
    for row in required[1:]:
        row["pilot"] = ""
    return scenario


def _distances(rng: Random, communities: list[Row], buildings: list[Row]) -> list[Row]:
    return [
        {"building": b["id"], "community": c["id"], "walk_m": rng.choice(WALKS)}
        for b in buildings
        for c in communities
        if rng.random() < 0.85
    ] or [{"building": buildings[0]["id"], "community": communities[0]["id"], "walk_m": "100"}]
