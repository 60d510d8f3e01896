"""Edges of what is computed from positions: pairs within a walking limit, and neighbours.

The buildings a and b stand at the community c; the community d and the building e are 199.99 m from
them: 200 m north by a rounded length of a degree. 0.01 m either way of a limit may be rounding.
"""

from decimal import Decimal

from tests.mutation.cases_dispersed import at, elsewhere, street, there
from tests.mutation.cases_of_hubs import OFFICE
from tests.optimizer.checks.edges.kit import Change, Edge, cells, more, policy, scenario, without
from tests.oracle.kit import HUB

PAIR = street(
    *(at(0, "a"), at(0, "b"), at(200, "e", "1", lock="never")),
    communities=[there(), there("d", 200, pilot="excluded")],
    functions=(*HUB, OFFICE),
    facilities=[elsewhere("f", "1") | {"function": "office", "counted": "0"}],
)
NO_WALK = without("inputs/distances", "e", "c")
LOST = ("A16", "distances.csv e/c", "", "199.99")
FACILITY = ("A16", "facility_distances.csv f/d", "", "199.99")
ONE_WAY, OTHER_WAY = without("inputs/adjacency", "c"), without("inputs/adjacency", "d")


def limits(walk_m: str | None, host_m: str | None, reach_m: str = "") -> tuple[Change, ...]:
    """Walking limits, and that of one function that stands nowhere."""
    metres = {k: v and Decimal(v) for k, v in (("walk_m", walk_m), ("host_m", host_m))}
    return (
        scenario("reach", **metres),
        cells("inputs/functions", reach_m=""),
        cells("inputs/functions", "child", reach_m=reach_m),
    )


def neighbours_within(metres: str) -> Change:
    return policy(adjacency_m=Decimal(metres))


EDGES = {
    # -- every pair within the longest limit has a row
    "a walk that has no row": Edge(PAIR, (NO_WALK,), (LOST,)),
    "a walk on the limit that has no row": Edge(PAIR, (NO_WALK, *limits("200", "200")), (LOST,)),
    "a walk half a hundredth within the limit may have no row": Edge(
        PAIR, (NO_WALK, *limits("199.995", "199.995"))
    ),
    "a walk within the limit of hosting alone": Edge(
        PAIR, (NO_WALK, *limits("150", "200")), (LOST,)
    ),
    "a walk within the limit of one function alone": Edge(
        PAIR, (NO_WALK, *limits("150", "150", "200")), (LOST,)
    ),
    "a walk that nobody asks for": Edge(PAIR, (NO_WALK, *limits("150", "150"))),
    "a walk of a facility that has no row": Edge(
        PAIR, (without("inputs/facility_distances", "f", "d"),), (FACILITY,)
    ),
    "that one walk of a facility is given does not make it all there is": Edge(
        PAIR,
        (
            without("inputs/facility_distances", "f", "d"),
            cells("inputs/facility_distances", "f", origin="given"),
        ),
        (FACILITY,),
    ),
    "no function of a facility reaches as far as hosting": Edge(
        PAIR, (without("inputs/facility_distances", "f", "d"), *limits("150", "200"))
    ),
    "walks of facilities have the pack's limit where those of buildings are given": Edge(
        PAIR,
        (
            without("inputs/facility_distances", "f", "d"),
            cells("inputs/distances", origin="given"),
            *limits(None, "100"),
            policy(walk_limit_m=200),
        ),
        (FACILITY,),
    ),
    "and none beyond it": Edge(
        PAIR,
        (
            without("inputs/facility_distances", "f", "d"),
            cells("inputs/distances", origin="given"),
            *limits(None, "300"),
            policy(walk_limit_m=Decimal("199.995")),
        ),
    ),
    "walks that are given are all there are": Edge(
        PAIR, (NO_WALK, cells("inputs/distances", "a", origin="given"))
    ),
    "walks along streets are not measured here": Edge(
        PAIR, (NO_WALK, scenario("reach", network="roads.gpkg"))
    ),
    "a walk within the limit before the detour": Edge(
        PAIR,
        (
            *(without("inputs/distances", x, "d") for x in "ab"),
            NO_WALK,
            without("inputs/facility_distances", "f", "d"),
            *(scenario("reach", detour=2), *limits("390", "390")),
        ),
        tuple(("A16", f"building_distances.csv {b}/e", "199.99", "399.98") for b in "ab"),
    ),
    "two buildings within 300 m that have no row": Edge(
        PAIR,
        (without("inputs/building_distances", "b", "e"),),
        (("A16", "building_distances.csv b/e", "", "199.99"),),
    ),
    "two buildings that could be no hub": Edge(
        PAIR, (without("inputs/building_distances", "b", "e"), policy(dispersed_hub_m=199))
    ),
    # -- neighbours
    "a neighbour is lost": Edge(PAIR, (ONE_WAY,), (("contract 4", "adjacency.csv c/d", "0", "1"),)),
    "both are": Edge(
        PAIR,
        (ONE_WAY, OTHER_WAY),
        (
            ("contract 4", "adjacency.csv c/d", "0", "1"),
            ("contract 4", "adjacency.csv d/c", "0", "1"),
        ),
    ),
    "neighbours on the limit": Edge(PAIR, (neighbours_within("200"),)),
    "half a hundredth beyond the limit": Edge(PAIR, (neighbours_within("199.985"),)),
    "two hundredths beyond the limit": Edge(
        PAIR,
        (neighbours_within("199.97"),),
        (
            ("contract 4", "adjacency.csv c/d", "1", "0"),
            ("contract 4", "adjacency.csv d/c", "1", "0"),
        ),
    ),
    "lost on the limit": Edge(
        PAIR,
        (ONE_WAY, neighbours_within("200")),
        (("contract 4", "adjacency.csv c/d", "0", "1"),),
    ),
    "lost half a hundredth within the limit": Edge(PAIR, (ONE_WAY, neighbours_within("199.995"))),
    "a neighbour who is not there": Edge(
        PAIR,
        (more("inputs/adjacency", "c", neighbour="nobody"),),
        (("contract 4", "adjacency.csv c/nobody", "1", "0"),),
    ),
    "neighbours that are given may be far": Edge(
        PAIR, (cells("inputs/adjacency", derived=""), neighbours_within("100"))
    ),
    "neighbours that are given may be one way": Edge(
        PAIR, (ONE_WAY, cells("inputs/adjacency", derived=""))
    ),
    "neighbours that are given in part": Edge(
        PAIR,
        (cells("inputs/adjacency", "c", derived=""),),
        (("contract 4", "adjacency.csv c/d", "0", "1"),),
    ),
}
