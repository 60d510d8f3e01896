"""Hand-made cases in which one rule decides; the oracle says what each is worth."""

from tests.oracle.case import TinyCase
from tests.oracle.kit import building, case, community, needed

CASES: dict[str, TinyCase] = {
    "one hub of 600 m²": case(),
    "one square metre short": case(None, [building(area_m2="599.99")]),
    "ten persons in ten square metres": case(None, [building(area_m2="50")], [needed()]),
    "two communities, one building": case([community("c"), community("d")]),
}
