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
    "two refits end one hub, another hub covers": case(
        None,
        [building("b1", replaces="e1"), building("b2", replaces="e2")],
        facilities=[
            *(row | {"site": "s"} for row in TODAY),
            facility("x", "", "50", hub="1", site="t"),
        ],
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
    # 5 m² at 2 points and 5 at 1.5: what stands serves five of the ten
    "what stays takes its part of a need": case(
        None,
        [building("b", "4", replaces="e"), building("n", "20")],
        [needed(weight="2"), needed(id="care2", item="care2", weight="1.5")],
        facilities=[facility("e", "care1", "5")],
        budget={"total_yuan": 10_000},
        rules=NO_DOMAINS,
        **goals("need_served", "cost"),
    ),
    # 5 m² for three persons; the refit has no floor for the service
    "more stays than is needed": case(
        None,
        [building("b", "50", replaces="e")],
        [needed("3", levels="2"), GYM],
        facilities=[facility("e", "care1", "5")],
        **goals("need_served", "cost"),
    ),
    "what stays is not served again": case(
        None,
        [building("b", "4", replaces="e"), building("n", "20")],
        [needed()],
        facilities=[facility("e", "care1", "5")],
        rules=NO_DOMAINS,
    ),
}

HUB_CASES = PLACES | UNIONS | REFITS
