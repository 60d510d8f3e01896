"""V03, V04, V07, V14, V24: used buildings are eligible, have one host in reach, and keep locks.

Source: contract section 5 (Host and reach, Eligible, Locks); HZ-06, HZ-20 to HZ-23, HZ-61.
"""

from collections.abc import Callable

from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import Row, amount, exact

Test = Callable[[Facts, str, str], bool]


def _flag(column: str) -> Test:
    return lambda facts, building, _: facts.buildings[building][column] == "1"


def _safe(column: str) -> Test:
    """So today, or by the upgrade; of a building that is not used, by one it could have."""

    def holds(facts: Facts, building: str, _: str) -> bool:
        could = building not in facts.siting or facts.is_upgraded(building)
        said = facts.buildings[building][column]
        return said == "1" or (said == "upgrade" and could)

    return holds


def _upgrade_known(facts: Facts, building: str, _: str) -> bool:
    row = facts.buildings[building]
    says = "upgrade" in (row["fire_ok"], row["structure_ok"], row["lift"])
    return says or not facts.is_upgraded(building)


def _route(facts: Facts, row: Row) -> dict[str, list[str] | None] | None:
    routes = {route["id"]: route for route in facts.folder.policy["routes"]}
    return routes.get(row["route"])


def _owner(facts: Facts, building: str, _: str) -> bool:
    row = facts.buildings[building]
    route = _route(facts, row)
    return route is not None and (route["owners"] is None or row["owner"] in route["owners"])


def _kind(facts: Facts, building: str, host: str) -> bool:
    route = _route(facts, facts.buildings[building])
    kind = facts.communities[host]["kind"]
    return route is not None and (route["kinds"] is None or kind in route["kinds"])


def _district(facts: Facts, building: str, host: str) -> bool:
    if facts.folder.scenario["reach"]["cross_district"]:
        return True
    return facts.buildings[building]["district"] == facts.communities[host]["district"]


def _home(facts: Facts, building: str, host: str) -> bool:
    return facts.homes(building) <= {host}


def _reach(facts: Facts, building: str, host: str) -> bool:
    return facts.within(facts.walk.get((building, host)), facts.limits["host"])


def _deadline(facts: Facts, building: str, _: str) -> bool:
    deadline, row = facts.folder.scenario["deadline"], facts.buildings[building]
    return (
        deadline is None or not row["available_year"] or amount(row, "available_year") <= deadline
    )


def _long_enough(facts: Facts, building: str, _: str) -> bool:
    row = facts.buildings[building]
    least = exact(facts.folder.policy["min_lease_years"])
    return amount(row, "lease_term_years", least) >= least


def _around(facts: Facts, building: str, host: str) -> bool:
    around = facts.folder.policy["around_m"]
    if around is None or facts.buildings[building]["route"] != "conversion":
        return True
    return facts.within(facts.walk.get((building, host)), exact(around))


def _not_barred(facts: Facts, building: str, _: str) -> bool:
    return "never" not in facts.locks(building)


def _holds_something(facts: Facts, building: str, _: str) -> bool:
    return any(b == building for b, _f in facts.installed)


Named = tuple[str, str, str, Test]  # rule, what is wrong in Chinese and English, does it hold

OF_BUILDING: tuple[Named, ...] = (
    ("HZ-61", "消防不合格", "fire safety is not met", _safe("fire_ok")),
    ("SH-09", "结构不安全", "the structure is not safe", _safe("structure_ok")),
    ("SH-15", "产权人未同意", "the owner has not agreed", _flag("consent_owner")),
    ("SH-15", "主管部门未同意", "the department has not agreed", _flag("consent_department")),
    ("SH-08", "联审未通过", "the joint review is not passed", _flag("review_ok")),
    ("HZ-20", "权属与来源方式不符", "owner and route do not fit", _owner),
    ("HZ-06", "可用年份晚于期限", "available after the deadline", _deadline),
    ("A29", "租期短于要求", "the lease is too short", _long_enough),
    ("contract 5 Locks", "锁定为不用", "locked never", _not_barred),
)
OF_PAIR: tuple[Named, ...] = (
    ("HZ-19", "来源方式不适用于此类社区", "the route does not serve this kind", _kind),
    ("contract 5 Refit", "不是所改建设施的社区", "is not the home of what is refitted", _home),
    ("A28", "楼与社区不在同一区", "building and host are in two districts", _district),
    ("contract 5 Host", "超出挂靠距离", "beyond the hosting distance", _reach),
    ("A27", "不在社区周边", "is not around the community", _around),
)
OF_PLAN: tuple[Named, ...] = (
    ("contract 1", "没有可提升的项目", "there is nothing to upgrade", _upgrade_known),
    ("contract 5 Host", "楼里没有任何功能", "holds no function", _holds_something),
)


def check(facts: Facts, findings: Findings) -> None:
    """Each used building against each test; every lock kept; nothing allocated elsewhere."""
    for building, host in facts.host.items():
        if building not in facts.buildings or (host and not facts.members(host)):
            continue  # form.py has said so
        _used(facts, findings, building, host)
        findings.same(
            "contract 4",
            f"siting.csv {building} route",
            facts.siting[building]["route"],
            facts.buildings[building]["route"],
        )
    for building, function in facts.installed:
        if building not in facts.host:
            place = f"allocation.csv {building}/{function}"
            findings.broken(
                "contract 5 Host",
                place,
                "allocated",
                "not used",
                zh="楼没有挂靠社区。",
                en="the building has no host.",
            )
    _locks(facts, findings)


def _used(facts: Facts, findings: Findings, building: str, host: str) -> None:
    members, place = facts.members(host), f"siting.csv {building}"
    of_host = OF_PAIR if len(members) == 1 else ()
    for rule, zh, en, holds in (*OF_BUILDING, *of_host, *OF_PLAN):
        if not holds(facts, building, host):
            findings.broken(rule, place, host, "", zh=f"{zh}。", en=f"{en}.")
    ways = [c for c in members if could_host(facts, building, c)]
    if len(members) > 1 and not (ways and facts.homes(building) <= set(members)):
        findings.broken(
            "HZ-32",
            place,
            host,
            "",
            zh="没有一个成员自己可以挂靠这栋楼。",
            en="no single member could host this building.",
        )


def could_host(facts: Facts, building: str, community: str) -> bool:
    """The community itself could have the building: reach, district, route."""
    return all(holds(facts, building, community) for *_, holds in OF_PAIR if holds is not _home)


def _locks(facts: Facts, findings: Findings) -> None:
    for building in facts.buildings:
        for lock in facts.locks(building):
            word, _, target = lock.partition(":")
            kept = {
                "must": building in facts.host,
                "never": building not in facts.host,
                "community": target in facts.members(facts.host.get(building, "")),
                "function": (building, target) in facts.installed,
            }[word]
            if not kept:
                findings.broken(
                    "contract 5 Locks",
                    f"buildings.csv {building}",
                    lock,
                    "not kept",
                    zh="锁定没有遵守。",
                    en="the lock is not kept.",
                )
