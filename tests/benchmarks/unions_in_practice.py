"""Do unions crowd out single pilots? Gongshu with a fifth of its communities in declared unions.

``python -m tests.benchmarks.unions_in_practice [seconds]`` solves the shipped case alone, and with
the unions counted as one place of the pilot number and as one a member (A11), and prints what each
reaches, and how the plan's floors are cut (rows under 20 m²). Answers are in EXPERIMENTS.md beside.
"""

import csv
import math
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import optimizer
from optimizer.api import SolveOptions, solve
from optimizer.result import Result

GONGSHU = Path(optimizer.__file__).parent.parent / "scenarios" / "gongshu"
SHARE, NEAR_M, LARGEST = 0.2, 700.0, 3
SLIVER_M2 = 20
RULE = '\n[rules]\nunion_places = {{ value = "{}", reason = "experiment" }}\n'


def declared(rows: list[dict[str, str]]) -> dict[str, str]:
    """Community -> union: the nearest two or three, in order of id, until a fifth is in one."""
    free = {row["id"]: row for row in sorted(rows, key=lambda row: row["id"])}
    unions: dict[str, str] = {}
    for number, seed in enumerate(sorted(free)):
        if len(unions) >= SHARE * len(rows):
            break
        if seed not in free or number % 4:
            continue
        size = 2 + len(unions) // 2 % 2
        near = sorted((walk(free[seed], row), c) for c, row in free.items() if c != seed)
        members = [seed, *(c for metres, c in near[: size - 1] if metres <= NEAR_M)]
        if 1 < len(members) <= LARGEST:
            unions |= dict.fromkeys(members, f"U{number}")
            for c in members:
                del free[c]
    return unions


def walk(a: dict[str, str], b: dict[str, str]) -> float:
    """Metres between two communities, straight."""
    north = (float(a["lat"]) - float(b["lat"])) * 111_000
    east = (float(a["lon"]) - float(b["lon"])) * 111_000 * math.cos(math.radians(float(a["lat"])))
    return math.hypot(north, east)


def variants(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, scenario) of the case alone and with unions under both readings."""
    yield "no unions", GONGSHU / "scenario.toml"
    for reading in ("one", "members"):
        case = folder / reading
        shutil.copytree(GONGSHU, case)
        path = case / "data" / "communities.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        unions = declared(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*rows[0], "union"])
            writer.writeheader()
            writer.writerows({**row, "union": unions.get(row["id"], "")} for row in rows)
        with (case / "scenario.toml").open("a", encoding="utf-8") as file:
            file.write(RULE.format(reading))
        yield f"unions count as {reading}", case / "scenario.toml"


def line(name: str, result: Result) -> str:
    """One row of the table."""
    goals = {level["name"]: level for level in result.plan_json["objective"]}
    communities = result.tables["communities"]
    acting = {row["union"] for row in communities if row["union"]}
    pilots = [row for row in communities if row["pilot"]]
    parts = result.tables["allocation"]
    slivers = sum(row["area_m2"] < SLIVER_M2 for row in parts)
    figures = [
        *(f"{goals[g]['value']} (≤ {goals[g]['bound']})" for g in list(goals)[:3]),
        f"{len(pilots)} pilot communities",
        f"{sum(1 for row in pilots if row['union'])} of them in {len(acting)} acting unions",
        f"{result.plan_json['indicators']['hubs']} hubs",
        f"{slivers} of {len(parts)} rows under {SLIVER_M2} m²",
    ]
    return f"{name}: " + "; ".join(figures)


def main(seconds: float) -> None:
    """Solve every variant and print its row."""
    with tempfile.TemporaryDirectory() as folder:
        for name, scenario in variants(Path(folder)):
            out = Path(folder) / f"out {name}"
            result = solve(scenario, out, SolveOptions(seconds=seconds), in_child=False)
            print(line(name, result), flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 300.0)
