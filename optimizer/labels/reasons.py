"""Why something may not be, or is not."""

from collections.abc import Mapping

from optimizer.labels.label import Label

REASONS: Mapping[str, Label] = {
    "no_building_in_reach": Label("可达范围内没有候选楼", "no candidate building in reach"),
    "nothing_in_reach_usable": Label("可达的楼都不能用", "no building in reach may be used for it"),
    "capacity_used_up": Label("可达的楼已排满", "what is in reach is full"),
    "money_left_too_small": Label("余下的资金不够", "the money left is too little"),
    "not_chosen": Label("还能设,本方案未选", "could be added, this plan does not"),
    "rounding": Label("不足 0.01 ㎡", "less than 0.01 m² can serve"),
    "can_add": Label("还能设", "could add"),
    "money_total": Label("总预算不够", "total budget too small"),
    "money_district": Label("本区预算不够", "district's budget too small"),
    "money_sources": Label("资金来源不够", "sources too small"),
    "money_year": Label("年度预算不够", "yearly budgets too small"),
    "money_operating": Label("年运营上限不够", "operating ceiling too low"),
    "at_largest_size": Label("已到最大规模", "at its largest size"),
    "outdoor_full": Label("室外场地不够", "too little outdoor space"),
    "floors_full": Label("楼层已满", "floors are full"),
    "fire_not_ok": Label("消防不合格", "fire safety not met"),
    "structure_not_ok": Label("结构不安全", "structure not safe"),
    "owner_refuses": Label("产权人未同意", "owner has not agreed"),
    "department_refuses": Label("主管部门未同意", "department has not agreed"),
    "review_not_passed": Label("联审未通过", "joint review not passed"),
    "available_too_late": Label("晚于期限才可用", "available after the deadline"),
    "lease_too_short": Label("租期短于要求", "the lease is too short"),
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
    "hub_not_dispersed": Label(
        "附近没有可合成共同体的楼", "no group of places nearby could be a hub"
    ),
    "hub_too_few_core_items": Label("核心项数不足", "too few core items for a hub"),
}
