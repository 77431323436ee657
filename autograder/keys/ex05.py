"""The key of ex05: outcome, driver, tree at Hiên Nhà. Words, misconceptions and samples: ex05.yaml.

Reasons say what is right, what is not and which fact to look at again; the answer itself stands in `solution` only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from autograder import scorecards
from autograder.readings import named, rows
from autograder.score import Credit, Reason, key
from autograder.sorting import sorted_into
from kpikit.companies import Case
from kpikit.companies import case as company
from kpikit.design import Design
from kpikit.language import Amount
from kpikit.questions import Question, questions_of

SHOP = "Q05"  # Hòa Khánh, the bottleneck
NOW, BEFORE = "2026", "2025"
OTHER_COSTS = 0.11  # of revenue
STEP = 0.05


# ---------------------------------------------------------------- q1: twelve metrics

ROLES = {"outcome": "m01 m10", "driver": "m02 m06 m08 m09 m11", "activity": "m03 m04 m12", "compliance": "m05 m07"}
GROUPS = {item: role for role, items in ROLES.items() for item in items.split()}


@key("ex05-q1")
def sorts_by_role(answer: dict[str, str], case: Case | None) -> Credit:
    """A twelfth of the points for each metric in its group."""
    return sorted_into(answer, GROUPS, _idea_of_metric)


def _idea_of_metric(item: str, given: str) -> str:
    is_ = GROUPS[item]
    if is_ == "outcome":
        return "end_as_lever" if given == "driver" else "end_as_task"
    if is_ == "driver":
        return "lever_as_end" if given == "outcome" else "lever_as_task"
    if is_ == "compliance":
        return "rule_as_lever" if given in ("driver", "outcome") else "rule_as_task"
    return "task_as_rule" if given == "compliance" else "rate_as_result"


# ---------------------------------------------------------------- q2: nine branches

SHOWN = {"holds": "l1 l2 l4", "reversed": "l5 l6", "broken": "l3 l7", "unknown": "l8 l9"}
BRANCHES = {branch: shown for shown, branches in SHOWN.items() for branch in branches.split()}
CASH_BRANCH = "l3"


@key("ex05-q2")
def tests_each_branch(answer: dict[str, str], case: Case | None) -> Credit:
    """A ninth of the points for each branch as the tables show it."""
    return sorted_into(answer, BRANCHES, _idea_of_branch)


def _idea_of_branch(branch: str, given: str) -> str:
    is_ = BRANCHES[branch]
    if is_ == "unknown":
        return "silence_as_no" if given == "broken" else "belief_for_data"
    if is_ == "reversed":
        return "arrow_turned" if given == "holds" else "link_unseen"
    if is_ == "broken" and given != "unknown":
        return "crowd_as_cash" if branch == CASH_BRANCH else "one_shop_for_rule"
    return "data_overlooked" if given == "unknown" else "link_unseen"


# ---------------------------------------------------------------- q3: the bottleneck


@key("ex05-q3")
def part_of_the_missing_cash(answer: float, case: Case | None) -> Credit:
    """Hòa Khánh's plan less actual over the firm's, in percent: within 0.6 points."""
    assert case is not None
    name = named(answer, _parts_of_missing(case), within=0.5, right=0.6)
    shares = {
        "right": 1.0,
        "unit_slip": 0.5,
        "minus_lost": 0.5,
        "against_last_year": 0.5,
        "other_shop": 0.25,
        "own_plan": 0.25,
        "part_of_plan": 0.25,
        "part_of_actual": 0.25,
        "amount_for_rate": 0.25,
    }
    unit = None if name == "amount_for_rate" else "%"
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2), unit))])


@cache
def _parts_of_missing(case: Case) -> tuple[tuple[float, str], ...]:
    """Every number that a known way of reading the table leads to, and that way's name."""
    plan, actual = (_total(case, table, "net_cash") for table in ("plan", "cash"))
    shop_plan, shop = (_total(case, table, "net_cash", shop=SHOP) for table in ("plan", "cash"))
    before, shop_before = (_total(case, "cash", "net_cash", BEFORE, of) for of in (None, SHOP))
    gap, missing = shop_plan - shop, plan - actual
    others = {row["shop_code"] for row in rows(case, "plan")} - {SHOP, "VP"}
    apart = {o: _total(case, "plan", "net_cash", shop=o) - _total(case, "cash", "net_cash", shop=o) for o in others}
    return (
        (100 * gap / missing, "right"),
        (gap / missing, "unit_slip"),
        (100 * (shop_plan + shop) / missing, "minus_lost"),
        (100 * (shop_before - shop) / (before - actual), "against_last_year"),
        (100 * gap / shop_plan, "own_plan"),
        (100 * gap / plan, "part_of_plan"),
        (100 * shop_plan / plan, "part_of_plan"),
        (100 * gap / actual, "part_of_actual"),
        (100 * shop / actual, "part_of_actual"),
        (gap / 1e6, "amount_for_rate"),
        (missing / 1e6, "amount_for_rate"),
        (100 * actual / plan, "firm_attainment"),
        (100 * missing / plan, "firm_attainment"),
        (100 * _total(case, "doors", "footfall", shop=SHOP) / _total(case, "doors", "footfall"), "guests_for_cash"),
        (124, "guests_for_cash"),
        *((100 * value / missing, "other_shop") for value in apart.values()),
    )


# ---------------------------------------------------------------- q4 to q6: two levers


@key("ex05-q4")
def cash_from_larger_tickets(answer: float, case: Case | None) -> Credit:
    """5% more revenue less the costs that grow with it, VND: within 1.5%."""
    assert case is not None
    name = _by_size(answer, _from_tickets(case))
    shares = {"right": 1.0, "unit_slip": 0.5, "costs_forgotten": 0.5, "costs_of_cups": 0.5, "wrong_year": 0.5}
    shares |= {"costs_alone": 0.25, "one_ticket": 0.25, "percent_alone": 0.25}
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2), "VND"))])


def _from_tickets(case: Case) -> Iterator[tuple[float, str]]:
    revenue, before = (_total(case, "sales", "revenue", year) for year in (NOW, BEFORE))
    goods, waste = (_total(case, "stock", column) for column in ("goods_used", "waste"))
    hours, tickets = _total(case, "staff", "payroll"), _total(case, "sales", "tickets")
    right = STEP * revenue * (1 - OTHER_COSTS)
    yield right, "right"
    yield from ((right / scale, "unit_slip") for scale in (1e3, 1e6, 1e9))
    yield STEP * revenue, "costs_forgotten"
    yield before / _total(case, "sales", "tickets", BEFORE) * tickets - revenue, "costs_forgotten"
    for cups in (goods, goods + waste, goods + hours, goods + waste + hours):
        yield right - STEP * cups, "costs_of_cups"
        yield STEP * (revenue - cups), "costs_of_cups"
    yield STEP * before * (1 - OTHER_COSTS), "wrong_year"
    yield STEP * before, "wrong_year"
    yield STEP * revenue * OTHER_COSTS, "costs_alone"
    yield STEP * revenue / tickets, "one_ticket"
    yield right / tickets, "one_ticket"
    yield revenue * (1 + STEP), "percent_alone"
    yield revenue * (1 + STEP) * (1 - OTHER_COSTS), "percent_alone"


@key("ex05-q5")
def cash_from_less_waste(answer: float, case: Case | None) -> Credit:
    """The fall of the waste rate times the goods of 2026, VND: within 1.5%."""
    assert case is not None
    name = _by_size(answer, _from_waste(case))
    shares = {"right": 1.0, "unit_slip": 0.5, "amounts_compared": 0.5, "wrong_year": 0.5, "level_for_change": 0.25}
    shares |= {"wrong_base": 0.25, "five_percent": 0.25}
    unit = None if name == "points_for_money" else "VND"
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2), unit))])


def _from_waste(case: Case) -> Iterator[tuple[float, str]]:
    goods, before = (_total(case, "stock", "goods_used", year) for year in (NOW, BEFORE))
    waste, lowest = _total(case, "stock", "waste"), _total(case, "stock", "waste", BEFORE)
    fall = waste / goods - lowest / before
    yield fall * goods, "right"
    yield from ((fall * goods / scale, "unit_slip") for scale in (1e3, 1e6, 1e9))
    yield waste - lowest, "amounts_compared"
    yield fall * before, "wrong_year"
    yield lowest / before * goods, "level_for_change"
    yield waste, "level_for_change"
    yield fall * _total(case, "sales", "revenue"), "wrong_base"
    yield STEP * waste, "five_percent"
    yield STEP * goods, "five_percent"
    yield 100 * fall, "points_for_money"


@key("ex05-q6", after=("ex05-q4", "ex05-q5"))
def how_many_times_as_strong(answer: float, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """Her own number of q4 over her own of q5, the true one where she gave none: within 0.2 times."""
    assert case is not None
    truth = next(_from_tickets(case))[0], next(_from_waste(case))[0]
    hers = earlier.get("ex05-q4", truth[0]), earlier.get("ex05-q5", truth[1])
    name = _by_times(answer, *truth)
    if name != "right" and hers[1]:
        name = _by_times(answer, *hers)
        if name == "right":
            name = "follows" if 1 <= answer < 100 else "follows_odd"
    shares = {"right": 1.0, "follows": 1.0, "follows_odd": 1.0}
    shares |= {"upside_down": 0.5, "percent_for_times": 0.5, "more_by": 0.5, "gap_for_times": 0.25}
    unit = None if name in ("gap_for_times", "percent_for_times") else "times"
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2), unit))])


def _by_times(answer: float, tickets: float, waste: float) -> str:
    times = tickets / waste
    if abs(answer - times) <= max(0.2, 0.02 * abs(times)) and times > 1:
        return "right"
    ways = [
        (times, "right"),
        (1 / times if times else 0, "upside_down"),
        (100 * times, "percent_for_times"),
        (times - 1, "more_by"),
        (100 * (times - 1), "more_by"),
        (tickets - waste, "gap_for_times"),
        ((tickets - waste) / 1e6, "gap_for_times"),
    ]
    return _by_size(answer, ways)


def _by_size(answer: float, ways: Iterable[tuple[float, str]]) -> str:
    """As `named`, with tolerances in percent: amounts from millions to billions stand side by side here.

    On the scale of logarithms 1% is the same distance everywhere.
    """
    if answer <= 0:
        return "elsewhere"
    logs = [(math.log(value), name) for value, name in ways if value > 0]
    return named(10 + math.log(answer), [(10 + value, name) for value, name in logs], within=0.012, right=0.015)


def _total(case: Case, table: str, column: str, year: str = NOW, shop: str | None = None) -> float:
    """A column added up over a year, for one shop or for the firm."""
    mine = (r for r in rows(case, table) if r["month"].startswith(year) and shop in (None, r["shop_code"]))
    return sum(float(r[column] or 0) for r in mine)


# ---------------------------------------------------------------- q7: outcomes alone, drivers alone


@key("ex05-q7")
def one_sheet_with_both_roles(answer: str, case: Case | None) -> Credit:
    """Both roles on one short sheet; both kept apart, or drowned among the rest, earns part."""
    return Credit({"both": 1, "apart": 0.4, "everything": 0.25}.get(answer, 0), answer)


# ---------------------------------------------------------------- q8: a scorecard for the chain

PARTS = {"ends": 3, "levers": 4, "busywork": 2, "scales": 2, "targets": 2, "decisions": 2}  # points, of 15
ENOUGH, MOST, LEVERS = 4, 6, 2  # lines asked for; drivers of the primary goal
LIMITS = {"waste_rate": 6, "payroll_share": 18.5}  # percent
CROWD, TURNOVER = ("footfall", "tickets", "conversion"), ("m01", "revenue", "revenue_growth", "receipts")
# what the story rules out: guests and revenue were on plan while cash went missing; the lease is not the shop's
SERVES: dict[str, tuple[str, ...]] = dict.fromkeys((*CROWD, *TURNOVER), ("G2",)) | {
    **dict.fromkeys(("net_cash", "net_cash_ytd", "net_cash_margin"), ("G1",)),
    **dict.fromkeys(("rent", "rent_share"), ()),
    "m10": ("G1",),
}
PHOTOS = "m05"
WORDS = {  # other ways of writing these names, the narrower ones first
    PHOTOS: r"(ảnh|photo|picture|báo cáo|report).*(hủy|waste)|(waste|thrown).*(photo|picture|report)",
    "revenue_per_hour": r"(doanh thu|revenue|sales).*(giờ|hour)",
    "payroll_share": r"lương.*doanh thu|tỷ lệ.*lương|(payroll|wage|labou?r).*(revenue|sales|share|rate|%)",
    "goods_per_ticket": r"(giá vốn|nguyên liệu).*(hóa đơn|ly)|(goods|ingredients|cost).*per (ticket|cup)",
    "goods_share": r"(giá vốn|nguyên liệu).*doanh thu|(goods|ingredients|food cost).*(revenue|sales|share|%)",
    "waste_rate": r"hủy|hao hụt|bánh bỏ|waste|thrown away",
    "promo_share": r"khuyến mãi|promo|voucher|mua 1 tặng|discount",
    "basket": r"(giá trị|trung bình|bình quân).*(hóa đơn|đơn)|average (ticket|order|basket|bill)|\baov\b|spend per",
    "tickets": r"số hóa đơn|number of tickets",
    "footfall": r"lượt khách|số khách|khách vào|footfall|guests|visitors",
    "rent": r"mặt bằng|tiền nhà|\brent\b",
    "net_cash": r"dòng tiền|tiền (ròng|mặt|còn lại)|net cash|cash (left|flow)",
    "revenue": r"^(tổng )?doanh thu|^(total )?revenue|^sales\b",
}


@key("ex05-q8")
def steers_the_chain(answer: Design, case: Case | None) -> Credit:
    """Six parts, each a share of its points; what a row really is decides, not what it is called."""
    sheet = scorecards.laid_on(answer, _question("ex05-q8").given, _chain())
    if not sheet.kpis:
        return Credit(0, "no_rows")
    found = {
        "ends": _ends(sheet),
        "levers": _levers(sheet),
        "busywork": scorecards.busywork(sheet, ENOUGH, MOST),
        "scales": scorecards.scales(sheet, ENOUGH),
        "targets": _targets(sheet),
        "decisions": scorecards.decisions(sheet, ENOUGH),
    }
    return scorecards.whole(sheet, found, PARTS, ENOUGH)


@cache
def _chain() -> scorecards.Firm:
    """Hiên Nhà, whose numbers are what its catalogue says, and what q1's story says of those it has beside."""
    catalogue = company("cafe_chain").catalogue
    return scorecards.Firm(
        kinds={id: metric.kind for id, metric in catalogue.items()} | GROUPS,
        names={id: metric.name for id, metric in catalogue.items()} | _question("ex05-q1").items,
        words=WORDS,
        down={id for id, metric in catalogue.items() if not metric.up} | {"m06", "m08", "m11"},
        serves=SERVES,
    )


@cache
def _question(id: str) -> Question:
    return questions_of("ex05", Path(__file__).parent).find(id)


def _ends(sheet: scorecards.Sheet) -> scorecards.Part:
    """Each goal has its own outcome; a full till is not told by turnover."""
    share, reasons = scorecards.ends(sheet)
    astray = [k for k in sheet.kpis if k.metric in TURNOVER and k.goal == "G1"]
    return share, [*reasons, *(Reason("turnover_for_cash", row=k.name) for k in astray[:1])]


def _levers(sheet: scorecards.Sheet) -> scorecards.Part:
    """Two drivers of G1 that a shop can pull; one earns half."""
    primary = next(g for g in sheet.design.aop.goals if g.role == "primary")
    count = len(sheet.of(primary, "driver"))
    reasons = scorecards.levers(sheet)[1] if not count else [Reason("lever_one")] if count < LEVERS else []
    crowd = [k for k in sheet.kpis if k.metric in CROWD and k.goal == primary.id]
    rent = [k for k in sheet.kpis if k.metric in ("rent", "rent_share")]
    reasons += [Reason("crowd_for_cash", row=k.name) for k in crowd[:1]]
    reasons += [Reason("out_of_reach", row=k.name) for k in rent[:1]]
    return min(1.0, count / LEVERS), reasons


def _targets(sheet: scorecards.Sheet) -> scorecards.Part:
    """The outcomes' targets are the AOP's, and no target lies beyond one of its limits."""
    share, reasons = scorecards.targets(sheet)
    for kpi in sheet.kpis:
        limit, target = LIMITS.get(kpi.metric or ""), kpi.scale.target
        if limit is None or target is None:
            continue
        percent = 100 * target if target <= 1 else target  # Excel keeps 6% as 0.06
        if limit < percent <= 100:  # more than 100 is an amount of money, not a rate
            share, reasons = max(0.0, share - 0.5), [*reasons, Reason("limit_crossed", row=kpi.name)]
    return share, reasons
