"""Hand-made cases of hubs: on one place or dispersed, of unions, of today and refitted.

Unless a case says otherwise: what :mod:`tests.mutation.cases` says.
"""

from tests.mutation.cases import TWO, figures, goals
from tests.oracle.case import TinyCase
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    GYM,
    HUB,
    LOUNGE,
    NO_DOMAINS,
    NURSERY,
    SEVEN,
    building,
    case,
    community,
    facility,
    function,
    needed,
)

OFFICE = function("office", resident_activity="0", fitout_yuan_per_m2="2000", min_m2="1")
DEAR = (DAY, CANTEEN | {"opening_yuan": "50000"}, CLINIC, GYM)  # who may leaves the canteen out
PAIR = [community("c", union="u"), community("d", union="u")]
BESIDE = {"adjacency": [{"community": "c", "neighbour": "d"}]}
TODAY = [facility(f"e{k}", row["id"], "200", hub="1") for k, row in enumerate(HUB, start=1)]
METRES = 110_863.0  # of a degree of latitude at 30.28°, to 1 m


def there(id: str = "c", metres=0, **cells):
    """A community so many metres north."""
    return community(id, lon="120.15", lat=f"{30.28 + metres / METRES:.9f}", **cells)


def at(metres, id: str, area_m2: str = "300", **cells):
    """A building so many metres north of the community, detour 1."""
    return building(id, area_m2, lon="120.15", lat=f"{30.28 + metres / METRES:.9f}", **cells)


def street(*buildings, communities=None, functions=HUB, **more) -> TinyCase:
    """Buildings in a row: two within 300 m of each other may be one hub."""
    reach = {"walk_m": 1000, "detour": 1}
    homes = communities or [there()]
    return case(homes, list(buildings), functions, coords="cgcs2000", reach=reach, **more)


def elsewhere(id: str, area_m2: str, **cells):
    """Floor area of today that is in no hub and on no site."""
    return facility(id, "gym", area_m2, lon="120.15", lat="30.28", **cells)


def today_but_sports(*communities: str) -> list:
    """Every domain but sports stands in each community today, and counts no area."""
    return [
        facility(f"{row['id']}-{c}", row["id"], "0.01", community=c, counted="0")
        for c in communities
        for row in (DAY, NURSERY, *BUT_SPORTS)
    ]


BUT_SPORTS = tuple(function(f"f-{d}", d) for d in SEVEN if d not in ("care", "sports"))
OTHERS = tuple(row for row in BUT_SPORTS if row["domain"] != "health")

PLACES: dict[str, TinyCase] = {
    "a hub that would leave the canteen out": case(None, None, DEAR),
    "two places for one hub": case(None, [building("b1"), building("b2")], **goals("hubs", "cost")),
    "area enough today and no hub": case(facilities=[facility("e", "day", "600")]),
    "a hub of what stands on the site": case(
        None,
        [building(area_m2="50", site="s")],
        facilities=[
            facility(f"e{k}", row["id"], "200", site="s") for k, row in enumerate(HUB, start=1)
        ],
    ),
    "a dear office in the hub": case(
        None, None, (*HUB, OFFICE), rules=figures(hub_office_m2=10, office_share=0.1)
    ),
    "the hub of a pilot is larger": case(
        None,
        None,
        (*HUB, GYM),
        facilities=[facility("e", "gym", "100")],
        rules=figures(nonpilot_hub_min_m2__existing=300),
    ),
    "two hubs are asked of two": case(
        TWO,
        [building("b1"), building("b2")],
        walks={("b1", "c"): "100", ("b2", "d"): "100"},
        rules=figures(hub_count="must"),
        hubs={"target": 2},
        pilots={"target": 0},
        **goals("cost"),
    ),
    "locked to hold what the second host wants": case(
        [community("c"), community("d", priority="5")], [building(lock="function:day")]
    ),
}

DISPERSED: dict[str, TinyCase] = {
    "two of 300 m²": street(at(0, "a"), at(200, "b")),
    "three of 200 m²": street(*(at(50 * k, f"b{k}", "200") for k in range(3))),
    "four with an item or room each": street(
        *(at(50 * k, f"b{k}", m2) for k, m2 in enumerate(("150", "150", "150", "300"))),
        functions=(
            DAY | {"levels": "1"},
            CANTEEN | {"levels": "2"},
            CLINIC | {"levels": "3"},
            LOUNGE | {"levels": "4"},
        ),
        floors=[
            {"building": f"b{k}", "level": str(k + 1), "area_m2": m2}
            for k, m2 in enumerate(("150", "150", "150", "300"))
        ],
    ),
    "one core item is enough, none is not": street(
        at(0, "a"),
        at(200, "b"),
        functions=(DAY | {"opening_yuan": "50000"}, CLINIC, GYM, function("books", "culture")),
        rules=figures(hub_min_core_items=1),
    ),
    "two places in the street": street(
        at(0, "a"),
        at(200, "b"),
        communities=[there(pilot="excluded")],
        **goals("streets_covered", "cost"),
    ),
    "one site is a branch of one hub": street(
        at(0, "a"),
        at(250, "s1", site="s"),
        at(250, "s2", site="s"),
        at(500, "z"),
        communities=[there(), there("d")],
    ),
    "the third is too far from the first": street(
        at(0, "a", "250"), at(200, "b", "250"), at(400, "z", "250")
    ),
    "one place or two": street(
        at(0, "a", "600"), at(200, "b"), at(400, "z"), **goals("hubs", "cost")
    ),
    "the clinic in a, the others in b": street(
        at(0, "a"),
        at(200, "b"),
        functions=(DAY, CANTEEN, CLINIC | {"levels": "-1"}),
        floors=[{"building": "a", "level": "-1", "area_m2": "300"}],
    ),
    "dispersed without the dear canteen": street(at(0, "a"), at(200, "b"), functions=DEAR),
    "the clinic is no part of it": street(
        at(0, "a"),
        at(200, "b"),
        at(800, "z"),
        functions=(DAY, CANTEEN, CLINIC | {"levels": "-1", "min_m2": "1"}),
        floors=[{"building": "z", "level": "-1", "area_m2": "300"}],
    ),
    "area elsewhere, two for the hub": street(
        at(0, "a"),
        at(200, "b"),
        functions=(*HUB, GYM),
        facilities=[elsewhere("e", "600")],
    ),
    "a dispersed hub of a pilot is larger": street(
        at(0, "a"),
        at(200, "b"),
        functions=(*HUB, GYM),
        facilities=[elsewhere("e", "100")],
        rules=figures(nonpilot_hub_min_m2__existing=400),
    ),
    "a dispersed hub of others is larger": street(
        at(0, "a"),
        at(200, "b"),
        communities=[there(pilot="excluded")],
        rules=figures(nonpilot_hub_min_m2__existing=601),
        **goals("hubs", "cost"),
    ),
    "half of the hub stands today": street(
        at(0, "a"),
        at(200, "b", "50", site="s", acquire_yuan="1000"),
        facilities=[
            facility("e1", "day", "150", site="s"),
            facility("e2", "canteen", "150", site="s"),
        ],
    ),
    "a dear office in one of two": street(
        at(0, "a"),
        at(200, "b"),
        functions=(*HUB, OFFICE),
        rules=figures(hub_office_m2=20, office_share=0.1),
    ),
    "the office alone in a third": street(
        at(0, "a"),
        at(200, "b"),
        at(100, "z", "20"),
        functions=(*HUB, OFFICE | {"levels": "2"}),
        floors=[{"building": "z", "level": "2", "area_m2": "20"}],
        rules=figures(hub_office_m2=20, office_share=0.2),
    ),
    "the office is too far from the first": street(
        at(0, "a"),
        at(200, "b"),
        at(400, "z", "100"),
        functions=(*HUB, OFFICE | {"levels": "2"}),
        floors=[{"building": "z", "level": "2", "area_m2": "100"}],
        rules=figures(hub_office_m2=20, office_share=0.2),
    ),
    "in one street of two": street(
        at(0, "a"),
        at(200, "b"),
        at(100, "z", street="二街"),
        communities=[there(pilot="excluded"), there("d", street="二街", pilot="excluded")],
        **goals("streets_covered", "cost"),
    ),
    "only the second brings a meal": street(
        at(0, "a"),
        at(200, "b"),
        functions=(DAY, CANTEEN | {"levels": "2"}, CLINIC, NURSERY | {"levels": "5"}),
        floors=[{"building": "b", "level": str(k), "area_m2": "150"} for k in (1, 2)],
        budget={"by_source_yuan": {"bond": 600_000}},
        sources={"bond": {"hub": True, "any_item": ["meal"]}},
    ),
    "the near parts are enough": street(
        at(-150, "a", site="s"),
        at(-350, "a2", site="s"),
        at(100, "b"),
        communities=[
            there(union="u", households="300"),
            there("d", 800, union="u", households="300"),
        ],
    ),
    "a dispersed hub near both members": street(
        at(-150, "a", "300", site="s"),
        at(-350, "a2", "300", site="s"),
        at(100, "b", "300"),
        communities=[
            there(union="u", households="900"),
            there("d", 800, union="u", households="300"),
        ],
    ),
}

UNIONS: dict[str, TinyCase] = {
    "the near part of the site is enough": case(
        [community("c", union="u", households="300"), community("d", union="u", households="300")],
        [building("b1", "600", site="s"), building("b2", "120", site="s")],
        walks={("b1", "c"): "100", ("b1", "d"): "100", ("b2", "c"): "100", ("b2", "d"): "1100"},
        **BESIDE,
    ),
    "a part of the site is far from a member": case(
        [community("c", union="u", households="900"), community("d", union="u", households="300")],
        [building("b1", "600", site="s"), building("b2", "120", site="s")],
        walks={("b1", "c"): "100", ("b1", "d"): "100", ("b2", "c"): "100", ("b2", "d"): "1100"},
        **BESIDE,
    ),
    "one of two lacks sports only": case(
        PAIR,
        [building(area_m2="50")],
        (*HUB, GYM, NURSERY, *BUT_SPORTS),
        facilities=[*TODAY, *today_but_sports("c", "d")],
        rules={"domains_from": {"value": "reach", "reason": "test"}},
        **BESIDE,
    ),
    "a required member beside a better one": case(
        [
            community("c", union="u", pilot="required"),
            community("d", union="u"),
            community("e", priority="5"),
        ],
        [building("b1", acquire_yuan="1000"), building("b2")],
        walks={("b1", "c"): "100", ("b1", "d"): "100", ("b2", "e"): "100"},
        pilots={"target": 1},
        **BESIDE,
    ),
}

REFITS: dict[str, TinyCase] = {
    "at least what it replaces": case(
        [community(pilot="excluded")],
        [building(replaces="e", lock="must")],
        facilities=[facility("e", "clinic", "200")],
        **goals("cost"),
    ),
    "one service, at least what it replaces": case(
        [community(pilot="excluded")],
        [building(replaces="e", lock="must")],
        [CLINIC],
        facilities=[facility("e", "clinic", "200")],
        **goals("cost"),
    ),
    "the hub of today makes way for a larger": case(
        [community(households="1200")], [building(replaces="e1")], facilities=TODAY
    ),
    "two refits end one hub": case(
        None,
        [building("b1", replaces="e1"), building("b2", replaces="e2")],
        facilities=TODAY,
        **goals("hubs", "cost"),
    ),
    "a second hub only where the first has ended": case(
        None,
        [building("b1", "200", replaces="e1"), building("b2")],
        facilities=TODAY,
        **goals("hubs", "cost"),
    ),
    "a refit adds area and ends the hub": case(
        [community(households="1200")], [building(area_m2="320", replaces="e1")], facilities=TODAY
    ),
    "another building adds area, the hub stays": case(
        [community(households="1200")],
        [building("b1", "320", replaces="e1"), building("b2", "120", acquire_yuan="90000")],
        facilities=TODAY,
    ),
    "covered no longer": case(
        None,
        [building(area_m2="200", replaces="e1", lock="must")],
        facilities=TODAY,
        **goals("communities_covered", "cost"),
    ),
    "two covered together no longer": case(
        PAIR,
        [building(area_m2="200", replaces="e1", lock="must")],
        facilities=TODAY,
        **BESIDE,
        **goals("communities_covered", "cost"),
    ),
    "two covered together, each once": case(
        PAIR,
        [building(area_m2="200", replaces="e1")],
        facilities=TODAY,
        **BESIDE,
        **goals("communities_covered", "cost"),
    ),
    "covered by what stands, not twice": case(
        None,
        [building("b1", "200", replaces="e"), building("b2")],
        facilities=[facility("e", "", "200", hub="1")],
        **goals("communities_covered", "cost"),
    ),
    "the must of a hub is met by what stands": case(
        None,
        [building(area_m2="200", replaces="e1")],
        facilities=TODAY,
        rules=figures(community_coverage="must"),
        **goals("cost"),
    ),
    "the clinic of today was the only one": case(
        None,
        [building(replaces="e")],
        (DAY, CANTEEN, CLINIC | {"fitout_yuan_per_m2": "2000"}, NURSERY, GYM, *OTHERS),
        facilities=[
            facility("e", "clinic", "200"),
            *(
                facility(row["id"], row["id"], "0.01", counted="0")
                for row in (DAY, NURSERY, GYM, *OTHERS)
            ),
        ],
        rules={},
    ),
    "what stays counts in the whole": case(
        None,
        [building("b", "9", replaces="e"), building("n", "3")],
        [needed()],
        facilities=[facility("e", "care1", "5")],
        service={"mode": "whole"},
    ),
    "what stays and the rest are the whole": case(
        None,
        [building("b", "9", replaces="e"), building("n", "5")],
        [needed()],
        facilities=[facility("e", "care1", "5")],
        service={"mode": "whole"},
    ),
    "what stays is not served again": case(
        None,
        [building("b", "4", replaces="e"), building("n", "20")],
        [needed()],
        facilities=[facility("e", "care1", "5")],
        rules=NO_DOMAINS,
    ),
}

HUB_CASES = PLACES | DISPERSED | UNIONS | REFITS
