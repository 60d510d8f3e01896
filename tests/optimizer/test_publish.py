"""A run folder is whole or absent, and nothing is overwritten."""

import errno
import os
import sys
from pathlib import Path

import pytest

from optimizer.errors import CallError
from optimizer.hold import held
from optimizer.publish import clear_leftovers, exchanged, publish


def test_a_folder_appears_when_it_is_done_and_not_before(tmp_path):
    target = tmp_path / "run"
    with publish(target) as staged:
        (staged / "plan.json").write_text("{}")
        assert not target.exists()
    assert sorted(p.name for p in target.iterdir()) == ["digests.json", "plan.json"]
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_a_failure_leaves_nothing_behind(tmp_path):
    def half(target):
        with publish(target) as staged:
            (staged / "half").write_text("x")
            raise OSError("disk full")

    with pytest.raises(CallError, match="disk full"):
        half(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_full_folder_is_refused_and_force_keeps_the_old_one(tmp_path):
    target = tmp_path / "run"
    target.mkdir()
    (target / "old").write_text("x")
    with pytest.raises(CallError), publish(target):
        pass
    with publish(target, force=True) as staged:
        (staged / "new").write_text("y")
    assert (target / "new").exists()
    assert (tmp_path / "run.old1" / "old").read_text() == "x"


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "run").mkdir()
    with publish(tmp_path / "run") as staged:
        (staged / "new").write_text("y")
    assert (tmp_path / "run" / "new").exists()


def test_a_full_disk_says_how_much_was_written_is_free_and_is_needed(tmp_path):
    def half(target):
        with publish(target) as staged:
            (staged / "half").write_bytes(bytes(3_000_000))
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(CallError) as caught:
        half(tmp_path / "run")
    assert "3.0 MB were written" in caught.value.message.en
    assert "at least 20 MB free" in caught.value.message.en
    assert list(tmp_path.iterdir()) == []


def failing_at(number, error):
    """Rename, but the call number *number* fails with *error*."""
    rename, calls = Path.rename, []

    def call(self, target):
        calls.append(target)
        if len(calls) == number:
            raise OSError(error, os.strerror(error))
        return rename(self, target)

    return call


#: renames of a forced publication: with the exchange of two names one, without it four
RENAMES = [(True, 1), *((False, number) for number in (1, 2, 3, 4))]


@pytest.mark.parametrize(("can_exchange", "number"), RENAMES)
@pytest.mark.parametrize("error", [errno.EIO, errno.EXDEV, errno.ENOSPC, errno.EROFS])
def test_a_rename_that_fails_leaves_the_old_result_whole_in_its_place(
    can_exchange, number, error, tmp_path, monkeypatch
):
    target = tmp_path / "run"
    target.mkdir()
    (target / "old").write_text("x")

    def again():
        with publish(target, force=True) as staged:
            (staged / "new").write_text("y")

    if not can_exchange:
        monkeypatch.setattr("optimizer.publish.exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failing_at(number, error))
    with pytest.raises(CallError):
        again()
    assert [p.name for p in tmp_path.iterdir()] == ["run"]
    assert (target / "old").read_text() == "x"


@pytest.mark.parametrize("can_exchange", [True, False])
def test_force_keeps_the_old_result_with_and_without_the_exchange_of_names(
    can_exchange, tmp_path, monkeypatch
):
    if not can_exchange:
        monkeypatch.setattr("optimizer.publish.exchanged", lambda *_: False)
    for text in ("one", "two", "three"):
        with publish(tmp_path / "run", force=True) as staged:
            (staged / "said").write_text(text)
    kept = {p.parent.name: p.read_text() for p in tmp_path.glob("*/said")}
    assert kept == {"run": "three", "run.old1": "one", "run.old2": "two"}


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux swaps two names in one step (renameat2)"
)
def test_on_linux_the_folder_is_never_absent_while_it_is_replaced(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for path in (one, other):
        path.mkdir()
        (path / path.name).write_text("")
    assert exchanged(one, other)
    assert (one / "other").exists()
    assert (other / "one").exists()


def test_what_a_dead_run_had_staged_goes_and_what_it_had_renamed_aside_comes_back(tmp_path):
    (tmp_path / ".run.part-abcdefgh").mkdir()
    (tmp_path / "run.old1").mkdir()
    (tmp_path / "run.old1" / "plan").write_text("the last good one")
    (tmp_path / ".run-2.part-abcdefgh").mkdir()  # another folder's
    with held(tmp_path / "run") as place:
        clear_leftovers(place)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".run-2.part-abcdefgh", "run"]
    assert (tmp_path / "run" / "plan").exists()


def test_a_write_that_lies_is_found_before_anything_is_published(tmp_path, monkeypatch):
    target, read = tmp_path / "run", Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: read(self) + b"what was meant")

    def lied():
        with publish(target) as staged:
            (staged / "plan.csv").write_text("x")

    with pytest.raises(CallError, match=r"读回不一致"):
        lied()
    assert list(tmp_path.iterdir()) == []
