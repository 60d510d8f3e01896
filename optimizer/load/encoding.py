"""Bytes of a CSV to text: byte-order marks, strict UTF-8, then GB18030; what fits none is refused.

GB18030 reads nearly any bytes, so what it makes is looked at before it is believed.
Source: contract section 1; reliability.md section 5 (reading rules).
"""

import codecs
import re

from optimizer.errors import Issue, Text
from optimizer.load.raw import unreadable

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
COMMON_SHARE = 0.9  # of the signs a GB18030 text has beyond ASCII, those every GB2312 font has
SAVE_AS = Text("请用 Excel 或 WPS 另存为“CSV UTF-8”。", "Save it as “CSV UTF-8” in Excel or WPS.")


class NotText(Exception):
    """The bytes are no text we read; carries the issue."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.code)
        self.issue = issue


def decoded(content: bytes, file: str) -> tuple[str, str]:
    """The text of *content* and the encoding it took; NotText where there is none to be sure of."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return _strictly(content, name, file), name
    if b"\0" in content[:4096]:
        raise NotText(_binary(file))
    name = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return content.decode(name), name
    except UnicodeDecodeError:
        pass
    _refuse_mixed(content, file)
    text = _strictly(content, "gb18030", file)
    beyond = [sign for sign in text if ord(sign) > 127]
    common = sum(_is_common(sign) for sign in beyond)
    if common < COMMON_SHARE * len(beyond) - 1:
        raise NotText(_no_encoding(file))
    return text, "gb18030"


def _strictly(content: bytes, name: str, file: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError:
        raise NotText(_no_encoding(file)) from None


def _is_common(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _refuse_mixed(content: bytes, file: str) -> None:
    """A file with a line that can only be UTF-8 is not GB18030: its other lines are damaged."""
    lines = content.splitlines()
    if not any(_is_utf8_chinese(line) for line in lines):
        return
    for number, line in enumerate(lines, start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            raise NotText(
                unreadable(
                    "encoding-mixed",
                    file,
                    f"第 {number} 行不是 UTF-8,其他行是:编码混用或文件损坏。",
                    f"line {number} is not UTF-8 while others are: mixed or damaged.",
                    SAVE_AS,
                    row=number,
                )
            ) from None


def _is_utf8_chinese(line: bytes) -> bool:
    try:
        return bool(HAN.search(line.decode("utf-8")))
    except UnicodeDecodeError:
        return False


def _no_encoding(file: str) -> Issue:
    return unreadable(
        "encoding",
        file,
        "既不是 UTF-8 也不是 GB18030。",
        "is neither UTF-8 nor GB18030.",
        SAVE_AS,
    )


def _binary(file: str) -> Issue:
    return unreadable("not-text", file, "不是文本文件。", "is no text file.", SAVE_AS)
