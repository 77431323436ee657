"""The key of the capstone: a whole design earns what the 24 checks tick, group by group; the rest is read by a person.

Each of the eight groups is worth an eighth: all of it for three questions ticked, half for two, nothing for fewer. A
group asks one thing three ways, and a sheet kept from habit ticks a question here and there without doing the thing.
The simulated year is told beside the points and never changes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import kpikit
from autograder.score import Credit, Reason, key
from kpikit.companies import Case, cases
from kpikit.companies import case as open_case
from kpikit.design import Design
from kpikit.language import LANGUAGES, Amount, Words, same
from kpikit.report import Checked, Report

GROUPS = {  # the checklist's groups, by the name of the reason that quotes their findings
    "1": "foundation",
    "2": "apart_from_aop",
    "3": "busy_for_result",
    "4": "too_many",
    "5": "weights_off",
    "6": "scales_off",
    "7": "cascade_off",
    "8": "rhythm_off",
}
WORTH = {3: 1.0, 2: 0.5}  # of a group's points, by questions ticked
YEARS, SEED = 200, 1
GUESSED = 0.5  # of what people feel: above it the year would tell of our guesses, not of the design
ITS_OWN = "distributor"  # the course's worked example
PLACES: dict[str, Words] = {  # where a finding is that is no KPI's, goal's or scorecard's
    "aop": {"vi": "AOP", "en": "the AOP"},
    "review": {"vi": "phần rà soát", "en": "the review"},
    "company": {"vi": "bảng KPI công ty", "en": "the company scorecard"},
}


# ---------------------------------------------------------------- q1: which company


@key("capstone-q1")
def any_company_will_do(answer: str, case: Case | None) -> Credit:
    return Credit(1, "own_company" if answer == "own" else "a_case")


# ---------------------------------------------------------------- q2: the design


@key("capstone-q2", after=("capstone-q1",))
def ticks_the_checklist(answer: Design, case: Case | None, earlier: dict[str, Any]) -> Credit:
    """The 24 checks with the chosen case's catalogue: what each group earns, what fails and how to mend it."""
    report = kpikit.check(answer, _case(answer, earlier))
    share = sum(WORTH.get(_ticked(report, group), 0) for group in GROUPS) / len(GROUPS)
    reasons = [Reason("earned", score=report.score, points=round(50 * share, 2))]
    if _worked_example(answer):
        reasons.append(Reason("worked_example"))
    if not answer.kpis:
        reasons.append(Reason("no_kpis"))
    reasons += [_quoted(c) for c in report.checks if not c.passed and (answer.kpis or c.group in "1")]
    return Credit(share, [*reasons, *_year(answer, _case(answer, earlier))])


def _case(design: Design, earlier: dict[str, Any]) -> str | None:
    """The case chosen in question 1; where that is not answered, the one the design names."""
    named = earlier.get("capstone-q1") or design.case
    return named if named in cases() else None


def _ticked(report: Report, group: str) -> int:
    return sum(c.passed for c in report.checks if c.group == group)


def _place(where: str) -> Words | str:
    """Where a finding is, as a learner calls it."""
    return PLACES.get(where, where)


def _quoted(checked: Checked) -> Reason:
    """The question that is not ticked, what the checklist says of the first place, and where else."""
    first, *others = checked.findings
    told = {code: first.tell(code) for code in LANGUAGES}
    return Reason(
        GROUPS[checked.group],
        check=checked.id,
        question={code: checked.question(code) for code in LANGUAGES},
        where=[_place(f.where) for f in (first, *others[:4])] + (["…"] if len(others) > 4 else []),
        why={code: why for code, (why, _) in told.items()},
        mend={code: mend for code, (_, mend) in told.items()},
    )


@cache
def _own_company() -> str:
    return same(open_case(ITS_OWN).plan["company"])


def _worked_example(design: Design) -> bool:
    return design.case == ITS_OWN or same(design.company) == _own_company()


# ---------------------------------------------------------------- the simulated year, told and not counted


def _year(design: Design, case: str | None) -> Iterator[Reason]:
    """What a few hundred simulated years say of the design, where the model can place enough of it."""
    if not any(kpi.weight for kpi in design.kpis):
        return
    import numpy as np  # a second of imports, paid once a class

    from kpikit.years.firm import Firm
    from kpikit.years.mapping import mapped
    from kpikit.years.run import run

    placed = mapped(design, case)
    if placed.guessed > GUESSED or not placed.setup.weight.any():
        yield Reason("no_year", guessed=Amount(round(100 * placed.guessed), "%"))
        return
    years = run(placed.setup, YEARS, SEED, Firm())
    attained, paradox = float(np.median(years.attainment)), float(years.paradox.mean())
    yield Reason(
        "year",
        years=YEARS,
        attained=Amount(round(100 * attained), "%"),
        paradox=Amount(round(100 * paradox), "%"),
        unplaced=_unplaced([p.name for p in placed.unplaced]),
    )


def _unplaced(names: list[str]) -> Words:
    """The KPIs the model left out, as the end of a sentence."""
    if not names:
        return {"vi": "", "en": ""}
    listed = ", ".join(names[:4])
    return {"vi": f" Không đặt được vào mô hình: {listed}.", "en": f" Left out of the model: {listed}."}
