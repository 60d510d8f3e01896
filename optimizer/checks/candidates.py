"""Which buildings somebody could host, counted from the tables alone."""

from optimizer.checks.eligibility import OF_BUILDING, could_host
from optimizer.checks.facts import Facts


def has_host(facts: Facts, building: str) -> bool:
    """Some community or union could have the building, as locks and refits allow."""
    return not facts.has_hosts or bool(hosts_of(facts, building))


def hosts_of(facts: Facts, building: str) -> list[str]:
    """Communities and unions that could have the building, as locks and refits allow."""
    locked = [k.partition(":")[2] for k in facts.locks(building) if k.startswith("community:")]
    able = {c for c in facts.near.get(building, ()) if could_host(facts, building, c)}
    wanted = {*locked} | facts.homes(building)
    together = facts.unions_with(able)
    return [host for host in (*sorted(able), *together) if wanted <= {*facts.members(host)}]


def is_usable(facts: Facts, building: str) -> bool:
    """Nothing of the building itself stands against its use."""
    return all(holds(facts, building, "") for *_, holds in OF_BUILDING)
