"""Every status of HiGHS, with a point and without: a plan or none, no traceback, nothing stale."""

from types import SimpleNamespace

import highspy
import numpy as np
import pytest

from optimizer.case import read_case
from optimizer.solve import session
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.session import STATUS, RunStatus
from optimizer.solve.solve import solve
from tests.oracle.folder import write_case
from tests.oracle.kit import case

STATUSES = list(highspy.HighsModelStatus.__members__.values())
NAMES = [status.name for status in STATUSES]


class Told:
    """A solver that really solves and then says what it is told to."""

    def __init__(self, status, has_point):
        self.real, self.status, self.has_point = highspy.Highs(), status, has_point

    def __getattr__(self, name):
        return getattr(self.real, name)

    def getModelStatus(self):
        return self.status

    def getInfo(self):
        info = self.real.getInfo()
        known = highspy.kSolutionStatusFeasible if self.has_point else highspy.kSolutionStatusNone
        return SimpleNamespace(
            primal_solution_status=int(known),
            mip_dual_bound=info.mip_dual_bound if self.has_point else np.inf,
            mip_node_count=info.mip_node_count,
        )


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    return read_case(write_case(case(), tmp_path_factory.mktemp("status"))).instance


def outcome_of(instance, monkeypatch, status, has_point):
    monkeypatch.setattr(session, "_new_solver", lambda: Told(status, has_point))
    return solve(instance, SolveOptions(gap=0.0))


@pytest.mark.parametrize("status", STATUSES, ids=NAMES)
def test_without_a_point_there_is_no_plan(status, instance, monkeypatch):
    found = outcome_of(instance, monkeypatch, status, has_point=False)
    assert (found.status, found.plan) == ("no_plan", None)


@pytest.mark.parametrize("status", STATUSES, ids=NAMES)
def test_a_point_is_a_plan_whatever_the_word_and_its_values_are_its_own(
    status, instance, monkeypatch
):
    found = outcome_of(instance, monkeypatch, status, has_point=True)
    assert found.plan is not None
    assert found.levels[0].value == len(found.plan.pilots) == 1


@pytest.mark.parametrize("status", STATUSES, ids=NAMES)
def test_only_the_statuses_that_mean_it_are_called_optimal(status):
    ours = STATUS.get(status, RunStatus.ERROR)
    assert (ours is RunStatus.OPTIMAL) == (status.name in ("kOptimal", "kModelEmpty"))
