"""Code name -> Chinese, English, unit: the one source for columns, reports and screens."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """What a code name is called; ``unit`` is empty for counts and words."""

    zh: str
    en: str
    unit: str = ""

    def head(self, lang: str) -> str:
        """The label as a column head, unit in brackets."""
        word = self.en if lang == "en" else self.zh
        unit = UNITS_EN.get(self.unit, self.unit) if lang == "en" else self.unit
        return f"{word}({unit})" if unit and lang == "zh" else f"{word} ({unit})" if unit else word


UNITS_EN: Mapping[str, str] = {
    "㎡": "m²",
    "元": "yuan",
    "元/年": "yuan/year",
    "人": "persons",
    "米": "m",
    "户": "households",
    "分": "points",
    "%": "%",
}

_COLUMNS: Mapping[str, Label] = {
    "building": Label("房屋编码", "Building"),
    "building_name": Label("房屋名称", "Building name"),
    "community": Label("社区编码", "Community"),
    "community_name": Label("社区", "Community name"),
    "union": Label("联合体", "Union"),
    "hub": Label("属共同体", "Part of hub"),
    "route": Label("来源方式", "Route"),
    "owner": Label("权属", "Owner"),
    "year": Label("年份", "Year"),
    "upgraded": Label("提升改造", "Upgraded"),
    "acquire_yuan": Label("取得费用", "Acquisition", "元"),
    "upgrade_yuan": Label("提升费用", "Upgrade", "元"),
    "opening_yuan": Label("开办费", "Opening", "元"),
    "fitout_yuan": Label("装修与设备", "Fit-out", "元"),
    "rent_yuan_per_year": Label("年租金", "Rent", "元/年"),
    "level": Label("楼层", "Floor"),
    "function": Label("功能", "Function"),
    "area_m2": Label("建筑面积", "Floor area", "㎡"),
    "slot": Label("时段", "Slot"),
    "persons": Label("服务人数", "Persons", "人"),
    "walk_m": Label("步行距离", "Walk", "米"),
    "pilot": Label("试点", "Pilot"),
    "to_standard": Label("达标", "To standard"),
    "covered": Label("已覆盖", "Covered"),
    "required_m2": Label("应有面积", "Required area", "㎡"),
    "hub_m2": Label("共同体面积", "Hub area", "㎡"),
    "hub_form": Label("共同体形式", "Hub form"),
    "functions": Label("服务项数", "Items in hub"),
    "core_functions": Label("核心项数", "Core items in hub"),
    "domains": Label("具备的类别", "Domains"),
    "shortfall_m2": Label("面积缺口", "Area short", "㎡"),
    "source": Label("资金来源", "Source"),
    "yuan": Label("金额", "Amount", "元"),
    "project": Label("项目编号", "Project"),
    "name": Label("名称", "Name"),
    "district": Label("区", "District"),
    "street": Label("街道", "Street"),
    "nature": Label("建设性质", "Nature"),
    "buildings": Label("用房", "Buildings"),
    "functions_m2": Label("功能与面积", "Functions and m²"),
    "total_yuan": Label("总投资", "Total", "元"),
    "yuan_by_source": Label("分来源投资", "By source", "元"),
    "status": Label("状态", "Status"),
    "responsible_unit": Label("责任单位", "Responsible unit"),
    "builder": Label("建设主体", "Builder"),
    "operator": Label("运营主体", "Operator"),
    "services": Label("服务内容", "Services"),
    "operating_mode": Label("运营模式", "Operating mode"),
    "fee_standard": Label("收费标准", "Fee standard"),
    "supervision": Label("监管方式", "Supervision"),
    "duties": Label("权利义务", "Duties"),
    "operating_yuan_per_year": Label("年运营支出", "Operation", "元/年"),
    "revenue_yuan_per_year": Label("年收入", "Revenue", "元/年"),
    "open_consents": Label("待办同意", "Open consents"),
    "need": Label("需求", "Need", "人"),
    "existing": Label("现状满足", "Existing", "人"),
    "planned": Label("规划满足", "Planned", "人"),
    "gap": Label("缺口", "Gap", "人"),
    "remedy": Label("补齐措施", "Remedy"),
    "reason": Label("未补原因", "Reason"),
    "id": Label("编号", "Id"),
    "clause": Label("条款", "Clause"),
    "scope": Label("范围", "Scope"),
    "kind": Label("性质", "Kind"),
    "ok": Label("结论", "Verdict"),
    "required": Label("要求", "Required"),
    "actual": Label("实际", "Actual"),
    "unit": Label("单位", "Unit"),
    "rule": Label("规则", "Rule"),
    "table": Label("表", "Table"),
    "column": Label("列", "Column"),
    "rows": Label("行数", "Rows"),
    "text": Label("说明", "Text"),
    "value": Label("方案值", "Plan"),
    "bound": Label("界", "Bound"),
    "certificate": Label("界的来历", "Bound is"),
    "served": Label("满足率", "Served"),
    "gap_share": Label("差距", "Gap"),
}

_WORDS: Mapping[str, Label] = {
    "pilots": Label("试点社区", "Pilot communities"),
    "hubs": Label("规划共同体", "Planned hubs"),
    "streets": Label("街道总数", "Streets"),
    "streets_covered": Label("有共同体的街道", "Streets with a hub"),
    "communities_to_standard_count": Label(
        "达标社区(含现状)", "Communities to standard, today's included"
    ),
    "communities_covered": Label("有共同体的社区和村", "Communities with a hub"),
    "priority_need_served": Label("一老一小需求满足(加权)", "Core need served, weighted"),
    "worst_served": Label("最低满足率", "Lowest share of need served"),
    "walking_distance": Label("步行总距离", "Person-metres walked", "人·m"),
    "farthest_m": Label("最远步行距离", "Farthest walk", "m"),
    "office_share": Label("办公面积占比", "Share of office space"),
    "state_owned_m2": Label("利用国有房产面积", "State-owned area used", "㎡"),
    "new_build_m2": Label("新建面积", "New-built area", "㎡"),
    "idle_m2_left": Label("已用房产的空置面积", "Idle area of used buildings", "㎡"),
    "communities_to_standard": Label("达标试点(按权重)", "Pilots to standard, by priority"),
    "residents_to_standard": Label("试点社区居民", "Residents of pilots", "人"),
    "need_served": Label("需求满足(加权)", "Need served, weighted", "分"),
    "cost": Label("一次性投入", "One-off cost", "元"),
    "buildings_used": Label("用房栋数", "Buildings used"),
    "cost_yuan": Label("一次性投入", "One-off cost", "元"),
    "need_served_share": Label("加权需求满足率", "Share of weighted need served"),
    "optimal": Label("最优", "optimal"),
    "feasible": Label("可行,附差距", "feasible, with its gap"),
    "stopped": Label("提前停止,保留最好方案", "stopped early, best plan kept"),
    "broken": Label("违反规则,不可用", "breaks a rule, unusable"),
    "no_plan": Label("没有方案", "no plan"),
    "infeasible": Label("无法满足", "impossible"),
    "claimed": Label("求解器所称", "claimed by the solver"),
    "partly": Label("部分证明", "partly certified"),
    "certified": Label("已证明", "certified"),
    "must": Label("必须", "must"),
    "target": Label("目标", "target"),
    "none": Label("", ""),
    "no_building_in_reach": Label("可达范围内没有能设的楼", "no building in reach can hold it"),
    "capacity_or_budget": Label("面积或资金不足", "floor area or money is short"),
    "unassigned": Label("未指定来源", "unassigned"),
    "planned": Label("规划", "planned"),
    "hub": Label("共同体", "hub"),
    "items": Label("项", "items"),
    "core items": Label("项核心", "core items"),
    "domains": Label("类", "domains"),
    "yuan": Label("元", "yuan"),
    "m²": Label("㎡", "m²"),
    "transfer": Label("划转", "transfer"),
    "vacated": Label("腾退补改建", "vacated"),
    "conversion": Label("转型", "conversion"),
    "lease": Label("租赁", "lease"),
    "purchase": Label("购置", "purchase"),
    "swap": Label("置换", "swap"),
    "supplement": Label("补建", "supplement"),
    "allocation": Label("配建", "allocation"),
    "state": Label("国有", "state"),
    "municipal_soe": Label("市属国企", "municipal SOE"),
    "department": Label("部门", "department"),
    "collective": Label("集体", "collective"),
    "social": Label("社会", "social"),
    "new": Label("新建", "new"),
    "existing": Label("现状", "existing"),
    "配建": Label("配建", "allocated"),
    "新建": Label("新建", "new build"),
    "划转": Label("划转", "transfer"),
    "转型": Label("转型", "conversion"),
    "改建": Label("改建", "conversion work"),
    "集聚": Label("集聚型(整栋)", "concentrated (whole building)"),
    "嵌入": Label("嵌入型(部分)", "embedded (part of a building)"),
    "consent_owner": Label("产权人同意", "owner's consent"),
    "consent_department": Label("主管部门同意", "department's consent"),
    "review_ok": Label("联审", "joint review"),
    "elderly": Label("养老", "elderly care"),
    "communities": Label("社区", "communities"),
    "buildings": Label("房屋", "buildings"),
    "facilities": Label("现状设施", "facilities"),
    "floors": Label("楼层", "floors"),
    "needs": Label("需求", "needs"),
    "functions": Label("功能目录", "functions"),
    "adjacency": Label("相邻", "adjacency"),
    "distances": Label("步行距离", "walking distances"),
    "projects": Label("项目", "projects"),
    "siting": Label("选址", "siting"),
    "service": Label("服务", "service"),
    "funding": Label("资金", "funding"),
    "gaps": Label("缺口", "gaps"),
    "fire_not_ok": Label("消防不合格", "fire safety not met"),
    "structure_not_ok": Label("结构不安全", "structure not safe"),
    "owner_refuses": Label("产权人未同意", "owner has not agreed"),
    "department_refuses": Label("主管部门未同意", "department has not agreed"),
    "review_not_passed": Label("联审未通过", "joint review not passed"),
    "available_too_late": Label("晚于期限才可用", "available after the deadline"),
    "locked_never": Label("锁定为不用", "locked never"),
    "route_unknown": Label("规则包没有此来源方式", "route unknown to the pack"),
    "owner_not_for_route": Label("权属不适用此来源方式", "owner does not fit the route"),
    "no_office": Label("不设办公", "no office"),
    "no_allowed_floor": Label("没有允许的楼层", "no allowed floor"),
    "no_lift": Label("没有电梯", "no lift"),
    "floors_too_small": Label("允许楼层面积不足", "allowed floors too small"),
    "nothing_fits": Label("没有功能放得下", "nothing fits"),
    "no_host_in_reach": Label("可达范围内没有社区", "no community in reach"),
    "hub_too_small": Label("共同体面积不足", "too small for a hub"),
    "hub_too_few_items": Label("共同体项数不足", "too few items for a hub"),
    "hub_too_few_core_items": Label("核心项数不足", "too few core items for a hub"),
}


def head(column: str, lang: str) -> str:
    """The head of *column* in *lang*, with its unit."""
    found = _COLUMNS.get(column) or _WORDS.get(column)
    return found.head(lang) if found else column


def label(word: str, lang: str) -> str:
    """The word for a code name in *lang*; the name itself where it has none."""
    if "+" in word and all(map(is_known, word.split("+"))):
        return " + ".join(label(part, lang) for part in word.split("+"))
    found = _WORDS.get(word) or _COLUMNS.get(word)
    return (found.en if lang == "en" else found.zh) if found else word


def is_known(column: str) -> bool:
    """The column has a label in both languages."""
    return column in _COLUMNS or column in _WORDS


def number_text(value: float | str) -> str:
    """A figure for the screen: thousands apart, two decimals at most."""
    return f"{float(value):,.2f}".rstrip("0").rstrip(".")
