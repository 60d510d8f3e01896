"""Edges of V16b: what dual vectors prove beside what plan.json states of each bound."""

from decimal import Decimal

from tests.optimizer.checks.edges.kit import Edge, duals, plan
from tests.oracle.kit import building, case, needed

#: ten persons for 10,000 yuan
TEN = case(None, [building(area_m2="50")], [needed()])
#: 9.99 m² for ten persons of 1 m²
CUT = case(None, [building(area_m2="9.99")], [needed()])
SERVED, COST = 3, 4  # levels
PLACE, SERVED_PLACE = "plan.json objective cost", "plan.json objective need_served"


FEASIBLE = {"status": "feasible"}


def stated(*broken, level: int = COST, changes=(), proofs=None, **keys) -> Edge:
    """What is stated of a level whose bound is proved to be its value, unless *changes* say."""
    decimals = {k: Decimal(v) if k.endswith("bound") and v else v for k, v in keys.items()}
    told = plan("objective", level, **decimals)
    return Edge(TEN, (*changes, told), broken, is_proved=True, proofs=proofs or {})


def proved(price: str, word: str, best: str, *broken, changes=(), **keys) -> Edge:
    """Ten persons who must be served at *price* each: a bound of ten times as much.

    A square metre is credited no more than its 1,000 yuan.
    """
    vector = duals("cost", capacity__b__care1=f"-{price}", held__need_served=price)
    proofs = {"cost": (word, best)}
    return stated(*broken, changes=(*changes, vector), proofs=proofs, **keys)


def third(bound: str, *broken) -> Edge:
    """The room counts a third: 2/3 of ten persons and 1/3 of 9.99 m², 9.996666…7 persons."""
    level = {"certificate": "partly", "certified_bound": Decimal(bound), "bound": 10}
    changes = (
        duals("need_served", capacity__b__care1="-0.3333333"),
        plan("objective", SERVED, **level, gap=Decimal("0.001001")),
        plan(wide_levels=["need_served"], **FEASIBLE),
    )
    proofs = {"need_served": ("certified", "9.996667")}
    return Edge(CUT, changes, broken, is_proved=True, proofs=proofs)


EDGES = {
    "every bound is its value": Edge(
        TEN,
        is_proved=True,
        proofs={
            "communities_to_standard": ("certified", "0"),
            "need_served": ("certified", "10"),
            "cost": ("certified", "10000"),
        },
    ),
    "no vector proves nothing": Edge(TEN, proofs={"cost": ("claimed", None)}),
    "a bound tighter than proved": stated(
        ("V16b", f"{PLACE} certified_bound", "10000.000001", "10000"),
        certified_bound="10000.000001",
    ),
    "a bound less tight than proved": stated(certified_bound="9999.999999"),
    "a word less than proved": stated(certificate="partly"),
    "the solver's word where all is proved": stated(certificate="claimed"),
    "a tighter bound beside the solver's word": stated(
        certificate="claimed", certified_bound="20000"
    ),
    "a word and no bound": stated(
        ("contract 4", f"{PLACE} certificate", "certified", "claimed"), certified_bound=None
    ),
    "proved to a millionth of the value": proved(
        "999.999", "certified", "9999.99", certificate="certified", certified_bound="9999.99"
    ),
    "a millionth of a yuan less is proved in part": proved(
        *("999.9989999", "partly", "9999.989999"),
        ("V16b", f"{PLACE} certificate", "certified", "partly"),
        certificate="certified",
        certified_bound="9999.989999",
    ),
    "as much proved as is claimed": proved(
        *("900", "certified", "9000"),
        changes=(plan(wide_levels=["cost"], **FEASIBLE),),
        certificate="certified",
        certified_bound="9000",
        bound="9000",
        gap=Decimal("0.1"),
    ),
    "a millionth less proved than is claimed": proved(
        *("899.9999999", "partly", "8999.999999"),
        changes=(plan(wide_levels=["cost"], **FEASIBLE),),
        certificate="partly",
        certified_bound="8999.999999",
        bound="9000",
        gap=Decimal("0.1"),
    ),
    "proved, and no bound claimed": proved(
        *("900", "partly", "9000"),
        changes=(plan(wide_levels=["cost"], **FEASIBLE),),
        certificate="partly",
        certified_bound="9000",
        bound=None,
        gap=None,
    ),
    # 1000.0000001 yuan a square metre weigh 1,000 of room down to nothing: 50 m² × -0.0000001
    "a price above that of a square metre proves less": proved(
        *("1000.0000001", "certified", "9999.999996"), certified_bound="9999.999996"
    ),
    # -- what more money brings: bounds of TEN know no budget, so nothing
    "more money brings nothing where no budget binds": stated(
        level=SERVED, per_million_yuan=Decimal(0)
    ),
    "a millionth more than is proved": stated(
        ("V16b", f"{SERVED_PLACE} per_million_yuan", "0.000001", "0"),
        level=SERVED,
        per_million_yuan=Decimal("0.000001"),
    ),
    "what money brings of a goal of least": stated(
        ("V16b", f"{PLACE} per_million_yuan", "0", ""), per_million_yuan=Decimal(0)
    ),
    "nothing is said of what money brings": stated(level=SERVED, per_million_yuan=None),
    "two thirds of a person are rounded up": third("9.996667"),
    "and not down": third(
        "9.996666",
        ("V16b", "plan.json objective need_served certified_bound", "9.996666", "9.996667"),
    ),
}
