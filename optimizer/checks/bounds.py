"""V16b: each level's bound proved again by a relaxation of the verifier's own.

Three states: *certified*, where the bound proved here is as good as the one claimed, or is the
value itself; *partly*, certified to a wider bound; *claimed* by the solver only. A value beyond the
bound, or a file that states more than is proved here, is a violation.
Source: reliability.md section 3 (V16b); contract section 4; the argument: :mod:`bound`.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from optimizer.checks.bound.audit import Audit, Level
from optimizer.checks.facts import Facts
from optimizer.checks.findings import MUST, Findings
from optimizer.checks.folder import exact, plain

RULE = "V16b"
CERTIFICATES = ("claimed", "partly", "certified")  # each says more than the one before
MILLION = 10**6


def check(facts: Facts, findings: Findings) -> None:
    """What the dual vectors of the certificate prove of every level, beside what the file says."""
    audit = Audit(facts)
    levels = {level.name: level for level in audit.levels} if facts.folder.duals else {}
    bounds = audit.bounds if levels else {}
    for stated in facts.folder.plan["objective"]:
        name = stated["name"]
        bound, price, word = None, None, CERTIFICATES[0]
        if name in bounds:
            level = levels[name]
            bound = _outward(level, bounds[name])
            if level.is_max:
                price = _upward(audit.price_of_money(facts.folder.duals[name]) * MILLION)
            word = _word(level, bound, stated)
            findings.rule(
                RULE, "contract 4", name, MUST, bound, level.value, "", at_most=level.is_max
            )
            _bound_stated(stated, bound, level.is_max, findings)
        findings.certificates.append(
            {
                "name": name,
                "value": plain(exact(stated["value"])),
                "bound": None if stated["bound"] is None else plain(exact(stated["bound"])),
                "certificate": word,
                "certified_bound": None if bound is None else plain(bound),
                "per_million_yuan": None if price is None else plain(price),
            }
        )
        _word_stated(stated, word, findings)
        _price_stated(stated, price, findings)


def _outward(level: Level, bound: Fraction) -> Fraction:
    """*bound* with six decimals, no tighter than it is."""
    units = bound * MILLION
    return Fraction(units.__ceil__() if level.is_max else units.__floor__(), MILLION)


def _upward(price: Fraction) -> Fraction:
    """*price* with six decimals, no less than it is."""
    return Fraction((price * MILLION).__ceil__(), MILLION)


def _word(level: Level, bound: Fraction, stated: Mapping[str, Any]) -> str:
    is_closed = abs(bound - level.value) <= abs(level.value) / MILLION
    claimed = stated["bound"]
    meets = claimed is not None and _is_as_tight(bound, exact(claimed), level.is_max)
    return CERTIFICATES[2] if is_closed or meets else CERTIFICATES[1]


def _is_as_tight(bound: Fraction, other: Fraction, is_max: bool) -> bool:
    return bound <= other if is_max else bound >= other


def _word_stated(stated: Mapping[str, Any], word: str, findings: Findings) -> None:
    """The file states no better word than is proved here."""
    said = stated["certificate"]
    if said in CERTIFICATES and CERTIFICATES.index(said) > CERTIFICATES.index(word):
        findings.same(RULE, f"{_place(stated)} certificate", said, word)


def _price_stated(stated: Mapping[str, Any], price: Fraction | None, findings: Findings) -> None:
    """What the file states that more money can bring is what is proved here."""
    said = stated.get("per_million_yuan")
    if said is not None:
        shown = "" if price is None else plain(price)
        findings.same(RULE, f"{_place(stated)} per_million_yuan", plain(exact(said)), shown)


def _bound_stated(
    stated: Mapping[str, Any], bound: Fraction, is_max: bool, findings: Findings
) -> None:
    """Beside a word that says that it is proved, the file states no tighter bound than is."""
    if stated["certificate"] == CERTIFICATES[0] or stated["certified_bound"] is None:
        return
    claimed = exact(stated["certified_bound"])
    if not _is_as_tight(bound, claimed, is_max):
        findings.broken(
            RULE,
            f"{_place(stated)} certified_bound",
            plain(claimed),
            plain(bound),
            by=abs(claimed - bound),
            zh="写明的界比复核证明的更紧。",
            en="the bound stated is tighter than the one proved here.",
        )


def _place(stated: Mapping[str, Any]) -> str:
    return f"plan.json objective {stated['name']}"


def said_of(level: Mapping[str, Any]) -> str:
    """The state of a level in Chinese and English."""
    bound = level["certified_bound"]
    if level["certificate"] == CERTIFICATES[2]:
        return f"已证明 / certified ({bound})"
    if level["certificate"] == CERTIFICATES[0] and level["bound"] is None:
        return "没有界 / no bound is known"
    if level["certificate"] == CERTIFICATES[0]:
        return "求解器所称 / claimed by the solver only"
    share = percent_above(level)
    return f"已证明至 / certified to {bound if share is None else f'{share}%'}"


def percent_above(level: Mapping[str, Any]) -> str | None:
    """How far the certified bound is from the value, in % rounded up; None of a value of 0."""
    value, bound = (Fraction(str(level[key])) for key in ("value", "certified_bound"))
    if not value:
        return None
    return plain(Fraction((abs(bound - value) / abs(value) * 10_000).__ceil__(), 100))
