"""Answers read from whatever a learner gave, and the record that keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kpikit.questions as questions
from kpikit.documents import as_yaml, read_yaml
from kpikit.keeping import settle, settled
from kpikit.language import LANGUAGES, Plain
from kpikit.questions import Question, QuestionSet, mark_by_replies, read_answer
from kpikit.records import Record, load_record, read_record, save_record

TWO = {"a": "Kết quả cuối", "b": "Chỉ số hoạt động"}
QUESTIONS = {
    "choice": Question(id="ex01-q1", kind="choice", ask="?", options=TWO),
    "choices": Question(id="ex01-q2", kind="choices", ask="?", options=TWO),
    "classify": Question(id="ex01-q3", kind="classify", ask="?", options=TWO, items={"m1": "Gọi", "m2": "Doanh thu"}),
    "number": Question(id="ex01-q4", kind="number", ask="?", unit="VND"),
    "text": Question(id="ex01-q5", kind="text", ask="?"),
    "design": Question(id="ex01-q6", kind="design", ask="?", part="kpis"),
}
SET = QuestionSet(id="ex01", title="Thử", questions=tuple(QUESTIONS.values()))

names = st.sampled_from(
    ["a", "b", "m1", "name", "kind", "scale", "floor", "kpis", "unit", "weight", "id", "parent"]
) | st.text(max_size=5)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | names
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=12
)
number_texts = st.text(alphabet="0123456789.,_+-eE %", min_size=1, max_size=9) | st.builds(
    "{}{}".format,
    st.sampled_from(["1.000", "12,5", "1_000", "12", "1.5e3", "007"]),
    st.sampled_from(["", " tỷ", "bn", " triệu", "%"]),
)


@pytest.mark.parametrize("kind", QUESTIONS)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(raw=anything, lang=st.sampled_from(["vi", "en", None]))
def test_reading_an_answer_never_raises(kind: str, raw: Any, lang: str | None) -> None:
    """Whatever a learner gave is read or refused with a remark in both languages, and what is read can be shown."""
    question = QUESTIONS[kind]
    read = read_answer(question, raw, lang)
    for code in ("vi", "en"):
        questions.shown(question, read.value, code)
        assert all(remark[code] for remark in read.remarks)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=number_texts, lang=st.sampled_from(["vi", "en"]))
def test_a_number_means_the_same_after_it_was_kept(tmp_path: Path, text: str, lang: str) -> None:
    """Saving and loading never changes what a typed number is read as."""
    question = QUESTIONS["number"]
    save_record(SET, Record(lang=lang, answers={question.id: text}), tmp_path)
    again = load_record(SET, tmp_path).answers[question.id]
    assert read_answer(question, again, lang).value == read_answer(question, text, lang).value


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60))
def test_a_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    """Any text, quotes, colons and line ends included, is the same answer after a round trip."""
    question = QUESTIONS["text"]
    save_record(SET, Record(answers={question.id: text}), tmp_path)
    again = load_record(SET, tmp_path).answers[question.id]
    assert read_answer(question, again).value == read_answer(question, text).value


def test_yamls_own_number_keeps_its_value_when_the_record_is_written_again(tmp_path: Path) -> None:
    """An unquoted 1.500 is 1.5; writing another answer beside it must not make it text, which is 1500 in Vietnamese."""
    record = read_record(
        read_yaml(b"lang: vi\nanswers: {ex01-q4: 1.500, ex01-q6: [{scale: {floor: 1.500}, name: 007}]}"), "x"
    )
    save_record(SET, settled(SET, record, "vi"), tmp_path)
    answers = load_record(SET, tmp_path).answers
    assert read_answer(QUESTIONS["number"], answers["ex01-q4"], "vi").value == 1.5
    kpi = read_answer(QUESTIONS["design"], answers["ex01-q6"], "vi").value.kpis[0]
    assert (kpi.scale.floor, kpi.name) == (1.5, "007")


def test_changing_the_language_changes_no_number() -> None:
    """1.500 typed in Vietnamese stays 1500 when the record goes on in English."""
    record = Record(
        lang="vi", answers={"ex01-q4": "1.500", "ex01-q6": [{"scale": {"floor": "1.500", "target": "chưa biết"}}]}
    )
    in_english = settled(SET, record, "en")
    assert in_english.answers["ex01-q4"] == 1500
    assert in_english.answers["ex01-q6"] == [{"scale": {"floor": 1500, "target": "chưa biết"}}]
    assert record.answers["ex01-q4"] == "1.500"


def test_settling_leaves_text_alone_where_no_language_says_how_it_is_read() -> None:
    """The raw text is the record."""
    assert settle(QUESTIONS["number"], "12 tỷ") == "12 tỷ"
    assert settle(QUESTIONS["number"], Plain("12e9")) == 12_000_000_000
    assert settle(QUESTIONS["text"], Plain("007")) == "007"


def test_an_unreadable_record_is_put_aside_not_lost(tmp_path: Path) -> None:
    """A broken answers.yaml is kept under another name."""
    (tmp_path / "answers.yaml").write_text("answers: [", "utf-8")
    assert load_record(SET, tmp_path).answers == {}
    assert [p.read_text("utf-8") for p in tmp_path.glob("answers-unreadable-*.yaml")] == ["answers: ["]


@pytest.mark.parametrize(
    ("kind", "right", "given", "share"),
    [
        ("number", "12.500", 12.5, 1),
        ("number", "12e9", 12_000_000_000, 1),
        ("number", "3", 4, 0),
        ("choice", "a", "a", 1),
        ("choices", ["b", "a"], ["a", "b"], 1),
        ("choices", ["a"], ["a", "b"], 0),
    ],
)
def test_a_lesson_marks_by_what_the_right_answer_is_read_as(kind: str, right: Any, given: Any, share: float) -> None:
    """12.500 unquoted in the lesson's file is 12.5, and 12e9 is twelve billion."""
    right = Plain(right) if isinstance(right, str) else right
    marked = mark_by_replies(QUESTIONS[kind].model_copy(update={"right": right}), given)
    assert marked.share == share
    assert marked.solution


def test_a_lesson_leaves_what_has_no_right_answer_to_the_reader() -> None:
    """A written answer in a lesson is not wrong; nobody marks it."""
    assert mark_by_replies(QUESTIONS["text"], "Vì sao").share is None


def test_what_a_question_lays_down_stands_in_the_readers_language():
    """Texts in both languages in `given`; what reads it without a language has Vietnamese."""
    question = Question(
        id="x-q1",
        kind="design",
        part="kpis",
        ask="?",
        given={"aop": {"goals": [{"id": "G1", "name": {"vi": "Doanh thu", "en": "Revenue"}, "unit": "VND"}]}},
    )
    names = {lang: question.laid_down(lang)["aop"]["goals"][0]["name"] for lang in LANGUAGES}
    assert names == {"vi": "Doanh thu", "en": "Revenue"}
    assert question.given == question.laid_down("vi")


def test_a_value_that_stands_twice_is_written_twice():
    """No anchors: the reader refuses them."""
    row = {"name": "Doanh thu"}
    assert read_yaml(as_yaml({"a": row, "b": [row, row]}).encode(), "x") == {"a": row, "b": [row, row]}
