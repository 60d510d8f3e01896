"""A scenario: one TOML file, what it extends, and every fault of it at once.

Source: contract section 2. Numbers are exact Decimals; unknown keys name the nearest key.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from optimizer.axes import Settings, axis_faults, with_settings
from optimizer.errors import InputError, Issue, Text
from optimizer.kinds import faults_in, read_toml
from optimizer.scenario_keys import TOP

DEFAULT_DETOUR = Decimal("1.3")
DECIDING = {"", "data", "policy", "coords", "pilots", "rules", "change"}  # what data must be


@dataclass(frozen=True, slots=True)
class Override:
    """A figure of the pack set otherwise, or a rule switched off; always with a reason."""

    value: Any
    enforce: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the data: in *table*, rows that match get the values of *set*."""

    table: str
    match: Mapping[str, str]
    set: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class FundingSource:
    """A listed source and what it may pay for."""

    name: str
    yuan: Decimal
    hub: bool = False
    any_item: tuple[str, ...] = ()
    by_district_yuan: Mapping[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """A street layer: its file, the layer in it (empty = the only one) and its system."""

    file: Path
    layer: str
    coords: str


@dataclass(frozen=True)
class Scenario:
    """One resolved scenario; None where the file says nothing."""

    name: str
    path: Path
    data: Path
    policy: str
    coords: str | None = None
    deadline: int | None = None
    pilots_target: int | Literal["none"] | None = None
    pilots_by_district: Mapping[str, int] = field(default_factory=dict)
    total_yuan: Decimal | None = None
    by_district_yuan: Mapping[str, Decimal] = field(default_factory=dict)
    operating_yuan_per_year: Decimal | None = None
    sources: tuple[FundingSource, ...] = ()
    by_year_yuan: Mapping[int, Decimal] | None = None
    hubs_target: int | None = None
    walk_m: Decimal | None = None
    host_m: Decimal | None = None
    detour: Decimal = DEFAULT_DETOUR
    network: Network | None = None
    cross_district: bool = False
    goals: tuple[str, ...] | None = None
    weights: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)  # of weighted levels
    is_whole: bool = False
    serve_all: bool = False
    rules: Mapping[str, Override] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    resolved: Mapping[str, Any] = field(default_factory=dict)


def read_scenario(
    path: Path, *, allow_outside: bool = False, settings: Settings | None = None
) -> Scenario:
    """The scenario at *path* (a TOML file, or a folder with ``scenario.toml``).

    With *settings* it is one point of its ``[compare]``: those keys set, the list gone.

    Raises InputError with every fault: unknown and unsupported keys, wrong types, a circle of
    ``extends``, paths outside the parent of the scenario's folder.
    """
    file = path / "scenario.toml" if path.is_dir() else path
    content = _merged(file.resolve(), allow_outside, ())
    content = content if settings is None else with_settings(content, settings)
    issues = list(_faults(content, file.name))
    if issues:
        raise InputError(issues)
    return _read(content, file, allow_outside)


def without_faults(path: Path, issues: Iterable[Issue], *, allow_outside: bool) -> Scenario | None:
    """The scenario at *path* without the tables that have *issues*, for a look at its data.

    None where what is left decides what the data must be, or cannot be read.
    """
    file = path / "scenario.toml" if path.is_dir() else path
    wrong = {issue.column.partition(".")[0] for issue in issues}
    if wrong & DECIDING:
        return None
    try:
        content = _merged(file.resolve(), allow_outside, ())
        sound = {key: value for key, value in content.items() if key not in wrong}
        return None if any(_faults(sound, file.name)) else _read(sound, file, allow_outside)
    except InputError:
        return None


def _read(content: Mapping[str, Any], file: Path, allow_outside: bool) -> Scenario:
    data = (file.parent / content.get("data", "data/")).resolve()
    _inside(data, file.resolve(), allow_outside)
    _inside((file.parent / content["policy"]).resolve(), file.resolve(), allow_outside)
    network = _network(content, file)
    if network is not None:
        _inside(network.file, file.resolve(), allow_outside)
    return replace(_scenario(content, file, data), network=network)


def _network(content: Mapping[str, Any], file: Path) -> Network | None:
    """``roads.gpkg:roads`` as file and layer, relative to the scenario."""
    reach = content.get("reach", {})
    said = reach.get("network")
    if said is None:
        return None
    name, colon, layer = said.partition(".gpkg:")
    path = f"{name}.gpkg" if colon else said
    return Network((file.parent / path).resolve(), layer, reach.get("network_coords", "cgcs2000"))


def _merged(file: Path, allow_outside: bool, seen: tuple[Path, ...]) -> dict[str, Any]:
    """The file's keys over those of what it extends; tables are merged key by key."""
    if file in seen:
        raise InputError(
            [
                _issue(
                    file.name,
                    "extends",
                    "extends-circle",
                    str(file.name),
                    "extends 绕成了圈。",
                    "extends runs in a circle.",
                )
            ]
        )
    content = read_toml(file)
    if "extends" not in content:
        return content
    base = (file.parent / str(content.pop("extends"))).resolve()
    _inside(base, file, allow_outside)
    below = _merged(base, allow_outside, (*seen, file))
    if "data" in below and "data" not in content:
        content["data"] = str((base.parent / str(below["data"])).resolve())
    return _over(below, content)


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _over(merged[key], value) if both else value
    return merged


def _inside(target: Path, file: Path, allow_outside: bool) -> None:
    root = file.parent.parent
    if not allow_outside and not target.is_relative_to(root):
        raise InputError(
            [
                _issue(
                    file.name,
                    "",
                    "outside",
                    target.name,
                    "路径在方案文件夹的上级之外;确需如此请加 --allow-outside。",
                    "lies outside the parent of the scenario's folder; pass "
                    "--allow-outside if that is meant.",
                )
            ]
        )


def _issue(file: str, key: str, code: str, value: str, zh: str, en: str) -> Issue:
    return Issue(code, Text(zh, en), Text("", ""), file=file, column=key, value=value)


def _faults(content: Mapping[str, Any], file: str) -> Iterator[Issue]:
    if "policy" not in content:
        yield _issue(file, "policy", "missing-key", "", "缺少 policy。", "policy is required.")
    yield from faults_in(content, TOP, "", file)
    yield from axis_faults(content, TOP, file)
    order = content.get("goals", {})
    named = order.get("order", []) if isinstance(order, dict) else []
    for goal in _repeated(named if isinstance(named, list) else []):
        zh, en = "同一目标出现两次。", "stands twice in the order."
        yield _issue(file, "goals.order", "goal-twice", goal, zh, en)
    for key in _doubled(content):
        yield _issue(
            file,
            key,
            "given-twice",
            "",
            "同一金额给了两次(元与万元)。",
            "is given in yuan and in 10,000 yuan.",
        )


def _repeated(order: list[Any]) -> list[str]:
    names = ["+".join(sorted(level)) if isinstance(level, dict) else level for level in order]
    return sorted({str(name) for name in names if names.count(name) > 1})


def _doubled(content: Mapping[str, Any]) -> list[str]:
    """Keys of money given in yuan and in 10,000 yuan."""
    sources = content.get("sources", {})
    tables = {"budget": content.get("budget", {})}
    if isinstance(sources, dict):
        tables |= {f"sources.{name}": table for name, table in sources.items()}
    return [
        f"{name}.{k}"
        for name, table in tables.items()
        if isinstance(table, dict)
        for k in table
        if "10k_yuan" in k and k.replace("10k_yuan", "yuan") in table
    ]


def _scenario(content: Mapping[str, Any], file: Path, data: Path) -> Scenario:
    pilots, budget = content.get("pilots", {}), content.get("budget", {})
    reach = content.get("reach", {})
    walk = _decimal(reach.get("walk_m"))
    host = _decimal(reach.get("host_m"))
    return Scenario(
        name=content.get("name", file.parent.name),
        path=file,
        data=data,
        policy=content["policy"],
        coords=content.get("coords"),
        deadline=content.get("deadline"),
        pilots_target=pilots.get("target"),
        pilots_by_district=pilots.get("by_district", {}),
        total_yuan=_money(budget, "total"),
        by_district_yuan=_mapped_money(budget, "by_district") or {},
        sources=_sources(content),
        by_year_yuan=_by_year(budget),
        operating_yuan_per_year=_money(budget, "operating", "_per_year"),
        hubs_target=content.get("hubs", {}).get("target"),
        walk_m=walk,
        host_m=walk if host is None else host,
        detour=_decimal(reach.get("detour")) or DEFAULT_DETOUR,
        cross_district=reach.get("cross_district", False),
        **_goals(content),
        is_whole=content.get("service", {}).get("mode") == "whole",
        serve_all=content.get("service", {}).get("serve_all", False),
        rules={
            key: Override(rule.get("value"), rule.get("enforce", True), rule["reason"])
            for key, rule in content.get("rules", {}).items()
        },
        changes=tuple(
            Change(c["table"], _texts(c["match"]), _texts(c["set"]), c["reason"])
            for c in content.get("change", ())
        ),
        about=content.get("about", {}),
        resolved=dict(content),
    )


def _goals(content: Mapping[str, Any]) -> dict[str, Any]:
    """Levels by name; a weighted one is called after its goals, joined by +."""
    if "goals" not in content:
        return {}
    order = content["goals"]["order"]
    weights = {"+".join(level): level for level in order if isinstance(level, dict)}
    names = tuple("+".join(level) if isinstance(level, dict) else level for level in order)
    exact = {n: {g: Decimal(w) for g, w in level.items()} for n, level in weights.items()}
    return {"goals": names, "weights": exact}


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _money(budget: Mapping[str, Any], name: str, per: str = "") -> Decimal | None:
    if f"{name}_10k_yuan{per}" in budget:
        return Decimal(budget[f"{name}_10k_yuan{per}"]) * 10_000
    return _decimal(budget.get(f"{name}_yuan{per}"))


def _mapped_money(table: Mapping[str, Any], name: str) -> dict[str, Decimal] | None:
    """Amounts by key in yuan, given in yuan or in 10,000 yuan; None where not given."""
    if f"{name}_10k_yuan" in table:
        return {k: Decimal(v) * 10_000 for k, v in table[f"{name}_10k_yuan"].items()}
    if f"{name}_yuan" in table:
        return {k: Decimal(v) for k, v in table[f"{name}_yuan"].items()}
    return None


def _by_year(budget: Mapping[str, Any]) -> dict[int, Decimal] | None:
    amounts = _mapped_money(budget, "by_year")
    return None if amounts is None else {int(year): yuan for year, yuan in amounts.items()}


def _sources(content: Mapping[str, Any]) -> tuple[FundingSource, ...]:
    """Sources of the budget with their conditions; one that is not listed there pays nothing."""
    amounts = _mapped_money(content.get("budget", {}), "by_source") or {}
    said = content.get("sources", {})
    return tuple(
        FundingSource(
            name=name,
            yuan=yuan,
            hub=said.get(name, {}).get("hub", False),
            any_item=tuple(said.get(name, {}).get("any_item", ())),
            by_district_yuan=_mapped_money(said.get(name, {}), "by_district"),
        )
        for name, yuan in sorted(amounts.items())
    )


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in values.items()}
