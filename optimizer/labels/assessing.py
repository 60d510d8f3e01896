"""Words of an assessment."""

from collections.abc import Mapping

from optimizer.labels.label import Label

ASSESSING: Mapping[str, Label] = {
    "assessment": Label("现状评估", "Assessment of today"),
    "assessed": Label("现状,未作任何选择", "today, nothing chosen"),
    "today": Label("现状", "Today"),
    "today_communities": Label("社区和村", "Communities and villages"),
    "today_to_standard": Label("已达标", "To standard"),
    "today_covered": Label("有共同体", "With a hub"),
    "today_streets": Label("街道", "Streets"),
    "today_streets_covered": Label("有共同体的街道", "Streets with a hub"),
    "today_shortfall_m2": Label("面积缺口合计(㎡)", "Area short in all (m²)"),
    "today_need_served_share": Label("加权需求满足率", "Share of weighted need served"),
    "what": Label("缺什么", "What is lacking"),
    "lacking": Label("所缺", "Lacking"),
    "unmet": Label("未满足的需求(人)", "Unmet need (persons)"),
    "lacking_by_community": Label("各社区所缺", "What each community lacks"),
    "needs_by_function": Label("各功能的需求", "Need by function"),
    "communities_lacking": Label("有缺口的社区", "Communities with a gap"),
    "lacking_area": Label("服务设施面积", "Floor area of facilities"),
    "lacking_hub_m2": Label("共同体面积", "Hub area"),
    "lacking_hub_items": Label("共同体项数", "Items in a hub"),
    "lacking_hub_core_items": Label("共同体核心项数", "Core items in a hub"),
    "lacking_covered": Label("本社区的共同体", "A hub of its own"),
    "lacking_street": Label("本街道的共同体", "A hub in the street"),
    "infant": Label("托育", "infant care"),
    "domain": Label("类", "domain"),
    "part": Label("半类", "half of a domain"),
}
