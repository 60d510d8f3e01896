"""The shipped cases: real totals hold, the script writes the same bytes, tiny is solved by hand."""

import csv
import hashlib
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from optimizer import tables_page
from optimizer.api import SolveOptions, check, solve

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
GONGSHU = SCENARIOS / "gongshu"


def rows(name):
    with (GONGSHU / "data" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_gongshu_has_the_communities_of_the_code_list_and_the_residents_of_the_census():
    communities = rows("communities")
    source = SCENARIOS / "sources" / "hangzhou_communities_2023.csv"
    with source.open(encoding="utf-8-sig") as file:
        real = {
            (r["code"], r["name"], r["street"])
            for r in csv.DictReader(file)
            if r["areaCode"] == "330105" and r["type"] == "community"
        }
    assert {(c["id"], c["name"], c["street"]) for c in communities} == real
    assert len(real) == 178
    assert len({c["street"] for c in communities}) == 18
    assert sum(int(c["residents"]) for c in communities) == 1_120_985


def test_gongshu_has_400_buildings_with_floors_that_add_up():
    floors = {}
    for floor in rows("floors"):
        floors[floor["building"]] = floors.get(floor["building"], 0) + Decimal(floor["area_m2"])
    buildings = rows("buildings")
    assert len(buildings) == 400
    assert all(floors[b["id"]] <= Decimal(b["area_m2"]) for b in buildings if b["id"] in floors)


def test_hangzhou_has_every_community_of_its_districts_and_their_residents():
    with (SCENARIOS / "hangzhou" / "data" / "communities.csv").open(encoding="utf-8") as file:
        communities = list(csv.DictReader(file))
    types = Counter(c["type"] for c in communities)
    assert types == {"community": 1307, "village": 1159, "other": 4}
    assert len({(c["district"], c["street"]) for c in communities}) == 143
    residents = Counter()
    for c in communities:
        residents[c["district"]] += int(c["residents"])
    # census 2020; 西湖区 1,089,229 with the scenic area's 23,763
    assert residents["西湖区"] == 1_112_992
    assert (residents["上城区"], residents["临安区"]) == (1_323_467, 634_555)
    assert sum(residents.values()) == 10_711_238


@pytest.mark.parametrize("name", ["gongshu", "tiny"])
def test_a_shipped_case_has_no_faults(name):
    assert [i for i in check(SCENARIOS / name) if i.severity == "error"] == []


# scenarios/tiny/README.md: T1 costs 577,000, T2 1,394,000 (same street), T3 2,194,000 (the other)
@pytest.mark.parametrize(
    ("yuan", "pilots", "streets"),
    [
        ("576999.99", 0, 1),
        ("577000", 1, 1),
        ("1970999.99", 1, 1),
        ("1971000", 2, 1),  # 577,000 + 1,394,000
        ("2770999.99", 2, 1),
        ("2771000", 2, 2),  # 577,000 + 2,194,000
        ("4164999.99", 2, 2),
        ("4165000", 3, 2),
    ],
)
def test_tiny_is_worth_what_its_readme_works_out_by_hand(yuan, pilots, streets, tmp_path):
    scenario = tmp_path / "tiny" / "scenario.toml"
    scenario.parent.mkdir()
    base = (SCENARIOS / "tiny" / "scenario.toml").read_text("utf-8")
    base = base.replace('data = "data/"', f"data = '{SCENARIOS / 'tiny' / 'data'}'")
    scenario.write_text(base.replace("total_10k_yuan = 200", f"total_yuan = {yuan}"), "utf-8")
    options = SolveOptions(gap=0.0)
    result = solve(scenario, tmp_path / "out", options, allow_outside=True, in_child=False)
    levels = {level["name"]: level["value"] for level in result.plan_json["objective"]}
    assert levels["communities_to_standard"] == pilots
    assert levels["streets_covered"] == streets
    assert not result.plan_json["violations"]


def test_the_page_of_the_tables_is_what_the_code_reads():
    said = tables_page.PAGE.read_text("utf-8")
    assert said == tables_page.page(), "run python -m optimizer.tables_page"


@pytest.mark.parametrize("name", ["gongshu", pytest.param("hangzhou", marks=pytest.mark.slow)])
def test_the_script_writes_a_case_again_byte_for_byte(name, tmp_path):
    script, case = SCENARIOS / "build_cases.py", SCENARIOS / name
    subprocess.run([sys.executable, script, name, "--to", tmp_path], check=True)
    for made in (tmp_path / "data").iterdir():
        assert made.read_bytes() == (case / "data" / made.name).read_bytes(), made.name
    for line in (case / "SHA256SUMS").read_text().splitlines():
        digest, file = line.split()
        assert hashlib.sha256((case / file).read_bytes()).hexdigest() == digest, file


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["scenario.toml", "2027.toml", "standard.toml"])
def test_hangzhou_has_no_faults(scenario):
    assert [i for i in check(SCENARIOS / "hangzhou" / scenario) if i.severity == "error"] == []
