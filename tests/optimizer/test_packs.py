"""A city's own policy pack: every fault is told at once, none is a traceback."""

import tomllib

import pytest

from optimizer.errors import InputError
from optimizer.packs import SHIPPED, read_policy

TEXT = (SHIPPED / "policies" / "hangzhou-2024.toml").read_text("utf-8")


def faults(text, folder):
    (folder / "own.toml").write_text(text, "utf-8")
    with pytest.raises(InputError) as said:
        read_policy("own.toml", folder)
    return {(issue.code, issue.column) for issue in said.value.issues}


def without(key):
    lines = [line for line in TEXT.splitlines() if not line.startswith(f"{key} =")]
    return "\n".join(lines)


def test_a_copy_of_a_shipped_pack_is_read_like_it(tmp_path):
    (tmp_path / "own.toml").write_text(TEXT, "utf-8")
    assert read_policy("own.toml", tmp_path) == read_policy("hangzhou-2024", tmp_path)


@pytest.mark.parametrize("key", ["hub_place", "goals", "office_share", "hub_min_m2.new"])
def test_a_figure_that_is_missing_is_told(key, tmp_path):
    assert ("missing-key", f"figures.{key}") in faults(without(key), tmp_path)


def test_a_figure_nobody_knows_names_the_nearest(tmp_path):
    text = TEXT.replace("\nhub_place =", "\nhub_plaice =")
    assert faults(text, tmp_path) == {
        ("unknown-key", "figures.hub_plaice"),
        ("missing-key", "figures.hub_place"),
    }


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hub_place", '"house"'),
        ("office_share", '"a tenth"'),
        ("office_share", "-0.1"),
        ("hub_min_items", "2.5"),
        ("domains_required", '"yes"'),
        ("goals", '["beauty"]'),
        ("core_items", '"meal"'),
    ],
)
def test_a_figure_of_the_wrong_kind_is_told(key, value, tmp_path):
    line = next(line for line in TEXT.splitlines() if line.startswith(f"{key} ="))
    wrong = f'{key} = {{ value = {value}, clause = "-", rule = "A", confidence = "A" }}'
    assert {
        place.rsplit(".", 1)[0] for _, place in faults(TEXT.replace(line, wrong), tmp_path)
    } == {f"figures.{key}"}


def test_a_figure_without_its_source_does_not_load(tmp_path):
    text = TEXT.replace(
        'hub_place = { value = "site", clause = "三(二)2", rule = "A10", ',
        'hub_place = { value = "site", ',
    )
    assert faults(text, tmp_path) == {("figure-without-source", "figures.hub_place")}


def test_a_file_that_is_no_toml_is_told(tmp_path):
    assert {code for code, _ in faults("figures = [", tmp_path)} == {"toml"}


def test_shipped_packs_are_toml_of_every_key_this_version_reads():
    for file in (SHIPPED / "policies").glob("*.toml"):
        content = tomllib.loads(file.read_text("utf-8"))
        assert read_policy(file.stem, SHIPPED).id == content["id"]
