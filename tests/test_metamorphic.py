"""Relations that hold between two runs, whatever the optimum is (reliability.md, metamorphic).

A change that only widens the choice is never worse in the goal order; one that only renames or
reorders leaves every value as it was; far cities that share nothing are worth their sum.
"""

import copy
from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from optimizer.api import SolveOptions, solve
from optimizer.errors import LinliError
from tests.oracle.case import TinyCase
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case

SEEDS = st.integers(1_000, 9_999)
FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
MINIMISED = {"cost"}


def values(tiny, folder):
    """Exact values of the levels, larger always better; None where no plan can exist."""
    folder.mkdir()
    try:
        scenario = write_case(tiny, folder / "case")
        result = solve(scenario, folder / "out", SolveOptions(gap=0.0), in_child=False)
    except LinliError:
        return None
    assert result.plan_json["violations"] == []
    levels = result.plan_json["objective"]
    return [
        Fraction(str(level["value"])) * (-1 if level["name"] in MINIMISED else 1)
        for level in levels
    ]


def no_worse(loose, tight):
    """*loose* is lexicographically at least *tight*, up to what rounding areas can cost."""
    for ours, theirs in zip(loose, tight, strict=True):
        slack = abs(theirs) / 1_000_000 + Fraction(1, 10)
        if ours > theirs:
            return True
        if ours < theirs - slack:
            return False
    return True


def case_with_a_plan(seed, folder):
    tiny = random_case(seed)
    found = values(tiny, folder / "base")
    assume(found is not None)
    return tiny, found


@pytest.fixture
def folders(tmp_path):
    """A new folder at each call."""
    count = iter(range(10_000))
    return lambda: (path := tmp_path / f"r{next(count)}").mkdir() or path


def budgets_times(tiny, factor):
    richer = copy.deepcopy(tiny)
    budget = richer.scenario["budget"]
    for key, said in budget.items():
        many = isinstance(said, dict)
        budget[key] = {k: said[k] * factor for k in said} if many else said * factor
    for source in richer.scenario.get("sources", {}).values():
        for district, cap in source.get("by_district_yuan", {}).items():
            source["by_district_yuan"][district] = cap * factor
    return richer


@FEW
@given(SEEDS)
def test_more_money_is_never_worse(folders, seed):
    tiny, found = case_with_a_plan(4 * seed, folders())  # every fourth has a budget
    assume("budget" in tiny.scenario)
    assert no_worse(values(budgets_times(tiny, 2), folders() / "more"), found)


@FEW
@given(SEEDS)
def test_one_more_building_is_never_worse(folders, seed):
    tiny, found = case_with_a_plan(seed, folders())
    more = copy.deepcopy(tiny)
    twin = {**more.tables["buildings"][0], "id": "twin", "lock": "", "site": "", "replaces": ""}
    more.tables["buildings"].append(twin)
    for table, column in (("floors", "building"), ("distances", "building")):
        rows = more.tables.get(table, [])
        first = more.tables["buildings"][0]["id"]
        rows += [{**row, column: "twin"} for row in rows if row[column] == first]
    assert no_worse(values(more, folders() / "more"), found)


@FEW
@given(SEEDS)
def test_a_longer_way_to_a_host_is_never_worse(folders, seed):
    tiny, found = case_with_a_plan(seed, folders())
    far = copy.deepcopy(tiny)
    reach = far.scenario["reach"]
    reach["host_m"] = max(reach.get("host_m", reach["walk_m"]), reach["walk_m"]) + 200
    assert no_worse(values(far, folders() / "far"), found)


@FEW
@given(SEEDS)
def test_one_more_pilot_allowed_is_never_worse(folders, seed):
    tiny, found = case_with_a_plan(seed, folders())
    more = copy.deepcopy(tiny)
    more.pack["pilots"] += 1
    assert no_worse(values(more, folders() / "more"), found)


@FEW
@given(SEEDS)
def test_rows_in_another_order_give_the_same_values(folders, seed):
    tiny, found = case_with_a_plan(seed, folders())
    shuffled = copy.deepcopy(tiny)
    for rows in shuffled.tables.values():
        Random(seed).shuffle(rows)
    assert values(shuffled, folders() / "shuffled") == found


@FEW
@given(SEEDS)
def test_other_ids_give_the_same_values(folders, seed):
    tiny, found = case_with_a_plan(seed, folders())
    other = renamed(tiny, lambda id: f"{'zyx'[len(id) % 3]}-{id[::-1]}")
    again = values(other, folders() / "renamed")
    assert no_worse(again, found)
    assert no_worse(found, again)


def renamed(tiny, rename):
    """*tiny* with other ids of communities and buildings."""
    ids = {row["id"] for name in ("communities", "buildings") for row in tiny.tables[name]}
    new = {id: rename(id) for id in ids}
    tables = {
        name: [
            {k: new.get(v, v) if k != "lock" else locked(v, new) for k, v in row.items()}
            for row in rows
        ]
        for name, rows in tiny.tables.items()
    }
    return TinyCase(tiny.name, tables, tiny.pack, tiny.scenario)


def locked(lock, new):
    word, colon, id = lock.partition(":")
    return f"{word}{colon}{new.get(id, id)}"


def elsewhere(row):
    """*row* of a renamed city with streets, sites, unions and facilities of its own."""
    new = {key: f"far-{row[key]}" for key in ("street", "site", "union") if row.get(key)}
    if row.get("replaces"):
        new["replaces"] = ";".join(f"far-{id}" for id in row["replaces"].split(";"))
    if "hub" in row:  # a facility: communities and buildings are renamed already
        new["id"] = f"far-{row['id']}"
    return {**row, **new}


@FEW
@given(SEEDS)
def test_far_cities_that_share_nothing_are_worth_their_sum(folders, seed):
    one, first = case_with_a_plan(4 * seed + 1, folders())
    assume("distances" in one.tables and "deadline" in one.scenario)
    other = renamed(one, lambda id: f"far-{id}")
    both = copy.deepcopy(one)
    for name in set(both.tables) - {"functions"}:
        both.tables[name] += [elsewhere(row) for row in other.tables[name]]
    both.scenario["pilots"] = {"target": "none"}
    alone = copy.deepcopy(one)
    alone.scenario["pilots"] = {"target": "none"}
    single = values(alone, folders() / "one")
    double = values(both, folders() / "both")
    # what rounding areas to 0.01 m² can cost: a unit of some installations at 5,000 yuan per m²
    slack = [abs(x) / 100_000 + (500 if x < 0 else Fraction(1, 5)) for x in single]
    assert all(abs(d - 2 * s) <= room for d, s, room in zip(double, single, slack, strict=True)), (
        single,
        double,
    )
    assert first is not None
