"""Every entry of the checklist carries tiny designs that pass and that fail; here they are held to it."""

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from kpikit.checklist import CHECKS, IDS, check, explain
from kpikit.checklist.problem import NOTES
from kpikit.checklist.words import GROUPS, REMARKS, entries
from kpikit.language import Trouble
from kpikit.report import Checked, Finding, Report

ROOT = Path(__file__).parents[2]
DESIGNS = Path(__file__).parent / "designs"
EXPECTED: dict[str, Any] = json.loads((DESIGNS / "expected.json").read_text(encoding="utf-8"))


def examples(ids: Any, sort: str) -> list[Any]:
    found = []
    for module in (*GROUPS, *REMARKS):
        for id, entry in entries(module).items():
            found += [pytest.param(id, e, id=f"{id} {e['name']}") for e in entry[sort] if id in ids]
    return found


@pytest.mark.parametrize(("id", "example"), examples(CHECKS, "passes"))
def test_a_design_that_holds_passes_its_check(id: str, example: dict[str, Any]) -> None:
    """The passing examples of a check have no finding."""
    assert check(example["design"], only=[id]).failing == {}


@pytest.mark.parametrize(("id", "example"), examples(CHECKS, "fails"))
def test_a_design_with_a_gap_fails_at_exactly_its_places(id: str, example: dict[str, Any]) -> None:
    """The failing examples of a check have one finding at each place named, in that order, and no other."""
    assert check(example["design"], only=[id]).failing == {id: example["where"]}


def noted(id: str, design: dict[str, Any]) -> list[str]:
    return [note.finding.where for note in check(design).notes if note.id == id]


@pytest.mark.parametrize(("id", "example"), examples(NOTES, "passes"))
def test_a_note_is_silent_where_nothing_is_to_be_said(id: str, example: dict[str, Any]) -> None:
    """The passing examples of a note leave it unsaid."""
    assert noted(id, example["design"]) == []


@pytest.mark.parametrize(("id", "example"), examples(NOTES, "fails"))
def test_a_note_names_its_places(id: str, example: dict[str, Any]) -> None:
    """The failing examples of a note are noted at exactly their places."""
    assert noted(id, example["design"]) == example["where"]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_reference_design_fails_where_it_should_and_nowhere_else(name: str) -> None:
    """A whole design, sound or spoilt in one spot, fails at exactly its places, with its verdict."""
    report = check(DESIGNS / f"{name}.yaml")
    assert report.failing == EXPECTED[name]["fails"]
    assert report.verdict == EXPECTED[name]["verdict"]


def test_every_reference_design_is_tried() -> None:
    """The folder of reference designs and the list of what is expected name the same twelve."""
    assert {p.stem for p in DESIGNS.glob("*.yaml")} == set(EXPECTED)
    assert len(EXPECTED) == 12


def test_a_sound_design_loses_nothing_by_its_notes() -> None:
    """Notes stand beside the score: a design with notes may still be sound at 24 of 24."""
    report = check(DESIGNS / "vi_phanphoi.yaml")
    assert (report.score, report.verdict) == (24, "sound")
    assert [note.id for note in report.notes]


def test_the_empty_design_fails_all_24_and_is_warned_twice() -> None:
    """Without anything every check fails, and both of the checklist's warnings are told."""
    report = check({})
    assert list(report.failing) == list(IDS)
    assert len(IDS) == 24
    assert report.warnings == ["paradox", "at_risk"]


def report_with(failing: list[str]) -> Report:
    gap = Finding("aop", lambda lang: ("", ""))
    return Report("", [Checked(id, lambda lang: "", [gap] if id in failing else []) for id in IDS], [])


@pytest.mark.parametrize(
    ("failing", "verdict", "warnings"),
    [
        ([], "sound", []),
        (["8.3"], "gaps", []),
        (["1.1", "1.2", "1.3", "3.1", "3.2", "3.3", "4.1"], "gaps", []),  # 17 of 24 is just above 70%
        (["1.1", "1.2", "1.3", "3.1", "3.2", "3.3", "4.1", "8.3"], "at_risk", ["at_risk"]),
        (["2.3"], "paradox", ["paradox"]),
        (["5.2"], "paradox", ["paradox"]),
        (["7.3"], "paradox", ["paradox"]),
        (["1.1", "1.2", "1.3", "3.1", "3.2", "3.3", "4.1", "7.1"], "paradox", ["paradox", "at_risk"]),
    ],
)
def test_the_verdict_follows_the_checklist(failing: list[str], verdict: str, warnings: list[str]) -> None:
    """Group 2, 5 or 7 is the paradox, under 70% a risk, else gaps; where both warnings hold both are told."""
    report = report_with(failing)
    assert (report.verdict, report.warnings) == (verdict, warnings)
    assert len(report.summary("en")) == 1 + max(1, len(warnings))


def test_asking_for_some_checks_gives_no_verdict() -> None:
    """With only some checks run the score counts those, the verdict is left open and no note is made."""
    report = check({}, only=["5.3", "2.1", "5.3"])
    assert [c.id for c in report.checks] == ["5.3", "2.1"]
    assert (report.score, report.verdict, report.notes) == (0, None, [])


def test_an_unknown_check_is_named_with_the_ones_there_are() -> None:
    """Asking for a check that is not there says which are."""
    for ask in (lambda: check({}, only=["9.9"]), lambda: explain("9.9")):
        with pytest.raises(Trouble) as trouble:
            ask()
        assert "9.9" in trouble.value.words["vi"] and "5.3" in trouble.value.words["en"]


CALLS = {
    "aop": {"goals": [{"id": "G1", "name": "Doanh thu", "role": "primary"}]},
    "kpis": [
        {"id": "K1", "name": "Số cuộc gọi mỗi ngày", "kind": "outcome", "goal": "G1", "level": "company", "weight": 100}
    ],
}


@pytest.mark.parametrize("id", ["2.1", "3.1", "3.3", "4.1", "5.1"])
def test_calling_an_activity_an_outcome_is_told(id: str) -> None:
    """Where an activity is called an outcome, the finding says what it really is and why."""
    (told,) = check(CALLS, only=[id]).as_dict("vi")["checks"][0]["findings"]
    assert "“Số cuộc gọi mỗi ngày” được ghi là kết quả cuối, nhưng thực ra là chỉ số hoạt động" in told["why"]


def test_a_finding_quotes_names_and_numbers_and_a_mend_to_type() -> None:
    """A scorecard that adds up to 115 is told so by name, with what to take off, in either language."""
    kpis = [{"level": "department", "scorecard": "Phòng KAM", "weight": w} for w in (65, 50)]
    report = check({"kpis": kpis}, only=["5.3"])
    assert report.as_dict("vi")["checks"][0]["findings"] == [
        {
            "where": "Phòng KAM",
            "why": "Trọng số của bảng KPI Phòng KAM cộng lại là 115, thừa 15.",
            "mend": "Phòng KAM cộng 115: bớt 15.",
        }
    ]
    (told,) = report.as_dict("en")["checks"][0]["findings"]
    assert told["mend"] == "Phòng KAM adds up to 115: take off 15."


def test_names_in_a_design_are_never_read_as_places_to_fill() -> None:
    """Braces, markup and endless names in a design are quoted as they are, cut, and escaped in a notebook."""
    names = ["{kpi} <script>alert(1)</script> {0.__class__}", "dài " * 400]
    kpis = [{"id": f"K{n}", "name": name} for n, name in enumerate(names)]
    report = check({"company": "<b>&", "kpis": kpis})
    assert "{kpi} <script>" in report.as_text("en")
    assert "<script>" not in report._repr_html_() and "<b>&" not in report._repr_html_()
    assert max(len(f["why"]) for c in report.as_dict("vi")["checks"] for f in c["findings"]) < 4000


def test_the_catalogue_outweighs_the_name_and_the_designer() -> None:
    """Where a case's catalogue has the metric, its kind and its direction decide."""
    from kpikit.companies import Case, Catalogue, Metric

    metric = Metric("m1", {"vi": "Nợ quá hạn", "en": "Overdue"}, "%", "down", "activity", {"vi": "", "en": ""}, {})

    class Known(Case):
        catalogue = Catalogue({"m1": metric})

    case = Known.__new__(Known)
    goal = {"id": "G1", "role": "primary", "metric": "m1", "unit": "%", "baseline": 5, "target": 6}
    kpi = {"id": "K1", "name": "Doanh thu thuần", "kind": "outcome", "metric": "m1", "goal": "G1"}
    design = {"aop": {"goals": [goal]}, "kpis": [kpi]}
    assert check(design, case, only=["1.1", "3.1"]).failing == {"1.1": ["G1"], "3.1": ["aop"]}
    assert check(design, only=["1.1", "3.1"]).failing == {}
    better = {"aop": {"goals": [{**goal, "target": 4}]}}
    assert check(better, case, only=["1.1"]).failing == {}


SOUND = sorted(
    [*(ROOT / "cases").glob("*/designs/sound.yaml"), *(ROOT / "autograder" / "keys" / "designs").glob("*-sound.yaml")]
)


@pytest.mark.parametrize("path", SOUND, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_cases_sound_design_draws_no_note(path: Path) -> None:
    """Notes do not cry wolf: on the five cases' sound designs, read with their catalogues, there is none."""
    assert [(note.id, note.finding.where) for note in check(path).notes] == []


def test_a_note_said_of_many_kpis_is_told_three_times_and_then_counted() -> None:
    """A report stays readable: three places of a note in full, the rest named; JSON has them all."""
    report = check({"kpis": [{"id": f"K{n}", "owner": "Phòng Kinh doanh"} for n in range(1, 6)]})
    shown = report.as_text("vi").partition("Ghi chú thêm")[2]
    assert shown.count("giao cho “Phòng Kinh doanh”") == 3 and "Cũng vậy ở 2 chỗ nữa: K4, K5" in shown
    assert [n["where"] for n in report.as_dict("vi")["notes"] if n["id"] == "department_owner"] == [
        f"K{n}" for n in range(1, 6)
    ]


BY_NAME = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "names" / "designs_by_name.yaml").read_text("utf-8")
)


def judged(name: str, called: str) -> str:
    """The kind that four checks take a design's one KPI for, whatever its designer calls it."""
    kpi = {"name": name, "kind": called, "goal": "G1", "level": "company", "weight": 100}
    design = {"aop": {"goals": [{"id": "G1", "role": "primary"}]}, "kpis": [kpi]}
    failing = check(design, only=["3.1", "3.2", "3.3"]).failing
    first = {"3.1": "outcome", "3.2": "driver"}
    return next(
        (kind for id, kind in first.items() if id not in failing), "activity" if "3.3" in failing else "compliance"
    )


def test_where_only_the_name_can_tell_the_checks_are_right_in_nine_designs_of_ten() -> None:
    """The designer's kind is wrong, or the name looks like what it is not: 58 of 60 were right at first sight."""
    assert len(BY_NAME) == 60
    wrong = [row["name"] for row in BY_NAME if judged(row["name"], row["designer"]) != row["right"]]
    assert len(wrong) <= 6, wrong
