r"""Every domain of services for each member of a pilot.  七大类服务功能

A pilot has a function of every domain within that function's reach of the community: in a facility
of today, or in a building that its host has. Local: every row has one host.

.. math::

    \sum_{(b, c) \in R_f,\ f \in F_d} x_{ubf} \ge p_u
        \qquad \forall c \in C_u,\ d \in \mathrm{Dom}:\ dom^0_{cd} = 0

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`x_{ubf}`       ``m.installed[u, b, f]``       f stands in b                   0/1
:math:`p_u`           ``m.pilot[u]``                 u is brought to standard        0/1
:math:`R_f`           ``Instance.reached[b, f]``     communities within f's reach    pairs
:math:`dom^0_{cd}`    ``Host.domains_today``         a facility of today has d       0/1
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 三(三)2, HZ-08, HZ-39; contract section 5 (Domains, "own").
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.rooms import members_of


def add_domains(block: Any, m: Any, instance: Instance) -> None:
    """Add ``domain_present`` to *block*; a domain nobody can bring leaves the row ``0 ≥ p``."""
    if not instance.policy.domains_required:
        return
    from_reach = instance.policy.domains_from == "reach"
    own: dict[Any, list[Any]] = {}
    everybodys: dict[Any, list[Any]] = {}
    for u, b, f in m.INSTALLS:
        for c, domain in _brought(instance, b, f):
            own.setdefault((u, c, domain), []).append((u, b, f))
            everybodys.setdefault((c, domain), []).append((u, b, f))
    missing = [
        (u, c, d)
        for u, host in instance.hosts.items()
        for c in host.members
        for d in instance.policy.domain_parts
        if (c, d) not in host.domains_today or (c, d) in instance.fading.domains
    ]

    @block.Constraint(pyo.Set(initialize=missing, dimen=3))
    def domain_present(_: Any, u: str, c: str, d: str) -> Any:
        offers = everybodys.get((c, d), ()) if from_reach else own.get((u, c, d), ())
        stay = [m.stays[refit] for refit in instance.fading.domains.get((c, d), ())]
        return pyo.quicksum([m.installed[offer] for offer in offers] + stay) - m.pilot[u] >= 0


def _brought(instance: Instance, building: str, function: str) -> set[tuple[str, str]]:
    """(community, domain or half) that *function*, or who shares its room, brings."""
    return {
        (c, part)
        for member in members_of(instance.functions, function)
        if (part := instance.functions[member].part)
        for c in instance.reached.get((building, member), ())
    }
