"""What must hold across rows and tables; one function a rule, every fault in one pass.

Source: contract sections 1 and 2; reliability.md section 5.
"""

import difflib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.policy import Policy
from optimizer.errors import Issue, Text
from optimizer.load import RawCase
from optimizer.rows import Row, Table, Tables
from optimizer.scenario import Scenario
from optimizer.tables import TABLES
from optimizer.typed import issue_at, typed_table

CAP_PER_CODE = 200
CHINA = (Decimal(73), Decimal(136), Decimal(3), Decimal(54))  # lon from, to, lat from, to
LOCK_WORDS = ("must", "never")


@dataclass(frozen=True)
class Checked:
    """Typed tables, complete as far as they could be read, and every issue."""

    tables: Tables
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class _Input:
    tables: Tables
    scenario: Scenario
    policy: Policy

    def rows(self, table: str) -> tuple[Row, ...]:
        return self.tables[table].rows if table in self.tables else ()

    def ids(self, table: str) -> set[str]:
        return {row.values["id"] for row in self.rows(table)}


def check_tables(raw: RawCase, scenario: Scenario, policy: Policy, catalogue: Table) -> Checked:
    """Typed tables of *raw* with ``functions`` merged over *catalogue*, and all issues found."""
    typed: dict[str, Table] = {}
    issues: list[Issue] = []
    for name, table in raw.tables.items():
        typed[name], found = typed_table(table, scenario.changes)
        issues += found
    typed["functions"] = _merged_functions(catalogue, typed.get("functions"))
    given = _Input(typed, scenario, policy)
    for rule in RULES:
        issues += rule(given)
    return Checked(typed, _capped(issues))


def _merged_functions(catalogue: Table, own: Table | None) -> Table:
    """Own rows over the catalogue's: a cell left empty keeps the catalogue's figure."""
    if own is None:
        return catalogue
    shipped = {row.values["id"]: row for row in catalogue.rows}
    for row in own.rows:
        base = shipped.get(row.values["id"])
        if base is None:
            shipped[row.values["id"]] = row
            continue
        given = {k: v for k, v in row.values.items() if k not in row.absent}
        shipped[row.values["id"]] = Row(row.number, {**base.values, **given})
    return Table("functions", tuple(shipped.values()), own.file, own.sheet)


def _capped(issues: list[Issue]) -> tuple[Issue, ...]:
    counts: Counter[str] = Counter()
    kept = []
    for issue in issues:
        counts[issue.code] += 1
        if counts[issue.code] <= CAP_PER_CODE:
            kept.append(issue)
    for code, count in counts.items():
        if count > CAP_PER_CODE:
            more = count - CAP_PER_CODE
            text = Text(f"另有 {more} 处同类问题。", f"{more} more of the same kind.")
            kept.append(Issue(code, text, Text("", "")))
    return tuple(kept)


def required_tables(given: _Input) -> Iterator[Issue]:
    """Communities and buildings must be there."""
    for name, spec in TABLES.items():
        if spec.required and not given.rows(name):
            must = Text(f"缺少{spec.zh[0]}表。", f"The table {name} is missing or empty.")
            yield Issue("table-missing", must, Text("", ""), file=name)


def unique_keys(given: _Input) -> Iterator[Issue]:
    """The key columns name a row once."""
    for name, table in given.tables.items():
        key = TABLES[name].key
        seen: dict[tuple[Any, ...], int] = {}
        for row in table.rows:
            found = tuple(row.values.get(column) for column in key)
            if found in seen:
                must = Text(f"与第 {seen[found]} 行重复。", f"repeats row {seen[found]}.")
                shown = "/".join(str(part) for part in found)
                yield issue_at(table, row.number, "/".join(key), "duplicate", must, value=shown)
            seen.setdefault(found, row.number)


def references(given: _Input) -> Iterator[Issue]:
    """A code that names a row of another table names one that exists."""
    for name, table in given.tables.items():
        for column in TABLES[name].columns:
            if not column.refers:
                continue
            known = given.ids(column.refers)
            for row in table.rows:
                value = row.values[column.name]
                if value is not None and value not in known:
                    where = TABLES[column.refers].zh[0]
                    must = Text(f"不在{where}表中。", f"is not in the table {column.refers}.")
                    yield issue_at(table, row.number, column.name, "unknown-id", must, value=value)


def positions(given: _Input) -> Iterator[Issue]:
    """Every community and building has a position, unless walking distances are given."""
    if given.rows("distances"):
        return
    if given.scenario.coords is None:
        must = Text("有经纬度时必须说明坐标系。", "is required where there are lon and lat.")
        yield Issue("coords-missing", must, Text('coords = "cgcs2000"', ""), column="coords")
    for name in ("communities", "buildings"):
        for row in given.rows(name):
            for column in ("lon", "lat"):
                if row.values[column] is None:
                    must = Text(
                        "没有坐标,也没有 distances 表。", "is required without the table distances."
                    )
                    yield issue_at(given.tables[name], row.number, column, "no-position", must)


def inside_china(given: _Input) -> Iterator[Issue]:
    """Longitude and latitude lie in China; swapped ones are told apart from wrong ones."""
    for name in ("communities", "buildings", "facilities"):
        for row in given.rows(name):
            lon, lat = row.values["lon"], row.values["lat"]
            if lon is None or lat is None or _in_china(lon, lat):
                continue
            swapped = _in_china(lat, lon)
            must = (
                Text("经度与纬度对调了。", "lon and lat are swapped.")
                if swapped
                else Text("不在中国境内。", "lies outside China.")
            )
            code = "lonlat-swapped" if swapped else "outside-china"
            table = given.tables[name]
            yield issue_at(table, row.number, "lon", code, must, value=f"{lon}, {lat}")


def _in_china(lon: Decimal, lat: Decimal) -> bool:
    return CHINA[0] <= lon <= CHINA[1] and CHINA[2] <= lat <= CHINA[3]


def floor_areas(given: _Input) -> Iterator[Issue]:
    """The floors of a building do not exceed its legal area; without floors it has an area."""
    total: dict[str, Decimal] = {}
    for row in given.rows("floors"):
        if row.values["area_m2"] is not None:
            b = row.values["building"]
            total[b] = total.get(b, Decimal(0)) + row.values["area_m2"]
    for row in given.rows("buildings"):
        area, floors = row.values["area_m2"], total.get(row.values["id"])
        table = given.tables["buildings"]
        if area is None and floors is None:
            must = Text("没有楼层表时必填。", "is required for a building without floors.")
            yield issue_at(table, row.number, "area_m2", "area-missing", must)
        elif area is not None and floors is not None and floors > area:
            must = Text(f"楼层合计 {floors} ㎡,超过它。", f"is below the sum of floors, {floors}.")
            yield issue_at(table, row.number, "area_m2", "floors-exceed", must, value=str(area))


def hub_rows(given: _Input) -> Iterator[Issue]:
    """Only a row of an existing hub may leave its function open."""
    for row in given.rows("facilities"):
        if row.values["function"] is None and not row.values["hub"]:
            must = Text("只有 hub = 1 的行可以不写功能。", "is required where hub is not 1.")
            table = given.tables["facilities"]
            yield issue_at(table, row.number, "function", "function-missing", must)


def sites_in_one_street(given: _Input) -> Iterator[Issue]:
    """One site stands in one street (contract 5, Streets)."""
    first: dict[str, tuple[Any, Any, int]] = {}
    for row in given.rows("buildings"):
        site = row.values["site"]
        if site is None:
            continue
        here = row.values["district"], row.values["street"], row.number
        known = first.setdefault(site, here)
        if known[:2] != here[:2]:
            must = Text(
                f"同一地块在第 {known[2]} 行属于另一街道。",
                f"stands in another street in row {known[2]}.",
            )
            table = given.tables["buildings"]
            yield issue_at(table, row.number, "site", "site-in-two-streets", must, value=site)


def locks(given: _Input) -> Iterator[Issue]:
    """Locks are known words and ids and do not contradict each other."""
    targets = {"community": given.ids("communities"), "function": given.ids("functions")}
    for row in given.rows("buildings"):
        wanted = row.values["lock"] or ()
        table = given.tables["buildings"]
        shown = ";".join(wanted)
        for lock in wanted:
            word, _, target = lock.partition(":")
            if lock not in LOCK_WORDS and target not in targets.get(word, ()):
                must = Text(
                    "应为 must、never、community:社区编码 或 function:功能编码。",
                    "must be must, never, community:ID or function:ID with known ids.",
                )
                yield issue_at(table, row.number, "lock", "lock-unknown", must, value=lock)
        hosts = [lock for lock in wanted if lock.startswith("community:")]
        if ("never" in wanted and len(wanted) > 1) or len(hosts) > 1:
            must = Text("锁定互相矛盾。", "contradicts itself.")
            yield issue_at(table, row.number, "lock", "lock-contradiction", must, value=shown)


def required_pilots(given: _Input) -> Iterator[Issue]:
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


def funding_sources(given: _Input) -> Iterator[Issue]:
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


def refits(given: _Input) -> Iterator[Issue]:
    """What a building replaces exists, is of one community, and is replaced by it alone."""
    homes = {r.values["id"]: r.values["community"] for r in given.rows("facilities")}
    taken: dict[str, str] = {}
    for row in given.rows("buildings"):
        replaced = row.values["replaces"] or ()
        known = {homes[f] for f in replaced if f in homes}
        faults = [
            Text(f"没有设施 {f!r}。", f"there is no facility {f!r}.")
            for f in replaced
            if f not in homes
        ]
        faults += [
            Text(f"{f} 已由 {taken[f]} 改建。", f"{f} is replaced by {taken[f]} already.")
            for f in replaced
            if f in taken
        ]
        if len(known) > 1:
            faults.append(Text("设施分属不同社区。", "the facilities are of several communities."))
        taken |= {f: row.values["id"] for f in replaced if f not in taken}
        for must in faults:
            yield issue_at(
                given.tables["buildings"], row.number, "replaces", "refit-impossible", must
            )


def function_sizes(given: _Input) -> Iterator[Issue]:
    """A function's largest size is not below its smallest; outdoor space needs a capacity."""
    for row in given.rows("functions"):
        if row.values["outdoor_m2_per_person"] and not row.values["m2_per_person"]:
            must = Text("需要 m2_per_person > 0。", "needs m2_per_person > 0.")
            table = given.tables["functions"]
            yield issue_at(table, row.number, "outdoor_m2_per_person", "no-capacity", must)
        least, most = row.values["min_m2"], row.values["max_m2"]
        if least is not None and most is not None and most < least:
            must = Text(f"小于 min_m2 = {least}。", f"is below min_m2 = {least}.")
            table = given.tables["functions"]
            yield issue_at(table, row.number, "max_m2", "max-below-min", must, value=str(most))


RULES: tuple[Callable[[_Input], Iterator[Issue]], ...] = (
    required_tables,
    unique_keys,
    references,
    positions,
    inside_china,
    floor_areas,
    hub_rows,
    sites_in_one_street,
    locks,
    required_pilots,
    function_sizes,
    funding_sources,
    refits,
)
