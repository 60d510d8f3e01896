"""Names beside ids, and the words for codes: what every format shows of a result."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from optimizer.labels import label
from optimizer.result import Result

YES_NO = {"zh": ("否", "是"), "en": ("no", "yes")}


class Names:
    """Looks names up in the inputs of one result."""

    def __init__(self, result: Result, lang: str) -> None:
        self.result, self.lang = result, lang
        self.communities = _by_id(result.inputs["communities"])
        self.buildings = _by_id(result.inputs["buildings"])
        self.functions = _by_id(result.inputs["functions"])
        self.domains = {d["id"]: d for d in result.policy["domains"]}

    def community(self, id: str) -> str:
        """Name of a community."""
        return str(self.communities[id]["name"]) if id in self.communities else id

    def host(self, row: Mapping[str, Any]) -> str:
        """Name of the community of a row, or the union it stands for with its members."""
        if not row["union"]:
            return self.community(row["community"])
        members = [c["name"] for c in self.communities.values() if c["union"] == row["union"]]
        return f"{self.word('union')} {row['union']}({'、'.join(members)})"

    def building(self, id: str) -> str:
        """Name of a building."""
        return str(self.buildings[id]["name"]) if id in self.buildings else id

    def function(self, id: str) -> str:
        """Name of a function."""
        return str(self.functions[id]["name"]) if id in self.functions else id

    def domain(self, id: str) -> str:
        """Name of a domain."""
        return str(self.domains[id][self.lang]) if id in self.domains else id

    def word(self, code: Any) -> str:
        """The word for a code."""
        return label(str(code), self.lang)

    def words(self, codes: str) -> str:
        """The words for a ``;`` list of codes."""
        return "、".join(self.word(code) for code in codes.split(";") if code)

    def flag(self, value: Any) -> str:
        """Yes or no."""
        return YES_NO[self.lang][int(value or 0)]

    def mix(self, text: str) -> str:
        """``elderly_day:350.00;meal:120.00`` as names with m²."""
        pieces = (piece.partition(":") for piece in text.split(";") if piece)
        return "、".join(f"{self.function(f)} {m2}" for f, _, m2 in pieces)

    def money(self, text: str) -> str:
        """``central:250000.00;own:350000.00`` as words with amounts."""
        pieces = (piece.rpartition(":") for piece in text.split(";") if piece)
        return "、".join(f"{self.word(source)} {Decimal(yuan):,.2f}" for source, _, yuan in pieces)

    def scope(self, scope: str) -> str:
        """Ids in the scope of a verdict with their names."""
        return " ".join(
            f"{part} {self.community(part)}" if part in self.communities else part
            for part in scope.split()
        )


def _by_id(rows: Any) -> Mapping[str, Any]:
    return {row["id"]: row for row in rows}


def about(result: Result, lang: str) -> list[str]:
    """What the case says of itself: notes, what is synthesised, attribution."""
    texts = result.plan_json["scenario"]["about"]
    keys = [key for key in texts if key.endswith(f"_{lang}")]
    keys += [key for key in texts if not key.endswith(("_zh", "_en"))]
    return [str(texts[key]) for key in keys]


def assumed(result: Result) -> list[tuple[str, str, int]]:
    """(table, column, rows) of every figure that was assumed or derived."""
    counts: dict[tuple[str, str], int] = {}
    for table, rows in result.inputs.items():
        for row in rows:
            for column in str(row.get("derived", "")).split(";"):
                if column:
                    counts[table, column] = counts.get((table, column), 0) + 1
    return [(table, column, count) for (table, column), count in sorted(counts.items())]


def headline(result: Result, lang: str) -> str:
    """The result in a sentence or two."""
    figures = result.plan_json["indicators"]
    cost = Decimal(figures["cost_yuan"]) / 10_000
    gaps = [level for level in result.plan_json["objective"] if level["gap"] is not None]
    first = gaps[0] if gaps else None
    if lang == "en":
        said = (
            f"{figures['pilots']} communities are brought to standard, "
            f"{figures['streets_covered']} of {figures['streets']} streets have a hub; "
            f"{figures['buildings_used']} buildings, {cost:,.2f} × 10,000 yuan."
        )
        proof = (
            " The number of pilots cannot be higher."
            if first and not first["gap"]
            else (f" At most {float(first['gap']):.1%} below the best possible." if first else "")
        )
        return said + proof
    said = (
        f"{figures['pilots']} 个社区达到标准,"
        f"{figures['streets']} 个街道中 {figures['streets_covered']} 个有民生幸福共同体;"
        f"用房 {figures['buildings_used']} 栋,一次性投入 {cost:,.2f} 万元。"
    )
    proof = (
        "达标社区数已不可能更多。"
        if first and not first["gap"]
        else (f"达标社区数最多比理论最好值低 {float(first['gap']):.1%}。" if first else "")
    )
    return said + proof
