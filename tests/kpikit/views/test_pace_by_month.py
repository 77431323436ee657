"""What one could know at a month's end: the view says what `kpikit.pace` says, and nothing of months to come (C4, C6)."""

from itertools import combinations, product

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import kpikit
from kpikit.companies import case
from kpikit.exploring import picture
from kpikit.language import LANGUAGES, use
from kpikit.views import pace_by_month as view

MONTHS = range(3, 13)
BOTH = list(product(view.METRICS, view.PLANS))


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


@pytest.mark.parametrize("metric", view.METRICS)
@pytest.mark.parametrize("month", MONTHS)
def test_on_the_firms_own_plan_it_is_what_pace_says(metric, month):
    told, row = kpikit.pace("distributor", metric, month=month), view.known(metric, "seasons").loc[month]
    assert (row["forecast"], row["low"], row["high"]) == pytest.approx((told.now.forecast, told.now.low, told.now.high))
    assert (row["actual"], row["plan"]) == pytest.approx((told.now.to_date, told.now.plan_to_date))
    assert bool(row["off"]) == (told.verdict in ("off_course", "missed"))
    assert row["growth"] == pytest.approx(told.growth(month))


def test_the_miss_shows_in_april_and_on_an_even_plan_only_in_summer():
    seen = {(metric, plan): view.known(metric, plan).attrs["seen"] for metric, plan in BOTH}
    assert seen == {("mt_revenue", "seasons"): 4, ("mt_revenue", "even"): 7,
                    ("revenue", "seasons"): 4, ("revenue", "even"): 8}  # fmt: skip


@pytest.mark.parametrize(("metric", "plan"), BOTH)
def test_once_off_always_off(metric, plan):
    """The title rests on it: before the month in which it shows, no month is off."""
    table = view.known(metric, plan)
    assert table["off"].to_list() == [month >= table.attrs["seen"] for month in table.index]


@pytest.mark.parametrize("metric", view.METRICS)
def test_an_even_plan_has_the_same_goal_and_the_same_actuals(metric):
    own, even = view.known(metric, "seasons"), view.known(metric, "even")
    assert even.attrs["goal"] == pytest.approx(own.attrs["goal"])
    assert even["actual"].to_list() == own["actual"].to_list()
    assert even["plan"].diff().dropna().to_list() == pytest.approx([own.attrs["goal"] / 12] * 11)


@pytest.mark.parametrize("month", MONTHS)
def test_the_old_scorecard_is_green_in_every_month(month):
    assert view.green(month) == len(view.HABIT)


@pytest.mark.parametrize(("metric", "plan"), BOTH)
@pytest.mark.parametrize("month", [3, 7, 11, 12])
def test_the_table_shows_no_month_to_come(metric, plan, month):
    assert len(picture("pace_by_month", month=month, metric=metric, plan=plan).table) == month


def test_the_growth_needed_is_what_the_tables_say():
    sales, plan = case("distributor").tables["sales"], case("distributor").tables["plan"]
    by_month = sales.groupby("month")["revenue"].sum()
    goal = plan[plan["month"].str.startswith("2026")]["revenue"].sum()
    done, rest = by_month["2026-01":"2026-09"].sum(), by_month["2025-10":"2025-12"].sum()
    assert view.known("revenue", "seasons").loc[9, "needed"] == pytest.approx(100 * ((goal - done) / rest - 1))


def test_the_title_says_whether_it_shows_already(lang):
    said = {m: picture("pace_by_month", month=m).sentence for m in MONTHS}
    assert "99" in said[3] and "250" in said[3]
    assert {"vi": "vừa ra khỏi khoảng dự báo", "en": "has just left"}[lang] in said[4]
    assert {"vi": "chậm 1 tháng", "en": "1 month late"}[lang] in said[5]
    assert {"vi": "chậm 5 tháng là hụt thêm 27,5 tỷ", "en": "5 months late means a further 27.5bn"}[lang] in said[9]
    assert {"vi": "Hết năm", "en": "The year is over"}[lang] in said[12]


GRID = [(m, metric, plan) for m in (3, 4, 5, 8, 9, 11, 12) for metric, plan in BOTH]


@pytest.mark.parametrize(("month", "metric", "plan"), GRID)
def test_words_are_whole_and_do_not_collide(lang, month, metric, plan):
    made = picture("pace_by_month", month=month, metric=metric, plan=plan)
    FigureCanvasAgg(made.figure).draw()
    texts = [*made.figure.texts, *(t for axes in made.figure.axes for t in [*axes.texts, *axes.get_yticklabels(),
                                                                         *axes.get_xticklabels(), axes._left_title])]  # fmt: skip
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text()]
    assert not [said for said, _ in boxes if "…" in said]
    for (one, a), (other, b) in combinations(boxes, 2):
        wide, tall = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide < 2 or tall < 5, f"{one!r} over {other!r}"
