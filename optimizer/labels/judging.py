"""Units of verdicts, and the texts of rules that stand in no pack's list."""

from collections.abc import Iterable, Mapping
from typing import Any

from optimizer.checks.bounds import percent_above
from optimizer.labels import label, number_text
from optimizer.labels.label import Label

UNITS: Mapping[str, Label] = {
    "m²": Label("㎡", "m²"),
    "m² office": Label("㎡办公", "m² of office"),
    "m² outdoors": Label("㎡室外", "m² outdoors"),
    "yuan": Label("元", "yuan"),
    "yuan/year": Label("元/年", "yuan a year"),
    "persons": Label("人", "persons"),
    "pilots": Label("个试点", "pilots"),
    "hub": Label("处共同体", "hub"),
    "hubs": Label("处共同体", "hubs"),
    "places": Label("处", "places"),
    "streets": Label("个街道", "streets"),
    "communities": Label("个社区和村", "communities"),
    "members": Label("个成员", "members"),
    "connected members": Label("个相连的成员", "connected members"),
    "items": Label("项", "items"),
    "core items": Label("项核心", "core items"),
    "domain": Label("类", "domain"),
    "domains": Label("类", "domains"),
    "part": Label("半类", "half of a domain"),
    "parts": Label("半类", "halves of a domain"),
    "": Label("", ""),
}
ONE: Mapping[str, str] = {
    "persons": "person",
    "pilots": "pilot",
    "hubs": "hub",
    "places": "place",
    "streets": "street",
    "communities": "community",
    "members": "member",
    "connected members": "connected member",
    "items": "item",
    "core items": "core item",
    "domains": "domain",
    "halves of a domain": "half of a domain",
}
RULES: Mapping[str, Label] = {
    "A7": Label("养老、托育两半都具备", "Both halves: elderly care and infant care"),
    "A26": Label("一处至多一个规划共同体", "At most one planned hub a place"),
    "SH-11": Label("不超过楼层的面积", "No more than the floor has"),
    "TL-09": Label("居民活动用房占比", "Share for residents' activities"),
    "HZ-02": Label("试点数", "Number of pilots"),
    "HZ-03": Label("共同体数", "Number of hubs"),
    "HZ-04": Label("街道都有共同体", "Every street has a hub"),
    "HZ-05": Label("社区和村都有共同体", "Every community and village has a hub"),
    "HZ-29": Label("分散型共同体的处数", "Places of a dispersed hub"),
    "HZ-31": Label("联合体成员相邻", "Members of a union are neighbours"),
    "HZ-32": Label("联合体 2 至 3 个成员", "A union of two or three members"),
    "HZ-35": Label("办公面积上限", "Limit of office space"),
    "HZ-64": Label("资金上限", "Budgets"),
    "functions 9": Label("功能面积在上下限之内", "Area of an installation within its limits"),
    "contract 5 Capacity": Label("室外场地够用", "Enough outdoor space"),
    "contract 5 Hub": Label("一社区至多一处规划共同体", "At most one planned hub a community"),
    "contract 5 Money": Label("年运营支出上限", "Ceiling of yearly operation"),
    "contract 5 Refit": Label("改建不减少面积", "A refit keeps at least the area"),
    "contract 5 Locks": Label("锁定", "Locks"),
    "contract 5 serve_all": Label("需求全部满足", "Every need in full"),
    "V16b": Label("目标值不越过复核证明的界", "No value is beyond the bound proved again"),
    "contract 5 Must": Label("必须满足的条件", "What must hold"),
}
#: Ids of rules that are ours and no clause's.
IDS: Mapping[str, Label] = {
    "contract 4": Label("结果约定", "result"),
    "contract 5 Capacity": Label("约定-容量", "plan: capacity"),
    "contract 5 Goals": Label("约定-目标", "plan: goals"),
    "contract 5 Host": Label("约定-挂靠", "plan: host"),
    "contract 5 Hub": Label("约定-共同体", "plan: hub"),
    "contract 5 Locks": Label("约定-锁定", "plan: locks"),
    "contract 5 Money": Label("约定-资金", "plan: money"),
    "contract 5 Must": Label("约定-必须", "plan: musts"),
    "contract 5 Need": Label("约定-需求", "plan: need"),
    "contract 5 Refit": Label("约定-改建", "plan: refit"),
    "contract 5 Standard": Label("约定-标准", "plan: standard"),
    "contract 5 serve_all": Label("约定-全部满足", "plan: serve all"),
    "functions 9": Label("目录-规模", "catalogue: sizes"),
}
CLAUSES: Mapping[str, Label] = {
    "contract 4": Label("结果约定", "what a result states"),
    "contract 5": Label("方案约定", "what a plan means"),
}


#: The must beside a target of the same clause.
CEILINGS: Mapping[str, Label] = {
    "HZ-02": Label("试点不多于目标数", "No more pilots than the target"),
}


def rule_text(id: str, kind: str, listed: Iterable[Mapping[str, Any]], lang: str) -> str:
    """What rule *id* asks for: in the words of the pack that lists it, else in ours."""
    if kind == "must" and id in CEILINGS:
        return _of(CEILINGS, id, "", lang)
    texts = {rule["id"]: str(rule[lang]) for rule in listed}
    return texts.get(id) or _of(RULES, id, "", lang)


def id_text(id: str, lang: str) -> str:
    """The id of a rule: a clause's number as it is, ours in words."""
    return _of(IDS, id, id, lang)


def clause_text(clause: str, lang: str) -> str:
    """A clause as the policy counts it, or the word for a rule of the planning method."""
    return _of(CLAUSES, clause, clause, lang)


def unit_text(unit: str, lang: str, number: str = "") -> str:
    """The word for the unit of a verdict; in English of one thing where *number* is 1."""
    word = _of(UNITS, unit, unit, lang)
    return ONE.get(word, word) if lang == "en" and number == "1" else word


def proof_text(level: Mapping[str, Any], lang: str) -> str:
    """How far the bound of a goal's level is certified; that there is none where it has none."""
    if level["certificate"] == "claimed" and level["bound"] is None:
        return label("no_bound", lang)
    if level["certificate"] != "partly":
        return label(level["certificate"], lang)
    share = percent_above(level)
    if share is None:
        bound = number_text(level["certified_bound"])
        return f"certified bound {bound}" if lang == "en" else f"已证明的界 {bound}"
    return f"certified to {share} %" if lang == "en" else f"已证明至差 {share}%"


def _of(table: Mapping[str, Label], key: str, absent: str, lang: str) -> str:
    found = table.get(key)
    return (found.en if lang == "en" else found.zh) if found is not None else absent
