"""Facilities and functions."""

from collections.abc import Iterator

from optimizer.errors import Issue, Text
from optimizer.typed import issue_at
from optimizer.validate.given import Given


def hub_rows(given: Given) -> Iterator[Issue]:
    """Only a row of an existing hub may leave its function open."""
    for row in given.rows("facilities"):
        if row.values["function"] is None and not row.values["hub"]:
            must = Text("只有 hub = 1 的行可以不写功能。", "is required where hub is not 1.")
            table = given.tables["facilities"]
            yield issue_at(table, row.number, "function", "function-missing", must)


def function_sizes(given: Given) -> Iterator[Issue]:
    """A function's largest size is not below its smallest; outdoor space needs a capacity."""
    for row in given.rows("functions"):
        if row.values["outdoor_m2_per_person"] and not row.values["m2_per_person"]:
            must = Text("需要 m2_per_person > 0。", "needs m2_per_person > 0.")
            table = given.tables["functions"]
            yield issue_at(table, row.number, "outdoor_m2_per_person", "no-capacity", must)
        least, most = row.values["min_m2"], row.values["max_m2"]
        if least is not None and most is not None and most < least:
            must = Text(f"小于 min_m2 = {least}。", f"is below min_m2 = {least}.")
            table = given.tables["functions"]
            yield issue_at(table, row.number, "max_m2", "max-below-min", must, value=str(most))
