"""The key of ex03, pace: what each answer earns and why. Words, misconceptions and samples: ex03.yaml.

Every known way to read the books wrongly is worked out from the case's tables; a later question counts an answer that
is right on the learner's own earlier figure. Reasons never give the answer away; it stands in `solution` only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from autograder.readings import named, rows
from autograder.score import Credit, Reason, key
from kpikit.companies import Case
from kpikit.language import Amount

BILLION = 1_000_000_000
RETURNED = 2.1  # billion VND of June at Lam Sơn, the exercise's own
GT_YEAR, LAM_SON_REST = 300.0, 25.5  # billion VND, Kiệt's forecasts as the exercise gives them
HALF, QUARTER, JUNE = ("01", "06"), ("04", "06"), ("06", "06")
REST, YEAR, FIRST = ("07", "12"), ("01", "12"), ("01", "03")
Span = tuple[str, str]
Ways = Iterable[tuple[float, str]]


class Books:
    """The case's tables added up in billion VND; months as ("04", "06"), a unit as a channel, an account code or all."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def actual(self, span: Span, unit: str = "MT", year: str = "2026") -> float:
        return self._sum("sales", "revenue", span, unit, year)

    def plan(self, span: Span, unit: str = "MT") -> float:
        return self._sum("plan", "revenue", span, unit, "2026")

    def trade(self, column: str, span: Span, unit: str) -> float:
        return self._sum("trade", column, span, unit, "2026")

    def _sum(self, table: str, column: str, span: Span, unit: str, year: str) -> float:
        first, last = (f"{year}-{month}" for month in span)
        every = (row for row in rows(self.case, table) if first <= row["month"] <= last)
        return sum(float(r[column] or 0) for r in every if unit in ("all", r["channel"], r["account_code"])) / BILLION


@cache
def _ways(question: str, case: Case) -> tuple[tuple[float, str], ...]:
    """A question's ways are worked out once a class, not once an answer."""
    return tuple(_WAYS[question](Books(case)))


def _credit(name: str, answer: float, unit: str, shares: Mapping[str, float]) -> Credit:
    given = Amount(round(answer, 2 if abs(answer) < 1_000_000 else -7), unit)
    return Credit({"right": 1.0, "right_on_own": 1.0, **shares}.get(name, 0), Reason(name, given=given))


def _own(answer: float, wanted: float | None, name: str, within: float) -> str:
    """The answer's name, unless it follows from the learner's own earlier figure."""
    follows = wanted is not None and abs(answer - wanted) <= within
    return "right_on_own" if follows and name != "right" else name


def _in_billions(value: float) -> float:
    return value / BILLION if abs(value) >= 1_000_000 else value


# ---------------------------------------------------------------- q1: year to date


@key("ex03-q1")
def attainment_of_six_months(answer: float, case: Case | None) -> Credit:
    """MT's six months less the returned goods, over their plan, in percent."""
    assert case is not None
    name = named(answer, _ways("q1", case), within=0.3, right=0.16)
    shares = {
        "unit_slip": 0.5,
        "return_forgotten": 0.4,
        "return_added": 0.5,
        "twelfths": 0.5,
        "gap_for_attainment": 0.4,
    }
    shares |= {"month_for_ytd": 0.25, "quarter_for_ytd": 0.25, "company_for_channel": 0.25, "upside_down": 0.25}
    return _credit(name, answer, "%", shares)


def _attainments(books: Books) -> Iterator[tuple[float, str]]:
    actual, plan = books.actual(HALF), books.plan(HALF)
    year = books.plan(YEAR)
    net = actual - RETURNED
    yield 100 * net / plan, "right"
    yield net / plan, "unit_slip"
    yield 100 * (1 - net / plan), "gap_for_attainment"
    yield 100 * (net / plan - 1), "gap_for_attainment"
    yield 100 * actual / plan, "return_forgotten"
    yield 100 * (actual + RETURNED) / plan, "return_added"
    yield 100 * net / (year / 2), "twelfths"
    yield 100 * plan / net, "upside_down"
    for back in (0, RETURNED):
        yield 100 * (actual - back) / year, "annual_for_ytd"
        yield 100 * (books.actual(JUNE) - back) / books.plan(JUNE), "month_for_ytd"
        yield 100 * (books.actual(QUARTER) - back) / books.plan(QUARTER), "quarter_for_ytd"
        yield 100 * (books.actual(HALF, "all") - back) / books.plan(HALF, "all"), "company_for_channel"
        yield 100 * (actual - back) / books.actual(HALF, year="2025"), "growth_for_attainment"
        yield 100 * ((actual - back) / books.actual(HALF, year="2025") - 1), "growth_for_attainment"
        yield actual - back, "amount_for_rate"


# ---------------------------------------------------------------- q2: run rate to year's end


@key("ex03-q2")
def six_months_and_the_pace_of_three(answer: float, case: Case | None) -> Credit:
    """Six real months, and the plan of the rest at the second quarter's attainment, in VND."""
    assert case is not None
    bare = abs(answer) < 1_000_000
    name = named(_in_billions(answer), _ways("q2", case), within=0.45, right=0.7)
    name = "unit_slip" if bare and name == "right" else name
    shares = {"unit_slip": 0.5, "return_forgotten": 0.4, "return_once": 0.7, "season_lost": 0.5, "one_month": 0.4}
    shares |= {"old_pace": 0.4, "twelfths": 0.25, "rest_alone": 0.4, "last_year_rest": 0.25}
    return _credit(name, answer, "VND", shares)


def _year_ends(books: Books) -> Iterator[tuple[float, str]]:
    actual, plan, rest = books.actual(HALF), books.plan(HALF), books.plan(REST)
    quarter, planned = books.actual(QUARTER), books.plan(QUARTER)
    net, pace = actual - RETURNED, (quarter - RETURNED) / planned
    yield net + rest * pace, "right"
    yield actual + rest * quarter / planned, "return_forgotten"
    yield actual + rest * pace, "return_once"
    yield net + rest * quarter / planned, "return_once"
    yield net + 2 * (quarter - RETURNED), "season_lost"
    yield actual + 2 * quarter, "season_lost"
    yield net + rest * (books.actual(JUNE) - RETURNED) / books.plan(JUNE), "one_month"
    yield rest * pace, "rest_alone"
    yield net + books.actual(REST, year="2025"), "last_year_rest"
    yield actual + books.actual(REST, year="2025"), "last_year_rest"
    for known in (net, actual):
        yield books.plan(YEAR) * known / plan, "old_pace"  # January to March still in the pace
        yield 2 * known, "twelfths"
        yield known + rest, "plan_for_rest"
    yield books.plan(YEAR), "plan_for_forecast"


# ---------------------------------------------------------------- q3, q4: what it would take, and +20%


@key("ex03-q3", after=("ex03-q1",))
def growth_the_other_chains_would_need(answer: float, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """The goal less what is there and what Lam Sơn still brings, over the four chains' months before, in percent."""
    assert case is not None
    books = Books(case)
    name = named(answer, _ways("q3", case), within=0.35, right=1.0)
    half = _own_half(books, earlier)
    name = _own(answer, None if half is None else 100 * (_left(books, half) / _four_before(books) - 1), name, 1.0)
    shares = {"unit_slip": 0.5, "ratio_for_growth": 0.5, "return_forgotten": 0.4, "against_plan": 0.4}
    shares |= {"lam_son_for_nothing": 0.4, "base_with_lam_son": 0.4, "all_of_mt": 0.25}
    return _credit(name, answer, "%", shares)


def _own_half(books: Books, earlier: Mapping[str, Any]) -> float | None:
    """MT's six months as the learner's own attainment of q1 has them."""
    attained = earlier.get("ex03-q1")
    if attained is None:
        return None
    return float(attained) * (1 if 0 < attained < 2 else 0.01) * books.plan(HALF)


def _left(books: Books, half: float) -> float:
    """What the other four chains must bring from July to December."""
    return books.plan(YEAR) - half - LAM_SON_REST


def _four_before(books: Books) -> float:
    return books.actual(REST, year="2025") - books.actual(REST, "MT01", "2025")


def _growths_needed(books: Books) -> Iterator[tuple[float, str]]:
    actual, four, mt = books.actual(HALF), _four_before(books), books.actual(REST, year="2025")
    net = actual - RETURNED
    yield 100 * (_left(books, net) / four - 1), "right"
    yield _left(books, net) / four - 1, "unit_slip"
    yield 100 * _left(books, net) / four, "ratio_for_growth"
    yield 100 * (_left(books, actual) / four - 1), "return_forgotten"
    for known in (net, actual):
        yield 100 * ((books.plan(YEAR) - known) / four - 1), "lam_son_for_nothing"
        yield 100 * (_left(books, known) / mt - 1), "base_with_lam_son"
        yield 100 * ((books.plan(YEAR) - known) / mt - 1), "all_of_mt"
        yield 100 * (_left(books, known) / (books.plan(REST) - books.plan(REST, "MT01")) - 1), "against_plan"
        yield 100 * (known / books.actual(HALF, year="2025") - 1), "so_far"
        yield _left(books, known), "amount_for_rate"


@key("ex03-q4", after=("ex03-q2",))
def growth_of_the_company(answer: float, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """Both forecasts over the company's year before, in percent."""
    assert case is not None
    before, own = Books(case).actual(YEAR, "all", "2025"), earlier.get("ex03-q2")
    name = named(answer, _ways("q4", case), within=0.2, right=0.25)
    wanted = None if own is None else 100 * ((_in_billions(own) + GT_YEAR) / before - 1)
    name = _own(answer, wanted, name, 0.2)
    shares = {"unit_slip": 0.5, "ratio_for_growth": 0.5, "attainment_for_growth": 0.25, "channel_for_company": 0.25}
    return _credit(name, answer, "%", shares | {"mean_of_rates": 0.25, "base_new": 0.25, "points_short": 0.25})


def _company_growths(books: Books) -> Iterator[tuple[float, str]]:
    mt = next(value for value, name in _year_ends(books) if name == "right")
    all_, goal = books.actual(YEAR, "all", "2025"), books.plan(YEAR, "all")
    mt_before, gt_before, end = books.actual(YEAR, year="2025"), books.actual(YEAR, "GT", "2025"), mt + GT_YEAR
    yield 100 * (end / all_ - 1), "right"
    yield end / all_ - 1, "unit_slip"
    yield 100 * end / all_, "ratio_for_growth"
    yield 100 * end / goal, "attainment_for_growth"
    yield 100 * (end / goal - 1), "attainment_for_growth"
    yield 100 * (1 - end / goal), "attainment_for_growth"
    yield 100 * (goal - end) / all_, "points_short"
    yield 100 * (mt / mt_before - 1), "channel_for_company"
    yield 100 * (GT_YEAR / gt_before - 1), "channel_for_company"
    yield 50 * (mt / mt_before + GT_YEAR / gt_before - 2), "mean_of_rates"
    yield 100 * (1 - all_ / end), "base_new"
    yield 100 * mt / end, "share_for_growth"
    yield 100 * (goal / all_ - 1), "goal_for_forecast"
    yield 20, "goal_for_forecast"
    yield end, "amount_for_rate"
    yield end - all_, "amount_for_rate"


# ---------------------------------------------------------------- q5, q6: share and ROI


@key("ex03-q5", after=("ex03-q1",))
def points_between_two_shares(answer: float, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """MT's share of six months less its planned share, in points; either sign."""
    assert case is not None
    books, size = Books(case), abs(answer)
    name = named(size, _ways("q5", case), within=0.12, right=0.15)
    half = _own_half(books, earlier)
    name = _own(size, None if half is None else _points(books, half), name, 0.12)
    shares = {"unit_slip": 0.5, "return_forgotten": 0.4, "return_half": 0.7, "percent_for_points": 0.4}
    return _credit(name, answer, "%", shares | {"whole_year": 0.4, "last_year_for_plan": 0.25, "share_alone": 0.25})


def _points(books: Books, half: float) -> float:
    gt, mt_plan, gt_plan = books.actual(HALF, "GT"), books.plan(HALF), books.plan(HALF, "GT")
    return abs(100 * (half / (half + gt) - mt_plan / (mt_plan + gt_plan)))


def _share_gaps(books: Books) -> Iterator[tuple[float, str]]:
    actual, gt = books.actual(HALF), books.actual(HALF, "GT")
    net = actual - RETURNED
    share, planned = net / (net + gt), books.plan(HALF) / books.plan(HALF, "all")
    yield 100 * (planned - share), "right"
    yield planned - share, "unit_slip"
    yield _points(books, actual), "return_forgotten"
    yield 100 * (planned - net / (actual + gt)), "return_half"
    yield 100 * (1 - share / planned), "percent_for_points"
    yield 100 * share, "share_alone"
    yield 100 * planned, "share_alone"
    yield 100 * (books.plan(YEAR) / books.plan(YEAR, "all") - share), "whole_year"
    yield 100 * share - 39.1, "last_year_for_plan"
    yield 100 * (1 - net / books.plan(HALF)), "attainment_for_share"
    yield 100 * (1 - actual / books.plan(HALF)), "attainment_for_share"
    yield 100 * (net / books.actual(HALF, year="2025") - 1), "growth_for_share"


@key("ex03-q6")
def what_a_dong_brings_at_lam_son(answer: float, case: Case | None) -> Credit:
    """Extra gross profit over trade money of April to June at Lam Sơn, in times."""
    assert case is not None
    percent = answer > 20  # nobody's ROI; written in percent
    name = named(answer / 100 if percent else answer, _ways("q6", case), within=0.03, right=0.016)
    name = "unit_slip" if percent and name == "right" else name
    shares = {"unit_slip": 0.5, "net_of_one": 0.5, "one_month": 0.4, "channel_for_unit": 0.25, "other_period": 0.25}
    return _credit(name, answer, "times", shares | {"upside_down": 0.25})


def _returns(books: Books) -> Iterator[tuple[float, str]]:
    def roi(span: Span, unit: str = "MT01") -> float:
        return books.trade("incremental_gross_profit", span, unit) / books.trade("trade_spend", span, unit)

    right = roi(QUARTER)
    yield right, "right"
    yield right - 1, "net_of_one"
    yield 1 - right, "net_of_one"
    yield 1 / right, "upside_down"
    yield roi(JUNE), "one_month"
    yield roi(QUARTER, "MT"), "channel_for_unit"
    yield roi(FIRST), "other_period"
    yield roi(HALF), "other_period"
    yield books.actual(QUARTER, "MT01") / books.trade("trade_spend", QUARTER, "MT01"), "revenue_for_profit"


# ---------------------------------------------------------------- q7, q8: since when, and where


@key("ex03-q7")
def seen_when_april_was_booked(answer: str, case: Case | None) -> Credit:
    """Each option's sentence has the option's id as its name; the right month for a wrong reason earns part."""
    return Credit({"may_break": 1, "may_alarm": 0.4}.get(answer, 0), answer)


@key("ex03-q8")
def part_of_the_gap_at_the_bottleneck(answer: float, case: Case | None) -> Credit:
    """Lam Sơn's gap of the second quarter over the company's, in percent."""
    assert case is not None
    name = named(answer, _ways("q8", case), within=0.6, right=0.9)
    shares = {"unit_slip": 0.5, "return_forgotten": 0.4, "return_half": 0.6, "channel_base": 0.5, "other_period": 0.25}
    return _credit(name, answer, "%", shares | {"own_plan": 0.25, "over_plan": 0.25})


def _gaps(books: Books) -> Iterator[tuple[float, str]]:
    def gap(span: Span, unit: str) -> float:
        return books.plan(span, unit) - books.actual(span, unit)

    own, company = gap(QUARTER, "MT01") + RETURNED, gap(QUARTER, "all") + RETURNED
    plan = books.plan(QUARTER, "MT01")
    yield 100 * own / company, "right"
    yield own / company, "unit_slip"
    yield 100 * gap(QUARTER, "MT01") / gap(QUARTER, "all"), "return_forgotten"
    yield 100 * own / gap(QUARTER, "all"), "return_half"
    yield 100 * gap(QUARTER, "MT01") / company, "return_half"
    yield 100 * own / (gap(QUARTER, "MT") + RETURNED), "channel_base"
    yield 100 * own / plan, "own_plan"
    yield 100 * (1 - own / plan), "own_plan"
    yield 100 * gap(QUARTER, "MT01") / plan, "own_plan"
    yield 100 * own / books.plan(QUARTER, "all"), "over_plan"
    yield 100 * (plan - own) / (books.actual(QUARTER, "all") - RETURNED), "share_for_gap"
    yield 100 * gap(QUARTER, "GT") / company, "other_unit"
    yield 100 * (gap(HALF, "MT01") + RETURNED) / (gap(HALF, "all") + RETURNED), "other_period"
    yield 100 * gap(HALF, "MT01") / gap(HALF, "all"), "other_period"
    yield own, "amount_for_rate"


_WAYS = {
    "q1": _attainments,
    "q2": _year_ends,
    "q3": _growths_needed,
    "q4": _company_growths,
    "q5": _share_gaps,
    "q6": _returns,
    "q8": _gaps,
}
