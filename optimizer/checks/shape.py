"""What plan.json, policy.json and scenario.json must hold for the checks to read them.

A shape is a word (``?`` allows null), ``("list", shape)``, ``("map", shape)`` with free keys, or a
record of named keys; further keys are allowed. Source: contract section 4.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from optimizer.checks.columns import Fault

DUAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,40})?")
Shape = str | tuple[str, Any] | Mapping[str, Any]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


WORDS: Mapping[str, tuple[Callable[[Any], bool], str, str]] = {
    "number": (_is_number, "数", "a number"),
    "text": (lambda value: isinstance(value, str), "文字", "text"),
    "dual": (
        lambda value: isinstance(value, str) and DUAL.fullmatch(value) is not None,
        "写成文字的数",
        "a number as text",
    ),
    "bool": (lambda value: isinstance(value, bool), "true 或 false", "true or false"),
    "goal": (
        lambda value: (
            isinstance(value, str)
            or (isinstance(value, dict) and len(value) > 0 and all(map(_is_number, value.values())))
        ),
        "目标名或带权重的目标",
        "a goal, or goals with weights",
    ),
}
LEVEL = {
    "name": "text",
    "value": "number",
    "bound": "number?",
    "gap": "number?",
    "certificate": "text",
    "certified_bound": "number?",
    "rounding": "number",
}
PLAN = {
    "schema": "text",
    "scenario": {},
    "inputs": ("map", "text"),
    "status": "text",
    "objective": ("list", LEVEL),
    "indicators": ("map", "number"),
    "rules": ("list", {"id": "text", "scope": "text", "kind": "text", "ok": "bool"}),
    "violations": ("list", {"rule": "text", "place": "text"}),
}
FAILED_MUSTS = ("list", {"rule": "text", "place": "text"})
EXPORTS = {"schema": "text", "files": ("map", "text")}
BOUND = {"schema": "text", "levels": ("list", {"name": "text", "duals": ("map", "dual")})}
BY_KIND = {"new": "number", "existing": "number"}
POLICY = {
    "hosts": "text",
    "domains": ("list", {"id": "text", "parts": ("list", "text")}),
    "domains_required": "bool",
    "domains_from": "text",
    "domain_mode": "text",
    "count_existing": "bool",
    "hub_inside_total": "bool",
    "round_up": "bool",
    "area_per_100_households_m2": BY_KIND,
    "hub_min_m2": BY_KIND,
    "nonpilot_hub_min_m2": BY_KIND,
    "hub_min_items": "number",
    "hub_min_core_items": "number",
    "hub_office_m2": "number",
    "hub_place": "text",
    "dispersed_hub": "bool",
    "dispersed_hub_places": "number",
    "dispersed_hub_m": "number",
    "core_items": ("list", "text"),
    "office_functions": ("list", "text"),
    "office_share": "number",
    "residents_share": "number",
    "routes": ("list", {"id": "text", "owners": ("list?", "text"), "kinds": ("list?", "text")}),
    "street_coverage": "text",
    "community_coverage": "text",
    "union_places": "text",
    "hub_count": "text",
    "pilot_tolerance": "number",
    "one_hub_a_site": "bool",
    "walk_limit_m": "number",
    "adjacency_m": "number",
    "around_m": "number?",
    "min_lease_years": "number",
    "shared_rooms": ("list", ("map", "text")),
    "persons_per_household": "number",
    "group_share": {
        "infants": "number",
        "pupils": "number",
        "elderly": "number",
        "elderly65": "number",
    },
}
SOURCE = {
    "name": "text",
    "yuan": "number",
    "by_district_yuan": ("map?", "number"),
    "hub": "bool",
    "any_item": ("list?", "text"),
}
SCENARIO = {
    "deadline": "number?",
    "pilots": {"target": "number?", "by_district": ("map", "number")},
    "hubs": {"target": "number?"},
    "budget": {
        "total_yuan": "number?",
        "by_district_yuan": ("map", "number"),
        "operating_yuan_per_year": "number?",
        "by_year_yuan": ("map?", "number"),
    },
    "sources": ("list", SOURCE),
    "reach": {
        "walk_m": "number?",
        "host_m": "number?",
        "detour": "number",
        "network": "text?",
        "cross_district": "bool",
    },
    "service": {"mode": "text", "serve_all": "bool"},
    "goals": ("list", "goal"),
}


def faults_of(shape: Shape, value: Any, place: str) -> Iterator[Fault]:
    """Every place where *value* is not of *shape*."""
    if isinstance(shape, str):
        yield from _of_word(shape, value, place)
    elif isinstance(shape, tuple):
        yield from _of_many(*shape, value, place)
    elif not isinstance(value, dict):
        yield Fault(place, "应为一组键值。", "must be an object.")
    else:
        for key, inner in shape.items():
            if key in value:
                yield from faults_of(inner, value[key], f"{place} {key}")
            else:
                yield Fault(f"{place} {key}", "缺少。", "is missing.")


def _of_word(shape: str, value: Any, place: str) -> Iterator[Fault]:
    test, zh, en = WORDS[shape.rstrip("?")]
    if not (test(value) or (value is None and shape.endswith("?"))):
        yield Fault(place, f"应为{zh}。", f"must be {en}.")


def _of_many(kind: str, inner: Shape, value: Any, place: str) -> Iterator[Fault]:
    wanted = list if kind.startswith("list") else dict
    if value is None and kind.endswith("?"):
        return
    if not isinstance(value, wanted):
        yield Fault(place, "应为列表或一组键值。", f"must be a {wanted.__name__}.")
        return
    entries = value.items() if isinstance(value, dict) else enumerate(value, start=1)
    for key, entry in entries:
        yield from faults_of(inner, entry, f"{place} {key}")
