"""Every way Linli says no: located issues of the input, and the exceptions that carry exit codes.

Exit codes: contract section 3. Messages are bilingual, Chinese first; an issue says where, what it
is, what it must be and what to do (design section 3).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from optimizer.fixes import fix_of


@dataclass(frozen=True, slots=True)
class Text:
    """One message in Chinese and English."""

    zh: str
    en: str

    def get(self, lang: str) -> str:
        """The message in *lang*, ``zh`` or ``en``."""
        return self.en if lang == "en" else self.zh

    def then(self, more: "Text") -> "Text":
        """This message and *more* after it."""
        return Text(self.zh + more.zh, f"{self.en} {more.en}")


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault of the input, where a user finds it; ``row`` counts as the user's program does."""

    code: str  # stable, kebab-case: "area-not-positive"
    message: Text  # what it is and what it must be
    fix: Text  # what to do
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""  # the head as the user wrote it
    value: str = ""
    severity: str = "error"  # error | warning

    def place(self, lang: str) -> str:
        """File, sheet, row and column in words of *lang*."""
        row = (f"第 {self.row} 行" if lang == "zh" else f"row {self.row}") if self.row else ""
        parts = (self.file, self.sheet, row, self.column)
        return " · ".join(part for part in parts if part)

    def line(self, lang: str) -> str:
        """The whole issue as one line of text."""
        shown = f" = {self.value!r}" if self.value else ""
        return f"{self.place(lang)}{shown}: {self.message.get(lang)} {self.advice(lang)}".strip()

    def advice(self, lang: str) -> str:
        """What to do: its own fix, else the one for faults of its code."""
        return self.fix.get(lang) or Text(*fix_of(self.code, self.severity)).get(lang)

    def as_json(self, lang: str) -> dict[str, Any]:
        """The issue as JSON data, texts in *lang*."""
        return asdict(self) | {"message": self.message.get(lang), "fix": self.advice(lang)}


class LinliError(Exception):
    """Base of everything a user may see; ``exit_code`` ends the program."""

    exit_code = 1

    def __init__(self, message: Text) -> None:
        super().__init__(message.zh)
        self.message = message


class InputError(LinliError):
    """The input or the call is wrong (exit 2); carries every issue found in one pass."""

    exit_code = 2

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        count = sum(issue.severity == "error" for issue in self.issues)
        faults = "1 fault" if count == 1 else f"{count} faults"
        super().__init__(Text(f"输入有 {count} 处错误。", f"The input has {faults}."))


class CallError(LinliError):
    """The call itself cannot be carried out, e.g. the folder exists (exit 2)."""

    exit_code = 2


class StoppedEarly(LinliError):
    """The user stopped it; what is finished is kept (exit 3)."""

    exit_code = 3


class NoPlanCanExist(LinliError):
    """A must is proved impossible (exit 4)."""

    exit_code = 4


class NoPlanFound(LinliError):
    """No plan was found in the time given (exit 5)."""

    exit_code = 5


class BrokenPlan(LinliError):
    """The verifier found a violation in our own plan (exit 6)."""

    exit_code = 6
