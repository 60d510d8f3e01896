"""A run that was killed leaves its best plan; the next one says so, begins there, clears the rest.

Source: reliability.md section 6, F05, F13, F15.
"""

import json
import os
import signal
from dataclasses import replace
from fractions import Fraction

import pytest

from optimizer import api
from optimizer.case import SHIPPED, changed_since, read_case
from optimizer.endings import INTERRUPT
from optimizer.errors import CallError
from optimizer.hold import beside
from optimizer.result import read_result
from optimizer.run_plan import plan_of
from optimizer.solve.journal import JournalWriter, level_data, plan_data
from optimizer.solve.outcome import Level
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case
from tests.signals import needs_signals

TINY = SHIPPED / "tiny" / "scenario.toml"


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "out"
    return api.solve(TINY, out)


def left_by_a_killed_run(result, out):
    level = Level("communities_to_standard", Fraction(2), None, 0.0, 0.0)
    data = {"plan": plan_data(plan_of(result)), "values": [level_data(level)]}
    JournalWriter(beside(out, "journal")).write("plan", data, sync=True)
    owner = {"pid": 2**22, "host": "here", "started": "2026-01-01T00:00:00+08:00"}
    beside(out, "lock").write_text(json.dumps(owner))
    beside(out, "part-abcdefgh").mkdir()


def solved(scenario, out):
    notes = []
    result = api.solve(
        scenario, out, progress=lambda kind, data: notes.append(data) if kind == "note" else None
    )
    return result, notes


def test_the_next_run_says_what_was_left_begins_there_and_clears_the_rest(done, tmp_path):
    left_by_a_killed_run(done, tmp_path / "out")
    result, notes = solved(TINY, tmp_path / "out")
    zh, en = ("\n".join(note.get(lang) for note in notes) for lang in ("zh", "en"))
    assert "4194304" in zh
    assert "最好方案" in zh
    assert "从它出发" in zh
    assert "the search starts from it" in en
    assert result.plan_json["violations"] == []
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_plan_left_that_is_none_of_the_case_now_is_told_and_not_used(done, tmp_path):
    left_by_a_killed_run(done, tmp_path / "out")
    other = write_case(case(None, [building()]), tmp_path / "case")
    result, notes = solved(other, tmp_path / "out")
    assert "is not used" in "\n".join(note.en for note in notes)
    assert result.plan_json["violations"] == []


def test_input_changed_since_it_was_read_is_named(tmp_path):
    read = read_case(write_case(case(None, [building()]), tmp_path))
    assert changed_since(read) == ()
    table = tmp_path / "data" / "buildings.csv"
    table.write_text(table.read_text("utf-8") + "\n", "utf-8")
    assert changed_since(read) == ("buildings.csv",)
    table.unlink()
    assert changed_since(read) == ("buildings.csv",)


@needs_signals
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_while_it_is_written_waits_once_and_twice_leaves_nothing_half(times, tmp_path):
    def interrupt(kind, data):
        if (kind, data) == ("stage", "verifying"):
            for _ in range(times):
                os.kill(os.getpid(), signal.SIGINT)

    if times == 1:
        assert api.solve(TINY, tmp_path / "out", progress=interrupt).plan_json["violations"] == []
        return
    with pytest.raises(KeyboardInterrupt):
        api.solve(TINY, tmp_path / "out", progress=interrupt)
    assert [p.name for p in tmp_path.iterdir()] == [".out.journal"]
    _, notes = solved(TINY, tmp_path / "out")
    assert "the best plan it left" in "\n".join(note.en for note in notes)


@needs_signals
def test_ctrl_c_while_it_is_written_is_the_second_where_one_ended_the_search(tmp_path, monkeypatch):
    search = api._solved
    ended = {"status": "stopped", "ended": INTERRUPT}
    monkeypatch.setattr(api, "_solved", lambda *asked: replace(search(*asked), **ended))

    def interrupt(kind, data):
        if (kind, data) == ("stage", "writing"):
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        api.solve(TINY, tmp_path / "out", progress=interrupt)
    assert [p.name for p in tmp_path.iterdir()] == [".out.journal"]


def test_a_journal_that_cannot_be_written_is_one_message(tmp_path):
    beside(tmp_path / "out", "journal").mkdir()
    with pytest.raises(CallError, match=r"写不进"):
        api.solve(TINY, tmp_path / "out")


def test_the_plan_of_a_finished_run_is_read_from_its_folder_alone(done):
    assert plan_of(read_result(done.directory)) == plan_of(done)
