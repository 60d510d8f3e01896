"""The same case gives the same plan: whatever the order of its rows, its ids' spelling or a seed.

Where every level is closed a tie-break with fixed weights decides between equal plans (contract 5,
Levels); the weights follow the order of ids, so new names in the same order change nothing.
"""

import csv
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from optimizer.api import SolveOptions, solve
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case
from tests.oracle.kit import HUB, building, case, community, needed
from tests.test_metamorphic import renamed

TABLES = ("siting", "allocation", "service", "communities", "funding", "projects", "gaps")
ROOT = Path(__file__).resolve().parent.parent


def tables_of(tiny, folder, **options):
    """The tables of the plan of *tiny*, as they stand on disk."""
    scenario = write_case(tiny, folder / "case")
    # HiGHS keeps the number of threads a process began with: others need a process of their own
    own = options.get("threads", 1) > 1
    solve(scenario, folder / "out", SolveOptions(gap=0.0, **options), in_child=own)
    return tables_in(folder / "out")


def tables_in(out):
    return {name: (out / f"{name}.csv").read_text("utf-8") for name in TABLES}


def twins():
    """Two communities, four equal buildings, one pilot: many plans are equally good."""
    return case(
        [community("c"), community("d")],
        [building(b) for b in ("b1", "b2", "b3", "b4")],
        (*HUB, needed("10", id="care1"), needed("10", id="care2")),
        pilots={"target": 1},
    )


@pytest.mark.parametrize("seed", [1, 2, 6])
def test_rows_in_another_order_give_the_same_tables(seed, tmp_path):
    tiny = random_case(seed)
    first = tables_of(tiny, tmp_path / "first")
    for rows in tiny.tables.values():
        Random(seed).shuffle(rows)
    assert tables_of(tiny, tmp_path / "shuffled") == first


@pytest.mark.parametrize("seed", [1, 2, 6])
def test_other_ids_in_the_same_order_give_the_same_tables(seed, tmp_path):
    tiny = random_case(seed)
    first = tables_of(tiny, tmp_path / "first")
    again = tables_of(renamed(tiny, lambda id: f"{id[0]}-no-{id[1:]}"), tmp_path / "renamed")
    assert {name: text.replace("-no-", "") for name, text in again.items()} == first


@pytest.mark.parametrize(("seed", "threads"), [(1, 1), (2, 1), (12345, 1), (0, 2)])
def test_neither_seed_nor_threads_decide_between_equal_plans(seed, threads, tmp_path):
    first = tables_of(twins(), tmp_path / "first")
    assert tables_of(twins(), tmp_path / "again", seed=seed, threads=threads) == first


def test_the_tie_break_takes_the_least_weights(tmp_path):
    # one service of 10 m² in one of four equal buildings of one host: the least sum of the weights
    # of using a building and of what stands in it
    tiny = case(None, [building(b) for b in ("b1", "b2", "b3", "b4")], [needed("10")])
    from models.objectives.tie_break import weight
    from optimizer.api import read_case

    instance = read_case(write_case(tiny, tmp_path / "read")).instance
    sums = {
        b: weight(instance, "used", ("c", b)) + weight(instance, "installed", ("c", b, "care1"))
        for b in instance.buildings
    }
    assert len(set(sums.values())) == 4
    siting = tables_of(tiny, tmp_path / "solved")["siting"].splitlines()
    assert [row.partition(",")[0] for row in siting[1:]] == [min(sums, key=sums.get)]


def test_the_order_of_sets_decides_nothing(tmp_path):
    first = tables_of(twins(), tmp_path)
    words = ["solve", str(tmp_path / "case" / "scenario.toml"), "--out", str(tmp_path / "again")]
    subprocess.run(
        [sys.executable, "-m", "optimizer", *words, "--gap", "0", "-q"],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)},
        check=True,
        timeout=200,
    )
    assert tables_in(tmp_path / "again") == first


@pytest.mark.slow
def test_where_rounding_decides_another_seed_moves_areas_by_hundredths_and_no_choice(tmp_path):
    # need served is closed only up to rounding: 28.36 m² of day care with one seed, 28.33 with
    # another; which building, host, function and floor stays the same
    scenario = write_case(random_case(36), tmp_path)
    plans = []
    for seed in (0, 1):
        options = SolveOptions(gap=0.0, seed=seed)
        solve(scenario, tmp_path / str(seed), options, in_child=False)
        with (tmp_path / str(seed) / "allocation.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        key = ("building", "level", "function", "slot")
        plans.append({tuple(r[k] for k in key): Decimal(r["area_m2"]) for r in rows})
    assert plans[0].keys() == plans[1].keys()
    apart = [abs(plans[0][k] - plans[1][k]) for k in plans[0]]
    assert max(apart) <= Decimal("0.05")
