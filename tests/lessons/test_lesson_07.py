"""Lesson 07 says what An Trường's tables and the two views say (E3)."""

import re

import pytest

import kpikit
from autograder.build import ROOT
from kpikit.companies import case
from kpikit.language import LANGUAGES, show, use
from kpikit.metrics import metric
from kpikit.questions import read_questions
from kpikit.views import levers, tree_break

TEXT = (ROOT / "lessons" / "07-cause-and-effect.md").read_text("utf-8")
QUESTIONS = {q.id: q for q in read_questions(ROOT / "lessons" / "07-cause-and-effect.yaml").questions}
FIRM = case("b2b_sales")
PROJECT, FACTORY = "Đội Dự án", "Đội Nhà máy"


def prose(lang):
    """The texts of one language, one after the other."""
    parts = re.findall(rf'\+\+\+ \{{"lang": "{lang}"\}}\n(.*?)(?=\n\+\+\+|\n```\{{code|\Z)', TEXT, re.S)
    return "\n".join(parts)


def row(text, start):
    """The cells of the first table row that starts so, without words around the numbers."""
    line = next(line for line in text.splitlines() if line.startswith(f"| {start} |"))
    return [re.sub(r"[^\d.,]", "", cell) for cell in line.split("|")[2:-1]]


def years(team, id):
    table = metric(FIRM, id, by="year", split="team").set_index(["team", "period"])["actual"]
    return table[team, "2025"], table[team, "2026"]


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def test_the_years_table_is_the_catalogues(lang):
    heads = {
        "qualified_leads": ("Khách tiềm năng chất lượng", "Qualified leads", 1, 0),
        "conversion": ("Tỷ lệ chuyển đổi", "Conversion", 1, 1),
        "average_order_value": ("Giá trị mỗi đơn", "Order value", 1e6, 1),
        "revenue": ("Doanh thu", "Revenue", 1e9, 1),
    }
    for id, (vi, en, size, digits) in heads.items():
        wanted = [show(round(value / size, digits), lang=lang) for value in years(PROJECT, id)]
        assert row(prose(lang), {"vi": vi, "en": en}[lang]) == wanted


def test_the_months_table_is_the_tables(lang):
    months = ["2026-04", "2026-05", "2026-06"]
    quotes = FIRM.tables["quotes"].query("team == @PROJECT").groupby("month")[["quotes", "quotes_on_time"]].sum()
    punctual = 100 * quotes["quotes_on_time"] / quotes["quotes"]
    orders = FIRM.tables["calls"].query("team == @PROJECT").groupby("month")["orders"].sum()
    revenue = metric(FIRM, "project_revenue").set_index("period")
    against = 100 * revenue["actual"] / revenue["plan"]
    heads = {"vi": ("Báo giá kịp hạn", "Số đơn hàng", "Doanh thu so với kế hoạch"),
             "en": ("Quotes in time", "Orders", "Revenue against plan")}[lang]  # fmt: skip
    for head, series in zip(heads, (punctual, orders, against), strict=True):
        assert row(prose(lang), head) == [str(round(series[month])) for month in months]


def test_calls_rose_and_revenue_fell_as_it_says():
    def change(team, id):
        before, after = years(team, id)
        return round(100 * (after / before - 1))

    assert (change(PROJECT, "calls"), change(PROJECT, "revenue")) == (37, -20)
    assert (change(FACTORY, "calls"), change(FACTORY, "qualified_leads")) == (15, 12)
    assert change(PROJECT, "qualified_leads") == -1 or change(PROJECT, "qualified_leads") == 0
    for text in (prose("vi"), prose("en")):
        assert all(f"{n}%" in text for n in (37, 20, 15, 12))


def test_the_levers_have_moved_as_it_says(lang):
    moved = {team: levers.moved(FIRM, team)["moved"].round(1) for team in levers.TEAMS}
    text, right = prose(lang), QUESTIONS["l07-q4"].replies
    assert show(moved[PROJECT]["order_value"], "%", lang) in text
    assert show(moved[PROJECT]["conversion"], "%", lang) in text
    assert show(moved[PROJECT]["conversion"], "%", lang) in right["split"][lang]
    assert show(moved[FACTORY]["leads"], "%", lang) in right["split"][lang]
    assert show(moved[PROJECT]["leads"], "%", lang) in right["leads"][lang]
    for team in levers.TEAMS:
        assert show(moved[team]["order_value"], "%", lang) in right["value"][lang]
    assert moved[PROJECT][["leads", "order_value"]].max() < 2
    now, goal = levers.revenue_now(FIRM, FACTORY)
    assert now * (1 + moved[FACTORY]["leads"] / 100) > goal == 42e9


def test_the_goal_of_the_project_team_is_a_little_beyond_what_was_seen(lang):
    now, goal = levers.revenue_now(FIRM, PROJECT)
    seen = levers.gains(FIRM, PROJECT, dict.fromkeys(levers.LEVERS, 30)).loc["all", "seen"]
    bn = {"vi": " tỷ", "en": "bn"}[lang]
    for value in (goal, goal - now, seen):
        assert show(round(value / 1e9, 1), lang=lang) + bn in prose(lang)
    assert seen < goal - now


def test_what_the_reply_says_of_calls_is_the_view(lang):
    year = tree_break.usual(FIRM, FACTORY).loc["revenue", "2025"]
    lost = tree_break.falls(FIRM, FACTORY, "calls")["revenue"] / 100 * year
    assert show(round(lost / 1e9, 1), lang=lang) in QUESTIONS["l07-q2"].replies["two"][lang]
    assert tree_break.falls(FIRM, PROJECT, "calls")["revenue"] == 0
    assert tree_break.strength(FIRM, FACTORY, "quotes_on_time") is None
    assert f"{tree_break.DROP}%" in prose(lang)
    assert str(tree_break.WEEKS_AHEAD["quotes_on_time"]) in prose(lang)


def test_multiplying_is_right(lang):
    replies = QUESTIONS["l07-q3"].replies
    assert QUESTIONS["l07-q3"].options[QUESTIONS["l07-q3"].right][lang] == show(round(100 * (1.1**3 - 1), 1), "%", lang)
    assert show(round(100 * (1 - 0.9**3), 1), "%", lang) in replies["more"][lang]
    assert f"{round(100 * (2 ** (1 / 3) - 1))}%" in replies["double"][lang]


def test_the_draft_of_2027_raises_the_quota_and_leads_nowhere():
    habit = FIRM.design("habit")
    calls = next(kpi for kpi in habit.kpis if kpi.metric == "calls")
    assert calls.scale.target / calls.baseline == pytest.approx(1.05, abs=0.005)
    use("en")
    assert kpikit.figure("tree", case="b2b_sales", design="habit").sentence.startswith("12 of 13 KPIs lead to no goal")


def test_the_first_step_shows_what_it_promises():
    """Left as it is, the figure says that the scorecard sees only the shortfall; two clicks later it points at the break."""
    steps = {(): "result", ("conversion",): "above", ("conversion", "quotes_on_time"): "exact"}
    fallen = tree_break.falls(FIRM, PROJECT, tree_break.VIEW.picks["breaks"].start)
    start = list(tree_break.VIEW.picks["board"].start)
    assert start == ["calls"]
    assert {more: tree_break.seen(fallen, [*start, *more])[0] for more in steps} == steps
