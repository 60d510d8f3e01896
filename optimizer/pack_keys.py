"""The keys of a policy pack: what each figure must be, and which a pack cannot do without.

Source: contract section 2; design section 3 ("a figure without a source does not load").
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields

from models.policy import Policy
from optimizer.kinds import ANY, COUNT, FLAG, TEXT, Kind, is_number, mapping, must, table
from optimizer.scenario_keys import GOALS_READ

WORDS: Mapping[str, tuple[str, ...]] = {
    "street_coverage": ("target", "must"),
    "community_coverage": ("target", "must"),
    "domains_from": ("own", "reach"),
    "domain_mode": ("any", "all"),
    "hub_place": ("building", "site"),
    "hosts": ("community", "building"),
    "union_places": ("one", "members"),
    "hub_count": ("target", "must"),
}
BY_KIND = ("area_per_100_households_m2", "hub_min_m2", "nonpilot_hub_min_m2")
AMOUNTS = (
    "hub_office_m2",
    "persons_per_household",
    "adjacency_m",
    "walk_limit_m",
    "min_lease_years",
    "dispersed_hub_m",
)
SHARES = ("office_share", "residents_share", "pilot_tolerance")
FLAGS = (
    "domains_required",
    "hub_inside_total",
    "count_existing",
    "round_up",
    "one_hub_a_site",
    "dispersed_hub",
)
COUNTS = ("hub_min_items", "hub_min_core_items", "dispersed_hub_places")
LISTS = ("core_items", "pilot_types", "pilot_districts", "goals")
OTHERS = ("id", "zh", "en", "document", "in_force", "domains", "routes")

SOURCE = {"clause": TEXT, "rule": TEXT, "confidence": TEXT}
AMOUNT = must(lambda v: is_number(v) and v >= 0, "数字 ≥ 0", "a number ≥ 0")
SHARE = must(lambda v: is_number(v) and 0 <= v <= 1, "0 到 1 的数", "a number from 0 to 1")
PILOTS = must(
    lambda v: v == "none" or COUNT.fault(v) is None, '整数或 "none"', 'a whole number or "none"'
)
LIMIT = must(
    lambda v: v == "none" or AMOUNT.fault(v) is None, '数字 ≥ 0 或 "none"', 'a number ≥ 0 or "none"'
)
TEXTS = must(
    lambda v: isinstance(v, list) and all(isinstance(word, str) for word in v),
    "文字的列表",
    "a list of texts",
)
ORDER = must(
    lambda v: isinstance(v, list) and len(v) > 0 and set(v) <= set(GOALS_READ),
    f"目标的列表:{'、'.join(GOALS_READ)}",
    f"a list of goals: {', '.join(GOALS_READ)}",
)

ROOM = must(
    lambda v: (
        isinstance(v, dict)
        and len(v) > 1
        and all(isinstance(slot, str) and slot.strip() for slot in v.values())
        and len(set(v.values())) == len(v)
    ),
    '至少两个功能各自的时段,互不相同:{ hall = "上午", child = "放学后" }',
    'the slots of two functions or more, all different: { hall = "am", child = "pm" }',
)
ROOMS = Kind(must(lambda v: isinstance(v, list), "列表", "a list").check, each=ROOM)


def _entries(length: int) -> Kind:
    return must(
        lambda v: (
            isinstance(v, list)
            and all(isinstance(row, list) and len(row) == length for row in v)
            and all(isinstance(text, str) for row in v for text in row)
        ),
        f"每条 {length} 项文字的列表",
        f"a list of entries of {length} texts",
    )


def _word(words: tuple[str, ...]) -> Kind:
    return must(lambda v: v in words, f"其一:{'、'.join(words)}", f"one of: {', '.join(words)}")


def _figure(value: Kind) -> Kind:
    return table({"value": value, **SOURCE})


#: what the value of each figure must be, in a pack as in a scenario's [rules]
VALUES: Mapping[str, Kind] = {
    **dict.fromkeys((*AMOUNTS, *BY_KIND), AMOUNT),
    **dict.fromkeys(SHARES, SHARE),
    **dict.fromkeys(FLAGS, FLAG),
    **dict.fromkeys(COUNTS, COUNT),
    **dict.fromkeys(LISTS, TEXTS),
    **{name: _word(words) for name, words in WORDS.items()},
    "goals": ORDER,
    "pilots": PILOTS,
    "around_m": LIMIT,
    "shared_rooms": ROOMS,
}


def _figures() -> Kind:
    kinds = {name: _figure(kind) for name, kind in VALUES.items()}
    both = {"new": _figure(AMOUNT), "existing": _figure(AMOUNT)}
    kinds |= {name: table(both, ("new", "existing")) for name in BY_KIND}
    needed = [
        field.name
        for field in fields(Policy)
        if field.default is MISSING and field.default_factory is MISSING and field.name in kinds
    ]
    return table(kinds, tuple(needed))


PACK = table(
    {
        "id": TEXT,
        "zh": TEXT,
        "en": TEXT,
        "document": TEXT,
        "in_force": ANY,
        "figures": _figures(),
        "domains": mapping(table({"zh": TEXT, "en": TEXT, "parts": TEXTS}, ("zh", "en"))),
        "routes": mapping(table({"owners": TEXTS, "kinds": TEXTS, **SOURCE})),
        "off": mapping(mapping(ANY)),
        "rules": table({"list": _entries(8)}, ("list",)),
        "readings": table({"list": _entries(7)}, ("list",)),
    },
    ("id", "zh", "en", "document", "in_force", "figures", "domains", "routes", "rules"),
)
