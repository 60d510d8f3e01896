"""Hand-made cases of goals: what one term weighs decides which of two plans is better.

Unless a case says otherwise: what :mod:`tests.mutation.cases` says.
"""

from tests.mutation.cases import TWO, also, each_its_own, figures, goals
from tests.mutation.cases_dispersed import at, street
from tests.oracle.case import TinyCase
from tests.oracle.kit import CANTEEN, CLINIC, DAY, HUB, building, case, community, function, needed

CHEAP = {"fitout_yuan_per_m2": "300"}
PAYS = {"cost": 1, "need_served": 400}
WALKED = {"cost": 1, "walking_distance": 0.5}
IDLE = {"idle_m2_left": 1, "communities_to_standard": 40}
GREEN = {"residents_to_standard": 1, "office_share": 300, "new_build_m2": 2}
OFFICE = function("office", resident_activity="0", fitout_yuan_per_m2="500", min_m2="1")
UP_TO_200 = tuple(row | {"max_m2": "200"} for row in HUB)


def paying(first: str, second: str) -> TinyCase:
    """Two who need 30 persons' service, each with a building at so many yuan.

    400 × 30 for the persons, less 300 × 30 m² and 1,500 for opening: 1,500 are left for it.
    """
    return also(
        case(
            TWO,
            [building("b1", "30", acquire_yuan=first), building("b2", "30", acquire_yuan=second)],
            [needed("30", opening_yuan="1500", **CHEAP)],
            walks=each_its_own("c", "d"),
            **goals(PAYS),
        ),
        d=30,
    )


def two_ways(near: dict, far: dict, *order) -> TinyCase:
    """Ten persons are served at 100 m or at 900 m: 500 yuan of walking or 4,500."""
    return case(
        None,
        [building("b1", "10", **near), building("b2", "10", **far)],
        [needed()],
        walks={("b1", "c"): "100", ("b2", "c"): "900"},
        **goals("need_served", *(order or (WALKED,))),
    )


def one_or_two(opening_yuan: str) -> TinyCase:
    """Twenty persons: two installations at 100 m (1,000 yuan) or one at 900 m (9,000)."""
    return case(
        None,
        [building("b1", "10"), building("b2", "10"), building("b3", "20")],
        [needed("20", opening_yuan=opening_yuan)],
        walks={("b1", "c"): "100", ("b2", "c"): "100", ("b3", "c"): "900"},
        **goals("need_served", WALKED),
    )


def idle(first: str, second: str) -> TinyCase:
    """Fifteen square metres in one of two buildings; the rest of it is idle."""
    return case(
        None,
        [building("b1", first), building("b2", second)],
        [needed("15", max_m2="15")],
        **goals("need_served", "idle_m2_left", "cost"),
    )


def supplemented(residents: str) -> TinyCase:
    """A hub of 600 m² newly built counts 2 × 600 = 1,200 against the residents."""
    return case(
        [community(residents=residents)], [building(route="supplement")], **goals(GREEN, "cost")
    )


GOALS: dict[str, TinyCase] = {
    "the last is worth more": case(
        [community("c"), community("d", priority="5")],
        [building("b1"), building("b2")],
        walks=each_its_own("c", "d"),
        budget={"total_yuan": 600_000},
        **goals("communities_to_standard", "cost"),
    ),
    # 18,000 or 10,000 + 10,000
    "a dear fit-out or a price": case(
        None,
        [building("b1", "10", acquire_yuan="10000"), building("b2", "10", fitout_factor="1.8")],
        [needed()],
        **goals("need_served", "cost"),
    ),
    # a lift for 20,000 or a price of 30,000
    "a lift or a price": case(
        None,
        [
            building("b1", "50", lift="upgrade", upgrade_yuan="20000"),
            building("b2", "50", acquire_yuan="30000"),
        ],
        [needed("40", levels="1-2", lift_above="1")],
        floors=[
            {"building": "b1", "level": "1", "area_m2": "10"},
            {"building": "b1", "level": "2", "area_m2": "40"},
        ],
        **goals("need_served", "cost"),
    ),
    "the first pays": paying("900", "1600"),
    "the second pays": paying("1600", "900"),
    # 2,500 + 500 or 4,500
    "near for 2,500": two_ways({"acquire_yuan": "2500"}, {}),
    "far, as near costs 5,000": two_ways({"acquire_yuan": "5000"}, {}),
    # 13,000 + 500 or 10,000 + 4,500
    "near at 1,300 a square metre": two_ways({"fitout_factor": "1.3"}, {}),
    "far, as near costs 1,500 a square metre": two_ways({"fitout_factor": "1.5"}, {}),
    "near whatever it costs": two_ways({"acquire_yuan": "9000"}, {}, "walking_distance", "cost"),
    # 1,000 + 14,000 or 9,000 + 7,000
    "two openings for 14,000": one_or_two("7000"),
    # 1,000 + 18,000 or 9,000 + 9,000
    "one opening, as two cost 18,000": one_or_two("9000"),
    "two of 300 m² are one hub": street(at(0, "a"), at(200, "b"), **goals("hubs", "cost")),
    "five idle or thirty-five": idle("20", "50"),
    "thirty-five idle or thirty": idle("50", "45"),
    # 30 - 40 or nothing, 50 - 40 or nothing
    "thirty idle for a pilot": case(
        None, [building(area_m2="630")], UP_TO_200, **goals(IDLE, "cost")
    ),
    "fifty idle are no pilot": case(
        None, [building(area_m2="650")], UP_TO_200, **goals(IDLE, "cost")
    ),
    "ten of office and no more": case(
        None,
        None,
        (DAY, CANTEEN, CLINIC, OFFICE),
        rules=figures(hub_office_m2=10, office_share=0.1),
        **goals("communities_to_standard", "office_share", "cost"),
    ),
    "no office that somebody needs": case(
        None,
        None,
        (*HUB, needed("10", id="office", item="office", resident_activity="0")),
        rules=figures(office_share=0.1),
        **goals("communities_to_standard", "office_share", "need_served"),
    ),
    "a thousand residents for 1,200": supplemented("1000"),
    "1,300 residents for 1,200": supplemented("1300"),
    "ten newly built": case(
        None,
        [building(area_m2="10", route="supplement")],
        [needed()],
        **goals("need_served", "new_build_m2", "cost"),
    ),
    "money for the larger of two": case(
        None,
        [building("b1", "30"), building("b2", "50")],
        [needed("100")],
        budget={"total_yuan": 50_000},
        **goals("state_owned_m2", "cost"),
    ),
}
