"""Every fault of the programme and every duty of the verifier is shown by something that exists."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REGISTER = tomllib.loads((ROOT / "tests" / "register.toml").read_text("utf-8"))


def test_none_is_missing():
    faults = [f"F{number:02}" for number in range(1, 21)]
    duties = [f"V{number:02}" for number in range(1, 27)]
    duties.insert(duties.index("V17"), "V16b")
    assert list(REGISTER) == faults + duties


@pytest.mark.parametrize("name", REGISTER)
def test_what_is_named_exists(name):
    assert REGISTER[name]["what"]
    assert REGISTER[name]["shown"]
    for place in REGISTER[name]["shown"]:
        file, _, function = place.partition("::")
        names = [
            n.name for n in ast.parse((ROOT / file).read_text("utf-8")).body if hasattr(n, "name")
        ]
        assert not function or function in names, place
