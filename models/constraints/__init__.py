"""Constraint families in the order they are added; one file a family."""

from models.constraints.area_minimum import add_area_minimum
from models.constraints.budget import add_budget
from models.constraints.communities import add_communities
from models.constraints.community_hub import add_hub
from models.constraints.dispersed_hub import add_dispersed_hub
from models.constraints.dispersed_items import add_dispersed_items
from models.constraints.dispersed_size import add_dispersed_size
from models.constraints.domains import add_domains
from models.constraints.farthest import add_farthest
from models.constraints.hub_count import add_hub_count
from models.constraints.hub_size import add_hub_size
from models.constraints.installation import add_installation
from models.constraints.lifts import add_lifts
from models.constraints.need import add_need
from models.constraints.office_share import add_office_share
from models.constraints.one_host import add_one_host
from models.constraints.pilots import add_pilots
from models.constraints.refits import add_refits
from models.constraints.residents_share import add_residents_share
from models.constraints.service import add_service
from models.constraints.shared_rooms import add_shared_rooms
from models.constraints.sources import add_sources
from models.constraints.streets import add_streets
from models.constraints.unions import add_unions
from models.constraints.worst_served import add_worst_served
from models.constraints.years import add_years
from models.family import LINKING, LOCAL, Family

FAMILIES: tuple[Family, ...] = (
    Family("installation", add_installation, LOCAL),
    Family("lifts", add_lifts, LOCAL),
    Family("shared_rooms", add_shared_rooms, LOCAL),
    Family("area_minimum", add_area_minimum, LOCAL),
    Family("community_hub", add_hub, LOCAL),
    Family("hub_size", add_hub_size, LOCAL),
    Family("dispersed_hub", add_dispersed_hub, LOCAL),
    Family("dispersed_size", add_dispersed_size, LOCAL),
    Family("dispersed_items", add_dispersed_items, LOCAL),
    Family("domains", add_domains, LOCAL),
    Family("office_share", add_office_share, LOCAL),
    Family("residents_share", add_residents_share, LOCAL),
    Family("service", add_service, LOCAL),
    Family("unions", add_unions, LINKING),
    Family("refits", add_refits, LINKING),
    Family("one_host", add_one_host, LINKING),
    Family("need", add_need, LINKING),
    Family("budget", add_budget, LINKING),
    Family("sources", add_sources, LINKING),
    Family("years", add_years, LINKING),
    Family("pilots", add_pilots, LINKING),
    Family("streets", add_streets, LINKING),
    Family("communities", add_communities, LINKING),
    Family("hub_count", add_hub_count, LINKING),
    Family("worst_served", add_worst_served, LINKING),
    Family("farthest", add_farthest, LINKING),
)
