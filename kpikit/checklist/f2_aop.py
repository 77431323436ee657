"""F2 Tie to the AOP: every goal is measured, every KPI serves a goal, none is kept from habit."""

from collections.abc import Iterator

from .problem import Problem, check
from .reading import Reading, says


@check("2.1")
def every_goal_has_an_outcome(reading: Reading) -> Iterator[Problem]:
    if not reading.aop.goals:
        yield Problem("no_goal", "aop")
    for goal in reading.aop.goals:
        on_company = reading.of(goal, reading.company.kpis)
        if not any(map(reading.is_outcome, on_company)):
            yield Problem(
                "no_outcome",
                reading.place(goal),
                goal=reading.name(goal),
                called=[k for k in on_company if k.kind == "outcome"],
            )


@check("2.2")
def every_kpi_serves_a_goal(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        at, name = reading.place(kpi), reading.name(kpi)
        if not kpi.goal:
            yield Problem("no_goal", at, kpi=name, goals=reading.choice(reading.aop.goals))
        elif kpi.goal not in reading.goals:
            yield Problem("unknown_goal", at, kpi=name, goal=kpi.goal, goals=reading.choice(reading.aop.goals))
        elif not says(kpi.contributes) and not reading.leads_to_outcome(kpi):
            yield Problem("no_path", at, kpi=name, goal=reading.name(reading.goals[kpi.goal]))


@check("2.3")
def none_is_kept_from_habit(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        at, name = reading.place(kpi), reading.name(kpi)
        if kpi.origin == "habit":
            yield Problem("habit", at, kpi=name)
        elif kpi.origin is None and not says(kpi.contributes) and not says(kpi.decision):
            yield Problem("no_reason", at, kpi=name)
