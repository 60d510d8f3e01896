"""``linli assess``: today's gaps, no optimisation."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.commands.command import (
    DEFAULT_LANG,
    Force,
    Json,
    Lang,
    Outside,
    ScenarioPath,
    ends_well,
    print_json,
)


@ends_well
def assess(
    scenario: ScenarioPath,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="清单、工作簿、地图写入的文件夹 / folder of list, workbook, map"
        ),
    ] = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
    allow_outside: Outside = False,
) -> int:
    """现状缺口清单(查漏补缺) / today's gaps by community, function and clause."""
    from optimizer.assess import assess as assess_case
    from optimizer.assessment_page import print_assessment
    from optimizer.export.assessment import assessment_data, write_assessment
    from optimizer.publish import publish, refuse_if_taken

    if out is not None:
        refuse_if_taken(out, force=force)
    found = assess_case(scenario, allow_outside=allow_outside)
    if out is not None:
        with publish(out, force=force) as staged:
            write_assessment(found, staged, lang)
    if as_json:
        print_json(assessment_data(found))
    else:
        print_assessment(found, out, lang)
    return 0
