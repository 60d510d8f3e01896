"""V04: straight walking distances recomputed, ± 0.01 m, none missing; neighbours likewise.

Source: contract sections 1 and 4; A16.
"""

from fractions import Fraction

from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import Row, amount, exact
from optimizer.checks.places import Point, metres, near, points

TOLERANCE = Fraction(1, 100)
Ends = tuple[tuple[str, dict[str, Point]], ...]  # column and what it names, of either end


def check(facts: Facts, findings: Findings) -> None:
    """Every distance that is neither given nor of a network; nobody gives those of buildings."""
    places = points(facts.folder)
    buildings = ("building", places["buildings"])
    community = ("community", places["communities"])
    detour = exact(facts.folder.scenario["reach"]["detour"])
    for table, ends in (
        ("distances", (buildings, community)),
        ("facility_distances", (("facility", places["facilities"]), community)),
        ("building_distances", (buildings, ("neighbour", places["buildings"]))),
    ):
        for row in facts.folder.inputs.get(table, ()):
            is_given = row["origin"] == "given" and table != "building_distances"
            if row["origin"] != "network" and not is_given:
                _compare(findings, table, row, ends, detour)
        if table in facts.folder.inputs and not facts.folder.scenario["reach"]["network"]:
            _none_missing(facts, findings, table, ends, detour)
    _neighbours(facts, findings, places["communities"])


def _compare(findings: Findings, table: str, row: Row, ends: Ends, detour: Fraction) -> None:
    names = [row[column] for column, _ in ends]
    place = f"{table}.csv {'/'.join(names)}"
    if any(row[column] not in known for column, known in ends):
        findings.broken("A16", place, row["walk_m"], "", zh="两端没有坐标。", en="has no position.")
        return
    walk = Fraction(metres(*(known[row[column]] for column, known in ends))) * detour
    if abs(amount(row, "walk_m") - walk) > TOLERANCE:
        findings.broken(
            "A16",
            place,
            row["walk_m"],
            f"{float(walk):.2f}",
            by=abs(amount(row, "walk_m") - walk),
            zh="与坐标算出的距离不符。",
            en="differs from the distance of the coordinates.",
        )


def _none_missing(
    facts: Facts, findings: Findings, table: str, ends: Ends, detour: Fraction
) -> None:
    """Every pair within the longest limit is listed; walks that are given are all there are."""
    (start, starts), (end, others) = ends
    rows = facts.folder.inputs[table]
    if table == "distances" and any(row["origin"] == "given" for row in rows):
        return
    listed = {(row[start], row[end]) for row in rows}
    limit = _longest(facts, table) - TOLERANCE
    for one, other, apart in near(starts, others, float(limit / detour)):
        is_asked = end != "neighbour" or one < other  # two buildings stand once
        if is_asked and (one, other) not in listed:
            findings.broken(
                "A16",
                f"{table}.csv {one}/{other}",
                "",
                f"{apart * float(detour):.2f}",
                zh="两端在步行上限之内,表中没有这一行。",
                en="is within the walking limit and has no row.",
            )


def _longest(facts: Facts, table: str) -> Fraction:
    """The longest limit that a row of *table* may be asked for."""
    policy = facts.folder.policy
    if table == "building_distances":
        return exact(policy["dispersed_hub_m"])
    limits = [facts.reach(f) for f in facts.functions]
    limits += [facts.limits["host"]] if table == "distances" else []
    known = [limit for limit in limits if limit is not None]
    return max(known) if len(known) == len(limits) else exact(policy["walk_limit_m"])


def _neighbours(facts: Facts, findings: Findings, places: dict[str, Point]) -> None:
    """Neighbours are all given, or all who are near each other in a straight line, both ways."""
    rows = facts.folder.inputs["adjacency"]
    derived = {(r["community"], r["neighbour"]) for r in rows if r["derived"]}
    if rows and not derived:
        return
    limit = exact(facts.folder.policy["adjacency_m"])
    close = {
        (one, other): apart
        for one, other, apart in near(places, places, float(limit + TOLERANCE))
        if one != other
    }
    lost = {pair for pair, apart in close.items() if apart <= limit - TOLERANCE} - derived
    for pair in sorted(lost | (derived - close.keys())):
        findings.broken(
            "contract 4",
            f"adjacency.csv {'/'.join(pair)}",
            int(pair in derived),
            int(pair in close),
            zh=f"推算的相邻关系与坐标不符:直线不超过 {limit} 米的两个社区相邻。",
            en=f"neighbours are who is at most {limit} m apart in a straight line.",
        )
