"""Why no plan can exist: every reason is counted again, and a false one is called unproved."""

import json

import pytest

from optimizer.api import SolveOptions, solve
from optimizer.errors import NoPlanCanExist, NoPlanFound
from optimizer.musts import FailedMust, Text
from optimizer.verify import verify
from tests.oracle.folder import write_case
from tests.oracle.kit import (
    CLINIC,
    DAY,
    GYM,
    HUB,
    NO_DOMAINS,
    building,
    case,
    community,
    facility,
    function,
    needed,
)
from tests.oracle.quick import quick

REQUIRED = community(pilot="required")


def must(**figures):
    return NO_DOMAINS | {key: {"value": v, "reason": "test"} for key, v in figures.items()}


def on_site(b):
    return building(b, "299.99", site="s")


def upstairs(b, below, above):
    return [
        {"building": b, "level": "1", "area_m2": below},
        {"building": b, "level": "2", "area_m2": above},
    ]


#: name -> (case, rule, place, what is asked for, the most there can be)
FAILING = {
    "a hub of 600 m² in 599.99": (
        case([REQUIRED], [building(area_m2="599.99")]),
        *("HZ-15/17", "c", "1", "0"),
    ),
    "a hub of 600 m² on a site of 2 × 299.99": (
        case([REQUIRED], [on_site("b1"), on_site("b2")]),
        *("HZ-15/17", "c", "1", "0"),
    ),
    "three items where there are two": (
        case([REQUIRED], None, (DAY, CLINIC)),
        *("HZ-15/17", "c", "1", "0"),
    ),
    "two core items where there is one": (
        case([REQUIRED], None, (DAY, CLINIC, GYM)),
        *("HZ-15/17", "c", "1", "0"),
    ),
    "600 m² of which 0.01 lie on a floor that holds nothing": (
        case([REQUIRED], None, floors=upstairs("b", "599.99", "0.01")),
        *("HZ-15/17", "c", "1", "0"),
    ),
    "a building that is locked away": (
        case([REQUIRED], [building(lock="never"), building("b2", "10")]),
        *("HZ-15/17", "c", "1", "0"),
    ),
    "1,020 households ask for 612 m² of 600 + 11.99": (
        case(
            [community(pilot="required", households="1020")], [building(), building("b2", "11.99")]
        ),
        *("HZ-14/16", "c", "612", "611.99"),
    ),
    "601.2 m² of 600 and 1.19 of today": (
        case(
            [community(pilot="required", households="1002")],
            None,
            (*HUB, GYM),
            facilities=[facility("e", "gym", "1.19")],
        ),
        *("HZ-14/16", "c", "601.2", "601.19"),
    ),
    "seven domains where three are on offer": (
        case([REQUIRED], rules={}),
        *("HZ-39", "c", "7", "3"),
    ),
    "ten persons served in 9.99 m²": (
        case(None, [building(area_m2="9.99")], [needed("10")], service={"serve_all": True}),
        *("contract 5 serve_all", "c/care1", "10", "9.99"),
    ),
    "ten persons served at most nine of them in one building": (
        case(
            None, [building(area_m2="50")], [needed("10", max_m2="9")], service={"serve_all": True}
        ),
        *("contract 5 serve_all", "c/care1", "10", "9"),
    ),
    "a hub in every street": (
        case(
            [community(), community("d", street="二街")],
            rules=must(street_coverage="must"),
        ),
        *("HZ-04", "拱墅区/二街", "1", "0"),
    ),
    "a hub for every community": (
        case(
            [community(), community("d")],
            walks={("b", "c"): "100", ("b", "d"): "1001"},
            rules=must(community_coverage="must"),
        ),
        *("HZ-05", "d", "1", "0"),
    ),
    "two hubs for one community": (
        case(rules=must(hub_count="must"), hubs={"target": 2}),
        *("HZ-03", "", "2", "1"),
    ),
}
#: the same cases one unit on the other side: a plan exists
HOLDING = {
    "a hub of 600 m²": case([REQUIRED]),
    "a site of 299.99 and 300.01": case(
        [REQUIRED], [on_site("b1"), building("b2", "300.01", site="s")]
    ),
    "1,020 households ask for 612 m² of 600 + 12": case(
        [community(pilot="required", households="1020")], [building(), building("b2", "12")]
    ),
    "ten persons in ten m²": case(
        None, [building(area_m2="10")], [needed("10")], service={"serve_all": True}
    ),
    "one hub for one community": case(rules=must(hub_count="must"), hubs={"target": 1}),
}


@pytest.mark.parametrize("name", FAILING)
def test_a_must_that_cannot_hold_is_proved_again_with_its_figures(name, tmp_path):
    tiny, rule, place, asked, most = FAILING[name]
    with pytest.raises(NoPlanCanExist):
        solve(write_case(tiny, tmp_path / "case"), tmp_path / "out", in_child=False)
    report = verify(tmp_path / "out")
    assert report.violations == []
    assert not report.has_plan
    found = {(r["id"], r["scope"]): r for r in report.reasons}
    reason = found[rule, place]
    assert (reason["ok"], reason["required"], reason["actual"]) == (True, asked, most)


@pytest.mark.parametrize("name", HOLDING)
def test_a_must_that_just_holds_has_a_plan(name, tmp_path):
    assert quick(HOLDING[name], tmp_path) is not None


@pytest.mark.parametrize("name", HOLDING)
@pytest.mark.parametrize(
    ("rule", "place"),
    [
        *(("HZ-15/17", "c"), ("HZ-14/16", "c"), ("HZ-39", "c"), ("HZ-05", "c"), ("HZ-03", "")),
        *(("contract 5 serve_all", "c/care1"), ("HZ-04", "拱墅区/一街"), ("HZ-99", "c")),
        ("HZ-15/17", "nobody"),
    ],
)
def test_a_false_reason_is_unproved_and_no_ground_for_exit_4(
    name, rule, place, tmp_path, monkeypatch
):
    false = FailedMust(rule, place, Text("假", "false"))
    monkeypatch.setattr("optimizer.api.impossible_musts", lambda _: (false,))
    with pytest.raises(NoPlanFound):
        solve(write_case(HOLDING[name], tmp_path / "case"), tmp_path / "out", in_child=False)
    report = verify(tmp_path / "out")
    assert (report.status, report.violations) == ("no_plan", [])
    assert [(r["id"], r["scope"], r["ok"]) for r in report.reasons] == [(rule, place, False)]


def test_infeasible_without_a_proof_breaks_a_rule(tmp_path):
    folder = _impossible(tmp_path)
    path = folder / "plan.json"
    plan = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(plan | {"failed_musts": []}), "utf-8")
    found = verify(folder, is_published=False).violations
    assert [(v["rule"], v["recomputed"]) for v in found] == [("contract 5 Must", "no_plan")]


def test_the_inputs_of_a_folder_without_a_plan_are_checked_too(tmp_path):
    folder = _impossible(tmp_path)
    path = folder / "inputs" / "needs.csv"
    path.write_text(path.read_text("utf-8").replace("c,care1,10", "c,care1,11"), "utf-8")
    places = {v["place"] for v in verify(folder, is_published=False).violations}
    assert "needs.csv c/care1 left" in places


def _impossible(folder):
    tiny = case(
        [REQUIRED], [building(area_m2="9.99")], [*HUB, needed("10")], service={"serve_all": True}
    )
    with pytest.raises(NoPlanCanExist):
        solve(write_case(tiny, folder / "case"), folder / "out", SolveOptions(), in_child=False)
    return folder / "out"


def test_a_required_member_of_a_union_needs_a_proof_against_both(tmp_path):
    # alone c has no building; together with d it has d's hub of 600 m², which lies 100 m from both
    together = [
        community(pilot="required", union="u"),
        community("d", union="u", street="二街"),
    ]
    near = {("b", "c"): "1001", ("b", "d"): "100"}
    tiny = case(together, adjacency=[{"community": "c", "neighbour": "d"}], walks=near)
    # the hub must be within 1,000 m of every member: 1,001 is too far, so neither way is left
    with pytest.raises(NoPlanCanExist):
        solve(write_case(tiny, tmp_path / "case"), tmp_path / "out", in_child=False)
    assert [r["ok"] for r in verify(tmp_path / "out").reasons] == [True]
    nearer = case(
        together,
        adjacency=[{"community": "c", "neighbour": "d"}],
        walks=near | {("b", "c"): "1000"},
    )
    assert quick(nearer, tmp_path / "nearer") is not None


@pytest.mark.parametrize(("source", "is_met"), [("own", False), ("reach", True)])
def test_a_domain_in_anothers_building_counts_where_the_pack_says_so(source, is_met, tmp_path):
    # c hosts b1; sports fit on a second floor only, which b2 has, and only d may host b2
    others = [function(d, d) for d in ("convenience", "culture", "play")]
    tiny = case(
        [REQUIRED, community("d", district="上城区", pilot="excluded")],
        [building("b1"), building("b2", "50", district="上城区")],
        (*HUB, *others, GYM | {"levels": "2"}),
        floors=[{"building": "b2", "level": "2", "area_m2": "50"}],
        rules={"domains_from": {"value": source, "reason": "test"}},
    )
    if is_met:
        assert quick(tiny, tmp_path) is not None
        return
    with pytest.raises(NoPlanCanExist):
        solve(write_case(tiny, tmp_path / "case"), tmp_path / "out", in_child=False)
    reasons = verify(tmp_path / "out").reasons
    assert [(r["id"], r["required"], r["actual"]) for r in reasons] == [("HZ-39", "7", "6")]
