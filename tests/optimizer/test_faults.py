"""Every fault of a case in one pass, each with file, row, column, value, reason and fix."""

import pytest

from optimizer.api import check
from optimizer.errors import InputError
from tests.oracle.folder import write_case
from tests.oracle.kit import CANTEEN, CLINIC, DAY, building, case, community, facility


def issues(tiny, folder):
    try:
        return check(write_case(tiny, folder))
    except InputError as error:
        return error.issues


def found(tiny, folder):
    """(code, table, row, column) of every error."""
    return {
        (i.code, i.file.removesuffix(".csv"), i.row, i.column)
        for i in issues(tiny, folder)
        if i.severity == "error"
    }


PLACED = {"lon": "120.15", "lat": "30.3"}


@pytest.mark.parametrize(
    ("tiny", "fault"),
    [
        (
            case(None, [building(area_m2="-20")]),
            ("too-small", "buildings", 2, "area_m2"),
        ),
        (
            case([community(), community()]),
            ("duplicate", "communities", 3, "id"),
        ),
        (
            case(None, facilities=[facility("e", "clinik", "3")]),
            ("unknown-id", "facilities", 2, "function"),
        ),
        (
            case(None, facilities=[facility("e", "", "3")]),
            ("function-missing", "facilities", 2, "function"),
        ),
        (
            case(None, [building(lock="most")]),
            ("lock-unknown", "buildings", 2, "lock"),
        ),
        (
            case(None, [building(lock="must;never")]),
            ("lock-contradiction", "buildings", 2, "lock"),
        ),
        (
            case(
                None,
                [building(area_m2="599.99")],
                floors=[_FLOOR := {"building": "b"} | {"level": "1", "area_m2": "600"}],
            ),
            ("floors-exceed", "buildings", 2, "area_m2"),
        ),
        (
            case(None, floors=[_FLOOR, _FLOOR]),
            ("duplicate", "floors", 3, "building/level"),
        ),
        (
            case(None, [building("b", site="s"), building("b2", site="s", street="二街")]),
            ("site-in-two-streets", "buildings", 3, "site"),
        ),
        (
            case(
                [community(pilot="required"), community("d", pilot="required")],
                pilots={"target": 1},
            ),
            ("too-many-required", "communities", 3, "pilot"),
        ),
        (
            case(None, None, (DAY, CANTEEN, CLINIC | {"min_m2": "20", "max_m2": "19.99"})),
            ("max-below-min", "functions", 4, "max_m2"),
        ),
        (
            case(None, None, (DAY, CANTEEN, CLINIC | {"outdoor_m2_per_person": "1"})),
            ("no-capacity", "functions", 4, "outdoor_m2_per_person"),
        ),
        (
            case([community(**PLACED)], [building(lon="30.3", lat="120.15")], coords="wgs84"),
            ("lonlat-swapped", "buildings", 2, "lon"),
        ),
        (
            case([community(**PLACED)], [building(lon="2.35", lat="48.85")], coords="wgs84"),
            ("outside-china", "buildings", 2, "lon"),
        ),
        (
            case([community(**PLACED)], [building()], coords="wgs84"),
            ("no-position", "buildings", 2, "lon"),
        ),
        (
            case([community(id="3.30105E+11")], walks={("b", "3.30105E+11"): "1"}),
            ("code-damaged", "communities", 2, "id"),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_a_fault_is_found_where_it_stands(tiny, fault, tmp_path):
    assert fault in found(tiny, tmp_path)


def test_all_faults_come_at_once(tmp_path):
    tiny = case(
        [community(households="-1"), community("d", kind="alt")],
        [building(area_m2="viel", owner="royal", fire_ok="2")],
    )
    columns = {(fault[1], fault[3]) for fault in found(tiny, tmp_path)}
    assert columns >= {
        ("communities", "households"),
        ("communities", "kind"),
        ("buildings", "area_m2"),
        ("buildings", "owner"),
        ("buildings", "fire_ok"),
    }


def test_every_issue_says_what_it_must_be_in_both_languages(tmp_path):
    tiny = case([community(kind="alt")], [building(area_m2="viel", colour="red")])
    said = issues(tiny, tmp_path)
    assert {i.severity for i in said} == {"error", "warning"}
    for issue in said:
        assert issue.message.zh
        assert issue.message.en
        assert issue.place("en").startswith(issue.file)


def test_a_valid_case_has_no_faults(tmp_path):
    assert found(case(), tmp_path) == set()


def test_an_unknown_column_is_a_warning_that_names_the_nearest(tmp_path):
    (issue,) = [
        i for i in issues(case(None, [building(ares_m2="3")]), tmp_path) if i.column == "ares_m2"
    ]
    assert issue.severity == "warning"
    assert "area_m2" in issue.fix.en
