"""Edges of plan.json: the run record, status words, wide levels, bounds that are proved."""

from decimal import Decimal

from tests.optimizer.checks.edges.kit import Edge, exports, plan
from tests.oracle.kit import building, case, needed

#: ten persons for 10,000 yuan: every level closed, every bound proved
TEN = case(None, [building(area_m2="50")], [needed()])
COST = 4  # the last level of the five
MILLIONTH = Decimal("0.000001")


def recorded(key: str, value, *, is_right: bool = False) -> Edge:
    """plan.json with *value* for *key*."""
    broken = () if is_right else (("contract 4", f"plan.json {key}"),)
    return Edge(TEN, (plan(**{key: value}),), broken)


def cost(bound, *, status: str, gap=0, wide=(), broken=(), **more) -> Edge:
    """The last level with another *bound*, its gap as it is, under *status*."""
    distance = None if bound is None else abs(Decimal(bound) - 10_000) / 10_000
    shown = None if distance is None else distance.quantize(MILLIONTH)
    level = plan("objective", COST, bound=bound and Decimal(bound), gap=shown, **more)
    told = plan(status=status, wide_levels=list(wide))
    asked = plan("options", gap=gap and Decimal(gap))
    return Edge(TEN, (level, told, asked), tuple(broken))


NOT_OPTIMAL = ("contract 4", "plan.json status", "optimal", "feasible")
WIDE = "plan.json wide_levels cost"
DIGEST = "0" * 64
EDGES = {
    # -- the record
    **{
        f"a record whose {key} is {value!r}": recorded(key, value)
        for key, values in {
            "seed": (None, -1, True, "1", Decimal(1)),
            "threads": (-1,),
            "inputs": ({"a.csv": "0" * 63}, {"a.csv": "G" + "0" * 63}),
            "versions": (
                None,
                {"linli": "1", "python": "3", "highspy": "1"},
                {"linli": "", "python": "3", "highspy": "1", "pyomo": "6"},
            ),
            "machine": ({"system": "s", "processor": "p"},),
            "engine": (None, {"name": ""}),
            "seconds": (
                None,
                {"wall": 0},
                {"cpu": 0},
                {"wall": -MILLIONTH, "cpu": 0},
                {"wall": 0, "cpu": -1},
            ),
            "options": (None, {"engine": "exact", "gap": 0}),
        }.items()
        for value in values
    },
    **{
        f"a record whose {key} is {value!r}": recorded(key, value, is_right=True)
        for key, value in (
            ("seed", 0),
            ("inputs", {"a.csv": DIGEST}),
            ("seconds", {"wall": 0, "cpu": 0}),
            ("versions", {"linli": "1", "python": "3", "highspy": "1", "pyomo": "6"}),
        )
    },
    "another scenario than that of the inputs": Edge(
        TEN, (plan("scenario", deadline=2030),), (("contract 4", "plan.json scenario"),)
    ),
    # -- the verdict in the file, judged by those who know the others
    "a violation that is found, and owned up to": Edge(
        TEN,
        (
            plan(
                scenario={},
                status="broken",
                violations=[{"rule": "contract 4", "place": "plan.json scenario"}],
            ),
        ),
        (("contract 4", "plan.json scenario"),),
    ),
    "a violation that nobody finds": Edge(
        TEN, (plan(status="broken", violations=[{"rule": "A1", "place": "b"}]),)
    ),
    # -- status words
    "a word that is no status": Edge(
        TEN, (plan(status="done"),), (("contract 4", "plan.json status", "done"),)
    ),
    "a word that is no certificate": Edge(
        TEN,
        (plan("objective", COST, certificate="proved"),),
        (("contract 4", "plan.json objective cost certificate", "proved"),),
    ),
    "certified, and no bound beside it": Edge(
        TEN,
        (plan("objective", COST, certificate="partly"),),
        (
            ("contract 4", "plan.json objective cost certificate", "partly", "claimed"),
            ("V16b", "plan.json objective cost certificate", "partly", "claimed"),
        ),
    ),
    "a bound beside the solver's word": Edge(TEN, (plan("objective", COST, certified_bound=5),)),
    # -- optimal: within a millionth of the value (0.01 of 10,000) and what rounding costs
    "optimal within a millionth": cost("9999.99", status="optimal"),
    "optimal beyond a millionth": cost("9999.989999", status="optimal", broken=[NOT_OPTIMAL]),
    "optimal within a millionth and the rounding": cost(
        "9999.98", status="optimal", rounding=Decimal("0.01")
    ),
    "optimal beyond both": cost(
        "9999.979999", status="optimal", rounding=Decimal("0.01"), broken=[NOT_OPTIMAL]
    ),
    "optimal without a bound": cost(None, status="optimal", broken=[NOT_OPTIMAL]),
    # -- feasible: levels above the gap asked for are named; 1 % of 10,000 is 100
    "at the gap": cost("9900", status="feasible", gap="0.01"),
    "at the gap, and named": cost("9900", status="feasible", gap="0.01", wide=["cost"]),
    "one and a half millionths above the gap": cost("9899.9999985", status="feasible", gap="0.01"),
    "two millionths above the gap": cost(
        "9899.999998",
        status="feasible",
        gap="0.01",
        broken=[("contract 4", WIDE, "", "cost")],
    ),
    "two millionths above the gap, and named": cost(
        "9899.999998", status="feasible", gap="0.01", wide=["cost"]
    ),
    "two millionths below the gap, and named": cost(
        "9900.000002",
        status="feasible",
        gap="0.01",
        wide=["cost"],
        broken=[("contract 4", WIDE, "cost", "")],
    ),
    "a gap of 1 % where none is asked for": cost("9900.000002", status="feasible", gap=None),
    "more than 1 % where none is asked for": cost(
        "9899", status="feasible", gap=None, broken=[("contract 4", WIDE, "", "cost")]
    ),
    "no options, and feasible": Edge(
        TEN, (plan(status="feasible", options=None),), (("contract 4", "plan.json options"),)
    ),
    "no bound is wide": cost(
        None, status="feasible", gap="0.01", broken=[("contract 4", WIDE, "", "cost")]
    ),
    "closed is not wide, whatever was asked for": cost("9999.99", status="feasible"),
    "a wide level of a plan that was stopped": cost("9000", status="stopped"),
    # -- exports
    "an export as it was written": Edge(TEN, (exports(x=("1", "1")),)),
    "an export that was changed": Edge(
        TEN, (exports(x=("1", "0")),), (("contract 4", "x", "1", "0"),)
    ),
}
