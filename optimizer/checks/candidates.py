"""Which buildings somebody could host, counted from the tables alone."""

from optimizer.checks.eligibility import could_host
from optimizer.checks.facts import Facts


def has_host(facts: Facts, building: str) -> bool:
    """Some community or union could have the building, as locks and refits allow."""
    if not facts.has_hosts:
        return True
    locked = [k.partition(":")[2] for k in facts.locks(building) if k.startswith("community:")]
    able = {c for c in facts.near.get(building, ()) if could_host(facts, building, c)}
    wanted = {*locked} | facts.homes(building)
    hosts = [{c} for c in able] + [{*group} for group in facts.unions.values() if able & {*group}]
    return any(wanted <= members for members in hosts)
