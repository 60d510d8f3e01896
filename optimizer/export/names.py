"""Names beside ids, and the words for codes: what every format shows of a result."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from optimizer.export.grid import Cells, Column, subtotals, total_row
from optimizer.labels import label
from optimizer.labels.functions import FUNCTIONS
from optimizer.labels.inputs import column_label, lock_text, source_text
from optimizer.labels.judging import clause_text, id_text, proof_text, rule_text, unit_text
from optimizer.result import Result
from optimizer.tables import FLAG, TABLES
from optimizer.text import CHINESE_OF

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
        listed = self.joined(str(member) for member in members)
        return f"{self.word('union')} {row['union']} ({listed})"

    def building(self, id: str) -> str:
        """Name of a building."""
        return str(self.buildings[id]["name"]) if id in self.buildings else id

    def function(self, id: str) -> str:
        """Name of a function."""
        if id not in self.functions:
            return id
        return function_name(id, str(self.functions[id]["name"]), self.lang)

    def joined(self, texts: Iterable[str]) -> str:
        """*texts* as one list in a sentence."""
        return (", " if self.lang == "en" else "、").join(texts)

    def domain_list(self, codes: str) -> str:
        """The words for a ``;`` list of domains."""
        return self.joined(self.domain(code) for code in codes.split(";") if code)

    def domain(self, id: str) -> str:
        """Name of a domain."""
        return str(self.domains[id][self.lang]) if id in self.domains else id

    def word(self, code: Any) -> str:
        """The word for a code."""
        return label(str(code), self.lang)

    def words(self, codes: str) -> str:
        """The words for a ``;`` list of codes."""
        return self.joined(self.word(code) for code in codes.split(";") if code)

    def counted(self, codes: str) -> str:
        """``fire_not_ok:2;floors_full:1`` as words with their counts."""
        pairs = (part.partition(":") for part in codes.split(";") if part)
        return self.joined(f"{self.word(code)} {count}" for code, _, count in pairs)

    def flag(self, value: Any) -> str:
        """Yes or no."""
        return YES_NO[self.lang][int(value or 0)]

    def totals(
        self,
        columns: Sequence[Column],
        rows: Sequence[Cells],
        by: Sequence[int],
        once: Sequence[Cells] | None = None,
    ) -> tuple[Cells, ...]:
        """Subtotals of *rows* by each of the columns at *by*, then the total.

        *once* are the rows that count in the total, where some of *rows* say the same m² again.
        """
        subtotal, nothing = self.word("subtotal"), self.word("no_value")
        parts = [part for at in by for part in subtotals(columns, rows, at, subtotal, nothing)]
        return (*parts, total_row(columns, rows if once is None else once, self.word("total")))

    def verdict(self, ok: bool) -> str:
        """Verdict of a rule; the sign says it without colour."""
        return f"✓ {self.word('holds')}" if ok else f"✗ {self.word('fails')}"

    def served(self, column: str) -> str:
        """Head of a column ``served_<function>``."""
        return f"{self.function(column.removeprefix('served_'))} {self.word('served').lower()}"

    def proof(self, level: Mapping[str, Any]) -> str:
        """Where the bound of a goal's level comes from."""
        return proof_text(level, self.lang)

    def mix(self, text: str) -> str:
        """``elderly_day:350.00;meal:120.00`` as names with m²."""
        pieces = (piece.partition(":") for piece in text.split(";") if piece)
        return self.mix_text({f: Decimal(m2) for f, _, m2 in pieces})

    def mix_text(self, areas: Mapping[str, Decimal]) -> str:
        """Areas by function as names with m²."""
        return self.joined(f"{self.function(f)} {m2:.2f}" for f, m2 in sorted(areas.items()))

    def uncovered_streets(self) -> list[str]:
        """Streets that the verdicts of the programme find without a hub."""
        streets = {(c["district"], c["street"]) for c in self.communities.values()}
        hubs = {row["building"] for row in self.result.tables["siting"] if row["hub"]}
        with_hub = {
            (b["district"], b["street"]) for b in self.buildings.values() if b["id"] in hubs
        }
        for row in self.result.tables["communities"]:
            given = self.communities[row["community"]]
            if row["covered"] and row["hub_form"] in ("existing", ""):
                with_hub.add((given["district"], given["street"]))
        return [street for _, street in sorted(streets - with_hub)]

    def scope(self, scope: str) -> str:
        """Ids in the scope of a verdict with their names, words for what has no id."""
        return " ".join(self._scoped(part.removeprefix("building:")) for part in scope.split())

    def _scoped(self, part: str) -> str:
        for known, name in ((self.communities, self.community), (self.buildings, self.building)):
            if part in known:
                return f"{part} {name(part)}".strip()
        return self.domain(part) if part in self.domains else self.function(self.source(part))

    def rule(self, rule: Mapping[str, Any]) -> str:
        """What the rule of a verdict asks for."""
        return rule_text(rule["id"], rule["kind"], self.result.policy["rules"], self.lang)

    def rule_id(self, rule: Mapping[str, Any]) -> str:
        """The id of the rule of a verdict."""
        return id_text(rule["id"], self.lang)

    def source(self, code: str) -> str:
        """The word for a source of money."""
        return source_text(code, self.lang)

    def project(self, id: str) -> str:
        """``hub:C1`` and ``building:B1`` in words."""
        kind, _, of = id.partition(":")
        return f"{self.word(f'project_{kind}')} {of}"

    def clause(self, rule: Mapping[str, Any]) -> str:
        """Where the rule of a verdict stands."""
        return clause_text(rule["clause"], self.lang)

    def unit(self, unit: str) -> str:
        """The unit of a verdict."""
        return unit_text(unit, self.lang)

    def amount(self, rule: Mapping[str, Any]) -> str:
        """What the rule of a verdict requires, with its unit."""
        number = str(rule["required"])
        return f"{number} {unit_text(rule['unit'], self.lang, number)}".strip()


def function_name(id: str, given: str, lang: str) -> str:
    """The name *given* to a function; of a shipped one in the language asked for."""
    shipped = FUNCTIONS.get(id)
    return shipped.en if shipped and given == shipped.zh and lang == "en" else given


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


def column_name(table: str, column: str, lang: str) -> str:
    """The head of an input column, as a template has it."""
    known = TABLES[table].column(column) if table in TABLES else None
    return known.zh[0] if known is not None and lang == "zh" else column_label(column, lang)


def value_text(table: str, column: str, value: Any, lang: str) -> str:
    """A value of an input column in words: its choice, yes or no, a lock, else as it is."""
    known = TABLES[table].column(column) if table in TABLES else None
    text = str(int(value)) if isinstance(value, bool) else str(value)
    if column == "lock":
        return "; ".join(lock_text(part.strip(), lang) for part in text.split(";"))
    if known is None or not (known.choices or known.kind == FLAG):
        return text
    return label(text, lang) if lang == "en" else CHINESE_OF.get(text, text)


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
            f"{figures['buildings_used']} buildings, {cost / 100:,.2f} million yuan."
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
