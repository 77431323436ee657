"""The key of ex06: few lines, weights, scales at An Trường. Words, misconceptions and samples: ex06.yaml.

Reasons say what is right, what is not and which fact to look at again; the answer itself stands in `solution` only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from autograder import scorecards
from autograder.readings import named, rows
from autograder.score import Credit, Reason, key
from autograder.sorting import picked, sorted_into
from kpikit.companies import Case
from kpikit.companies import case as company
from kpikit.design import Design, Goal, Kpi
from kpikit.language import Amount, Words
from kpikit.questions import Question, questions_of

# ---------------------------------------------------------------- q1: lines that leave

LEAVING = {"b_out", "c_out", "d_out", "ef_out"}


@key("ex06-q1")
def lines_without_a_decision_leave(answer: list[str], case: Case | None) -> Credit:
    """A quarter for each right sentence; each wrong one takes a right one away."""
    return picked(answer, LEAVING)


# ---------------------------------------------------------------- q2: how many remain

COUNTS = {
    "s1": "fits",
    "s2": "outcomes",
    "s3": "drivers",
    "s4": "drivers",
    "s5": "total",
    "s6": "fits",
    "s7": "total",
    "s8": "total",
}


@key("ex06-q2")
def finds_the_rule_that_breaks(answer: dict[str, str], case: Case | None) -> Credit:
    """An eighth for each sheet."""
    return sorted_into(answer, COUNTS, _idea_of_count)


def _idea_of_count(sheet: str, given: str) -> str:
    if COUNTS[sheet] == "fits":
        return "rule_invented"
    if COUNTS[sheet] == "total":
        return "goals_for_sheet"
    return "small_is_fine" if given == "fits" else "roles_mixed"


# ---------------------------------------------------------------- q3 and q4: points

FLOOR, TARGET, STRETCH, ACTUAL = 31.0, 36.0, 39.0, 34.5  # bn VND
LINES = ("revenue", "on_time", "conversion", "crm")
WEIGHTS = {"revenue": 45, "on_time": 25, "conversion": 20, "crm": 10}
POINTS = {"on_time": 120.0, "conversion": 0.0, "crm": 100.0}  # above its stretch, below its floor, at its target
ATTAINED = {"revenue": 100 * ACTUAL / TARGET, "on_time": 100 * 93 / 85, "conversion": 100 * 27 / 32, "crm": 100.0}


@key("ex06-q3")
def points_between_floor_and_target(answer: float, case: Case | None) -> Credit:
    """60 points and 40 more along the straight way from floor to target: within 0.3 points."""
    way = (ACTUAL - FLOOR) / (TARGET - FLOOR)
    ways = (
        (60 + 40 * way, "right"),
        (100 * ACTUAL / TARGET, "attainment"),
        (100 * way, "floor_as_nothing"),
        (60 + 60 * (ACTUAL - FLOOR) / (STRETCH - FLOOR), "to_stretch"),
        (100 - 40 * way, "from_above"),
        (40 * way, "floor_points_lost"),
        (60.0, "steps"),
        (0.0, "all_or_nothing"),
        (120 * ACTUAL / STRETCH, "from_zero"),
        (60 + 40 * ACTUAL / TARGET, "from_zero"),
        (60 * ACTUAL / FLOOR, "from_zero"),
    )
    name = named(answer, ways, within=0.3)
    shares = {"right": 1.0, "to_stretch": 0.5, "floor_as_nothing": 0.5, "from_above": 0.5, "floor_points_lost": 0.5}
    shares |= {"attainment": 0.25, "from_zero": 0.25, "steps": 0.25}
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2)))])


@key("ex06-q4", after=("ex06-q3",))
def points_of_the_whole_sheet(answer: float, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """Points times weights, with her own points for the first line: within 0.3 points."""
    truth = 60 + 40 * (ACTUAL - FLOOR) / (TARGET - FLOOR)
    hers = float(earlier.get("ex06-q3", truth))
    name = named(answer, _totals(truth), within=0.3)
    if name != "right" and abs(hers - truth) > 0.5:  # the truth first: she may have found it without going back
        own = named(answer, _totals(hers), within=0.3)
        name = ("follows" if 0 <= hers <= 120 else "follows_odd") if own == "right" else own
    shares = {"right": 1.0, "follows": 1.0, "follows_odd": 1.0}
    shares |= {"not_capped": 0.5, "floor_ignored": 0.5, "capped_at_hundred": 0.5, "zero_left_out": 0.5}
    shares |= {"even_weights": 0.25, "attainment": 0.25, "points_summed": 0.25}
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2)))])


def _totals(first: float) -> Iterator[tuple[float, str]]:
    points = {**POINTS, "revenue": first}

    def total(**other: float) -> float:
        return sum(WEIGHTS[line] * {**points, **other}[line] for line in LINES) / 100

    yield total(), "right"
    yield total(on_time=100 + 20 * (93 - 85) / (90 - 85)), "not_capped"
    yield total(on_time=ATTAINED["on_time"]), "not_capped"
    yield total(conversion=60 + 40 * (27 - 28) / (32 - 28)), "floor_ignored"
    yield total(conversion=ATTAINED["conversion"]), "floor_ignored"
    yield total(conversion=60), "floor_ignored"
    yield total(on_time=100), "capped_at_hundred"
    yield 100 * total() / (100 - WEIGHTS["conversion"]), "zero_left_out"
    yield sum(points.values()) / len(points), "even_weights"
    yield sum(points.values()), "points_summed"
    yield total(**ATTAINED), "attainment"
    yield total(on_time=ATTAINED["on_time"], conversion=ATTAINED["conversion"]), "attainment"


# ---------------------------------------------------------------- q5: eight scales

SCALES = {
    "c1": "order",
    "c2": "slack",
    "c3": "cliff",
    "c4": "sound",
    "c5": "enough",
    "c6": "sound",
    "c7": "order",
    "c8": "slack",
}
FALLING = "c4"  # less is better there


@key("ex06-q5")
def names_the_fault_of_a_scale(answer: dict[str, str], case: Case | None) -> Credit:
    """An eighth for each scale."""
    return sorted_into(answer, SCALES, _idea_of_scale)


def _idea_of_scale(scale: str, given: str) -> str:
    if scale == FALLING:
        return "falling_as_fault"
    return {
        "order": "levels_unread",
        "slack": "last_year_unread",
        "cliff": "floor_points_unread",
        "enough": "top_points_unread",
        "sound": "fault_invented",
    }[SCALES[scale]]


# ---------------------------------------------------------------- q6 and q7: those who are scored can reckon


@key("ex06-q6")
def both_keep_their_order_for_april(answer: str, case: Case | None) -> Credit:
    """Half of the scene earns part; each option's sentence has the option's id as its name."""
    return Credit({"both_hold": 1, "she_holds": 0.4, "he_holds": 0.4}.get(answer, 0), answer)


@key("ex06-q7")
def points_move_from_safe_work_to_hard_work(answer: str, case: Case | None) -> Credit:
    return Credit({"shifted": 1, "extra": 0.25}.get(answer, 0), answer)


# ---------------------------------------------------------------- q8: the sheet mended

PARTS = {"ends": 2, "levers": 2, "busywork": 3, "weights": 8, "scales": 2, "targets": 2, "decisions": 2}  # of 21
ENOUGH, MOST = 5, 7  # lines asked for
LEVERS_LEAST, LEVERS_MOST = 2, 4  # drivers of a primary goal (E4)
WEIGHING = {"sum_off": 1, "even_weights": 1, "heaviest_off": 2.5, "primary_light": 2, "rules_heavy": 1.5}  # of 8
HALF, COMPLIANCE_MOST, EVEN, ADDS_UP = 50, 20, 5, 0.5  # percent: house rules of checks 5.1 to 5.3
REPORTS = "weekly_reports"
PROVEN = ("factory_calls", "project_quotes_on_time", "quotes_on_time")  # the story joins them to orders (A5)
MONEY = ("revenue", "factory_revenue", "project_revenue", "revenue_growth", "revenue_ytd")
SERVES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(MONEY, ("G1",)),
    **dict.fromkeys(("gross_profit", "gross_margin"), ("G2",)),
}
WORDS = {  # other ways of writing these names, the narrower ones first
    REPORTS: r"báo cáo tuần|weekly report",
    "crm_on_time": r"\bcrm\b",
    "factory_calls": r"cuộc gọi.*nhà máy|calls.*(factory|nhà máy)|(factory|nhà máy).*\bcalls\b",
    "project_calls": r"cuộc gọi.*dự án|calls.*(project|dự án)|(project|dự án).*\bcalls\b",
    "project_quotes_on_time": r"báo giá.*(kịp|đúng) hạn|quotes?.*(on time|in time|deadline)|on.time.*quotes?",
    "factory_conversion": r"(chuyển đổi|chốt).*nhà máy|conversion.*(factory|nhà máy)|(factory|nhà máy).*conversion",
    "project_conversion": r"(chuyển đổi|thắng thầu|chốt).*dự án|tỷ lệ (thắng|trúng)|win rate|conversion",
    "factory_leads": r"tiềm năng.*nhà máy|leads.*(factory|nhà máy)|(factory|nhà máy).*leads",
    "qualified_leads": r"tiềm năng|\bleads\b",
    "gross_margin": r"\bbiên\b|margin",
    "gross_profit": r"lợi nhuận gộp|gross profit",
    "project_revenue": r"doanh thu.*dự án|revenue.*(project|dự án)|(project|dự án).*revenue",
    "factory_revenue": r"doanh thu.*nhà máy|revenue.*(factory|nhà máy)|(factory|nhà máy).*revenue",
    "revenue_growth": r"tăng trưởng|growth",
    "revenue": r"^(tổng )?doanh thu|^(total |company )?revenue",
}
LAST_YEAR: dict[str, Callable[[Case], float]] = {  # what 2026 reached, in the unit of a scale
    "revenue": lambda firm: _year(firm, "revenue"),
    "project_revenue": lambda firm: _year(firm, "revenue", "Đội Dự án"),
    "factory_revenue": lambda firm: _year(firm, "revenue", "Đội Nhà máy"),
    "gross_profit": lambda firm: _year(firm, "gross_profit"),
    "factory_leads": lambda firm: _year(firm, "qualified_leads", "Đội Nhà máy"),
    "factory_calls": lambda firm: _year(firm, "calls", "Đội Nhà máy"),
    "project_conversion": lambda firm: (
        100 * _year(firm, "orders", "Đội Dự án") / _year(firm, "qualified_leads", "Đội Dự án")
    ),
    "project_quotes_on_time": lambda firm: (
        100 * _year(firm, "quotes_on_time", "Đội Dự án", "quotes") / _year(firm, "quotes", "Đội Dự án", "quotes")
    ),
}


@key("ex06-q8")
def mends_the_draft(answer: Design, case: Case | None) -> Credit:
    """Seven parts, each a share of its points; what a row really is decides, not what it is called."""
    assert case is not None
    sheet = scorecards.laid_on(answer, _question("ex06-q8").given, _firm())
    if not sheet.kpis:
        return Credit(0, "no_rows")
    found = {
        "ends": scorecards.ends(sheet),
        "levers": _levers(sheet),
        "busywork": _busywork(sheet),
        "weights": _weights(sheet),
        "scales": scorecards.scales(sheet, ENOUGH),
        "targets": _targets(sheet, case),
        "decisions": scorecards.decisions(sheet, ENOUGH),
    }
    return scorecards.whole(sheet, found, PARTS, ENOUGH)


@cache
def _firm() -> scorecards.Firm:
    """An Trường, whose numbers are what its catalogue says, with what q1's figures prove."""
    catalogue = company("b2b_sales").catalogue
    own_names: dict[str, Words] = {
        REPORTS: {"vi": "Tỷ lệ báo cáo tuần nộp đúng hạn", "en": "Weekly reports filed on time"}
    }
    return scorecards.Firm(
        kinds={id: metric.kind for id, metric in catalogue.items()}
        | {"factory_calls": "driver", REPORTS: "compliance"},
        names={id: metric.name for id, metric in catalogue.items()} | own_names,
        words=WORDS,
        proven=PROVEN,
        serves=SERVES,
    )


@cache
def _question(id: str) -> Question:
    return questions_of("ex06", Path(__file__).parent).find(id)


def _levers(sheet: scorecards.Sheet) -> scorecards.Part:
    """Two to four drivers of G1; one, or a crowd, earns half."""
    primary = next(g for g in sheet.design.aop.goals if g.role == "primary")
    count = len(sheet.of(primary, "driver"))
    if not count:
        return scorecards.levers(sheet)
    if count > LEVERS_MOST:
        return 0.5, [Reason("lever_crowd", count=count)]
    return (1.0, []) if count >= LEVERS_LEAST else (0.5, [Reason("lever_one")])


def _busywork(sheet: scorecards.Sheet) -> scorecards.Part:
    """No unproven activity; a rule kept may stay, its weight is judged elsewhere."""
    counted = [k for k in sheet.kpis if sheet.kind(k) == "activity"]
    reasons = [
        Reason("busy_called_result" if k.kind in ("outcome", "driver") else "busy_row", row=k.name) for k in counted
    ]
    if crowd := len(sheet.kpis) > MOST:
        reasons.append(Reason("too_many_rows", rows=len(sheet.kpis), most=MOST))
    share = max(0.0, 1 - 0.5 * len(counted) - 0.5 * crowd)
    return share * scorecards.filled(sheet, ENOUGH), reasons


def _weights(sheet: scorecards.Sheet) -> scorecards.Part:
    """The sum, no even spread, the heaviest, half for the primary goal, rules just enough (checks 5.1 to 5.3)."""
    weighed = [(k, float(k.weight or 0)) for k in sheet.kpis]
    total = sum(weight for _, weight in weighed)
    if not total:
        return 0, [Reason("weights_missing")]
    if total <= 1.5:  # Excel keeps 35% as 0.35
        weighed, total = [(k, 100 * weight) for k, weight in weighed], 100 * total
    primary = next(g for g in sheet.design.aop.goals if g.role == "primary")
    most, least = max(w for _, w in weighed), min(w for _, w in weighed)
    ends = sheet.of(primary, "outcome")
    astray = [k for k, weight in weighed if weight == most and k not in ends]
    own = 100 * sum(weight for k, weight in weighed if _serves(sheet, k, primary)) / total
    rules = 100 * sum(weight for k, weight in weighed if sheet.kind(k) == "compliance") / total
    bad = []
    if abs(total - 100) > ADDS_UP:
        bad.append(Reason("sum_off", total=Amount(round(total, 1))))
    if len(weighed) >= 3 and most - least <= EVEN:
        bad.append(Reason("even_weights"))
    if astray:
        bad.append(Reason("heaviest_off", row=astray[0].name))
    if own < HALF:
        bad.append(Reason("primary_light", share=Amount(round(own), "%")))
    if rules > COMPLIANCE_MOST:
        bad.append(Reason("rules_heavy", share=Amount(round(rules), "%")))
    lost = sum(WEIGHING[fault.name] for fault in bad) / sum(WEIGHING.values())
    return (1 - lost) * scorecards.filled(sheet, ENOUGH), bad


def _serves(sheet: scorecards.Sheet, kpi: Kpi, goal: Goal) -> bool:
    """An outcome or driver that names the goal and can serve it: work and rules are no weight for a goal."""
    fits = goal.id in sheet.firm.serves.get(kpi.metric or "", (goal.id,))
    return kpi.goal == goal.id and fits and sheet.kind(kpi) in ("outcome", "driver")


def _targets(sheet: scorecards.Sheet, case: Case) -> scorecards.Part:
    """The outcomes' targets are the AOP's, and none is easier than what last year reached."""
    share, reasons = scorecards.targets(sheet)
    for kpi in sheet.kpis:
        if (made := LAST_YEAR.get(kpi.metric or "")) is None or kpi.scale.target is None:
            continue
        before, target = made(case), kpi.scale.target
        if before <= 100 and 0 < target <= 1:
            target *= 100
        by_month = target < before / 2  # a line by month or quarter, or one that lacks its scale
        if target < 0.995 * before and not by_month:
            shown = Amount(kpi.scale.target, "VND" if before > 1e6 else None)
            share, reasons = max(0.0, share - 0.5), [*reasons, Reason("slack_target", row=kpi.name, target=shown)]
    return share, reasons


def _year(case: Case, column: str, team: str | None = None, table: str = "calls") -> float:
    """A column of 2026 added up, of a team or of the firm."""
    mine = (r for r in rows(case, table) if r["month"].startswith("2026") and team in (None, r["team"]))
    return sum(float(r[column] or 0) for r in mine)
