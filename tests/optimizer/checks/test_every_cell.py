"""Every number of a run folder changed by one unit is caught by a rule, digests set aside.

What is not caught is listed here with its reason: the plan stays valid and its figures true with
the changed number, so no rule can object. Of the plan's own tables that is one column.
"""

import csv
import shutil
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from optimizer.api import SolveOptions, solve
from optimizer.verify import VerifyError, verify
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case

SLACK = "the plan keeps the rule with the changed figure too: it is not at this limit"
UNUSED = "speaks of something the plan does not use, or of a figure no rule of this slice reads"
IMMATERIAL = {
    ("allocation.csv", "level"): "another floor that may hold it and has room: as good a plan",
    **{
        ("inputs/buildings.csv", c): UNUSED
        for c in (
            "acquire_yuan",
            "consent_department",
            "consent_owner",
            "fire_ok",
            "fitout_factor",
            "lift",
            "outdoor_m2",
            "rent_yuan_per_year",
            "review_ok",
            "structure_ok",
            "upgrade_yuan",
            "lon",
            "lat",
        )
    },
    **{("inputs/buildings.csv", c): SLACK for c in ("area_m2", "available_year")},
    **{
        ("inputs/communities.csv", c): SLACK
        for c in (
            "households",
            "pupils",
            "infants",
            "elderly",
            "elderly65",
            "residents",
            "priority",
        )
    },
    ("inputs/distances.csv", "walk_m"): SLACK,
    ("inputs/facility_distances.csv", "walk_m"): SLACK,
    **{("inputs/facilities.csv", c): SLACK for c in ("area_m2", "counted", "hub", "year")},
    **{("inputs/floors.csv", c): SLACK for c in ("area_m2", "level")},
    **{
        ("inputs/functions.csv", c): UNUSED
        for c in (
            "core",
            "counts_in_total",
            "fitout_yuan_per_m2",
            "levels",
            "lift_above",
            "m2_per_person",
            "max_m2",
            "min_m2",
            "need_per_1000",
            "opening_yuan",
            "operating_yuan_per_m2_year",
            "outdoor_m2_per_person",
            "reach_m",
            "resident_activity",
            "revenue_yuan_per_m2_year",
            "shareable",
            "std_m2",
            "weight",
        )
    },
}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cells")
    scenario = write_case(random_case(8), folder / "case")  # two pilots, two hubs
    solve(scenario, folder / "out", SolveOptions(gap=0.0), in_child=False)
    assert verify(folder / "out").ok
    return folder / "out"


def uncaught(folder: Path, file: str) -> set[tuple[str, str]]:
    """(file, column) of every number whose change by one unit no rule noticed."""
    path = folder / file
    text = path.read_text("utf-8")
    rows = list(csv.reader(text.splitlines()))
    missed = set()
    for row in rows[1:]:
        for column, cell in enumerate(row):
            try:
                value = Decimal(cell)
            except InvalidOperation:
                continue
            unit = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
            for changed in (value + unit, value - unit):
                row[column] = format(changed, "f")
                with path.open("w", encoding="utf-8", newline="") as out:
                    csv.writer(out, lineterminator="\n").writerows(rows)
                if is_clean(folder):
                    missed.add((file, rows[0][column]))
            row[column] = cell
    path.write_text(text, "utf-8")
    return missed


def is_clean(folder: Path) -> bool:
    try:
        return verify(folder, is_published=False).ok
    except VerifyError:
        return False


FILES = ("siting", "allocation", "service", "communities", "funding", "projects", "gaps")
INPUTS = ("communities", "facilities", "buildings", "floors", "functions", "needs", "distances")


@pytest.mark.parametrize("file", [f"{f}.csv" for f in FILES] + [f"inputs/{f}.csv" for f in INPUTS])
def test_a_number_changed_by_one_unit_is_caught_or_listed_with_its_reason(run, tmp_path, file):
    folder = tmp_path / "run"
    shutil.copytree(run, folder)
    assert uncaught(folder, file) <= set(IMMATERIAL)


def test_a_missing_file_is_named(run, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(run, folder)
    (folder / "service.csv").unlink()
    with pytest.raises(VerifyError, match=r"service\.csv"):
        verify(folder)


def test_raw_data_that_changed_since_is_noticed(run, tmp_path):
    raw = tmp_path / "data"
    shutil.copytree(run.parent / "case" / "data", raw)
    assert verify(run, raw).ok
    with (raw / "buildings.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert [v["place"] for v in verify(run, raw).violations] == ["buildings.csv"]
