"""What a workbook may weigh, looked at in its archive before anything parses it.

Members, unpacked size, ratio, entities and the used range are read off the bytes as they unpack, so
a small file cannot become a large one. Source: reliability.md sections 2.4 and 5.
"""

import io
import re
import zipfile
import zlib

from optimizer.errors import Issue, Text
from optimizer.load.files import OLD_OFFICE, Refused
from optimizer.load.raw import unreadable

MOST_MEMBERS = 128
MOST_UNPACKED = 256 * 2**20
MOST_RATIO = 200
RATIO_FROM = 4 * 2**20  # below this size a high ratio is only a plain table
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 200, 3_000_000
MOST_STRING = 2**20
CHUNK = 2**20
OVERLAP = 64
REFERENCE = re.compile(rb'<(?:\w+:)?c\s[^>]{0,200}?r="([A-Z]{1,3})([0-9]{1,7})"')
ROW = re.compile(rb'<(?:\w+:)?row\s[^>]{0,200}?r="([0-9]{1,7})"')
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
SAVE_AGAIN = Text("请用 Excel 或 WPS 另存为 .xlsx。", "Save it as .xlsx in Excel or WPS.")
TRIM = Text("请删去表格以外的行、列和内容。", "Delete rows, columns and content beyond the table.")


def check_archive(content: bytes, file: str) -> bool:
    """Refused where *content* is no workbook to be opened; whether it holds formulas."""
    if content.startswith(OLD_OFFICE):
        raise Refused(
            unreadable(
                "old-workbook",
                file,
                "是旧版或加密的 Excel 文件。",
                "is an old or encrypted Excel file.",
                SAVE_AGAIN,
            )
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _check_members(archive, file, len(content))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Refused(no_workbook(file)) from None


def no_workbook(file: str) -> Issue:
    """The file cannot be opened as a workbook."""
    return unreadable(
        "workbook", file, "无法作为 .xlsx 打开。", "cannot be opened as .xlsx.", SAVE_AGAIN
    )


def _check_members(archive: zipfile.ZipFile, file: str, packed: int) -> bool:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS or len(set(names)) < len(names):
        raise Refused(_too_much(file, f"{len(members)} 个部件", f"{len(members)} parts"))
    if any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
        raise Refused(no_workbook(file))
    if "[Content_Types].xml" not in names or not any("workbook.xml" in name for name in names):
        raise Refused(no_workbook(file))
    unpacked, has_formulas = 0, False
    for member in members:
        size, formulas = _check_member(archive, member, file, unpacked, packed)
        unpacked += size
        has_formulas |= formulas
    return has_formulas


def _check_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str, before: int, packed: int
) -> tuple[int, bool]:
    """Unpack *member* piece by piece and stop at the first limit it breaks."""
    is_sheet = "worksheets/sheet" in member.filename or member.filename.startswith("xl/worksheets/")
    is_xml = member.filename.endswith((".xml", ".rels", ".vml"))
    size, cells, rows, tail, has_formulas = 0, 0, 0, b"", False
    with archive.open(member) as stream:
        while piece := stream.read(CHUNK):
            size += len(piece)
            _check_size(file, before + size, packed)
            text = tail + piece
            if is_xml:
                _check_xml(file, text)
            if is_sheet:
                cells += _check_range(file, text, member.filename)
                rows += len(ROW.findall(text))
                has_formulas |= bool(FORMULA.search(text))
                if cells > MOST_CELLS or rows > MOST_ROWS:
                    raise Refused(_too_wide(file, f"{rows} x {cells}"))
            tail = text[-OVERLAP:]
    return size, has_formulas


def _check_size(file: str, unpacked: int, packed: int) -> None:
    too_dense = unpacked > RATIO_FROM and unpacked > MOST_RATIO * packed
    if unpacked > MOST_UNPACKED or too_dense:
        mib = unpacked // 2**20
        raise Refused(_too_much(file, f"解压后超过 {mib} MiB", f"over {mib} MiB unpacked"))


def _check_xml(file: str, text: bytes) -> None:
    head = text[:4]
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(
            unreadable(
                "xml-entities",
                file,
                "含 XML 实体定义或非 UTF-8 部件。",
                "defines XML entities or has parts that are not UTF-8.",
                SAVE_AGAIN,
            )
        )


def _check_range(file: str, text: bytes, part: str) -> int:
    """The cells of a piece of a sheet; Refused where one lies beyond the range that is read."""
    count = 0
    for found in REFERENCE.finditer(text):
        count += 1
        if int(found[2]) > MOST_ROWS or _column_number(found[1]) > MOST_COLUMNS:
            raise Refused(_too_wide(file, (found[1] + found[2]).decode()))
    for found in ROW.finditer(text):
        if int(found[1]) > MOST_ROWS:
            raise Refused(_too_wide(file, found[1].decode()))
    del part
    return count


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_wide(file: str, place: str) -> Issue:
    return unreadable(
        "sheet-too-large",
        file,
        f"已用区域到 {place},最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列、{MOST_CELLS} 格。",
        f"is used up to {place}; at most {MOST_ROWS} rows, {MOST_COLUMNS} columns and "
        f"{MOST_CELLS} cells are read.",
        TRIM,
        value=place,
    )


def _too_much(file: str, zh: str, en: str) -> Issue:
    return unreadable(
        "workbook-too-large", file, f"{zh},超过上限。", f"has {en}, beyond the limit.", TRIM
    )
