"""The two curves pass through what the tables say; the best split depends on the priority; the limits are the AOP's (E1, G2)."""

from itertools import pairwise

import pytest

from kpikit import exploring
from kpikit.companies import case
from kpikit.language import LANGUAGES, use
from kpikit.metrics import metric
from kpikit.views import budget
from kpikit.views.budget import BILLION, JBP, PRIORITIES, STEP, TOTAL

FIRM = case("distributor")
EVERY = range(0, TOTAL + 1, STEP)


def whole(priority, state, mt):
    return budget.split(FIRM, priority, state, mt)["brought"].sum()


def test_the_sum_is_the_aops_and_so_is_the_split_for_growth():
    given = {line["item"]: line["amount"] for line in FIRM.plan["aop"]["budget"]}
    assert given["Trade marketing MT"] + given["Trade marketing GT"] == TOTAL
    assert budget.best(FIRM, "growth", "signed") == given["Trade marketing MT"] == 12 * BILLION


def test_the_anchors_are_the_catalogues_numbers():
    at = budget.anchors(FIRM)
    year = metric(FIRM, "mt_trade_spend", by="year").set_index("period")["actual"]
    assert at.loc[("signed", "MT"), "spend"] == year["2026"]
    assert at.loc[("signed", "GT"), "margin"] == pytest.approx(0.13, abs=0.001)
    assert at.loc[("signed", "MT"), "margin"] == pytest.approx(0.18, abs=0.001)
    sales, trade = FIRM.tables["sales"], FIRM.tables["trade"]
    invoices = sales[(sales["doc"] == "invoice") & (sales["terms"] == "JBP")]
    jbp = trade.merge(invoices[["month", "account_code"]], on=["month", "account_code"])
    with_jbp = jbp["incremental_gross_profit"].sum() / jbp["trade_spend"].sum()
    assert at.loc[("signed", "MT"), "return"] == pytest.approx(with_jbp, abs=0.01)
    assert at.loc[("unsigned", "MT"), "return"] < 1 < at.loc[("unsigned", "GT"), "return"]
    assert at["days"].round().to_list() == [45, 14, 48, 14]


def test_all_chains_had_a_jbp_in_the_one_span_and_two_had_none_in_the_other():
    listing = FIRM.tables["listing"]
    for state, in_force in (("signed", 5), ("unsigned", 3)):
        first, last = budget.MONTHS_OF[state]
        span = listing[listing["month"].between(first, last)]
        chains = span.groupby("account_code")["jbp"].agg(["min", "max"])
        assert chains["min"].sum() == chains["max"].sum() == in_force


@pytest.mark.parametrize("state", JBP)
@pytest.mark.parametrize("channel", budget.CHANNELS)
def test_a_curve_passes_through_its_anchor_and_bends_down(state, channel):
    at = budget.anchors(FIRM).loc[(state, channel)]
    assert budget.brought(FIRM, state, channel, at["spend"])["efficiency"] == pytest.approx(at["spend"] * at["return"])
    for priority in PRIORITIES:
        made = [budget.brought(FIRM, state, channel, n * BILLION)[priority] for n in range(17)]
        more = [after - before for before, after in pairwise(made)]
        assert made[0] == 0
        assert all(later < earlier for earlier, later in pairwise(more))
        assert more[-1] > 0


def test_goods_are_paid_a_month_after_they_are_sold_and_delivery_is_three_percent():
    sales, cash = FIRM.tables["sales"], FIRM.tables["cash"].set_index("month")
    sold = sales.groupby("month")[["revenue", "gross_profit"]].sum()
    assert cash.loc["2026-06", "goods"] == sold.loc["2026-05", "revenue"] - sold.loc["2026-05", "gross_profit"]
    assert budget.delivery_cost(FIRM) == pytest.approx(0.03, abs=0.0001)


def test_the_best_split_depends_on_the_priority_and_is_neither_all_nor_nothing():
    found = {priority: budget.best(FIRM, priority, "signed") for priority in PRIORITIES}
    assert found["cash"] < found["growth"] < found["efficiency"]
    for priority, mt in found.items():
        assert STEP <= mt <= TOTAL - STEP
        assert all(whole(priority, "signed", mt) >= whole(priority, "signed", other) for other in EVERY)


def test_at_the_best_split_the_next_billion_brings_about_the_same_in_both_channels():
    for priority in PRIORITIES:
        mt, gt = budget.split(FIRM, priority, "signed", budget.best(FIRM, priority, "signed"))["next"]
        assert mt == pytest.approx(gt, rel=0.07)


@pytest.mark.parametrize("power", [0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
def test_another_bend_leaves_growth_at_12_and_the_order_of_the_priorities(power):
    growth, efficiency, cash = (budget.best(FIRM, p, "signed", power, BILLION // 10) for p in PRIORITIES)
    assert growth == pytest.approx(12 * BILLION, abs=BILLION / 4)
    assert cash < growth < efficiency


def test_without_the_jbps_no_split_keeps_a_limit():
    for mt in EVERY:
        assert not any(holds for *_, holds in budget.limits(FIRM, "unsigned", mt).values())


def test_with_the_jbps_only_too_little_for_mt_breaks_a_limit():
    for mt in EVERY:
        held = {id: holds for id, (*_, holds) in budget.limits(FIRM, "signed", mt).items()}
        assert held == {"trade_roi": mt >= 3 * BILLION, "overdue_share": True}


def test_the_limits_are_the_aops():
    bounds = {limit["metric"]: limit for limit in FIRM.plan["aop"]["limits"]}
    found = budget.limits(FIRM, "signed", 12 * BILLION)
    assert found["trade_roi"][1] == bounds["trade_roi"]["min"]
    assert found["overdue_share"][1] == bounds["overdue_share"]["max"]


def test_at_last_years_spending_the_overdue_share_is_near_the_tables():
    """The model's balances, made from revenue and days, give about what the books show."""
    spent = budget.anchors(FIRM)["spend"]
    mt, total = spent[("unsigned", "MT")], spent[("unsigned", "MT")] + spent[("unsigned", "GT")]
    owed = FIRM.tables["receivables"].query("month == '2026-12'")
    share = 100 * owed["overdue"].sum() / owed["balance"].sum()
    assert budget.limits(FIRM, "unsigned", mt, total)["overdue_share"][0] == pytest.approx(share, abs=0.4)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_says_when_no_split_brings_more_and_when_a_limit_breaks(lang):
    use(lang)
    said = {key: budget._WORDS[key][lang] for key in ("best", "better", "broken")}
    for priority in PRIORITIES:
        for mt in {0, 5 * STEP, 6 * STEP, TOTAL, *(int(budget.best(FIRM, p, "signed")) for p in PRIORITIES)}:
            told = exploring.picture("budget", mt=float(mt), priority=priority, jbp="signed").sentence
            broken = mt < 3 * BILLION
            wanted = "broken" if broken else "best" if mt == budget.best(FIRM, priority, "signed") else "better"
            assert said[wanted] in told
            assert len(told) < 220
