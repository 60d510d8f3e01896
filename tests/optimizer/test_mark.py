"""linli check --mark: red cells and notes in a copy, a list of faults, a table beside CSV."""

import csv

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from optimizer.cli import app
from tests.bad_input.base import tables, workbook, write_book, write_csv


def spoiled():
    content = tables()
    content["buildings"][1]["area_m2"] = "约600"
    content["floors"][2]["building"] = "=B9"
    return content


def check(path, target, lang="zh"):
    return CliRunner().invoke(app, ["check", str(path), "--mark", str(target), "--lang", lang])


def test_a_copy_of_the_workbook_has_the_faults_in_red_and_a_list(tmp_path):
    path = write_book(tmp_path, workbook(spoiled()))
    original = (path.parent / "case.xlsx").read_bytes()
    done = check(path, tmp_path / "marked.xlsx")
    assert done.exit_code == 2
    book = load_workbook(tmp_path / "marked.xlsx")
    sheet = book["buildings"]
    column = next(c.column for c in sheet[1] if c.value == "area_m2")
    cell = sheet.cell(3, column)
    assert cell.fill.start_color.rgb == "FFFF9999"
    assert "应为数字" in cell.comment.text
    assert sheet.cell(2, column).comment is None
    listed = list(book["问题清单"].iter_rows(min_row=2, values_only=True))
    assert ("错误", "case.xlsx", "buildings", "3", "area_m2", "约600") in {r[:6] for r in listed}
    assert all(cell.data_type != "f" for row in book["问题清单"] for cell in row)
    assert (path.parent / "case.xlsx").read_bytes() == original


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_csv_gets_a_table_of_faults(suffix, tmp_path):
    path, target = write_csv(tmp_path, spoiled()), tmp_path / f"faults{suffix}"
    assert check(path, target, "en").exit_code == 2
    if suffix == ".csv":
        with target.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {"'=B9"} <= {row["value"] for row in rows}
    else:
        sheet = load_workbook(target)["Faults"]
        rows = [
            dict(zip([c.value for c in sheet[1]], r, strict=True))
            for r in sheet.iter_rows(min_row=2, values_only=True)
        ]
    place = {"file": "buildings.csv", "row": "3", "column": "area_m2", "severity": "error"}
    assert any(place.items() <= row.items() for row in rows)


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    path = write_csv(tmp_path)
    (tmp_path / "x.csv").write_text("mine", "utf-8")
    assert check(path, tmp_path / "x.csv").exit_code == 2
    assert (tmp_path / "x.csv").read_text("utf-8") == "mine"
    assert check(path, tmp_path / "x.doc").exit_code == 2
    assert check(path, tmp_path / "none.csv").exit_code == 0


def test_a_fault_across_rows_is_red_under_the_head_the_user_wrote(tmp_path):
    content = tables()
    book = workbook(content)
    sheet = book["buildings"]
    heads = {"lon": "经度", "lat": "纬度"}
    for cell in sheet[1]:
        cell.value = heads.get(cell.value, cell.value)
    column = next(c.column for c in sheet[1] if c.value == "经度")
    sheet.cell(2, column).value, sheet.cell(2, column + 1).value = 30.3, 120.15
    path = write_book(tmp_path, book)
    assert check(path, tmp_path / "marked.xlsx").exit_code == 2
    marked = load_workbook(tmp_path / "marked.xlsx")
    assert marked["buildings"].cell(2, column).fill.start_color.rgb == "FFFF9999"
    listed = list(marked["问题清单"].iter_rows(min_row=2, values_only=True))
    assert ("buildings", "2", "经度") in {row[2:5] for row in listed}
    assert [row[0] for row in listed] == sorted((row[0] for row in listed), key="错误提示".index)


def with_a_key_wrong(path, key):
    text = path.read_text("utf-8")
    path.write_text(f"{key}\n{text}", "utf-8")
    return path


def test_a_key_of_the_scenario_that_is_wrong_hides_no_fault_of_the_workbook(tmp_path):
    path = with_a_key_wrong(write_book(tmp_path, workbook(spoiled())), "budgets = 3")
    done = check(path, tmp_path / "marked.xlsx")
    assert done.exit_code == 2
    listed = load_workbook(tmp_path / "marked.xlsx")["问题清单"].iter_rows(
        min_row=2, values_only=True
    )
    told = {(row[1], row[4]) for row in listed}
    assert told >= {("scenario.toml", "budgets"), ("case.xlsx", "area_m2")}
    assert "buildings" in load_workbook(tmp_path / "marked.xlsx").sheetnames


def test_where_the_wrong_key_says_how_data_are_read_they_are_not_judged_without_it(tmp_path):
    # a change to the data may be what mends them
    path = with_a_key_wrong(write_book(tmp_path, workbook(spoiled())), "change = 3")
    done = CliRunner().invoke(app, ["check", str(path)])
    assert done.stderr.count("错误  ") == 1
    assert "scenario.toml · change" in done.stderr


def test_the_way_to_mark_is_told_where_there_is_something_to_mark(tmp_path):
    book = CliRunner().invoke(app, ["check", str(write_book(tmp_path, workbook(spoiled())))])
    assert "--mark" in book.stderr
    nowhere = CliRunner().invoke(app, ["check", str(tmp_path / "nowhere.toml"), "--lang", "en"])
    assert "--mark" not in nowhere.stderr
    assert "The input has 1 fault." in nowhere.stderr
    assert "Errno" not in nowhere.stderr


def test_a_fault_of_toml_is_named_by_its_line_as_it_stands(tmp_path):
    path = tmp_path / "scenario.toml"
    path.write_text('name = "x"\nbudget = = 3\n', "utf-8")
    done = CliRunner().invoke(app, ["check", str(path)])
    assert "scenario.toml · 第 2 行 = 'budget = = 3': 不是有效的 TOML。" in done.stderr
