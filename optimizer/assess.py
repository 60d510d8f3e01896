"""Today's gaps of a case by community, function and clause; nothing is optimised (查漏补缺).

A gap of a clause says what is asked and what there is; a gap of a need says also who is in reach
and what stands against each. Source: contract section 3 (assess); HZ-26, HZ-74.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.instance import Community, Host, Instance
from models.plan import Plan
from models.policy import Policy
from optimizer.case import Case, read_case
from optimizer.hubs import ExistingHub, existing_hubs
from optimizer.result import Result, read_result
from optimizer.run_folder import run_inputs, write_run
from optimizer.solve.outcome import Outcome, SolveOptions

TODAY = Outcome("assessed", Plan(), (), "none", "today, nothing is decided")
NEED_RULE = "HZ-26"
DOMAIN, HALF = "domain:", "half:"  # before what is lacking, lest it reads as a function
HEADS = (
    "community",
    "community_name",
    "district",
    "street",
    "what",
    "rule",
    "clause",
    "required",
    "existing",
    "gap",
    "unit",
    "reason",
    "in_reach",
    "obstacles",
    "way",
    "least_yuan",
    "left_yuan",
)
Row = dict[str, Any]


@dataclass(frozen=True)
class Assessment:
    """``result`` reads like a run without any decision; ``gaps`` are rows of :data:`HEADS`."""

    case: Case
    result: Result
    gaps: tuple[Row, ...]

    @property
    def summary(self) -> dict[str, Any]:
        """How many communities lack what, and how much."""
        rows = self.result.tables["communities"]
        lacking = {
            what: len({r["community"] or r["street"] for r in self.gaps if r["what"] == what})
            for what in dict.fromkeys(row["what"] for row in self.gaps)
        }
        figures = self.result.plan_json["indicators"]
        return {
            "communities": len(rows),
            "to_standard": sum(int(row["to_standard"]) for row in rows),
            "covered": sum(int(row["covered"]) for row in rows),
            "streets": figures["streets"],
            "streets_covered": figures["streets_covered"],
            "shortfall_m2": sum((row["shortfall_m2"] for row in rows), Decimal("0.00")),
            "need_served_share": figures["need_served_share"],
            "lacking": lacking,
        }


def assess(path: Path, *, allow_outside: bool = False) -> Assessment:
    """Assess the case of scenario *path*; InputError with every fault where it has any."""
    case = read_case(path, allow_outside=allow_outside)
    with tempfile.TemporaryDirectory(prefix="linli-") as folder:
        write_run(run_inputs(case), TODAY, SolveOptions(), Path(folder))
        result = read_result(Path(folder), is_published=False)
    rows = [*_clauses(case.instance), *_streets(case.instance), *_needs(case.instance, result)]
    empty = dict.fromkeys(HEADS, "")
    return Assessment(case, result, tuple(empty | row for row in rows))


def _clauses(instance: Instance) -> Iterator[Row]:
    """What each community lacks of the standard: area, hub, domains, halves of one; coverage."""
    hubs: dict[str, list[ExistingHub]] = {}
    for hub in existing_hubs(instance.facilities, instance.functions):
        hubs.setdefault(hub.community, []).append(hub)
    for c, community in sorted(instance.communities.items()):
        host = instance.hosts.get(c)
        if host is None or c not in host.members:
            continue
        for what, figure, required, existing, unit in (
            ("area", f"area_per_100_households_m2.{community.kind}", *_area(host), "m²"),
            *_hub(instance, community, hubs.get(c, [])),
            *_domains(instance, host),
            ("covered", "community_coverage", 1, int(c in instance.covered_today), "hub"),
        ):
            if existing < required:
                yield _row(instance.policy, community, what, figure, required, existing, unit)


def _area(host: Host) -> tuple[Decimal, Decimal]:
    return _m2(host.required_m2), _m2(host.existing_m2)


def _m2(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("0.01"))


Clause = tuple[str, str, Any, Any, str]  # what, figure of the pack, required, existing, unit


def _hub(instance: Instance, community: Community, hubs: list[ExistingHub]) -> Iterator[Clause]:
    """The best hub of today against area, items and core items."""
    policy = instance.policy
    if instance.hosts[community.id].has_hub:
        return
    best = max(hubs, key=lambda hub: (hub.area_m2, len(hub.items)), default=None)
    items = best.items if best is not None else frozenset[str]()
    area = _m2(best.area_m2) if best is not None else Decimal("0.00")
    minimum = Decimal(policy.hub_min_m2[community.kind])
    yield "hub_m2", f"hub_min_m2.{community.kind}", minimum, area, "m²"
    yield "hub_items", "hub_min_items", policy.hub_min_items, len(items), "items"
    core = len(items & set(policy.core_items))
    yield "hub_core_items", "hub_min_core_items", policy.hub_min_core_items, core, "core items"


def _domains(instance: Instance, host: Host) -> Iterator[Clause]:
    """Domains nobody in reach offers today, and the missing half of one that is there."""
    [c] = host.members
    items = {
        instance.functions[f.function].item
        for f in instance.facilities
        if f.function is not None and c in f.reaches
    }
    for domain in instance.policy.domains if instance.policy.domains_required else ():
        has = any((c, part) in host.domains_today for part in instance.policy.parts_of(domain))
        if not has:
            yield f"{DOMAIN}{domain.id}", "domains_required", 1, 0, "domain"
            continue
        for item in domain.parts:
            yield f"{HALF}{domain.id}:{item}", "domain_mode", 1, int(item in items), "part"


def _row(
    policy: Policy,
    community: Community,
    what: str,
    figure: str,
    required: Any,
    existing: Any,
    unit: str,
) -> Row:
    source = policy.sources.get(figure)
    return {
        "community": community.id,
        "community_name": community.name,
        "district": community.district,
        "street": community.street,
        "what": what,
        "rule": "" if source is None else source.rule,
        "clause": "" if source is None else source.clause,
        "required": required,
        "existing": existing,
        "gap": required - existing,
        "unit": unit,
    }


def _streets(instance: Instance) -> Iterator[Row]:
    if not instance.hosts or instance.policy.hosts == "building":
        return
    source = instance.policy.sources.get("street_coverage")
    for district, street in instance.streets:
        if (district, street) not in instance.streets_with_hub:
            yield {
                "district": district,
                "street": street,
                "what": "street",
                "rule": "" if source is None else source.rule,
                "clause": "" if source is None else source.clause,
                "required": 1,
                "existing": 0,
                "gap": 1,
                "unit": "hub",
            }


def _needs(instance: Instance, result: Result) -> Iterator[Row]:
    """What gaps.csv says of each need, without a plan: who could help, and at what least cost."""
    clauses = {rule.id: rule.clause for rule in instance.policy.rules}
    for row in result.tables["gaps"]:
        if not row["gap"]:
            continue
        community = instance.communities[row["community"]]
        kept = ("existing", "gap", "reason", "in_reach", "obstacles", "way")
        yield {
            "community": community.id,
            "community_name": community.name,
            "district": community.district,
            "street": community.street,
            "what": row["function"],
            "rule": NEED_RULE if NEED_RULE in clauses else "",
            "clause": clauses.get(NEED_RULE, ""),
            "required": row["need"],
            "unit": "persons",
            **{name: row[name] for name in (*kept, "least_yuan", "left_yuan")},
        }
