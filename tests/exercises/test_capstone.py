"""The capstone: a design earns what its groups of the checklist tick, habit earns little, and the year is told, not counted."""

import re
from pathlib import Path

import pytest

import kpikit
from autograder.build import ROOT
from autograder.score import KEYS, load_keys, score
from kpikit.companies import case, cases
from kpikit.files import as_design, load
from kpikit.language import LANGUAGES
from kpikit.questions import questions_of, read_answer

SET = questions_of("capstone", Path(__file__).parent)
KEY = load_keys("capstone", KEYS, SET.case)
DESIGN = SET.find("capstone-q2")
CHOICES = [id for id in SET.find("capstone-q1").options if id != "own"]


def marked(design, **earlier):
    answer = read_answer(DESIGN, design, "vi")
    return score(DESIGN, answer, KEY, {f"capstone-{id}": value for id, value in earlier.items()})


def document(path: Path) -> dict:
    return load(path).as_document()


def sound(id: str) -> dict:
    """Keep the design, drop the name of its case: the learner's question 1 says it."""
    return document(KEYS / "designs" / f"{id}-sound.yaml") | {"case": None}


def habit(id: str) -> dict:
    return document(case(id).folder / "designs" / "habit.yaml")


def test_every_case_but_the_worked_example_can_be_chosen():
    """And the learner's own company."""
    assert set(CHOICES) == set(cases()) - {"distributor"}
    assert "own" in SET.find("capstone-q1").options


def test_half_of_the_points_are_read_by_a_person():
    """The design 50, five texts 50, the choice none."""
    by_hand = [q for q in SET.questions if q.by_hand]
    assert (DESIGN.points, sum(q.points for q in by_hand), SET.questions[0].points) == (50, 50, 0)
    assert {c for q in SET.questions for c in q.covers} == {
        "G5",
        "G1",
        "G2",
        "G3",
        "G4",
        *(f"E{n}" for n in range(1, 9)),
    }


@pytest.mark.parametrize("id", CHOICES)
def test_a_sound_design_earns_everything_with_its_own_catalogue(id):
    """24 of 24 are 50 points; what the year says is beside them."""
    scored = marked(sound(id), q1=id)
    assert scored.earned == 50
    assert "24" in scored.reasons[0]["vi"]
    assert "Không tính điểm: sống thử 200 năm" in scored.reasons[-1]["vi"]


@pytest.mark.parametrize("id", cases())
def test_a_habit_design_earns_at_most_a_quarter_and_is_told_why(id):
    """The reasons quote the checklist's findings, in both languages."""
    scored = marked(habit(id), q1=id)
    assert scored.earned <= 12.5
    told = {code: "\n".join(reason[code] for reason in scored.reasons) for code in LANGUAGES}
    report = kpikit.check(as_design(habit(id)), id)
    for failed in (c for c in report.checks if not c.passed):
        for code in LANGUAGES:
            why, mend = failed.findings[0].tell(code)
            assert f"{failed.id} {failed.question(code)}" in told[code]
            assert why in told[code]
            assert mend in told[code]
    assert {"apart_from_aop", "rhythm_off"} <= set(scored.named)


@pytest.mark.parametrize("ticked", [3, 2, 1, 0])
def test_a_group_earns_all_for_three_half_for_two_nothing_for_fewer(ticked):
    """Group 8 of a sound design, its questions unticked one after the other."""
    design = sound("cafe_chain")
    review = dict(design["review"])
    for gone in ("triggers", "analyst", "cadence")[: 3 - ticked]:
        review.pop(gone)
    earned = 50 - 6.25 * {3: 0, 2: 0.5}.get(ticked, 1)
    assert marked(design | {"review": review}, q1="cafe_chain").earned == pytest.approx(earned, abs=0.01)


def test_the_points_a_group_is_worth_are_told_to_the_learner():
    """Question and feedback give the figure that the key computes with."""
    worth = 50 / 8
    assert f"{worth:g} points" in DESIGN.ask["en"]
    assert f"{worth:g}".replace(".", ",") in DESIGN.ask["vi"]
    assert f"{worth:g}" in KEY.entries["capstone-q2"]["reasons"]["earned"]["en"]


def test_the_catalogue_of_the_chosen_case_decides_what_a_metric_is():
    """An activity of the case, called an outcome: with the case chosen the checks know better than the form."""
    design = sound("factory")
    activity = next(id for id, metric in case("factory").catalogue.items() if metric.kind == "activity")
    company = [kpi for kpi in design["kpis"] if kpi["level"] == "company"]
    company[0] |= {"metric": activity, "name": "Con số ấy", "kind": "outcome"}
    assert marked(design, q1="factory").earned < marked(design, q1="own").earned
    assert marked(design | {"case": "factory"}).earned == marked(design, q1="factory").earned


@pytest.mark.parametrize("case_id", ["no-such-case", "distributor"])
def test_a_design_that_names_another_case_is_marked_without_error(case_id):
    """An unknown case has no catalogue; the worked example is named as such, and marked."""
    scored = marked({"case": case_id, "kpis": [{"id": "K1", "name": "Doanh thu"}]}, q1="own")
    assert scored.earned is not None
    assert any("ví dụ mẫu của khóa học" in r["vi"] for r in scored.reasons) is (case_id == "distributor")


@pytest.mark.parametrize(
    "design",
    [
        {"company": "A"},
        {"flat": True},
        {"kpis": [{"weight": 100}]},
        {"kpis": [{"id": "K1", "name": "<script>", "weight": -5, "goal": "G9", "parent": ["K1", "K7"]}]},
        {"kpis": [{"id": f"K{n}", "name": "Số cuộc gọi", "weight": 1e300} for n in range(60)]},
        {"links": [{"from": "K1", "to": "K1"}]},
        {"kpis": [{"id": "K1", "name": "Doanh thu", "weight": 100, "baseline": 5, "scale": {"floor": 5, "target": 5, "stretch": 5}}]},
    ],
)  # fmt: skip
def test_a_design_far_from_complete_is_marked_without_error(design):
    """Few points, a reason for each gap, nothing left to a person by a fault of the key."""
    scored = marked(design)
    assert scored.earned is not None
    assert scored.earned <= 15
    assert scored.reasons


def test_the_year_never_changes_the_points():
    """The same design with its numbers rescaled beyond the model's reach earns the same."""
    design = sound("subscription")
    with_year = marked(design, q1="subscription")
    for kpi in design["kpis"]:
        kpi.pop("source", None)
    assert marked(design, q1="subscription").earned == with_year.earned == 50
    assert [r for r in with_year.reasons if "simulated years" in r["en"]]


def test_the_year_is_the_same_for_the_same_design():
    """A fixed seed."""
    design = sound("b2b_sales")
    first = marked(design, q1="b2b_sales")
    again = marked(design, q1="b2b_sales")
    assert first.reasons == again.reasons


def test_the_story_of_the_model_is_one_firm():
    """The figures of the model texts are those of the model design."""
    goals = {g["id"]: g for g in as_design(KEY.entries["capstone-q2"]["model"]).as_document()["aop"]["goals"]}
    assert "22,5 tỷ" in KEY.entries["capstone-q3"]["model"]
    assert goals["G1"]["target"] == 22_500_000_000
    budget = as_design(KEY.entries["capstone-q2"]["model"]).aop.budget
    primary = sum(line.amount for line in budget if line.goal == "G1") / 1e6
    assert (
        f"{primary:g} triệu trong {sum(line.amount for line in budget) / 1e6:g} triệu"
        in KEY.entries["capstone-q3"]["model"]
    )


def test_the_exercise_asks_every_question_once_and_says_what_is_worth_what():
    """The text names the split that the questions have."""
    text = (ROOT / "exercises/capstone-your-design/text.md").read_text("utf-8")
    assert re.findall(r'kpikit\.ask\("([a-z0-9-]+)"\)', text) == [q.id for q in SET.questions]
    assert text.count("50 điểm") == 2 and text.count("50 points") == 2
