r"""Members of a declared union act together or each alone.  服务联合体

Linking: the union and its members meet here. Nothing is hosted and no hub counts twice, since only
one of the two acts; a required member is a pilot alone or together.

.. math::

    z_{Ub} \le act_U, \quad p_U \le act_U, \qquad
    z_{cb} \le 1 - act_U, \quad p_c \le 1 - act_U \quad \forall c \in C_U, \qquad
    p_c + p_U = 1 \ \text{(c required)}, \qquad \mathrm{together}_U \le act_U

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`act_U`         ``m.acting[u]``                the members of U act as one     0/1
:math:`z_{ub}`        ``m.used[u, b]``               u hosts b                       0/1
:math:`p_u`           ``m.pilot[u]``                 u is brought to standard        0/1
:math:`C_U`           ``Host.members``               members of U                    ids
:math:`together_U`    ``m.together[u]``              a member's hub covers the rest  0..1
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 三(二)2, HZ-31, HZ-32; A11; contract section 5 (Union).
"""

from typing import Any

from models.instance import Instance


def add_unions(block: Any, m: Any, instance: Instance) -> None:
    """Add rows of hosting and being a pilot together, alone, and of required members."""
    alone = dict(instance.union_of)

    @block.Constraint([(u, b) for u, b in instance.pairs if instance.hosts[u].is_union])
    def hosts_together(_: Any, u: str, b: str) -> Any:
        return m.used[u, b] - m.acting[u] <= 0

    @block.Constraint(m.UNIONS)
    def pilot_together(_: Any, u: str) -> Any:
        return m.pilot[u] - m.acting[u] <= 0

    @block.Constraint([(c, b) for c, b in instance.pairs if c in alone])
    def hosts_alone(_: Any, c: str, b: str) -> Any:
        return m.used[c, b] + m.acting[alone[c]] <= 1

    @block.Constraint(sorted(alone))
    def pilot_alone(_: Any, c: str) -> Any:
        return m.pilot[c] + m.acting[alone[c]] <= 1

    @block.Constraint(m.TOGETHER)
    def covered_together(_: Any, u: str) -> Any:
        return m.together[u] - m.acting[u] <= 0

    required = [c for c in sorted(alone) if instance.hosts[c].required_members]

    @block.Constraint(required)
    def required_member(_: Any, c: str) -> Any:
        return m.pilot[c] + m.pilot[alone[c]] == 1
