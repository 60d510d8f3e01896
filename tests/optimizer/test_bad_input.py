"""No bad input is taken in silence or ends in a traceback; each is told where it stands."""

import pytest

from optimizer.api import check
from optimizer.errors import InputError
from tests.bad_input import cells, valid
from tests.bad_input.base import tables, workbook, write_book, write_csv
from tests.bad_input.case import GROUPS
from tests.bad_input.judge import RIGHT, judge
from tests.bad_input.programme import every_case

CASES = every_case()
#: Every third of the cell cases each day, in one form; all of them in CI.
OFTEN = {bad.id for i, bad in enumerate(cells.cases()) if i % 3 == 0}
CELLS = {bad.id for bad in cells.cases()}


def marked(bad):
    is_slow = bad.slow or (bad.id in CELLS and bad.id not in OFTEN)
    return pytest.param(bad, id=bad.id, marks=pytest.mark.slow if is_slow else ())


@pytest.mark.parametrize("bad", [marked(bad) for bad in CASES])
def test_bad_input_gets_what_it_must(bad, tmp_path):
    verdict = judge(bad, tmp_path)
    assert verdict.kind == RIGHT, f"{bad.expected}\n{verdict.said}"


def test_the_programme_has_at_least_150_cases_in_13_groups():
    assert len(CASES) >= 150
    assert {bad.group for bad in CASES} == set(GROUPS)


@pytest.mark.parametrize("write", [write_csv, lambda folder: write_book(folder, workbook())])
def test_the_case_they_are_made_of_is_without_a_word(write, tmp_path):
    assert check(write(tmp_path)) == ()


def test_faults_of_one_rule_are_capped_at_200_and_counted(tmp_path):
    content = tables()
    content["floors"] = [{"building": "B001", "level": "0", "area_m2": "1"} for _ in range(1000)]
    with pytest.raises(InputError) as error:
        check(write_csv(tmp_path, content))
    told = [issue for issue in error.value.issues if issue.code == "level-zero"]
    assert len(told) == 201
    assert "800" in told[-1].message.en


@pytest.mark.parametrize("seed", range(30))
def test_no_valid_scenario_is_refused(seed, tmp_path):
    assert [i for i in check(valid.write(seed, tmp_path)) if i.severity == "error"] == []
