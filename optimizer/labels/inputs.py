"""Words for what a case says: columns of the input tables, and words that its texts often use."""

from collections.abc import Mapping

from optimizer.labels import label
from optimizer.labels.label import Label

#: Columns that no result shows under another head.
INPUTS: Mapping[str, Label] = {
    "type": Label("类型", "Type"),
    "infants": Label("0-2岁", "Aged 0 to 2", "人"),
    "pupils": Label("6-11岁", "Aged 6 to 11", "人"),
    "elderly": Label("60岁以上", "Aged 60 and over", "人"),
    "elderly65": Label("65岁以上", "Aged 65 and over", "人"),
    "lon": Label("经度", "Longitude", "°"),
    "lat": Label("纬度", "Latitude", "°"),
    "priority": Label("优先权重", "Priority"),
    "site": Label("地块", "Site"),
    "counted": Label("计入面积", "Area counts"),
    "fitout_factor": Label("装修系数", "Fit-out factor"),
    "fire_ok": Label("消防合格", "Fire safety"),
    "structure_ok": Label("结构安全", "Structural safety"),
    "lift": Label("电梯", "Lift"),
    "fire_class": Label("耐火等级", "Fire class"),
    "outdoor_m2": Label("室外场地", "Outdoor area", "㎡"),
    "replaces": Label("改建设施", "Facilities refitted"),
    "available_year": Label("可用年份", "Available from"),
    "lock": Label("锁定", "Lock"),
    "neighbour": Label("相邻社区", "Neighbour"),
    "geometry": Label("几何", "Geometry"),
    "item": Label("服务项", "Item"),
    "core": Label("核心", "Core"),
    "min_m2": Label("最小面积", "Smallest area", "㎡"),
    "std_m2": Label("标准面积", "Standard area", "㎡"),
    "max_m2": Label("最大面积", "Largest area", "㎡"),
    "m2_per_person": Label("人均面积", "Area per person", "㎡/人"),
    "need_group": Label("需求人群", "Who needs it"),
    "need_per_1000": Label("千人需求", "Need per 1,000", "人/千人"),
    "weight": Label("分值", "Weight", "分/人"),
    "fitout_yuan_per_m2": Label("装修单价", "Fit-out rate", "元/㎡"),
    "operating_yuan_per_m2_year": Label("年运营单价", "Operating rate", "元/㎡·年"),
    "revenue_yuan_per_m2_year": Label("年收入单价", "Revenue rate", "元/㎡·年"),
    "levels": Label("可设楼层", "Floors allowed"),
    "lift_above": Label("几层以上需电梯", "Lift needed above"),
    "outdoor_m2_per_person": Label("人均室外场地", "Outdoor area per person", "㎡/人"),
    "reach_m": Label("服务半径", "Reach", "米"),
    "shareable": Label("可错时共用", "May share a room"),
    "resident_activity": Label("居民活动", "Residents' activity"),
    "counts_in_total": Label("计入总面积", "Counts in the total"),
}
#: Former and planned uses as the shipped cases write them; other texts stay as they are.
USES: Mapping[str, Label] = {
    "office": Label("办公", "office"),
    "industrial": Label("工业", "industrial"),
    "residential_service": Label("居住区配套用房", "service building of an estate"),
    "education": Label("教育", "education"),
    "new_estate": Label("新建小区配套用房", "service building of a new estate"),
    "commercial": Label("商业", "commercial"),
    "market": Label("市场", "market"),
    "vacant_land": Label("空地", "vacant land"),
}
#: Sources of money by the names the format's page uses; a case's own names stay as they are.
SOURCES: Mapping[str, Label] = {
    "central": Label("中央资金", "central"),
    "special_bond": Label("专项债", "special bond"),
    "provincial": Label("省级资金", "provincial"),
    "municipal": Label("市级资金", "municipal"),
    "district": Label("区级资金", "district"),
}


#: What a lock says before the id it names.
LOCKS: Mapping[str, Label] = {
    "must": Label("必用", "must"),
    "never": Label("不用", "never"),
    "community": Label("社区", "community"),
    "function": Label("功能", "function"),
}


def column_label(column: str, lang: str) -> str:
    """The word for a column of an input table, without its unit."""
    found = INPUTS.get(column)
    return found.word(lang) if found is not None else label(column, lang)


def use_text(use: str, lang: str) -> str:
    """A former or planned use in words."""
    return USES[use].word(lang) if use in USES else use


def lock_text(lock: str, lang: str) -> str:
    """``community:C1`` as words."""
    kind, colon, id = lock.partition(":")
    return LOCKS[kind].word(lang) + colon + id if kind in LOCKS else lock


def source_text(source: str, lang: str) -> str:
    """The word for a source of money, a case's own name as it is."""
    return SOURCES[source].word(lang) if source in SOURCES else label(source, lang)
