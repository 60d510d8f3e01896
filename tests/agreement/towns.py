"""Seeded small towns: several hosts that share buildings, and money that binds.

Larger than the oracle's cases, too large to enumerate, small enough for HiGHS on the whole model.
"""

from random import Random

from tests.oracle.case import TinyCase
from tests.oracle.generator import Sizes, drop_demands, plain_case

SIZES: Sizes = ((4, 5, 6, 8), (8, 10, 12, 16), (2, 3))
YUAN_PER_HOUSEHOLD = 2_000  # 0.6 m² of floor at what it costs, about
ORDERS = (
    None,  # the pack's
    ["residents_to_standard", "cost"],
    ["need_served", "communities_to_standard", "cost"],
    ["streets_covered", "priority_need_served", "cost"],
    ["hubs", "worst_served", {"cost": 1, "need_served": 400}],
    ["communities_covered", "state_owned_m2", "idle_m2_left"],
)


def town(seed: int) -> TinyCase:
    """The town of *seed*: money for a part of it, in all, by district or by source."""
    rng = Random(f"town-{seed}")
    case = plain_case(rng, seed, SIZES)
    drop_demands(case)
    case.pack["pilots"] = rng.choice((2, 4, 8))
    order = rng.choice(ORDERS)
    if order:
        case.scenario["goals"] = {"order": order}
    case.scenario["budget"] = _budget(rng, case)
    return case


def _budget(rng: Random, case: TinyCase) -> dict:
    households = {}
    for row in case.tables["communities"]:
        households[row["district"]] = households.get(row["district"], 0) + int(row["households"])
    share = rng.choice((0.1, 0.25, 0.4, 0.6)) * YUAN_PER_HOUSEHOLD
    yuan = {district: round(share * count) for district, count in households.items()}
    total = sum(yuan.values())
    return rng.choice(
        (
            {"total_yuan": total},
            {"by_district_yuan": yuan},
            {"total_yuan": total, "by_source_yuan": {"city": total * 2 // 5, "bond": total}},
            {"total_yuan": total, "by_year_yuan": {"2025": total // 2, "2026": total}},
        )
    )
