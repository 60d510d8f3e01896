"""A constraint family as the registry knows it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.instance import Instance

LOCAL, LINKING = "local", "linking"


@dataclass(frozen=True, slots=True)
class Family:
    """``add(block, model, instance)`` adds the rows; ``scope`` says whether owners meet in them."""

    name: str
    add: Callable[[Any, Any, Instance], None]
    scope: str
