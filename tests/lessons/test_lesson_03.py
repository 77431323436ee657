"""Lesson 03 says what the distributor's tables say, and its views do what the text promises (B3 - B8, C1 - C6)."""

import re

import pytest

import kpikit
from autograder.build import ROOT
from kpikit.companies import case
from kpikit.language import LANGUAGES, show, use
from kpikit.metrics import metric
from kpikit.questions import read_questions
from kpikit.views import late_cost, pace_by_month

TEXT = (ROOT / "lessons" / "03-built-together.md").read_text("utf-8")
QUESTIONS = {q.id: q for q in read_questions(ROOT / "lessons" / "03-built-together.yaml").questions}
TABLES = case("distributor").tables


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def prose(lang):
    """The texts of one language, one after the other."""
    return "\n".join(re.findall(rf'\+\+\+ \{{"lang": "{lang}"\}}\n(.*?)(?=\n\+\+\+|\n```\{{code|\Z)', TEXT, re.S))


def said(lang, *ids):
    """The prose and all that these questions say in one language."""
    words = [w for id in ids for q in [QUESTIONS[id]] for w in (q.ask, *q.options.values(), *q.replies.values())]
    return "\n".join([prose(lang), *(w[lang] for w in words)])


def bn(value, lang, unit=True):
    """An amount in tỷ or bn with one decimal, as the lesson writes it."""
    return show(round(value / 1e9, 1), lang=lang) + ({"vi": " tỷ", "en": "bn"}[lang] if unit else "")


def of(table, column, year, channel=None):
    rows = TABLES[table]
    rows = rows[rows["month"].str.startswith(year)]
    if channel:
        rows = rows[rows["channel"] == channel]
    return rows.groupby("month")[column].sum()


def test_the_aop_in_four_lines_is_the_plans(lang):
    aop = case("distributor").plan["aop"]
    goal, text = aop["goals"][0], prose(lang)
    assert goal["target"] / goal["baseline"] == pytest.approx(1.2)
    plan = {channel: of("plan", "revenue", "2027", channel).sum() for channel in ("MT", "GT")}
    assert sum(plan.values()) == goal["target"]
    assert round(100 * plan["MT"] / goal["target"]) == 45
    share = of("sales", "revenue", "2026", "MT").sum() / of("sales", "revenue", "2026").sum()
    assert round(100 * share) == 40
    assert of("plan", "new_outlets", "2027").sum() == 228 and of("plan", "new_outlets", "2026").sum() == 480
    for number in ("20%", "45%", "40%", "228", "480", bn(12e9, lang)):
        assert number in text


def test_the_goal_of_2026_was_almost_a_fifth_more(lang):
    goal = of("plan", "revenue", "2026").sum()
    assert bn(goal, lang) in prose(lang)
    assert bn(of("plan", "revenue", "2026", "MT").sum(), lang) in prose(lang)
    assert 1.19 < goal / of("sales", "revenue", "2025").sum() < 1.2


def test_march_was_close_and_april_left_the_range(lang):
    known, text = pace_by_month.known("mt_revenue", "seasons"), said(lang, "l03-q2")
    march, april = known.loc[3], known.loc[4]
    assert show(round(100 * march["actual"] / march["plan"], 1), "%", lang) in text
    assert known.attrs["seen"] == 4
    assert bn(april["plan"] - april["actual"], lang) in text
    assert (
        round(100 * of("sales", "revenue", "2026", "MT")["2026-04"] / of("plan", "revenue", "2026", "MT")["2026-04"])
        == 83
    )
    assert "83%" in text
    july = known.loc[7]
    assert bn(july["plan"] - july["actual"], lang) in text
    for table in ("sales", "plan"):
        assert bn(of(table, "revenue", "2026", "MT")["2026-02"], lang) in text


def test_the_two_lines_of_growth_cross_in_april(lang):
    known, text = pace_by_month.known("revenue", "seasons"), prose(lang)
    april, september = known.loc[4], known.loc[9]
    for value in (april["growth"], april["needed"]):
        assert show(round(value, 1), "%", lang) in text
    for value in (september["growth"], september["needed"]):
        assert show(round(value), "%", lang) in text
    assert known.loc[3, "growth"] > known.loc[3, "needed"]
    assert april["growth"] < april["needed"]


def test_tet_looks_won_and_lost_on_an_even_plan_and_close_on_the_firms_own(lang):
    text, goal = prose(lang), of("plan", "revenue", "2026").sum()
    actual, plan = of("sales", "revenue", "2026"), of("plan", "revenue", "2026")
    assert bn(goal / 12, lang) in text
    for month in ("2026-01", "2026-02"):
        assert bn(actual[month], lang) in text
        assert abs(actual[month] / plan[month] - 1) < 0.02
    assert actual["2026-01"] > 1.3 * goal / 12 and actual["2026-02"] < 0.75 * goal / 12
    assert pace_by_month.known("mt_revenue", "even").attrs["seen"] == 7


def test_five_months_late_and_what_they_cost(lang):
    table, text = late_cost.late_cost(), said(lang, "l03-q3")
    first, found = table.loc[4], table.loc[9]
    more = found["short"] - first["short"]
    assert found["late"] == 5
    for amount in (more, more / 5, first["left"], found["left"]):
        assert bn(amount, lang) in text
    assert bn(found["short"], lang) in text
    assert 0.6 < first["left"] / table.attrs["budget"] < 0.7
    assert round(100 * found["left"] / table.attrs["budget"]) == 25
    assert 8 < found["short"] / first["short"] < 9
    assert bn(table.attrs["budget"], lang, unit=False) == "10"


def test_the_bottleneck_is_lam_son_and_three_chains_are_on_plan(lang):
    made = kpikit.figure("bottleneck", case="distributor", metric="mt_revenue", month="2026-09")
    text = said(lang, "l03-q4")
    assert made.table.index[0] == "Siêu thị Lam Sơn"
    gap = made.table.iloc[:, 2]
    assert show(round(-gap.iloc[0], 1), lang=lang) in text
    assert "85%" in made.sentence and "85%" in text
    assert (gap.iloc[2:] / made.table.iloc[2:, 1] > -0.01).all() and len(gap) == 5
    lam_son = TABLES["accounts"].set_index("account").loc["Siêu thị Lam Sơn"]
    assert lam_son["jbp_until"] == "2026-03"


def test_more_visits_were_made_at_every_chain():
    done, due = (
        TABLES[name]
        .query("channel == 'MT' and '2026-04' <= month <= '2026-12'")
        .groupby("account_code")["visits"]
        .sum()
        for name in ("field", "plan")
    )
    assert len(done) == 5
    assert (done > 1.1 * due).all()


def test_outlets_opened_and_outlets_that_order(lang):
    text = prose(lang)
    opened = int(TABLES["field"].query("channel == 'GT' and month >= '2026-01'")["new_outlets"].sum())
    assert str(opened) in text
    rate = metric(case("distributor"), "active_outlet_rate").set_index("period")["actual"]
    for month in ("2025-12", "2026-12"):
        assert f"{round(rate[month])}%" in text


def test_together_they_were_short(lang):
    short = of("plan", "revenue", "2026").sum() - of("sales", "revenue", "2026").sum()
    assert bn(short, lang) in prose(lang)


def test_the_replies_on_roi_visits_and_programmes(lang):
    text = said(lang, "l03-q1")
    trade = TABLES["trade"].query("channel == 'MT' and month >= '2026-01'")
    first, rest = trade[trade["month"] <= "2026-03"], trade[trade["month"] > "2026-03"]
    for part in (first, rest):
        roi = part["incremental_gross_profit"].sum() / part["trade_spend"].sum()
        assert show(round(roi, 2), lang=lang) in text
    assert str(rest["programmes"].sum()) in text
    assert str(of("plan", "programmes", "2026", "MT").iloc[3:].sum()) in text
    assert str(int(TABLES["trade"].query("month >= '2026-01'")["programmes"].sum())) in text
    visits = TABLES["field"].query("channel == 'MT' and month >= '2026-04'")["visits"].sum()
    assert round(100 * (visits / of("plan", "visits", "2026", "MT").iloc[3:].sum() - 1)) == 30
    assert "30%" in text


def test_the_four_kpis_of_the_case_join_a_line_and_the_two_counts_join_none():
    right = QUESTIONS["l03-q1"].right
    assert {item for item, line in right.items() if line == "nothing"} == {"a", "d"}
    assert set(right.values()) == {"growth", "focus", "money", "nothing"}
