"""V25: along a budget a larger one is never worse, judged from the run folders of a sweep.

A point is wider than another where the two were given the same but for caps of money, none of
which is smaller; its plan must then be at least as good on the first goal that tells them apart.
Source: reliability.md sections 3 (V25) and 4 (Sweep rule).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from optimizer.checks.columns import Fault
from optimizer.checks.findings import Findings
from optimizer.checks.folder import VerifyError, exact, read_json
from optimizer.checks.goals import GOALS

INDEX = "sweep.json"
RULE = "V25"
CAPS = ("total_yuan", "by_district_yuan", "operating_yuan_per_year", "by_year_yuan")
Point = tuple[str, Mapping[str, Any], Mapping[str, Any]]  # folder, plan.json, scenario.json


def points(directory: Path) -> list[Path]:
    """Run folders of the points of the sweep in *directory*, those that are there."""
    try:
        folders = [directory / str(p["folder"]) for p in read_json(directory / INDEX)["points"]]
        return [folder for folder in folders if (folder / "plan.json").exists()]
    except (LookupError, TypeError, ValueError, OSError) as error:
        raise VerifyError(Fault(INDEX, "文件损坏。", "is damaged.")) from error


def check(directory: Path, findings: Findings) -> None:
    """Every pair of points of which one is wider."""
    read = [
        (
            folder.name,
            read_json(folder / "plan.json"),
            read_json(folder / "inputs" / "scenario.json"),
        )
        for folder in points(directory)
    ]
    solved = [point for point in read if point[1]["status"] not in ("no_plan", "infeasible")]
    for narrow in solved:
        for wide in solved:
            if _is_wider(narrow[2], wide[2]):
                _judge(narrow, wide, findings)


def _is_wider(narrow: Mapping[str, Any], wide: Mapping[str, Any]) -> bool:
    mine, other = _money(narrow), _money(wide)
    if _rest(narrow) != _rest(wide) or mine == other:
        return False
    return all(cap is None or _holds(mine.get(key), cap) for key, cap in other.items())


def _holds(small: Any, large: Any) -> bool:
    return small is not None and small <= large


def _rest(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """Everything but its name and its caps; sources with what they may pay for."""
    kept = {k: v for k, v in scenario.items() if k not in ("name", "budget", "sources")}
    money = [
        {k: sorted(v) if k == "by_district_yuan" and v else v for k, v in s.items() if k != "yuan"}
        for s in scenario["sources"]
    ]
    years = scenario["budget"]["by_year_yuan"]
    return kept | {"sources": money, "years": None if years is None else sorted(years)}


def _money(scenario: Mapping[str, Any]) -> dict[Any, Any]:
    """Every cap by what it is of."""
    caps: dict[Any, Any] = {}
    for name in CAPS:
        value = scenario["budget"][name]
        parts = value.items() if isinstance(value, Mapping) else [("", value)]
        caps |= {(name, key): cap for key, cap in parts}
    for source in scenario["sources"]:
        caps["source", source["name"]] = source["yuan"]
        for district, cap in (source["by_district_yuan"] or {}).items():
            caps["source", source["name"], district] = cap
    return caps


def _judge(narrow: Point, wide: Point, findings: Findings) -> None:
    for mine, other in zip(narrow[1]["objective"], wide[1]["objective"], strict=True):
        if mine["value"] == other["value"]:
            continue
        is_max = mine["name"] in GOALS and GOALS[mine["name"]][0]
        if (mine["value"] > other["value"]) == is_max:
            findings.broken(
                RULE,
                f"{wide[0]} {mine['name']}",
                other["value"],
                mine["value"],
                by=abs(exact(mine["value"]) - exact(other["value"])),
                zh=f"资金更多,却不如 {narrow[0]}。",
                en=f"has more money and is worse than {narrow[0]}.",
            )
        return
