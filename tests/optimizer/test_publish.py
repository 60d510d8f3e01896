"""A run folder is whole or absent, and nothing is overwritten."""

import pytest

from optimizer.errors import CallError
from optimizer.publish import publish


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

    with pytest.raises(OSError, match="disk full"):
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
