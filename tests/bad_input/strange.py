"""Cases of several groups that nobody would write and everybody's files contain."""

from functools import partial

from tests.bad_input.base import (
    SCENARIO,
    csv_text,
    tables,
    workbook,
    write_book,
    write_csv,
    write_scenario,
)
from tests.bad_input.case import BadCase, normalise, refuse, warn
from tests.bad_input.cells import in_csv
from tests.bad_input.files import with_bytes, without

B, C = "buildings", "communities"


def said(old, new, folder):
    """The scenario with other words."""
    assert old in SCENARIO
    return write_csv(folder, scenario=SCENARIO.replace(old, new))


def as_bytes(change, folder):
    return with_bytes("buildings.csv", change(csv_text(tables()[B]).encode()), folder)


def in_a_ring(folder):
    path = without("floors.csv", folder)
    data = path.parent / "data"
    (data / "a.csv").symlink_to(data / "floors.csv")
    (data / "floors.csv").symlink_to(data / "a.csv")
    return path


def into_itself(folder):
    path = write_csv(folder)
    (path.parent / "data" / "deep").symlink_to(path.parent / "data")
    return path


def huge_and_empty(folder):
    path = write_scenario(folder, SCENARIO.replace('"data/"', '"x.gpkg"'))
    with (path.parent / "x.gpkg").open("wb") as file:
        file.write(b"SQLite format 3\0")
        file.truncate(4 * 2**30)
    return path


def functions(text, folder):
    path = write_csv(folder)
    (path.parent / "data" / "functions.csv").write_text(text, "utf-8")
    return path


def turned(folder):
    content = tables()
    row = content[B][2]
    row["lon"], row["lat"] = row["lat"], row["lon"]
    return write_csv(folder, content)


def replaced_twice(folder):
    content = tables()
    for row in content[B][:2]:
        row["replaces"] = "E1"
    return write_csv(folder, content)


def cell(text, folder):
    book = workbook()
    book[B]["H3"] = text
    return write_book(folder, book)


def hidden(state, folder):
    book = workbook()
    book[B].sheet_state = state
    return write_book(folder, book)


def goals(order):
    return partial(said, "[reach]", f"[goals]\norder = {order}\n[reach]")


BUDGET, TARGET, WALK, POLICY = "= 500", "target = 2", "walk_m = 1000", '"hangzhou-2024"'
NAME = (B, 1, "name", "旧楼2")
CASES = [
    ("A60-link-ring", in_a_ring, refuse()),
    ("A61-folder-into-itself", into_itself, normalise(*NAME)),
    (
        "B60-nul",
        partial(as_bytes, lambda b: b.replace(b"B002", b"B\x0002")),
        refuse(file="buildings.csv"),
    ),
    (
        "B61-half-a-sign",
        partial(as_bytes, lambda b: b.replace("旧楼2".encode(), b"\xed\xa0\x80")),
        refuse(row=3),
    ),
    (
        "B62-quote-left-open",
        partial(as_bytes, lambda b: b.replace(b"B002", b'"B002')),
        refuse(code="csv"),
    ),
    ("B63-old-mac-lines", partial(as_bytes, lambda b: b.replace(b"\n", b"\r")), normalise(*NAME)),
    ("B64-utf-32", partial(as_bytes, lambda b: b.decode().encode("utf-32")), normalise(*NAME)),
    (
        "B65-full-width-commas",
        partial(as_bytes, lambda b: b.decode().replace(",", "\uff0c").encode()),
        refuse(),
    ),
    ("C60-formula-of-itself", partial(cell, "=H3"), refuse(code="formula-without-value", row=3)),
    (
        "C61-other-workbook",
        partial(cell, "=[other.xlsx]S!A1"),
        refuse(code="formula-without-value"),
    ),
    ("C62-hidden-sheet", partial(hidden, "hidden"), warn(code="hidden-sheet")),
    ("C63-very-hidden-sheet", partial(hidden, "veryHidden"), warn(code="hidden-sheet")),
    (
        "D60-function-twice",
        partial(functions, "id,item\ncare1,x\ncare1,y\n"),
        refuse(code="duplicate", row=3),
    ),
    ("D61-levels-fall", partial(functions, "id,levels\nf,9-1\n"), refuse(code="not-levels", row=2)),
    (
        "D62-levels-fall-below-0",
        partial(functions, "id,levels\nf,1--3\n"),
        refuse(code="not-levels"),
    ),
    (
        "D63-group-unknown",
        partial(functions, "id,need_group,need_per_1000\nf,martians,5\n"),
        refuse(row=2),
    ),
    (
        "F60-full-width-thousands",
        partial(in_csv, (B, 1, "area_m2", "1\uff0c200")),
        normalise(B, 1, "area_m2", "1200"),
    ),
    (
        "F61-one-full-width-digit",
        partial(in_csv, (B, 1, "area_m2", "1\uff1200")),
        normalise(B, 1, "area_m2", "1200"),
    ),
    (
        "F62-minus-nothing",
        partial(in_csv, (B, 1, "area_m2", "-0")),
        refuse(code="too-small", row=3),
    ),
    ("F63-plus-minus", partial(in_csv, (B, 1, "area_m2", "600\u00b15")), refuse(row=3)),
    ("F64-roman", partial(in_csv, (B, 1, "area_m2", "\u216b")), refuse(row=3)),
    ("F65-a-million-digits", partial(in_csv, (B, 1, "area_m2", "1" * 1_000_000)), refuse(row=3)),
    (
        "G60-day-with-strokes",
        partial(in_csv, (B, 1, "available_year", "2024/2/30")),
        refuse(code="no-such-day"),
    ),
    ("G61-year-0", partial(in_csv, (B, 1, "available_year", "0000")), refuse(code="not-a-year")),
    ("H60-replaced-twice", replaced_twice, refuse(code="refit-impossible", row=3)),
    (
        "H61-lock-of-nobody",
        partial(in_csv, (B, 1, "lock", "community:")),
        refuse(code="lock-unknown"),
    ),
    ("I60-one-row-turned", turned, refuse(code="lonlat-swapped", row=4)),
    ("I61-infinite", partial(in_csv, (B, 1, "lon", "Infinity")), refuse(row=3, column="lon")),
    ("J60-key-twice", partial(said, TARGET, f"{TARGET}\ntarget = 3"), refuse(code="toml")),
    (
        "J61-brackets",
        partial(said, "[budget]", "x = " + "[" * 3000 + "]" * 3000 + "\n[budget]"),
        refuse(code="toml"),
    ),
    ("J62-extends-itself", partial(said, 'name = "测试"', 'extends = "scenario.toml"'), refuse()),
    ("J63-extends-list", partial(said, 'name = "测试"', 'extends = ["a.toml"]'), refuse()),
    ("K60-budget-1e300", partial(said, BUDGET, "= 1e300"), refuse(column="budget.total_10k_yuan")),
    (
        "K61-budget-of-20-digits",
        partial(said, BUDGET, f"= {'9' * 20}"),
        refuse(column="budget.total_10k_yuan"),
    ),
    ("K62-budget-infinite", partial(said, BUDGET, "= inf"), refuse(column="budget.total_10k_yuan")),
    (
        "K63-target-of-23-digits",
        partial(said, TARGET, f"target = {'9' * 23}"),
        refuse(column="pilots.target"),
    ),
    (
        "K64-detour-below-1",
        partial(said, WALK, f"{WALK}\ndetour = 0.5"),
        refuse(column="reach.detour"),
    ),
    ("K65-goal-twice", goals('["cost", "cost"]'), refuse(code="goal-twice")),
    ("K66-weight-nan", goals("[{ cost = nan }]"), refuse()),
    (
        "L60-policy-of-another",
        partial(said, POLICY, '"../../../../etc/passwd"'),
        refuse(code="outside"),
    ),
    ("L61-nul-in-a-path", partial(said, '"data/"', '"da\\u0000ta"'), refuse(column="data")),
    (
        "L62-network-of-gdal",
        partial(said, '"data/"', '"/vsicurl/http://localhost:1/x.gpkg"'),
        refuse(),
    ),
    ("L63-4-gib-declared", huge_and_empty, refuse(code="file-too-large")),
]


def cases():
    return [BadCase(*row) for row in CASES]
