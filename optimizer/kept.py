"""The best plan of a run that did not end well: told, and where the next run begins.

It stays in the journal beside the output folder until a run has published there. Nothing of it is
believed: the search takes it only where it keeps every rule of the case as it is now.
Source: reliability.md section 6 (nothing lost).
"""

from collections.abc import Callable
from typing import Any

from optimizer.errors import Text
from optimizer.hold import Held
from optimizer.labels import label, number_text
from optimizer.solve.journal import Kept, resume

Progress = Callable[[str, Any], None]
TAKEN = Text(
    "留下的方案符合现在的输入:从它出发,结果不会更差。",
    "The plan left keeps every rule of the input: the search starts from it and is never worse.",
)
DROPPED = Text(
    "留下的方案不符合现在的输入,没有采用。",
    "The plan left breaks rules of the input as it is now and is not used.",
)


def kept_plan(place: Held, tell: Progress) -> Kept:
    """What the run before left in the journal of *place*, told on *tell*."""
    if place.dead is not None:
        tell("note", place.dead)
    kept = resume(place.journal)
    if kept.plan is not None:
        tell("note", _found(kept))
    return kept


def with_news_of_it(tell: Progress) -> Progress:
    """*tell*, and in words whether the plan left was taken."""

    def told(kind: str, data: Any) -> None:
        tell(kind, data)
        if kind == "left":
            tell("note", TAKEN if data else DROPPED)

    return told


def _found(kept: Kept) -> Text:
    zh, en = (
        ", ".join(f"{label(level.name, lang)} {number_text(level.value)}" for level in kept.levels)
        for lang in ("zh", "en")
    )
    return Text(
        f"上一次运行没有写完,留下的最好方案:{zh}。",
        f"The run before was not finished; the best plan it left: {en}.",
    )
