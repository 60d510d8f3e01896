"""The product, through its public API only, against expected values and the oracle's clauses."""

from fractions import Fraction

import pytest

from optimizer.api import SolveOptions, solve
from optimizer.errors import LinliError
from tests.oracle.agreement import disagreements, read_decision
from tests.oracle.case import exact
from tests.oracle.enumerate import optimum
from tests.oracle.folder import write_case
from tests.oracle.judge import broken
from tests.oracle.kit import NO_DOMAINS
from tests.oracle.values import values_of

GOALS = {
    "pilots": "communities_to_standard",
    "streets": "streets_covered",
    "residents": "residents_to_standard",
    "need": "need_served",
    "cost": "cost",
}


def check(tiny, folder, **expected):
    """Product and oracle both reach the *expected* values (names of GOALS), exactly."""
    wanted = {name: exact(value) for name, value in expected.items()}
    best = optimum(tiny)
    told = {name: best.values[k] for k, name in enumerate(GOALS)}
    assert {name: told[name] for name in wanted} == wanted, "arithmetic of the test"
    plan = run(tiny, folder).plan_json
    levels = {level["name"]: Fraction(str(level["value"])) for level in plan["objective"]}
    assert {name: levels[GOALS[name]] for name in wanted} == wanted
    assert plan["status"] == "optimal"
    assert not plan["violations"]
    facts, made = read_decision(tiny, folder / "out")
    assert broken(facts, made) == []
    assert dict(zip(GOALS, values_of(facts, made), strict=True)).items() >= wanted.items()


def solved_and_compared(tiny, folder) -> list[str]:
    """What product and oracle do not agree on; a case without a plan is refused."""
    best = optimum(tiny)
    if best is None:
        refused(tiny, folder, 2, 4, 5)
        return []
    run(tiny, folder)
    return disagreements(tiny, best, folder / "out")


def run(tiny, folder):
    scenario = write_case(tiny, folder / "case")
    return solve(scenario, folder / "out", SolveOptions(gap=0.0), in_child=False)


def refused(tiny, folder, *codes):
    """The product says no with one of the exit *codes*."""
    with pytest.raises(LinliError) as said:
        run(tiny, folder)
    assert said.value.exit_code in codes, said.value


def rules(**values):
    """Figures of the pack set otherwise, domains off."""
    said = {key.replace("__", "."): {"value": v, "reason": "test"} for key, v in values.items()}
    return NO_DOMAINS | said


def steps(*pairs):
    """One test per (value, expected), named by the value."""
    return [pytest.param(*pair, id=str(pair[0])) for pair in pairs]
