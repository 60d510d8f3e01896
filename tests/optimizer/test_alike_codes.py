"""Codes that only capitals or blanks inside tell apart are told, not merged."""

import pytest

from optimizer.case import read_case
from optimizer.errors import InputError
from tests.bad_input.base import tables, write_csv


def alike(folder, code):
    """Issues of a case whose second building is called *code*; the first is B001."""
    content = tables()
    content["buildings"][1]["id"] = code
    for row in content["floors"]:
        row["building"] = code if row["building"] == "B002" else row["building"]
    case = read_case(write_csv(folder, content))
    return [i for i in case.issues if i.code == "alike"], case


@pytest.mark.parametrize("code", ["b001", "B0 01"])
def test_a_warning_names_both(code, tmp_path):
    found, case = alike(tmp_path, code)
    assert [(i.severity, i.value) for i in found] == [("warning", code)]
    assert "B001" in found[0].message.en
    assert len(case.tables["buildings"].rows) == 4


@pytest.mark.parametrize("code", ["Ｂ001", "B001 ", "\u200bB001"])
def test_full_width_signs_and_blanks_at_its_end_are_no_part_of_a_code(code, tmp_path):
    with pytest.raises(InputError) as caught:
        alike(tmp_path, code)
    assert "duplicate" in {i.code for i in caught.value.issues if i.severity == "error"}


@pytest.mark.parametrize("code", ["B0011", "C001", "B-001"])
def test_another_code_is_another_code(code, tmp_path):
    assert alike(tmp_path, code)[0] == []
