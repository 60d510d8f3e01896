"""Changes of a tiny case of which the effect is known whatever the optimum is.

Each makes of a case and its plan a pair: the case to compare with (None: the case itself) and the
changed one. A change that cannot be made raises Skip.
"""

import copy
from collections.abc import Callable
from fractions import Fraction
from random import Random

from tests.oracle.case import TinyCase, exact, words
from tests.oracle.generator import drop_demands, plain_case

SMALL = ((1, 2, 2, 3), (2, 3, 3, 4), (2, 3))
Change = Callable[[TinyCase, object], tuple[TinyCase | None, TinyCase]]


class Skip(Exception):
    """The change cannot be made on this case."""


def relation_case(seed: int) -> TinyCase:
    """A small case without locks and required pilots: always a plan."""
    case = plain_case(Random(f"relation-{seed}"), seed, SMALL)
    drop_demands(case)
    return case


def changed(change, wants=lambda tiny: True) -> Change:
    """A change of a copy in place, compared with the case itself; *wants* some cases only."""

    def make(tiny, solved):
        other = copy.deepcopy(tiny)
        change(other, solved)
        return None, other

    make.wants = wants
    return make


def of_plain(change) -> Change:
    """The same where nothing exists today: who meets a standard today is no candidate for it."""

    def make(tiny, solved):
        base = copy.deepcopy(tiny)
        base.tables["facilities"] = []
        for row in base.tables["buildings"]:
            row["replaces"] = ""
        other = copy.deepcopy(base)
        change(other, solved)
        return base, other

    return make


def first(tiny):
    return tiny.tables["buildings"][0]


def add_pair(tiny, _):
    listed = tiny.rows("distances")
    known = {(row["building"], row["community"]) for row in listed}
    for b in tiny.tables["buildings"]:
        for c in tiny.tables["communities"]:
            if listed and (b["id"], c["id"]) not in known:
                listed.append({"building": b["id"], "community": c["id"], "walk_m": "300"})
                return
    raise Skip


def enlarge(tiny, _):
    floors = [row for row in tiny.tables["floors"] if row["building"] == first(tiny)["id"]]
    for row in floors[-1:]:
        row["area_m2"] = str(float(exact(row["area_m2"]) + 50))
    first(tiny)["area_m2"] = str(float(exact(first(tiny)["area_m2"]) + 50))


def give_away(tiny, _):
    first(tiny)["acquire_yuan"] = "0"


def free_twin(tiny, _):
    row = {**first(tiny), "id": "twin", "lock": "", "site": "", "replaces": ""}
    tiny.tables["buildings"].append(row | {"acquire_yuan": "0", "upgrade_yuan": "0"})
    for table in ("floors", "distances"):
        rows = tiny.tables.get(table, [])
        rows += [{**r, "building": "twin"} for r in rows if r["building"] == first(tiny)["id"]]


def any_size(tiny, _):
    for row in tiny.tables["functions"]:
        row |= {"min_m2": "0", "std_m2": "", "max_m2": ""}


def no_domains(tiny, _):
    tiny.pack["domains_required"] = False


def halve_the_standard(tiny, _):
    tiny.pack["area_per_100_households_m2"] = {"existing": "30", "new": "50"}


def smaller_hub(tiny, _):
    for figure in ("hub_min_m2", "nonpilot_hub_min_m2"):
        tiny.pack[figure] = {kind: "60" for kind in tiny.pack[figure]}


def fewer_items(tiny, _):
    tiny.pack |= {"hub_min_items": 1, "hub_min_core_items": 0}


def longer_reach(tiny, _):
    for row in tiny.tables["functions"]:
        row["reach_m"] = ""
    tiny.scenario["reach"]["walk_m"] = 1200


def without_unused(tiny, solved):
    used = set(solved.plan.host_of)
    free = [row for row in tiny.tables["buildings"] if row["id"] not in used and not row["lock"]]
    if not free or len(tiny.tables["buildings"]) == 1:
        raise Skip
    gone = free[0]["id"]
    tiny.tables["buildings"] = [r for r in tiny.tables["buildings"] if r["id"] != gone]
    for table in ("floors", "distances"):
        if table in tiny.tables:
            tiny.tables[table] = [r for r in tiny.tables[table] if r["building"] != gone]
    if "distances" in tiny.tables and not tiny.tables["distances"]:
        raise Skip


def lock_the_plan(tiny, solved):
    held: dict[str, set[str]] = {}
    for row in solved.plan.allocations:
        held.setdefault(row.building, set()).add(row.function)
    for row in tiny.tables["buildings"]:
        locks = set(words(row["lock"])) | {f"function:{f}" for f in held.get(row["id"], ())}
        locks |= {"must" if row["id"] in held else "never"}
        row["lock"] = ";".join(sorted(locks))


def no_slack(tiny, solved):
    if "budget" in tiny.scenario:
        raise Skip
    tiny.scenario["budget"] = {"total_yuan": float(solved.plan.cost_yuan)}


def far_community(tiny, _):
    row = {**tiny.tables["communities"][0], "id": "far", "street": "九街", "pilot": "excluded"}
    row |= {"union": "", "lon": "120.451234", "lat": "30.451234"} if "lon" in row else {"union": ""}
    tiny.tables["communities"].append(row)


def columns_turned(tiny, _):
    for name, rows in tiny.tables.items():
        heads = list(dict.fromkeys(head for row in rows for head in row))[::-1]
        tiny.tables[name] = [{h: row.get(h, "") for h in heads} for row in rows]


def elsewhere(tiny, _):
    for table in ("communities", "buildings", "facilities"):
        for row in tiny.tables[table]:
            row["lon"] = f"{float(row['lon']) + 0.25:.6f}"


def money_times(factor: int) -> Change:
    def make(tiny, _):
        base = copy.deepcopy(tiny)
        for row in base.tables["buildings"]:
            row["fitout_factor"] = "1"
        other = copy.deepcopy(base)
        for table, columns in (
            ("buildings", ("acquire_yuan", "upgrade_yuan")),
            ("functions", ("fitout_yuan_per_m2", "opening_yuan")),
        ):
            _scale(other.tables[table], columns, factor)
        _scale_budget(other, factor)
        return base, other

    return make


def areas_times(factor: int) -> Change:
    """All m², m² a person and m² of the standard; money a building costs follows."""

    def make(tiny, _):
        other = copy.deepcopy(tiny)
        sizes = ("min_m2", "std_m2", "max_m2", "m2_per_person", "opening_yuan")
        for table, columns in (
            ("buildings", ("area_m2", "acquire_yuan", "upgrade_yuan")),
            ("floors", ("area_m2",)),
            ("facilities", ("area_m2",)),
            ("functions", sizes),
        ):
            _scale(other.rows(table), columns, factor)
        for figure in ("area_per_100_households_m2", "hub_min_m2", "nonpilot_hub_min_m2"):
            said = other.pack[figure]
            other.pack[figure] = {k: str(float(exact(v) * factor)) for k, v in said.items()}
        if any(float(row["min_m2"]) == 0 for row in other.tables["functions"]):
            raise Skip  # the smallest installation stays a hundredth of a square metre
        _scale_budget(other, factor)
        return None, other

    return make


def _scale(rows, columns, factor):
    for row in rows:
        for column in columns:
            if row.get(column):
                row[column] = str(float(exact(row[column]) * factor))


def _scale_budget(tiny, factor):
    budget = tiny.scenario.get("budget", {})
    for key, said in budget.items():
        is_table = isinstance(said, dict)
        budget[key] = {k: v * factor for k, v in said.items()} if is_table else said * factor
    for source in tiny.scenario.get("sources", {}).values():
        caps = source.get("by_district_yuan", {})
        caps |= {district: cap * factor for district, cap in caps.items()}


NO_WORSE: dict[str, Change] = {
    "one more pair in reach": changed(add_pair),
    "a larger building": changed(enlarge),
    "a building for nothing": changed(give_away),
    "one more building that costs nothing": changed(free_twin),
    "installations of any size": changed(any_size),
    "a longer walk to services": changed(longer_reach),
    "no domains required": of_plain(no_domains),
    "a lower standard": of_plain(halve_the_standard),
    "a smaller hub": of_plain(smaller_hub),
    "a hub of fewer items": of_plain(fewer_items),
}
SAME: dict[str, Change] = {
    "without a building that is not used": changed(without_unused),
    "every choice of the plan locked": changed(lock_the_plan),
    "money for just this plan": changed(no_slack),
    "one more community that nothing reaches": changed(far_community),
    "columns in another order": changed(columns_turned),
    "the city a quarter of a degree further east": changed(
        elsewhere, wants=lambda tiny: "distances" not in tiny.tables
    ),
}
COST_TIMES: dict[str, tuple[int, Change]] = {
    "money times ten": (10, money_times(10)),
    "areas times three": (3, areas_times(3)),
}


def slack_of(name: str, value: Fraction) -> Fraction:
    """What rounding areas to 0.01 m² can cost: some units at some thousand yuan per m².

    One unit for persons: 0.01 m² ÷ 1.5 m² a person × 12.5 points = 0.083.
    """
    return abs(value) / 100_000 + (200 if name == "cost" else Fraction(1, 10))


def no_worse(ours, theirs) -> bool:
    """*ours* is lexicographically at least *theirs*, up to rounding."""
    for name, x, y in zip(ours.names, ours.scores, theirs.scores, strict=True):
        if x > y + slack_of(name, y):
            return True
        if x < y - slack_of(name, y):
            return False
    return True
