"""How much a command says: what every command's -q and -v mean."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """``quiet``: no progress and no notes, results and errors only; ``verbose``: whole tables."""

    quiet: bool = False
    verbose: bool = False


ORDINARY = Voice()
VOICE: ContextVar[Voice] = ContextVar("voice", default=ORDINARY)
