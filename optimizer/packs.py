"""Policy packs and the catalogue of functions: figures as data, none without a source.

Source: contract sections 1 and 2; design section 3 ("a figure without a source does not load").
"""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from models.exact import half_up
from models.policy import Domain, Policy, Reading, Route, Rule, Source
from optimizer.errors import InputError, Issue, Text
from optimizer.kinds import faults_in, read_toml
from optimizer.pack_keys import AMOUNTS, BY_KIND, LISTS, PACK, SHARES, VALUES
from optimizer.rows import Row, Table
from optimizer.scenario import Override
from optimizer.tables import FUNCTIONS

SHIPPED = Path(__file__).resolve().parent.parent / "scenarios"
CORE_POINTS, OTHER_POINTS = Fraction(3), Fraction(1)


@dataclass(frozen=True)
class Catalogue:
    """Shipped functions as typed rows, and persons of each group per resident."""

    functions: Table
    group_share: Mapping[str, Decimal]
    sources: Mapping[str, str]  # "function.figure" -> provenance


def read_policy(name_or_path: str, base: Path) -> Policy:
    """The shipped pack of that name, or the pack in the file (relative to *base*)."""
    file = SHIPPED / "policies" / f"{name_or_path}.toml"
    if not file.exists():
        file = base / name_or_path
    if not file.is_file():
        known = sorted(path.stem for path in (SHIPPED / "policies").glob("*.toml"))
        near = difflib.get_close_matches(name_or_path, known, 1, 0.3) or known
        raise InputError(
            [
                _issue(
                    "policy",
                    name_or_path,
                    "unknown-pack",
                    f"没有这个规则包;最接近的是 {near[0]}。",
                    f"is no policy pack; the nearest is {near[0]}.",
                )
            ]
        )
    content = read_toml(file)
    issues = list(faults_in(content, PACK, "", file.name))
    if issues:
        raise InputError(issues)
    return _policy(content, file.name)


def _policy(content: Mapping[str, Any], file: str) -> Policy:
    figures, sources = _figures(content["figures"], file)
    return Policy(
        id=content["id"],
        zh=content["zh"],
        en=content["en"],
        document=content["document"],
        in_force=str(content["in_force"]),
        domains=tuple(
            Domain(id, d["zh"], d["en"], tuple(d.get("parts", ())))
            for id, d in content["domains"].items()
        ),
        routes=tuple(
            Route(id, _tuple(r.get("owners")), _tuple(r.get("kinds")))
            for id, r in content["routes"].items()
        ),
        rules=tuple(
            Rule(id, clause, zh, en, kind, _where(where), *notes)
            for id, clause, kind, zh, en, where, *notes in content["rules"]["list"]
        ),
        readings=tuple(
            Reading(id, kind, zh, en, _where(where), *notes)
            for id, kind, zh, en, where, *notes in content.get("readings", {}).get("list", ())
        ),
        sources=sources,
        off={rule: dict(values) for rule, values in content.get("off", {}).items()},
        **figures,
    )


def _figures(content: Mapping[str, Any], file: str) -> tuple[dict[str, Any], dict[str, Source]]:
    figures: dict[str, Any] = {}
    sources: dict[str, Source] = {}
    for key, figure in content.items():
        if key in BY_KIND:
            figures[key] = {kind: Decimal(part["value"]) for kind, part in figure.items()}
            sources |= {
                f"{key}.{k}": _source(part, f"{key}.{k}", file) for k, part in figure.items()
            }
        else:
            figures[key] = _typed(key, figure.get("value"))
            sources[key] = _source(figure, key, file)
    return figures, sources


def _typed(key: str, value: Any) -> Any:
    if key in ("pilots", "around_m") and value == "none":
        return None
    if key in (*AMOUNTS, *SHARES, "around_m"):
        return Decimal(value)
    if key == "shared_rooms":
        return tuple({f: slots[f] for f in sorted(slots)} for slots in value)
    if key in LISTS:
        return tuple(value) or (None if key == "pilot_districts" else ())
    return value


def _source(figure: Mapping[str, Any], key: str, file: str) -> Source:
    missing = [name for name in ("value", "clause", "rule", "confidence") if name not in figure]
    if missing:
        raise InputError(
            [
                _issue(
                    f"figures.{key}",
                    "",
                    "figure-without-source",
                    f"缺少 {'、'.join(missing)};没有出处的数字不会使用。",
                    f"lacks {', '.join(missing)}; a figure without a source does not load.",
                    file,
                )
            ]
        )
    return Source(figure["clause"], figure["rule"], figure["confidence"])


def _where(text: str) -> tuple[str, ...]:
    """Places of ``family hub_size; check standard``."""
    return tuple(place.strip() for place in text.split(";") if place.strip())


def _tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _issue(key: str, value: str, code: str, zh: str, en: str, file: str = "") -> Issue:
    return Issue(code, Text(zh, en), Text("", ""), file=file, column=key, value=value)


def apply_overrides(policy: Policy, overrides: Mapping[str, Override]) -> Policy:
    """*policy* with the scenario's ``[rules]``: figures set otherwise, rules switched off."""
    issues = []
    for key, override in overrides.items():
        if key in policy.off and not override.enforce:
            for figure, value in policy.off[key].items():
                policy = _with_figure(policy, figure, value)
            policy = replace(policy, rules=_switched_off(policy, key, override.reason))
        elif override.enforce and _is_figure(policy, key) and override.value is not None:
            fault = _wrong_value(key, override.value)
            if fault is not None:
                issues.append(fault)
                continue
            policy = _with_figure(policy, key, override.value)
        else:
            issues.append(_no_override(policy, key, override))
            continue
        said = {"value": override.value, "enforce": override.enforce, "reason": override.reason}
        policy = replace(policy, overrides={**policy.overrides, key: said})
    if issues:
        raise InputError(issues)
    return policy


def _is_figure(policy: Policy, key: str) -> bool:
    return key in policy.sources


def _no_override(policy: Policy, key: str, override: Override) -> Issue:
    known = [*policy.sources, *policy.off]
    near = difflib.get_close_matches(key, known, 1, 0.4) or [", ".join(sorted(policy.off))]
    if key in policy.sources or key in policy.off:
        return _issue(
            f"rules.{key}",
            str(override.value),
            "override-incomplete",
            "数字需要 value,停用规则需要 enforce = false。",
            "a figure needs value, a rule needs enforce = false.",
        )
    return _issue(
        f"rules.{key}",
        "",
        "unknown-key",
        f"不能改写;最接近的是 {near[0]}。",
        f"cannot be set; the nearest is {near[0]}.",
    )


def _wrong_value(key: str, value: Any) -> Issue | None:
    found = next(faults_in(value, VALUES[key.partition(".")[0]], f"rules.{key}", ""), None)
    return None if found is None else replace(found, code="override-value")


def _with_figure(policy: Policy, key: str, value: Any) -> Policy:
    name, _, kind = key.partition(".")
    changed: Any = _typed(name, value)
    if kind:
        changed = {**getattr(policy, name), kind: Decimal(value)}
    return replace(policy, **{name: changed})


def _switched_off(policy: Policy, key: str, reason: str) -> tuple[Rule, ...]:
    return tuple(
        replace(rule, is_enforced=False, reason=reason) if rule.id == key else rule
        for rule in policy.rules
    )


def catalogue_for(policy: Policy) -> Catalogue:
    """The shipped catalogue; without functions where a pack credits nobody (``none``)."""
    shipped = read_catalogue()
    if policy.hosts == "community":
        return shipped
    return replace(shipped, functions=replace(shipped.functions, rows=()), sources={})


def read_catalogue() -> Catalogue:
    """The shipped functions with weights, the group shares and where each figure comes from."""
    content = tomllib.loads((SHIPPED / "functions.toml").read_text("utf-8"), parse_float=Decimal)
    shares = {g: Decimal(s["value"]) for g, s in content["group_share"].items()}
    sources: dict[str, str] = {
        f"group_share.{g}": s["source"] for g, s in content["group_share"].items()
    }
    rows = []
    for number, (id, figures) in enumerate(content["functions"].items(), start=1):
        said = figures["source"]
        sources |= {f"{id}.{name}": text for name, text in said.items()}
        _sourced(id, figures, said)
        values = {column.name: column.default for column in FUNCTIONS.columns}
        values |= {"id": id, **{k: _exact(k, v) for k, v in figures.items() if k != "source"}}
        values["weight"] = _weight(values, shares)
        rows.append(Row(number, values))
    return Catalogue(Table("functions", tuple(rows), "functions.toml"), shares, sources)


def _exact(name: str, value: Any) -> Any:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return Decimal(value) if is_whole and name != "lift_above" else value


def _sourced(id: str, figures: Mapping[str, Any], said: Mapping[str, str]) -> None:
    numeric = {
        k for k, v in figures.items() if isinstance(v, int | Decimal) and not isinstance(v, bool)
    }
    bare = sorted((numeric | ({"levels"} & set(figures))) - set(said))
    if bare:
        raise InputError(
            [
                _issue(
                    f"functions.{id}",
                    "",
                    "figure-without-source",
                    f"{'、'.join(bare)} 没有出处。",
                    f"{', '.join(bare)}: no source.",
                    "functions.toml",
                )
            ]
        )


def _weight(values: Mapping[str, Any], shares: Mapping[str, Decimal]) -> Decimal:
    """(3 for core, 1 for others) ÷ persons needing it per 1,000 residents; 1 without a need."""
    if not values["need_group"] or not values["need_per_1000"]:
        return Decimal(1)
    share = Fraction(shares.get(values["need_group"], Decimal(1)))
    points = CORE_POINTS if values["core"] else OTHER_POINTS
    return half_up(points / (share * Fraction(values["need_per_1000"])), 6)
