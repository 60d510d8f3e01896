r"""Text of others as it may be shown: control and direction signs as ``\\uXXXX``, nothing lost.

A name may hold signs that no .xlsx, .docx or .gpkg can carry, or that turn the reading direction of
what stands beside it. :func:`visible` writes them out, :func:`original` takes that back exactly.
Source: reliability.md section 7, S39.
"""

import re

ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls; a line feed may stay
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction
    "\u2028\u2029\ud800-\udfff\ufffe\uffff]"  # line ends of their own, no characters at all
    r"|\\(?=u[0-9a-f]{4})"  # a backslash that would read as one of these
)


def visible(text: str) -> str:
    """*text* with every hidden sign written out."""
    return HIDDEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def original(text: str) -> str:
    """The text that :func:`visible` was given."""
    return ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
