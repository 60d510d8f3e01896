"""一项目一方案: a plan of each project as Word: what it is, floors, map, money, people, clauses.

``docx`` is one volume of all projects, ``docx-each`` a folder with one file a project. What nobody
knows reads 待填. Texts are text: no field, link or macro comes from data. Source: HZ-66.
"""

from collections.abc import Sequence
from pathlib import Path

from optimizer.counted import counted
from optimizer.export.grid import Column, Grid, as_text, width_of
from optimizer.export.names import Names, about, column_name
from optimizer.export.picture import SHAPE, Scene, chinese_font, project_picture, scene
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
from optimizer.export.word import (
    Look,
    Paper,
    Text,
    new_paper,
    page_break,
    paragraph,
    picture,
    save,
    table,
)
from optimizer.labels import head, label
from optimizer.result import Result

PICTURE_CM, PAGE_CM, WIDEST = 15.5, 16.2, 24
FACTS_CM = (3.1, 5.0, 3.1, 5.0)
CELL_CM, PADDING, WIDEST_WORD, SHORT = 0.16, 4, 14, 8  # a half-width sign, margins of a cell
FORBIDDEN = str.maketrans({sign: " " for sign in '<>:"/\\|?*'})
LONGEST_NAME = 60


def write_volume(result: Result, path: Path, lang: str) -> None:
    """Write every project of *result* to *path* as one .docx; needs the extra ``report``."""
    names = Names(result, lang)
    title = str(result.plan_json["scenario"]["name"])
    paper = new_paper(title)
    told = list(projects(result, names))
    _cover(paper, title, result, names)
    paragraph(paper, _word("list", names), "Heading 1")
    _table(paper, _list(told, names))
    drawn = scene(names)
    for number, project in enumerate(counted(told), start=1):
        page_break(paper)
        paragraph(paper, f"{number}  {project.row['name']}", "Heading 1")
        _chapter(paper, project, names, drawn, number)
    save(paper, path)


def write_each(result: Result, path: Path, lang: str) -> None:
    """Write every project of *result* into the folder *path*, one .docx each."""
    names = Names(result, lang)
    drawn = scene(names)
    path.mkdir()
    for number, project in enumerate(counted(list(projects(result, names))), start=1):
        name = str(project.row["name"])
        paper = new_paper(name)
        _cover(paper, name, result, names, project)
        _chapter(paper, project, names, drawn, 1)
        save(paper, path / f"{number:03d} {file_name(name)}.docx")


def file_name(name: str) -> str:
    """*name* as part of a file's name on every system."""
    return visible(name).translate(FORBIDDEN).strip(" .")[:LONGEST_NAME].strip(" .") or "-"


def _chapter(paper: Paper, project: Project, names: Names, drawn: Scene, number: int) -> None:
    _facts(paper, project, names)
    paragraph(paper, _word("floors", names), "Heading 2")
    _table(paper, floor_grid(project, names))
    given = given_grid(project, names)
    if given.rows:
        _table(paper, given)
    paragraph(paper, _word("place", names), "Heading 2")
    _place(paper, project, names, drawn, number)
    paragraph(paper, _word("money", names), "Heading 2")
    _table(paper, money_grid(project, names))
    if project.fundings:
        _table(paper, source_grid(project, names))
    paragraph(paper, _word("people", names), "Heading 2")
    if project.services:
        _table(paper, people_grid(project, names))
    else:
        paragraph(paper, _word("nobody", names))
    paragraph(paper, _word("clauses", names), "Heading 2")
    _table(paper, clause_grid(project, names))
    _open_points(paper, project, names)


def _cover(
    paper: Paper, title: str, result: Result, names: Names, project: Project | None = None
) -> None:
    for _ in range(5):
        paragraph(paper)
    paragraph(paper, title, "Title")
    paragraph(paper, _word("one_plan", names), "Subtitle")
    policy = result.policy
    lines = [(label("policy", names.lang), f"{policy[names.lang]} {policy['document']}")]
    if project is not None:
        row = project.row
        lines.append((head("project", names.lang), names.project(row["project"])))
        lines.append((head("street", names.lang), f"{row['district']} {row['street']}"))
        unit = row["responsible_unit"] or label("to_be_filled", names.lang)
        lines.append((head("responsible_unit", names.lang), unit))
    unknown = label("to_be_filled", names.lang)
    lines += [(_word(word, names), unknown) for word in ("made_by", "made_on")]
    for word, text in lines:
        paragraph(paper, f"{word}: {text}", "Cover line")
    for text in about(result, names.lang):
        paragraph(paper, text, "Note")
    page_break(paper)


def _facts(paper: Paper, project: Project, names: Names) -> None:
    pairs = facts_of(project, names)
    pairs += [("", "")] * (len(pairs) % 2)
    cells: list[Text] = [cell for w, t in pairs for cell in ((w, "head"), (t, "left"))]
    width = len(FACTS_CM)
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    table(paper, rows, FACTS_CM, fixed=True)
    paragraph(paper)


def _place(paper: Paper, project: Project, names: Names, drawn: Scene, number: int) -> None:
    is_hub = {row["building"]: bool(row["hub"]) for row in project.sitings}
    drawing = project_picture(drawn, names, is_hub, project.served)
    if drawing is None:
        paragraph(paper, _word("no_place", names))
        return
    caption = _word("caption", names)
    if chinese_font() is None:
        caption += _word("no_font", names)
    picture(paper, drawing, PICTURE_CM, SHAPE, f"{project.row['name']}: {caption}", number)
    paragraph(paper, caption, "Note")


def _open_points(paper: Paper, project: Project, names: Names) -> None:
    paragraph(paper, _word("open", names), "Heading 2")
    consents = names.words(project.row["open_consents"]) or _word("none", names)
    paragraph(paper, f"{head('open_consents', names.lang)}: {consents}")
    columns = sorted({column_name("buildings", c, names.lang) for _, c in project.assumed})
    if columns:
        paragraph(paper, f"{label('assumed', names.lang)}: {names.joined(columns)}")


def _list(told: Sequence[Project], names: Names) -> Grid:
    kinds = (
        *(("project", "text"), ("name", "text"), ("street", "text"), ("area_m2", "area")),
        ("total_yuan", "money"),
    )
    columns = (Column("#", "count"), *(Column(head(c, names.lang), kind) for c, kind in kinds))
    rows = tuple(
        (number, names.project(project.row["project"]), *(project.row[c] for c, _ in kinds[1:]))
        for number, project in enumerate(told, start=1)
    )
    total = names.totals(columns, rows, ())
    return Grid("", columns, rows, total)


def _table(paper: Paper, grid: Grid) -> None:
    listed = (*grid.rows, *grid.totals)
    texts = [[as_text(c.kind, v) for c, v in zip(grid.columns, r, strict=True)] for r in listed]
    heads: list[Text] = [(column.head, "head") for column in grid.columns]
    looks: list[Look] = ["right" if column.is_number else "left" for column in grid.columns]
    rows = [list(zip(row, looks, strict=True)) for row in texts]
    table(paper, [heads, *rows], _shares(grid.columns, texts))
    for note in grid.notes:
        paragraph(paper, note)
    paragraph(paper)


def _shares(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[float]:
    """Widths of the columns, cm: each its longest word, the rest shared by what stands in them."""
    least, wanted = [], []
    for at, column in enumerate(columns):
        texts = [row[at] for row in rows]
        longest = max(map(width_of, texts), default=0)
        words = (width_of(word) for text in (column.head, *texts) for word in _unbroken(text))
        least.append(min(WIDEST_WORD, max(words, default=0)) + PADDING)
        wanted.append(min(WIDEST, max(width_of(column.head) / 2, longest)) + PADDING)
    more = [max(0, wide - narrow) for wide, narrow in zip(wanted, least, strict=True)]
    room = max(0.0, PAGE_CM / CELL_CM - sum(least))
    share = room / max(1, sum(more))
    cells = [narrow + share * part for narrow, part in zip(least, more, strict=True)]
    return [PAGE_CM * width / sum(cells) for width in cells]


def _unbroken(text: str) -> list[str]:
    """What of *text* should stand on one line: a short text whole, else each word."""
    return [text] if width_of(text) <= SHORT else text.split()


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
