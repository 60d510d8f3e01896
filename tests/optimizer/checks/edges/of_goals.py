"""Edges of goals: values, bounds, gaps, targets of pilots and hubs."""

from decimal import Decimal

from tests.mutation.cases import OFFICE, figures, goals
from tests.mutation.cases_of_hubs import BESIDE, TODAY
from tests.optimizer.checks.edges.kit import Edge, plan, policy, scenario, without
from tests.oracle.kit import HUB, building, case, community, needed

TEN = case(None, [building(area_m2="50")], [needed()])
NOBODY = case(**goals("worst_served", "cost"))
WEIGHTLESS = case(
    [community("c"), community("d")],
    [building(area_m2="50")],
    [needed(), needed(id="care2", item="care2", weight="0")],
    **goals("worst_served", "need_served", "cost"),
)
WEIGHTLESS.tables["needs"][1]["community"] = "d"
DESK = case(
    None,
    None,
    (*HUB, OFFICE),
    rules=figures(hub_office_m2=10, office_share=0.1),
    **goals("communities_to_standard", "office_share", "cost"),
)
PRIOR = [community("c", union="u", priority="2"), community("d", union="u", priority="3")]
EACH = case(PRIOR, rules=figures(union_places="members"), **BESIDE)
ONCE = case(PRIOR, **BESIDE)
#: d is up to the standard today; together 600 + 300 m² are asked for and 600 are there
BESIDE_ONE_THAT_IS = case(
    [
        community("c", union="u", households="1000", priority="2"),
        community("d", union="u", priority="3"),
    ],
    [building(area_m2="320")],
    facilities=[row | {"community": "d"} for row in TODAY],
    **BESIDE,
)
HUB_OF_600 = case()
COST, SERVED = "plan.json objective cost", "plan.json objective need_served"
GOALS = "contract 5 Goals"


def cost(bound, gap, *broken, **more) -> Edge:
    """Ten persons for 10,000 yuan, of which the solver says *bound* and *gap*."""
    said = {key: None if v is None else Decimal(v) for key, v in (("bound", bound), ("gap", gap))}
    wide = {"status": "feasible", "wide_levels": ["cost"]}
    return Edge(TEN, (plan("objective", 4, **said), plan(**wide)), broken, **more)


WRONG_GAP = (GOALS, f"{COST} gap")
EDGES = {
    # -- what a goal is worth
    "with nobody in need nobody is served worst": Edge(NOBODY),
    "a need of no weight is not served worst": Edge(WEIGHTLESS),
    "office of no floor area at all": Edge(
        DESK,
        (without("inputs/floors", "b"),),
        ((GOALS, "plan.json objective office_share value", "0.016667", "10"), ...),
    ),
    "a union with a place for each is worth 2 + 3": Edge(EACH),
    "a union with one place is worth its largest": Edge(ONCE),
    "a member that is no pilot gives no worth": Edge(BESIDE_ONE_THAT_IS),
    "10 persons served and one millionth said": Edge(
        TEN,
        (plan("objective", 3, value=Decimal("10.000001"), bound=Decimal("10.000001")),),
        ((GOALS, f"{SERVED} value", "10.000001", "10"),),
    ),
    # -- bounds and gaps: |9,999 - 10,000| ÷ 10,000 = 0.0001, to a millionth
    "a gap of 0.0001": cost("9999", "0.0001"),
    "a gap a millionth larger": cost("9999", "0.000101", WRONG_GAP),
    "a gap a millionth smaller": cost("9999", "0.000099", WRONG_GAP),
    "a gap that is not said": cost("9999", None, WRONG_GAP),
    "no bound and no gap": cost(None, None),
    "a gap and no bound": cost(None, "0", (GOALS, f"{COST} gap", "0", "None")),
    "a bound above a cost": cost(
        "10000.000001", "0", (GOALS, f"{COST} bound", "10000.000001", "10000.0")
    ),
    "a bound below what is served": Edge(
        TEN,
        (plan("objective", 3, bound=Decimal("9.999999")),),
        ((GOALS, f"{SERVED} bound", "9.999999", "10.0"),),
    ),
    "no share of nothing is a gap": Edge(
        TEN,
        (plan("objective", 0, bound=1, gap=None), plan(status="feasible")),
        (("contract 4", "plan.json wide_levels communities_to_standard"),),
    ),
    "a share of nothing": Edge(
        TEN,
        (
            plan("objective", 0, bound=1, gap=1),
            plan(status="feasible", wide_levels=["communities_to_standard"]),
        ),
        ((GOALS, "plan.json objective communities_to_standard gap", "1", "None"),),
    ),
    "goals in another order": Edge(
        TEN, (scenario(goals=["cost", "need_served"]),), ((GOALS, "plan.json objective"), ...)
    ),
    # -- targets: an about-number less its tolerance, rounded up
    **{
        f"{target} pilots less {share}": Edge(
            HUB_OF_600,
            (scenario("pilots", target=target), policy(pilot_tolerance=Decimal(share))),
            (),
            {("HZ-02", "target"): (least, "1"), ("HZ-02", ""): (str(target), "1")},
        )
        for target, share, least in ((2, "0.5", "1"), (2, "0.49", "2"), (3, "0.5", "2"))
    },
    "no pilot where one is": Edge(
        HUB_OF_600,
        (scenario("pilots", target=0),),
        (("HZ-02", "", "1", "≤ 0 pilots"),),
    ),
    "two hubs less a half": Edge(
        HUB_OF_600,
        (scenario("hubs", target=2), policy(pilot_tolerance=Decimal("0.5"))),
        (),
        {("HZ-03", "target"): ("1", "1")},
    ),
    "a must of two hubs knows no tolerance": Edge(
        HUB_OF_600,
        (
            scenario("hubs", target=2),
            policy(pilot_tolerance=Decimal("0.5"), hub_count="must"),
        ),
        (("HZ-03", "target", "1", "≥ 2 hubs"),),
    ),
}
