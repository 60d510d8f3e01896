"""Write a tiny case the way a user would: CSV tables, a scenario and a policy pack of its own."""

import csv
import tomllib
from pathlib import Path

from tests.oracle.case import TinyCase

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"
BY_KIND = ("area_per_100_households_m2", "hub_min_m2", "nonpilot_hub_min_m2")
OUT_OF_PLACE = "999999"  # m²: a smallest size that no tiny building has


def write_case(case: TinyCase, folder: Path) -> Path:
    """The scenario file of *case*, written below *folder* with tables and pack beside it."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    for name, rows in case.tables.items():
        shipped = _silenced(rows) if name == "functions" else []
        if rows:
            _write_table(data / f"{name}.csv", [*rows, *shipped])
    if "policy" not in case.scenario:
        (folder / "pack.toml").write_text(_pack(case.pack), "utf-8")
    content = {"name": case.name, "policy": "pack.toml", "data": "data/", **case.scenario}
    scenario = folder / "scenario.toml"
    scenario.write_text("\n".join(f"{k} = {_toml(v)}" for k, v in content.items()), "utf-8")
    return scenario


def _write_table(file: Path, rows: list[dict[str, str]]) -> None:
    heads = list(dict.fromkeys(head for row in rows for head in row))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, heads, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _silenced(own: list[dict[str, str]]) -> list[dict[str, str]]:
    """The shipped catalogue is merged; functions a case does not speak of must not matter."""
    said = {row["id"] for row in own}
    size = dict.fromkeys(("min_m2", "std_m2", "max_m2"), OUT_OF_PLACE)
    return [
        {"id": id, **size, "need_per_1000": "0"} for id in shipped_functions() if id not in said
    ]


def shipped_functions() -> dict:
    """Functions of the shipped catalogue, as its file has them."""
    return tomllib.loads((SHIPPED / "functions.toml").read_text("utf-8"))["functions"]


def _pack(pack: dict) -> str:
    """The shipped pack of Hangzhou with the figures and domains of *pack*."""
    shipped = tomllib.loads((SHIPPED / "policies" / "hangzhou-2024.toml").read_text("utf-8"))
    source = {"clause": "-", "rule": "A", "confidence": "A"}
    figures = {}
    for key, value in pack.items():
        if key == "domains":
            continue
        if key in BY_KIND:
            figures[key] = {kind: {"value": _plain(v), **source} for kind, v in value.items()}
        else:
            figures[key] = {"value": [] if value is None else _plain(value), **source}
    shipped |= {
        "id": "tiny",
        "figures": figures,
        "domains": {d: {"zh": d, "en": d} for d in pack["domains"]},
    }
    return "\n".join(f"{key} = {_toml(value)}" for key, value in shipped.items())


class _Bare(str):
    """A number as its decimal text: TOML takes it without quotes."""


def _plain(value):
    is_decimal = isinstance(value, str) and value.replace(".", "", 1).isdigit()
    return _Bare(value) if is_decimal else value


def _toml(value) -> str:
    if isinstance(value, _Bare):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(x) for x in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _key(key: str) -> str:
    return f'"{key}"'
