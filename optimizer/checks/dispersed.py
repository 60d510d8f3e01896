"""V09: a dispersed hub has few places, every two of its buildings near each other.

A hub whose buildings stand on one site is none. Distances are those of building_distances.csv,
straight ones recomputed by the check ``distances``; a pair not listed is too far.
Source: contract section 5 (Hub); HZ-29, A10.
"""

from fractions import Fraction
from itertools import combinations

from optimizer.checks.facts import Facts
from optimizer.checks.findings import MUST, Findings
from optimizer.checks.folder import amount, exact, plain


def check(facts: Facts, findings: Findings) -> None:
    """Every planned hub: one place, or as many as the pack allows, within its limit."""
    policy = facts.folder.policy
    most = policy["dispersed_hub_places"] if policy["dispersed_hub"] else 1
    limit = exact(policy["dispersed_hub_m"])
    walks = {
        (row["building"], row["neighbour"]): amount(row, "walk_m")
        for row in facts.folder.inputs.get("building_distances", ())
    }
    for host in sorted(facts.hub_buildings):
        sites = facts.hub_sites(host)
        if len(sites) < 2:
            continue
        findings.rule("HZ-29", "三(二)2", host, MUST, most, len(sites), "places", at_most=True)
        for pair in combinations(sorted(facts.hub_buildings[host]), 2):
            _near(findings, host, pair, walks.get(pair), limit)


def _near(
    findings: Findings, host: str, pair: tuple[str, str], walk: Fraction | None, limit: Fraction
) -> None:
    if walk is not None and walk <= limit:
        return
    findings.broken(
        "A10",
        f"siting.csv {'/'.join(pair)}",
        host,
        f"≤ {plain(limit)} m",
        by=None if walk is None else walk - limit,
        zh=f"同一分散型共同体的两栋楼步行距离应不超过 {plain(limit)} 米。",
        en=f"two buildings of a dispersed hub must be at most {plain(limit)} m apart.",
    )
