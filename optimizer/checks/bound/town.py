"""The columns of the relaxation: what a plan decides, as far as the bound looks at it.

Source: contract section 5; how a plan reads into them stands in the package's text.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from optimizer.checks.bound.program import Program
from optimizer.checks.bound.standing import Standing
from optimizer.checks.facts import Facts
from optimizer.checks.folder import amount
from optimizer.checks.possible import Possible

ZERO = Fraction(0)
NOBODY = ""  # the one host of plain facility location
OF_SERVICE = (
    *("need_served", "priority_need_served", "worst_served"),
    *("walking_distance", "farthest_m"),
)
Kind = tuple[str, ...]  # functions of a room
Street = tuple[str, str]


@dataclass(frozen=True)
class Town:
    """Facts without a plan, and columns by what they stand for, made when first asked for."""

    possible: Possible
    program: Program

    @property
    def facts(self) -> Facts:
        """The city without a plan."""
        return self.possible.facts

    @cached_property
    def goals(self) -> set[str]:
        """Names of all goals of the order."""
        order = self.facts.folder.scenario["goals"]
        return {name for entry in order for name in (entry if isinstance(entry, dict) else [entry])}

    @cached_property
    def hosts(self) -> dict[str, Standing]:
        """Every community and declared union."""
        if not self.facts.has_hosts:
            return {}
        names = (*self.facts.communities, *self.facts.unions)
        return {host: Standing(self.possible, host) for host in names}

    @cached_property
    def with_member(self) -> dict[str, list[str]]:
        """Community -> hosts that it may be in."""
        found: dict[str, list[str]] = defaultdict(list)
        for host, standing in self.hosts.items():
            for community in standing.members:
                found[community].append(host)
        return dict(found)

    # -- hosts ---------------------------------------------------------------------------------

    @cached_property
    def pilot(self) -> dict[str, int]:
        """Host -> it has pilots."""
        able = [u for u, standing in self.hosts.items() if standing.pilots]
        return {u: self.program.column(f"pilot {u}") for u in able}

    @cached_property
    def hub(self) -> dict[str, int]:
        """Host -> it plans a hub."""
        able = [u for u, standing in self.hosts.items() if standing.may_plan_hub]
        return {u: self.program.column(f"hub {u}") for u in able}

    @cached_property
    def stands(self) -> dict[tuple[str, Street], int]:
        """(host, street) -> its planned hub stands there, in a street of the communities."""
        pairs = [(u, s) for u in self.hub for s in sorted(self.streets_of(u))]
        return {(u, s): self.program.column(f"stands {u} {'/'.join(s)}") for u, s in pairs}

    def streets_of(self, host: str) -> set[Street]:
        """Streets of the communities that a candidate of *host* stands in."""
        found = {self.facts.street_of(b) for b in self.hosts[host].candidates}
        return found & self.facts.streets

    @cached_property
    def covered_for_certain(self) -> set[str]:
        """Communities that have a hub of today, or could have by a refit."""
        facts = self.facts
        ways = {c: self.with_member.get(c, ()) for c in facts.communities}
        able = {c for c, hosts in ways.items() if any(self.hosts[u].may_have_hub for u in hosts)}
        return able | facts.covered_today

    @cached_property
    def street(self) -> dict[Street, int]:
        """Street without a hub of today -> a planned hub covers it."""
        rows = self.facts.communities
        today = {(rows[c]["district"], rows[c]["street"]) for c in self.covered_for_certain}
        is_must = int(self.facts.folder.policy["street_coverage"] == "must")
        left = sorted(self.facts.streets - today) if self.facts.has_hosts else ()
        return {s: self.program.column(f"street {'/'.join(s)}", lower=is_must) for s in left}

    @cached_property
    def covered(self) -> dict[str, int]:
        """Community without a hub of today -> a planned hub covers it."""
        is_must = int(self.facts.folder.policy["community_coverage"] == "must")
        left = [c for c in self.with_member if c not in self.covered_for_certain]
        return {c: self.program.column(f"covered {c}", lower=is_must) for c in left}

    @cached_property
    def uses(self) -> dict[tuple[str, str], int]:
        """(host, building) -> hosted."""
        able = self.possible.candidates if self.facts.has_hosts else {NOBODY: self.usable}
        pairs = [(u, b) for u, inside in able.items() for b in inside]
        return {(u, b): self.program.column(f"uses {u} {b}") for u, b in pairs}

    @cached_property
    def used(self) -> dict[str, list[int]]:
        """Building -> its columns of :attr:`uses`."""
        found: dict[str, list[int]] = defaultdict(list)
        for (_, b), column in self.uses.items():
            found[b].append(column)
        return dict(found)

    @cached_property
    def usable(self) -> list[str]:
        """Buildings that some plan could use, in order."""
        return sorted(self.possible.usable)

    @cached_property
    def counted_m2(self) -> dict[str, Fraction]:
        """Building -> most m² that enter a standard."""
        return {b: self.possible.counted_m2(b) for b in self.usable}

    @cached_property
    def credit(self) -> dict[tuple[str, str], int]:
        """(host, building) -> counted m² credited, cut at the most its rows ask for."""
        most = {(u, b): min(self.hosts[u].most_m2, self.counted_m2[b]) for u, b in self.uses if u}
        return {
            (u, b): self.program.column(f"credit {u} {b}", m2) for (u, b), m2 in most.items() if m2
        }

    # -- buildings -----------------------------------------------------------------------------

    @cached_property
    def area_m2(self) -> dict[str, Fraction]:
        """Building -> m² of all floors."""
        floors = self.facts.floors_of
        return {b: sum(floors.get(b, {}).values(), ZERO) for b in self.usable}

    @cached_property
    def room(self) -> dict[tuple[str, Kind], int]:
        """(building, functions) -> m² of such rooms."""
        found = {}
        for b in self.usable:
            for kind in self._kinds(b):
                most = min(self.possible.fits[b][f][1] for f in kind)
                found[b, kind] = self.program.column(f"room {b} {'+'.join(kind)}", most)
        return found

    def _kinds(self, building: str) -> Iterable[Kind]:
        fits = self.possible.fits[building]
        shared = (tuple(slots) for slots in self.facts.folder.policy["shared_rooms"])
        alone: list[Kind] = [(f,) for f in fits]
        return dict.fromkeys([*alone, *(k for k in shared if k and set(k) <= set(fits))])

    @cached_property
    def rooms_with(self) -> dict[tuple[str, str], list[int]]:
        """(building, function) -> columns of the rooms it is in."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for (b, kind), column in self.room.items():
            for f in kind:
                found[b, f].append(column)
        return dict(found)

    @cached_property
    def opens(self) -> dict[tuple[str, str], int]:
        """(building, function) -> it stands there; a lock says so of every plan."""
        return {
            (b, f): self.program.column(
                f"opens {b} {f}", lower=int(f"function:{f}" in self.facts.locks(b))
            )
            for b in self.usable
            for f in self.possible.fits[b]
        }

    # -- service -------------------------------------------------------------------------------

    @cached_property
    def has_service(self) -> bool:
        """Persons served matter: to a goal, or because everybody must be."""
        return self.facts.folder.scenario["service"]["serve_all"] or bool(
            self.goals & set(OF_SERVICE)
        )

    @cached_property
    def serves(self) -> dict[tuple[str, str, str], int]:
        """(building, function, community) -> persons served beyond today's supply."""
        if not self.has_service:
            return {}
        facts, found = self.facts, {}
        asking: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
        for (c, f), left in facts.left.items():
            if left > 0:
                asking[c].append((f, left))
        for (b, c), walk in facts.walk.items():
            for f, left in asking[c] if b in self.possible.usable else ():
                if (b, f) in self.opens and facts.within(walk, facts.reach(f)):
                    found[b, f, c] = self.program.column(f"serves {b} {f} {c}", left)
        return found

    @cached_property
    def served(self) -> dict[tuple[str, str], list[int]]:
        """(community, function) -> its columns of :attr:`serves`."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for (_, f, c), column in self.serves.items():
            found[c, f].append(column)
        return dict(found)

    @cached_property
    def worst(self) -> int:
        """The lowest share of need served."""
        return self.program.column("worst")

    @cached_property
    def farthest(self) -> int:
        """The longest walk, m."""
        walks = (self.facts.walk[b, c] for b, _, c in self.serves)
        return self.program.column("farthest", max(walks, default=ZERO))

    @cached_property
    def whole_need(self) -> dict[str, dict[str, Fraction]]:
        """Community with weighted need -> function -> weight × persons."""
        found: dict[str, dict[str, Fraction]] = defaultdict(dict)
        for (c, f), row in self.facts.needs.items():
            points = amount(self.facts.functions[f], "weight") * amount(row, "persons")
            if points:
                found[c][f] = points
        return dict(found)
