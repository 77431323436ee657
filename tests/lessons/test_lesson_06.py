"""Lesson 06: every number in it is the café chain's own, and the picture shows what the text says it shows."""

import pytest

from autograder.build import ROOT
from kpikit.companies import case
from kpikit.language import show
from kpikit.metrics import metric
from kpikit.views import two_roles

MAY, SHOP = "2026-05", "Hiên Nhà Hòa Khánh"
NAME = "06-outcome-and-driver"
TEXT = {suffix: (ROOT / "lessons" / f"{NAME}.{suffix}").read_text("utf-8") for suffix in ("md", "yaml")}
CAFE = case("cafe_chain")


def of(id, month, by="month", column="actual", shop=None):
    table = metric(CAFE, id, by=by, split="shop" if shop else None)
    if shop:
        table = table[table["shop"] == shop]
    return float(table.set_index("period").loc[month, column])


def said(value, digits, where):
    """A number stands in the lesson, in both languages' way of writing."""
    shown = round(value, digits)
    return all(show(shown, lang=lang) in TEXT[where] for lang in ("vi", "en"))


def test_the_goal_and_what_was_missing():
    assert said(of("net_cash", "2026", "year", "plan") / 1e9, 2, "md")
    assert said((of("net_cash", "2026", "year", "plan") - of("net_cash", "2026", "year")) / 1e6, 0, "md")


@pytest.mark.parametrize("column", ["actual", "plan"])
@pytest.mark.parametrize(
    ("id", "digits", "over"), [("tickets", 0, 1), ("basket", 1, 1000), ("waste_rate", 1, 1), ("payroll_share", 1, 1)]
)
def test_may_at_hoa_khanh_and_in_all_shops(id, digits, over, column):
    assert said(of(id, MAY, column=column, shop=SHOP) / over, digits, "md")
    assert said(of(id, MAY, column=column) / over, digits, "yaml")


def test_hoa_khanh_was_a_third_busier_than_planned():
    assert of("tickets", MAY, shop=SHOP) / of("tickets", MAY, column="plan", shop=SHOP) == pytest.approx(
        4 / 3, abs=0.02
    )


def test_the_page_of_one_line():
    actual, plan = of("net_cash", MAY, "ytd"), of("net_cash", MAY, "ytd", "plan")
    assert all(said(value / 1e6, 0, "yaml") for value in (actual, plan, plan - actual))


def test_nine_percent_more_tickets_each_nine_percent_smaller():
    more = 100 * (of("tickets", MAY) / of("tickets", MAY, column="plan") - 1)
    less = 100 * (1 - of("basket", MAY) / of("basket", MAY, column="plan"))
    assert (round(more), round(less)) == (9, 9)


def test_most_of_what_was_missing_lay_in_one_shop():
    gap = of("net_cash", MAY, "ytd", "plan", SHOP) - of("net_cash", MAY, "ytd", shop=SHOP)
    assert round(gap / 1e6) == 114
    assert "114 triệu" in TEXT["yaml"]


def test_the_other_shops_payroll_is_within_three_percent_of_plan_or_better():
    table = two_roles.levers(CAFE, MAY).query("driver == 'payroll_share'").set_index("shop")["worse"]
    assert (table.drop(SHOP) < 3).all()
    assert table[SHOP] > 3


def test_the_gap_grows_after_may_because_nobody_turns_anything():
    gaps = two_roles.cash(CAFE)["gap"]
    assert gaps["2026-05"] > gaps["2026-06"] > gaps["2026-07"]


def test_revenue_was_on_plan_and_hoa_khanh_was_the_busiest_and_the_emptiest():
    assert said(100 * of("revenue", "2026", "year") / of("revenue", "2026", "year", "plan"), 1, "md")
    guests = metric(CAFE, "footfall", by="year", split="shop").query("period == '2026'").set_index("shop")["actual"]
    assert guests.idxmax() == SHOP
    assert said(of("net_cash", "2026", "year", "plan", SHOP) / 1e6, 0, "md")
    assert said(-of("net_cash", "2026", "year", shop=SHOP) / 1e6, 0, "md")


def test_posts_beat_their_target():
    assert of("posts", "2026", "year") == 977
    assert of("posts", "2026", "year", "plan") == 792
