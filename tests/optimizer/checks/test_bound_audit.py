"""V16b: bounds proved again by the verifier; no vector proves too much, no file says too much."""

import json
import random
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.api import SolveOptions, solve
from optimizer.case import SHIPPED
from optimizer.certify import certify
from optimizer.checks.bound.audit import Audit
from optimizer.checks.bound.program import Program, lower_bound
from optimizer.checks.bounds import percent_above, said_of
from optimizer.checks.facts import Facts
from optimizer.checks.folder import CERTIFICATE, VerifyError, read_folder
from optimizer.labels.judging import proof_text
from optimizer.verify import verify


def program():
    # min -3x - 2y, x + y <= 4, x/2 + 3y/2 >= 1, boxes 0..3: x = 3, y = 1, value -11.
    found = Program()
    x, y = found.column("x", 3), found.column("y", 3)
    found.at_most("sum", {x: 1, y: 1}, 4)
    found.at_least("half", {x: Fraction(1, 2), y: Fraction(3, 2)}, 1)
    return found, {x: -3, y: -2}


def proved(**duals):
    return lower_bound(*program(), {name: Fraction(value) for name, value in duals.items()}, {})


def test_right_duals_prove_the_optimum_exactly():
    # -2 on x + y <= 4 leaves x a reduced cost of -1 up to 3: -2 · 4 - 1 · 3 = -11
    assert proved(sum=-2) == -11


def test_a_row_is_stored_in_whole_numbers():
    # x/2 + 3y/2 >= 1 is x + 3y >= 2
    row = program()[0].rows["half"]
    assert (dict(row.terms), row.low) == ({0: 1, 1: 3}, 2)


def test_a_dual_of_wrong_sign_or_of_no_row_counts_as_nothing():
    # all boxes: -3 · 3 - 2 · 3 = -15
    assert proved() == proved(sum=5, half=-1, nobody=7) == -15


@given(st.fractions(-9, 9), st.fractions(-9, 9))
def test_no_duals_prove_more_than_the_optimum(one, other):
    assert proved(sum=one, half=other) <= -11


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bounds")
    solve(SHIPPED / "tiny" / "scenario.toml", folder / "out", SolveOptions(), in_child=False)
    return folder / "out"


@pytest.fixture
def folder(run, tmp_path) -> Path:
    shutil.copytree(run, tmp_path / "run")
    return tmp_path / "run"


def change(file: Path, edit) -> None:
    data = json.loads(file.read_text("utf-8"))
    edit(data)
    file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def audited(folder: Path):
    """(state of each level, places that break V16b); digests set aside."""
    report = verify(folder, is_published=False)
    words = {level["name"]: level["certificate"] for level in report.certificates}
    return words, [v["place"] for v in report.violations if v["rule"] == "V16b"]


PROVED = {
    "communities_to_standard": "certified",
    "streets_covered": "certified",
    "residents_to_standard": "certified",
    "need_served": "partly",
    "cost": "partly",
}


def test_every_level_of_the_tiny_case_has_a_state_that_holds(folder):
    assert audited(folder) == (PROVED, [])
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    assert {v["name"]: v["certificate"] for v in plan["objective"]} == PROVED
    assert [r["id"] for r in plan["rules"]].count("V16b") == 5


def test_any_numbers_only_weaken_the_bound(folder):
    chance = random.Random(16)
    audit = Audit(Facts(read_folder(folder)))
    for level in audit.levels:
        duals = audit.facts.folder.duals[level.name]
        best = audit.bound(level, duals)
        for _ in range(20):
            bad = {row: str(chance.uniform(-2, 2)) for row in audit.program.rows}
            mixed = {**duals, **dict(chance.sample(sorted(bad.items()), 3))}
            for bound in (audit.bound(level, bad), audit.bound(level, mixed)):
                assert bound >= level.value if level.is_max else bound <= level.value
        assert best >= level.value if level.is_max else best <= level.value


def test_a_certificate_with_every_sign_turned_proves_little_and_breaks_the_words_in_the_file(
    folder,
):
    def turn(data):
        for level in data["levels"]:
            level["duals"] = {row: f"-{y}".replace("--", "") for row, y in level["duals"].items()}

    change(folder / CERTIFICATE, turn)
    words, places = audited(folder)
    assert words["residents_to_standard"] == "partly"
    assert "plan.json objective residents_to_standard certificate" in places


def test_without_its_certificate_a_file_may_only_claim(folder):
    (folder / CERTIFICATE).unlink()
    words, places = audited(folder)
    assert set(words.values()) == {"claimed"}
    assert len(places) == 5 + 4  # five levels; what more money brings is said of the four of most

    def claim(data):
        for level in data["objective"]:
            level.update(certificate="claimed", per_million_yuan=None)

    change(folder / "plan.json", claim)
    assert audited(folder)[1] == []


@pytest.mark.parametrize(("key", "said"), [("certificate", "certified"), ("certified_bound", 67.7)])
def test_a_file_that_says_more_than_is_proved_is_found_out(key, said, folder):
    change(folder / "plan.json", lambda data: data["objective"][3].update({key: said}))
    assert audited(folder)[1] == [f"plan.json objective need_served {key}"]


def test_a_value_beyond_the_bound_is_a_violation(folder):
    # half the money: what is proved of the need is then less than what the plan says it serves
    def halve(data):
        data["budget"]["total_yuan"] = 1_000_000

    change(folder / "inputs" / "scenario.json", halve)
    assert "need_served" in audited(folder)[1]


@pytest.mark.parametrize("dual", ["much", "1e9", "NaN", ""])
def test_a_dual_that_is_no_plain_number_is_damage(dual, folder):
    change(folder / CERTIFICATE, lambda data: data["levels"][3]["duals"].update({"money": dual}))
    with pytest.raises(VerifyError, match=r"bound_certificate\.json levels 4 duals money"):
        verify(folder)


def test_another_version_of_the_certificate_is_refused(folder):
    change(folder / CERTIFICATE, lambda data: data.update(schema="linli-bound/2"))
    with pytest.raises(VerifyError, match="linli-bound/1"):
        verify(folder)


def test_out_of_time_or_stopped_only_what_needs_no_solver_is_written(folder):
    for seconds, should_stop in ((0.0, bool), (60.0, lambda: True)):
        (folder / CERTIFICATE).unlink(missing_ok=True)
        certify(folder, seconds, should_stop)
        assert not (folder / CERTIFICATE).exists()


def test_a_percentage_is_never_rounded_in_our_favour():
    # 103.00001 beside 100 is 3.00001 %: said as 3.01
    level = {"name": "cost", "value": 100, "certified_bound": "103.00001", "certificate": "partly"}
    assert percent_above(level) == "3.01"
    assert proof_text(level, "en") == "certified to 3.01 %"
    assert proof_text(level, "zh") == "已证明至差 3.01%"
    assert proof_text(level | {"value": 0}, "en") == "certified bound 103"


def test_a_level_without_any_bound_is_not_called_claimed():
    level = {"name": "cost", "value": 100, "bound": "90", "certified_bound": None}
    claimed = level | {"certificate": "claimed"}
    assert proof_text(claimed, "en") == "claimed by the solver only"
    assert said_of(claimed) == "求解器所称 / claimed by the solver only"
    unknown = claimed | {"bound": None}
    assert (proof_text(unknown, "zh"), proof_text(unknown, "en")) == ("没有界", "no bound is known")
    assert said_of(unknown) == "没有界 / no bound is known"
    # the verifier may prove a bound where a stopped solver claimed none: 103 beside 100 is 3 %
    proved = unknown | {"certificate": "partly", "certified_bound": "103"}
    assert proof_text(proved, "en") == "certified to 3 %"


def test_verify_hands_on_what_the_solver_claimed_of_each_level(folder):
    stated = json.loads((folder / "plan.json").read_text("utf-8"))["objective"]
    report = verify(folder)
    claimed = [Fraction(level["bound"]) for level in report.certificates]
    assert claimed == [Fraction(str(level["bound"])) for level in stated]
