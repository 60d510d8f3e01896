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
    "goals_and_figures": Label("目标与指标", "Goals and figures"),
    "change_pilot": Label("试点社区", "Pilot"),
    "change_hub": Label("规划共同体", "Planned hub"),
    "change_building": Label("用房归属", "Building and its host"),
    "change_function": Label("功能面积", "Area of a function", "㎡"),
    "seed": Label("随机种子", "Seed"),
    "threads": Label("线程数", "Threads"),
    "engine": Label("求解方式", "Engine"),
    "options.engine": Label("指定的求解方式", "Engine asked for"),
    "options.gap": Label("要求的差距", "Gap asked for"),
    "options.seconds": Label("时限", "Time limit", "秒"),
    "exact": Label("精确", "exact"),
    "city": Label("全市规模", "city scale"),
    "auto": Label("自动", "auto"),
    "key": Label("键", "Key"),
    "run_columns": Label("各列", "Columns"),
    "figure": Label("项目", "Figure"),
    "room_to_bound": Label("与界之间", "Room to the bound"),
    "seconds": Label("秒", "Seconds"),
    "dead": Label("求解进程两次中断", "solver died twice"),
}
