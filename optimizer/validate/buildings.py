"""Buildings: floors, sites, locks and what they replace."""

import difflib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from optimizer.errors import Issue, Text
from optimizer.typed import issue_at
from optimizer.validate.given import Given

LOCK_WORDS = ("must", "never")


def floor_areas(given: Given) -> Iterator[Issue]:
    """The floors of a building do not exceed its legal area; without floors it has an area."""
    total: dict[str, Decimal] = {}
    for row in given.rows("floors"):
        if row.values["area_m2"] is not None:
            b = row.values["building"]
            total[b] = total.get(b, Decimal(0)) + row.values["area_m2"]
    for row in given.rows("buildings"):
        area, floors = row.values["area_m2"], total.get(row.values["id"])
        table = given.tables["buildings"]
        if area is None and floors is None and "area_m2" in row.absent:
            must = Text("没有楼层表时必填。", "is required for a building without floors.")
            yield issue_at(table, row.number, "area_m2", "area-missing", must)
        elif area is not None and floors is not None and floors > area:
            must = Text(f"楼层合计 {floors} ㎡,超过它。", f"is below the sum of floors, {floors}.")
            yield issue_at(table, row.number, "area_m2", "floors-exceed", must, value=str(area))


def sites_in_one_street(given: Given) -> Iterator[Issue]:
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


def known_places(given: Given) -> Iterator[Issue]:
    """A district or street of a building that no community has: it would serve nobody there."""
    for column, code in (("district", "unknown-district"), ("street", "unknown-street")):
        known = {row.values[column] for row in given.rows("communities")} - {None, ""}
        first: dict[str, int] = {}
        for row in given.rows("buildings"):
            said = row.values[column]
            if said and said not in known:
                first.setdefault(said, row.number)
        for said, number in first.items() if known else ():
            near = difflib.get_close_matches(said, sorted(known), 1, 0.5)
            must = Text(
                f"没有社区在这里{f';是否为 {near[0]}?' if near else '。'}",
                f"has no community{f'; is it {near[0]}?' if near else '.'}",
            )
            table = given.tables["buildings"]
            yield issue_at(table, number, column, code, must, value=said, severity="warning")


def locks(given: Given) -> Iterator[Issue]:
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


def refits(given: Given) -> Iterator[Issue]:
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
