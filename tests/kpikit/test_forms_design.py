"""The forms of a design: whatever a design can say can be typed, is in answers.yaml at once, and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kpikit import language
from kpikit.companies import case, cases
from kpikit.documents import as_yaml, read_tree
from kpikit.files import as_design, load
from kpikit.forms import Form, answer
from kpikit.forms import form as forming
from kpikit.forms.case_pages import case_page
from kpikit.forms.design import read_file
from kpikit.forms.kpi_cards import FIRST, FOLDED
from kpikit.forms.kpi_columns import COLUMNS, deep, flat
from kpikit.keeping import settle
from kpikit.language import Trouble
from kpikit.questions import Marked, QuestionSet, read_questions
from kpikit.records import load_record

SAMPLE = Path(__file__).parents[1] / "browser" / "design.yaml"
SET: QuestionSet = read_questions(SAMPLE)
DESIGNS = [path for id in cases() for path in sorted((case(id).folder / "designs").glob("*.yaml"))]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An exercise's folder without keys, as a class image has it; in Vietnamese."""
    monkeypatch.setattr(language, "_chosen", "vi")
    monkeypatch.setattr(forming, "marker", lambda set_: None)
    monkeypatch.setattr(forming, "_live", {})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "questions.yaml").write_text(SAMPLE.read_text("utf-8"), "utf-8")
    return tmp_path


def form(n: int) -> Form:
    made = Form(SET, SET.find(f"whole-q{n}"), Path.cwd())
    forming.shown_now(made)
    return made


def part(made: Form, name: str | None = None) -> Any:
    """A part of a design's form, loosely typed as a test needs it."""
    whole: Any = made.field.part  # type: ignore[attr-defined]
    return whole.parts[name] if name else whole


def kept(n: int) -> Any:
    """The answer on disk, its unquoted numbers as numbers."""
    return settle(SET.find(f"whole-q{n}"), load_record(SET).answers.get(f"whole-q{n}"))


def type_into(row: Any, **values: str) -> None:
    for name, value in values.items():
        row.cells[name].input.value = value


# ---------------------------------------------------------------- the AOP and the review


def fill_aop(aop: Any) -> None:
    aop.priority.input.value = "growth"
    type_into(
        aop.goals.rows[0], name="Doanh thu 22,5 tỷ", role="primary", baseline="18 tỷ", target="22,5 tỷ", unit="VND"
    )
    type_into(aop.limits.rows[0], text="Nợ quá hạn không quá 5%")
    type_into(aop.trades.rows[1], text="Mở điểm mới chậm lại")
    type_into(aop.budget.rows[0], item="Chỉnh máy", amount="1,2 tỷ", goal="G1")
    type_into(aop.actions.rows[2], what="Tuyển hai thợ", goal="G1", owner="Tín", by="2027-02-28")


AOP = {
    "priority": "growth",
    "goals": [
        {"id": "G1", "name": "Doanh thu 22,5 tỷ", "role": "primary", "baseline": "18 tỷ", "target": "22,5 tỷ", "unit": "VND"}
    ],
    "limits": ["Nợ quá hạn không quá 5%"],
    "trade_offs": ["Mở điểm mới chậm lại"],
    "budget": [{"item": "Chỉnh máy", "amount": "1,2 tỷ", "goal": "G1"}],
    "actions": [{"what": "Tuyển hai thợ", "goal": "G1", "owner": "Tín", "by": "2027-02-28"}],
}  # fmt: skip


def test_an_aop_is_filled_kept_and_comes_back() -> None:
    """Every list of the AOP, a goal's id given on the way; the form opened again says the same."""
    made = form(2)
    fill_aop(part(made))
    assert kept(2) == AOP
    assert form(2).field.raw() == AOP
    assert "= 22,5 tỷ VND" in part(made).goals.rows[0].cells["target"].echo.value
    assert "Cộng: 1,2 tỷ VND" in part(made).total.value
    assert "1 mục tiêu, 1 giới hạn, 1 đánh đổi" in made.status.value


def test_a_priority_in_other_words_is_kept_in_those_words() -> None:
    """The fifth choice opens a field; what is typed there is the priority."""
    aop = part(form(2))
    assert aop.words.layout.display == "none"
    aop.priority.input.value = "other"
    aop.words.value = "Sống sót qua mùa mưa"
    assert kept(2) == {"priority": "Sống sót qua mùa mưa"}
    again = part(form(2))
    assert (again.priority.input.value, again.words.value) == ("other", "Sống sót qua mùa mưa")


def test_what_is_wrong_is_said_under_its_row_and_in_the_status() -> None:
    """The number is named by row and heading, in plain words, and marked; mended, the mark is gone."""
    made = form(2)
    row = part(made).goals.rows[0]
    type_into(row, name="Dòng tiền", target="nhiều")
    assert "Mức cần đạt: “nhiều” chưa phải là một con số" in row.fault.value
    assert "Mục tiêu 1, Mức cần đạt: “nhiều”" in made.status.value
    assert "kpikit-off" in row.cells["target"].input._dom_classes
    type_into(row, target="3 tỷ")
    assert row.fault.value == ""
    assert "kpikit-off" not in row.cells["target"].input._dom_classes


def test_a_row_is_taken_out_and_the_ones_below_move_up() -> None:
    """Ids stay with their goals."""
    made = form(2)
    goals = part(made).goals
    type_into(goals.rows[0], name="Doanh thu")
    type_into(goals.rows[1], name="Dòng tiền")
    goals.remove(goals.rows[0])
    assert kept(2) == {"goals": [{"id": "G2", "name": "Dòng tiền"}]}
    type_into(goals.rows[1], name="Giữ khách")
    assert [goal["id"] for goal in kept(2)["goals"]] == ["G2", "G1"]


def test_a_limit_with_a_metric_keeps_it_when_its_words_change() -> None:
    """What the form has no place for is not lost."""
    made = form(2)
    made.field.fill({"limits": [{"text": "Nợ", "metric": "overdue_share", "max": 8}], "priority": "cash"})
    type_into(part(made).limits.rows[0], text="Nợ quá hạn")
    assert kept(2) == {"priority": "cash", "limits": [{"text": "Nợ quá hạn", "metric": "overdue_share", "max": 8}]}


def test_a_review_is_filled_kept_and_comes_back() -> None:
    """Rhythm, who analyses, who decides, and what makes the KPIs change."""
    review = part(form(3))
    type_into(review, cadence="monthly", analyst="FP&A", decides="Tổng giám đốc")
    type_into(review.triggers.rows[0], text="AOP được điều chỉnh")
    expected = {
        "cadence": "monthly",
        "analyst": "FP&A",
        "decides": "Tổng giám đốc",
        "triggers": ["AOP được điều chỉnh"],
    }
    assert kept(3) == expected == form(3).field.raw()


def test_an_emptied_part_is_withdrawn() -> None:
    """Nothing in any field is no answer."""
    review = part(form(3))
    type_into(review, analyst="An")
    type_into(review, analyst="")
    assert load_record(SET).answers == {"whole-q3": None}


# ---------------------------------------------------------------- KPIs


def test_a_table_with_parents_gives_ids_and_offers_the_kpis_there_are() -> None:
    """The question's own KPIs and the learner's can be chosen as the KPI above; ids do not meet."""
    made = form(4)
    rows = part(made).rows
    type_into(rows[0], name="Lượng mỗi quán mua", level="department", scorecard="Bán hàng", weight="60%")
    rows[0].cells["parent"].input.value = "K1"
    type_into(rows[1], name="Điểm nếm")
    rows[1].cells["parent"].input.value = "K2"
    assert [(k["id"], k["parent"]) for k in kept(4)] == [("K2", "K1"), ("K3", "K2")]
    assert as_design({"kpis": kept(4)}, lang="vi").kpis[0].weight == 60


def test_several_parents_survive_a_table_that_shows_one() -> None:
    """A list of parents comes back as it was while nobody chooses another."""
    made = form(4)
    made.field.fill([{"id": "D1", "name": "A", "parent": ["K1", "K5"]}])
    type_into(part(made).rows[0], name="B")
    assert kept(4) == [{"id": "D1", "name": "B", "parent": ["K1", "K5"]}]


def test_every_field_of_a_kpi_can_be_typed_on_its_card() -> None:
    """One value in every field; the document reads them all, in their places."""
    cards = part(form(5), "kpis")
    typed = {
        "name": "Độ phủ SKU", "metric": "sku", "kind": "driver", "level": "department", "scorecard": "Phòng KAM",
        "weight": "35", "unit": "%", "direction": "up", "baseline": "77,2", "floor": "88", "target": "95", "stretch": "100",
        "contributes": "giữ doanh thu", "owner": "Bảo", "cadence": "monthly", "origin": "job", "decision": "đàm phán lại",
        "formula": "a ÷ b", "source": "listing.csv", "lag_days": "3", "evidence": "24 tháng",
        "points_floor": "60", "points_target": "100", "points_stretch": "115",
    }  # fmt: skip
    assert set(typed) | {"goal", "parent"} == set(COLUMNS) == {*FIRST, *FOLDED}
    for name, value in typed.items():
        cards.cells[name].input.value = value
    kpi = as_design(kept(5), lang="vi").kpis[0]
    assert (kpi.id, kpi.baseline, kpi.scale.stretch, kpi.scale.points.stretch) == ("K1", 77.2, 100, 115)
    said = flat(kpi.as_document() if hasattr(kpi, "as_document") else kpi.model_dump(mode="json", by_alias=True))
    assert set(said) == {"id", *typed}


def test_goals_and_parents_are_chosen_from_what_the_design_has() -> None:
    """Goals come from the AOP as it stands; parents are the KPIs of a higher level, as many as are ticked."""
    made = form(5)
    fill_aop(part(made, "aop"))
    part(made).section.value = "kpis"
    cards = part(made, "kpis")
    type_into(cards, name="Doanh thu", level="company", goal="G1")
    cards.add.click()
    type_into(cards, name="Giữ khách", level="company")
    cards.add.click()
    type_into(cards, name="Lượng mua", level="department", scorecard="Bán hàng")
    assert set(cards.parents) == {"K1", "K2"}
    for box in cards.parents.values():
        box.value = True
    assert [(k["id"], k.get("goal"), k.get("parent")) for k in kept(5)["kpis"]] == [
        ("K1", "G1", None), ("K2", "G1", None), ("K3", "G1", ["K1", "K2"]),
    ]  # fmt: skip
    cards.parents["K2"].value = False
    assert kept(5)["kpis"][2]["parent"] == "K1"


def test_a_kpi_is_added_removed_and_brought_back() -> None:
    """A new one stands on the scorecard looked at, and counts once it says something; a slip is undone."""
    cards = part(form(5), "kpis")
    type_into(cards, name="A", level="department", scorecard="Bán hàng")
    cards.add.click()
    assert (cards.cells["scorecard"].input.value, len(kept(5)["kpis"])) == ("Bán hàng", 1)
    type_into(cards, name="B")
    cards.list.value = 0
    assert cards.cells["name"].input.value == "A"
    cards.remove.click()
    assert [k["name"] for k in kept(5)["kpis"]] == ["B"]
    cards.back.click()
    assert [k["name"] for k in kept(5)["kpis"]] == ["A", "B"]


def test_the_weights_of_each_scorecard_are_added_up_beside_the_list() -> None:
    """So that 115 is seen while it is typed."""
    cards = part(form(5), "kpis")
    type_into(cards, name="A", level="department", scorecard="Phòng KAM", weight="70")
    cards.add.click()
    type_into(cards, name="B", weight="45")
    assert "⚠ Phòng KAM: cộng 115%, 2 KPI" in cards.totals.value
    type_into(cards, weight="30")
    assert "✔ Phòng KAM: cộng 100%, 2 KPI" in cards.totals.value


def test_a_number_that_cannot_be_read_is_named_though_its_card_is_not_shown() -> None:
    """The status names KPI and field, whichever is on the card."""
    made = form(5)
    cards = part(made, "kpis")
    type_into(cards, name="A", target="nhiều")
    assert "Mức đạt: “nhiều”" in cards.faults.value
    cards.add.click()
    type_into(cards, name="B")
    assert cards.faults.value == ""
    assert "K1, Mức đạt: “nhiều”" in made.status.value


def test_a_kpi_as_a_row_comes_back_as_it_was() -> None:
    """Flat and deep undo one another for every KPI of the course."""
    kpis = [kpi for path in DESIGNS for kpi in load(path).as_document()["kpis"]]
    assert [deep(flat(kpi)) for kpi in kpis] == kpis


# ---------------------------------------------------------------- a whole design


@pytest.mark.parametrize("path", DESIGNS, ids=lambda p: f"{p.parts[-3]}-{p.stem}")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_design_of_the_course_goes_through_the_form_unchanged(
    path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put into the form and one word changed: what the record holds is that design and that word."""
    monkeypatch.setattr(language, "_chosen", lang)
    document = load(path).as_document()
    made = form(5)
    made.field.fill(document)
    part(made).firm["company"].input.value = "Công ty khác"
    assert as_design(kept(5), lang=lang).as_document() == document | {"company": "Công ty khác"}


def test_links_are_chosen_among_the_kpis() -> None:
    """An arrow from one KPI of the design to another, and why."""
    made = form(5)
    made.field.fill({"kpis": [{"id": "K1", "name": "A"}, {"id": "K2", "name": "B"}]})
    part(made).section.value = "links"
    row = part(made, "links").table.rows[0]
    assert [id for _, id in row.cells["from"].input.options] == ["", "K1", "K2"]
    type_into(row, **{"from": "K2", "to": "K1", "why": "vì thế"})
    assert kept(5)["links"] == [{"from": "K2", "to": "K1", "why": "vì thế"}]


def test_a_firm_too_small_for_departments_says_so() -> None:
    """The box to tick is `flat`; unticked it is absent."""
    made = form(5)
    part(made).flat.value = True
    assert as_design(kept(5)).flat
    part(made).flat.value = False
    assert kept(5) is None


@pytest.mark.parametrize("keys", [False, True])
def test_the_24_checks_are_one_click_away_with_keys_and_without(keys: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Self-study and class alike; what cannot be read is said instead."""
    monkeypatch.setattr(forming, "marker", lambda set_: (lambda question, value, earlier: 1 / 0) if keys else None)
    made = form(5)
    assert "checklist" in made.buttons
    made.buttons["checklist"].click()
    assert "Đạt 0 trên 24 câu" in made.said.value
    type_into(part(made, "kpis"), name="<b>A</b>", target="nhiều")
    assert made.said.value == ""
    made.buttons["checklist"].click()
    assert "“nhiều” chưa phải là một con số" in made.said.value
    type_into(part(made, "kpis"), target="3")
    made.buttons["checklist"].click()
    assert "&lt;b&gt;A&lt;/b&gt;" in made.said.value
    assert "checklist" not in form(2).buttons


# ---------------------------------------------------------------- the case


def test_the_case_chosen_brings_its_metrics_and_its_aop() -> None:
    """Choosing a company offers its catalogue by name, fills what the card lacks, and its AOP to start from."""
    made, choice = form(5), form(1)
    assert part(made).plan.layout.display == "none"
    choice.field.radio.value = "cafe_chain"  # type: ignore[attr-defined]
    metric = case("cafe_chain").catalogue["net_cash"]
    cards = part(made, "kpis")
    assert metric.name["vi"] in cards.cells["metric"].input.options
    cards.cells["metric"].input.value = metric.name["vi"]
    assert (kept(5)["kpis"][0]["metric"], kept(5)["kpis"][0]["unit"]) == ("net_cash", metric.unit)
    assert "kind" not in kept(5)["kpis"][0]
    part(made).plan.click()
    assert kept(5)["aop"] == as_design(case("cafe_chain").plan).as_document()["aop"]
    assert kept(5)["kpis"][0]["metric"] == "net_cash"
    assert part(made).plan.layout.display == "none"
    choice.field.radio.value = "own"  # type: ignore[attr-defined]
    assert cards.cells["metric"].input.options == ()


def test_the_checks_read_the_chosen_cases_catalogue() -> None:
    """A metric the catalogue calls an activity is one, whatever the designer says."""
    made, choice = form(5), form(1)
    catalogue = case("cafe_chain").catalogue
    activity = next(id for id, metric in catalogue.items() if metric.kind == "activity")
    made.field.fill({"kpis": [{"id": "K1", "name": "Con số ấy", "metric": activity, "kind": "outcome"}]})
    type_into(part(made, "kpis"), owner="An")
    made.buttons["checklist"].click()
    assert "danh mục chỉ số" not in made.said.value
    choice.field.radio.value = "cafe_chain"  # type: ignore[attr-defined]
    made.buttons["checklist"].click()
    assert "danh mục chỉ số" in made.said.value


# ---------------------------------------------------------------- from a file


def upload(made: Form, name: str, text: str) -> None:
    part(made).file.value = (
        {"name": name, "content": text.encode(), "size": len(text), "type": "", "last_modified": datetime.now()},
    )


def test_a_design_is_taken_from_a_file_and_what_was_there_is_kept(here: Path) -> None:
    """The form fills, the record has it, the old one lies beside the notebook."""
    made = form(5)
    upload(made, "mau.yaml", "company: A\nkpis: [{id: K1, name: Doanh thu, baseline: 1.5}]\n")
    assert kept(5) == {"version": 1, "company": "A", "kpis": [{"id": "K1", "name": "Doanh thu", "baseline": 1.5}]}
    assert "Đã lấy bản thiết kế từ mau.yaml: 1 KPI" in part(made).said.value
    assert not list(here.glob("whole-q5-before-*"))
    upload(made, "b.json", '{"company": "B"}')
    assert kept(5) == {"version": 1, "company": "B"}
    old = next(here.glob("whole-q5-before-*.yaml"))
    assert load(old).company == "A"
    assert old.name in part(made).said.value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", "kpis: [{kind: số}]", "không có trong danh sách"),
        ("a.yaml", "a: &x 1", "dấu neo"),
        ("a.yaml", "colour: red", "không có trong thiết kế"),
        ("a.exe", "MZ", "chỉ đọc được"),
        ("<b>.yaml", "- 1", "&lt;b&gt;"),
    ],
)
def test_a_file_that_is_no_design_changes_nothing_and_says_why(name: str, text: str, said: str) -> None:
    """What was typed stays."""
    made = form(5)
    part(made).firm["company"].input.value = "A"
    upload(made, name, text)
    assert said in part(made).said.value
    assert kept(5) == {"company": "A"}


def test_an_answer_may_be_the_path_of_a_design(here: Path) -> None:
    """Code and file: the whole, or the part that is asked for; a bad file raises and saves nothing."""
    (here / "my.yaml").write_text(as_yaml({"company": "A", "aop": AOP}), "utf-8")
    answer("whole-q5", "my.yaml")
    answer("whole-q2", here / "my.yaml")
    assert as_design(kept(5)).aop.goals[0].target == 22_500_000_000
    assert form(2).field.raw()["goals"][0]["target"] == 22_500_000_000
    with pytest.raises(Trouble, match=r"not-there.yaml"):
        answer("whole-q5", "not-there.yaml")
    with pytest.raises(Trouble, match=r"my.yaml"):
        answer("whole-q5", 12)


def test_a_design_in_a_file_is_read_within_bounds() -> None:
    """As every document of the kit."""
    with pytest.raises(Trouble, match="lồng quá 20 tầng"):
        read_file("a.json", b"[" * 40 + b"]" * 40, "vi")
    assert read_tree(SAMPLE)["title"]["vi"] == "Bản thiết kế"


# ---------------------------------------------------------------- a case's story


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id", cases())
def test_a_cases_page_tells_its_story_and_every_metric(id: str, lang: str) -> None:
    """Nothing of the Markdown is left over, and each metric of the catalogue has its row."""
    page = case_page(id, lang)
    assert "|" not in page
    assert "**" not in page
    assert ">nan" not in page
    for metric in case(id).catalogue.values():
        assert f"<td>{metric.name[lang]}</td>" in page


def test_the_page_shows_what_the_aop_starts_from() -> None:
    """Last year's level of a goal stands there as the AOP has it, in the reader's way of writing."""
    assert "<td>Giá thành đơn vị</td>" in case_page("factory", "vi")
    assert "<td>34.640 VND</td>" in case_page("factory", "vi")
    assert "<td>34,640 VND</td>" in case_page("factory", "en")


def test_the_story_is_shown_where_a_case_is_chosen_and_asked_for() -> None:
    """A button, folded at first; another company chosen, its own story."""
    made, choice = form(5), form(1)
    whole = part(made)
    assert (whole.story.layout.display, whole.page.value) == ("none", "")
    choice.field.radio.value = "cafe_chain"  # type: ignore[attr-defined]
    whole.story.value = True
    assert "Hòa Khánh" in whole.page.value
    choice.field.radio.value = "own"  # type: ignore[attr-defined]
    assert (whole.story.layout.display, whole.page.value) == ("none", "")


def test_a_choice_worth_nothing_is_not_right_or_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what follows from it, and no verdict."""
    words = {"vi": "Checklist sẽ đọc danh mục.", "en": "."}
    monkeypatch.setattr(forming, "marker", lambda set_: lambda question, value, earlier: Marked(0.0, (words,)))
    choice = form(1)
    choice.field.radio.value = "own"  # type: ignore[attr-defined]
    choice.buttons["check"].click()
    assert "Checklist sẽ đọc danh mục" in choice.said.value
    assert "Chưa đúng" not in choice.said.value
    assert "✘" not in choice.said.value


def test_a_large_number_without_a_unit_is_echoed_as_one_says_it() -> None:
    """“= 230 tỷ”, not a row of zeros that runs over its neighbour."""
    cards = part(form(5), "kpis")
    type_into(cards, target="230e9")
    assert "= 230 tỷ<" in cards.cells["target"].echo.value


GARBAGE = [
    "text", 12, [1, 2], {"kpis": "x"}, {"kpis": {"a": 1}}, {"kpis": [1, None, "K", {"name": ["a"], "scale": "x"}]},
    {"kpis": [{"id": 5, "scale": {"points": 3, "floor": [1]}, "parent": {"a": 1}, "level": "moon", "unit": 3}]},
    {"kpis": [{"id": "K1", "weight": {"a": 1}}, {"id": "K1", "weight": True}]},
    {"aop": [1]}, {"aop": {"goals": "x", "limits": {"a": 1}, "budget": ["x"], "priority": {"a": 1}}},
    {"aop": {"goals": [{"id": ["a"], "role": 3, "target": []}], "trade_offs": [1, {"a": 2}]}, "flat": {}, "year": [1]},
    {"goals": [{"id": "G1", "role": "boss", "unit": {"a": 1}, "target": "5"}]}, {"review": "x", "links": {"from": 1}},
    {"cadence": ["x"], "triggers": "x"}, {"links": [{"from": ["K1"], "to": 3}], "review": {"triggers": [3, None]}},
]  # fmt: skip


@pytest.mark.parametrize("raw", GARBAGE, ids=lambda raw: str(raw)[:40])
@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_a_record_written_by_hand_and_wrongly_breaks_no_form(n: int, raw: Any, here: Path) -> None:
    """What the form cannot show it leaves; it opens, says what cannot be read, and goes on."""
    (here / "answers.yaml").write_text(as_yaml({"exercise": "whole", "answers": {f"whole-q{n}": raw}}), "utf-8")
    made = form(n)
    assert made.status.value
    made.field.told(made.field.raw())
    for button in made.buttons.values():
        button.click()
