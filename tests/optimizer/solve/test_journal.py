"""What a child wrote before it died is read back whole; what is torn or damaged is not."""

from dataclasses import fields
from decimal import Decimal
from fractions import Fraction

import pytest

from models.plan import Allocation, Funding, Plan, Service, Siting
from optimizer.solve.journal import (
    JournalReader,
    JournalWriter,
    outcome_data,
    outcome_of,
    plan_data,
    plan_of,
    resume,
)
from optimizer.solve.outcome import Level, Outcome

PLAN = Plan(
    pilots=("330105001001",),
    sitings=(
        Siting(
            "B1", "330105001001", True, 2025, *(Decimal(v) for v in ("0", "0", "1.5", "2", "3"))
        ),
    ),
    allocations=(Allocation("B1", -1, "sports", Decimal("120.01")),),
    services=(Service("B1", "sports", "330105001001", Decimal("12.345678")),),
    hub_sites={"330105001001": ("building:B1", "S2")},
    acting=("union:U1",),
    fundings=(Funding("B1", "special_bond", Decimal("3.5")),),
)


def test_a_plan_survives_the_journal_to_the_last_digit():
    assert plan_of(plan_data(PLAN)) == PLAN
    assert all(getattr(PLAN, field.name) for field in fields(PLAN)), "a field is not tried"


def test_an_outcome_survives_the_journal():
    level = Level("cost", Fraction(10, 3), None, 1.0, 2.0, Fraction(1, 7))
    outcome = Outcome("feasible", PLAN, (level,), "exact", "small")
    assert outcome_of(outcome_data(outcome)) == outcome


@pytest.mark.parametrize("damage", [b"", b"0bad0bad [1", b'00000000 ["stage","x"]\n'])
def test_reading_ends_before_a_torn_or_damaged_line(tmp_path, damage):
    path = tmp_path / "journal.jsonl"
    JournalWriter(path).write("stage", "building", sync=True)
    with path.open("ab") as file:
        file.write(damage)
    assert list(JournalReader(path).new_events()) == [("stage", "building")]


def test_events_come_once_and_in_order_while_the_file_grows(tmp_path):
    path = tmp_path / "journal.jsonl"
    writer, reader = JournalWriter(path), JournalReader(path)
    assert list(reader.new_events()) == []
    writer.write("stage", "一")
    assert list(reader.new_events()) == [("stage", "一")]
    writer.write("stage", "二")
    assert list(reader.new_events()) == [("stage", "二")]


def written(path, *events):
    writer = JournalWriter(path)
    for kind, data in events:
        writer.write(kind, data)


FOUND = ("plan", {"plan": plan_data(PLAN), "values": []})


def test_the_last_plan_of_a_dead_run_is_kept_and_the_next_run_goes_on_behind_it(tmp_path):
    path = tmp_path / "journal"
    written(path, ("stage", "building"), FOUND)
    with path.open("ab") as file:
        file.write(b"0bad0bad [torn")
    kept = resume(path)
    assert kept.plan == PLAN
    written(path, ("stage", "again"))
    assert list(JournalReader(path, kept.end).new_events()) == [("stage", "again")]
    assert resume(path).plan == PLAN


@pytest.mark.parametrize("event", [("stage", "x"), ("plan", {"plan": {"unheard": 1}})])
def test_a_journal_without_a_plan_of_this_version_begins_anew(event, tmp_path):
    path = tmp_path / "journal"
    written(path, event)
    assert (resume(path).plan, resume(path).end) == (None, 0)
    assert path.read_bytes() == b""


def test_no_journal_keeps_nothing(tmp_path):
    assert resume(tmp_path / "none").plan is None
