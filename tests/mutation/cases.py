"""Hand-made cases in which one rule decides; the oracle says what each is worth.

Unless a case says otherwise: one community of 500 households (600 m² by its hub), one building of
600 m² on one floor, three services at 1,000 yuan per m², everything 100 m apart.
"""

from tests.oracle.case import TinyCase
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    FULL,
    GYM,
    HUB,
    LOUNGE,
    NO_DOMAINS,
    NURSERY,
    building,
    case,
    community,
    facility,
    function,
    needed,
)

OFFICE = function("office", resident_activity="0")
TWO = [community("c"), community("d")]
THREE = [community("c"), community("d", district="上城区"), community("e")]


def figures(**values) -> dict:
    """Figures of the pack set otherwise, domains off."""
    said = {key.replace("__", "."): {"value": v, "reason": "test"} for key, v in values.items()}
    return NO_DOMAINS | said


def goals(*order, **more) -> dict:
    return {"goals": {"order": list(order)}, **more}


def also(tiny: TinyCase, **persons) -> TinyCase:
    """*tiny* with as many persons of other communities who need the same service."""
    function = tiny.tables["needs"][0]["function"]
    tiny.tables["needs"] += [
        {"community": c, "function": function, "persons": str(count)}
        for c, count in persons.items()
    ]
    return tiny


def each_its_own(*names: str) -> dict:
    """Buildings b1, b2, … within reach of one community each."""
    return {(f"b{k}", c): "100" for k, c in enumerate(names, start=1)}


def upstairs(id: str, **cells):
    """A building of 50 m² that has nothing but a second floor."""
    return building(id, "50", **cells)


UPSTAIRS = [{"building": "b2", "level": "2", "area_m2": "50"}]
TWO_STOREYS = [
    {"building": "b", "level": "1", "area_m2": "10"},
    {"building": "b", "level": "2", "area_m2": "40"},
]

CASES: dict[str, TinyCase] = {
    # -- pilots and standards
    "one hub of 600 m²": case(),
    "a hundredth short": case(None, [building(area_m2="599.99")]),
    "two communities, one building": case(TWO),
    "two could be pilots, one place": case(
        TWO, [building("b1"), building("b2")], walks=each_its_own("c", "d"), pilots={"target": 1}
    ),
    "three could be pilots, one place in a district": case(
        THREE,
        [building("b1"), building("b2", district="上城区"), building("b3")],
        walks=each_its_own("c", "d", "e"),
        pilots={"target": 3, "by_district": {"拱墅区": 1}},
    ),
    "required but out of reach of the larger": case(
        [community("c", pilot="required"), community("d", residents="5000")],
        [building("b1", acquire_yuan="500000")],
        pilots={"target": 1},
    ),
    "1,200 households in two buildings": case(
        [community(households="1200")],
        [building("b1"), building("b2", "121")],
    ),
    "one square metre more than the standard": case(
        [community(households="1200")], [building("b1"), building("b2", "119")]
    ),
    # -- installations, floors
    "ten persons in ten square metres": case(None, [building(area_m2="50")], [needed()]),
    "at least thirty square metres": case(
        None, [building(area_m2="50")], [needed(min_m2="30")], budget={"total_yuan": 29_000}
    ),
    "at most eight square metres": case(None, [building(area_m2="50")], [needed(max_m2="8")]),
    "ground floor too small": case(
        None,
        [building(area_m2="50")],
        [needed("40"), needed("40", id="care2", item="care2", levels="1-2")],
        floors=[
            {"building": "b", "level": "1", "area_m2": "10"},
            {"building": "b", "level": "2", "area_m2": "40"},
        ],
    ),
    "outdoor space for five": case(
        None, [building(area_m2="50", outdoor_m2="10")], [needed(outdoor_m2_per_person="2")]
    ),
    "a lift for 20,000 yuan": case(
        None,
        [building(area_m2="50", lift="upgrade", upgrade_yuan="20000")],
        [needed("40", levels="1-2", lift_above="1")],
        floors=[
            {"building": "b", "level": "1", "area_m2": "10"},
            {"building": "b", "level": "2", "area_m2": "40"},
        ],
    ),
    "acquired for one of two needs": case(
        None, [building(area_m2="30", acquire_yuan="7000")], [needed("20"), FULL]
    ),
    # -- hubs
    "two items are too few": case(None, None, (DAY, CANTEEN)),
    "two of one item": case(None, None, (DAY, FULL, CLINIC, GYM)),
    "core items short": case(None, None, (DAY, CLINIC, GYM)),
    "items spread over two sites": case(
        None,
        [building("b1", "600"), building("b2", "600")],
        (DAY | {"max_m2": "580"}, CANTEEN, CLINIC | {"levels": "2"}),
        floors=[
            {"building": "b2", "level": "1", "area_m2": "580"},
            {"building": "b2", "level": "2", "area_m2": "20"},
        ],
    ),
    "one site of two buildings for two": case(
        TWO, [building("b1", "700", site="s"), building("b2", "700", site="s")]
    ),
    "a hub in a street of its own": case(
        [community("c", pilot="excluded"), community("d", street="二街", pilot="excluded")],
        [building("b1"), building("b2", street="二街")],
        walks=each_its_own("c", "d"),
    ),
    "smaller hubs for others": case(
        [community("c"), community("d", pilot="excluded", street="二街")],
        [building("b1"), building("b2", "300", street="二街")],
        walks=each_its_own("c", "d"),
        rules=figures(nonpilot_hub_min_m2__existing=300),
    ),
    "larger hubs for others": case(
        [community("c", pilot="excluded")], rules=figures(nonpilot_hub_min_m2__existing=700)
    ),
    "the hub needs ten of office": case(
        None, None, (*HUB, OFFICE), rules=figures(hub_office_m2=10, office_share=0.0167)
    ),
    "an office that fits and pays": case(
        None,
        None,
        (*HUB, needed("10", id="office", item="office", resident_activity="0")),
        rules=figures(office_share=0.01),
    ),
    "a hub today": case(
        None,
        None,
        (*HUB, NURSERY),
        facilities=[
            facility("e1", "day", "200", hub="1", site="s"),
            facility("e2", "canteen", "200", hub="1", site="s"),
            facility("e3", "clinic", "199.99", hub="1", site="s"),
        ],
    ),
    "most for residents": case(
        None,
        None,
        (*(row | {"resident_activity": "0"} for row in HUB), LOUNGE | {"max_m2": "360"}),
        rules=figures(residents_share=0.6),
    ),
    "not enough for residents": case(
        None,
        None,
        (*(row | {"resident_activity": "0"} for row in HUB), LOUNGE | {"max_m2": "359.9"}),
        rules=figures(residents_share=0.6),
    ),
    # -- service
    "a place for ten of twenty": case(
        TWO,
        [building(area_m2="10")],
        [needed("20"), GYM],
        **goals("worst_served", "need_served", "cost"),
    ),
    "all served or not": case(
        None, [building(area_m2="50")], [needed("40")], service={"serve_all": True}
    ),
    "wholly or not at all": case(
        None, [building(area_m2="39")], [needed("40")], service={"mode": "whole"}
    ),
    "near and far": case(
        None,
        [building("b1", "30"), building("b2", "30", acquire_yuan="9000")],
        [needed("40")],
        walks={("b1", "c"): "100", ("b2", "c"): "900"},
        **goals("need_served", "farthest_m", "walking_distance", "cost"),
    ),
    "nobody walks far": case(
        None,
        [building("b1", "50", acquire_yuan="9000"), building("b2", "50")],
        [needed("40")],
        walks={("b1", "c"): "100", ("b2", "c"): "900"},
        **goals("need_served", "farthest_m", "cost"),
    ),
    # -- money
    "money for half": case(
        None, [building(area_m2="50")], [needed()], budget={"total_yuan": 5_000}
    ),
    "a district's money": case(
        TWO,
        [building("b1"), building("b2")],
        walks=each_its_own("c", "d"),
        budget={"by_district_yuan": {"拱墅区": 600_000}},
    ),
    "a ceiling for yearly operation": case(
        None,
        [building(rent_yuan_per_year="1200")],
        [row | {"operating_yuan_per_m2_year": "10"} for row in HUB],
        budget={"operating_yuan_per_year": 7_199.99},
    ),
    "two sources, one for hubs": case(
        None,
        [building("b1"), upstairs("b2")],
        (*HUB, needed("30", levels="2")),
        floors=UPSTAIRS,
        budget={"by_source_yuan": {"bond": 605_000, "own": 20_000}},
        sources={"bond": {"hub": True}},
    ),
    "a source for hubs with a clinic": case(
        None,
        [building("b1"), upstairs("b2")],
        (*HUB, GYM, needed("30", levels="2")),
        floors=UPSTAIRS,
        budget={"by_source_yuan": {"bond": 605_000, "own": 20_000}},
        sources={"bond": {"hub": True, "any_item": ["clinic"]}},
    ),
    "a source for one item": case(
        None,
        [building("b1", "50", acquire_yuan="1000"), upstairs("b2")],
        [
            needed("30", opening_yuan="500"),
            needed("30", id="care2", item="care2", domain="health", levels="2"),
        ],
        floors=UPSTAIRS,
        budget={"by_source_yuan": {"bond": 60_000, "own": 5_000}},
        sources={"bond": {"any_item": ["care2"]}},
    ),
    "a source for one item in one district": case(
        [community("c"), community("d", district="上城区")],
        [building("b1", "50"), building("b2", "50", district="上城区")],
        [needed("30"), GYM],
        reach={"walk_m": 1000, "cross_district": True},
        budget={"by_source_yuan": {"bond": 25_000}},
        sources={"bond": {"any_item": ["care1"], "by_district_yuan": {"上城区": 9_000}}},
    ),
    "a lift paid by one source": case(
        None,
        [building(area_m2="50", lift="upgrade", upgrade_yuan="20000")],
        [needed("40", levels="1-2", lift_above="1")],
        floors=TWO_STOREYS,
        budget={"by_source_yuan": {"own": 55_000}, "by_district_yuan": {"拱墅区": 59_000}},
    ),
    "a lift in a district's money": case(
        None,
        [building(area_m2="50", lift="upgrade", upgrade_yuan="20000", acquire_yuan="3000")],
        [needed("40", levels="1-2", lift_above="1", opening_yuan="4000")],
        floors=TWO_STOREYS,
        budget={"by_district_yuan": {"拱墅区": 59_000}},
    ),
    "a district's money for half": case(
        None,
        [building("b1", "50", acquire_yuan="1000"), building("b2", "50", lock="never")],
        [needed("40", opening_yuan="500")],
        budget={"by_district_yuan": {"拱墅区": 21_000}},
    ),
    "a source for one district": case(
        [community("c"), community("d", district="上城区")],
        [building("b1", "50"), building("b2", "50", district="上城区")],
        [needed("30"), GYM],
        reach={"walk_m": 1000, "cross_district": True},
        budget={"by_source_yuan": {"bond": 60_000, "own": 5_000}},
        sources={"bond": {"by_district_yuan": {"上城区": 9_000}}},
    ),
    "money by year": case(
        None,
        [building("b1", "50"), building("b2", "50", available_year="2026")],
        [needed("30"), needed("30", id="care2", item="care2")],
        budget={"by_year_yuan": {"2025": 30_000, "2026": 29_000}},
    ),
    "one building is paid in one year": case(
        None,
        [building("b1", "90", acquire_yuan="2000")],
        [needed("60", opening_yuan="1000")],
        budget={"by_year_yuan": {"2025": 30_000, "2026": 32_000}},
    ),
    "one hub more than pays": case(
        TWO,
        [building("b1"), building("b2")],
        walks=each_its_own("c", "d"),
        rules=figures(hub_count="must"),
        hubs={"target": 1},
        pilots={"target": 0},
        **goals("cost"),
    ),
    # -- unions, refits
    "two pilots as one": case(
        [community("c", union="u", households="400"), community("d", union="u", households="400")],
        adjacency=[{"community": "c", "neighbour": "d"}],
    ),
    "one of two is required": case(
        [community("c", union="u", pilot="required"), community("d", union="u")],
        [building("b1"), building("b2", "700")],
        adjacency=[{"community": "c", "neighbour": "d"}],
    ),
    "covered by the hub of a neighbour": case(
        [community("c", union="u"), community("d", union="u")],
        [building("b1", "50")],
        (*HUB, needed("30")),
        facilities=[
            facility("e1", "day", "200", hub="1"),
            facility("e2", "canteen", "200", hub="1"),
            facility("e3", "clinic", "200", hub="1"),
        ],
        adjacency=[{"community": "c", "neighbour": "d"}],
        **goals("communities_covered", "hubs", "need_served", "cost"),
    ),
    "a refit grows": case(
        None,
        [building("b1", "600", replaces="e1")],
        (*HUB, NURSERY),
        facilities=[facility("e1", "day", "150", hub="1"), facility("e2", "canteen", "50")],
    ),
    "a refit may not shrink": case(
        None,
        [building("b1", "149", replaces="e1")],
        [DAY | {"m2_per_person": "1", "need": "200"}, NURSERY],
        facilities=[facility("e1", "day", "150")],
    ),
    # -- locks, coverage
    "locked to be used": case(
        None, [building("b1", lock="must"), building("b2", acquire_yuan="10")], [needed("20")]
    ),
    "locked to hold a lounge": case(None, [building(lock="function:lounge")], (*HUB, LOUNGE)),
    "every street must have a hub": case(
        [community("c", pilot="excluded"), community("d", street="二街", pilot="excluded")],
        [building("b1"), building("b2", street="二街")],
        walks=each_its_own("c", "d"),
        rules=figures(street_coverage="must"),
        **goals("cost"),
    ),
    "every community must have a hub": case(
        [community("c", pilot="excluded"), community("d", pilot="excluded")],
        [building("b1"), building("b2")],
        walks=each_its_own("c", "d"),
        rules=figures(community_coverage="must"),
        **goals("cost"),
    ),
}
