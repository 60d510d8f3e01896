"""From an instance to one ConcreteModel: variables, families in order, goals in order."""

from collections.abc import Iterable

import pyomo.environ as pyo

from models.constraints import FAMILIES
from models.family import Family
from models.goal import MAX
from models.instance import Instance
from models.objectives import goal_of
from models.variables import add_variables


def build(
    instance: Instance,
    families: Iterable[Family] = FAMILIES,
    goals: Iterable[str] | None = None,
) -> pyo.ConcreteModel:
    """The model of *instance*; one block a family, one objective ``goal_<name>`` a goal.

    *goals* default to the instance's own order. All objectives are active: whoever compiles the
    model reads them as rows of a cost matrix.
    """
    model = pyo.ConcreteModel(name="linli")
    add_variables(model, instance)
    for family in families:
        block = pyo.Block()
        model.add_component(family.name, block)
        family.add(block, model, instance)
    add_goals(model, instance, instance.goals if goals is None else goals)
    return model


def add_goals(model: pyo.ConcreteModel, instance: Instance, goals: Iterable[str]) -> None:
    """Add the objective ``goal_<name>`` of each of *goals* to the built *model*."""
    for name in dict.fromkeys(goals):
        goal = goal_of(instance, name)
        sense = pyo.maximize if goal.sense == MAX else pyo.minimize
        objective = pyo.Objective(expr=goal.expression(model, instance), sense=sense)
        model.add_component(f"goal_{name}", objective)
