"""What is read back from an exported file is the plan, cell by cell against the run folder's CSV.

Files are read with the libraries their users have: openpyxl, pyogrio, sqlite3, json, csv.
"""

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from shutil import copytree
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pyogrio import list_layers, read_dataframe, read_info

from optimizer.errors import CallError
from optimizer.export import EXPORTERS, export_all, export_named
from optimizer.export.visible import original, visible
from optimizer.labels import head, label
from optimizer.result import read_result
from optimizer.verify import verify

SHEET_OF = {
    "allocation": "分配方案",
    "siting": "选址",
    "projects": "项目清单",
    "communities": "社区达标",
    "gaps": "缺口清单",
    "funding": "资金",
}
CODED = {"function", "source", "route", "hub_form", "nature", "status", "reason"}
FLAGS = {"hub", "upgraded", "pilot", "to_standard", "covered"}
TEXTS_OF_MANY = {"domains", "remedy", "buildings", "yuan_by_source", "open_consents"}
NOT_A_COLUMN = {("projects", "community"), ("projects", "union"), ("projects", "functions")}


@pytest.fixture(scope="module")
def exported(result, tmp_path_factory):
    """A copy of the run folder with every format in it."""
    folder = tmp_path_factory.mktemp("formats") / "run"
    copytree(result.directory, folder)
    export_named(read_result(folder), folder, EXPORTERS, "zh")
    return folder


def rows_of(file):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def sheet_rows(folder, title):
    grid = [[c.value for c in row] for row in load_workbook(folder / "plan.xlsx")[title].rows]
    start = next(n for n, row in enumerate(grid) if row[1] is not None and n > 0)
    rows = [dict(zip(grid[start], row, strict=True)) for row in grid[start + 1 :]]
    return rows[: next((n for n, row in enumerate(rows) if not any(row.values())), len(rows))]


def csv_rows(folder, title):
    return rows_of(folder / "csv-raw" / f"{title}.csv")


def heads_of(folder, table):
    """Column of the run folder -> head a user sees."""
    names = {row["id"]: row["name"] for row in rows_of(folder / "inputs" / "functions.csv")}
    for column in rows_of(folder / f"{table}.csv")[0]:
        if (table, column) not in NOT_A_COLUMN:
            is_share = column.startswith("served_")
            served = f"{names.get(column.removeprefix('served_'))} {label('served', 'zh')}"
            yield column, served if is_share else head(column, "zh")


def shown(folder, column, cell):
    """*cell* of the run folder as a user's file has it: number, or text."""
    if column in FLAGS:
        return "是" if cell == "1" else "否"
    if column == "function":
        return {r["id"]: r["name"] for r in rows_of(folder / "inputs/functions.csv")}[cell]
    if column in CODED:
        return label(cell, "zh") if cell else ""
    try:
        return Decimal(cell)
    except ArithmeticError:
        return cell


def is_same(column, wanted, found):
    if column in TEXTS_OF_MANY:
        return bool(wanted) == bool(found)
    if isinstance(wanted, Decimal) and not isinstance(found, str | None):
        return Decimal(repr(float(found))) == wanted
    text = "" if found is None else str(found)
    if isinstance(wanted, Decimal):
        return text == str(wanted) or (text != "" and Decimal(text) == wanted)
    return text == visible(wanted) or (not wanted and text == "待填")


@pytest.mark.parametrize("read", [sheet_rows, csv_rows])
@pytest.mark.parametrize("table", SHEET_OF)
def test_every_cell_of_the_run_folder_stands_in_its_sheet(exported, table, read):
    given, found = rows_of(exported / f"{table}.csv"), read(exported, SHEET_OF[table])
    assert len(found) == len(given) > 0
    for row, there in zip(given, found, strict=True):
        for column, title in heads_of(exported, table):
            if (table, column) == ("projects", "yuan_by_source"):
                continue  # one column a source: the test below
            wanted = shown(exported, column, row[column])
            assert is_same(column, wanted, there[title]), (table, column, wanted, there[title])


def test_money_of_a_project_stands_in_a_column_of_its_source(exported):
    for row, there in zip(
        rows_of(exported / "projects.csv"), sheet_rows(exported, "项目清单"), strict=True
    ):
        for part in row["yuan_by_source"].split(";"):
            source, _, yuan = part.rpartition(":")
            assert Decimal(repr(float(there[f"{label(source, 'zh')} (元)"]))) == Decimal(yuan)


def test_every_verdict_stands_in_the_sheet_of_clauses(exported):
    rules = json.loads((exported / "plan.json").read_text("utf-8"))["rules"]
    rows = sheet_rows(exported, "条款核验")
    assert len(rows) == len(rules)
    found = {(r["编号"], r["条款"], r["结论"][0], str(r["要求"]), str(r["实际"])) for r in rows}
    for rule in rules:
        sign = "✓" if rule["ok"] else "✗"
        assert (rule["id"], rule["clause"], sign, rule["required"], rule["actual"]) in found


def test_the_geopackage_lists_its_layers_in_cgcs2000(exported):
    path = exported / "plan.gpkg"
    kinds = dict(list_layers(path))
    assert kinds["buildings"] == kinds["communities"] == "Point"
    assert kinds["assignments"] == "LineString"
    for layer in ("buildings", "communities", "assignments"):
        assert read_info(path, layer=layer)["crs"] == "EPSG:4490"


def test_the_layers_of_the_geopackage_say_what_the_run_folder_says(exported):
    path = exported / "plan.gpkg"
    communities = read_dataframe(path, layer="communities").to_dict("records")
    for row, there in zip(rows_of(exported / "communities.csv"), communities, strict=True):
        for column, cell in row.items():
            if column in FLAGS:
                assert there[column] == int(cell)
            elif column not in TEXTS_OF_MANY:
                assert is_same(column, shown(exported, column, cell), there[column]), column
    floors = read_dataframe(path, layer="allocation").to_dict("records")
    for row, there in zip(rows_of(exported / "allocation.csv"), floors, strict=True):
        assert (there["building"], there["function"]) == (row["building"], row["function"])
        assert there["level"] == int(row["level"])
        assert Decimal(repr(there["area_m2"])) == Decimal(row["area_m2"])


def test_buildings_and_lines_of_the_geopackage_stand_where_the_input_says(exported):
    path = exported / "plan.gpkg"
    used = {row["building"]: row for row in rows_of(exported / "siting.csv")}
    given = {row["id"]: row for row in rows_of(exported / "inputs" / "buildings.csv")}
    buildings = read_dataframe(path, layer="buildings")
    assert set(buildings["building"]) == set(given)
    for row in buildings.itertuples():
        at = given[row.building]
        assert (row.geometry.x, row.geometry.y) == (float(at["lon"]), float(at["lat"]))
        assert bool(row.used) == (row.building in used)
        assert row.building_name == visible(at["name"])
    lines = read_dataframe(path, layer="assignments")
    hosted = {(r.building, r.community) for r in lines.itertuples() if r.host}
    assert hosted == {(b, row["community"]) for b, row in used.items()}
    persons = sum(Decimal(repr(value)) for value in lines["persons"])
    assert persons == sum(Decimal(row["persons"]) for row in rows_of(exported / "service.csv"))


def test_a_style_of_each_layer_stands_in_the_geopackage_with_its_heads(exported):
    with closing(sqlite3.connect(exported / "plan.gpkg")) as file:
        styles = dict(file.execute("SELECT f_table_name, styleQML FROM layer_styles"))
        default = {row[0] for row in file.execute("SELECT useAsDefault FROM layer_styles")}
        titles = dict(
            file.execute(
                "SELECT column_name, title FROM gpkg_data_columns WHERE table_name = 'buildings'"
            )
        )
    assert set(styles) == {"buildings", "communities", "assignments"}
    assert default == {1}
    for layer, text in styles.items():
        style = ElementTree.fromstring(text.partition("\n")[2])
        rules, symbols = style.findall(".//rule"), style.findall(".//symbol")
        assert {rule.get("symbol") for rule in rules} == {s.get("name") for s in symbols}
        aliases = {a.get("field"): a.get("name") for a in style.iter("alias")}
        columns = read_info(exported / "plan.gpkg", layer=layer)["fields"]
        assert set(aliases) == set(columns)
        assert not [field for field in aliases.values() if not field]
    assert titles["building_name"] == "房屋名称"


def test_geojson_is_rfc_7946_and_says_what_the_geopackage_says(exported):
    collection = json.loads((exported / "plan.geojson").read_text("utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection  # withdrawn by RFC 7946
    for feature in collection["features"]:
        kind = "LineString" if feature["properties"]["layer"] == "assignments" else "Point"
        assert set(feature) == {"type", "geometry", "properties"}
        assert feature["geometry"]["type"] == kind
    for layer in ("buildings", "communities", "assignments"):
        there = read_dataframe(exported / "plan.gpkg", layer=layer).drop(columns="geometry")
        found = [f["properties"] for f in collection["features"]]
        found = [p for p in found if p["layer"] == layer]
        for row, other in zip(found, there.to_dict("records"), strict=True):
            for column, value in other.items():
                is_absent = value != value or value is None  # NaN
                assert row[column] == value or (is_absent and row[column] in (None, "")), column


def test_csv_disarms_formulas_under_its_switch_and_opens_in_excel(exported):
    guarded = rows_of(exported / "csv" / "社区达标.csv")
    raw = rows_of(exported / "csv-raw" / "社区达标.csv")
    assert [row["社区"] for row in raw] == ["=1+1", "<script>alert(1)</script>"]
    assert [row["社区"] for row in guarded] == ["'=1+1", "<script>alert(1)</script>"]
    for folder in ("csv", "csv-raw"):
        for file in (exported / folder).iterdir():
            assert file.read_bytes().startswith(b"\xef\xbb\xbf"), file.name


def test_signs_that_hide_or_turn_text_are_written_out(exported):
    assert visible("a\u202eb\x0b") == "a\\u202eb\\u000b"
    assert original(visible("a\u202eb\x0b \\u0041 \\")) == "a\u202eb\x0b \\u0041 \\"


def test_the_verifier_knows_every_exported_file_by_its_digest(exported, tmp_path):
    names = json.loads((exported / "exports.json").read_text("utf-8"))["files"]
    files = {p.relative_to(exported).as_posix() for p in exported.rglob("*") if p.is_file()}
    written = {one.file for one in EXPORTERS.values()}
    assert set(names) == {f for f in files if f.split("/")[0] in written}
    for name, digest in names.items():
        assert sha256((exported / name).read_bytes()).hexdigest() == digest
    assert verify(exported).ok
    for name in ("plan.xlsx", "csv/资金.csv"):
        spoiled = tmp_path / name.replace("/", "-")
        copytree(exported, spoiled)
        (spoiled / name).write_bytes((spoiled / name).read_bytes() + b" ")
        assert [found["place"] for found in verify(spoiled).violations] == [name]


def test_an_export_a_user_took_away_is_no_violation(exported, tmp_path):
    copytree(exported, tmp_path / "run")
    (tmp_path / "run" / "plan.xlsx").unlink()
    assert verify(tmp_path / "run").ok


def test_a_second_export_replaces_the_first_and_its_digest(exported, tmp_path):
    copytree(exported, tmp_path / "run")
    (tmp_path / "run" / "csv" / "old.csv").write_text("stale", "utf-8")
    export_named(read_result(tmp_path / "run"), tmp_path / "run", ["csv", "html"], "en")
    assert "Funding.csv" in {p.name for p in (tmp_path / "run" / "csv").iterdir()}
    assert not (tmp_path / "run" / "csv" / "old.csv").exists()
    assert not [p for p in (tmp_path / "run").iterdir() if p.name.startswith(".")]
    assert verify(tmp_path / "run").ok


def test_an_export_that_fails_leaves_everything_as_it_was(exported, tmp_path, monkeypatch):
    copytree(exported, tmp_path / "run")
    before = {p: p.read_bytes() for p in (tmp_path / "run").rglob("*") if p.is_file()}

    def full(*_):
        raise OSError(28, "No space left on device")

    broken = EXPORTERS["html"].__class__("plan.html", full)
    monkeypatch.setitem(EXPORTERS, "html", broken)
    with pytest.raises(CallError, match="No space left"):
        export_named(read_result(tmp_path / "run"), tmp_path / "run", ["csv", "html"], "zh")
    assert {p: p.read_bytes() for p in (tmp_path / "run").rglob("*") if p.is_file()} == before


def test_a_format_whose_extra_is_missing_is_left_out_and_named(result, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    left_out = [text.en for text in export_all(result, tmp_path, "en")]
    assert left_out == ["gpkg needs linli[gis].", "html needs linli[report]."]
    assert {p.name for p in tmp_path.iterdir()} == {"exports.json", "plan.xlsx"}
    with pytest.raises(CallError, match=r"linli\[report\]"):
        export_named(result, tmp_path, ["docx"], "zh")


def test_a_run_folder_of_another_version_is_named_as_one(result, tmp_path):
    rows = [{k: v for k, v in row.items() if k != "gap"} for row in result.tables["gaps"]]
    other = replace(result, tables={**result.tables, "gaps": rows})
    with pytest.raises(CallError, match="gap"):
        export_named(other, tmp_path, ["csv"], "zh")
    assert not list(tmp_path.iterdir())
