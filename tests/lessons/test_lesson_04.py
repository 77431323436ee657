"""Lesson 04 says what four companies' tables and the simulated year say, no more (D1 to D6)."""

import re

import pytest

from autograder.build import ROOT, figures_in
from kpikit.companies import case
from kpikit.language import LANGUAGES, show, use
from kpikit.metrics import metric
from kpikit.questions import read_questions
from kpikit.views import causes_seen, causes_switched

TEXT = (ROOT / "lessons" / "04-the-paradox.md").read_text("utf-8")
QUESTIONS = {q.id: q for q in read_questions(ROOT / "lessons" / "04-the-paradox.yaml").questions}


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def prose(lang):
    """The texts of one language, one after the other."""
    parts = re.findall(rf'\+\+\+ \{{"lang": "{lang}"\}}\n(.*?)(?=\n\+\+\+|\n```\{{code|\Z)', TEXT, re.S)
    return "\n".join(parts)


def year(company, id, column="actual"):
    return metric(case(company), id, by="year").set_index("period").loc["2026", column]


def bn(value, lang, digits=1):
    return show(round(value / 1e9, digits), lang=lang) + (" tỷ" if lang == "vi" else "bn")


def percent(share):
    return f"{round(100 * share)}%"


def row(lang, company):
    """The line of the opening table about a company."""
    return next(line for line in prose(lang).splitlines() if line.startswith(f"| {company} |"))


@pytest.mark.parametrize(
    ("company", "name", "goal", "digits"),
    [
        ("b2b_sales", "Vật tư An Trường", "revenue", 1),
        ("cafe_chain", "Cà phê Hiên Nhà", "net_cash", 2),
        ("subscription", "Bếp Sẵn", "revenue", 1),
    ],
)
def test_the_opening_tables_goals_are_the_tables(lang, company, name, goal, digits):
    line = row(lang, name)
    assert bn(year(company, goal), lang, digits) in line
    assert bn(year(company, goal, "plan"), lang, digits) in line


def test_the_factorys_unit_cost_and_the_cafes_points(lang):
    line = row(lang, "Nhựa Đông Kiều")
    for column in ("actual", "plan"):
        assert show(round(year("factory", "unit_cost", column)), lang=lang) in line
    points = show(round(causes_seen.points()["points"].sum(), 1), lang=lang)
    assert points in row(lang, "Cà phê Hiên Nhà")


def test_how_many_lines_each_sheet_has():
    lines = {company: len(sheet.kpis) for company, sheet in causes_seen.SHEETS.items()}
    assert lines == {"b2b_sales": 4, "factory": 5, "cafe_chain": 4, "subscription": 4}
    assert all((causes_seen.sheet(company)["off"].iloc[:-1] > 0).all() for company in lines)


def test_desk_b07_and_the_presses(lang):
    desks = causes_seen.desks()
    text = prose(lang) + QUESTIONS["l04-q1"].replies["nearer"][lang]
    assert show(int(desks["calls"]["B07"]), lang=lang) in text
    assert bn(desks["revenue"]["B07"], lang) in text
    assert f"{round(year('factory', 'press_oee'))}%" in text


def test_hoa_khanh_has_most_more_guests_and_least_cash(lang):
    """The reply: up 31% in guests, and the shop furthest short of cash."""
    cash = metric(case("cafe_chain"), "net_cash", by="year", split="shop").query("period == '2026'").set_index("shop")
    assert (cash["actual"] - cash["plan"]).idxmin() == "Hiên Nhà Hòa Khánh"
    guests = metric(case("cafe_chain"), "footfall", by="year", split="shop").pivot(
        index="shop", columns="period", values="actual"
    )
    more = (guests["2026"] / guests["2025"] - 1).drop(labels=[s for s in guests.index if "Văn phòng" in s])
    assert more.idxmax() == "Hiên Nhà Hòa Khánh"
    assert percent(more.max()) in QUESTIONS["l04-q1"].replies["same"][lang]


def test_at_the_subscriptions_new_customers_and_revenue_go_together_until_june():
    made = causes_seen.halves()
    assert (made.loc[:"2026-06"] > 97).all().all()
    assert made.loc["2026-12", "revenue"] < 92 < 104 < made.loc["2026-12", "new_subscribers"]


def corners(*causes, raised=False):
    return causes_switched.corners(causes_switched.lived(causes, raised))


def test_what_the_model_is_said_to_show_is_what_it_shows(lang):
    bullets = [line for line in prose(lang).splitlines() if line.startswith("- **")]
    none, third, fourth = (next(b for b in bullets if key in b) for key in TOLD[lang])
    second = next(b for b in bullets if "**" in b and "100" not in b and b not in (none, third, fourth))
    assert percent(corners().met) in none and percent(corners().paradox) in none
    assert [percent(corners(c).paradox) for c in ("activity", "local")] == ["100%", "100%"]
    assert [percent(corners(c).mean) in second for c in ("activity", "local")] == [True, True]
    assert percent(corners("against").paradox) in third and percent(corners("against").mean) in third
    assert percent(corners().met) in fourth and percent(corners("frozen").met) in fourth
    assert corners("frozen").paradox <= corners().paradox


TOLD = {
    "vi": ("Chưa bật gì:", "Nguyên nhân 3:", "Nguyên nhân 4:"),
    "en": ("Nothing switched on:", "Cause 3:", "Cause 4:"),
}


def test_what_raised_targets_are_said_to_do_is_what_they_do(lang):
    told = next(p for p in prose(lang).splitlines() if p.startswith(("**Nâng chỉ tiêu.**", "**Raising targets.**")))
    for cause in ("activity", "against"):
        for raised in (False, True):
            assert percent(corners(cause, raised=raised).mean) in told
    for raised in (False, True):
        years = corners(raised=raised)
        assert percent(years.met) in told
        assert percent(years.paradox + years.won) in told
    now = corners("against", raised=True)
    assert now.paradox == now.won == 0


def test_the_lesson_says_plainly_what_the_year_is_and_what_it_is_not(lang):
    text = prose(lang).lower()
    assert ("không dự báo" if lang == "vi" else "does not forecast") in text
    assert ("do chúng tôi chọn" if lang == "vi" else "chosen by us") in text


def test_no_number_stands_in_the_text_that_nothing_gives(lang):
    known = {"76", "661", "34640", "32481", "1045", "100", "172", "255", "466", "509", "8931", "78"}
    known |= {"72", "2", "74", "69", "31", "92", "57", "73", "91"}  # tested above
    known |= {
        "2027",
        "2026",
        "15",
        "01",
        "05",
        "12",
        "04",
        "07",
        str(causes_switched.YEARS),
        *"1234",
    }  # years, minutes, lessons, desk B07, lists
    assert set(figures_in(prose(lang))) <= known
