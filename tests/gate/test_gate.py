"""The installed solver passes the gate, and the gate notices a solver that errs."""

from dataclasses import replace

import pytest

from optimizer.errors import CallError
from optimizer.solve.session import RunStatus, run
from optimizer.solver_version import refuse_wrong_solver
from tests.gate.programs import wrong_answers

FEW, MANY = 150, 20_000


def test_the_installed_solver_errs_on_none_of_a_few_programs():
    assert wrong_answers(range(FEW), run) == []


@pytest.mark.slow
def test_the_installed_solver_errs_on_none_of_many_programs():
    assert wrong_answers(range(FEW, MANY), run) == []


def test_a_value_off_by_one_and_a_feasible_program_called_infeasible_are_noticed():
    def off_by_one(problem, limits):
        found = run(problem, limits)
        return replace(found, value=found.value + 1)

    def hopeless(problem, limits):
        return replace(run(problem, limits), status=RunStatus.INFEASIBLE, point=None)

    answered = FEW - sum(run_is_infeasible(seed) for seed in range(FEW))
    assert answered > FEW / 2
    assert len(wrong_answers(range(FEW), off_by_one)) == answered
    assert len(wrong_answers(range(FEW), hopeless)) == answered


def run_is_infeasible(seed):
    from tests.gate.programs import listed, program

    return listed(program(seed)) is None


@pytest.mark.parametrize("version", ["1.14.0", "1.13.1", "1.15.0"])
def test_a_solver_that_errs_is_refused_with_what_to_do(version, monkeypatch):
    monkeypatch.setattr("importlib.metadata.version", lambda _: version)
    with pytest.raises(CallError, match=rf"{version}.*highspy>=1\.15\.1") as said:
        refuse_wrong_solver()
    assert said.value.exit_code == 2


@pytest.mark.parametrize("version", ["1.15.1", "1.16.0", "2.0"])
def test_a_later_solver_is_taken(version, monkeypatch):
    monkeypatch.setattr("importlib.metadata.version", lambda _: version)
    refuse_wrong_solver()


def test_no_solve_begins_with_a_solver_that_errs(monkeypatch, tmp_path):
    from optimizer.api import solve

    monkeypatch.setattr("optimizer.solver_version.importlib.metadata.version", lambda _: "1.14.0")
    with pytest.raises(CallError, match=r"1\.14\.0"):
        solve(tmp_path / "none.toml", tmp_path / "out")
