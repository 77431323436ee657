"""The four causes in four companies' tables: every line of a sheet met, the goal missed, and the gap (D2 to D5)."""

import pytest

from kpikit.companies import case
from kpikit.exploring import picture
from kpikit.language import show
from kpikit.views import causes_seen as view


def rows(company, table):
    """A table's rows of 2026."""
    made = case(company).tables[table]
    return made[made["month"].str.startswith("2026")]


@pytest.mark.parametrize("company", view.SHEETS)
def test_every_line_of_the_sheet_is_met_and_the_goal_is_missed(company):
    off = view.sheet(company)["off"]
    assert (off.iloc[:-1] > 0).all()
    assert off.iloc[-1] < -5
    assert off.index[-1] == view.SHEETS[company].goal


@pytest.mark.parametrize("company", view.SHEETS)
def test_the_sheet_is_the_storys_table(company):
    """What stands in the story's table of KPIs 2026, actual and target, stands in the view's."""
    story = case(company).story("vi")
    sheet = view.sheet(company)
    for id, row in sheet.drop(index=[view.SHEETS[company].goal]).iterrows():
        for value in (row["actual"], row["target"]):
            assert (
                show(round(value), lang="vi") in story
                or view._written(company, id, value, row["target"], "vi").rstrip("%") in story
            )


def test_the_busiest_desk_sells_least():
    desks = view.desks()
    own = rows("b2b_sales", "calls").groupby("rep_code")[["calls", "revenue"]].sum()
    assert desks["calls"].to_dict() == own["calls"].to_dict()
    assert desks["calls"].idxmax() == desks["revenue"].idxmin() == "B07"
    assert len(desks) == 8


def test_the_queue_before_paint_is_the_tables():
    waiting = rows("factory", "production").groupby("month")["waiting"].sum()
    assert view.queue().to_list() == waiting.to_list()
    assert view.queue()["2026-12"] > 6 * view.queue()["2026-03"]


def test_the_cafes_points_make_the_bonus_though_cash_is_far_short():
    made = view.points()
    assert made["weight"].sum() == 100
    assert made["points"].sum().round(1) == 104.5
    assert made["attained"].max() == view.MOST
    assert made["weight"]["net_cash"] == made["weight"].min()


def test_at_the_subscriptions_the_lines_part_in_july():
    made = view.halves()
    apart = (made["new_subscribers"] - made["revenue"]).abs()
    assert (apart.loc[:"2026-07"] < 2).all()
    assert apart.loc["2026-08":].is_monotonic_increasing
    assert made["new_subscribers"].iloc[-1] > 100 > made["revenue"].iloc[-1]


@pytest.mark.parametrize("company", view.SHEETS)
def test_words_are_whole_and_do_not_collide(lang, company, check_words):
    check_words(picture("causes_seen", company=company))


@pytest.mark.parametrize("company", view.SHEETS)
def test_no_picture_names_the_cause_that_the_question_after_it_asks_for(lang, company):
    made = picture("causes_seen", company=company)
    assert not {"nguyên nhân", "trọng số ngược", "cause"} & set(made.alt.lower().replace(",", " ").split(" "))
