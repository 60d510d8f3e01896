"""The rows of every family on one little city are those kept in tests/golden, looked at by hand.

After a change that is meant: ``python -m tests.models.test_golden_rows`` writes them again.
"""

import tempfile
from pathlib import Path

import pytest

from models.build import build
from models.constraints import FAMILIES
from models.family import LINKING, LOCAL
from models.rows import rows_of
from optimizer.case import read_case
from optimizer.solve.compiled import COORDINATOR
from tests.models.golden_city import CITIES
from tests.oracle.folder import write_case

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
NAMES = [family.name for family in FAMILIES]


def models_in(folder):
    return [
        build(read_case(write_case(city, Path(folder) / str(k))).instance)
        for k, city in enumerate(CITIES)
    ]


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    return models_in(tmp_path_factory.mktemp("city"))


def rows_in(models, family):
    """Of every constraint of the family the rows of the first city that has any."""
    found = {}
    for model in models:
        here = {}
        for row in rows_of(model, family):
            here.setdefault(row.name.partition("[")[0], []).append(row)
        found = here | found
    return [row for rows in found.values() for row in rows]


def text_of(models, family):
    return "".join(f"{row.text()}\n" for row in rows_in(models, family))


@pytest.mark.parametrize("family", NAMES)
def test_a_family_writes_the_rows_kept(family, models):
    assert text_of(models, family) == (GOLDEN / f"{family}.txt").read_text("utf-8")


def test_no_family_is_without_rows_in_the_city_and_none_is_kept_that_is_gone(models):
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(NAMES)
    assert all((GOLDEN / f"{family}.txt").stat().st_size for family in NAMES)


@pytest.mark.parametrize("family", FAMILIES, ids=NAMES)
def test_local_rows_have_one_owner_and_linking_families_have_a_row_with_several(family, models):
    owners = [
        {owner_of(v, models[0]) for _, v in row.terms} for row in rows_in(models, family.name)
    ]
    if family.scope == LOCAL:
        assert all(len(found) <= 1 and COORDINATOR not in found for found in owners)
    else:
        assert family.scope == LINKING
        assert any(len(found) > 1 or COORDINATOR in found for found in owners)


def owner_of(variable, model):
    """The host of ``name[host,...]``; what no host owns is the coordinator's."""
    name, _, index = variable.partition("[")
    coordinated = name in model.coordinator_variables
    return COORDINATOR if coordinated else index.split(",")[0].rstrip("]")


def test_a_family_that_does_not_exist_is_a_key_error(models):
    with pytest.raises(KeyError, match="parking"):
        list(rows_of(models[0], "parking"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        built = models_in(folder)
        for name in NAMES:
            (GOLDEN / f"{name}.txt").write_text(text_of(built, name), "utf-8")
