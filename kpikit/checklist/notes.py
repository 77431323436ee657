"""Notes beside the checks: what a consultant would add. They never change the score."""

from collections.abc import Iterator

from .problem import Problem, note
from .reading import Reading

FEWEST_DRIVERS, MOST_DRIVERS = 2, 4  # E4


@note("no_links")
def no_cause_and_effect(reading: Reading) -> Iterator[Problem]:
    if reading.kpis and not any(link.cause and link.effect for link in reading.design.links):
        yield Problem("none", "aop")


@note("drivers")
def two_to_four_drivers_a_primary_goal(reading: Reading) -> Iterator[Problem]:
    for goal in reading.primary:
        drivers = [k for k in reading.of(goal, reading.company.kpis) if reading.is_driver(k)]
        if not FEWEST_DRIVERS <= len(drivers) <= MOST_DRIVERS:
            yield Problem(
                "few" if len(drivers) < FEWEST_DRIVERS else "many",
                reading.place(goal),
                goal=reading.name(goal),
                count=len(drivers),
            )


@note("company_activity")
def an_activity_on_the_company_scorecard(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.company.kpis:
        if reading.kind(kpi) == "activity":
            yield Problem("activity", reading.place(kpi), kpi=reading.name(kpi), called=[kpi])
