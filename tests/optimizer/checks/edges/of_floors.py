"""Edges of floors, sizes, rooms used in turns, outdoor space and decimals."""

from dataclasses import replace
from decimal import Decimal

from tests.mutation.cases import figures
from tests.optimizer.checks.edges.kit import Edge, cells, more, policy, without
from tests.oracle.kit import CANTEEN, DAY, HUB, LOUNGE, building, case, facility, needed

TEN = case(None, [building(area_m2="50")], [needed()])
#: nobody serves ten persons: the only building stands where an office is not wanted, or too high
NO_OFFICE = case(
    None, [building(area_m2="50")], [needed(id="office", item="office", resident_activity="0")]
)
NO_LIFT = case(
    None,
    [building(area_m2="50")],
    [needed(levels="2", lift_above="1")],
    floors=[{"building": "b", "level": "2", "area_m2": "50"}],
)
ANY_FLOOR = case(None, [building(area_m2="5")], [needed(levels="")])
#: 10 m² for ten persons, each of whom takes 2 m² outdoors of the 20 there are
OUTDOORS = case(
    None,
    [building(area_m2="50", outdoor_m2="20")],
    [needed(outdoor_m2_per_person="2", m2_per_person="0.5")],
)
INDOORS = case(None, [building(area_m2="50", outdoor_m2="0")], [needed()])
#: 600 m² of which 60 % must be for residents: 360 of lounge
RESIDENTS = case(
    None,
    [building(area_m2="500")],
    (*(row | {"resident_activity": "0"} for row in HUB), LOUNGE),
    facilities=[
        facility("e1", "lounge", "60"),
        facility("e2", "day", "40"),
        facility("e3", "", "40", hub="1", site="s"),
    ],
    rules=figures(residents_share=0.6, hub_min_m2__existing=500),
)
TURNS = {"day": "morning", "lounge": "evening"}
IN_TURNS = case(
    None,
    [building(area_m2="10")],
    [
        needed(id="day", item="elderly", shareable="1"),
        needed(id="lounge", item="lounge", shareable="1"),
    ],
    rules=figures(shared_rooms=[TURNS]),
)
THREE_IN_TURNS = case(
    None,
    [building(area_m2="10")],
    [needed(id=f, item=f, shareable="1") for f in ("day", "lounge", "hall")],
    rules=figures(shared_rooms=[TURNS | {"hall": "night"}]),
)
#: 600 m², 300 of them a canteen by day and a lounge at night
HUB_IN_TURNS = case(
    None,
    [building(area_m2="600")],
    (
        DAY,
        CANTEEN | {"min_m2": "300", "shareable": "1"},
        needed("300", id="lounge", item="lounge", shareable="1", max_m2="300"),
    ),
    rules=figures(shared_rooms=[{"canteen": "day", "lounge": "night"}]),
)

AREA, KNOWN = "allocation.csv b/1/care1/", ("contract 4", "allocation.csv b/1/x/")


def share(figure: str, **figures) -> Edge:
    """Residents' share of *figure*: 384 of 640 m² are theirs, 284 of the 500 planned."""
    return Edge(RESIDENTS, (policy(residents_share=Decimal(figure), **figures),))


EDGES = {
    # -- decimals: 0.01 m², 0.000001 persons, 0.01 yuan
    "an area of three decimals": Edge(
        TEN, (cells("allocation", "b", area_m2="10.001"),), (("contract 4", AREA), ...)
    ),
    "persons with seven decimals": Edge(
        TEN,
        (cells("service", "b", persons="9.9999999"),),
        (("contract 4", "service.csv b/care1/c"), ...),
    ),
    "yuan with three decimals": Edge(
        TEN,
        (cells("funding", "b", yuan="10000.001"),),
        (
            ("HZ-63", "funding.csv b", "10000.001", "10000"),
            ("contract 4", "funding.csv b/unassigned"),
            ("contract 4", "projects.csv building:b yuan_by_source"),
        ),
    ),
    **{
        f"{table} of 0": Edge(
            TEN, (cells(table, "b", **{column: "0"}),), (("contract 4", place), ...)
        )
        for table, column, place in (
            ("allocation", "area_m2", AREA),
            ("service", "persons", "service.csv b/care1/c"),
            ("funding", "yuan", "funding.csv b/unassigned"),
        )
    },
    # -- where a function may stand
    "an office where the pack has no share for it": Edge(NO_OFFICE),
    "too high without a lift": Edge(NO_LIFT),
    "no floors named is any floor": Edge(ANY_FLOOR),
    # -- outdoor space
    "20 m² outdoors for ten persons with 2": Edge(
        OUTDOORS, (), (), {("contract 5 Capacity", "b"): ("20", "20")}
    ),
    "19.99 m² outdoors for ten persons with 2": Edge(
        OUTDOORS,
        (cells("inputs/buildings", "b", outdoor_m2="19.99"),),
        (("contract 5 Capacity", "b", "20", "≤ 19.99 m² outdoors"),),
    ),
    "no outdoor space said is none": Edge(
        OUTDOORS,
        (cells("inputs/buildings", "b", outdoor_m2=""),),
        (("contract 5 Capacity", "b", "20", "≤ 0 m² outdoors"),),
    ),
    "outdoor space of a function without m² per person": Edge(
        INDOORS,
        (cells("inputs/functions", "care1", outdoor_m2_per_person="1", m2_per_person="0"),),
        (("contract 5 Capacity", "functions.csv care1", "0", "> 0"),),
    ),
    "a room of a function nobody knows takes no outdoor space": Edge(
        INDOORS, (more("allocation", "b", function="x", area_m2="1"),), (KNOWN, ...)
    ),
    "who is in the room needs outdoor space, whoever it is": Edge(
        IN_TURNS,
        (cells("inputs/functions", "lounge", outdoor_m2_per_person="1"),),
        (("contract 5 Capacity", "b", "10", "≤ 0 m² outdoors"),),
    ),
    # -- residents' share: lounge 284 + 60 of today + 40 of no function = 384 of 640
    "60 % for residents": replace(share("0.6"), verdicts={("TL-09", "c"): ("384", "384")}),
    "60.01 % for residents": replace(
        share("0.6001"), broken=(("TL-09", "c", "384", "≥ 384.064 m²"),)
    ),
    "56.8 % for residents where only what is planned counts": replace(
        share("0.568", count_existing=False),
        broken=(("contract 4", "communities.csv c area_m2", "640", "500"),),
        verdicts={("TL-09", "c"): ("284", "284")},
    ),
    # -- rooms used in turns
    "a room in turns of residents and of others is none of the residents'": Edge(
        HUB_IN_TURNS,
        (
            policy(residents_share=Decimal("0.5001")),
            cells("inputs/functions", "lounge", resident_activity="0"),
        ),
        (("TL-09", "c", "300", "≥ 300.06 m²"),),
    ),
    "what enters no standard is nobody's share of it": Edge(
        HUB_IN_TURNS,
        (
            policy(residents_share=Decimal("0.5")),
            cells("inputs/functions", "day", counts_in_total="0"),
        ),
        (("contract 4", "communities.csv c area_m2", "600", "300"), ...),
        {("TL-09", "c"): ("150", "300")},
    ),
    "two functions in turns in 10 m²": Edge(IN_TURNS),
    "the second may not share": Edge(
        IN_TURNS,
        (cells("inputs/functions", "lounge", shareable="0"),),
        (("HZ-38", "allocation.csv b/lounge", "0", "1"),),
    ),
    "three functions in turns": Edge(THREE_IN_TURNS),
    **{
        f"one of three has a hundredth less: {f}": Edge(
            THREE_IN_TURNS,
            (cells("allocation", "b", "1", f, area_m2="9.99"),),
            (("HZ-38", f"allocation.csv b/{f}", slot, ""), ...),
        )
        for f, slot in (("hall", "night"), ("day", "morning"))
    },
    "in turns, and a room of its own": Edge(
        IN_TURNS,
        (more("allocation", "b", "1", "day", slot="", area_m2="1"),),
        (("HZ-38", "allocation.csv b/day", ";morning", ""), ...),
    ),
    "a slot of no combination": Edge(
        IN_TURNS,
        (cells("allocation", "b", "1", "day", slot="noon"),),
        (("HZ-38", "allocation.csv b/day", "noon", ""), ...),
    ),
    "a function nobody knows in a room of the pack": Edge(
        IN_TURNS,
        (without("inputs/functions", "lounge"),),
        (("contract 4", "allocation.csv b/1/lounge/evening"), ...),
    ),
}
