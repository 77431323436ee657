"""F3 Outcome and lever: both are there, and activity counts do not crowd them out."""

from collections.abc import Iterator
from typing import Any

from .problem import TOLERANCE, Problem, check
from .reading import Reading


@check("3.1")
def some_kpi_is_an_outcome(reading: Reading) -> Iterator[Problem]:
    if not any(map(reading.is_outcome, reading.kpis)):
        yield Problem("none", "aop", called=[k for k in reading.kpis if k.kind == "outcome"])


@check("3.2")
def every_primary_goal_has_a_driver(reading: Reading) -> Iterator[Problem]:
    if not reading.primary:
        yield Problem("no_primary", "aop")
    for goal in reading.primary:
        its_kpis = reading.of(goal, reading.kpis)
        if not any(map(reading.is_driver, its_kpis)):
            yield Problem(
                "no_driver",
                reading.place(goal),
                goal=reading.name(goal),
                called=[k for k in its_kpis if k.kind == "driver"],
            )


@check("3.3")
def activities_do_not_crowd_a_scorecard(reading: Reading) -> Iterator[Problem]:
    for card in reading.cards:
        unproven = [k for k in card.kpis if reading.is_unproven(k)]
        share = card.share(unproven)
        facts: dict[str, Any] = {"card": reading.card(card), "called": unproven, "kpis": reading.names(unproven)}
        if 2 * len(unproven) >= len(card.kpis):
            yield Problem(
                "by_count",
                card.place,
                count=len(unproven),
                of=len(card.kpis),
                over=len(unproven) - (len(card.kpis) - 1) // 2,
                **facts,
            )
        elif card.total and share >= 0.5 - TOLERANCE:
            yield Problem("by_weight", card.place, share=round(100 * share, 1), **facts)
