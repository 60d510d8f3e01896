"""What the product makes of a tiny case, for tests that say the expected numbers themselves."""

from fractions import Fraction

from optimizer.api import SolveOptions, solve
from tests.oracle.folder import write_case


def worth(tiny, folder):
    """Goal -> exact value of the optimal plan, verified; ``plan`` is plan.json."""
    scenario = write_case(tiny, folder / "case")
    result = solve(scenario, folder / "out", SolveOptions(gap=0.0), in_child=False)
    plan = result.plan_json
    assert plan["violations"] == []
    assert plan["status"] == "optimal"
    values = {level["name"]: Fraction(str(level["value"])) for level in plan["objective"]}
    return values | {"plan": plan, "tables": result.tables}


def verdict(found, rule, scope=""):
    """The verdict of *rule* in *scope*."""
    (row,) = [r for r in found["plan"]["rules"] if (r["id"], r["scope"]) == (rule, scope)]
    return row
