"""Small Hangzhou cases for the boundary tests: one community, one building, few services."""

from tests.oracle.case import Row, TinyCase

CORE = ["elderly", "meal", "infant", "child"]
SEVEN = ["care", "meals", "convenience", "health", "sports", "culture", "play"]

#: The figures of 杭政办函〔2024〕11号 as the oracle reads them; the product takes its own pack.
HANGZHOU = {
    "area_per_100_households_m2": {"new": 100, "existing": 60},
    "hub_min_m2": {"new": 1000, "existing": 600},
    "nonpilot_hub_min_m2": {"new": 1000, "existing": 600},
    "hub_min_items": 3,
    "hub_min_core_items": 2,
    "core_items": CORE,
    "domains": SEVEN,
    "dispersed_hub": True,
    "dispersed_hub_places": 3,
    "dispersed_hub_m": 300,
    "domains_required": True,
    "office_share": 0,
    "pilots": 80,
    "pilot_types": ["community"],
    "pilot_districts": ["拱墅区", "上城区"],
    "street_coverage": "target",
    "persons_per_household": "2.36",
    "min_lease_years": 5,
}
OTHERS = ("facilities", "floors", "adjacency")  # tables as a test gives them
NO_DOMAINS = {"HZ-39": {"enforce": False, "reason": "not what is tested"}}


def community(id: str = "c", **cells) -> Row:
    """An existing community of 500 households: 300 m² by ratio, so 600 m² by its hub."""
    row = {"id": id, "district": "拱墅区", "street": "一街", "households": "500"}
    groups = {"residents": "1000", "infants": "0", "pupils": "0", "elderly": "0", "elderly65": "0"}
    return row | groups | cells


def building(id: str = "b", area_m2: str = "600", **cells) -> Row:
    """A state building handed over for nothing, one floor."""
    return {"id": id, "district": "拱墅区", "street": "一街", "area_m2": area_m2} | cells


def function(id: str, domain: str = "", item: str = "", **cells) -> Row:
    """A service at 1,000 yuan per m², any size, no capacity limit, that nobody needs."""
    row = {"id": id, "item": item or id, "domain": domain, "levels": "1", "min_m2": "10"}
    row["core"] = str(int(row["item"] in CORE))
    return row | {"fitout_yuan_per_m2": "1000"} | cells


DAY = function("day", "care", "elderly")
FULL = function("full", "care", "elderly")
CANTEEN = function("canteen", "meals", "meal")
NURSERY = function("creche", "care", "infant")
CLINIC = function("clinic", "health")
GYM = function("gym", "sports")
LOUNGE = function("lounge")
HUB = (DAY, CANTEEN, CLINIC)  # three items, two of them core


def needed(persons: str = "10", **cells) -> Row:
    """One service that *persons* of the first community need, 1 m² a person, any size."""
    base = {"min_m2": "0", "m2_per_person": "1", "need": persons}
    return function("care1", "care") | base | cells


def case(communities=None, buildings=None, functions=HUB, walks=None, rules=NO_DOMAINS, **more):
    """A case of the shipped pack; every pair 100 m apart unless *walks* says otherwise."""
    communities = communities or [community()]
    buildings = buildings or [building()]
    functions = [dict(row) for row in functions]
    needs = [
        {"community": communities[0]["id"], "function": row["id"], "persons": persons}
        for row in functions
        if (persons := row.pop("need", None))
    ]
    pairs = [(b["id"], c["id"]) for b in buildings for c in communities]
    tables = {
        "communities": communities,
        "buildings": buildings,
        "functions": functions,
        "needs": needs,
        **{name: more.pop(name) for name in OTHERS if name in more},
    }
    if "coords" not in more:
        walks = walks or dict.fromkeys(pairs, "100")
        tables["distances"] = [
            {"building": b, "community": c, "walk_m": walk} for (b, c), walk in walks.items()
        ]
    scenario = {"policy": "hangzhou-2024", "reach": {"walk_m": 1000}, "rules": rules, **more}
    scenario = {key: value for key, value in scenario.items() if value != {}}
    return TinyCase("boundary", tables, dict(HANGZHOU), scenario)


def facility(id: str, function: str, area_m2: str = "0", **cells) -> Row:
    """What community c has today."""
    return {"id": id, "community": "c", "function": function, "area_m2": area_m2} | cells
