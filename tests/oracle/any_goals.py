"""Seeded small cases with goals in any order and the keys a city may set otherwise.

Smaller than :mod:`tests.oracle.generator`'s, since goals that do not begin with the pilots leave
the oracle more to look through.
"""

from random import Random

from tests.oracle.case import TinyCase
from tests.oracle.enumerate import optimum
from tests.oracle.generator import Sizes, cut_budget, drop_demands, plain_case
from tests.oracle.goals import MAXIMISED

SMALL: Sizes = ((1, 2, 2), (2, 3, 3), (2, 2, 3))
SERVICE = ("need_served", "priority_need_served", "worst_served")
WALKS = ("walking_distance", "farthest_m")
OTHERS = tuple(goal for goal in MAXIMISED if goal not in (*WALKS, "cost"))
MIXED = (
    {"cost": 1, "need_served": 400},
    {"cost": 1, "walking_distance": 0.5},
    {"idle_m2_left": 1, "communities_to_standard": 40},
    {"residents_to_standard": 1, "office_share": 300, "new_build_m2": 2},
    {"farthest_m": 0.01, "need_served": 3},
)
#: figures of `policy = "none"`: nobody is a pilot and nothing is a hub
NONE = {
    "hosts": "building",
    "area_per_100_households_m2": {"existing": "0", "new": "0"},
    "hub_min_m2": {"existing": "0", "new": "0"},
    "nonpilot_hub_min_m2": {"existing": "0", "new": "0"},
    "hub_min_items": 0,
    "hub_min_core_items": 0,
    "core_items": [],
    "hub_place": "building",
    "domains": [],
    "domains_required": False,
    "office_share": 1,
    "pilots": None,
    "pilot_types": ["-"],
    "persons_per_household": 1,
    "goals": ["need_served", "cost"],
}


def any_goals_case(seed: int) -> TinyCase:
    """The case of *seed*; every fifth under no programme, every third with a budget."""
    rng = Random(f"goals-{seed}")
    case = plain_case(rng, seed, SMALL)
    _order(rng, case)
    _set_keys(rng, case)
    _set_service(rng, case)
    if seed % 5 == 4:
        _without_programme(case)
    if optimum(case) is None:
        drop_demands(case)
        case.scenario.pop("service", None)
        case.pack |= {"street_coverage": "target", "community_coverage": "target"}
    if seed % 3 == 0 and case.scenario["goals"]["order"][-1] == "cost":
        cut_budget(case, rng)
    return case


def _order(rng: Random, case: TinyCase) -> None:
    """Two to four goals, a weighted level now and then; walks only after a service level."""
    goals: list = rng.sample(OTHERS, rng.choice((1, 2, 3)))
    if rng.random() < 0.35:
        goals.insert(rng.randrange(len(goals) + 1), dict(rng.choice(MIXED)))
    if "distances" in case.tables:
        if rng.random() < 0.5:
            goals += rng.sample(WALKS, 1)
    else:
        goals = [g for g in goals if isinstance(g, str) or not set(g) & set(WALKS)]
    first_walk = next((i for i, g in enumerate(goals) if set(_names(g)) & set(WALKS)), None)
    if first_walk is not None and not any(g in SERVICE for g in goals[:first_walk]):
        goals.insert(first_walk, rng.choice([g for g in SERVICE if g not in goals[first_walk:]]))
    if rng.random() < 0.7:
        goals.append("cost")
    case.scenario["goals"] = {"order": list({str(g): g for g in goals}.values())}


def _names(level) -> tuple[str, ...]:
    return (level,) if isinstance(level, str) else tuple(level)


def _set_keys(rng: Random, case: TinyCase) -> None:
    pack, functions = case.pack, case.tables["functions"]
    for function in functions:
        function["resident_activity"] = str(int(rng.random() < 0.7))
        function["operating_yuan_per_m2_year"] = rng.choice(("0", "120", "85.5"))
    functions[-1]["resident_activity"] = "0"  # the office
    for building in case.tables["buildings"]:
        building["rent_yuan_per_year"] = rng.choice(("0", "0", "30000"))
    for chance, figures in (
        (0.3, {"residents_share": rng.choice((0.6, 0.5, 0.8))}),
        (0.2, {"hub_office_m2": 10, "office_share": "0.08"}),
        (0.4, {"nonpilot_hub_min_m2": {"existing": "60", "new": rng.choice(("60", "190"))}}),
        (0.2, {"street_coverage": "must"}),
        (0.2, {"community_coverage": "must"}),
        (0.2, {"hub_place": "building"}),
        (0.25, {"domains_from": "reach"}),
    ):
        if rng.random() < chance:
            pack |= figures
    if rng.random() < 0.25:
        case.scenario["budget"] = {"operating_yuan_per_year": rng.choice((20000, 45000.5, 90000))}


def _set_service(rng: Random, case: TinyCase) -> None:
    service: dict = {}
    if rng.random() < 0.3:
        service["mode"] = "whole"
    if rng.random() < 0.2:
        service["serve_all"] = True
        for function in case.tables["functions"]:
            function["need_per_1000"] = (
                "0" if rng.random() < 0.5 else function.get("need_per_1000", "")
            )
    if service:
        case.scenario["service"] = service


def _without_programme(case: TinyCase) -> None:
    """Plain facility location: weights are 1, owners and routes do not matter."""
    case.pack = case.pack | NONE | {"shared_rooms": []}
    case.scenario["policy"] = "none"
    case.scenario.pop("rules", None)
    case.scenario.pop("pilots", None)
    for row in case.tables["communities"]:
        row |= {"pilot": "", "union": ""}
    for row in case.tables["buildings"]:
        row |= {"replaces": "", "lock": "", "owner": "state", "route": "transfer"}
    for row in case.tables["functions"]:
        row["weight"] = "1"
