"""F4 Number: one or two outcomes a goal, few KPIs in all, an owner for each."""

from collections.abc import Iterator

from .problem import Problem, check
from .reading import Reading, says

# The article says "few"; these figures are house rules, and the explanation says so.
MOST_PER_GOAL, MOST_COMPANY, MOST_OTHER = 6, 12, 7


@check("4.1")
def one_or_two_outcomes_a_goal(reading: Reading) -> Iterator[Problem]:
    if not reading.primary:
        yield Problem("no_primary", "aop")
    for goal in reading.primary:
        on_company = reading.of(goal, reading.company.kpis)
        outcomes = [k for k in on_company if reading.is_outcome(k)]
        name = reading.name(goal)
        if not outcomes:
            yield Problem("none", reading.place(goal), goal=name, called=[k for k in on_company if k.kind == "outcome"])
        elif len(outcomes) > 2:
            yield Problem(
                "too_many",
                reading.place(goal),
                count=len(outcomes),
                over=len(outcomes) - 2,
                kpis=reading.names(outcomes),
                goal=name,
                called=outcomes,
            )


@check("4.2")
def few_enough_to_focus(reading: Reading) -> Iterator[Problem]:
    for goal in reading.aop.goals:
        count = len(reading.of(goal, reading.company.kpis))
        if count > MOST_PER_GOAL:
            yield Problem(
                "goal",
                reading.place(goal),
                goal=reading.name(goal),
                count=count,
                most=MOST_PER_GOAL,
                over=count - MOST_PER_GOAL,
            )
    for card in reading.cards:
        count, most = len(card.kpis), MOST_COMPANY if card.company else MOST_OTHER
        if count > most:
            yield Problem("card", card.place, card=reading.card(card), count=count, most=most, over=count - most)


@check("4.3")
def every_kpi_has_an_owner(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        if not says(kpi.owner):
            name = reading.name(kpi)
            if kpi.owner:
                yield Problem("placeholder", reading.place(kpi), kpi=name, owner=kpi.owner)
            else:
                yield Problem("no_owner", reading.place(kpi), kpi=name)
