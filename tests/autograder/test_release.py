"""What learners receive: locked questions, both languages, no keys, nobody's answers."""

import json
import shutil

import pytest

from autograder import course as courses
from autograder.course import source_folder
from autograder.demo.make import as_notebook, notebook
from autograder.release import release
from kpikit.language import LANGUAGES, Trouble
from kpikit.questions import read_questions


def files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_release_holds_both_languages_and_the_questions(course):
    """The class's language at the top, the other in its own folder, and nothing else."""
    assert files(course.release("ex01")) == ["en/ex01.ipynb", "ex01.ipynb", "questions.yaml"]


def test_a_release_holds_no_key(course):
    """Neither solutions nor reasons nor model answers."""
    text = "".join(p.read_text("utf-8") for p in course.release("ex01").rglob("*") if p.is_file())
    assert not any(word in text for word in ("solution:", "misconception", "samples:", "proof_overlooked"))


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_every_question_is_graded_and_solution_both_and_cannot_be_edited(course, lang):
    """So that every stock path gives 0 or “by hand”."""
    cells = {
        c["metadata"]["nbgrader"]["grade_id"]: c["metadata"]
        for c in json.loads(course.pristine("ex01", lang).read_text("utf-8"))["cells"]
        if "nbgrader" in c["metadata"]
    }
    questions = course.questions("ex01").questions
    assert list(cells) == [q.id for q in questions]
    for question in questions:
        own = cells[question.id]
        assert (own["editable"], own["deletable"]) == (False, False)
        assert (own["nbgrader"]["grade"], own["nbgrader"]["solution"], own["nbgrader"]["locked"]) == (True, True, False)
        assert own["nbgrader"]["points"] == question.points


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_a_released_notebook_has_no_outputs_and_says_how_to_start(course, lang):
    """Its first text names Run All."""
    cells = json.loads(course.pristine("ex01", lang).read_text("utf-8"))["cells"]
    assert not any(c.get("outputs") for c in cells)
    assert "Run All" in "".join(cells[0]["source"])


def test_what_somebody_tried_in_the_sources_is_not_released(course, tmp_path, monkeypatch):
    """Answers, a hand-in, outputs with solutions: they stay where they are."""
    for lang in LANGUAGES:
        folder = shutil.copytree(source_folder(lang) / "ex01", tmp_path / "src" / lang / "ex01")
        (folder / "ex01.ipynb").write_bytes(as_notebook(notebook({"ex01-q2": "TRIED"}, lang, "2027-01-01")))
        for name in ("answers.yaml", "answers-before-20270101.yaml", "ex01-an.zip", ".answers/x.yaml"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text("TRIED")
    monkeypatch.setattr("autograder.release.source_folder", lambda lang: tmp_path / "src" / lang)
    course.config.CourseDirectory.source_directory = str(tmp_path / "src" / course.lang)
    folder = release(course, "ex01")
    assert files(folder) == ["en/ex01.ipynb", "ex01.ipynb", "questions.yaml"]
    assert not any("TRIED" in p.read_text("utf-8") for p in folder.rglob("*") if p.is_file())


def test_the_gradebook_knows_the_questions_and_their_points(course):
    """From the release, never from a hand-in."""
    with course.gradebook() as gradebook:
        cells = {c.name: c.max_score for c in gradebook.find_notebook("ex01", "ex01").grade_cells}
    assert cells == {q.id: q.points for q in course.questions("ex01").questions}


def test_the_due_time_is_in_the_gradebook(course):
    """In UTC, as nbgrader keeps it."""
    course.due["ex01"] = "2027-01-15T17:00"
    release(course, "ex01")
    with course.gradebook() as gradebook:
        assert gradebook.find_assignment("ex01").duedate.isoformat() == "2027-01-15T10:00:00"


def test_an_exercise_that_is_not_there_is_said(course):
    """With those there are."""
    with pytest.raises(Trouble, match="ex01"):
        release(course, "ex99")


def test_the_released_questions_are_the_kits_own(course):
    """Byte for byte those the notebooks were built from."""
    assert read_questions(course.release("ex01") / "questions.yaml") == read_questions(
        source_folder("vi") / "ex01" / "questions.yaml"
    )
    assert courses.others("vi") == ["en"]
