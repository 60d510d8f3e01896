"""What the files say, joined once: every check reads these facts and nothing else of ours.

Written from contract section 5 alone; imports nothing of the model.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from optimizer.checks.folder import Row, amount, exact, half_up, parts
from optimizer.checks.hosts import Hosts, Room

ZERO = Fraction(0)
OFFICE = "office_functions"


@dataclass(frozen=True)
class Hub:
    """A hub of a community: existing (site "" where none is named) or planned."""

    site: str
    area: Fraction
    items: frozenset[str]
    is_bare: bool = False


@dataclass(frozen=True)
class Facts(Hosts):
    """What the plan says beside the inputs; amounts are exact Fractions in m², yuan, persons."""

    # -- functions -----------------------------------------------------------------------------

    @property
    def has_hosts(self) -> bool:
        """Buildings are credited to communities; not in plain facility location."""
        return bool(self.folder.policy["hosts"] == "community")

    @cached_property
    def domain_ids(self) -> list[str]:
        """Domains of the pack, in order."""
        return [d["id"] for d in self.folder.policy["domains"]]

    def is_office(self, function: str) -> bool:
        """The function is office space."""
        return self.functions[function]["item"] in self.folder.policy[OFFICE]

    def counts_as_item(self, function: str) -> bool:
        """The function's item counts in a hub: a domain of the pack, no office."""
        return self.functions[function]["domain"] in self.domain_ids and not self.is_office(
            function
        )

    def is_for_residents(self, function: str) -> bool:
        """The function is for residents' activities."""
        return self.functions[function]["resident_activity"] == "1"

    def counted(self, function: str) -> bool:
        """m² of the function enter a standard."""
        return self.functions[function]["counts_in_total"] == "1"

    # -- standards -----------------------------------------------------------------------------

    def required(self, host: str) -> Fraction:
        """m² the standard asks of a host, exactly."""
        per_100 = self.folder.policy["area_per_100_households_m2"]
        rows = [self.communities[c] for c in self.members(host)]
        standards = (exact(per_100[r["kind"]]) * self._hundreds(r) for r in rows)
        whole, hub = sum(standards, ZERO), self.hub_minimum(host)
        return max(whole, hub) if self.folder.policy["hub_inside_total"] else whole + hub

    def _hundreds(self, row: Row) -> Fraction:
        """Hundreds of households, those begun in full where the pack says so (A5)."""
        hundreds = amount(row, "households") / 100
        return Fraction(hundreds.__ceil__()) if self.folder.policy["round_up"] else hundreds

    def hub_minimum(self, host: str, *, pilot: bool = True) -> Fraction:
        """Hub minimum of the host: of its kind, of a union the largest, m²."""
        key = "hub_min_m2" if pilot else "nonpilot_hub_min_m2"
        kinds = (self.communities[c]["kind"] for c in self.members(host))
        return max(exact(self.folder.policy[key][kind]) for kind in kinds)

    def facilities_at(self, host: str) -> list[Row]:
        """Open facilities of the host's members."""
        return [row for c in self.members(host) for row in self.facilities_of.get(c, ())]

    def existing_area(self, host: str) -> Fraction:
        """Counted m² the host has today; none where only planned m² are to count (A3)."""
        rows = self.facilities_at(host) if self.folder.policy["count_existing"] else ()
        return sum((self.facility_area(r) for r in rows), ZERO)

    def facility_area(self, row: Row) -> Fraction:
        """Counted m² of a facility row."""
        counts = not row["function"] or self.counted(row["function"])
        return amount(row, "area_m2") if row["counted"] == "1" and counts else ZERO

    def credited(self, host: str) -> Fraction:
        """Counted m² the plan credits to the host."""
        return sum((r.m2 for r in self.rooms_of.get(host, ()) if self.counts(r)), ZERO)

    def counts(self, room: Room) -> bool:
        """m² of the room enter a standard: those of one of its functions do."""
        return any(self.counted(f) for f in room.functions)

    def has_office(self, room: Room) -> bool:
        """The room is an office, be it in turns."""
        return any(self.is_office(f) for f in room.functions)

    def items_of(self, rows: list[Row]) -> frozenset[str]:
        """Items that counted facility rows bring to a hub."""
        return frozenset(
            self.functions[r["function"]]["item"]
            for r in rows
            if r["counted"] == "1" and r["function"] and self.counts_as_item(r["function"])
        )

    def existing_hubs(self, community: str) -> list[Hub]:
        """Hubs of today: hub rows with the same site; siteless rows join the only site."""
        if community not in self._hubs_today:
            self._hubs_today[community] = self._existing_hubs(community)
        return self._hubs_today[community]

    @cached_property
    def _hubs_today(self) -> dict[str, list[Hub]]:
        return {}

    def _existing_hubs(self, community: str) -> list[Hub]:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.facilities_of.get(community, ()):
            if row["hub"] == "1":
                groups[row["site"]].append(row)
        named = [site for site in groups if site]
        if len(named) == 1 and "" in groups:
            groups[named[0]] += groups.pop("")
        return [
            Hub(
                site,
                sum((self.facility_area(r) for r in rows), ZERO),
                self.items_of(rows),
                all(not r["function"] for r in rows),
            )
            for site, rows in sorted(groups.items())
        ]

    def existing_hub(self, host: str) -> Hub | None:
        """The largest hub of today, of any member, that qualifies alone."""
        minimum = self.hub_minimum(host)
        good = [
            h
            for c in self.members(host)
            for h in self.existing_hubs(c)
            if not h.is_bare and h.area >= minimum and self.has_items(h)
        ]
        return max(good, key=lambda h: h.area) if good else None

    def has_items(self, hub: Hub) -> bool:
        """The hub has the items and the core items of the pack."""
        policy = self.folder.policy
        core = hub.items & set(policy["core_items"])
        enough = len(hub.items) >= policy["hub_min_items"]
        return enough and len(core) >= int(policy["hub_min_core_items"])

    def planned_hub(self, host: str) -> Hub | None:
        """The hub the plan marks for the host, with what it has there today."""
        inside = self.hub_buildings.get(host)
        if not inside:
            return None
        sites = self.hub_sites(host)
        today = [r for r in self.facilities_at(host) if r["site"] in sites]
        area = sum((self.facility_area(r) for r in today), ZERO)
        items = set(self.items_of(today))
        for room in self.rooms_of.get(host, ()):
            if room.building in inside:
                area += room.m2 if self.counts(room) else ZERO
                counted = (f for f in room.functions if self.counts_as_item(f))
                items |= {self.functions[f]["item"] for f in counted}
        return Hub("+".join(sorted(sites)), area, frozenset(items))

    def functions_near(self, community: str) -> set[str]:
        """Functions that facilities of today or the plan bring to the community."""
        if community not in self._brought:
            self._brought[community] = self._brought_to(community)
        return self._brought[community]

    @cached_property
    def _brought(self) -> dict[str, set[str]]:
        return {}

    def _brought_to(self, community: str) -> set[str]:
        from_reach = self.folder.policy["domains_from"] == "reach"
        everybodys = ((b, f, m2) for (b, f), m2 in self.installed.items() if b in self.host)
        offers = everybodys if from_reach else self.hosted.get(self.acting(community), ())
        walks = [(r["function"], walk) for r, walk in self.near_facilities.get(community, ())]
        walks += [(f, self.walk[b, community]) for b, f, _ in offers if (b, community) in self.walk]
        return {f for f, walk in walks if f and self.within(walk, self.reach(f))}

    def parts(self, community: str, domain: str) -> set[str]:
        """Items of the halves of a domain that are present for the community (A7)."""
        rows = [self.functions[f] for f in self.functions_near(community)]
        items = {row["item"] for row in rows if row["domain"] == domain}
        return items & set(self.halves[domain])

    @cached_property
    def halves(self) -> dict[str, list[str]]:
        """Domain of the pack -> items that are halves of it; none for most."""
        return {d["id"]: d["parts"] for d in self.folder.policy["domains"]}

    def domains(self, community: str) -> set[str]:
        """Domains present for the community: any function, or every half where all must be."""
        found = {self.functions[f]["domain"] for f in self.functions_near(community)}
        whole = self.folder.policy["domain_mode"] == "all"
        return {
            domain
            for domain, halves in self.halves.items()
            if domain in found and (not whole or self.parts(community, domain) == set(halves))
        }

    def has_domains(self, present: set[str]) -> bool:
        """Every domain is there, or the pack does not ask."""
        return not self.folder.policy["domains_required"] or set(self.domain_ids) <= present

    @cached_property
    def today(self) -> "Facts":
        """The same city without the plan."""
        return Facts(replace(self.folder, outputs=dict.fromkeys(self.folder.outputs, ())))

    def meets_today(self, host: str) -> bool:
        """The host meets the standard without the plan."""
        today = self.today
        present = [today.domains(c) for c in today.members(host)]
        return (
            today.existing_area(host) >= today.required(host)
            and today.existing_hub(host) is not None
            and all(today.has_domains(domains) for domains in present)
        )

    # -- money ---------------------------------------------------------------------------------

    def rate(self, building: str, function: str) -> Fraction:
        """Fit-out × factor, whole yuan per m²."""
        fitout = amount(self.functions[function], "fitout_yuan_per_m2")
        return half_up(fitout * amount(self.buildings[building], "fitout_factor"), 0)

    def is_upgraded(self, building: str) -> bool:
        """The plan takes the upgrade of a used building."""
        return building in self.siting and self.siting[building]["upgraded"] == "1"

    def money(self, building: str) -> dict[str, Fraction]:
        """One-off money of a used building, by column of siting.csv.

        A shared room is fitted out once, at the dearest of its functions; each opens.
        """
        mine = self.rooms_in.get(building, [])
        standing = [self.functions[f] for room in mine for f in room.functions]
        openings = (amount(row, "opening_yuan") for row in standing)
        dearest = [(room, max(self.rate(building, f) for f in room.functions)) for room in mine]
        return {
            "acquire_yuan": amount(self.buildings[building], "acquire_yuan"),
            "upgrade_yuan": amount(self.buildings[building], "upgrade_yuan")
            if self.is_upgraded(building)
            else ZERO,
            "opening_yuan": sum(openings, ZERO),
            "fitout_yuan": sum((room.m2 * rate for room, rate in dearest), ZERO),
        }

    def cost(self, building: str) -> Fraction:
        """One-off money of a used building."""
        return sum(self.money(building).values(), ZERO)

    @cached_property
    def cost_of(self) -> dict[str, Fraction]:
        """Used building -> its one-off money."""
        return {b: self.cost(b) for b in self.siting if b in self.buildings}

    @cached_property
    def yearly_cost(self) -> Fraction:
        """Rent of used buildings and operation of all that stands, a year."""
        rents = (amount(self.buildings[b], "rent_yuan_per_year") for b in self.cost_of)
        return sum(rents, ZERO) + sum(
            m2 * amount(self.functions[f], "operating_yuan_per_m2_year")
            for (_, f), m2 in self.installed.items()
        )

    @cached_property
    def left(self) -> dict[tuple[str, str], Fraction]:
        """(community, function) -> persons that facilities the plan leaves do not serve."""
        left = {key: amount(row, "left") for key, row in self.needs.items()}
        touched = {
            (r["community"], r["function"]) for r in self.facilities_today if r["id"] in self.gone
        }
        for key in touched & set(left):
            need = amount(self.needs[key], "persons")
            per_person = amount(self.functions[key[1]], "m2_per_person")
            rows = [r for r in self.facilities_of.get(key[0], ()) if r["function"] == key[1]]
            area = sum((amount(r, "area_m2") for r in rows), ZERO)
            met = (area / per_person if per_person else need) if rows else ZERO
            left[key] = half_up(need - min(need, met), 6)
        return left

    def existing(self, key: tuple[str, str]) -> Fraction:
        """Persons of a need whom facilities serve that the plan leaves."""
        return amount(self.needs[key], "persons") - self.left[key]

    @cached_property
    def planned_service(self) -> dict[tuple[str, str], Fraction]:
        """(community, function) -> persons served by the plan."""
        total: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for row in self.folder.outputs["service"]:
            total[row["community"], row["function"]] += amount(row, "persons")
        return dict(total)

    @cached_property
    def streets(self) -> set[tuple[str, str]]:
        """(district, street) of the communities."""
        return {(r["district"], r["street"]) for r in self.communities.values()}

    @cached_property
    def covered_today(self) -> set[str]:
        """Communities with a hub of their own today: qualifying, or without function rows."""
        return {
            c
            for c in self.communities
            if self.existing_hub(c) is not None or any(h.is_bare for h in self.existing_hubs(c))
        }

    @cached_property
    def covered_communities(self) -> set[str]:
        """Communities with a hub: of today, or planned by the host that stands for them."""
        hosts = {*self.hub_buildings, *(u for u in self.acting_unions if self.existing_hub(u))}
        return {c for host in hosts for c in self.members(host)} | self.covered_today

    @cached_property
    def covered_streets(self) -> set[tuple[str, str]]:
        """Streets with a hub: planned with all of its buildings, existing in the community's."""
        today = (self.communities[c] for c in self.covered_today)
        standing = {(row["district"], row["street"]) for row in today}
        standing |= {s for host in self.hub_buildings if (s := self.hub_street(host))}
        return standing & self.streets

    def locks(self, building: str) -> tuple[str, ...]:
        """Lock words of a building."""
        return parts(self.buildings[building]["lock"])
