"""Edges of where things stand: distances, dispersed hubs, who may host, floors and sizes."""

from tests.mutation.cases_dispersed import at, street, there
from tests.mutation.cases_of_hubs import BESIDE
from tests.optimizer.checks.edges.kit import (
    Edge,
    cells,
    policy,
    scenario,
    without,
)
from tests.oracle.kit import HUB, LOUNGE, building, case, community, facility, needed

TWO_SITES = street(at(0, "a"), at(200, "b"))
TEN = case(None, [building(area_m2="50")], [needed()])
NO_LIMIT = case(
    None,
    [building("b1", "10"), building("b2", "10", lock="never")],
    [needed()],
    walks={("b1", "c"): "1001", ("b2", "c"): "100"},
    reach={"detour": 1.3},
)
A10 = ("A10", "siting.csv a/b", "c", "≤ 300 m")
FREE_LIFT = case(
    None,
    [building(area_m2="50", lift="upgrade")],
    [needed("40", levels="1-2", lift_above="1")],
    floors=[
        {"building": "b", "level": "1", "area_m2": "10"},
        {"building": "b", "level": "2", "area_m2": "40"},
    ],
)
FREE_UPGRADE = case(None, [building(area_m2="50", fire_ok="upgrade")], [needed()])
UNSAFE = case(None, [building(area_m2="50", fire_ok="0")], [needed()])
AROUND = case(None, [building(area_m2="50", route="conversion", owner="collective")], [needed()])
WIDE = street(at(0, "a"), at(200, "b"), communities=[there(), there("d", pilot="excluded")])
NO_HOSTS = case(
    None,
    [building(area_m2="10")],
    [needed()],
    policy="none",
    rules={},
    goals={"order": ["need_served", "cost"]},
)
NEW = case(
    [community(kind="new")],
    [building(area_m2="1000", route="allocation"), building("b2", "5", route="allocation")],
)
AS_ONE = [community(c, union="u", households="400") for c in ("c", "d")]
SHARED_UNION = case(
    AS_ONE,
    [building(), building("b2", "30")],
    (*HUB, needed("30", levels="2")),
    floors=[{"building": "b2", "level": "2", "area_m2": "30"}],
    **BESIDE,
)
REFITTED_UNION = case(
    [*AS_ONE, community("e", pilot="excluded")],
    [building(replaces="e1;e2")],
    (*HUB, LOUNGE),
    walks={("b", "c"): "100", ("b", "d"): "100"},
    facilities=[facility(e, "lounge", counted="0") for e in ("e1", "e2")],
    **BESIDE,
)

EDGES = {
    # -- straight distances, 0.01 m
    "the walk of 0 m said to be 0.01 is within the tolerance": Edge(
        TWO_SITES, (cells("inputs/distances", "a", walk_m="0.01"),)
    ),
    "the walk of 0 m said to be 0.02 is not": Edge(
        TWO_SITES,
        (cells("inputs/distances", "a", walk_m="0.02"),),
        (("A16", "distances.csv a/c", "0.02", "0.00"),),
    ),
    "a walk along streets is taken as it is": Edge(
        TWO_SITES, (cells("inputs/distances", "a", walk_m="7", origin="network"),)
    ),
    "a walk that is given is taken as it is": Edge(
        TWO_SITES, (cells("inputs/distances", "a", walk_m="7", origin="given"),)
    ),
    "a walk between buildings is given by nobody": Edge(
        TWO_SITES,
        (cells("inputs/building_distances", "a", walk_m="7", origin="given"),),
        (("A16", "building_distances.csv a/b", "7", "199.99"),),
    ),
    # -- limits of walking
    "walks that are given have no limit where none is said": Edge(NO_LIMIT),
    "walks that are given in part have none either": Edge(
        NO_LIMIT, (cells("inputs/distances", "b2", origin="network"),)
    ),
    "walks that are measured have the pack's": Edge(
        NO_LIMIT,
        (
            cells("inputs/distances", "b1", origin="network"),
            cells("inputs/distances", "b2", origin="network"),
        ),
        (
            ("HZ-13", "service.csv b1/care1/c"),
            ("contract 5 Host", "siting.csv b1"),
            ("contract 4", "communities.csv c domains", "care", ""),
        ),
    ),
    # -- dispersed hubs
    "two buildings 300 m apart": Edge(
        TWO_SITES,
        (cells("inputs/building_distances", "a", walk_m="300", origin="network"),),
    ),
    "two buildings 300.01 m apart": Edge(
        TWO_SITES,
        (cells("inputs/building_distances", "a", walk_m="300.01", origin="network"),),
        (A10,),
    ),
    "two buildings with no walk between them": Edge(
        TWO_SITES,
        (without("inputs/building_distances", "a"),),
        (A10, ("A16", "building_distances.csv a/b", "", "199.99")),
    ),
    "two places where the pack allows two": Edge(
        TWO_SITES, (policy(dispersed_hub_places=2),), (), {("HZ-29", "c"): ("2", "2")}
    ),
    "two places where the pack allows one": Edge(
        TWO_SITES,
        (policy(dispersed_hub_places=1),),
        (("HZ-29", "c", "2", "≤ 1 places"),),
        {("HZ-29", "c"): ("1", "2")},
    ),
    "two places where the pack knows no dispersed hub": Edge(
        TWO_SITES,
        (policy(dispersed_hub=False),),
        (("HZ-29", "c", "2", "≤ 1 places"),),
    ),
    # -- positions: a place needs both of its coordinates
    **{
        f"{table} that has no {axis} has no place": Edge(
            TWO_SITES,
            (cells(f"inputs/{table}", id, **{axis: ""}),),
            broken,
        )
        for axis in ("lon", "lat")
        for table, id, broken in (
            ("communities", "c", (("A16", "distances.csv a/c"), ("A16", "distances.csv b/c"))),
            (
                "buildings",
                "b",
                (("A16", "distances.csv b/c"), ("A16", "building_distances.csv a/b")),
            ),
        )
    },
    "a place with no lat has no say in the zone of the grid": Edge(
        WIDE,
        (cells("inputs/communities", "d", lon="0", lat=""),),
        (
            *(("A16", f"distances.csv {b}/d") for b in "ab"),
            *(("contract 4", f"adjacency.csv {pair}", "1", "0") for pair in ("c/d", "d/c")),
        ),
    ),
    # -- eligibility of a used building
    "an upgrade that was not taken": Edge(
        FREE_UPGRADE,
        (cells("siting", "b", upgraded="0"),),
        (("HZ-61", "siting.csv b"),),
    ),
    "nothing to upgrade": Edge(
        TEN,
        (cells("siting", "b", upgraded="1"),),
        (("contract 1", "siting.csv b"),),
    ),
    "a safe building that took another upgrade": Edge(FREE_LIFT),
    "of an unused building an upgrade could be taken": Edge(
        case(
            None, [building(area_m2="50", fire_ok="upgrade")], [needed()], budget={"total_yuan": 0}
        )
    ),
    "an unsafe building is an obstacle": Edge(UNSAFE),
    "conversion 100 m from the community where 100 are around it": Edge(
        AROUND, (policy(around_m=100),)
    ),
    "conversion 100 m from the community where 99 are around it": Edge(
        AROUND, (policy(around_m=99),), (("A27", "siting.csv b", "c"),)
    ),
    "other routes may be farther": Edge(TEN, (policy(around_m=99),)),
    "a building of the development hosted by a new community": Edge(NEW),
    "of an existing community it may not be": Edge(
        TEN,
        (
            cells("inputs/buildings", "b", route="allocation"),
            cells("siting", "b", route="allocation"),
            cells("projects", "building:b", nature="配建"),
        ),
        (("HZ-19", "siting.csv b", "c"),),
    ),
    "without hosts the owner must agree too": Edge(
        NO_HOSTS,
        (cells("inputs/buildings", "b", consent_owner="0"),),
        (("SH-15", "siting.csv b"),),
    ),
    "the hosting limit of 100 m": Edge(TEN, (scenario("reach", host_m=100),)),
    "the hosting limit of 99 m": Edge(
        TEN, (scenario("reach", host_m=99),), (("contract 5 Host", "siting.csv b", "c"),)
    ),
    # -- eligibility of a building that a union hosts
    "one member within the hosting limit is enough": Edge(
        SHARED_UNION,
        (
            cells("inputs/distances", "b2", "d", walk_m="1001"),
            scenario("reach", host_m=100),
        ),
    ),
    "a building that no member could host": Edge(
        SHARED_UNION,
        (
            cells("inputs/distances", "b2", "c", walk_m="101"),
            cells("inputs/distances", "b2", "d", walk_m="1001"),
            cells("service", "b2", walk_m="101"),
            scenario("reach", host_m=100),
        ),
        (("HZ-32", "siting.csv b2", "union:u"),),
    ),
    "a union refits what stands in its members": Edge(
        REFITTED_UNION, (cells("inputs/facilities", "e2", community="d"),)
    ),
    "a union does not refit what stands elsewhere": Edge(
        REFITTED_UNION,
        (cells("inputs/facilities", "e2", community="e"),),
        (("HZ-32", "siting.csv b", "union:u"),),
    ),
}
