"""Edges of the reasons why no plan can exist: what is asked for, and the most there can be."""

from tests.mutation.cases_dispersed import at, street, there
from tests.optimizer.checks.edges.kit import Change, Edge, cells, plan, policy, scenario
from tests.oracle.case import TinyCase
from tests.oracle.kit import DAY, GYM, HUB, NURSERY, building, case, community, function

REQUIRED = community(pilot="required")
SMALL = case([REQUIRED], [building(area_m2="599.99")])
UPGRADABLE = case([REQUIRED], [building(area_m2="599.99", fire_ok="upgrade")])
UNSAFE = case([REQUIRED], [building(area_m2="599.99", fire_ok="0")])
TWO_SITES = street(
    *(at(0, "a", "299.99"), at(200, "b", "299.99")), communities=[there(pilot="required")]
)
#: sports fit on a second floor only, which b2 has, and only d may host b2
ELSEWHERE = case(
    [REQUIRED, community("d", district="上城区", pilot="excluded")],
    [building("b1"), building("b2", "50", district="上城区")],
    (
        *(*HUB, GYM | {"levels": "2"}),
        *(function(d, d) for d in ("convenience", "culture", "play")),
    ),
    floors=[{"building": "b2", "level": "2", "area_m2": "50"}],
    rules={"domains_from": {"value": "own", "reason": "test"}},
)
THREE_DOMAINS = case([REQUIRED], rules={})
CARE = case([REQUIRED], None, (DAY, NURSERY), rules={})
#: what is allocated to a new quarter only d can host, and d is excluded
WITH_EXCLUDED = case(
    [
        community(pilot="required", union="u"),
        community("d", kind="new", pilot="excluded", union="u"),
    ],
    [building(area_m2="2000", route="allocation")],
    adjacency=[{"community": "c", "neighbour": "d"}],
)


def reason(
    rule: str, asked: str, most: str, *changes: Change, base: TinyCase = SMALL, place: str = "c"
) -> Edge:
    """*base* has no plan, and for *rule* there is *most* where *asked* is asked for."""
    given = plan(status="no_plan", failed_musts=[{"rule": rule, "place": place}])
    return Edge(base, (given, *changes), (), {(rule, place): (asked, most)})


def between(metres: str) -> tuple[Change, ...]:
    """Two sites so far apart, of which both together are a hub of 500 m²."""
    apart = cells("inputs/building_distances", "a", walk_m=metres, origin="network")
    return apart, policy("hub_min_m2", existing=500)


NO_NUMBER = policy(hub_count="must"), scenario("hubs", target=None)
EDGES = {
    "a building that no plan uses may be upgraded": reason(
        "HZ-14/16", "600", "599.99", base=UPGRADABLE
    ),
    "a building that is not safe and cannot be upgraded": reason(
        "HZ-14/16", "600", "0", base=UNSAFE
    ),
    "a hub of two sites 300 m apart could be": reason(
        "HZ-15/17", "1", "1", *between("300"), base=TWO_SITES
    ),
    "a hub of two sites 300.01 m apart could not": reason(
        "HZ-15/17", "1", "0", *between("300.01"), base=TWO_SITES
    ),
    "a domain in another's building is none of its own": reason("HZ-39", "7", "6", base=ELSEWHERE),
    "a domain in another's building within reach": reason(
        "HZ-39", "7", "7", policy(domains_from="reach"), base=ELSEWHERE
    ),
    "one half of care is enough": reason("HZ-39", "7", "3", base=THREE_DOMAINS),
    "one half of care is none where both must be": reason(
        "HZ-39", "7", "2", policy(domain_mode="all"), base=THREE_DOMAINS
    ),
    "both halves of care and no more": reason(
        "HZ-39", "7", "1", policy(domain_mode="all"), base=CARE
    ),
    "a union with an excluded member is no way out": reason(
        "HZ-15/17", "1", "0", base=WITH_EXCLUDED
    ),
    "a hub for every community is asked for by nobody": reason("HZ-05", "0", "0"),
    "a number of hubs is asked for by nobody": reason("HZ-03", "0", "0", *NO_NUMBER, place=""),
}
