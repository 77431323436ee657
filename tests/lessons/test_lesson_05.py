"""Lesson 05 says what the distributor's plan and the budget view say (E1, G2)."""

import re

import pytest

from autograder.build import ROOT
from kpikit.companies import case
from kpikit.language import LANGUAGES, show, use
from kpikit.questions import read_questions
from kpikit.views import budget
from kpikit.views.budget import BILLION, PRIORITIES, STEP

TEXT = (ROOT / "lessons" / "05-goals-and-budget.md").read_text("utf-8")
QUESTIONS = {q.id: q for q in read_questions(ROOT / "lessons" / "05-goals-and-budget.yaml").questions}
FIRM = case("distributor")
AOP = FIRM.plan["aop"]
SIGNED, UNSIGNED = "signed", "unsigned"


def prose(lang):
    """The texts of one language, one after the other."""
    parts = re.findall(rf'\+\+\+ \{{"lang": "{lang}"\}}\n(.*?)(?=\n\+\+\+|\n```\{{code|\Z)', TEXT, re.S)
    return "\n".join(parts)


def bn(value, lang):
    return show(round(value / 1e9, 1), lang=lang) + (" tỷ" if lang == "vi" else "bn")


def whole(state, mt, priority="growth"):
    return budget.split(FIRM, priority, state, mt * BILLION)["brought"].sum()


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def test_the_draft_is_the_habit_design():
    habit = FIRM.design("habit")
    assert habit.aop.goals[1].name == "Tối ưu vận hành, giữ dòng tiền"
    assert "Tối ưu vận hành, giữ dòng tiền" in prose("vi")
    under = {goal: [kpi.name for kpi in habit.kpis if kpi.goal == goal] for goal in ("G1", "G2")}
    assert (len(habit.kpis), len(under["G1"])) == (14, 13)
    assert under["G2"] == [QUESTIONS["l05-q1"].options[QUESTIONS["l05-q1"].right]["vi"]] == ["Chấm công và nội quy"]


def test_the_final_version_is_the_aop(lang):
    text = prose(lang)
    for goal in AOP["goals"]:
        assert bn(goal["target"], lang) in text
        assert show(goal["baseline"] / 1e9, lang=lang) in text
    bounds = {limit["metric"]: limit for limit in AOP["limits"]}
    assert bounds["overdue_share"]["max"] == 8
    assert bounds["trade_roi"]["min"] == 1
    assert {"vi": "không vượt 8%", "en": "not above 8%"}[lang] in text
    asked = " ".join(words[lang] for words in QUESTIONS["l05-q2"].items.values())
    assert "228" in asked and "480" in asked and "228" in AOP["trade_offs"][0] and "480" in AOP["trade_offs"][0]


def test_what_a_vnd_brought_is_the_tables(lang):
    at = budget.anchors(FIRM)["return"]
    assert show(round(at[SIGNED, "MT"], 2), lang=lang) in prose(lang)
    assert show(round(at[SIGNED, "GT"], 2), lang=lang) in prose(lang)
    days = budget.anchors(FIRM)["days"].round()
    assert (days[SIGNED, "MT"], days[SIGNED, "GT"]) == (45, 14)


def test_the_best_splits_are_the_views(lang):
    text = prose(lang)
    best = {priority: budget.best(FIRM, priority, SIGNED) for priority in PRIORITIES}
    assert best == {"growth": 12 * BILLION, "efficiency": 14.5 * BILLION, "cash": 7.5 * BILLION}
    for amount in best.values():
        assert bn(amount, lang) in text
    parts = budget.split(FIRM, "growth", SIGNED, best["growth"])
    for value in (*parts["next"], *parts["waiting"]):
        assert bn(value, lang) in text
    moves = QUESTIONS["l05-q5"]
    assert bn(best["cash"], lang) in moves.options[moves.right][lang]
    assert bn(best["efficiency"], lang) in moves.options["up"][lang]
    there, at_aop = (whole(SIGNED, mt, "cash") for mt in (7.5, 12))
    lost = whole(SIGNED, 12) - whole(SIGNED, 7.5)
    assert at_aop < there < budget.TOTAL
    for value in (there, at_aop, lost):
        assert show(round(value / 1e9, 1), lang=lang) in text


def test_near_the_top_it_is_flat_and_actions_weigh_more(lang):
    text, top = prose(lang), whole(SIGNED, 12)
    assert bn(top, lang) in text
    assert max(top - whole(SIGNED, 11), top - whole(SIGNED, 13)) / 1e9 < 0.35
    assert bn(0.3e9, lang) in text
    assert 10.5 < (top - whole(SIGNED, 16)) / 1e9 < 11
    assert {"vi": "gần 11 tỷ", "en": "nearly 11bn"}[lang] in text
    for loss in (top - whole(SIGNED, 8), top - whole(UNSIGNED, 12)):
        assert bn(loss, lang) in text


def test_the_bends_tried_are_those_of_the_text(lang):
    """Twice the money brings 2 ** power times as much; the views' tests try each of these."""
    for power in (0.3, budget.POWER, 0.8):
        assert show(round(2**power, 1), lang=lang) in prose(lang)


def test_the_replies_about_the_limits_are_the_views(lang):
    asked = QUESTIONS["l05-q6"]
    for option, mt in {"all_gt": 0, "half": 8, "aop": 12}.items():
        found = budget.limits(FIRM, UNSIGNED, mt * BILLION)
        roi, overdue = found["trade_roi"][0], found["overdue_share"][0]
        assert show(round(roi, 2), lang=lang) in asked.replies[option][lang]
        assert show(round(overdue, 1), "%", lang) in asked.replies[option][lang]
        assert not any(holds for *_, holds in found.values())
    rois = [budget.limits(FIRM, UNSIGNED, mt * BILLION)["trade_roi"][0] for mt in (0, 8, 12)]
    assert max(rois) == rois[1]
    assert not any(budget.limits(FIRM, UNSIGNED, mt)["trade_roi"][2] for mt in range(0, 16 * BILLION + 1, STEP))
    first = AOP["actions"][0]
    assert first["what"] == "Ký lại JBP 2027 với Lam Sơn" and str(first["by"]) == "2027-01-15"


def test_trade_money_follows_planned_revenue():
    """Why the tables cannot show the bend: each year each channel spent what was planned, a fixed part of planned revenue."""
    trade = FIRM.tables["trade"].assign(year=lambda t: t["month"].str[:4])
    spent = trade.groupby(["year", "channel"])["trade_spend"].sum()
    plan = FIRM.tables["plan"].assign(year=lambda t: t["month"].str[:4])
    planned = plan.groupby(["year", "channel"])["trade_spend"].sum()
    for key, value in spent.items():
        assert value / planned[key] == pytest.approx(1, abs=0.05)
