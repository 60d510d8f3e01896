"""Which mutants the rows kept in tests/golden would show.

Of every constraint they hold the rows of the first golden city that has any, as text.
"""

from tests.models.golden_city import CITIES
from tests.mutation.battery import Prepared, golden_name
from tests.mutation.mutants import Mutant, group_of

Shown = list[tuple[str, ...]]


def is_shown(mutant: Mutant, battery: list[Prepared]) -> bool:
    """The text of the rows kept of the mutant's constraint is another with it."""
    cities = {golden_name(k) for k in range(len(CITIES))}
    for case in battery:
        if case.name in cities and mutant.group in case.groups:
            before, after = case.compiled, mutant.change(case.compiled)
            return _text(before, mutant.group) != _text(after, mutant.group)
    return False


def _text(compiled, group: str) -> list[Shown]:
    shown = []
    for row, name in enumerate(compiled.rows):
        if group_of(name) != group:
            continue
        inside = slice(compiled.matrix.indptr[row], compiled.matrix.indptr[row + 1])
        columns, data = compiled.matrix.indices[inside], compiled.matrix.data[inside]
        terms = sorted(
            (str(compiled.columns[j]), f"{x:g}") for j, x in zip(columns, data, strict=True)
        )
        shown.append([*terms, (f"{compiled.row_lower[row]:g}", f"{compiled.row_upper[row]:g}")])
    return shown
