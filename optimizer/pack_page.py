"""A policy pack on the screen: where each rule is treated, where each figure comes from."""

from typing import Any

from rich.console import Console
from rich.table import Table

from models.policy import Policy

HEADS = {
    "rules": (
        ("编号", "条款", "性质", "内容", "在哪里处理"),
        ("id", "clause", "kind", "rule", "treated"),
    ),
    "figures": (
        ("数字", "值", "条款", "编号", "可信度"),
        ("figure", "value", "clause", "rule", "confidence"),
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
                "treated": rule.treated,
            }
            for rule in policy.rules
        ],
        "figures": [
            {
                "figure": key,
                "value": _shown(policy, key),
                "clause": source.clause,
                "rule": source.rule,
                "confidence": source.confidence,
            }
            for key, source in policy.sources.items()
        ],
    }


def print_pack(policy: Policy, lang: str) -> None:
    """Print the pack as two tables."""
    data, console = pack_data(policy, lang), Console(highlight=False)
    console.print(f"[bold]{data['name']}[/bold] · {data['document']}")
    for part, heads in HEADS.items():
        table = Table(box=None, pad_edge=False)
        for head in heads[lang == "en"]:
            table.add_column(head, overflow="fold")
        for row in data[part]:
            table.add_row(*(str(row[key]) for key in heads[1]))
        console.print(table)


def _shown(policy: Policy, key: str) -> str:
    name, _, kind = key.partition(".")
    value = getattr(policy, name)
    value = value[kind] if kind else value
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
