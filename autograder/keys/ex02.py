"""The key of ex02, the AOP: what each answer earns and why. Words, misconceptions and samples: ex02.yaml.

Reasons say what is right, what is not and which fact to look at again; the answer itself stands in `solution` only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from autograder import aop_pages
from autograder.aop_pages import Guard, Part, Wanted
from autograder.readings import named, rows
from autograder.score import Credit, Reason, key
from kpikit.checklist.reading import says
from kpikit.companies import Case
from kpikit.design import Aop, BudgetLine, Design
from kpikit.language import Amount, same

BILLION = 1_000_000_000
PLACES = {  # q1: which of the three questions each sentence answers
    "m01": "results",
    "m02": "none",
    "m03": "resources",
    "m04": "focus",
    "m05": "none",
    "m06": "results",
    "m07": "resources",
    "m08": "none",
    "m09": "focus",
    "m10": "none",
}
WORK, HOPE = {"m02", "m08", "m10"}, {"m05"}
PLAN_B = {"MT01": 56, "MT02": 55, "MT03": 48, "MT04": 36, "MT05": 27, "GT": 324}  # billion VND, the exercise's own
CHAINS = (2.3, 4.4, 6.3, 8.0, 9.5, 10.8, 12.0, 12.9, 13.6, 14.1, 14.4)  # q6: extra gross profit of so many billions
GT = (1.6, 3.0, 3.9, 4.5, 4.9)
MOST = 11  # billion VND of trade money
ALL_MONEY = 17  # billion VND, q8


# ---------------------------------------------------------------- q1: ten sentences


@key("ex02-q1")
def sorts_by_the_question_it_answers(answer: dict[str, str], case: Case | None) -> Credit:
    """A tenth of the points for each sentence in its place."""
    wrong = {item: place for item, place in answer.items() if place != PLACES[item]}
    right, missing = len(answer) - len(wrong), len(PLACES) - len(answer)
    reasons: list[Any] = [
        Reason("all_right") if right == len(PLACES) else Reason("some_right", right=right, of=len(PLACES))
    ]
    reasons += dict.fromkeys(_idea(item, place) for item, place in wrong.items())
    reasons += wrong  # each sentence's own words have its id as their name
    if missing:
        reasons.append(Reason("unsorted", missing=missing))
    return Credit(right / len(PLACES), reasons)


def _idea(item: str, given: str) -> str:
    """The wrong idea that puts this sentence into that place."""
    if item in WORK:
        return "work_as_plan"
    if item in HOPE:
        return "hope_as_plan"
    if given == "none":
        return "choice_left_out"
    return {"results": "result_as_means", "focus": "order_unseen", "resources": "means_as_end"}[PLACES[item]]


# ---------------------------------------------------------------- q2, q3: a goal mended, limits missing


@key("ex02-q2")
def a_goal_says_from_where_to_where(answer: str, case: Case | None) -> Credit:
    """Each option's own sentence has the option's id as its name; a figure without its start earns a part."""
    return Credit({"from_to": 1, "open_end": 0.4, "rate_alone": 0.25}.get(answer, 0), answer)


@key("ex02-q3")
def limits_are_lines_that_can_be_seen(answer: list[str], case: Case | None) -> Credit:
    """Half for each real limit, less a quarter for each line that is none."""
    real = [option for option in ("overdue", "roi") if option in answer]
    others = [option for option in answer if option not in real]
    reasons = [*real, *others]
    if len(real) == 1:
        reasons.append("one_sore_spot_open")
    if len(real) == 2 and not others:
        reasons = ["both_limits"]
    return Credit(max(0.0, len(real) / 2 - len(others) / 4), reasons)


# ---------------------------------------------------------------- q4: growth


@key("ex02-q4")
def plan_b_grows_on_what_was_made(answer: float, case: Case | None) -> Credit:
    """Plan B's total over the actual of 2026, in percent."""
    assert case is not None
    shares = {"right": 1.0, "unit_slip": 0.5, "ratio_for_growth": 0.5, "signed_chain": 0.4, "mean_of_rates": 0.25}
    shares |= {"base_plan": 0.25, "base_new": 0.25, "channel_for_company": 0.25}
    name = named(answer, _growths(case), within=0.12, right=0.18)
    return Credit(shares.get(name, 0), Reason(name, given=Amount(round(answer, 2), "%")))


def _growths(case: Case) -> Iterator[tuple[float, str]]:
    made, total = _made(case), sum(PLAN_B.values())
    all_, chains = sum(made.values()), sum(v for unit, v in made.items() if unit != "GT")
    mt = total - PLAN_B["GT"]
    yield 100 * (total / all_ - 1), "right"
    yield 100 * (total / 500 - 1), "right"  # from the rounded level
    yield total / all_ - 1, "unit_slip"
    yield 100 * total / all_, "ratio_for_growth"
    yield 100 * (total / 558 - 1), "base_plan"
    yield 100 * (1 - all_ / total), "base_new"
    yield 100 * (total / 600 - 1), "against_signed"
    yield 100 * (600 / all_ - 1), "signed_plan"
    yield 20, "signed_plan"
    yield 100 * ((total + 104 - PLAN_B["MT01"]) / all_ - 1), "signed_chain"
    yield 100 * (mt / chains - 1), "channel_for_company"
    yield 100 * (PLAN_B["GT"] / made["GT"] - 1), "channel_for_company"
    yield 50 * (mt / chains - 1 + PLAN_B["GT"] / made["GT"] - 1), "mean_of_rates"
    yield 100 * sum(PLAN_B[u] / made[u] - 1 for u in made) / len(made), "mean_of_rates"
    yield total - all_, "amount_for_rate"
    yield total, "amount_for_rate"


@cache
def _made(case: Case) -> Mapping[str, float]:
    """Revenue of 2026 by chain, and of GT, in billion VND."""
    sums: dict[str, float] = {}
    for row in rows(case, "sales"):
        if row["month"] >= "2026-01":
            unit = row["account_code"] if row["channel"] == "MT" else "GT"
            sums[unit] = sums.get(unit, 0) + float(row["revenue"]) / BILLION
    return sums


# ---------------------------------------------------------------- q5, q6: what money must bring, where it goes


@key("ex02-q5")
def trade_money_is_paid_from_the_margin(answer: float, case: Case | None) -> Credit:
    """12bn over MT's gross margin of 2026."""
    assert case is not None
    shares = {"right": 1.0, "unit_slip": 0.5, "other_margin": 0.4, "whole_lift": 0.25, "margin_of_money": 0.25}
    return _money(answer, _lifts(case), shares, within=0.6)


def _lifts(case: Case) -> Iterator[tuple[float, str]]:
    money, margin = 12, _margins(case)
    yield money / margin["MT"], "right"
    yield money / 0.18, "right"  # from the rounded margin
    yield money / margin["GT"], "other_margin"
    yield money / margin["all"], "other_margin"
    yield money, "revenue_for_profit"
    yield money * margin["MT"], "margin_of_money"
    yield money * (1 - margin["MT"]), "margin_of_money"
    yield money / (1 - margin["MT"]), "cost_for_margin"
    yield 70, "whole_lift"  # the signed AOP's own increase, 200 to 270
    yield money / margin["MT"] + 200.2, "level_for_increase"


@cache
def _margins(case: Case) -> Mapping[str, float]:
    """Gross profit over revenue of 2026, by channel and for all."""
    sums: dict[tuple[str, str], float] = {}
    for row in rows(case, "sales"):
        for unit in (row["channel"], "all") if row["month"] >= "2026-01" else ():
            for column in ("revenue", "gross_profit"):
                sums[unit, column] = sums.get((unit, column), 0) + float(row[column])
    return {unit: sums[unit, "gross_profit"] / sums[unit, "revenue"] for unit in ("MT", "GT", "all")}


def split(chains: tuple[float, ...] = CHAINS, gt: tuple[float, ...] = GT, most: int = MOST) -> tuple[int, int]:
    """Whole billions to the chains and to GT, each placed where it brings most, while it brings 1bn or more.

    >>> split((2.0, 2.5), (1.5, 1.8), 4)
    (1, 1)
    """
    placed = [0, 0]
    while sum(placed) < most:
        nexts = [_step(brought, n) for brought, n in zip((chains, gt), placed, strict=True)]
        best = nexts.index(max(nexts))
        if nexts[best] < 1:
            break
        placed[best] += 1
    return placed[0], placed[1]


def _step(brought: tuple[float, ...], n: int) -> float:
    """What the billion after n billions brings; nothing where no estimate goes that far."""
    if n >= len(brought):
        return 0.0
    return round(brought[n] - (brought[n - 1] if n else 0), 6)


@key("ex02-q6")
def the_next_billion_decides(answer: float, case: Case | None) -> Credit:
    """Whole billions for the chains where a billion more brings the same at both places, and under 1."""
    shares = {"right": 1.0, "unit_slip": 0.5, "spent_all": 0.5, "one_off": 0.4, "both_places": 0.4, "other_place": 0.4}
    return _money(answer, _splits(), shares, within=0.15)


def _splits() -> Iterator[tuple[float, str]]:
    chains, gt = split()
    yield chains, "right"
    yield chains - 1, "one_off"
    yield chains + 1, "spent_all"  # all 11 spent, the last billions at a loss
    yield chains + gt, "both_places"
    yield gt, "other_place"
    yield MOST, "best_on_average"
    yield MOST / 2, "even"
    yield MOST * 12 / 16, "as_before"
    yield 12 - 4.6, "as_before"  # the signed money without Lam Sơn's
    yield MOST * 166 / (166 + PLAN_B["GT"]), "by_size"
    yield CHAINS[chains - 1], "profit_for_money"
    yield CHAINS[chains - 1] + GT[gt - 1], "profit_for_money"


def _money(
    answer: float, ways: Iterable[tuple[float, str]], shares: Mapping[str, float], within: float, known: str = "right"
) -> Credit:
    """An amount read in billions; digits without their scale are told so, and still read as billions."""
    bare = abs(answer) < 1_000_000
    name = named(answer if bare else answer / BILLION, ways, within)
    name = "unit_slip" if bare and name == known else name
    return Credit(shares.get(name, 0), Reason(name, given=Amount(round(answer, 2 if bare else -7), "VND")))


# ---------------------------------------------------------------- q8: the AOP on a page

PARTS = {"results": 6, "roles": 3, "limits": 4, "trade_offs": 3, "budget": 4}  # points, of 20
REVENUE, CASH = r"doanh thu|doanh số|revenue|sales", r"dòng tiền|cash"
RETURNS = (  # what says that trade money pays, or does not go where it does not
    r"\broi\b|lợi nhuận gộp tăng thêm|extra gross profit|đem về|brings? (back )?at least|at a loss|lam s[ơo]n"
    r"|\b(không|no|not)\b.{0,40} (lỗ|hòa vốn|los[se]|break even)"
)
GROWTH = ("growth", "tăng trưởng", "fast growth")
GUARDS = (
    Guard("overdue", r"quá hạn|overdue|công nợ|receivable", most=7.5),  # plan B asks for 7%
    Guard("trade", RETURNS, bare=True),
)


@key("ex02-q8", after=("ex02-q4", "ex02-q6"))
def writes_the_plan_b_aop(answer: Design, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """Five parts; the figures of the file decide, or the learner's own from q4 and q6."""
    aop = answer.aop
    found = {
        "results": aop_pages.results(aop, _wanted(earlier.get("ex02-q4"))),
        "roles": aop_pages.roles(aop, "revenue", REVENUE, GROWTH),
        "limits": aop_pages.limits(aop.limits, GUARDS, f"{REVENUE}|{CASH}"),
        "trade_offs": aop_pages.trade_offs(aop.trade_offs),
        "budget": _budget(aop, earlier.get("ex02-q6")),
    }
    share = sum(PARTS[part] * earned for part, (earned, _) in found.items()) / sum(PARTS.values())
    good = [f"{part}_good" for part, (earned, _) in found.items() if earned == 1]
    return Credit(round(share, 4), [*good, *(r for _, reasons in found.values() for r in reasons)])


def _wanted(growth: float | None) -> tuple[Wanted, ...]:
    """The file's goals, in billions; the revenue that the learner's own growth of q4 leads to serves as well."""
    rate = None if growth is None else growth if abs(growth) < 1 else growth / 100
    own = () if rate is None else (500.2 * (1 + rate),)
    total = float(sum(PLAN_B.values()))
    parts = r"\bmt\b|\bgt\b|siêu thị|chuỗi|chain|supermarket|trade"
    return (
        Wanted("revenue", "revenue", REVENUE, (500.2,), (total,), stale=(600,), own=own, plans=(558,), parts=parts),
        Wanted("cash", "operating_cash_flow", CASH, (8.2,), (12,), stale=(15.4,)),
    )


def _budget(aop: Aop, chains: float | None) -> Part:
    """A quarter each: every line has amount and goal; the sum fits; the focus gets half; trade money as in q6."""
    lines = [line for line in aop.budget if says(line.item)]
    if not lines:
        return 0, [Reason("budget_missing")]
    goals = {same(name): g for g in aop.goals for name in (g.id, g.name) if name}
    total = sum(_spent(line) for line in lines)
    primary = sum(_spent(line) for line in lines if (g := goals.get(same(line.goal))) and g.role == "primary")
    trade = [line for line in lines if re.search(TRADE, same(line.item)) and not re.search("kam", same(line.item))]
    lost = any(_spent(line) > 0 and re.search(r"lam s[ơo]n", same(line.item)) for line in trade)
    at_chains = sum(_spent(line) for line in trade if not re.search(r"\bgt\b|đại lý", same(line.item)))
    own = [] if chains is None else [chains if chains < 1_000_000 else chains / BILLION]
    as_split = any(abs(at_chains - wanted) < 0.05 for wanted in (split()[0], *own))
    failed = [
        reason
        for passes, reason in (
            (all(_spent(line) > 0 and same(line.goal) in goals for line in lines), Reason("budget_line_open")),
            (0 < total < ALL_MONEY + 0.05, Reason("budget_over", total=Amount(round(total * BILLION, -7), "VND"))),
            (primary * 2 >= total > 0, Reason("budget_off_focus")),
            (as_split and not lost, Reason("money_at_a_loss" if lost else "trade_split")),
        )
        if not passes
    ]
    return 1 - len(failed) / 4, failed


TRADE = r"trade|jbp|trưng bày|display|khuyến mãi|promotion"


def _spent(line: BudgetLine) -> float:
    """A line's amount in billions; digits without their scale are taken as billions."""
    amount = line.amount or 0
    scaled = abs(amount) >= 1_000_000 and not re.search(r"tỷ|tỉ|\bbn|billion", same(line.unit))
    return amount / BILLION if scaled else amount
