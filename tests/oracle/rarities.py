"""What only some of the seeded cases have: positions, refits, locks, rooms used in turns."""

from random import Random

from tests.oracle.case import Row, TinyCase
from tests.oracle.clauses import facts_of
from tests.oracle.upgrades import decided
from tests.oracle.walks import straight_m

LIMITS = (250, 300, 500, 800, 1000)  # m, of every walk that a seeded case limits
SLOTS = ("am", "pm")


def place(rng: Random, case: TinyCase, spread: float) -> None:
    """Positions whose walking distances stay 5 m clear of every limit in use."""
    case.scenario["coords"] = "cgcs2000"
    placed: list[Row] = []
    for table in ("communities", "buildings", "facilities"):
        for row in case.tables[table]:
            while "lon" not in row or not _is_clear(row, placed):
                row["lon"] = f"{120.15 + rng.random() * 0.011 * spread:.6f}"
                row["lat"] = f"{30.28 + rng.random() * 0.009 * spread:.6f}"
            placed.append(row)


def _is_clear(row: Row, placed: list[Row]) -> bool:
    for other in placed:
        ends = (float(p[k]) for p in (row, other) for k in ("lon", "lat"))
        walk = 1.3 * straight_m(*ends)
        if any(abs(walk - limit) < 5 for limit in LIMITS):
            return False
    return True


def refit(rng: Random, case: TinyCase) -> None:
    """A building is a facility or two of today, refitted."""
    facilities, buildings = case.tables["facilities"], case.tables["buildings"]
    if not facilities or rng.random() < 0.75:
        return
    home = rng.choice(facilities)["community"]
    own = [row["id"] for row in facilities if row["community"] == home]
    refitted = rng.sample(own, min(len(own), rng.choice((1, 1, 2))))
    building = rng.choice(buildings)
    building["replaces"] = ";".join(refitted)
    if rng.random() < 0.5:
        sites = [row["site"] for row in facilities if row["id"] in refitted]
        shared = [row for row in buildings if row["site"] == sites[0] and sites[0]]
        building["site"] = "" if shared else sites[0]


def lock(rng: Random, case: TinyCase) -> None:
    """One lock in some cases; most can hold, some contradict eligibility."""
    if rng.random() < 0.8:
        return
    refits = {row["id"] for row in case.rows("buildings") if row.get("replaces")}
    facts = facts_of(decided(case, set(), refits))
    building = rng.choice(case.tables["buildings"])
    hosts = facts.hosts[building["id"]] or (case.tables["communities"][0]["id"],)
    fits = list(facts.fits[building["id"]]) or [case.tables["functions"][0]["id"]]
    building["lock"] = rng.choice(
        ("must", "never", f"community:{rng.choice(hosts)}", f"function:{rng.choice(fits)}")
    )


def share_rooms(case: TinyCase, rng: Random) -> None:
    """Two functions may use a room in turns, in some cases."""
    rows = case.tables["functions"]
    if rng.random() < 0.7 or len(rows) < 2:
        return
    pair = rng.sample(rows, 2)
    for row in pair:
        row["shareable"] = "1"
    case.pack["shared_rooms"] = [{row["id"]: slot for row, slot in zip(pair, SLOTS, strict=True)}]
