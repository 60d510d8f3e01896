"""Writes FORMULATION.md from the docstrings of families and goals.

Run ``python -m models.formulation``.

The docstrings are the documentation; this page only puts them in one place, in order.
"""

import sys
from pathlib import Path
from types import ModuleType

from models.constraints import FAMILIES
from models.objectives import CLOSING, GOALS

PAGE = Path(__file__).parent / "FORMULATION.md"
HEAD = """# Formulation

Generated from the docstrings of `models/constraints` and `models/objectives` by
`python -m models.formulation`; edit those, not this page. The first index of every decision is the
host that owns it; "local" rows have one host, "linking" rows several.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, "\n## Constraint families\n"]
    for number, family in enumerate(FAMILIES, start=1):
        parts.append(_section(f"{number}. {family.name} · {family.scope}", _module(family.add)))
    parts.append("\n## Goals\n")
    for name, goal in GOALS.items():
        closing = " · closing" if name in CLOSING else ""
        parts.append(_section(f"{name} · {goal.sense}{closing}", _module(goal.expression)))
    return "\n".join(parts).rstrip() + "\n"


def _module(function: object) -> ModuleType:
    return sys.modules[str(getattr(function, "__module__", ""))]


def _section(title: str, module: ModuleType) -> str:
    body = (module.__doc__ or "").strip().replace(".. math::", "*Mathematics:*")
    return f"### {title}\n\n```rst\n{body}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
