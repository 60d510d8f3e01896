"""Files as offices send them: encodings, workbooks, codes that must stay text."""

import hashlib

import pytest
from openpyxl import Workbook

from optimizer.errors import InputError
from optimizer.load import load

TABLE = "社区编码,名称\n330105001051,夹城巷社区\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_a_csv_is_read_in_its_encoding_and_says_which(encoding, said, tmp_path):
    (tmp_path / "communities.csv").write_bytes(TABLE.encode(encoding))
    raw = load(tmp_path)
    assert raw.tables["communities"].heads == ("社区编码", "名称")
    assert raw.tables["communities"].rows[0].cells == ("330105001051", "夹城巷社区")
    assert raw.notes["communities.csv"] == said
    digest = hashlib.sha256(TABLE.encode(encoding)).hexdigest()
    assert raw.digests == {"communities.csv": digest}


def test_a_csv_may_have_more_rows_than_a_sheet(tmp_path):
    # 15,000 buildings within reach of 20 communities each are 300,000 pairs; a sheet takes 200,000
    pairs = "".join(f"B{k % 15_000},C{k // 15_000},300\n" for k in range(300_000))
    (tmp_path / "distances.csv").write_text("building,community,walk_m\n" + pairs, "utf-8")
    assert len(load(tmp_path).tables["distances"].rows) == 300_000


@pytest.mark.parametrize("name", ["communities", "社区", "社区表"])
def test_a_table_may_have_its_english_or_chinese_name(name, tmp_path):
    (tmp_path / f"{name}.csv").write_text(TABLE, "utf-8")
    assert set(load(tmp_path).tables) == {"communities"}


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path):
    (tmp_path / "communities.csv").write_text('id,name\n\na,"one\ntwo"\nb,x\n', "utf-8")
    assert [row.number for row in load(tmp_path).tables["communities"].rows] == [3, 4]


def test_a_workbook_is_read_sheet_by_sheet_and_codes_stay_codes(tmp_path):
    book = Workbook()
    page = book.active
    page.title = "社区"
    page.append(["社区编码", "户数(户)"])
    page.append([330105001051, 1200])
    page.append(["T2", 12.5])
    book.create_sheet("notes").append(["anything"])
    book.save(tmp_path / "case.xlsx")
    (table,) = load(tmp_path / "case.xlsx").tables.values()
    assert [row.cells for row in table.rows] == [("330105001051", "1200"), ("T2", "12.5")]
    assert table.sheet == "社区"


def faults(data):
    try:
        return [issue.code for issue in load(data).issues]
    except InputError as error:
        return [issue.code for issue in error.issues]


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("communities.csv", b"id,name\na,\xff\xff\n", ["encoding"]),
        ("communities.csv", b"id,name\na,\0\n", ["not-text"]),
        ("communities.csv", b'id,name\na,"b" c\n', ["csv"]),
        ("notes.txt", b"id", ["no-data"]),
        ("comunities.csv", b"id,name\na,b\n", ["file-unknown", "no-data"]),
    ],
)
def test_a_folder_that_cannot_be_read_is_one_message(name, content, codes, tmp_path):
    (tmp_path / name).write_bytes(content)
    assert faults(tmp_path) == codes


def test_one_file_that_cannot_be_read_hides_no_fault_of_another(tmp_path):
    (tmp_path / "communities.csv").write_bytes(b"id,name\na,\xff\xff\n")
    (tmp_path / "buildings.csv").write_bytes(b'id,area_m2\na,"b" c\n')
    assert faults(tmp_path) == ["csv", "encoding"]


def test_a_workbook_that_is_none_is_one_message(tmp_path):
    (tmp_path / "case.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert faults(tmp_path / "case.xlsx") == ["workbook"]
