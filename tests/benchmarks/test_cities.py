"""The generated cities are cases like anybody's, and the watcher hides nothing."""

import sys
from pathlib import Path

from optimizer.case import read_case
from tests.benchmarks.cities import SIZES, write_city
from tests.benchmarks.watch import watch


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_seed_gives_the_same_bytes_and_another_seed_other_ones(tmp_path):
    for name, seed in (("first", 1), ("again", 1), ("other", 2)):
        write_city("XS", seed, tmp_path / name)
    first = _files(tmp_path / "first")
    assert len(first) == 4
    assert first == _files(tmp_path / "again")
    other = _files(tmp_path / "other")
    assert all(first[name] != other[name] for name in first)


def test_a_city_is_read_without_a_fault_and_has_its_size(tmp_path):
    instance = read_case(write_city("XS", 1, tmp_path / "city")).instance
    assert (len(instance.communities), len(instance.buildings)) == SIZES["XS"] == (12, 50)
    assert instance.goals[0] == "communities_to_standard"


def test_what_a_watched_process_says_is_kept_and_so_is_how_it_failed():
    says = "print('{\"value\": 2, \"bound\": 3}', flush=True); raise SystemExit('no plan')"
    trace = watch([sys.executable, "-c", says], 10)
    assert (trace.last("value"), trace.gap()) == (2, 0.5)  # (3 - 2) / 2
    assert (trace.code, trace.errors.strip()) == (1, "no plan")
