"""The key of ex04, diagnose: evidence, what it rules out, numbers and the cure. Words and samples: ex04.yaml.

Reasons say what is right, what is not and which fact to look at again; the answer itself stands in `solution` only.
Naming a cause earns nothing: lesson 04 names the causes of all four companies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from autograder.readings import named, rows
from autograder.score import Credit, Reason, key
from autograder.sorting import picked, sorted_into
from kpikit.companies import Case
from kpikit.companies import case as company
from kpikit.language import Amount

PROJECT = "Đội Dự án"
FIVE, SEVEN = ("2026-01", "2026-05"), ("2026-06", "2026-12")  # before and after the office ran short of hands
YEAR, SEVEN_BEFORE = ("2026-01", "2026-12"), ("2025-06", "2025-12")


# ---------------------------------------------------------------- q1: which line proves which claim

LINES = {"c1": "a", "c2": "b", "c3": "e", "c4": "d", "c5": "c", "c6": "g"}
WORK_LINES = ("a", "f")  # calls and punctual notes: what the team did
OTHER_TEAM, ORDERS_WON = "g", "d"


@key("ex04-q1")
def each_claim_has_its_line(answer: dict[str, str], case: Case | None) -> Credit:
    """A sixth of the points for each claim with the line that proves it most directly."""
    return sorted_into(answer, LINES, _idea_of_line)


def _idea_of_line(claim: str, line: str) -> str:
    if claim == "c1":
        return "paper_for_effort" if line == "f" else "result_for_effort"
    if line in WORK_LINES:
        return "busy_as_proof"
    if line == OTHER_TEAM:
        return "other_team"
    if line == ORDERS_WON and claim in ("c2", "c5"):
        return "that_not_where"
    return "beside_the_claim"


# ---------------------------------------------------------------- q2 and q3: what late quotes cost


@key("ex04-q2")
def orders_lost_at_the_earlier_rate(answer: float, case: Case | None) -> Credit:
    """Invitations of June to December at the rate of January to May, less the orders there were: within 0.8 orders."""
    assert case is not None
    name = named(answer, _orders_lost(case), within=0.4, right=0.8)
    shares = {"right": 1.0, "total_for_extra": 0.5, "last_year_rate": 0.5, "by_month": 0.25, "rate_for_count": 0.25}
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2)))])


@cache
def _orders_lost(case: Case) -> tuple[tuple[float, str], ...]:
    """Every number that a known way of reading the excerpt leads to, and that way's name."""
    leads, orders = (_team(case, column, SEVEN) for column in ("qualified_leads", "orders"))
    before = _team(case, "orders", FIVE)
    rate = before / _team(case, "qualified_leads", FIVE)
    last_year = _team(case, "orders", SEVEN_BEFORE)
    sent, in_time = (_team(case, column, SEVEN, "quotes") for column in ("quotes", "quotes_on_time"))
    in_time_before = _team(case, "quotes_on_time", FIVE, "quotes")
    return (
        (leads * rate - orders, "right"),
        (leads * rate, "total_for_extra"),
        (last_year - orders, "last_year_rate"),
        (leads * last_year / _team(case, "qualified_leads", SEVEN_BEFORE) - orders, "last_year_rate"),
        (before / 5 * 7 - orders, "by_month"),
        (before - orders, "unequal_months"),
        (100 * (rate - orders / leads), "rate_for_count"),
        (100 * rate, "rate_for_count"),
        (leads - orders, "every_invitation"),
        (leads - in_time, "late_for_lost"),
        (sent - in_time, "late_for_lost"),
        (in_time_before - in_time, "late_for_lost"),
        (leads * before / in_time_before - orders, "late_for_lost"),
    )


@key("ex04-q3", after=("ex04-q2",))
def part_of_the_shortfall(answer: float, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """Her extra orders at the average value, over plan less actual of the same months, in percent: within 1.5 points."""
    assert case is not None
    truth = _orders_lost(case)[0][0]
    hers = earlier.get("ex04-q2", truth)
    # the true orders are read first: she may have found them after all, without going back to change question 2
    name = named(answer, _parts_of_shortfall(case, truth), within=1.0, right=1.5)
    if name != "right" and abs(hers - truth) > 0.8:
        name = named(answer, _parts_of_shortfall(case, hers), within=1.0, right=1.5)
        if name == "right":
            name = "follows" if abs(answer) <= 100 else "follows_beyond"
    shares = {
        "right": 1.0,
        "follows": 1.0,
        "follows_beyond": 1.0,
        "unit_slip": 0.5,
        "rest_for_part": 0.5,
        "last_year_gap": 0.5,
        "year_gap": 0.5,
        "part_of_sales": 0.25,
        "part_of_plan": 0.25,
        "amount_for_rate": 0.25,
    }
    unit = None if name == "amount_for_rate" else "%"
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2), unit))])


def _parts_of_shortfall(case: Case, extra: float) -> Iterator[tuple[float, str]]:
    actual, plan = _team(case, "revenue", SEVEN), _team(case, "revenue", SEVEN, "plan")
    lost = extra * actual / _team(case, "orders", SEVEN)
    part = 100 * lost / (plan - actual)
    yield part, "right"
    yield part / 100, "unit_slip"
    yield 100 - part, "rest_for_part"
    yield 100 * lost / (_team(case, "revenue", SEVEN_BEFORE) - actual), "last_year_gap"
    yield 100 * lost / (_team(case, "revenue", YEAR, "plan") - _team(case, "revenue", YEAR)), "year_gap"
    yield 100 * lost / actual, "part_of_sales"
    yield 100 * lost / plan, "part_of_plan"
    yield lost / 1e9, "amount_for_rate"
    yield lost / 1e6, "amount_for_rate"


def _team(case: Case, column: str, months: tuple[str, str], table: str = "calls") -> float:
    """A column of Đội Dự án added up over months, first and last included."""
    mine = (r for r in rows(case, table) if r["team"] == PROJECT and months[0] <= r["month"] <= months[1])
    return sum(float(r[column] or 0) for r in mine)


# ---------------------------------------------------------------- q4: plan or execution


@key("ex04-q4")
def plan_and_execution_are_told_apart(answer: str, case: Case | None) -> Credit:
    """The right verdict with the measurement that would settle it; half of the verdict earns part."""
    return Credit({"both": 1, "plan_only": 0.4}.get(answer, 0), answer)


# ---------------------------------------------------------------- q5: the points of one shop

SHOP, HIGHEST = "Q05", 1.2
WEIGHTS = {"footfall": 35, "five_s": 25, "posts": 20, "training": 10, "cash": 10}
FIVE_S_TARGET, FIRM_POINTS = 0.95, 104.5


@key("ex04-q5")
def points_of_the_best_shop(answer: float, case: Case | None) -> Credit:
    """Weights times capped attainment, a negative actual as 0: within 0.35 points, so that a whole number will do."""
    name = named(answer, _shop_points(), within=0.4, right=0.35)
    shares = {
        "right": 1.0,
        "uncapped": 0.5,
        "negative_counted": 0.5,
        "capped_at_target": 0.5,
        "unit_slip": 0.5,
        "cash_left_out": 0.25,
        "cash_met": 0.25,
        "weights_left_out": 0.25,
    }
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2)))])


@cache
def _shop_points() -> tuple[tuple[float, str], ...]:
    """Every number that a known way of reading the score sheet leads to, and that way's name."""
    reached = _attainment()

    def points(most: float = HIGHEST, least: float = 0) -> float:
        return sum(weight * max(least, min(most, reached[line])) for line, weight in WEIGHTS.items())

    right, cash = points(), WEIGHTS["cash"]
    capped = [max(0, min(HIGHEST, part)) for part in reached.values()]
    return (
        (right, "right"),
        (right / 100, "unit_slip"),
        (points(most=9), "uncapped"),
        (points(least=-9), "negative_counted"),
        (points(most=9, least=-9), "negative_counted"),
        (points(most=1), "capped_at_target"),
        (100 * right / (100 - cash), "cash_left_out"),
        (right + cash, "cash_met"),
        (100 * sum(capped) / len(capped), "weights_left_out"),
        (100 * sum(reached.values()) / len(reached), "weights_left_out"),
        (4, "lines_counted"),
        (80, "lines_counted"),
        (FIRM_POINTS, "firm_for_shop"),
    )


def _attainment() -> dict[str, float]:
    """Actual over target of Hòa Khánh in 2026, a line a metric of the scorecard."""
    cafes = company("cafe_chain")

    def total(table: str, column: str) -> float:
        return sum(
            float(r[column]) for r in rows(cafes, table) if r["shop_code"] == SHOP and YEAR[0] <= r["month"] <= YEAR[1]
        )

    return {
        "footfall": total("doors", "footfall") / total("plan", "footfall"),
        "five_s": total("staff", "checks_passed") / total("staff", "checks") / FIVE_S_TARGET,
        "posts": total("staff", "posts") / total("plan", "posts"),
        "training": total("staff", "training_hours") / total("plan", "training_hours"),
        "cash": total("cash", "net_cash") / total("plan", "net_cash"),
    }


# ---------------------------------------------------------------- q6 and q7: what proves it, what cures it


@key("ex04-q6")
def each_right_the_whole_wrong(answer: list[str], case: Case | None) -> Credit:
    """A quarter for each sentence that the table bears out; one that it does not takes a quarter away."""
    return picked(answer, {"press", "upkeep", "resin", "nobody"})


@key("ex04-q7")
def the_cure_goes_to_the_root(answer: list[str], case: Case | None) -> Credit:
    """A third for each proposal that starts from the AOP; one that mends the score sheet takes a third away."""
    return picked(answer, {"reopen", "skipping", "trigger"})


# ---------------------------------------------------------------- q8: two causes at once

SLIPS = {
    "s01": "weights",
    "s02": "symptom",
    "s03": "context",
    "s04": "rules_out",
    "s05": "weights",
    "s06": "symptom",
    "s07": "context",
    "s08": "rules_out",
    "s09": "symptom",
    "s10": "rules_out",
    "s11": "nothing",
    "s12": "rules_out",
}
CAUSES = ("weights", "context")


@key("ex04-q8")
def slips_by_what_they_prove(answer: dict[str, str], case: Case | None) -> Credit:
    """A twelfth of the points for each slip in its group."""
    return sorted_into(answer, SLIPS, _idea_of_slip)


def _idea_of_slip(slip: str, given: str) -> str:
    is_ = SLIPS[slip]
    if is_ == "nothing":
        return "noise_as_proof"
    if is_ == "symptom":
        return "symptom_as_cause" if given in CAUSES else "symptom_unseen"
    if is_ == "rules_out":
        return "ruling_out_unseen"
    if given in CAUSES:
        return "causes_swapped"
    return "cause_unseen"
