"""Words of a pack's page: kinds of rules and readings, and where one is treated."""

from collections.abc import Mapping

from optimizer.labels.label import Label

KINDS: Mapping[str, Label] = {
    "must": Label("必须", "must"),
    "target": Label("目标", "target"),
    "eligibility": Label("资格", "eligibility"),
    "data": Label("数据", "data"),
    "goal": Label("优化目标", "goal"),
    "report": Label("报告", "report"),
    "none": Label("不处理", "none"),
    "figure": Label("规则键", "figure"),
    "scenario": Label("方案键", "scenario"),
    "fixed": Label("固定", "fixed"),
    "other": Label("其他文本", "other text"),
}
PLACES: Mapping[str, Label] = {
    "figure": Label("规则数字", "figure"),
    "pack": Label("规则包", "pack"),
    "scenario": Label("方案", "scenario"),
    "column": Label("数据列", "column"),
    "catalogue": Label("功能目录", "catalogue"),
    "family": Label("约束", "family"),
    "goal": Label("目标", "goal"),
    "check": Label("校核", "check"),
    "output": Label("结果", "output"),
}
