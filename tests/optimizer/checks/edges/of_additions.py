"""Edges of the reasons in gaps.csv: what stands against one more person served, and its money."""

from decimal import Decimal

from tests.mutation.cases import figures
from tests.optimizer.checks.edges.kit import Edge, cells, policy, scenario
from tests.oracle.kit import building, case, needed

TWO_STOREYS = [
    {"building": "b", "level": "1", "area_m2": "10"},
    {"building": "b", "level": "2", "area_m2": "40"},
]
UPSTAIRS = {"levels": "1-2", "lift_above": "1"}
WHOLE = {"service": {"mode": "whole"}}


def spend(yuan: int) -> dict:
    """A budget in all."""
    return {"budget": {"total_yuan": yuan}}


FULL = case(None, [building(area_m2="10")], [needed()])
NO_LIFT = case(None, [building(area_m2="50")], [needed("40", **UPSTAIRS)], floors=TWO_STOREYS)
#: ten persons wholly on the ground floor: no lift is bought for them
DOWNSTAIRS = case(
    None,
    [building(area_m2="50", lift="upgrade", upgrade_yuan="20000")],
    [needed("10", **UPSTAIRS)],
    floors=TWO_STOREYS,
    **spend(9_999),
    **WHOLE,
)
#: eleven do not fit there: 11,000 yuan and the lift
LIFTED = case(
    None,
    [building(area_m2="50", lift="upgrade", upgrade_yuan="20000")],
    [needed("11", **UPSTAIRS)],
    floors=TWO_STOREYS,
    **spend(30_999),
    **WHOLE,
)
UNSAFE = case(None, [building(area_m2="50", fire_ok="0")], [needed()])
SAFE = case(None, [building(area_m2="50")], [needed()], **spend(0))
LARGEST = case(None, [building(area_m2="50")], [needed("20", max_m2="10")], **spend(9_990))
LAST_ROOM = case(None, [building(area_m2="10")], [needed("20")], **spend(9_990))
LAST_YUAN = case(None, [building(area_m2="50")], [needed("20")], **spend(10_000))
#: care1 takes the 20 m² outdoors there are; care2 needs none
OUTDOORS = case(
    None,
    [building(area_m2="50", outdoor_m2="20")],
    [
        needed(outdoor_m2_per_person="2", m2_per_person="0.5"),
        needed(id="care2", item="care2", weight="0.01"),
    ],
    **spend(5_000),
)
OUTDOORS_FULL = case(
    None,
    [building(area_m2="50", outdoor_m2="20")],
    [needed("11", outdoor_m2_per_person="2", m2_per_person="0.5")],
)
IN_TURNS = case(
    None,
    [building(area_m2="20")],
    [
        needed(id="day", item="elderly", shareable="1"),
        needed(id="lounge", item="lounge", shareable="1"),
        needed(weight="0.01"),
    ],
    rules=figures(shared_rooms=[{"day": "morning", "lounge": "evening"}]),
    **spend(10_000),
)
USED_OUTDOORS = {"shareable": "1", "outdoor_m2_per_person": "1"}
IN_TURNS_OUTDOORS = case(
    None,
    [building(area_m2="50", outdoor_m2="10.01")],
    [
        needed("20", id="day", item="elderly", **USED_OUTDOORS),
        needed(id="lounge", item="lounge", **USED_OUTDOORS),
    ],
    rules=figures(shared_rooms=[{"day": "morning", "lounge": "evening"}]),
    **spend(10_000),
)
DEAR_UPGRADE = case(
    None, [building(area_m2="50", fire_ok="upgrade", upgrade_yuan="500")], [needed()], **spend(0)
)
UPGRADED = case(
    None,
    [building(area_m2="50", fire_ok="upgrade", upgrade_yuan="500")],
    [needed("20")],
    **spend(10_500),
)
YEARLY = case(
    None,
    [building(area_m2="50")],
    [needed("20", operating_yuan_per_m2_year="100")],
    budget={"operating_yuan_per_year": 1000},
)
LATE = case(
    None,
    [building("b", "50", available_year="2026", acquire_yuan="1000000")],
    [needed("50")],
    budget={"by_year_yuan": {"2025": 90_000, "2026": 30_000, "2027": 20_000}},
)
YEARS = case(
    None,
    [building("b", "50", available_year="2026")],
    [needed("50")],
    budget={"by_year_yuan": {"2025": 90_000, "2026": 30_000, "2027": 20_000}},
)

STRUCK = {"reason": "?", "obstacles": "?", "least_yuan": "9", "left_yuan": "9", "way": "?"}


def asked(tiny, *told: str, changes: tuple = (), function: str = "care1") -> Edge:
    """The file says nothing of why: reason, obstacles, least yuan and yuan left are *told*."""
    place, way = f"gaps.csv c/{function}", "b" if told[2] else ""  # whose money it is
    broken = [
        ("contract 4", f"{place} {column}", struck, word)
        for (column, struck), word in zip(STRUCK.items(), (*told, way), strict=True)
    ]
    return Edge(tiny, (*changes, cells("gaps", "c", function, **STRUCK)), tuple(broken))


def no_route() -> tuple:
    """The pack knows no route of the building's."""
    return (policy(routes=[]),)


NO_MONEY, USED_UP = "money_left_too_small", "capacity_used_up"
UNUSABLE = "nothing_in_reach_usable"
EDGES = {
    # -- may it stand there
    "the first of two obstacles is told": asked(
        UNSAFE, UNUSABLE, "fire_not_ok:1", "", "", changes=no_route()
    ),
    "a route that the pack does not know": asked(
        SAFE, UNUSABLE, "route_unknown:1", "", "", changes=no_route()
    ),
    # -- is there room
    "room for one millionth more of a person": Edge(
        FULL,
        (cells("service", "b", persons="9.999999"),),
        (("contract 4", "gaps.csv c/care1 obstacles", "", "can_add:1"), ...),
    ),
    "a second floor that no lift reaches": asked(NO_LIFT, USED_UP, "floors_full:1", "", ""),
    "ten persons need no lift": asked(DOWNSTAIRS, NO_MONEY, "money_total:1", "10000", "9999"),
    "eleven do": asked(LIFTED, NO_MONEY, "money_total:1", "31000", "30999"),
    "up to the largest size": asked(LARGEST, NO_MONEY, "money_total:1", "10", "0"),
    "a hundredth beyond the largest size": asked(
        LARGEST,
        *(USED_UP, "at_largest_size:1", "", ""),
        changes=(cells("inputs/functions", "care1", max_m2="9.99"),),
    ),
    "the last room": asked(LAST_ROOM, NO_MONEY, "money_total:1", "10", "0"),
    "a function that needs nothing outdoors where nothing is left": asked(
        OUTDOORS, NO_MONEY, "money_total:1", "10", "0", function="care2"
    ),
    "two that share a room take it once": asked(IN_TURNS, NO_MONEY, "money_total:1", "10", "0"),
    # ten m² in turns take 10 m² outdoors once, not 20: of 10.01 m² the last hundredth is free
    "a room in turns takes its outdoor space once": asked(
        IN_TURNS_OUTDOORS, NO_MONEY, "money_total:1", "10", "0", function="day"
    ),
    "a hundredth less outdoors beside a room in turns": asked(
        IN_TURNS_OUTDOORS,
        *(USED_UP, "outdoor_full:1", "", ""),
        function="day",
        changes=(cells("inputs/buildings", "b", outdoor_m2="10"),),
    ),
    "nothing left outdoors": asked(OUTDOORS_FULL, USED_UP, "outdoor_full:1", "", ""),
    "a person's outdoor space left": asked(
        OUTDOORS_FULL,
        *("not_chosen", "can_add:1", "10", ""),
        changes=(cells("inputs/buildings", "b", outdoor_m2="20.04"),),
    ),
    "a hundredth too little outdoors": asked(
        OUTDOORS_FULL,
        *(USED_UP, "outdoor_full:1", "", ""),
        changes=(cells("inputs/buildings", "b", outdoor_m2="20.03"),),
    ),
    # -- is there money
    "the last ten yuan": asked(
        LAST_YUAN,
        *("not_chosen", "can_add:1", "10", "10"),
        changes=(scenario("budget", total_yuan=10_010),),
    ),
    "a fen less": asked(
        LAST_YUAN,
        *(NO_MONEY, "money_total:1", "10", "9.99"),
        changes=(scenario("budget", total_yuan=Decimal("10009.99")),),
    ),
    "an upgrade that must come along": asked(DEAR_UPGRADE, NO_MONEY, "money_total:1", "510", "0"),
    "an upgrade that is paid": asked(UPGRADED, NO_MONEY, "money_total:1", "10", "0"),
    "a yuan a year": asked(YEARLY, NO_MONEY, "money_operating:1", "1", "0"),
    "a yuan a year that is there": asked(
        YEARLY,
        *("not_chosen", "can_add:1", "10", ""),
        changes=(scenario("budget", operating_yuan_per_year=1001),),
    ),
    "money of the year in which it is sited": asked(YEARS, NO_MONEY, "money_year:1", "10", "0"),
    "of an unused building the best year from the one it is available": asked(
        LATE, NO_MONEY, "money_year:1", "1000010", "30000"
    ),
}
