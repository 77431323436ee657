"""F8 Rhythm: reviewed monthly or quarterly, someone answers for it, and KPIs follow the context."""

from collections.abc import Iterator

from .problem import Problem, Term, check
from .reading import Reading, says

STEERS = ("daily", "weekly", "monthly", "quarterly")


@check("8.1")
def reviewed_quarterly_or_oftener(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        at, name = reading.place(kpi), reading.name(kpi)
        if kpi.cadence is None:
            yield Problem("no_cadence", at, kpi=name)
        elif kpi.cadence not in STEERS:
            yield Problem("slow", at, kpi=name, cadence=Term(kpi.cadence))
    cadence = reading.review.cadence
    if cadence is None:
        yield Problem("no_review", "review")
    elif cadence not in STEERS:
        yield Problem("slow_review", "review", cadence=Term(cadence))


@check("8.2")
def someone_answers_for_it(reading: Reading) -> Iterator[Problem]:
    if not says(reading.review.analyst):
        yield Problem("no_analyst", "review")
    if not says(reading.review.decides):
        yield Problem("no_decider", "review")


@check("8.3")
def kpis_follow_the_context(reading: Reading) -> Iterator[Problem]:
    if not any(map(says, reading.review.triggers)):
        yield Problem("no_trigger", "review")
