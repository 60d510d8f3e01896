"""What is read back from a map file is the plan, cell by cell against the run folder's CSV.

Files are read with the libraries their users have: pyogrio, QGIS, sqlite3, json.
"""

import json
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from shutil import copytree
from xml.etree import ElementTree

import pytest
from pyogrio import list_layers, read_dataframe, read_info

from optimizer.errors import CallError
from optimizer.export.formats import EXPORTERS, export_all, export_named
from optimizer.export.plan_map import WORDS as MAP_WORDS
from optimizer.export.qgis_style import RULES
from optimizer.export.visible import original, visible
from optimizer.result import read_result
from optimizer.verify import verify
from tests.optimizer.export.told import FLAGS, Run, reads, rows_of

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def exported(result, tmp_path_factory):
    """A copy of the run folder with every format in it."""
    folder = tmp_path_factory.mktemp("formats") / "run"
    copytree(result.directory, folder)
    export_named(read_result(folder), folder, EXPORTERS, "zh")
    return folder


def test_the_geopackage_lists_its_layers_in_cgcs2000(exported):
    path = exported / "plan.gpkg"
    kinds = dict(list_layers(path))
    assert kinds["buildings"] == kinds["communities"] == "Point"
    assert kinds["assignments"] == "LineString"
    for layer in ("buildings", "communities", "assignments"):
        assert read_info(path, layer=layer)["crs"] == "EPSG:4490"


def by_code(run, table):
    """Rows of a CSV as a layer has them: words as people read them, flags and ids as they are."""
    for row, told in zip(run.rows(table), run.told(table), strict=True):
        words = dict(zip(row, told.values(), strict=True))
        yield {c: Decimal(row[c]) if c in FLAGS else words[c] for c in row}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_layers_of_the_geopackage_say_what_the_run_folder_says(lang, exported, tmp_path):
    copytree(exported, tmp_path / "run")
    [path] = export_named(read_result(tmp_path / "run"), tmp_path / "run", ["gpkg"], lang)
    run = Run(tmp_path / "run", lang)
    communities = read_dataframe(path, layer="communities").to_dict("records")
    for row, there in zip(by_code(run, "communities"), communities, strict=True):
        for column, wanted in row.items():
            assert reads(wanted, there[column]), column
    floors = read_dataframe(path, layer="allocation").to_dict("records")
    for row, there in zip(by_code(run, "allocation"), floors, strict=True):
        word = row.pop("function")
        assert there["function_name"] == word
        for column, wanted in row.items():
            assert reads(wanted, there[column]), column
    buildings = {
        row["building"]: row for row in read_dataframe(path, layer="buildings").to_dict("records")
    }
    for row in by_code(run, "siting"):
        there = buildings.pop(row["building"])
        for column in ("hub", "community", "union", "route", "year", "rent_yuan_per_year"):
            assert reads(row[column], there[column]), column
        costs = [row[c] for c in ("acquire_yuan", "upgrade_yuan", "opening_yuan", "fitout_yuan")]
        assert reads(sum(costs), there["cost_yuan"])
    assert not any(row["used"] or row["hub"] or row["cost_yuan"] for row in buildings.values())


IN_QGIS = """
import json, sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
found = {}
for name in ("buildings", "communities", "assignments"):
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    is_ours = layer.renderer().type() == "RuleRenderer"
    rules = layer.renderer().rootRule().children() if is_ours else ()
    found[name] = {
        "valid": layer.isValid(),
        "crs": layer.crs().authid(),
        "rows": layer.featureCount(),
        "legend": [rule.label() for rule in rules],
        "drawn": [rule.symbol().symbolLayerCount() for rule in rules],
        "heads": [layer.attributeDisplayName(n) for n in range(1, layer.fields().count())],
    }
print("FOUND" + json.dumps(found))
"""


def system_python():
    """An interpreter that has QGIS; it belongs to the system, never to an environment of ours."""
    for name in ("/usr/bin/python3", shutil.which("python3")):
        asked = (name, "-c", "import qgis.core")
        if name and subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            return name
    return None


@pytest.mark.slow
def test_qgis_opens_every_layer_in_the_style_that_stands_in_the_file(exported):
    python = system_python()
    if python is None:
        pytest.skip("QGIS is a desktop program that no package index has: asked where it stands")
    clean = {"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "HOME": str(exported.parent)}
    done = subprocess.run(
        [python, "-c", IN_QGIS, str(exported / "plan.gpkg")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env=clean,
    )
    found = json.loads(done.stdout.partition("FOUND")[2].splitlines()[0])
    for name, rules in RULES.items():
        layer = found[name]
        fields = read_info(exported / "plan.gpkg", layer=name)["fields"]
        assert layer["valid"]
        assert layer["crs"] == "EPSG:4490"
        assert layer["rows"] == read_info(exported / "plan.gpkg", layer=name)["features"]
        assert layer["legend"] == [MAP_WORDS[rule.word][0] for rule in rules]
        assert all(layer["drawn"])
        assert layer["heads"][: len(fields)] != list(fields)
        assert all(CHINESE.search(text) for text in layer["heads"])


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
