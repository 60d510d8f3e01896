"""What a user meets, name by name as the contract fixes it: keys, columns, cells, commands, codes.

The names stand here a second time, written off the contract (sections 2 to 4) and not off the
product: they may be added to, and none may be renamed, moved or change its type. Exit codes stand
in test_exit_codes.py, 3 in test_cli.py.
"""

import csv
import hashlib
import inspect
import json
import re

import pytest

from optimizer.api import SolveOptions, solve
from optimizer.commands import COMMANDS
from optimizer.verify import verify
from tests.optimizer.contract_case import SCENARIO, TABLES, write_contract_case
from tests.test_cases import SCENARIOS

NUMBER = (int, float)
#: section 4: key and type, in its order
PLAN = {
    "schema": str,
    "scenario": dict,
    "inputs": dict,
    "versions": dict,
    "seed": int,
    "threads": int,
    "status": str,
    "objective": list,
    "indicators": dict,
    "seconds": dict,
    "rules": list,
    "violations": list,
}
LEVEL = {
    "name": str,
    "value": NUMBER,
    "bound": (*NUMBER, type(None)),
    "gap": (*NUMBER, type(None)),
    "certificate": str,
    "certified_bound": (*NUMBER, type(None)),
    "per_million_yuan": (*NUMBER, type(None)),
    "seconds": dict,
}
VERDICT = {
    "id": str,
    "clause": str,
    "scope": str,
    "kind": str,
    "ok": bool,
    "required": str,
    "actual": str,
    "unit": str,
}
TEXT, ID, FLAG, WHOLE = r"(?s).*", r"(?s).+", "[01]", r"\d+"
MONEY = AREA = r"\d+(\.\d{1,2})?"
PERSONS, SHARE, METRES = r"\d+(\.\d{1,6})?", r"(0(\.\d{1,6})?|1(\.0{1,6})?)", r"\d+(\.\d+)?"
YEAR = r"(\d{4})?"
FORM = "(existing|集聚|嵌入|分散)?"
NATURE = "(新建|改建|转型|划转|配建)(;(新建|改建|转型|划转|配建))*"
SOURCES = rf"([^;:]+:{MONEY}(;[^;:]+:{MONEY})*)?"
OWN = (
    *("responsible_unit", "builder", "operator", "services"),
    *("operating_mode", "fee_standard", "supervision", "duties"),
)
CSV = {
    "siting": {
        "building": ID,
        "community": ID,
        "union": TEXT,
        "hub": FLAG,
        "route": ID,
        "year": YEAR,
        "upgraded": FLAG,
        "acquire_yuan": MONEY,
        "upgrade_yuan": MONEY,
        "opening_yuan": MONEY,
        "fitout_yuan": MONEY,
        "rent_yuan_per_year": MONEY,
    },
    "allocation": {
        "building": ID,
        "level": r"-?[1-9]\d*",
        "function": ID,
        "area_m2": AREA,
        "slot": TEXT,
    },
    "service": {"building": ID, "function": ID, "community": ID, "persons": PERSONS}
    | {"walk_m": METRES},
    "communities": {
        "community": ID,
        "union": TEXT,
        "pilot": FLAG,
        "to_standard": FLAG,
        "covered": FLAG,
        "required_m2": AREA,
        "area_m2": AREA,
        "hub_m2": AREA,
        "hub_form": FORM,
        "functions": WHOLE,
        "core_functions": WHOLE,
        "domains": TEXT,
        "served_<function>": SHARE,
        "shortfall_m2": AREA,
    },
    "funding": {"building": ID, "source": ID, "yuan": MONEY, "year": YEAR},
    "projects": {
        "project": "(hub|building):.+",
        "name": TEXT,
        "district": TEXT,
        "street": TEXT,
        "community": TEXT,
        "union": TEXT,
        "nature": NATURE,
        "hub_form": FORM,
        "buildings": ID,
        "functions": rf"[^;:]+:{AREA}(;[^;:]+:{AREA})*",
        "area_m2": AREA,
        "total_yuan": MONEY,
        "yuan_by_source": SOURCES,
        "year": TEXT,
        "status": ID,
        **dict.fromkeys(OWN, TEXT),
        "operating_yuan_per_year": MONEY,
        "revenue_yuan_per_year": MONEY,
        "open_consents": TEXT,
    },
    "gaps": {
        "community": ID,
        "function": ID,
        "need": PERSONS,
        "existing": PERSONS,
        "planned": PERSONS,
        "gap": PERSONS,
        "remedy": TEXT,
        "reason": TEXT,
    },
}
PAIRS = {
    "distances": ("building", "community"),
    "facility_distances": ("facility", "community"),
    "building_distances": ("building", "neighbour"),
}
#: section 3: what each command takes besides --json, --lang, -v and -q
COMMAND_OPTIONS = {
    "init": {"--xlsx"},
    "check": set(),
    "assess": set(),
    "solve": {
        *("--out", "--time-limit", "--gap", "--threads", "--seed"),
        *("--engine", "--cluster", "--force"),
    },
    "verify": {"--raw"},
    "sweep": {"--out"},
    "compare": set(),
    "export": {"--to"},
    "rules": set(),
    "show": set(),
}


@pytest.fixture(scope="module", params=["tiny", "all features"])
def run(request, tmp_path_factory):
    """(the scenario's folder, the run folder)"""
    folder = tmp_path_factory.mktemp("contract")
    is_tiny = request.param == "tiny"
    scenario = SCENARIOS / "tiny" / "scenario.toml" if is_tiny else write_contract_case(folder)
    solve(scenario, folder / "run", SolveOptions(gap=0.05), in_child=False)
    return scenario.parent, folder / "run"


def plan_of(run):
    return json.loads((run[1] / "plan.json").read_text("utf-8"))


def in_order(wanted, found):
    """*found* has every key of *wanted*, in its order; others may stand between."""
    return [key for key in found if key in wanted] == list(wanted)


def typed(record, types):
    """The keys whose value is of no type named; True and False are no numbers."""
    return [
        key
        for key, types_of_key in types.items()
        if not isinstance(record[key], types_of_key)
        or (isinstance(record[key], bool) and types_of_key is not bool)
    ]


def test_plan_json_has_the_keys_of_the_contract_in_its_order_and_types(run):
    plan = plan_of(run)
    assert in_order(PLAN, plan)
    assert typed(plan, PLAN) == []
    assert plan["schema"] == "linli-plan/1"
    assert plan["status"] in ("optimal", "feasible", "stopped", "no_plan", "infeasible", "broken")
    assert set(plan["seconds"]) == {"wall", "cpu"}
    assert plan["violations"] == verify(run[1]).violations == []


def test_every_level_has_value_bound_gap_and_what_is_proved_in_goal_order(run):
    plan = plan_of(run)
    assert [level["name"] for level in plan["objective"]] == plan["scenario"]["goals"]
    for level in plan["objective"]:
        assert in_order(LEVEL, level)
        assert typed(level, LEVEL) == []
        assert level["certificate"] in ("certified", "partly", "claimed")
        assert set(level["seconds"]) == {"wall", "cpu"}
        # gap = |bound - value| / |value|, rounded half up to 6; 0 for 0/0
        value, bound = level["value"], level["bound"]
        if bound is not None:
            wanted = abs(bound - value) / abs(value) if value else 0
            assert level["gap"] == pytest.approx(wanted, abs=1e-6)


def test_every_verdict_has_the_fields_of_the_contract(run):
    for rule in plan_of(run)["rules"]:
        assert in_order(VERDICT, rule)
        assert typed(rule, VERDICT) == []
        assert rule["kind"] in ("must", "target")


def test_the_digests_are_those_of_the_files_read(run):
    scenario, folder = run
    digests = plan_of(run)["inputs"]
    files = {path.name for path in (scenario / "data").glob("*.csv")}
    assert files <= set(digests)
    for name in files:
        content = (scenario / "data" / name).read_bytes()
        assert digests[name] == hashlib.sha256(content).hexdigest()
    assert (
        json.loads((folder / "inputs" / "scenario.json").read_text("utf-8"))
        == (plan_of(run)["scenario"])
    )


def rows_of(path):
    """Heads and rows of a CSV that is utf-8 without a mark, one line feed a line."""
    content = path.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf"), path.name
    assert b"\r" not in content, path.name
    heads, *rows = csv.reader(content.decode("utf-8").splitlines())
    return heads, rows


@pytest.mark.parametrize("table", CSV)
def test_every_csv_has_its_columns_in_order_and_cells_of_their_kind(table, run):
    heads, rows = rows_of(run[1] / f"{table}.csv")
    named = ["served_<function>" if h.startswith("served_") else h for h in heads]
    assert in_order(CSV[table], dict.fromkeys(named))
    assert rows
    for row in rows:
        assert len(row) == len(heads)
        for name, cell in zip(named, row, strict=True):
            assert re.fullmatch(CSV[table].get(name, TEXT), cell), (name, cell)


def test_the_inputs_stand_beside_it_as_understood_with_what_was_assumed(run):
    inputs = run[1] / "inputs"
    tables = ("communities", "facilities", "buildings", "floors", "functions", "needs", "projects")
    for table in (*tables, "adjacency"):
        heads, _ = rows_of(inputs / f"{table}.csv")
        assert heads[-1] == "derived", table
    for table, ends in PAIRS.items():
        heads, rows = rows_of(inputs / f"{table}.csv")
        assert heads == [*ends, "walk_m", "origin"]
        assert rows
        assert {row[-1] for row in rows} <= {"given", "straight", "network"}
    policy = json.loads((inputs / "policy.json").read_text("utf-8"))
    assert policy["id"] == "hangzhou-2024"
    by_route = {route["id"]: (route["owners"], route["kinds"]) for route in policy["routes"]}
    assert by_route["transfer"] == (["state", "municipal_soe", "department"], None)
    assert by_route["conversion"] == (["collective", "social"], None)
    assert by_route["allocation"] == (None, ["new"])
    assert {rule["id"] for rule in policy["rules"]} >= {"HZ-14", "HZ-39", "HZ-41"}


def test_every_word_of_the_contracts_scenario_is_understood(run):
    """Each value of section 2 against what the run folder says it was taken for."""
    said = plan_of(run)["scenario"]
    if said["name"] not in SCENARIO:
        pytest.skip("the smallest case says less")
    assert (said["policy"], said["coords"], said["deadline"]) == ("hangzhou-2024", "cgcs2000", 2025)
    assert said["pilots"] == {"target": 20, "by_district": {"拱墅区": 20}}
    # 万元: 8000, 900, and 4000 a year
    assert said["budget"] == {
        "total_yuan": 80_000_000,
        "by_district_yuan": {"拱墅区": 80_000_000},
        "operating_yuan_per_year": 9_000_000,
        "by_year_yuan": {"2025": 40_000_000, "2026": 40_000_000},
    }
    assert {row["name"]: (row["yuan"], row["hub"], row["any_item"]) for row in said["sources"]} == {
        "central": (20_000_000, False, []),
        "special_bond": (30_000_000, True, ["elderly", "infant"]),
        "municipal": (15_000_000, False, []),
        "district": (15_000_000, False, []),
    }
    assert said["reach"] == {
        "walk_m": 1000,
        "host_m": 1000,
        "detour": 1.3,
        "network": "roads.gpkg:roads",
        "cross_district": False,
    }
    assert said["service"] == {"mode": "split", "serve_all": False}
    first = ["communities_to_standard", "residents_to_standard", "need_served"]
    assert said["goals"] == [*first, "cost"]
    assert said["rules"]["office_share"]["value"] == 0.06
    assert said["rules"]["HZ-41"]["enforce"] is False
    assert said["changes"][0]["set"] == {"lock": "never"}


def test_the_case_of_all_features_shows_them(run):
    if plan_of(run)["scenario"]["name"] not in SCENARIO:
        pytest.skip("the smallest case has fewer")
    rows = {}
    for name in CSV:
        heads, found = rows_of(run[1] / f"{name}.csv")
        rows[name] = [dict(zip(heads, row, strict=True)) for row in found]
    by_id = {row["building"]: row for row in rows["siting"]}
    assert by_id["B0101"]["union"] == "U"  # C1, required, is brought to standard with C2
    assert "B0412" not in by_id  # [[change]] lock = never
    assert {row["hub_form"] for row in rows["communities"]} >= {"分散"}
    assert TABLES["projects"][0]["responsible_unit"] in {
        row["responsible_unit"] for row in rows["projects"]
    }


@pytest.mark.parametrize("command", COMMAND_OPTIONS)
def test_every_command_takes_the_options_of_the_contract(command):
    [found] = [c for c in COMMANDS if c.__name__ == command]
    taken = set(inspect.signature(found).parameters)
    marks = [
        part
        for option in found.__annotations__.values()
        for part in getattr(option, "__metadata__", ())
    ]
    named = {name for part in marks for name in (part.default, *(part.param_decls or ()))}
    assert named >= COMMAND_OPTIONS[command]
    assert taken >= {"as_json", "lang", "verbose", "quiet"}
