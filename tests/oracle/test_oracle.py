"""The oracle itself: hand-computed cases, its plans judged, its search against plain listing."""

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest

from tests.oracle.case import TinyCase, half_up, up_to_cm
from tests.oracle.enumerate import all_choices, optimum, settle, worlds_of
from tests.oracle.generator import random_case
from tests.oracle.goals import levels_of
from tests.oracle.judge import broken, decision_of
from tests.oracle.lp import exact_maximise, safe_maximise
from tests.oracle.targets import targets
from tests.oracle.values import values_of


def seeds(count, slow):
    """Seeds of a test; those that take long to list are run with the long programmes."""
    mark = {True: [pytest.mark.slow], False: []}
    return [pytest.param(seed, marks=mark[seed in slow]) for seed in range(count)]


def test_rounding_is_half_up_and_areas_are_rounded_up_to_a_hundredth():
    assert half_up(Fraction("2.0000005"), 6) == Fraction("2.000001")
    assert half_up(Fraction("1234.5"), 0) == 1235
    assert up_to_cm(Fraction("139.8001")) == Fraction("139.81")
    assert up_to_cm(Fraction("139.80")) == Fraction("139.8")


def test_the_exact_simplex_solves_a_textbook_program():
    # max 3x + 5y: x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18, so x = 2, y = 6, value 36
    rows = [[1, 0], [0, 2], [3, 2]]
    solved = exact_maximise(*_fractions([3, 5], rows, [4, 12, 18]))
    assert (solved.value, solved.point) == (36, [2, 6])


def test_the_exact_simplex_starts_where_zero_is_no_solution_and_sees_infeasibility():
    # max -x - y with x + y ≥ 7/3 (written ≤): value -7/3; and x ≤ 1, y ≤ 1 makes it impossible
    rows = [[-1, -1]]
    assert exact_maximise(*_fractions([-1, -1], rows, [Fraction(-7, 3)])).value == Fraction(-7, 3)
    rows += [[1, 0], [0, 1]]
    assert exact_maximise(*_fractions([-1, -1], rows, [Fraction(-7, 3), 1, 1])) is None


@pytest.mark.parametrize("seed", range(40))
def test_the_float_bound_is_never_below_the_exact_maximum(seed):
    rng = Random(seed)
    width, height = rng.randint(1, 6), rng.randint(1, 6)
    rows = [[rng.randint(-4, 6) for _ in range(width)] for _ in range(height)]
    rows += [[int(i == j) for j in range(width)] for i in range(width)]  # 0 ≤ x ≤ 5
    rhs = [rng.randint(-6, 12) for _ in range(height)] + [5] * width
    cost = [rng.randint(-3, 7) for _ in range(width)]
    solved = exact_maximise(*_fractions(cost, rows, rhs))
    arrays = (np.array(x, dtype=float) for x in (cost, rows, rhs, [5] * width))
    bound = safe_maximise(*arrays).bound
    if solved is None:
        assert bound == -np.inf
    else:
        assert bound == pytest.approx(float(solved.value), abs=1e-9)


def _fractions(cost, rows, rhs):
    exact_rows = [[Fraction(x) for x in row] for row in rows]
    return [Fraction(x) for x in cost], exact_rows, [Fraction(x) for x in rhs]


def hand_case(**scenario) -> TinyCase:
    """One community lacking all, one building of one floor of 200 m², two services.

    300 households × 60 / 100 = 180 m². Meals: 90 persons at 1 m². Clinic: no capacity limit, 10
    persons, at least 20 m². Rates: 1,000 and 2,000 yuan; the building costs 50,000.
    """
    return TinyCase(
        "by hand",
        {
            "communities": [
                {
                    "id": "c",
                    "district": "东",
                    "street": "一街",
                    "households": "300",
                    "residents": "700",
                    "infants": "0",
                    "pupils": "0",
                    "elderly": "90",
                    "elderly65": "0",
                }
            ],
            "buildings": [
                {
                    "id": "b",
                    "district": "东",
                    "street": "一街",
                    "area_m2": "200",
                    "acquire_yuan": "50000",
                }
            ],
            "distances": [{"building": "b", "community": "c", "walk_m": "800"}],
            "functions": [
                {
                    "id": "meal",
                    "domain": "meals",
                    "min_m2": "30",
                    "m2_per_person": "1",
                    "need_group": "elderly",
                    "need_per_1000": "1000",
                    "weight": "2",
                    "fitout_yuan_per_m2": "1000",
                },
                {
                    "id": "clinic",
                    "domain": "health",
                    "min_m2": "20",
                    "m2_per_person": "0",
                    "fitout_yuan_per_m2": "2000",
                    "opening_yuan": "3000",
                },
            ],
            "needs": [{"community": "c", "function": "clinic", "persons": "10"}],
        },
        {
            "area_per_100_households_m2": {"existing": "60", "new": "100"},
            "hub_min_m2": {"existing": "150", "new": "200"},
            "nonpilot_hub_min_m2": {"existing": "150", "new": "200"},
            "hub_min_items": 2,
            "hub_min_core_items": 1,
            "core_items": ["meal"],
            "hub_place": "site",
            "domains": ["meals", "health"],
            "domains_required": True,
            "domains_from": "own",
            "office_share": "0",
            "pilots": 5,
            "pilot_types": ["community"],
            "pilot_districts": None,
            "street_coverage": "target",
            "persons_per_household": "2.36",
            "adjacency_m": "1000",
            "goals": [],
        },
        {"reach": {"walk_m": 800}, **scenario},
    )


def test_by_hand_a_pilot_takes_its_standard_in_the_cheaper_service():
    # 180 m²: clinic 20, meals 160; need 2 × 90 + 1 × 10; 50,000 + 3,000 + 160,000 + 40,000
    assert optimum(hand_case()).values == (1, 1, 700, 190, 253_000)


def test_by_hand_one_yuan_less_leaves_no_pilot_and_a_hub_of_150():
    # 253,000 no longer suffices; a hub costs 50,000 + 3,000 + 130 × 1,000 + 20 × 2,000 = 223,000
    assert optimum(hand_case(budget={"total_yuan": 252_999})).values == (0, 1, 0, 190, 223_000)


def test_by_hand_without_money_for_a_hub_the_best_service_is_bought():
    # 222,999: meals for all 90 at 90 m² and a clinic of 20 m²: 50,000 + 90,000 + 43,000 = 183,000
    assert optimum(hand_case(budget={"total_yuan": 222_999})).values == (0, 0, 0, 190, 183_000)


def test_by_hand_scarce_money_serves_part_of_a_need():
    # 100,000 left after 53,000 + 40,000 for the clinic: 7,000 is no 30 m². Meals alone: 50 m² = 100
    # points; that beats the clinic's 10.
    assert optimum(hand_case(budget={"total_yuan": 100_000})).values == (0, 0, 0, 100, 100_000)


def test_by_hand_a_required_pilot_out_of_reach_leaves_no_plan():
    case = hand_case()
    case.tables["communities"][0]["pilot"] = "required"
    case.tables["distances"][0]["walk_m"] = "800.01"
    assert optimum(case) is None


def test_by_hand_existing_supply_counts_in_need_area_and_domains():
    # a clinic of 25 m² today: 180 - 25 = 155 m² to plan, all meals; but its hub has one item then,
    # so a second clinic of 20 m² stands in it: 50,000 + 135,000 + 43,000
    case = hand_case()
    case.tables["facilities"] = [
        {"id": "e", "community": "c", "function": "clinic", "area_m2": "25", "counted": "1"}
    ]
    assert optimum(case).values == (1, 1, 700, 190, 228_000)


@pytest.mark.parametrize("seed", seeds(40, slow={3, 23, 30}))
def test_the_oracles_own_plans_break_no_clause_and_are_worth_what_it_says(seed):
    case = random_case(seed)
    best = optimum(case)
    if best is not None:
        facts = best.best.facts
        plan = decision_of(facts, best.best)
        assert broken(facts, plan) == []
        assert values_of(facts, plan) == best.values


def smallest(seed: int) -> TinyCase:
    """A random case cut down until every choice can be listed."""
    case = random_case(seed)
    functions = [f["id"] for f in case.tables["functions"]]
    dropped = set(functions) - set(Random(seed).sample(functions, 3))
    kept = {b["id"] for b in case.tables["buildings"][:2]}
    for name, rows in case.tables.items():
        case.tables[name] = [
            r
            for r in rows
            if r.get("function", "") not in dropped and r.get("building", "b0") in kept
        ]
    case.tables["functions"] = [f for f in case.tables["functions"] if f["id"] not in dropped]
    case.tables["buildings"] = [b for b in case.tables["buildings"] if b["id"] in kept]
    for b in case.tables["buildings"]:
        b["lock"] = "" if b["lock"].startswith("function") else b["lock"]
    return case


@pytest.mark.parametrize("seed", seeds(25, slow={3, 4, 8, 16, 20, 23}))
def test_the_search_finds_what_a_plain_listing_of_all_choices_finds(seed):
    case = smallest(seed)
    listed = [values for world in worlds_of(case) if (values := best_listed(world))]
    best = optimum(case)
    levels = levels_of(case)
    expected = max(
        listed,
        key=lambda found: [x.shown(v) for x, v in zip(levels, found, strict=True)],
        default=None,
    )
    assert (None if best is None else best.values) == expected


def best_listed(facts):
    """Values of the best of all choices, level by level, or None."""
    pairs = list(product(targets(facts), all_choices(facts)))
    held = []
    for level in levels_of(facts.case):
        found = [(best, pair) for pair in pairs if (best := settle(facts, *pair, level, held))]
        if not found:
            return None
        score = max(best.score for best, _ in found)
        pairs = [pair for _, pair in found]
        held.append((level, score))
    return tuple(level.shown(score) for level, score in held)
