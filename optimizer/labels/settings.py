"""Words for what a scenario sets and a pack's figures: heads of a sweep, of what differs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from optimizer.labels import label, number_text
from optimizer.labels.inputs import SOURCES, column_label, lock_text
from optimizer.labels.label import Label

#: Keys of a scenario by their path; what stands behind one (a district, a source) is the user's.
SETTINGS: Mapping[str, Label] = {
    "name": Label("方案名称", "Name of the scenario"),
    "data": Label("数据", "Data"),
    "policy": Label("规则包", "Policy pack"),
    "coords": Label("坐标系", "Coordinate system"),
    "deadline": Label("期限", "Deadline"),
    "pilots.target": Label("试点数", "Number of pilots"),
    "pilots.by_district": Label("各区试点数", "Pilots of a district"),
    "hubs.target": Label("共同体数", "Number of hubs"),
    "budget.total_yuan": Label("总预算", "Total budget", "元"),
    "budget.total_10k_yuan": Label("总预算", "Total budget", "万元"),
    "budget.by_district_yuan": Label("各区预算", "Budget of a district", "元"),
    "budget.by_district_10k_yuan": Label("各区预算", "Budget of a district", "万元"),
    "budget.by_source_yuan": Label("各来源资金", "Money of a source", "元"),
    "budget.by_source_10k_yuan": Label("各来源资金", "Money of a source", "万元"),
    "budget.by_year_yuan": Label("年度预算", "Budget of a year", "元"),
    "budget.by_year_10k_yuan": Label("年度预算", "Budget of a year", "万元"),
    "budget.operating_yuan_per_year": Label("年运营上限", "Yearly operating ceiling", "元/年"),
    "budget.operating_10k_yuan_per_year": Label(
        "年运营上限", "Yearly operating ceiling", "万元/年"
    ),
    "sources": Label("资金来源的用途", "What a source pays for"),
    "reach.walk_m": Label("服务步行上限", "Walk to a service", "米"),
    "reach.host_m": Label("挂靠步行上限", "Walk of a host", "米"),
    "reach.detour": Label("绕行系数", "Detour factor"),
    "reach.network": Label("路网", "Street layer"),
    "reach.network_coords": Label("路网坐标系", "Coordinate system of the streets"),
    "reach.cross_district": Label("可否跨区", "Across districts"),
    "service.mode": Label("服务方式", "Way of service"),
    "service.serve_all": Label("需求全部满足", "Every need in full"),
    "goals.order": Label("目标次序", "Order of goals"),
    "rules": Label("规则", "Rule"),
    "change": Label("改动的数据", "Data changed"),
    "changes": Label("改动的数据", "Data changed"),
    "about": Label("数据说明", "About the data"),
}
#: Figures of a pack, and what a scenario may say of a rule.
FIGURES: Mapping[str, Label] = {
    "area_per_100_households_m2": Label("每百户面积", "Area per 100 households", "㎡"),
    "hub_min_m2": Label("共同体最小面积", "Smallest hub", "㎡"),
    "nonpilot_hub_min_m2": Label("非试点共同体最小面积", "Smallest hub of a non-pilot", "㎡"),
    "hub_min_items": Label("共同体最少项数", "Fewest items of a hub"),
    "hub_min_core_items": Label("共同体最少核心项数", "Fewest core items of a hub"),
    "core_items": Label("核心项", "Core items"),
    "hub_place": Label("共同体以什么为一处", "What is one place of a hub"),
    "dispersed_hub": Label("可否分散型共同体", "Dispersed hubs allowed"),
    "dispersed_hub_places": Label("分散型最多处数", "Most places of a dispersed hub"),
    "dispersed_hub_m": Label("分散型各处相距上限", "Farthest apart in a dispersed hub", "米"),
    "domains_required": Label("试点须具备各类服务", "Pilots need every domain"),
    "domains_from": Label("哪里的设施算具备", "Whose facilities give a domain"),
    "domain_mode": Label("一类的两半都要或其一", "Both halves of a domain or one"),
    "office_share": Label("办公面积占比上限", "Largest share of office"),
    "residents_share": Label("居民活动面积占比下限", "Least share for residents' activities"),
    "hub_office_m2": Label("共同体办公面积上限", "Most office of a hub", "㎡"),
    "pilots": Label("试点数", "Number of pilots"),
    "pilot_tolerance": Label("试点数容差", "Tolerance of the pilots' number"),
    "pilot_types": Label("可作试点的类型", "Types that may be pilots"),
    "pilot_districts": Label("试点所在的区", "Districts of pilots"),
    "street_coverage": Label("街道全覆盖", "Coverage of streets"),
    "community_coverage": Label("社区和村全覆盖", "Coverage of communities and villages"),
    "union_places": Label("联合体占几个名额", "Places a union takes"),
    "shared_rooms": Label("错时共用的用房", "Rooms used in turns"),
    "hub_count": Label("共同体数是目标还是必须", "Number of hubs: target or must"),
    "hub_inside_total": Label("共同体面积计入总面积", "Hub counts in the total"),
    "count_existing": Label("现状面积计入", "Existing area counts"),
    "round_up": Label("户数进整百", "Households rounded up to hundreds"),
    "walk_limit_m": Label("15 分钟步行距离", "A walk of 15 minutes", "米"),
    "one_hub_a_site": Label("一处至多一个共同体", "One hub a site"),
    "around_m": Label("“周边”的距离", "How far is around", "米"),
    "min_lease_years": Label("最短租期", "Shortest lease", "年"),
    "persons_per_household": Label("户均人口", "Persons per household", "人"),
    "adjacency_m": Label("相邻的距离", "How far neighbours are", "米"),
    "hosts": Label("面积归属", "Whom area is credited to"),
    "goals": Label("目标次序", "Order of goals"),
    "domains": Label("服务类别", "Domains"),
    "routes": Label("来源方式", "Routes"),
    "any_item": Label("须有其中一项", "one of the items"),
    "match": Label("所改的行", "rows with"),
    "set": Label("改为", "set to"),
    "enforce": Label("是否执行", "enforced"),
    "reason": Label("理由", "reason"),
    "new": Label("新建", "new"),
    "existing": Label("现状", "existing"),
}
SWITCHED = (Label("停用", "off"), Label("执行", "on"))
FLAGS = (Label("否", "no"), Label("是", "yes"))
LISTED = ("、", ", ")
SILENT = ("value",)  # ``rules.office_share.value`` is the figure itself


def setting_head(path: Sequence[str], lang: str) -> str:
    """The head for the key at *path* of a scenario, with its unit; the path where it has none."""
    for cut in range(len(path), 0, -1):
        known = SETTINGS.get(".".join(path[:cut]))
        if known is not None:
            return _with(known, [part for part in path[cut:] if part not in SILENT], lang)
    return ".".join(path)


def figure_head(path: Sequence[str], lang: str) -> str:
    """The head for a pack's figure: ``hub_min_m2``, ``new`` is the smallest hub of new ones."""
    known = FIGURES.get(path[0])
    return ".".join(path) if known is None else _with(known, path[1:], lang)


def setting_text(value: Any, lang: str) -> str:
    """What a key is set to, as a person reads it; of a rule its value, not the reason."""
    if isinstance(value, Mapping):
        if "value" in value:
            return setting_text(value["value"], lang)
        if "enforce" in value:
            return SWITCHED[bool(value["enforce"])].word(lang)
        return _listed((f"{key} {setting_text(part, lang)}" for key, part in value.items()), lang)
    if isinstance(value, list | tuple):
        return _listed((setting_text(part, lang) for part in value), lang)
    return "" if value is None else _word(value, lang)


def _word(value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return FLAGS[value].word(lang)
    return lock_text(label(value, lang), lang) if isinstance(value, str) else number_text(value)


def _listed(texts: Iterable[str], lang: str) -> str:
    return LISTED[lang == "en"].join(texts)


def _both(part: str) -> tuple[str, str]:
    """A part of a key that is no figure's: a source, a word of ours, or the user's own name."""
    if part in SOURCES:
        return SOURCES[part].zh, SOURCES[part].en
    return column_label(part, "zh"), column_label(part, "en")


def _with(known: Label, more: Sequence[str], lang: str) -> str:
    named = [FIGURES.get(part) or Label(*_both(part)) for part in more]
    units = [known.unit, *(label.unit for label in named)]
    words = Label(
        " ".join([known.zh, *(label.zh for label in named)]),
        " ".join([known.en, *(label.en for label in named)]),
        next(filter(None, units), ""),
    )
    return words.head(lang)
