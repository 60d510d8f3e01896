"""What a value of a person's TOML file must be, and every fault of a file against it.

Unknown keys name the nearest key. Source: contract section 2.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from optimizer.errors import InputError, Issue, Text

MOST_BYTES = 2**20
TOML_LINE = re.compile(r"at line (\d+)")
MOST_YUAN = 10**13  # ten times what all cities spend in a year: a larger one is in the wrong unit
MOST_COUNT, MOST_METRES = 10**9, 10**7
Fault = tuple[str, str, str]  # code, Chinese, English


@dataclass(frozen=True)
class Kind:
    """What a value must be: a check, and the kinds of its keys or of each of its entries."""

    check: Callable[[Any], Fault | None]
    keys: "Mapping[str, Kind] | None" = None
    each: "Kind | None" = None
    required: tuple[str, ...] = ()

    def fault(self, value: Any) -> Fault | None:
        """What is wrong with *value* itself, or None."""
        return self.check(value)


def must(test: Callable[[Any], bool], zh: str, en: str, code: str = "wrong-type") -> Kind:
    """A value that passes *test*; the texts say what it must be."""
    return Kind(lambda value: None if test(value) else (code, f"应为{zh}。", f"must be {en}."))


def is_number(value: Any) -> bool:
    """An int or an exact decimal, no truth value."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    return isinstance(value, int) or value.is_finite()


def _is_money(value: Any) -> bool:
    return is_number(value) and 0 <= value <= MOST_YUAN and Decimal(value) * 100 % 1 == 0


def _is_10k_money(value: Any) -> bool:
    is_sane = is_number(value) and 0 <= value <= MOST_YUAN // 10_000
    return is_sane and Decimal(value) * 1_000_000 % 1 == 0


def table(keys: Mapping[str, Kind], required: tuple[str, ...] = ()) -> Kind:
    """A table of named keys, some required; others are unknown."""
    kind = must(lambda v: isinstance(v, dict), "一组键值", "a table")
    return Kind(kind.check, keys=keys, required=required)


def mapping(each: Kind) -> Kind:
    """A table whose keys are free; each value is of one kind."""
    kind = must(lambda v: isinstance(v, dict), "一组键值", "a table")
    return Kind(kind.check, each=each)


def by_year(each: Kind) -> Kind:
    """Values by year."""
    kind = must(
        lambda v: isinstance(v, dict) and all(key.isdecimal() and len(key) == 4 for key in v),
        "以年份为键的一组金额",
        "amounts by year, like { 2025 = 100 }",
    )
    return Kind(kind.check, each=each)


def by_name(each: Kind) -> Kind:
    """Values by name, at least one; names can stand in a list of ``name:amount;...``."""
    kind = must(
        lambda v: isinstance(v, dict) and len(v) > 0 and not any(set(key) & set(";:") for key in v),
        "至少一个来源的金额,名称不含分号和冒号",
        "amounts of at least one source, names without ; and :",
    )
    return Kind(kind.check, each=each)


def list_of(each: Kind, zh: str, en: str) -> Kind:
    """A list with at least one entry."""
    kind = must(lambda v: isinstance(v, list) and len(v) > 0, zh, en)
    return Kind(kind.check, each=each)


ANY = Kind(lambda _: None)
TEXT = must(lambda v: isinstance(v, str), "文字", "a text")
REASON = must(lambda v: isinstance(v, str) and bool(v.strip()), "理由(文字)", "a reason in words")
FLAG = must(lambda v: isinstance(v, bool), "true 或 false", "true or false")
COUNT = must(
    lambda v: isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= MOST_COUNT,
    "非负整数,最多 1,000,000,000",
    "a whole number ≥ 0, at most 1,000,000,000",
)
YEAR = must(lambda v: isinstance(v, int) and 1900 <= v <= 2200, "年份", "a year")
MONEY = must(_is_money, "金额(元,最多到分)", "money in yuan, to the fen at most")
MONEY_10K = must(_is_10k_money, "金额(万元,最多到分)", "money in 10,000 yuan, to the fen at most")
METRES = must(lambda v: is_number(v) and 0 <= v <= MOST_METRES, "米数 ≥ 0", "metres ≥ 0")
FACTOR = must(lambda v: is_number(v) and v >= 1, "系数 ≥ 1", "a factor ≥ 1")
VALUE = must(lambda v: isinstance(v, str | int | Decimal), "文字或数字", "a text or a number")
UNREADABLE: Mapping[type[Exception], Fault] = {
    FileNotFoundError: ("no-scenario", "没有这个方案文件。", "there is no such scenario file."),
    tomllib.TOMLDecodeError: ("toml", "不是有效的 TOML。", "is no valid TOML."),
    UnicodeDecodeError: ("unreadable", "无法按 UTF-8 读取。", "cannot be read as UTF-8."),
    RecursionError: ("toml", "嵌套过深。", "is nested too deep."),
    OverflowError: ("toml-too-large", "超过 1 MiB。", "is larger than 1 MiB."),
    ValueError: ("toml", "不是有效的 TOML。", "is no valid TOML."),
    OSError: ("unreadable", "无法读取。", "cannot be read."),
}


def read_toml(file: Path) -> dict[str, Any]:
    """The content of *file*, numbers as exact Decimals; InputError where it cannot be read."""
    try:
        if file.exists() and not file.is_file():
            raise IsADirectoryError(file.name)
        if file.is_file() and file.stat().st_size > MOST_BYTES:
            raise OverflowError(f"{file.stat().st_size:,} bytes")
        return tomllib.loads(file.read_text("utf-8-sig"), parse_float=Decimal)
    except tuple(UNREADABLE) as error:
        raise InputError([_unreadable(file, error)]) from None


def _unreadable(file: Path, error: Exception) -> Issue:
    """The file that *error* kept from being read; of TOML the line at fault, as it is."""
    code, zh, en = next(UNREADABLE[kind] for kind in UNREADABLE if isinstance(error, kind))
    at = TOML_LINE.search(str(error))
    if code == "toml" and at is not None:
        lines = file.read_text("utf-8-sig").splitlines()
        shown = "".join(lines[int(at[1]) - 1 : int(at[1])]).strip()[:60]
        return replace(_fault(file.name, "", code, shown, zh, en), row=int(at[1]))
    size = str(error) if isinstance(error, OverflowError) else ""
    return _fault(file.name, "", code, str(file) if isinstance(error, OSError) else size, zh, en)


def faults_in(content: Any, kind: Kind, path: str, file: str) -> Iterator[Issue]:
    """What is wrong with *content* of *file* at *path*: types, unknown and missing keys."""
    wrong = kind.fault(content)
    if wrong is not None:
        code, zh, en = wrong
        yield _fault(file, path, code, str(content)[:60], zh, en)
        return
    if kind.keys is not None:
        yield from _faults_of_keys(content, kind, path, file)
    elif kind.each is not None:
        parts = content.items() if isinstance(content, dict) else enumerate(content, start=1)
        for key, value in parts:
            yield from faults_in(value, kind.each, f"{path}.{key}", file)


def _faults_of_keys(content: Any, kind: Kind, path: str, file: str) -> Iterator[Issue]:
    assert kind.keys is not None
    for key, value in content.items():
        place = f"{path}.{key}".lstrip(".")
        if key in kind.keys:
            yield from faults_in(value, kind.keys[key], place, file)
            continue
        near = difflib.get_close_matches(key, kind.keys, 1, 0.5)
        hint = near or [", ".join(kind.keys)]
        yield _fault(
            file,
            place,
            "unknown-key",
            "",
            f"没有这个键;最接近的是 {hint[0]}。",
            f"is no key; the nearest is {hint[0]}.",
        )
    for key in kind.required:
        if key not in content:
            yield _fault(
                file, f"{path}.{key}".lstrip("."), "missing-key", "", "缺少这个键。", "is required."
            )


def _fault(file: str, key: str, code: str, value: str, zh: str, en: str) -> Issue:
    return Issue(code, Text(zh, en), Text("", ""), file=file, column=key, value=value)
