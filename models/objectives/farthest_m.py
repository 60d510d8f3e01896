"""Longest walk of planned service, metres (min).  最远步行距离

``Σ_q (d_q - d_q-1) r_q`` over the distinct distances, farthest last; the family ``farthest`` lets
nobody be served beyond an open class. Source: contract section 5 (Goals).
"""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pyomo.environ as pyo

from models.exact import fraction
from models.instance import Instance
from models.plan import Plan


def expression(m: Any, _: Instance) -> Any:
    """The longest walk in use, metres."""
    walks = list(m.WALKS)
    steps = [walk - before for before, walk in pairwise([0.0, *walks])]
    return pyo.quicksum(step * m.walk_in_use[walk] for step, walk in zip(steps, walks, strict=True))


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly; 0 without planned service."""
    return max(
        (fraction(instance.walk_m[row.building, row.community]) for row in plan.services),
        default=Fraction(0),
    )
