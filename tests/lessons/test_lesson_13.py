"""Lesson 13's table is the one that the view audits, and what the text says of it is what the checklist finds (F1 - F9)."""

import re

import pytest

from autograder.build import ROOT, figures_in
from kpikit.checklist import IDS, check
from kpikit.companies import case
from kpikit.files import as_design
from kpikit.language import LANGUAGES, use
from kpikit.metrics import metric
from kpikit.questions import read_questions
from kpikit.report import RISK_BELOW
from kpikit.views import audit

TEXT = (ROOT / "lessons" / "13-the-checklist.md").read_text("utf-8")
QUESTIONS = {q.id: q for q in read_questions(ROOT / "lessons" / "13-the-checklist.yaml").questions}
CASES = ("distributor", "b2b_sales", "factory", "subscription", "cafe_chain")


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def text_of(lang):
    return "\n".join(re.findall(rf'\+\+\+ \{{"lang": "{lang}"\}}\n(.*?)(?=\n\+\+\+|\n```\{{code|\Z)', TEXT, re.S))


def test_the_table_in_the_text_is_the_one_that_is_audited(lang):
    text, kpis = text_of(lang), audit.table(lang)["kpis"]
    rows = {cells[1]: cells for row in text.splitlines() if (cells := [c.strip() for c in row.split("|")])[1:2]}
    assert len(kpis) == 12
    for kpi in kpis:
        _, _, name, weight, before, lines, feeds, drifts, _ = rows[kpi["id"]]
        assert name.startswith(kpi["name"])
        assert f"({kpi['goal']})" in name
        assert weight == str(kpi["weight"])
        assert _same(before, kpi["baseline"])
        given = [kpi["scale"][line] for line in ("floor", "target", "stretch") if line in kpi["scale"]]
        assert all(_same(said, value) for said, value in zip(re.split(" / ", lines), given, strict=True))
        said = kpi.get("contributes", "")
        assert feeds.casefold() == (f"{kpi['parent']}: {said}" if kpi.get("parent") else said).casefold()
        assert drifts.replace(":", "").replace(" -", "") == kpi["decision"].replace(":", "").replace(" -", "")


def _same(said, value):
    """Do the digits say this number, in bn, m or as it is?"""
    number = float(str(value).replace("_", ""))
    digits = next(iter(figures_in(said)))
    return digits in {f"{number / scale:g}".replace(".", "") for scale in (1, 1e6, 1e9)} | {f"{number:.0f}"}


def test_the_plan_and_the_review_stand_in_the_text(lang):
    text, table = text_of(lang), audit.table(lang)
    for goal in table["aop"]["goals"]:
        assert goal["name"].casefold() in text.casefold().replace(": ", " ").replace(
            "g1, primary operating", "operating"
        )
    assert table["review"]["triggers"] == []
    assert {k["id"] for k in table["kpis"] if k["origin"] == "job"} == {"D3", "D5"}
    assert {k["id"] for k in table["kpis"] if k["cadence"] == "quarterly"} == {"K2"}
    assert all(k["owner"] for k in table["kpis"])


def test_what_the_checklist_finds_is_what_the_text_says(lang):
    found = audit.report(lang)
    front, rooms = audit.table(lang)["kpis"][4]["scorecard"], audit.table(lang)["kpis"][7]["scorecard"]
    assert found.failing == {
        "2.2": ["D3"], "5.1": [rooms], "5.2": [rooms], "5.3": [front], "6.2": ["K4"], "7.1": ["D3"], "8.3": ["review"],
    }  # fmt: skip
    assert (found.score, len(IDS), round(100 * found.score / len(IDS), 1)) == (17, 24, 70.8)
    assert found.warnings == ["paradox"]
    assert audit._verdict({c.id for c in found.checks if c.passed}, "en").startswith("17 of 24 ticked (70.8%)")
    assert "copied" in {note.id for note in found.notes if note.finding.where == "P1"}


def test_who_is_strict_on_two_more_falls_under_seventy_per_cent(lang):
    strict = {c.id for c in audit.report(lang).checks if c.passed} - {"7.2", "7.3"}
    assert (len(strict), 100 * len(strict) / 24) == (15, 62.5)
    assert len(strict) / 24 < RISK_BELOW
    assert audit.warnings(strict) == ["paradox", "at_risk"]


@pytest.mark.parametrize(
    ("option", "blank", "warned"),
    [
        ("a", {"7.1", "8.3"}, ["paradox"]),
        ("b", {"1.1", "3.1", "3.2", "3.3", "4.1", "4.2", "6.1", "8.1"}, ["at_risk"]),
        ("c", {"4.2", "6.2", "8.1", "8.2"}, []),
    ],
)
def test_three_other_firms_are_read_by_both_lines(option, blank, warned):
    ticked = set(IDS) - blank
    assert str(len(ticked)) in QUESTIONS["l13-q3"].options[option]["en"]
    assert audit.warnings(ticked) == warned
    assert (QUESTIONS["l13-q3"].right == option) == ("paradox" in warned)


@pytest.mark.parametrize(
    ("mend", "still"),
    [("phrase", {"5.3", "7.1"}), ("drop", set()), ("lighter", {"2.2", "7.1"})],
)
def test_only_dropping_the_line_mends_all_three(mend, still):
    table = audit.table("en")
    kpis = {k["id"]: dict(k) for k in table["kpis"]}
    if mend == "phrase":
        kpis["D3"]["contributes"] = "Contributes to the common success of the hotel"
    elif mend == "lighter":
        kpis["D3"]["weight"] = 25
    else:
        del kpis["D3"]
        kpis["D1"]["weight"], kpis["D2"]["weight"] = 55, 45
    report = check(as_design(table | {"kpis": list(kpis.values())}))
    assert {"2.2", "5.3", "7.1"} & set(report.failing) == still


def test_the_five_habit_tables_are_caught_in_all_three_groups_and_their_firms_missed():
    scores = []
    for name in CASES:
        report = check(case(name).design("habit"), name)
        scores.append(report.score)
        assert {"2", "5", "7"} <= {id[0] for id in report.failing}, name
        goal = case(name).plan["aop"]["goals"][0]["metric"]
        year = metric(case(name), goal, by="year").set_index("period").loc["2026"]
        down = case(name).catalogue[goal].direction == "down"
        assert (year["actual"] > year["plan"]) if down else (year["actual"] < year["plan"]), name
    assert (min(scores), max(scores)) == (5, 10)
    assert "from 5 to 10 questions" in TEXT


def test_one_row_of_the_factory_has_all_its_weight_on_the_right():
    from kpikit.pictures.weight import weights_by_group

    shares = weights_by_group(case("factory").design("habit"), case("factory"))
    assert shares.index[shares["compliance"] == 100].tolist() == ["Phòng Bảo trì"]
