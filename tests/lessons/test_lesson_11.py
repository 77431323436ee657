"""Lesson 11: its numbers are the distributor's and the plant's own, and the picture holds and breaks where the text says."""

import pytest

from autograder.build import ROOT
from kpikit.companies import case
from kpikit.language import LANGUAGES, show
from kpikit.metrics import metric
from kpikit.questions import read_questions
from kpikit.views import cascade
from kpikit.views._cascade_words import MENDS, WHO

NAME = "11-cascade"
TEXT = {suffix: (ROOT / "lessons" / f"{NAME}.{suffix}").read_text("utf-8") for suffix in ("md", "yaml")}
QUESTIONS = {q.id: q for q in read_questions(ROOT / "lessons" / f"{NAME}.yaml").questions}
FIRM = case("distributor")


def said(value, digits, where="md"):
    return all(show(round(value, digits), lang=lang) in TEXT[where] for lang in LANGUAGES)


def test_unit_cost_missed_its_plan():
    year = metric(case("factory"), "unit_cost", by="year").set_index("period").loc["2026"]
    assert said(year["actual"], 0)
    assert said(year["plan"], 0)
    assert year["actual"] > year["plan"]


def test_maintenance_met_its_target():
    year = metric(case("factory"), "procedures", by="year").set_index("period").loc["2026"]
    assert said(year["actual"], 0, "yaml")
    assert said(year["plan"], 0, "yaml")


def test_has_line_stands_word_for_word_in_the_text_as_on_both_sheets():
    habit = {kpi.id: kpi for kpi in FIRM.design("habit").kpis}
    assert habit["P1"].name == habit["D1"].name
    assert f"*“{habit['P1'].name}”*" in TEXT["md"]


def test_lam_son_agreed_36_skus_and_buys_16():
    last = FIRM.tables["listing"].query("account_code == 'MT01' and month == '2026-12'").iloc[0]
    assert (last["skus_agreed"], last["skus_listed"]) == (36, 16)
    assert last["skus_agreed"] - last["skus_listed"] == 20
    assert "20 SKU" in TEXT["md"]


def test_the_departments_kpi_is_the_worked_examples():
    coverage = next(kpi for kpi in FIRM.design("sound").kpis if kpi.metric == "sku_coverage")
    assert coverage.scorecard == "Phòng KAM"
    assert said(coverage.baseline, 1)
    assert said(coverage.scale.target, 0)


def test_two_lines_of_the_action_plan_stand_in_the_aop():
    actions = {
        str(action["by"]): action["owner"] for action in FIRM.plan["aop"]["actions"] if "JBP 2027" in action["what"]
    }
    assert actions == {"2027-01-15": "Giám đốc kênh MT", "2027-03-31": "Trưởng phòng KAM"}
    for lang_date in ("ngày 15 tháng Một", "15 January", "ngày 31 tháng Ba", "31 March"):
        assert lang_date in TEXT["md"]


@pytest.mark.parametrize("who", WHO)
def test_the_right_mend_of_each_holds_in_the_picture(who):
    right = QUESTIONS["l11-q2"].right[who]
    pick = {"leave": "as_is"}.get(right, right)
    assert cascade.whole(cascade.chain(who, pick))
    if pick != "as_is":
        assert not cascade.whole(cascade.chain(who, "as_is"))


def test_one_kpi_needs_no_mend_and_copying_breaks_every_time():
    assert [who for who in WHO if cascade.whole(cascade.chain(who, "as_is"))] == ["ops"]
    always = [mend for mend in MENDS if not any(cascade.whole(cascade.chain(who, mend)) for who in WHO)]
    assert always == ["copy"]


def test_what_the_replies_say_of_the_plant_is_its_story():
    story = case("factory").story("en")
    assert "takes six hours and counts as one procedure" in story
    assert "A press takes twenty minutes" in story
