"""Hand-made cases of rooms, floors, service and money, each binding to the last unit.

Unless a case says otherwise: what :mod:`tests.mutation.cases` says.
"""

from tests.mutation.cases import TWO, TWO_STOREYS, also, figures, goals
from tests.oracle.case import TinyCase
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    GYM,
    HUB,
    building,
    case,
    community,
    needed,
)

AMOUNTS: dict[str, TinyCase] = {
    "a room in turns and one apart": case(
        None,
        [building(area_m2="40")],
        [
            needed("30", shareable="1"),
            needed("10", id="care2", item="care2", shareable="1", fitout_yuan_per_m2="2000"),
        ],
        rules=figures(shared_rooms=[{"care1": "am", "care2": "pm"}]),
    ),
    "thirty square metres, no more": case(
        None, [building(area_m2="30")], [needed("40", min_m2="30")]
    ),
    "two in thirty square metres": case(
        None,
        [building(area_m2="30")],
        [needed("40"), needed("40", id="care2", item="care2", opening_yuan="5000", weight="2")],
    ),
    "two square metres a person": case(
        None, [building(area_m2="19")], [needed("10", m2_per_person="2")]
    ),
    "opened for whoever comes": case(
        None, [building(area_m2="19")], [needed("10", m2_per_person="0", opening_yuan="5000"), GYM]
    ),
    "all served from two": case(
        None,
        [building("b1", "20"), building("b2", "20")],
        [needed("40")],
        service={"serve_all": True},
    ),
    "most of it below the lift": case(
        None,
        [building(area_m2="50", lift="upgrade", upgrade_yuan="20000")],
        [needed("45", levels="1-2", lift_above="1")],
        floors=[
            {"building": "b", "level": "1", "area_m2": "40"},
            {"building": "b", "level": "2", "area_m2": "10"},
        ],
        budget={"total_yuan": 60_000},
    ),
    "all of it above the lift": case(
        None,
        [building(area_m2="50", lift="upgrade", upgrade_yuan="20000")],
        [needed("40", levels="2", lift_above="1")],
        floors=TWO_STOREYS,
    ),
    "two buildings for exactly the standard": case(
        [community(households="1200")], [building("b1"), building("b2", "120")]
    ),
    "an opening paid by the source for hubs": case(
        None,
        None,
        (DAY, CANTEEN | {"opening_yuan": "5000"}, CLINIC),
        budget={"by_source_yuan": {"bond": 605_000}},
        sources={"bond": {"hub": True}},
    ),
    "a source for hubs a yuan short": case(
        None,
        None,
        budget={"by_source_yuan": {"bond": 599_999}},
        sources={"bond": {"hub": True}},
    ),
    "a building that could be the hub and is not": case(
        None,
        [building("b1"), building("b2", acquire_yuan="10")],
        (*HUB, needed("100", counts_in_total="0")),
        budget={"by_source_yuan": {"bond": 700_000, "own": 20_000}},
        sources={"bond": {"hub": True}},
    ),
    "two for one of twenty, ten for one of a hundred": also(
        case(
            TWO,
            [building(area_m2="12")],
            [needed("20"), GYM],
            **goals("worst_served", "cost"),
        ),
        d=100,
    ),
    "all of a building in all of a year": case(
        None,
        [building("b1", "29", acquire_yuan="2000")],
        [needed("60", opening_yuan="1000")],
        budget={"by_year_yuan": {"2025": 32_000}},
    ),
}
