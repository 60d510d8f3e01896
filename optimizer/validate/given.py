"""What the rules across tables look at."""

from dataclasses import dataclass
from functools import cached_property

from models.policy import Policy
from optimizer.rows import Row, Tables
from optimizer.scenario import Scenario


@dataclass(frozen=True)
class Given:
    """A case as typed: its tables, its scenario and the pack in force."""

    tables: Tables
    scenario: Scenario
    policy: Policy

    def rows(self, table: str) -> tuple[Row, ...]:
        """Rows of *table*, none where the case has no such table."""
        return self.tables[table].rows if table in self.tables else ()

    def ids(self, table: str) -> set[str]:
        """Every id of *table*."""
        return {row.values["id"] for row in self.rows(table)} - {None}

    @cached_property
    def districts(self) -> set[str]:
        """Districts of communities and buildings."""
        rows = (*self.rows("communities"), *self.rows("buildings"))
        return {row.values["district"] for row in rows} - {None}
