"""What finding out late costs: months, money missing, money still to be moved (C6)."""

from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from kpikit.companies import case
from kpikit.exploring import picture
from kpikit.language import LANGUAGES, use
from kpikit.views import late_cost as view


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def mt(table, column):
    """A table's column by month of 2026, of MT alone."""
    rows = case("distributor").tables[table]
    rows = rows[(rows["channel"] == "MT") & rows["month"].str.startswith("2026")]
    return rows.groupby("month")[column].sum()


@pytest.mark.parametrize("month", range(view.FIRST, view.LAST + 1))
def test_shortfall_and_money_left_are_the_tables(month):
    row = view.late_cost().loc[month]
    short = (mt("plan", "revenue") - mt("sales", "revenue")).iloc[:month].sum()
    assert row["short"] == pytest.approx(short)
    assert row["left"] == pytest.approx(mt("plan", "trade_spend").iloc[month:].sum())
    left_to_sell = mt("plan", "revenue").iloc[month:].sum()
    assert row["over"] == pytest.approx(100 * short / left_to_sell)


def test_the_story_of_five_months():
    """3.6bn short in early May, 31.1bn in early October, a quarter of the trade money left."""
    table = view.late_cost()
    assert (table["short"] / 1e9).round(1).loc[[4, 9]].to_list() == [3.6, 31.1]
    assert (100 * table["left"] / table.attrs["budget"]).round().loc[[4, 9]].to_list() == [66, 25]
    assert table["late"].loc[[4, 9]].to_list() == [0, 5]


def test_the_later_the_worse():
    table = view.late_cost()
    assert table["short"].is_monotonic_increasing
    assert table["over"].is_monotonic_increasing
    assert table["left"].is_monotonic_decreasing


@pytest.mark.parametrize("found", range(view.FIRST, view.LAST + 1))
def test_words_are_whole_and_do_not_collide(lang, found):
    made = picture("late_cost", found=found)
    FigureCanvasAgg(made.figure).draw()
    texts = [*made.figure.texts, *(text for axes in made.figure.axes for text in axes.texts)]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    assert not [said for said, _ in boxes if "…" in said]
    for (one, a), (other, b) in combinations(boxes, 2):
        wide, tall = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide < 2 or tall < 5, f"{one!r} over {other!r}"
