"""A solver that returns nonsense gives no plan that breaks a rule and no value that is not so.

Source: reliability.md F20.
"""

from types import SimpleNamespace

import highspy
import numpy as np
import pytest

from optimizer import api
from optimizer.errors import NoPlanFound
from optimizer.solve import session
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community

ANSWERS = {
    "NaN": lambda point: [float("nan")] * len(point),
    "infinite": lambda point: [float("inf")] * len(point),
    "too short": lambda point: point[:-1],
    "too long": lambda point: [*point, 0.0],
    "nothing": lambda point: [],
    "all ones": lambda point: [1.0] * len(point),
    "all halves": lambda point: [0.5] * len(point),
    "far away": lambda point: [1e9] * len(point),
    "below zero": lambda point: [-x for x in point],
    "back to front": lambda point: point[::-1],
    "one off": lambda point: [x + 1 for x in point],
    "nearly": lambda point: [x * 0.999 for x in point],
}


class Nonsense:
    """A solver that solves, and then tells something else of it as the optimum."""

    def __init__(self, answer):
        self.real, self.answer = highspy.Highs(), answer

    def __getattr__(self, name):
        return getattr(self.real, name)

    def getSolution(self):
        told = self.real.getSolution()
        return SimpleNamespace(
            col_value=self.answer(list(told.col_value)),
            row_dual=told.row_dual,
            col_dual=told.col_dual,
            value_valid=True,
            dual_valid=told.dual_valid,
        )

    def getModelStatus(self):
        return highspy.HighsModelStatus.kOptimal


@pytest.mark.parametrize("engine", ["exact", pytest.param("city", marks=pytest.mark.slow)])
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_no_nonsense_is_published_as_a_plan_that_keeps_every_rule(
    answer, engine, tmp_path, monkeypatch
):
    two = [building("b1"), building("b2", area_m2="650")]
    scenario = write_case(case([community("c"), community("d")], two), tmp_path / "case")
    monkeypatch.setattr(session, "_new_solver", lambda: Nonsense(answer))
    out = tmp_path / "out"
    try:
        with np.errstate(all="ignore"):
            result = api.solve(scenario, out, api.SolveOptions(engine=engine), in_child=False)
    except NoPlanFound:
        assert api.verify(out).ok
        return
    found = api.verify(out)
    assert found.ok or result.status == "broken"
    if found.ok:
        assert result.plan_json["objective"][0]["value"] in (0, 1, 2)
