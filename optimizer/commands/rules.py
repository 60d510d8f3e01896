"""``linli rules``: a pack, rule by rule."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.commands.command import DEFAULT_LANG, Json, Lang, ends_well, print_json


@ends_well
def rules(
    pack: Annotated[str, typer.Argument(help="规则包名或路径 / name or path of a pack")],
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
) -> int:
    """规则包的每一条在哪里处理 / where each rule of a pack is treated."""
    from optimizer.pack_page import pack_data, print_pack
    from optimizer.packs import read_policy

    policy = read_policy(pack, Path.cwd())
    if as_json:
        print_json(pack_data(policy, lang))
    else:
        print_pack(policy, lang)
    return 0
