"""Fourteen proposed lines: what they are agrees with the catalogue and the worked example, what the title says with E4."""

import random

import pytest

from kpikit.companies import case
from kpikit.language import LANGUAGES, use
from kpikit.views import few

SOUND = ["mt_revenue", "revenue_growth", "mt_share", "trade_roi", "jbp_share", "cash_flow", "overdue"]


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def test_each_line_is_of_the_kind_the_catalogue_says():
    catalogue = case("distributor").catalogue
    assert {id: catalogue[line.metric].kind for id, line in few.LINES.items() if line.metric} == {
        id: line.kind for id, line in few.LINES.items() if line.metric
    }
    assert len(few.LINES) == 14


def test_the_worked_example_is_among_the_lines_with_its_goals():
    design = case("distributor").design("sound")
    company = {kpi.metric: kpi.goal for kpi in design.kpis if kpi.level == "company"}
    assert {few.LINES[id].metric: few.LINES[id].goal for id in SOUND} == company


def test_the_goals_are_the_aops():
    goals = {goal.id: goal for goal in case("distributor").design("sound").aop.goals}
    assert "600" in few.GOALS["G1"]["vi"]
    assert goals["G1"].target == 600e9
    assert "15,4" in few.GOALS["G2"]["vi"]
    assert goals["G2"].target == 15.4e9


def test_meeting_and_reminding_are_no_decisions():
    lazy = {line.decision["vi"] if line.decision else None for line in few.LINES.values() if not line.acts}
    assert lazy == {None, "họp", "họp với kho", "nhắc nhở"}


def test_fourteen_lines_are_too_many_outcomes_too_many_drivers_and_four_idle():
    table = few.counts(list(few.LINES))
    assert (table.loc["G1", "outcome"], table.loc["G1", "driver"]) == (3, 5)
    assert (table.loc["G2", "outcome"], table.loc["G2", "driver"]) == (1, 2)
    assert table["undecided"].sum() == 4
    assert few.attention(list(few.LINES)) == pytest.approx(100 / 14)


@pytest.mark.parametrize(
    ("drop", "add", "says"),
    [
        ([], ["dso"], "Few, and to the point"),
        ([], [], "Goal 2 has only 1 driver"),
        ([], ["dso", "gt_revenue"], "Goal 1 has 3 outcomes"),
        ([], ["dso", "sku_coverage", "mt_otif"], "Goal 1 has 5 drivers"),
        (["cash_flow"], ["dso"], "Goal 2 has no outcome"),
        (["mt_share", "trade_roi", "jbp_share"], ["dso"], "Goal 1 has no driver"),
        ([], ["dso", "visits"], "right in number"),
    ],
)
def test_the_title_says_what_is_still_too_much_or_missing(drop, add, says):
    use("en")
    keep = [id for id in [*SOUND, *add] if id not in drop]
    assert says in few.few_picture(keep).sentence
    use("vi")


def test_any_choice_of_lines_draws_and_says_one_short_sentence(lang):
    dice = random.Random(4)
    for _ in range(12):
        keep = [id for id in few.LINES if dice.random() < dice.random()]
        made = few.few_picture(keep)
        assert len(made.sentence) < 220
        assert len(made.table) == 14
    assert few.few_picture([]).sentence
