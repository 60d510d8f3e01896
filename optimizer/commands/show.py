"""``linli show``: expanded rows of the model."""

from typing import Annotated

import typer

from optimizer.commands.command import (
    DEFAULT_LANG,
    Json,
    Lang,
    Outside,
    ScenarioPath,
    ends_well,
    print_json,
)


@ends_well
def show(
    scenario: ScenarioPath,
    rows: Annotated[
        str, typer.Argument(help="约束族.行,可带下标 / FAMILY.ROW, an index in brackets")
    ],
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
    allow_outside: Outside = False,
) -> int:
    """展开模型的行 / print expanded rows of the model."""
    from optimizer import api

    del lang  # rows are mathematics
    found = api.show(scenario, rows, allow_outside=allow_outside)
    if as_json:
        print_json({"rows": found})
    else:
        for row in found:
            typer.echo(row)
    return 0
