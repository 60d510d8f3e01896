"""一项目一方案: a plan of each project as Word: what it is, floors, map, money, people, clauses.

``docx`` is one volume of all projects, ``docx-each`` a folder with one file a project. What nobody
knows reads 待填. Texts are text: no field, link or macro comes from data. Source: HZ-66.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from optimizer.export.grid import Column, Grid, as_text, width_of
from optimizer.export.names import Names, about, column_name
from optimizer.export.picture import Scene, chinese_font, project_picture, scene
from optimizer.export.project_facts import Project, projects
from optimizer.export.project_grids import (
    clause_grid,
    facts_of,
    floor_grid,
    given_grid,
    money_grid,
    people_grid,
    source_grid,
)
from optimizer.export.visible import visible
from optimizer.labels import head, label
from optimizer.result import Result
from optimizer.written import write_bytes

BODY, HEADING, LATIN = "仿宋", "黑体", "Times New Roman"
BODY_PT, TABLE_PT, NOTE_PT = 12, 9, 9
MARGIN_CM, PICTURE_CM, PAGE_CM, WIDEST = 2.4, 15.5, 16.2, 24
CELL_CM, PADDING, WIDEST_WORD, SHORT = 0.16, 4, 14, 8  # a half-width sign, margins of a cell
HEAD_FILL = "DCE6F1"
CELL = "Cell"
FORBIDDEN = str.maketrans({sign: " " for sign in '<>:"/\\|?*'})
LONGEST_NAME = 60


def write_volume(result: Result, path: Path, lang: str) -> None:
    """Write every project of *result* to *path* as one .docx; needs the extra ``report``."""
    names = Names(result, lang)
    document = _new(str(result.plan_json["scenario"]["name"]))
    told = list(projects(result, names))
    _cover(document, str(result.plan_json["scenario"]["name"]), result, names)
    _paragraph(document, _word("list", names), "Heading 1")
    _table(document, _list(told, names))
    drawn = scene(names)
    for number, project in enumerate(told, start=1):
        document.add_page_break()
        _paragraph(document, f"{number}  {project.row['name']}", "Heading 1")
        _chapter(document, project, names, drawn)
    _save(document, path)


def write_each(result: Result, path: Path, lang: str) -> None:
    """Write every project of *result* into the folder *path*, one .docx each."""
    names = Names(result, lang)
    drawn = scene(names)
    path.mkdir()
    for number, project in enumerate(projects(result, names), start=1):
        document = _new(str(project.row["name"]))
        _cover(document, str(project.row["name"]), result, names, project)
        _chapter(document, project, names, drawn)
        _save(document, path / f"{number:03d} {file_name(str(project.row['name']))}.docx")


def _save(document: Any, path: Path) -> None:
    content = io.BytesIO()
    document.save(content)
    write_bytes(path, content.getvalue())


def file_name(name: str) -> str:
    """*name* as part of a file's name on every system."""
    return visible(name).translate(FORBIDDEN).strip(" .")[:LONGEST_NAME].strip(" .") or "-"


def _chapter(document: Any, project: Project, names: Names, drawn: Scene) -> None:
    _facts(document, project, names)
    _paragraph(document, _word("floors", names), "Heading 2")
    _table(document, floor_grid(project, names))
    given = given_grid(project, names)
    if given.rows:
        _table(document, given)
    _paragraph(document, _word("place", names), "Heading 2")
    _place(document, project, names, drawn)
    _paragraph(document, _word("money", names), "Heading 2")
    _table(document, money_grid(project, names))
    if project.fundings:
        _table(document, source_grid(project, names))
    _paragraph(document, _word("people", names), "Heading 2")
    if project.services:
        _table(document, people_grid(project, names))
    else:
        _paragraph(document, _word("nobody", names))
    _paragraph(document, _word("clauses", names), "Heading 2")
    _table(document, clause_grid(project, names))
    _open_points(document, project, names)


def _cover(
    document: Any, title: str, result: Result, names: Names, project: Project | None = None
) -> None:
    for _ in range(5):
        document.add_paragraph()
    _paragraph(document, title, "Title")
    _paragraph(document, _word("one_plan", names), "Subtitle")
    policy = result.policy
    lines = [(label("policy", names.lang), f"{policy[names.lang]} {policy['document']}")]
    if project is not None:
        row = project.row
        lines.append((head("project", names.lang), row["project"]))
        lines.append((head("street", names.lang), f"{row['district']} {row['street']}"))
        unit = row["responsible_unit"] or label("to_be_filled", names.lang)
        lines.append((head("responsible_unit", names.lang), unit))
    unknown = label("to_be_filled", names.lang)
    lines += [(_word(word, names), unknown) for word in ("made_by", "made_on")]
    for word, text in lines:
        _paragraph(document, f"{word}: {text}", "Cover line")
    for text in about(result, names.lang):
        _paragraph(document, text, "Note")
    document.add_page_break()


def _facts(document: Any, project: Project, names: Names) -> None:
    pairs = facts_of(project, names)
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    table.autofit = False
    for at in range(0, len(pairs), 2):
        cells = table.add_row().cells
        for side, (word, text) in enumerate(pairs[at : at + 2]):
            _fill(cells[2 * side], word, is_head=True)
            _fill(cells[2 * side + 1], text)
    document.add_paragraph()


def _place(document: Any, project: Project, names: Names, drawn: Scene) -> None:
    is_hub = {row["building"]: bool(row["hub"]) for row in project.sitings}
    picture = project_picture(drawn, names, is_hub, project.served)
    if picture is None:
        _paragraph(document, _word("no_place", names))
        return
    from docx.shared import Cm

    document.add_picture(io.BytesIO(picture), width=Cm(PICTURE_CM))
    caption = _word("caption", names)
    if chinese_font() is None:
        caption += _word("no_font", names)
    _paragraph(document, caption, "Note")


def _open_points(document: Any, project: Project, names: Names) -> None:
    _paragraph(document, _word("open", names), "Heading 2")
    consents = names.words(project.row["open_consents"]) or _word("none", names)
    _paragraph(document, f"{head('open_consents', names.lang)}: {consents}")
    columns = sorted({column_name("buildings", c, names.lang) for _, c in project.assumed})
    if columns:
        _paragraph(document, f"{label('assumed', names.lang)}: {names.joined(columns)}")


def _list(told: Sequence[Project], names: Names) -> Grid:
    kinds = (
        *(("project", "text"), ("name", "text"), ("street", "text"), ("area_m2", "area")),
        ("total_yuan", "money"),
    )
    columns = (Column("#", "count"), *(Column(head(c, names.lang), kind) for c, kind in kinds))
    rows = tuple(
        (number, *(project.row[code] for code, _ in kinds))
        for number, project in enumerate(told, start=1)
    )
    total = names.totals(columns, rows, ())
    return Grid("", columns, rows, total)


def _new(title: str) -> Any:
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
    return document


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


def _paragraph(document: Any, text: str, style: str = "Normal") -> None:
    document.add_paragraph(visible(text), style=style)


def _table(document: Any, grid: Grid) -> None:
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1, cols=len(grid.columns))
    table.style = "Table Grid"
    shares = _shares(grid)
    for at, share in enumerate(shares):
        table.columns[at].width = share
    for cell, column in zip(table.rows[0].cells, grid.columns, strict=True):
        _fill(cell, column.head, is_head=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in (*grid.rows, *grid.totals):
        for cell, column, value in zip(table.add_row().cells, grid.columns, row, strict=True):
            _fill(cell, as_text(column.kind, value), to_right=column.is_number)
    for row in table.rows:
        for cell, share in zip(row._tr.tc_lst, shares, strict=True):
            cell.width = share
    for note in grid.notes:
        _paragraph(document, note)
    document.add_paragraph()


def _shares(grid: Grid) -> list[Any]:
    """Widths of the columns: each its longest word, the rest shared out by what stands in them."""
    from docx.shared import Cm

    least, wanted = [], []
    for at, column in enumerate(grid.columns):
        texts = [as_text(column.kind, row[at]) for row in (*grid.rows, *grid.totals)]
        longest = max(map(width_of, texts), default=0)
        words = (width_of(word) for text in (column.head, *texts) for word in _unbroken(text))
        least.append(min(WIDEST_WORD, max(words, default=0)) + PADDING)
        wanted.append(min(WIDEST, max(width_of(column.head) / 2, longest)) + PADDING)
    more = [max(0, wide - narrow) for wide, narrow in zip(wanted, least, strict=True)]
    room = max(0.0, PAGE_CM / CELL_CM - sum(least))
    share = room / max(1, sum(more))
    cells = [narrow + share * part for narrow, part in zip(least, more, strict=True)]
    return [Cm(PAGE_CM * width / sum(cells)) for width in cells]


def _unbroken(text: str) -> list[str]:
    """What of *text* should stand on one line: a short text whole, else each word."""
    return [text] if width_of(text) <= SHORT else text.split()


def _fill(cell: Any, text: str, *, is_head: bool = False, to_right: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = cell.paragraphs[0]
    paragraph._p.style = CELL  # by id: a look-up by name walks every style, cell by cell
    run = paragraph.add_run(visible(text))
    if to_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if is_head:
        run.bold = True
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), HEAD_FILL)
        cell._tc.get_or_add_tcPr().append(shade)


def _word(name: str, names: Names) -> str:
    return WORDS[name][names.lang == "en"]


WORDS = {
    "one_plan": ("一项目一方案", "One plan per project"),
    "list": ("项目清单", "Projects"),
    "made_by": ("编制单位", "Made by"),
    "made_on": ("编制日期", "Made on"),
    "floors": ("一、用房与分层功能", "1. Buildings and functions by floor"),
    "place": ("二、位置与服务范围", "2. Place and communities served"),
    "money": ("三、投资与资金来源", "3. Cost and sources"),
    "people": ("四、服务人口", "4. People served"),
    "clauses": ("五、条款核验", "5. Clauses"),
    "open": ("六、待办与假定", "6. Open points and assumptions"),
    "nobody": ("本项目不承担人数型服务需求。", "No need counted in persons is served here."),
    "no_place": ("数据没有坐标,不绘位置图。", "The data have no coordinates: no map."),
    "caption": (
        "▲ 共同体用房 ■ 其他用房 ● 所服务社区(灰色为其他社区和候选房屋),虚线为服务关系。",
        "▲ building of a hub ■ other building ● community served (grey: others), dashed: serves.",
    ),
    "no_font": (
        "本机没有中文字体,图中以编码代替名称;安装 fonts-noto-cjk(Debian、Ubuntu)后重新导出。",
        " No Chinese font here, ids stand for names: install fonts-noto-cjk and export again.",
    ),
    "none": ("无", "none"),
}
