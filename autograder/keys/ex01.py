"""The key of ex01, KPI or activity: what each answer earns and why. Words, misconceptions and samples: ex01.yaml.

Reasons say what is right, what is not and which fact to look at again; the answer itself stands in `solution` only.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from autograder import scorecards
from autograder.readings import named, rows
from autograder.score import Credit, Reason, key
from autograder.sorting import sorted_into
from kpikit.companies import Case
from kpikit.design import Design
from kpikit.language import Amount
from kpikit.questions import Question, questions_of

GROUPS = {  # q1: what the roastery's twelve numbers are, by its own story
    "m01": "outcome",
    "m02": "driver",
    "m03": "activity",
    "m04": "driver",
    "m05": "activity",
    "m06": "outcome",
    "m07": "compliance",
    "m08": "driver",
    "m09": "activity",
    "m10": "compliance",
    "m11": "outcome",
    "m12": "driver",
}
PROVEN = "m02"  # an activity whose links the story's data show, one by one (A5)


# ---------------------------------------------------------------- q1: twelve metrics


@key("ex01-q1")
def sorts_by_what_it_says_about_the_goal(answer: dict[str, str], case: Case | None) -> Credit:
    """A twelfth of the points for each metric in its group."""
    return sorted_into(answer, GROUPS, _idea)


def _idea(item: str, given: str) -> str:
    """The wrong idea that puts this metric into that group."""
    if item == PROVEN and given == "activity":
        return "proof_overlooked"
    if given == "compliance":
        return "rule_for_goal"
    return {
        "activity": "busy_as_result",
        "compliance": "rule_as_lever",
        "driver": "lever_as_end" if given == "outcome" else "lever_as_task",
        "outcome": "end_as_lever" if given == "driver" else "lever_as_task",
    }[GROUPS[item]]


# ---------------------------------------------------------------- q2 to q4: the removal test


@key("ex01-q2")
def visits_leave_the_scorecard(answer: str, case: Case | None) -> Credit:
    return _chosen(answer, drop_blind=1, drop_work=0.4)


@key("ex01-q3")
def listed_skus_join_the_scorecard(answer: str, case: Case | None) -> Credit:
    return _chosen(answer, keep_where=1, keep_easy=0.4)


@key("ex01-q4")
def reports_on_time_become_a_house_rule(answer: str, case: Case | None) -> Credit:
    return _chosen(answer, drop_to_rules=1, drop_reports=0.4)


def _chosen(option: str, **shares: float) -> Credit:
    """The right verdict for the wrong reason earns part; each option's sentence has the option's id as its name."""
    return Credit(shares.get(option, 0), option)


# ---------------------------------------------------------------- q5: attainment


@key("ex01-q5")
def attainment_of_the_same_nine_months(answer: float, case: Case | None) -> Credit:
    """Actual over plan of MT, April to December 2026, in percent: within 0.3 points."""
    assert case is not None
    shares = {
        "right": 1.0,
        "unit_slip": 0.5,
        "gap_for_attainment": 0.5,
        "whole_year": 0.25,
        "other_period": 0.25,
        "month_for_period": 0.25,
        "company_for_channel": 0.25,
        "upside_down": 0.25,
    }
    name = named(answer, _all_readings(case), within=0.5, right=0.3)
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2), "%"))])


@cache
def _all_readings(case: Case) -> tuple[tuple[float, str], ...]:
    """The books are read once a class, not once an answer."""
    return tuple(_readings(case))


def _readings(case: Case) -> Iterator[tuple[float, str]]:
    """Every number that a known way of reading the books leads to, and that way's name."""

    def total(table: str, first: str, last: str, channel: str | None = "MT", column: str = "revenue") -> float:
        return sum(
            float(row[column] or 0)
            for row in rows(case, table)
            if first <= row["month"] <= last and channel in (None, row["channel"])
        )

    nine = ("2026-04", "2026-12")
    actual, plan, before = total("sales", *nine), total("plan", *nine), total("sales", "2025-04", "2025-12")
    yield 100 * actual / plan, "right"
    yield actual / plan, "unit_slip"
    yield 100 * (1 - actual / plan), "gap_for_attainment"
    yield 100 * (actual / plan - 1), "gap_for_attainment"
    yield 100 * plan / actual, "upside_down"
    for year in ("2026-01", "2026-12"), ("2026-01", "2026-03"):
        yield (
            100 * total("sales", *year) / total("plan", *year),
            "whole_year" if year[1] == "2026-12" else "other_period",
        )
    yield 100 * total("sales", "2026-01", "2026-09") / total("plan", "2026-01", "2026-09"), "other_period"
    yield 100 * total("sales", "2026-12", "2026-12") / total("plan", "2026-12", "2026-12"), "month_for_period"
    yield 100 * total("sales", *nine, None) / total("plan", *nine, None), "company_for_channel"
    yield 100 * (actual / before - 1), "growth_for_attainment"
    yield 100 * actual / before, "growth_for_attainment"
    yield 100 * actual / total("sales", *nine, None), "share_for_attainment"
    yield (
        100 * total("field", *nine, column="visits") / total("plan", *nine, column="visits"),
        "activity_for_result",
    )
    for amount in (actual, plan, before):
        yield amount / 1e9, "amount_for_rate"


# ---------------------------------------------------------------- q7: a small scorecard

PARTS = {"ends": 5, "levers": 5, "busywork": 3, "scales": 4, "targets": 3, "decisions": 5}  # points, of 25
ENOUGH, MOST = 3, 4  # lines asked for
WORDS = {
    PROVEN: r"chỉnh máy|tuning|tuned|calibrat",
    "m06": r"còn mua|giữ (được )?(quán|khách)|retention|still buying|retained",
}


@key("ex01-q7")
def steers_the_roastery(answer: Design, case: Case | None) -> Credit:
    """Six parts, each a share of its points; what a row really is decides, not what it is called."""
    sheet = scorecards.laid_on(answer, _question("ex01-q7").given, _roastery())
    if not sheet.kpis:
        return Credit(0, "no_rows")
    found = {
        "ends": scorecards.ends(sheet),
        "levers": scorecards.levers(sheet),
        "busywork": scorecards.busywork(sheet, ENOUGH, MOST),
        "scales": scorecards.scales(sheet, ENOUGH),
        "targets": scorecards.targets(sheet),
        "decisions": scorecards.decisions(sheet, ENOUGH),
    }
    return scorecards.whole(sheet, found, PARTS, ENOUGH)


@cache
def _roastery() -> scorecards.Firm:
    """Đồi Gió, whose numbers are what q1's story says."""
    return scorecards.Firm(GROUPS, _question("ex01-q1").items, WORDS, proven={PROVEN})


@cache
def _question(id: str) -> Question:
    return questions_of("ex01", Path(__file__).parent).find(id)
