"""What a number's format shows beside it: a unit, a percentage, a number made smaller.

A workbook may keep 30 and show 30万元, or keep 300000 and show 30.0万: what a clerk reads is what
is shown. Source: ECMA-376 part 1, 18.8.31 (numFmts).
"""

import re
from decimal import Decimal
from functools import lru_cache

from optimizer.units import is_unit

CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)\]")
CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|[_*].')
BARE = re.compile(r"[\u4e00-\u9fff㎡²$€£]+")
SMALLER = re.compile(r"(?<=[0#?])(,+)(?=[^0#?,]|$)")
POINT = "\x00"  # a point that is only written: the digits after it are the number's last
MOVED = re.compile(rf"{POINT}([0#?]+)")
YUAN = ("", "¥", "￥", "RMB", "CNY")
HOLDS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


def shown_as(value: float, pattern: str) -> tuple[Decimal, str]:
    """What *value* is divided by where *pattern* shows it, and the unit that stands beside it."""
    if pattern in ("General", "@", "0", "0.00", "#,##0", "#,##0.00"):
        return Decimal(1), ""
    return _said(_section(value, pattern))


def _section(value: float, pattern: str) -> str:
    sections = pattern.split(";")
    conditions = [CONDITION.search(section) for section in sections]
    if any(conditions):
        pairs = list(zip(sections, conditions, strict=True))
        held = (s for s, c in pairs if c and HOLDS[c[1]](value, float(c[2])))
        return next(held, next((s for s, c in pairs if not c), sections[-1]))
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[1] if value < 0 and len(sections) > 1 else sections[0]


@lru_cache(maxsize=512)
def _said(section: str) -> tuple[Decimal, str]:
    symbols = [symbol.strip() for symbol in CURRENCY.findall(section)]
    bare = CONDITION.sub("", CURRENCY.sub("", section))
    words = ["".join(pair).strip() for pair in LITERAL.findall(bare)]
    bare = LITERAL.sub(lambda found: POINT if (found[1] or found[2]) == "." else "", bare)
    bare = re.sub(r"\[[^\]]*\]", "", bare)
    words += BARE.findall(bare)
    scale = Decimal(1000) ** sum(map(len, SMALLER.findall(bare)))
    scale *= Decimal(10) ** sum(map(len, MOVED.findall(bare)))
    units = [symbol for symbol in symbols if symbol not in YUAN]
    units += [word for word in words if is_unit(word)]
    if "%" in bare:
        return scale / 100, "%"
    return scale, units[0] if units else ""
