"""``linli check``: every fault of the input."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.commands.command import (
    DEFAULT_LANG,
    Json,
    Lang,
    Outside,
    ScenarioPath,
    ends_well,
    print_issues,
    print_json,
    say,
)
from optimizer.errors import InputError, Issue, Text

HINT = Text(
    "加 --mark 问题.xlsx 可在工作簿的副本里标红。",
    "--mark faults.xlsx marks them in a copy of the workbook.",
)


@ends_well
def check(
    scenario: ScenarioPath,
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
    allow_outside: Outside = False,
    mark: Annotated[
        Path | None,
        typer.Option("--mark", help="问题标红的副本 .xlsx 或问题表 .csv / faults marked in a copy"),
    ] = None,
) -> int:
    """一次列出输入的全部问题 / every fault of the input at once."""
    from optimizer import api

    try:
        case = api.read_case(scenario, allow_outside=allow_outside)
    except InputError as error:
        if mark is not None:
            _mark(error.issues, scenario, mark, lang, allow_outside)
        elif any(issue.sheet for issue in error.issues):
            error.message = error.message.then(HINT)
        raise
    issues = case.issues
    if mark is not None:
        _mark(issues, scenario, mark, lang, allow_outside)
    if as_json:
        said = [issue.as_json(lang) for issue in issues]
        print_json({"issues": said, "encodings": dict(case.notes)})
    for file, encoding in case.notes.items():
        if encoding not in ("utf-8", "utf-8-sig"):
            say(Text(f"{file} 按 {encoding} 读取。", f"{file} was read as {encoding}."), lang)
    print_issues(issues, lang)
    warnings = "1 warning" if len(issues) == 1 else f"{len(issues)} warnings"
    done = Text(f"没有错误,{len(issues)} 条提示。", f"No faults, {warnings}.")
    say(done, lang)
    return 0


def _mark(
    issues: tuple[Issue, ...], scenario: Path, target: Path, lang: str, allow_outside: bool
) -> None:
    """Write the marked copy; where the scenario itself cannot be read, the table of faults."""
    from optimizer.case import readable_scenario
    from optimizer.mark import write_marked

    try:
        data = readable_scenario(scenario, allow_outside=allow_outside)[0].data
    except InputError:
        data = scenario
    write_marked(issues, data, target, lang)
    say(Text(f"问题已标在 {target}。", f"The faults are marked in {target}."), lang)
