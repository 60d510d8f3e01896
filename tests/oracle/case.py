"""A tiny case as plain data: the tables as text cells, the scenario and the figures of its pack."""

from dataclasses import dataclass, field
from fractions import Fraction

Row = dict[str, str]


@dataclass
class TinyCase:
    """What a user would write. ``pack`` holds the figures of a policy under contract names."""

    name: str
    tables: dict[str, list[Row]]
    pack: dict
    scenario: dict = field(default_factory=dict)
    today: "TinyCase | None" = None  # before refits that a variant takes as built

    def rows(self, table: str) -> list[Row]:
        """Rows of *table*, none where the case does not have it."""
        return self.tables.get(table, [])

    def said(self, section: str, key: str, default=None):
        """A key of a section of the scenario, *default* where it is not said."""
        return self.scenario.get(section, {}).get(key, default)

    def total_yuan(self) -> Fraction | None:
        """The budget of all buildings; every key in 10,000 yuan also exists in yuan."""
        for key, unit in (("total_yuan", 1), ("total_10k_yuan", 10_000)):
            if self.said("budget", key) is not None:
                return exact(self.said("budget", key)) * unit
        return None


def exact(text) -> Fraction:
    """The number that the decimal *text* (or int, or float's shortest decimal) stands for."""
    return Fraction(str(text))


def number(row: Row, column: str, default="0") -> Fraction:
    """The number in *column*, *default* where the cell is empty."""
    return exact(row.get(column) or default)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """*value* rounded half away from zero to *decimals*."""
    scaled = abs(value) * 10**decimals + Fraction(1, 2)
    rounded = Fraction(scaled.numerator // scaled.denominator, 10**decimals)
    return -rounded if value < 0 else rounded


def up_to_cm(value: Fraction) -> Fraction:
    """The smallest multiple of 0.01 m² that is at least *value*."""
    return Fraction(-((-value * 100).__floor__()), 100)


def words(cell: str | None) -> list[str]:
    """The entries of a list cell, separated by semicolons."""
    return [word.strip() for word in (cell or "").split(";") if word.strip()]
