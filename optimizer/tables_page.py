"""Writes scenarios/TABLES.md from the table definitions: ``python -m optimizer.tables_page``."""

from pathlib import Path

from optimizer.tables import TABLES, Column, TableSpec

PAGE = Path(__file__).resolve().parent.parent / "scenarios" / "TABLES.md"
HEAD = """# 输入表 The input tables

Written from `optimizer/tables.py` by `python -m optimizer.tables_page`. Heads are the name or
any Chinese synonym; a unit may stand in brackets: 面积(㎡), 户数(万户), 取得费用(万元).
What files are accepted, and what is refused or told, is in README.md here.
Every `*_yuan` column also exists as `*_10k_yuan`.
"""


def page() -> str:
    """The page as text, one table a section."""
    return "\n".join([HEAD, *(_section(spec) for spec in TABLES.values())])


def _section(spec: TableSpec) -> str:
    rows = "\n".join(_row(column) for column in spec.columns)
    need = "required" if spec.required else "optional"
    return (
        f"## {spec.name} {spec.zh[0]}\n\n"
        f"{need}; one row a {' and '.join(spec.key)}\n\n"
        f"| column | 中文 | kind, unit, values | when empty |\n|---|---|---|---|\n{rows}\n"
    )


def _row(column: Column) -> str:
    return f"| `{column.name}` | {'、'.join(column.zh)} | {_kind(column)} | {_when_empty(column)} |"


def _kind(column: Column) -> str:
    parts = [column.kind, column.unit, ", ".join(column.choices), _range(column)]
    if column.refers:
        parts.append(f"an id of {column.refers}")
    if not column.is_supported:
        parts.append("not supported by this version: must stay empty")
    return "; ".join(part for part in parts if part)


def _range(column: Column) -> str:
    low, high = column.minimum, column.maximum
    sign = ">" if column.is_open_below else "≥"
    return " ".join(
        part
        for part in (
            "" if low is None else f"{sign} {low}",
            "" if high is None else f"≤ {high}",
        )
        if part
    )


def _when_empty(column: Column) -> str:
    if column.required:
        return "**required**"
    if column.default is None:
        return ""
    default = int(column.default) if isinstance(column.default, bool) else column.default
    return f"{default}, flagged as assumed" if column.is_assumed else str(default)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
