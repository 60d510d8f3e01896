"""How values stand in the files of a run folder: one text for one value.

Numbers are plain decimals without exponent, flags 0/1, lists joined by ``;``, absent is empty.
Source: contract section 4.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any


def text_of(value: Any) -> str:
    """The canonical text of *value*."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple | list | frozenset | set):
        parts = value if isinstance(value, tuple | list) else sorted(value)
        return ";".join(text_of(part) for part in parts)
    return str(value)


def csv_text(heads: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """CSV with *heads*, one line a row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([text_of(row.get(head)) for head in heads])
    return buffer.getvalue()


def json_text(data: Any) -> str:
    """JSON with Decimals as numbers; up to 15 digits their decimals print exactly."""
    return json.dumps(_plain(data), ensure_ascii=False, indent=1)


def _plain(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, tuple | list):
        return [_plain(value) for value in data]
    if isinstance(data, frozenset | set):
        return [_plain(value) for value in sorted(data)]
    if isinstance(data, Decimal):
        return int(data) if data == data.to_integral_value() else float(data)
    return data
