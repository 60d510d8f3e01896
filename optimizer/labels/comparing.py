"""Words of comparisons and sweeps."""

from collections.abc import Mapping

from optimizer.labels.label import Label

COMPARING: Mapping[str, Label] = {
    "comparison": Label("方案比较", "Comparison"),
    "run": Label("方案", "Run"),
    "money": Label("一次性投入构成", "One-off money"),
    "changes": Label("不同的选择", "What is chosen otherwise"),
    "rules": Label("逐条判定", "Clause by clause"),
    "differences": Label("给定条件的不同", "What was given otherwise"),
    "goals": Label("目标", "Goals"),
    "indicators": Label("指标", "Indicators"),
    "inputs": Label("输入文件", "input file"),
    "scenario": Label("方案", "scenario"),
    "options": Label("求解选项", "option"),
    "must_missed": Label("必须,未满足", "must, not held"),
    "target_missed": Label("目标,未达到", "target, missed"),
    "figure": Label("项目", "Figure"),
    "room_to_bound": Label("与界之间", "Room to the bound"),
    "total_10k_yuan": Label("总预算", "Total budget", "万元"),
    "operating_10k_yuan_per_year": Label("年运营上限", "Yearly operating ceiling", "万元/年"),
    "seconds": Label("秒", "Seconds"),
    "dead": Label("求解进程两次中断", "solver died twice"),
}
