"""Lesson 12 says what Bếp Sẵn's tables, Hương Việt's model scorecard and the simulated year say (E8, G4)."""

import re

import pytest

import kpikit
from autograder.build import ROOT, figures_in
from kpikit.companies import case
from kpikit.language import LANGUAGES, show, use
from kpikit.metrics import metric
from kpikit.questions import read_questions
from kpikit.views.replan import lived

TEXT = (ROOT / "lessons" / "12-rhythm.md").read_text("utf-8")
QUESTIONS = {q.id: q for q in read_questions(ROOT / "lessons" / "12-rhythm.yaml").questions}
CASE = "subscription"


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def prose(lang):
    """The texts of one language, one after the other."""
    parts = re.findall(rf'\+\+\+ \{{"lang": "{lang}"\}}\n(.*?)(?=\n\+\+\+|\n```\{{code|\Z)', TEXT, re.S)
    return "\n".join(parts)


def month(id, period, column="actual", city=None):
    table = metric(case(CASE), id, split="city" if city else None)
    if city:
        table = table[table["city"] == city]
    return table.set_index("period").loc[period, column]


def half(id, column="actual", second=True, city=None):
    """The half-year's sum of a metric that adds up."""
    table = metric(case(CASE), id, by="quarter", split="city" if city else None)
    if city:
        table = table[table["city"] == city]
    return table[table["period"].isin(["2026-Q3", "2026-Q4"] if second else ["2026-Q1", "2026-Q2"])][column].sum()


def percent(share):
    return f"{round(100 * share)}%"


def line(lang, start):
    return next(one for one in prose(lang).splitlines() if one.startswith(start))


# ---------------------------------------------------------------- Bếp Sẵn


def test_the_sheet_of_july_is_the_tables(lang):
    for n, id in enumerate(("campaigns", "reach", "new_subscribers")):
        name = (("Số chiến dịch", "Lượt tiếp cận", "Khách thuê bao mới"), ("Campaigns", "Reach", "New subscribers"))
        told = line(lang, f"| {name[lang == 'en'][n]}")
        scale = 1e6 if id == "reach" else 1
        for column in ("actual", "plan"):
            assert f"| {show(round(month(id, '2026-07', column) / scale, 2), lang=lang)} |" in told
    assert percent(month("answer_rate", "2026-07") / 100) == "97%"


def test_the_second_sheet_is_the_tables(lang):
    for id, digits in (("skip_rate", 1), ("conversion", 2)):
        for column in ("actual", "plan"):
            assert show(round(month(id, "2026-07", column, "TP.HCM"), digits), "%", lang) in prose(lang)
    for column in ("actual", "plan"):
        thousand = round(month("cac", "2026-07", column, "TP.HCM") / 1000)
        assert f"{thousand} {'nghìn' if lang == 'vi' else 'thousand'}" in prose(lang)


def test_churn_in_the_city_and_elsewhere(lang):
    for period in ("2026-06", "2026-09", "2026-12"):
        assert show(round(month("churn", period, city="TP.HCM"), 1), "%", lang) in prose(lang)
    quarter = metric(case(CASE), "churn", by="quarter", split="city").query("period == '2026-Q4' and city != 'TP.HCM'")
    assert len(quarter) == 3
    assert quarter["actual"].between(4.7, 5.5).all(), "the reply says: about 5%, as planned"


def test_revenue_tells_it_late(lang):
    made = kpikit.figure("plan", case=CASE, metric="revenue", month="2026-09")
    plan = metric(case(CASE), "revenue", by="ytd").set_index("period")
    gap = plan["plan"] - plan["actual"]
    text = prose(lang)
    words = ("1,4 tỷ trên 37 tỷ", "4,3 tỷ") if lang == "vi" else ("1.4bn VND short of 37bn", "4.3bn")
    assert all(said in text for said in words)
    assert gap["2026-09"] / 1e9 == pytest.approx(1.4, abs=0.051)
    assert round(plan.loc["2026-09", "plan"] / 1e9) == 37
    assert round(gap["2026-12"] / 1e9, 1) == 4.3
    assert show(1.4, lang=lang) in made.sentence


def test_the_money_followed_the_old_sheet(lang):
    spent, planned = half("marketing_spend"), half("marketing_spend", "plan")
    text = prose(lang)
    for value in (spent, planned):
        told = f"{value / 1e9:.1f}"
        assert (told.replace(".", ",") + " tỷ" if lang == "vi" else told + "bn") in text
    reply = QUESTIONS["l12-q1"].replies["push"][lang]
    assert percent(half("new_subscribers") / half("new_subscribers", "plan") - 1) in reply
    for column in ("actual", "plan"):
        assert show(int(half("lost", column, city="TP.HCM")), lang=lang) in reply


def test_the_replies_numbers_are_the_tables(lang):
    assert (
        show(round(month("churn", "2026-09", city="TP.HCM"), 1), "%", lang) in QUESTIONS["l12-q1"].replies["wait"][lang]
    )
    told = QUESTIONS["l12-q4"].replies["hcm"][lang]
    for column in ("actual", "plan"):
        assert show(round(month("conversion", "2026-07", column, "TP.HCM"), 2), "%", lang) in told


# ---------------------------------------------------------------- Hương Việt


def test_the_four_boxes_are_the_model_scorecards():
    design = case("distributor").design("sound")
    decisions = {kpi.id: kpi.decision for kpi in design.kpis}
    assert "Hai tháng liền dưới 95% kế hoạch" in decisions["K1"]
    assert "dưới 1 lần một quý" in decisions["K4"]
    assert "60 ngày" in decisions["K5"]
    assert "dưới 94%" in decisions["D5"]
    lag = {kpi.id: kpi.lag_days for kpi in design.kpis}
    assert (lag["K1"], lag["K4"]) == (3, 15), "revenue after three days, trade figures after half a month"
    assert (design.review.analyst, design.review.decides) == ("Trưởng phòng FP&A", "Tổng giám đốc")


def test_the_triggers_are_the_model_scorecards_and_none_is_a_red_kpi(lang):
    triggers = case("distributor").design("sound").review.triggers
    assert len(triggers) == 3
    assert all(str(10) in said for said in triggers[1:])
    assert prose(lang).count("10%") == 2


# ---------------------------------------------------------------- the simulated year


def test_what_the_model_is_said_to_show_is_what_it_shows(lang):
    told = [one for one in prose(lang).splitlines() if one.startswith("- **")]
    for said, answer in zip(told, ("hold", "move", "kpis", "replan"), strict=True):
        made = lived("monthly", answer)
        assert percent(made.mean) in said
        if answer != "kpis":
            assert percent(made.met) in said
        if answer in ("move", "replan"):
            assert percent(made.green) in said
    held, kpis = lived("monthly", "hold"), lived("monthly", "kpis")
    scores = [str(round(made.score)) for made in (held, kpis)]
    assert all(score in told[2] for score in scores)
    for reply in QUESTIONS["l12-q3"].replies.values():
        assert all(score in reply[lang] for score in scores)
    agree = [percent(lived("monthly", answer).agree) for answer in ("replan", "move")]
    assert agree == ["84%", "61%"]
    assert all(share in prose(lang) for share in agree)
    early = [percent(lived(rhythm, "replan").mean) for rhythm in ("quarterly", "yearly")]
    assert early == ["97%", "91%"]
    assert all(f"{share} " in prose(lang) or f"{share}." in prose(lang) for share in early)


def test_the_lesson_says_plainly_what_the_year_is_and_what_it_is_not(lang):
    text = prose(lang)
    assert ("không phải số liệu Bếp Sẵn" if lang == "vi" else "not Bếp Sẵn's figures") in text
    assert ("do chúng tôi chọn" if lang == "vi" else "chosen by us") in text


def test_no_number_stands_in_the_text_that_nothing_gives(lang):
    known = {"37", "23", "375", "285", "402", "421", "24", "97", "95", "182", "14", "093", "164", "910", "407"}
    known |= {"48", "113", "158", "43", "17", "10", "94", "60", "96", "28", "99", "65", "26", "85", "89", "59", "91"}
    known |= {"84", "61"}
    known |= {"2026", "2027", "15", "01", "04", "07", "13", *"1234"}  # years, minutes, lessons, lists
    assert set(figures_in(prose(lang))) <= known
