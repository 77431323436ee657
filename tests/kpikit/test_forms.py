"""Forms: what is filled in stands in answers.yaml at once, and comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kpikit import language
from kpikit.forms import Form, answer, ask
from kpikit.forms import form as forming
from kpikit.language import Trouble
from kpikit.questions import Marked, Question, QuestionSet, marker, questions_of, read_answer
from kpikit.records import load_record
from kpikit.sources import MIME

OPTIONS = {"outcome": {"vi": "Kết quả cuối", "en": "Outcome"}, "activity": {"vi": "Chỉ số hoạt động", "en": "Activity"}}
SET = QuestionSet(
    id="ex01",
    title="Thử",
    questions=(
        Question(
            id="ex01-q1",
            kind="choice",
            ask={"vi": "Chọn", "en": "Choose"},
            points=1,
            options=OPTIONS,
            hint={"vi": "Bỏ thử", "en": "Leave it out"},
        ),
        Question(id="ex01-q2", kind="choices", ask="?", options=OPTIONS),
        Question(id="ex01-q3", kind="classify", ask="?", options=OPTIONS, items={"m1": "Cuộc gọi", "m2": "Doanh thu"}),
        Question(id="ex01-q4", kind="number", ask="?", unit="VND"),
        Question(
            id="ex01-q5",
            kind="text",
            ask="?",
            points=2,
            rubric=[{"vi": "Nêu mắt xích", "en": "Names the link", "points": 2}],
        ),
        Question(
            id="ex01-q6",
            kind="design",
            ask="?",
            part="kpis",
            rows=2,
            given={"aop": {"goals": [{"id": "G1", "name": "Tăng doanh thu"}]}},
        ),
    ),
)


class Output:
    """Stands for the cell's output: remembers the last bundle."""

    def update(self, bundle: dict[str, Any], raw: bool) -> None:
        assert raw
        self.bundle = bundle


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "_chosen", "vi")
    monkeypatch.setattr(forming, "marker", lambda set_: None)
    return


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample's questions, as a learner has it."""
    monkeypatch.chdir(tmp_path)
    sample = Path(__file__).parents[1] / "browser" / "sample.yaml"
    (tmp_path / "questions.yaml").write_text(sample.read_text("utf-8"), "utf-8")
    return tmp_path


def form(id: str, folder: Path) -> Form:
    made = Form(SET, SET.find(id), folder)
    made.handle = Output()
    return made


def fill(made: Form) -> None:
    """Do in the widgets what a learner would."""
    field: Any = made.field
    match made.question.kind:
        case "choice":
            field.radio.value = "activity"
        case "choices":
            field.ticks["outcome"].value = True
        case "classify":
            field.lines["m2"].value = "outcome"
        case "number":
            field.text.value = "12,5 tỷ"
        case "text":
            field.text.value = "Đứt ở <gọi>\nvì: không có đơn "
        case "design":
            cells = {name: cell.input for name, cell in field.part.rows[0].cells.items()}
            cells["name"].value, cells["kind"].value, cells["goal"].value, cells["floor"].value = (
                "Doanh thu",
                "outcome",
                "G1",
                "1,2 tỷ",
            )


EXPECTED = {
    "ex01-q1": "activity",
    "ex01-q2": ["outcome"],
    "ex01-q3": {"m2": "outcome"},
    "ex01-q4": "12,5 tỷ",
    "ex01-q5": "Đứt ở <gọi>\nvì: không có đơn ",
    "ex01-q6": [{"name": "Doanh thu", "kind": "outcome", "goal": "G1", "scale": {"floor": "1,2 tỷ"}}],
}


@pytest.mark.parametrize("id", EXPECTED)
def test_a_change_is_kept_at_once_and_comes_back(id: str, tmp_path: Path) -> None:
    """Form, answers.yaml, form again: the same answer, and the cell's output carries it."""
    first = form(id, tmp_path)
    assert load_record(SET, tmp_path).answers == {}
    fill(first)
    assert load_record(SET, tmp_path).answers == {id: EXPECTED[id]}
    again = form(id, tmp_path)
    assert again.field.raw() == EXPECTED[id]
    carried = first.handle.bundle[MIME]
    assert carried["question"] == id
    assert carried["answer"] == EXPECTED[id]
    assert carried["saved"] == load_record(SET, tmp_path).saved.isoformat()
    assert json.dumps(carried)
    assert "<gọi>" not in first.handle.bundle["text/html"] + first.status.value


def test_an_unanswered_form_carries_no_answer(tmp_path: Path) -> None:
    """Its output must not withdraw what another source holds."""
    assert MIME not in form("ex01-q1", tmp_path).bundle()


def test_an_emptied_answer_is_withdrawn(tmp_path: Path) -> None:
    """A learner who empties the field takes the answer back, and an explicit null says so."""
    made = form("ex01-q4", tmp_path)
    fill(made)
    made.field.text.value = " "  # type: ignore[attr-defined]
    assert load_record(SET, tmp_path).answers == {"ex01-q4": None}
    assert made.handle.bundle[MIME]["answer"] is None


def test_two_forms_share_one_record(tmp_path: Path) -> None:
    """Each writes its own answer and leaves the other's alone, in whatever order."""
    one, two = form("ex01-q1", tmp_path), form("ex01-q4", tmp_path)
    for made in (one, two, one):
        fill(made)
    assert set(load_record(SET, tmp_path).answers) == {"ex01-q1", "ex01-q4"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12,5 tỷ", "12,5 tỷ VND"),
        ("1.000", "không phải 1"),
        ("mười hai", "chưa phải là một con số"),
        ("5%", "đơn vị ở đây là VND"),
    ],
)
def test_the_form_says_what_it_understood(typed: str, said: str, tmp_path: Path) -> None:
    """A number is echoed, both readings where there are two, and what is wrong where it cannot be read; the text is kept."""
    made = form("ex01-q4", tmp_path)
    made.field.text.value = typed  # type: ignore[attr-defined]
    assert said in made.status.value
    assert load_record(SET, tmp_path).answers["ex01-q4"] == typed


def test_a_cell_that_is_no_number_is_named_and_marked(tmp_path: Path) -> None:
    """The message names row and column; the mark goes when the number is mended."""
    made = form("ex01-q6", tmp_path)
    cell = made.field.part.rows[1].cells["target"].input  # type: ignore[attr-defined]
    cell.value = "abc"
    assert "KPI 2, Mức đạt: “abc”" in made.status.value
    assert "kpikit-off" in cell._dom_classes
    cell.value = "1.500"
    assert "KPI 2, Mức đạt: “1.500” được đọc là 1500" in made.status.value
    assert "kpikit-off" not in cell._dom_classes


def test_the_table_grows_to_eight_rows_and_no_further(tmp_path: Path) -> None:
    """The button adds a KPI until it is spent."""
    field: Any = form("ex01-q6", tmp_path).field
    for _ in range(20):
        if not field.part.table.more.disabled:
            field.part.table.more.click()
    assert len(field.part.rows) == 8


def test_the_table_keeps_what_it_does_not_show(tmp_path: Path) -> None:
    """A design made elsewhere keeps its weights and points when a name is changed here."""
    kpi = {"name": "A", "weight": 40, "kind": "Outcome", "scale": {"floor": 1.5, "points": {"floor": 60}}}
    field: Any = form("ex01-q6", tmp_path).field
    field.fill({"version": 1, "kpis": [kpi]})
    assert field.part.rows[0].cells["floor"].input.value == "1,5"
    assert field.part.rows[0].cells["kind"].input.value == "outcome"
    field.part.rows[0].cells["name"].input.value = "B"
    assert field.raw() == [
        {"name": "B", "weight": 40, "kind": "outcome", "scale": {"floor": 1.5, "points": {"floor": 60}}}
    ]


@pytest.mark.parametrize(
    ("share", "word"), [(1.0, "✔ Đúng."), (0.5, "Đúng một phần (50%)"), (0.0, "Chưa đúng"), (None, "người chấm")]
)
def test_check_tells_untried_from_wrong_from_right(
    share: float | None, word: str, tmp_path: Path, monkeypatch: Any
) -> None:
    """Where keys are in reach: untried first, then the verdict with its reason; the solution only after a check."""
    reason, solution = {"vi": "Vì <b>", "en": "."}, {"vi": "Là B", "en": "It is B"}
    monkeypatch.setattr(
        forming, "marker", lambda set_: lambda question, value, earlier: Marked(share, (reason,), solution)
    )
    made = form("ex01-q1", tmp_path)
    assert list(made.buttons) == ["check", "hint", "solution"]
    assert made.buttons["solution"].disabled
    made.buttons["check"].click()
    assert "Hãy trả lời trước" in made.said.value
    assert made.buttons["solution"].disabled
    fill(made)
    made.buttons["check"].click()
    assert word in made.said.value
    assert "Vì &lt;b&gt;" in made.said.value
    made.buttons["solution"].click()
    assert "Là B" in made.said.value
    made.field.radio.value = "outcome"  # type: ignore[attr-defined]
    assert made.said.value == ""
    assert made.buttons["solution"].disabled


def test_without_keys_there_is_nothing_to_press(tmp_path: Path) -> None:
    """A class image says "saved" and no more."""
    made = form("ex01-q1", tmp_path)
    fill(made)
    assert made.buttons == {}
    assert re.search(r"Đã lưu \d\d:\d\d", made.status.value)


def test_a_key_that_fails_does_not_stop_the_notebook(tmp_path: Path, monkeypatch: Any) -> None:
    """The form says that it cannot be checked right now."""
    monkeypatch.setattr(forming, "marker", lambda set_: lambda question, value, earlier: 1 / 0)
    made = form("ex01-q1", tmp_path)
    fill(made)
    made.buttons["check"].click()
    assert "chưa chấm được" in made.said.value


def test_a_folder_that_cannot_be_written_to_stops_nothing(tmp_path: Path) -> None:
    """The form says so and the answer stays in the cell's output."""
    made = form("ex01-q1", tmp_path / "gone" / "away")
    fill(made)
    assert "chưa ghi được" in made.status.value
    assert "Ctrl+S" in made.status.value
    assert made.handle.bundle[MIME]["answer"] == "activity"


def test_an_unreadable_record_is_put_aside_and_the_form_says_so(tmp_path: Path) -> None:
    """Nothing is lost, nothing crashes."""
    (tmp_path / "answers.yaml").write_bytes(b"\xff\xfe\x00")
    made = form("ex01-q1", tmp_path)
    assert "không đọc được" in made.status.value
    assert len(list(tmp_path.glob("answers-unreadable-*"))) == 1


def test_another_exercises_answers_are_not_overwritten(tmp_path: Path) -> None:
    """Two exercises in one folder: the second says so and leaves the first's file as it is."""
    (tmp_path / "answers.yaml").write_text("exercise: ex02\nanswers: {ex02-q1: a}\n", "utf-8")
    made = form("ex01-q1", tmp_path)
    fill(made)
    assert "ex02" in made.status.value
    assert (tmp_path / "answers.yaml").read_text("utf-8") == "exercise: ex02\nanswers: {ex02-q1: a}\n"


def test_answers_from_code_are_kept_and_refused_as_the_forms_are(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A value that is no answer raises and says what was expected; None withdraws."""
    answer("ex01-q4", 12.5)
    answer("ex01-q2", "b")
    with pytest.raises(Trouble, match=r"Ví dụ: kpikit.answer"):
        answer("ex01-q4", "mười hai")
    answer("ex01-q2", None)
    answers = load_record(SET, here).answers
    assert answers["ex01-q2"] is None
    assert read_answer(SET.find("ex01-q4"), answers["ex01-q4"], "vi").value == 12.5
    assert "Đã lưu" in capsys.readouterr().out


def test_without_a_notebook_the_question_is_printed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Plain Python shows the question, its options, and how to answer."""
    ask("ex01-q2")
    printed = capsys.readouterr().out
    assert "Câu 2/6 · 4 điểm" in printed
    assert "a = Không còn biết" in printed
    assert 'kpikit.answer("ex01-q2"' in printed


def test_the_notebooks_file_carries_the_answers(here: Path) -> None:
    """Run by a kernel with no one before it, a notebook shows its forms and carries what was answered."""
    import nbformat
    from nbclient import NotebookClient

    cells = [
        'import kpikit; kpikit.use("en"); kpikit.answer("ex01-q4", "12,500")',
        'kpikit.ask("ex01-q4")',
        "kpikit.hand_in()",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(here)}}).execute()
    carried = [o.data for o in notebook.cells[1].outputs if MIME in o.get("data", {})]
    assert carried[0][MIME]["answer"] == "12,500"
    assert "12,500 VND" in carried[0]["text/plain"]


def test_a_guess_has_nothing_to_press(tmp_path, monkeypatch):
    """A lesson's question without a right answer is saved and not marked."""
    set_ = questions_of("l00")
    monkeypatch.setattr(forming, "marker", marker)
    assert Form(set_, set_.find("l00-q1"), tmp_path).buttons == {}
    assert set(Form(set_, set_.find("l00-q2"), tmp_path).buttons) == {"check", "solution"}
