"""Functions and domains of the shipped catalogue; one of a case's own keeps the name it brings."""

from collections.abc import Mapping

from optimizer.labels.label import Label

FUNCTIONS: Mapping[str, Label] = {
    "elderly_day": Label("日间照料", "Elderly day care"),
    "elderly_full": Label("全托", "Elderly full-time care"),
    "meal": Label("社区助餐", "Community meals"),
    "infant": Label("婴幼儿托育", "Infant care"),
    "child": Label("儿童托管", "After-school care"),
    "convenience": Label("家政便民", "Housekeeping and errands"),
    "health": Label("健康服务", "Health"),
    "sports": Label("体育健身", "Sports"),
    "culture": Label("文化休闲", "Culture"),
    "play": Label("儿童游憩", "Children's play"),
    "party_mass": Label("党群服务", "Party and community services"),
    "employment": Label("就业帮扶", "Employment help"),
    "hall": Label("多功能厅", "Multi-purpose hall"),
    "office": Label("办公管理", "Office and management"),
}
