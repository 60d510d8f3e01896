"""What a solve hands back: levels with value and bound, a plan, and an honest status."""

from dataclasses import dataclass
from fractions import Fraction

from models.plan import Plan


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How to solve. ``gap`` per level; ``seconds`` covers all levels; None = the default.

    ``engine``: exact, city or auto. A time limit makes the result depend on the machine; without
    one the same input, seed and threads give the same plan. ``start`` is a plan to begin from
    where it keeps every row of the instance; the result is never worse.
    """

    engine: str = "auto"
    gap: float | None = None
    seconds: float | None = None
    threads: int = 1
    seed: int = 0
    start: Plan | None = None
    workers: int | None = None  # local processes of the city engine; None = as many as cores
    cluster: str | None = None  # address of a Dask scheduler instead
    left: Plan | None = None  # a further plan to begin from, of a run that did not end well

    @property
    def level_gap(self) -> float:
        """Gap at which a level ends (contract section 3: 1 % by default)."""
        return 0.01 if self.gap is None else self.gap


@dataclass(frozen=True, slots=True)
class Level:
    """One goal of the order: exact value of the plan, bound, and the time when this gap stood."""

    name: str
    value: Fraction
    bound: Fraction | None
    wall_s: float
    cpu_s: float
    rounding: Fraction = Fraction(0)  # what rounding areas to 0.01 m² took from this value
    exact_bound: Fraction | None = None  # what exact arithmetic proves of the arrays solved

    @property
    def gap(self) -> Fraction | None:
        """|bound − value| ÷ |value|; 0 for 0/0; None where there is no such number (contract 5)."""
        if self.bound is None:
            return None
        if self.bound == self.value:
            return Fraction(0)
        return abs(self.bound - self.value) / abs(self.value) if self.value else None

    @property
    def is_closed(self) -> bool:
        """The value is the best there is, up to 1e-6 and the rounding of areas (contract 4)."""
        if self.bound is None:
            return False
        return abs(self.bound - self.value) <= abs(self.value) / 1_000_000 + self.rounding


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of a solve before verification; ``plan`` is None where none was found."""

    status: str  # optimal | feasible | stopped | no_plan | infeasible
    plan: Plan | None
    levels: tuple[Level, ...]
    engine: str
    why_engine: str
    wide_levels: tuple[str, ...] = ()  # levels whose gap is above the one asked for
    wall_s: float = 0.0
    cpu_s: float = 0.0
    note: str = ""  # what happened, where something did
    ended: str = ""  # by whom, where not by itself: a word of ``optimizer.endings``
