"""What a learner has done so far is read from the records, in the course's order; nothing is changed by looking."""

import pytest

from kpikit import so_far
from kpikit.documents import as_yaml
from kpikit.language import LANGUAGES
from kpikit.questions import questions_of


@pytest.fixture
def course(tmp_path):
    """A checkout as a learner has it: lesson notebooks, an exercise beside them."""
    lessons, exercise = tmp_path / "lessons" / "vi", tmp_path / "exercises" / "vi" / "ex01"
    for path in (lessons / "01-kpi-or-activity.ipynb", exercise / "ex01.ipynb"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    return lessons


def answer(path, **answers):
    path.parent.mkdir(exist_ok=True)
    path.write_text(as_yaml({"answers": answers}), "utf-8")


def named(found, number):
    return next(step for step in found if f" {number}:" in step.title)


def test_an_exercise_follows_the_last_lesson_that_names_it(course):
    titles = [step.title for step in so_far.steps(course, "vi")]
    assert titles.index(next(t for t in titles if t.startswith("Bài tập ex01"))) > titles.index(
        next(t for t in titles if t.startswith("Bài 01"))
    )


def test_answers_are_counted_where_they_are_kept(course):
    answer(course / ".answers" / "l01.yaml", **{"l01-q1": "near", "l01-q3": "flat", "l01-q9": "x", "l01-q4": None})
    all_ = {q.id: "x" for q in questions_of("ex01").questions}
    answer(course.parent.parent / "exercises" / "vi" / "ex01" / "answers.yaml", **all_)
    found = so_far.steps(course, "vi")
    assert (named(found, "01").answered, named(found, "01").state) == (2, "part")
    assert named(found, "ex01").state == "done"
    assert "2 trên 6 câu" in so_far.as_html(found, "vi")


def test_links_reach_what_is_there_and_nothing_else(course):
    found = so_far.steps(course, "vi")
    assert named(found, "01").page == "01-kpi-or-activity.ipynb"
    assert named(found, "ex01").page == "../../exercises/vi/ex01/ex01.ipynb"
    assert (course / named(found, "ex01").page).is_file()
    assert all(step.page is None for step in found if step.title not in {named(found, n).title for n in ("01", "ex01")})


def test_an_unreadable_record_counts_as_empty_and_stays(course):
    path = course / ".answers" / "l01.yaml"
    path.parent.mkdir()
    path.write_bytes(b"\xff\x00")
    assert named(so_far.steps(course, "vi"), "01").state == "none"
    assert path.read_bytes() == b"\xff\x00"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_where_to_begin_where_to_go_on_and_when_all_is_done(lang):
    new, half, done = (so_far.Step(f"T{n}", n, 2, 10, None) for n in (0, 1, 2))
    begin = so_far.go_on([new, new], lang)
    assert so_far.go_on([done, half, new], lang) != begin
    assert "T1" in so_far.go_on([done, half, new], lang)
    assert "T" not in so_far.go_on([done], lang).replace("Trả", "")


def test_a_title_is_escaped():
    assert "<b>x" not in so_far.as_html([so_far.Step("<b>x", 0, 1, 1, "a'b")], "en")


def test_without_a_notebook_it_prints_a_line_each(course, monkeypatch, capsys):
    import kpikit

    monkeypatch.chdir(course)
    kpikit.progress()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(so_far.steps(course, "vi")) + 1
