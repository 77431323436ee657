"""Lesson 08: its lines, counts and numbers are the distributor's own, and the picture can be cleared to what the text asks for."""

from itertools import combinations, islice

import pytest

from autograder.build import ROOT
from kpikit.checklist import check
from kpikit.companies import case
from kpikit.gallery import figure
from kpikit.language import show, use
from kpikit.views import few

NAME = "08-few-and-to-the-point"
TEXT = {suffix: (ROOT / "lessons" / f"{NAME}.{suffix}").read_text("utf-8") for suffix in ("md", "yaml")}
CASE = case("distributor")
SOUND = CASE.design("sound")


def said(value, digits, where="md"):
    return all(show(round(value, digits), lang=lang) in TEXT[where] for lang in ("vi", "en"))


def test_fourteen_lines_of_which_ten_lead_to_a_decision():
    assert len(few.LINES) == 14
    assert sum(line.acts for line in few.LINES.values()) == 10
    assert "mười bốn dòng" in TEXT["md"]


def test_the_goals_are_the_aops():
    assert [goal.target / 1e9 for goal in SOUND.aop.goals] == [600, 15.4]
    assert said(600, 0)
    assert said(15.4, 1)


def test_the_sheet_can_be_cleared_in_more_than_one_way():
    use("en")
    decided = [id for id, line in few.LINES.items() if line.acts]
    ways = (
        keep
        for n in range(len(decided), 0, -1)
        for keep in combinations(decided, n)
        if "Few, and to the point" in few.few_picture(list(keep)).sentence
    )
    found = list(islice(ways, 2))
    use("vi")
    assert len(found) == 2


def test_the_worked_example_keeps_seven_and_leaves_the_cash_goal_one_driver():
    company = [kpi for kpi in SOUND.kpis if kpi.level == "company"]
    assert len(company) == 7
    kinds = [CASE.catalogue[kpi.metric].kind for kpi in company if kpi.goal == "G2"]
    assert sorted(kinds) == ["driver", "outcome"]
    assert {kpi.metric: kpi.scorecard for kpi in SOUND.kpis if kpi.level == "department"} | {
        "gt_revenue": "Phòng GT",
        "mt_otif": "Phòng Vận hành",
        "dso": "Phòng Tài chính - Kế toán",
    } == {kpi.metric: kpi.scorecard for kpi in SOUND.kpis if kpi.level == "department"}


def test_the_worked_example_passes_the_questions_about_number():
    assert all(found.passed for found in check(SOUND, only=["4.1", "4.2", "4.3"]).checks)


def test_the_checks_find_thirteen_of_fourteen_without_a_decision_and_let_a_meeting_pass():
    habit = CASE.design("habit")
    blank = {found.where for found in check(habit, only=["7.3"]).checks[0].findings}
    assert (len(blank), len(habit.kpis)) == (13, 14)
    assert [kpi.decision for kpi in habit.kpis if kpi.id not in blank] == ["họp"]
    assert "13 trong 14" in TEXT["md"]


def test_seven_lines_on_the_data_of_may_show_three_red_lights():
    table = figure("scorecard", case="distributor", month="2026-05", against="plan").table
    company = table.iloc[:7]
    red = company[company["Đèn"] == "đỏ"]
    assert red["KPI"].tolist() == [kpi.name for kpi in SOUND.kpis if kpi.id in ("K1", "K2", "K4")]
    for name, digits in (("Doanh thu MT theo tháng", 1), ("ROI trade marketing", 2)):
        row = company[company["KPI"] == name].iloc[0]
        assert said(row["Thực hiện"], digits)
        assert said(row["Mức đạt"], digits)


@pytest.mark.parametrize("words", ["quy ước của khóa học", "house rules"])
def test_what_is_a_house_rule_is_called_one(words):
    assert words in TEXT["md"]
    assert few.MOST == 12


def test_gt_is_more_than_half_the_firm():
    target = next(kpi for kpi in SOUND.kpis if kpi.metric == "gt_revenue").scale.target
    assert said(target / 1e9, 0, "yaml")
    assert target > SOUND.aop.goals[0].target / 2
