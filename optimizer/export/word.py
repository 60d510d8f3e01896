"""A Word file of thousands of tables: cells and paragraphs are copies of ones python-docx made.

python-docx looks up style, id and place in the whole document at each call, which is quadratic;
here a copy is filled and put before the last section's mark. Source: ECMA-376 part 1, 17.2 to 17.4.
"""

import copy
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from optimizer.export.visible import visible
from optimizer.written import write_bytes

BODY, HEADING, LATIN = "仿宋", "黑体", "Times New Roman"
BODY_PT, TABLE_PT, NOTE_PT = 12, 9, 9
MARGIN_CM = 2.4
HEAD_FILL = "DCE6F1"
CELL, TABLE = "Cell", "Table Grid"
PARAGRAPHS = ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Note", "Cover line")
Look = Literal["head", "left", "right"]
LOOKS: tuple[Look, ...] = ("head", "left", "right")
Text = tuple[str, Look]


@dataclass(frozen=True)
class Paper:
    """A document being written: ``end`` stands after its last block, the rest is copied."""

    document: Any
    end: Any
    paragraphs: Mapping[str, Any]
    cells: Mapping[Look, Any]
    table_style: str


def new_paper(title: str) -> Paper:
    """An empty A4 document with our styles."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = Document()
    document.core_properties.title = visible(title)[:255]
    document.core_properties.author = "Linli"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(MARGIN_CM))
    sizes = {"Normal": BODY_PT, "Title": 24, "Subtitle": 16, "Heading 1": 16, "Heading 2": 13}
    for name, points in sizes.items():
        _style(document.styles[name], BODY if name == "Normal" else HEADING, Pt(points))
    _own_styles(document)
    for name in ("Title", "Subtitle", "Cover line"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_numbers(section)
    return _paper(document)


def paragraph(paper: Paper, text: str = "", style: str = "Normal") -> None:
    """Add *text* as a paragraph of *style*."""
    paper.end.addprevious(_filled(paper.paragraphs[style], text))


def page_break(paper: Paper) -> None:
    """Begin a new page."""
    from docx.oxml.ns import qn

    broken = _filled(paper.paragraphs["Normal"], "\n")
    next(broken.iter(qn("w:br"))).set(qn("w:type"), "page")
    paper.end.addprevious(broken)


def table(
    paper: Paper, rows: Iterable[Sequence[Text]], widths_cm: Sequence[float], *, fixed: bool = False
) -> None:
    """Add a table of texts with their looks; a first row of heads alone stands on each page.

    No row is broken between pages.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.table import CT_Tbl
    from docx.shared import Cm

    grid = CT_Tbl.new_tbl(0, len(widths_cm), Cm(sum(widths_cm)))
    grid.tblStyle_val = paper.table_style
    grid.autofit = not fixed
    for line, width in zip(grid.tblGrid.gridCol_lst, widths_cm, strict=True):
        line.w = Cm(width)
    columns = [_sized(paper.cells, Cm(width)) for width in widths_cm]
    for number, row in enumerate(rows):
        cells = OxmlElement("w:tr")
        cells.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if number == 0 and all(look == "head" for _, look in row):
            cells.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for (text, look), column in zip(row, columns, strict=False):
            cells.append(_filled(column[look], text))
        grid.append(cells)
    paper.end.addprevious(grid)


def picture(paper: Paper, png: bytes, width_cm: float, shape: float, told: str, at: int) -> None:
    """Add *png*, *shape* = height ÷ width, as the picture number *at* of the document."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import OxmlElement
    from docx.oxml.shape import CT_Inline
    from docx.parts.image import ImagePart
    from docx.shared import Cm

    name = f"image{at}.png"
    part = ImagePart(PackURI(f"/word/media/{name}"), CONTENT_TYPE.PNG, png)
    link = paper.document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    inline = CT_Inline.new_pic_inline(at, link, name, Cm(width_cm), Cm(width_cm * shape))
    inline.docPr.set("descr", visible(told))
    run = OxmlElement("w:r")
    run.add_drawing(inline)
    line = copy.deepcopy(paper.paragraphs["Normal"])
    for empty in line.r_lst:
        line.remove(empty)
    line.append(run)
    line.get_or_add_pPr().get_or_add_keepNext().val = True  # its caption stands below it
    paper.end.addprevious(line)


def save(paper: Paper, path: Path) -> None:
    """Write the document to *path*."""
    content = io.BytesIO()
    paper.document.save(content)
    write_bytes(path, content.getvalue())


def _paper(document: Any) -> Paper:
    """The models of all blocks, taken out of *document* once python-docx has made them there."""
    body = document.element.body
    paragraphs = {name: document.add_paragraph("-", style=name)._p for name in PARAGRAPHS}
    table = document.add_table(rows=1, cols=len(LOOKS))
    table.style = TABLE
    cells = {look: _cell(table.rows[0].cells[at], look) for at, look in enumerate(LOOKS)}
    style = table._tbl.tblStyle_val
    for block in (*paragraphs.values(), table._tbl):
        body.remove(block)
    return Paper(document, body.sectPr, paragraphs, cells, style)


def _cell(cell: Any, look: Look) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    run = paragraph.add_run("-")
    if look == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if look == "head":
        run.bold = True
        paragraph.paragraph_format.keep_with_next = True  # heads stand above what they head
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), HEAD_FILL)
        cell._tc.get_or_add_tcPr().append(shade)
    return cell._tc


def _sized(cells: Mapping[Look, Any], width: Any) -> Mapping[Look, Any]:
    sized = {look: copy.deepcopy(cell) for look, cell in cells.items()}
    for cell in sized.values():
        cell.width = width
    return sized


def _filled(model: Any, text: str) -> Any:
    """A copy of *model* whose one run says *text*, signs that no file may hold written out."""
    from docx.oxml.ns import qn

    block, shown = copy.deepcopy(model), visible(text)
    if "\n" in shown:
        next(block.iter(qn("w:r"))).text = shown
    else:
        said = next(block.iter(qn("w:t")))
        said.text = shown
        said.set(qn("xml:space"), "preserve")
    return block


def _own_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    for name, points, after in ((CELL, TABLE_PT, 0), ("Note", NOTE_PT, 4), ("Cover line", 14, 8)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _style(style, BODY, Pt(points))
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.space_before = Pt(0)


def _style(style: Any, font: str, size: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name, style.font.size = LATIN, size
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    fonts.set(qn("w:eastAsia"), font)


def _page_numbers(section: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
