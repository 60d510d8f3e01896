"""A comparison as tables: one row a figure, a choice or a clause, one column a run."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from optimizer.compare import PRICE, Comparison, Entry, Line
from optimizer.export.grid import Cells, Column, Grid, Share, as_text, is_number
from optimizer.export.names import Names, function_name
from optimizer.labels import head, label
from optimizer.labels.inputs import source_text
from optimizer.labels.judging import clause_text, id_text, proof_text, rule_text, unit_text
from optimizer.labels.settings import figure_head, setting_head, setting_text

MARK = "●"
DIGEST_SIGNS = 12
GOAL_ROWS = (
    ("value", "value"),
    ("bound", "bound"),
    ("gap", "gap_share"),
    (PRICE, PRICE),
)
HARD = "\u00a0"  # a space that no line breaks at
WORDS = {
    "in_order": (
        "目标有先后:后面的目标和它的界以前面各级已取得的值为条件,前面的提高时后面的可能下降。",
        "Goals have an order: a later goal and its bound are conditional on the values of the "
        "levels before, and may fall where an earlier one rises.",
    ),
    "price": (
        "“再加一百万元至多多得”:由证明界的同一组对偶价格得出,界至多因此提高这么多;"
        "0 表示缺的不是钱。",
        "What a further million yuan can raise the bound by at most, by the prices that prove it; "
        "0: money is not what is scarce.",
    ),
    "per_cell": (
        "每格:实际 / 要求;单位为“条判定”的,是符合的 / 判定的条数。空:没有判定。",
        "Each cell: actual / required; where the unit is verdicts, those that hold / all. "
        "Empty: nothing was judged.",
    ),
    "verdicts": ("条判定", "verdicts"),
}


def grids(comparison: Comparison, lang: str) -> tuple[Grid, ...]:
    """Every table of *comparison*, heads and words in *lang*."""
    return (
        figures_grid(comparison, lang),
        _money(comparison, lang),
        _changes(comparison, lang),
        _rules(comparison, lang),
        _differences(comparison, lang),
    )


def axis_heads(comparison: Comparison, lang: str) -> str:
    """What a sweep varies, in words: heads of its keys."""
    return " · ".join(setting_head(axis.path, lang) for axis in comparison.axes)


def run_head(comparison: Comparison, entry: Entry, lang: str) -> str:
    """What heads the column of *entry*: the values of a sweep, else what the run is called."""
    if not comparison.axes:
        return entry.label
    values = (entry.settings[axis.name] for axis in comparison.axes)
    return " · ".join(setting_text(value, lang) for value in values)


def figures_grid(comparison: Comparison, lang: str) -> Grid:
    """Status, each goal with its bound and gap, and the indicators."""
    rows = [*_goal_rows(comparison, lang), *_indicator_rows(comparison, lang)]
    fixed = (Column(label("figure", lang), "wide"), Column(label("kind", lang)))
    lines = comparison.part("goals").lines
    notes: tuple[str, ...] = (_word("in_order", lang),) if lines else ()
    notes += (_word("price", lang),) if any(line.of == PRICE for line in lines) else ()
    return _grid(comparison, "goals_and_figures", fixed, rows, lang, notes)


def _goal_rows(comparison: Comparison, lang: str) -> Iterator[Cells]:
    entries = comparison.entries
    words = (label(entry.result.status, lang) for entry in entries)
    yield [label("status", lang), "", *words]
    levels = [{level["name"]: level for level in e.plan["objective"]} for e in entries]
    for goal in dict.fromkeys(line.key for line in comparison.part("goals").lines):
        own = [by_name.get(goal) for by_name in levels]
        for of, word in GOAL_ROWS:
            values = [None if level is None else level.get(of) for level in own]
            shown = _shares(values) if of == "gap" else values
            if of != PRICE or any(value is not None for value in values):
                yield [head(goal, lang), label(word, lang), *shown]
        proofs = ("" if level is None else proof_text(level, lang) for level in own)
        yield [head(goal, lang), label("certificate", lang), *proofs]


def _shares(values: Iterable[Any]) -> list[Share | None]:
    return [None if value is None else Share(value) for value in values]


def _indicator_rows(comparison: Comparison, lang: str) -> Iterator[Cells]:
    goals = {line.key for line in comparison.part("goals").lines}
    for line in comparison.part("indicators").lines:
        if line.key not in ("status", *goals):
            values = _shares(line.values) if line.key.endswith("_share") else line.values
            yield [head(line.key, lang), label("indicator", lang), *values]


def _money(comparison: Comparison, lang: str) -> Grid:
    rows = [
        [label(line.of, lang), _named(line, lang), *line.values]
        for line in comparison.part("money").lines
    ]
    fixed = (Column(label("figure", lang)), Column(label("name", lang), "wide"))
    return _grid(comparison, "money", fixed, rows, lang)


def _named(line: Line, lang: str) -> str:
    return source_text(line.key, lang) if line.of == "source" else line.key


def _changes(comparison: Comparison, lang: str) -> Grid:
    names = [Names(entry.result, lang) for entry in comparison.entries]
    rows = [_change(line, names, lang) for line in comparison.part("changes").lines]
    fixed = (
        Column(label("figure", lang)),
        Column(label("id", lang)),
        Column(label("name", lang), "wide"),
    )
    return _grid(comparison, "changes", fixed, rows, lang)


def _change(line: Line, names: Sequence[Names], lang: str) -> Cells:
    is_function = line.of == "function"
    name = function_name(line.key, line.name, lang) if is_function else line.name
    said = zip(line.values, names, strict=True)
    cells: list[Any] = [_chosen(line, value, own) for value, own in said]
    return [head(f"change_{line.of}", lang), "" if is_function else line.key, name, *cells]


def _chosen(line: Line, value: Any, names: Names) -> Any:
    """A mark for a flag, of a building the name of whom it is credited to."""
    if value in (None, "") or line.of == "function":
        return value
    if line.kind == "flag":
        return MARK if value else ""
    return f"{names.word('union')} {value}" if _is_union(value, names) else names.community(value)


def _is_union(id: str, names: Names) -> bool:
    return id not in names.communities and any(c["union"] == id for c in names.communities.values())


def _rules(comparison: Comparison, lang: str) -> Grid:
    """One row a clause: each run's verdict with its figure, or how many of its verdicts hold."""
    listed = [rule for entry in comparison.entries for rule in entry.result.policy["rules"]]
    verdicts = [_by_clause(entry) for entry in comparison.entries]
    rows = []
    for key in sorted({key for own in verdicts for key in own}):
        id, clause, kind = key
        found = [own.get(key, []) for own in verdicts]
        is_single = all(len(own) <= 1 for own in found)
        unit = next(rule["unit"] for own in found for rule in own)
        shown = unit_text(unit, lang) if is_single else _word("verdicts", lang)
        texts = (clause_text(clause, lang), rule_text(id, kind, listed, lang))
        name = " · ".join(text for text in texts if text)
        cells = (_verdict(own, is_single) for own in found)
        rows.append([label(kind, lang), id_text(id, lang), name, shown, *cells])
    fixed = (
        Column(label("kind", lang)),
        Column(label("id", lang)),
        Column(label("rule", lang), "long"),
        Column(label("unit", lang)),
    )
    notes = (_word("per_cell", lang),)
    return _grid(comparison, "rules", fixed, rows, lang, notes, "verdict")


def _by_clause(entry: Entry) -> dict[tuple[str, str, str], list[Any]]:
    groups: dict[tuple[str, str, str], list[Any]] = {}
    for rule in entry.plan["rules"]:
        groups.setdefault((rule["id"], rule["clause"], rule["kind"]), []).append(rule)
    return groups


def _verdict(rules: Sequence[Any], is_single: bool) -> str:
    if not rules:
        return ""
    held = sum(rule["ok"] for rule in rules)
    sign = "✓" if held == len(rules) else "✗"
    if not is_single:
        return f"{sign}{HARD}{held} /{HARD}{len(rules)}"
    actual, required = (as_text("figure", Decimal(rules[0][of])) for of in ("actual", "required"))
    return f"{sign}{HARD}{actual} /{HARD}{required}"


def _differences(comparison: Comparison, lang: str) -> Grid:
    """What was given otherwise: in words, beside the key as the scenario has it."""
    rows = [
        [label(line.of, lang), _given(line, lang), line.key, *_values(line, lang)]
        for line in comparison.part("differences").lines
    ]
    fixed = (
        Column(label("figure", lang)),
        Column(label("name", lang), "wide"),
        Column(label("key", lang), "wide"),
    )
    told = [row for row in rows if len(set(row[len(fixed) :])) > 1]
    return _grid(comparison, "differences", fixed, told, lang)


def _given(line: Line, lang: str) -> str:
    path = line.key.split(".")
    if line.of == "scenario":
        return setting_head(path, lang)
    return figure_head(path, lang) if line.of == "policy" else label(line.key, lang)


def _values(line: Line, lang: str) -> Iterator[Any]:
    for value in line.values:
        if line.of in ("inputs", "versions"):
            yield str(value)[:DIGEST_SIGNS] if value else value
        else:
            yield value if is_number(value) else setting_text(value, lang)


def _grid(
    comparison: Comparison,
    title: str,
    fixed: tuple[Column, ...],
    rows: Sequence[Cells],
    lang: str,
    notes: tuple[str, ...] = (),
    kind: str = "figure",
) -> Grid:
    heads = (Column(run_head(comparison, entry, lang), kind) for entry in comparison.entries)
    if comparison.axes:
        of = f"{label('run_columns', lang)}: {axis_heads(comparison, lang)}"
        notes = (of, *notes)
    return Grid(label(title, lang), (*fixed, *heads), tuple(rows), frozen=len(fixed), notes=notes)


def _word(name: str, lang: str) -> str:
    return WORDS[name][lang == "en"]
