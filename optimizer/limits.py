"""The shared limits of a plan: number of pilots, budgets, sources, ceilings.

Source: contract sections 2 and 5 (Must and target, Money).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.money import Limits, Source
from models.policy import Policy
from optimizer.scenario import FundingSource, Scenario


def limits_of(policy: Policy, scenario: Scenario) -> Limits:
    """The limits all hosts share."""
    target = scenario.pilots_target
    pilots = policy.pilots if target is None else (None if target == "none" else target)
    return Limits(
        pilots=pilots,
        pilots_by_district=dict(scenario.pilots_by_district),
        total_yuan=_float(scenario.total_yuan),
        by_district_yuan={d: float(v) for d, v in scenario.by_district_yuan.items()},
        operating_yuan_per_year=_float(scenario.operating_yuan_per_year),
        hubs=pilots if scenario.hubs_target is None else scenario.hubs_target,
        sources=tuple(_source(source) for source in scenario.sources),
        by_year_yuan=_floats(scenario.by_year_yuan),
    )


def _source(said: FundingSource) -> Source:
    return Source(
        name=said.name,
        cap_yuan=float(said.yuan),
        by_district_yuan=_floats(said.by_district_yuan),
        needs_hub=said.hub,
        any_item=frozenset(said.any_item),
    )


def _floats(amounts: Mapping[Any, Decimal] | None) -> dict[Any, float] | None:
    return None if amounts is None else {key: float(amount) for key, amount in amounts.items()}


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
