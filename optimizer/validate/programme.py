"""What a scenario asks for, against the data: pilots, sources, districts."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from models.policy import Policy
from optimizer.errors import Issue, Text
from optimizer.rows import Row
from optimizer.typed import issue_at
from optimizer.validate.given import Given


def required_pilots(given: Given) -> Iterator[Issue]:
    """No more pilots are required than the target allows; a union may take one place for all."""
    target = given.scenario.pilots_target
    target = given.policy.pilots if target is None else target
    required = [r for r in given.rows("communities") if r.values["pilot"] == "required"]
    places = _places(required, given.policy)
    if isinstance(target, int) and len(places) > target:
        must = Text(
            f"必选试点占 {len(places)} 个名额,超过目标 {target} 个。",
            f"{len(places)} places are required, the target is {target}.",
        )
        table = given.tables["communities"]
        yield issue_at(table, places[target].number, "pilot", "too-many-required", must)
    for district, limit in given.scenario.pilots_by_district.items():
        inside = [
            r for r in places if r.values["district"] == district and r.values["union"] is None
        ]
        if len(inside) > limit:
            must = Text(
                f"{district}必选试点 {len(inside)} 个,超过名额 {limit} 个。",
                f"{len(inside)} pilots are required in {district}, its target is {limit}.",
            )
            table = given.tables["communities"]
            yield issue_at(table, inside[limit].number, "pilot", "too-many-required", must)


def _places(required: list[Row], policy: Policy) -> list[Row]:
    """A row for each place that must be taken at least: with key "one", one for a union."""
    taken: dict[str, Row] = {}
    for row in required:
        alone = row.values["union"] is None or policy.union_places == "members"
        key = f"id {row.values['id']}" if alone else f"union {row.values['union']}"
        taken.setdefault(key, row)
    return list(taken.values())


def funding_sources(given: Given) -> Iterator[Issue]:
    """Conditions of sources name items that exist; a source without a budget is told."""
    items = {row.values["item"] for row in given.rows("functions")}
    listed = {source.name for source in given.scenario.sources}
    file = given.scenario.path.name
    for source in given.scenario.sources:
        for item in sorted(set(source.any_item) - items):
            near = ", ".join(difflib.get_close_matches(item, items, 1, 0.3) or sorted(items)[:8])
            must = Text(f"没有这个项目;最接近的是 {near}。", f"is no item; the nearest is {near}.")
            place = f"sources.{source.name}.any_item"
            yield Issue("no-such-item", must, Text("", ""), file=file, column=place, value=item)
    for name in sorted(set(given.scenario.resolved.get("sources", {})) - listed):
        must = Text(
            "不在 budget.by_source 中,所以不出钱。",
            "is not in budget.by_source, so it pays nothing.",
        )
        place = f"sources.{name}"
        yield Issue(
            "source-without-budget",
            must,
            Text("", ""),
            file=file,
            column=place,
            severity="warning",
        )


def known_districts(given: Given) -> Iterator[Issue]:
    """A district that pilots or money are set for is in the data, or the cap binds nothing."""
    scenario = given.scenario
    said: dict[str, Mapping[str, Any]] = {
        "pilots.by_district": scenario.pilots_by_district,
        "budget.by_district": scenario.by_district_yuan,
    }
    said |= {f"sources.{s.name}.by_district": s.by_district_yuan or {} for s in scenario.sources}
    for key, values in said.items():
        for district in sorted(set(values) - given.districts):
            spare = sorted(given.districts - set(values))
            near = difflib.get_close_matches(district, spare, 1, 0.5)
            must = Text(
                f"数据中没有这个区{f';是否为 {near[0]}?' if near else ',此项不起作用。'}",
                f"is no district of the data{f'; is it {near[0]}?' if near else ': no effect.'}",
            )
            yield Issue(
                "unknown-district",
                must,
                Text("请与数据中的写法一致。", "Write it as the data do."),
                file=scenario.path.name,
                column=key,
                value=district,
                severity="error" if near else "warning",
            )
