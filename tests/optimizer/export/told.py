"""What every cell of a run folder's CSV must read in a file for people, from the CSV alone."""

import csv
import json
import re
from dataclasses import dataclass
from decimal import Decimal

from optimizer.export.visible import visible
from optimizer.labels import head, label
from optimizer.labels.inputs import source_text
from optimizer.labels.judging import id_text

FLAGS = {"hub", "upgraded", "pilot", "to_standard", "covered"}
WORDS = {"route", "hub_form", "status", "reason"}
LISTS_OF_WORDS = {"nature", "open_consents"}
NUMBERS = re.compile(r"-?\d+(\.\d+)?")
TEXTS = {"building", "community", "union", "name", "district", "street", "slot"}
TEXTS |= {"responsible_unit", "builder", "operator", "services", "operating_mode", "fee_standard"}
TEXTS |= {"supervision", "duties"}
UNKNOWN = {*TEXTS} - {"building", "community", "union", "name", "district", "street"}
SHEETS = {
    "allocation": ("分配方案", "Allocation"),
    "siting": ("选址", "Siting"),
    "projects": ("项目清单", "Projects"),
    "communities": ("社区达标", "Communities"),
    "gaps": ("缺口清单", "Gaps"),
    "funding": ("资金", "Funding"),
}


def rows_of(file):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass(frozen=True)
class Run:
    """A run folder and a language; ``told`` gives a table's rows as head -> what it must read."""

    folder: object
    lang: str

    def rows(self, table):
        return rows_of(self.folder / f"{table}.csv")

    def sheet(self, table):
        return SHEETS[table][self.lang == "en"]

    def told(self, table):
        return [dict(self._cells(table, row)) for row in self.rows(table)]

    def names(self, table):
        return {row["id"]: row["name"] for row in self.rows(f"inputs/{table}")}

    def function(self, id):
        return self.names("functions")[id]

    def domains(self):
        policy = json.loads((self.folder / "inputs" / "policy.json").read_text("utf-8"))
        return {domain["id"]: domain[self.lang] for domain in policy["domains"]}

    def joined(self, texts):
        return ("、" if self.lang == "zh" else ", ").join(texts)

    def word(self, code):
        return label(code, self.lang)

    def _cells(self, table, row):
        for column, cell in row.items():
            if (table, column) == ("projects", "yuan_by_source"):
                for part in cell.split(";"):
                    source, _, yuan = part.rpartition(":")
                    yield f"{self.tell_source(source)} ({self.word('yuan')})", Decimal(yuan)
            elif (table, column) == ("projects", "functions"):
                yield head("functions_m2", self.lang), self._mix(cell)
            elif (table, column) == ("projects", "community"):
                yield head("community_name", self.lang), self.name("communities", cell)
            elif (table, column) != ("projects", "union"):
                yield self._head(column), self._cell(table, column, cell)

    def _head(self, column):
        if column.startswith("served_"):
            return f"{self.function(column.removeprefix('served_'))} {self.word('served').lower()}"
        return head(column, self.lang)

    def _cell(self, table, column, cell):
        if column in FLAGS:
            return {"zh": "否是", "en": ("no", "yes")}[self.lang][int(cell)]
        special = getattr(self, f"tell_{column}", None)
        if special is not None:
            return special(cell) if cell else ""
        if column in WORDS:
            return self.word(cell) if cell else ""
        if column in LISTS_OF_WORDS:
            return self.joined(self.word(code) for code in cell.split(";") if code)
        if column not in TEXTS and NUMBERS.fullmatch(cell):
            return Decimal(cell)
        empty = self.word("to_be_filled") if table == "projects" and column in UNKNOWN else ""
        return visible(cell) or empty

    def name(self, table, id):
        return visible(self.names(table)[id]) if id else ""

    def tell_project(self, cell):
        kind, id = cell.split(":")
        return visible(f"{self.word(f'project_{kind}')} {id}")

    def tell_source(self, cell):
        return source_text(cell, self.lang)

    def tell_function(self, cell):
        return visible(self.function(cell))

    def _mix(self, cell):
        pairs = (part.partition(":") for part in cell.split(";"))
        return visible(self.joined(f"{self.function(f)} {m2}" for f, _, m2 in pairs))

    def tell_domains(self, cell):
        return self.joined(self.domains()[code] for code in cell.split(";"))

    def tell_buildings(self, cell):
        parts = (f"{b} {self.name('buildings', b)}" for b in cell.split(";"))
        return self.joined(parts)

    def tell_remedy(self, cell):
        parts = (part.partition(":") for part in cell.split(";"))
        shown = (self.name("buildings", b) + (f" ({year})" if year else "") for b, _, year in parts)
        return self.joined(shown)

    def tell_obstacles(self, cell):
        pairs = (part.partition(":") for part in cell.split(";"))
        return self.joined(f"{self.word(code)} {count}" for code, _, count in pairs)

    def tell_taken_by(self, cell):
        return self.joined(self.name("communities", c) for c in cell.split(";"))

    def tell_way(self, cell):
        return self.name("buildings", cell)

    def verdicts(self):
        """(id, sign, required, actual) of every verdict."""
        plan = json.loads((self.folder / "plan.json").read_text("utf-8"))
        for rule in plan["rules"]:
            sign = "✓" if rule["ok"] else "✗"
            yield (
                id_text(rule["id"], self.lang),
                sign,
                Decimal(rule["required"]),
                Decimal(rule["actual"]),
            )


def number(text):
    """The number a page shows, and how many decimals it shows it to."""
    plain = text.replace(",", "")
    if plain.endswith("%"):
        shown = Decimal(plain.removesuffix("%")) / 100
        return shown, shown.as_tuple().exponent
    shown = Decimal(plain)
    return shown, shown.as_tuple().exponent


def reads(wanted, found):
    """*found* in a file is *wanted*: the same text, or the same number to the decimals shown."""
    if not isinstance(wanted, Decimal):
        return ("" if found is None or found != found else str(found)) == wanted
    if isinstance(found, int | float):
        return Decimal(repr(float(found))) == wanted
    shown, places = number(str(found))
    return round(wanted, -places) == shown
