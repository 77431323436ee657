"""F1 Foundation: the year's goals in numbers, one priority, limits and trade-offs."""

from collections.abc import Iterator
from typing import Any

from ..language import unit_name
from .problem import Amount, Problem, check
from .reading import Reading, limit_says, says


@check("1.1")
def goals_stand_in_numbers(reading: Reading) -> Iterator[Problem]:
    if not reading.aop.goals:
        yield Problem("none", "aop")
    for goal in reading.aop.goals:
        at, name = reading.place(goal), reading.name(goal)
        if goal.target is None:
            yield Problem("no_target", at, goal=name)
        if goal.baseline is None:
            yield Problem("no_baseline", at, goal=name)
        if not says(goal.unit) and unit_name(goal.unit) != "times":  # "x" is the unit of a ratio
            yield Problem("no_unit", at, goal=name)
        if goal.role != "primary" or goal.target is None or goal.baseline is None:
            continue
        amounts: dict[str, Any] = {
            "target": Amount(goal.target, goal.unit),
            "baseline": Amount(goal.baseline, goal.unit),
        }
        metric = reading.catalogue.get(goal.metric) if reading.catalogue and goal.metric else None
        if goal.target == goal.baseline:
            yield Problem("stands_still", at, goal=name, **amounts)
        elif metric and (goal.target > goal.baseline) != (metric.direction != "down"):
            yield Problem("worse", at, goal=name, **amounts)


@check("1.2")
def priority_is_stated(reading: Reading) -> Iterator[Problem]:
    if not says(reading.aop.priority):
        yield Problem("no_priority", "aop")
    if not reading.primary:
        yield Problem("no_primary", "aop")
    elif len(reading.aop.goals) >= 2 and len(reading.primary) == len(reading.aop.goals):
        yield Problem("all_primary", "aop", count=len(reading.primary), goals=reading.names(reading.primary))


@check("1.3")
def limits_and_trade_offs_are_stated(reading: Reading) -> Iterator[Problem]:
    if not any(limit_says(limit) for limit in reading.aop.limits):
        yield Problem("no_limit", "aop")
    if not any(says(text) for text in reading.aop.trade_offs):
        yield Problem("no_trade_off", "aop")
