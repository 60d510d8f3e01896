"""V18: every cell of projects.csv that follows from the plan, recomputed.

Source: contract section 4; HZ-48, HZ-66.
"""

from collections import defaultdict
from fractions import Fraction

from optimizer.checks.communities import form, project_key
from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import Row, amount, half_up, parts, plain

RULE = "contract 4"
NATURE = {"allocation": "配建", "supplement": "新建", "transfer": "划转", "conversion": "转型"}
OTHER_NATURE = "改建"
GIVEN = (
    "responsible_unit",
    "builder",
    "operator",
    "services",
    "operating_mode",
    "fee_standard",
    "supervision",
    "duties",
)
CONSENTS = ("consent_department", "consent_owner", "review_ok")


def check(facts: Facts, findings: Findings) -> None:
    """One row a hub or a used building outside one, each figure as the detail gives it."""
    groups: dict[str, list[str]] = defaultdict(list)
    for building in facts.siting:
        if building in facts.buildings:
            groups[project_key(facts, building)].append(building)
    rows = {row["project"]: row for row in facts.folder.outputs["projects"]}
    for key in sorted(set(groups) ^ set(rows)):
        findings.broken(RULE, f"projects.csv {key}", "", "", zh="行有多缺。", en="row amiss.")
    for key, row in rows.items():
        if key in groups:
            _project(facts, findings, row, sorted(groups[key]))


def _project(facts: Facts, findings: Findings, row: Row, buildings: list[str]) -> None:
    place = f"projects.csv {row['project']}"
    first = facts.buildings[buildings[0]]
    host = facts.host[buildings[0]]
    is_hub = row["project"].startswith("hub:")
    natures = {NATURE.get(facts.buildings[b]["route"], OTHER_NATURE) for b in buildings}
    years = [facts.siting[b]["year"] for b in buildings]
    open_now = {c for b in buildings for c in CONSENTS if c in parts(facts.buildings[b]["derived"])}
    texts = {
        "name": facts.title(host) if is_hub else first["name"],
        "district": first["district"],
        "street": first["street"],
        "community": facts.siting[buildings[0]]["community"],
        "union": facts.siting[buildings[0]]["union"],
        "nature": ";".join(sorted(natures)),
        "hub_form": form(facts, host) if is_hub else "",
        "buildings": ";".join(buildings),
        "year": max(years),
        "status": "planned",
        "open_consents": ";".join(sorted(open_now)),
    }
    for column, value in (texts | _given(facts, buildings)).items():
        findings.same(RULE, f"{place} {column}", row[column], value)
    _amounts(facts, findings, row, buildings)


def _given(facts: Facts, buildings: list[str]) -> dict[str, str]:
    """What the planner's own table knows of the buildings; the building's row before its site's."""
    told: dict[str, list[str]] = {field: [] for field in GIVEN}
    for building in buildings:
        site = facts.buildings[building]["site"]
        rows = facts.folder.inputs["projects"]
        own = [row for row in rows if row["building"] == building]
        own += [row for row in rows if site and row["site"] == site]
        for field, words in told.items():
            word = next((row[field] for row in own if row[field]), "")
            if word and word not in words:
                words.append(word)
    return {field: ";".join(words) for field, words in told.items()}


def _amounts(facts: Facts, findings: Findings, row: Row, buildings: list[str]) -> None:
    place = f"projects.csv {row['project']}"
    areas: dict[str, Fraction] = defaultdict(Fraction)
    for (b, f), m2 in facts.installed.items():
        if b in buildings:
            areas[f] += m2
    said: dict[str, Fraction] = {}
    for entry in parts(row["functions"]):
        function, _, stated = entry.partition(":")
        said[function] = Fraction(stated)
    findings.same(
        RULE,
        f"{place} functions",
        str(sorted((f, plain(v)) for f, v in said.items())),
        str(sorted((f, plain(v)) for f, v in areas.items())),
    )
    cost = sum((facts.cost(b) for b in buildings), Fraction(0))
    paid: dict[str, Fraction] = defaultdict(Fraction)
    for funding in facts.folder.outputs["funding"]:
        if funding["building"] in buildings:
            paid[funding["source"]] += amount(funding, "yuan")
    shares = dict(entry.rpartition(":")[::2] for entry in parts(row["yuan_by_source"]))
    findings.same(
        RULE,
        f"{place} yuan_by_source",
        str(sorted((s, plain(Fraction(yuan))) for s, yuan in shares.items())),
        str(sorted((s, plain(yuan)) for s, yuan in paid.items())),
    )
    operating, revenue = yearly(facts, buildings)
    held = sum((r.m2 for b in buildings for r in facts.rooms_in.get(b, ())), Fraction(0))
    for column, claimed, value in (
        ("area_m2", amount(row, "area_m2"), held),
        ("total_yuan", amount(row, "total_yuan"), cost),
        ("operating_yuan_per_year", amount(row, "operating_yuan_per_year"), operating),
        ("revenue_yuan_per_year", amount(row, "revenue_yuan_per_year"), revenue),
    ):
        findings.equal(RULE, f"{place} {column}", claimed, value)


def yearly(facts: Facts, buildings: list[str]) -> tuple[Fraction, Fraction]:
    """Yearly operation (rent and m² × rate) and revenue of *buildings*, to the fen."""
    operating = sum(
        (amount(facts.buildings[b], "rent_yuan_per_year") for b in buildings), Fraction(0)
    )
    revenue = Fraction(0)
    for (b, f), m2 in facts.installed.items():
        if b in buildings:
            operating += m2 * amount(facts.functions[f], "operating_yuan_per_m2_year")
            revenue += m2 * amount(facts.functions[f], "revenue_yuan_per_m2_year")
    return half_up(operating, 2), half_up(revenue, 2)
