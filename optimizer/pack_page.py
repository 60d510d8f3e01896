"""A policy pack on the screen: where each rule and reading is treated, and its figures' sources."""

from typing import Any

from rich.table import Table

from models.policy import Policy, Reading, Rule
from optimizer.labels.places import KINDS, PLACES
from optimizer.labels.settings import figure_head
from optimizer.screen import screen

HEADS = {
    "rules": (
        ("编号", "条款", "性质", "内容", "在哪里处理"),
        ("id", "clause", "kind", "rule", "treated"),
    ),
    "readings": (
        ("编号", "性质", "问题", "怎样处理"),
        ("id", "kind", "question", "treated"),
    ),
    "figures": (
        ("数字", "键", "值", "条款", "编号", "可信度"),
        ("name", "figure", "value", "clause", "rule", "confidence"),
    ),
}


def pack_data(policy: Policy, lang: str) -> dict[str, Any]:
    """Rules and figures of *policy* as JSON data, texts in *lang*."""
    return {
        "id": policy.id,
        "name": getattr(policy, lang),
        "document": policy.document,
        "rules": [
            {
                "id": rule.id,
                "clause": rule.clause,
                "kind": rule.kind,
                "rule": getattr(rule, lang),
                "treated": treated(policy, rule, lang),
            }
            for rule in policy.rules
        ],
        "readings": [
            {
                "id": reading.id,
                "kind": reading.kind,
                "question": getattr(reading, lang),
                "treated": treated(policy, reading, lang),
            }
            for reading in policy.readings
        ],
        "figures": [
            {
                "name": figure_head(key.split("."), lang),
                "figure": key,
                "value": _shown(policy, key),
                "clause": source.clause,
                "rule": source.rule,
                "confidence": source.confidence,
            }
            for key, source in policy.sources.items()
        ],
    }


def treated(policy: Policy, row: Rule | Reading, lang: str) -> str:
    """Where a rule or reading is treated, figures with their value, and the note, in *lang*."""
    note = row.note_en if lang == "en" else row.note_zh
    return "; ".join([*(_place(policy, place, lang) for place in row.where), *filter(None, [note])])


def _place(policy: Policy, place: str, lang: str) -> str:
    kind, _, name = place.partition(" ")
    word = getattr(PLACES[kind], lang)
    return f"{word} {name} = {_shown(policy, name)}" if kind == "figure" else f"{word} {name}"


def print_pack(policy: Policy, lang: str) -> None:
    """Print the pack as two tables."""
    data, console = pack_data(policy, lang), screen()
    console.print(f"[bold]{data['name']}[/bold] · {data['document']}")
    for part, heads in HEADS.items():
        table = Table(box=None, pad_edge=False)
        for head in heads[lang == "en"]:
            table.add_column(head, overflow="fold")
        for row in data[part]:
            words = row | ({"kind": getattr(KINDS[row["kind"]], lang)} if "kind" in row else {})
            table.add_row(*(str(words[key]) for key in heads[1]))
        console.print(table)


def _shown(policy: Policy, key: str) -> str:
    name, _, kind = key.partition(".")
    value = getattr(policy, name)
    value = value[kind] if kind else value
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return str(value).lower()
    return "none" if value is None else str(value)
