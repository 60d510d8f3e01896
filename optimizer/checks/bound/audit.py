"""The bound of every level that the certificate's dual vectors prove, exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from optimizer.checks.bound import rows, stock
from optimizer.checks.bound.program import ZERO, Program, Row, Terms, lower_bound, whole_row
from optimizer.checks.bound.town import Town
from optimizer.checks.bound.worth import WORTH, Worth, worth_of
from optimizer.checks.facts import Facts
from optimizer.checks.goals import level_name, value_of
from optimizer.checks.possible import Possible

BUILD = (
    rows.of_pilots,
    rows.of_standard,
    rows.of_streets,
    rows.of_openings,
    stock.of_buildings,
    stock.of_money,
    stock.of_service,
)


@dataclass(frozen=True)
class Level:
    """One level: least ``cost`` over the program and the rows ``held`` is ``sign ×`` its goal."""

    name: str
    is_max: bool
    value: Fraction
    worth: Worth
    held: Mapping[str, Row]

    @property
    def sign(self) -> int:
        """-1 where the goal is maximised."""
        return -1 if self.is_max else 1

    @property
    def cost(self) -> Terms:
        """What is minimised."""
        return {column: self.sign * weight for column, weight in self.worth.terms.items()}

    def goal(self, least: Fraction) -> Fraction:
        """The bound on the goal that a *least* cost means, on the goal's step."""
        bound = self.sign * least + self.worth.constant
        step = self.worth.step
        if not step:
            return bound
        steps = bound / step
        return step * (steps.__floor__() if self.is_max else steps.__ceil__())


@dataclass(frozen=True)
class Audit:
    """The relaxation of a run folder and its levels beside the values that its plan reaches."""

    facts: Facts

    @cached_property
    def town(self) -> Town:
        """The relaxation, complete."""
        town = Town(Possible(self.facts.today), Program())
        for add in BUILD:
            add(town)
        return town

    @cached_property
    def program(self) -> Program:
        """Its rows and columns, those of the goals included."""
        _ = self.levels
        return self.town.program

    @cached_property
    def levels(self) -> list[Level]:
        """Levels in order, as far as each goal can be written in the columns."""
        parts = {name: WORTH[name](self.town) for name in sorted(self.town.goals)}
        found: list[Level] = []
        held: dict[str, Row] = {}
        for entry in self.facts.folder.scenario["goals"]:
            name, worth = level_name(entry), worth_of(entry, parts)
            is_max, value = value_of(self.facts, entry)
            if worth is None:
                continue
            found.append(Level(name, is_max, value, worth, dict(held)))
            if any(worth.terms.values()):
                held[f"held {name}"] = _held(found[-1])
        return found

    def bound(self, level: Level, duals: Mapping[str, str]) -> Fraction:
        """The bound on the goal of *level* that *duals* prove, as names to decimals."""
        given = {name: Fraction(text) for name, text in duals.items()}
        return level.goal(lower_bound(self.program, level.cost, given, level.held))

    def price_of_money(self, duals: Mapping[str, str]) -> Fraction:
        """The most that a further yuan in all budgets raises the bound of these *duals*.

        Of the districts the one where it does most: bounds are concave in money.
        """
        prices = {
            name: max(ZERO, -Fraction(duals[name])) * row.scale
            for name, row in self.program.rows.items()
            if name in duals and name.partition(" ")[0] == stock.MONEY
        }
        in_all = prices.pop(stock.MONEY, ZERO)
        return in_all + max(prices.values(), default=ZERO)

    @cached_property
    def bounds(self) -> dict[str, Fraction]:
        """Goal -> its bound, of levels with a dual vector."""
        given = self.facts.folder.duals
        return {v.name: self.bound(v, given[v.name]) for v in self.levels if v.name in given}


def _held(level: Level) -> Row:
    """The goal of *level* no worse than its value."""
    terms = {column: weight for column, weight in level.worth.terms.items() if weight}
    side = level.value - level.worth.constant
    return whole_row(terms, side, None) if level.is_max else whole_row(terms, None, side)
