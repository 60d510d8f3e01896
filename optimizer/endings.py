"""How a search ended other than by itself, in words for the screen.

Source: contract section 3; reliability.md F05 to F08.
"""

from collections.abc import Mapping

from optimizer.errors import Text

LIMIT, INTERRUPT, MEMORY, KILLED, CRASH = "limit", "interrupt", "memory", "killed", "crash"
ENDINGS: Mapping[str, Text] = {
    LIMIT: Text("到了时限。", "The time limit was reached."),
    INTERRUPT: Text("求解被中断。", "The search was interrupted."),
    MEMORY: Text(
        "内存不足,求解进程结束。请减少 --threads,或换内存更大的机器。",
        "Memory ran out and the solver process ended. Take fewer --threads or a larger machine.",
    ),
    KILLED: Text(
        "求解进程被系统结束,多半是内存不足。请减少 --threads,或换内存更大的机器。",
        "The system killed the solver process, most likely for want of memory. "
        "Take fewer --threads or a larger machine.",
    ),
    CRASH: Text("求解进程意外结束。", "The solver process ended unexpectedly."),
}
BEST = Text("这是中断时的最好方案。", "This is the best plan it had.")


def ended_with_plan(ended: str) -> Text | None:
    """What happened and that the plan is the best until then; None where nothing happened."""
    said = ENDINGS.get(ended)
    return None if said is None else Text(said.zh + BEST.zh, " ".join((said.en, BEST.en)))
