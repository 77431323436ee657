"""A learner's page: what was understood, what is right, what is not and why, in words that cannot do harm."""

import re

from autograder.demo.make import as_notebook, average, notebook, record, strong
from autograder.feedback import feedback

AT = "2027-01-12T09:30:00+07:00"


def page(course, learner="an", **how):
    pages = {p.parts[-3]: p for p in feedback(course, "ex01", **how)}
    assert pages[learner] == course.root / "feedback" / learner / "ex01" / "ex01.html"
    return pages[learner].read_text("utf-8")


def lay(answers, lang="vi"):
    return {"answers.yaml": record(answers, lang, "an", AT)}


def test_a_page_shows_what_was_understood_with_its_unit(graded, course):
    """The number as read, options in words."""
    graded({"an": lay(strong("vi"))})
    text = page(course)
    assert "73,2%" in text
    assert "Doanh thu cà phê rang: Kết quả cuối" in text


def test_a_page_is_in_the_language_of_the_hand_in(graded, course):
    """An English hand-in in a Vietnamese class."""
    graded({"an": lay(strong("en"), "en")})
    assert '<html lang="en">' in page(course)
    assert "What was understood" in page(course)


def test_a_page_ends_with_the_two_things_to_mend_first(graded, course):
    """The questions that lost most, with the lesson that helps."""
    graded({"an": lay(average("vi"))})
    mend = page(course).rpartition('class="mend"')[2]
    assert len(re.findall("<li>", mend)) == 2
    assert "01" in mend


def test_full_marks_leave_nothing_to_mend(graded, course):
    """And say so."""
    graded({"an": lay(strong("vi"))})
    assert "<li>" not in page(course).rpartition('class="mend"')[2]


def test_an_unreadable_hand_in_has_a_page_that_says_why(graded, course):
    """The file is named."""
    graded({"an": {"ex01.ipynb": b"{ cut"}})
    assert "ex01.ipynb: notebook bị hỏng" in page(course)


def test_that_sources_disagreed_stands_on_the_page(graded, course):
    """With the question."""
    graded(
        {"an": lay(strong("vi")) | {"x.ipynb": as_notebook(notebook({"ex01-q2": "keep_green"}, "vi", "2027-01-01"))}}
    )
    assert "ex01-q2: x.ipynb" in page(course)


def test_a_markers_mark_and_comment_stand_on_the_page(graded, course):
    """Escaped as everything is."""
    graded({"an": lay(strong("vi"))})
    with course.gradebook() as gradebook:
        row = gradebook.find_grade("ex01-q6", "ex01", "ex01", "an")
        row.manual_score, row.needs_manual_grade = 12, False
        gradebook.find_comment("ex01-q6", "ex01", "ex01", "an").manual_comment = "Tốt <b>lắm</b>"
        gradebook.db.commit()
    text = page(course)
    assert "12 / 15" in text
    assert "97 / 100" in text
    assert "Tốt &lt;b&gt;lắm&lt;/b&gt;" in text


def test_model_answers_stand_there_only_when_asked_for(graded, course):
    """After marks are out."""
    graded({"an": lay(strong("vi"))})
    assert "Lời giải mẫu" not in page(course)
    assert "Lời giải mẫu" in page(course, with_solutions=True)


def test_a_learners_words_are_words(graded, course):
    """Markup, templates and braces come out as they were typed."""
    wrote = "<script>x()</script> {{7*7}} {question.__class__} ${7*7} <img src=x onerror=y()>"
    graded({"an": lay({"ex01-q6": wrote, "ex01-q2": "<b>"})})
    text = page(course)
    assert "<script" not in text
    assert "<img" not in text
    assert "{{7*7}} {question.__class__} ${7*7}" in text


def test_the_name_on_the_page_is_the_class_lists(graded, course):
    """Else the id."""
    (course.root / "students.csv").write_text("id,name,email\nan,Nguyễn Văn An,\n", "utf-8")
    graded({"an": lay(strong("vi"))})
    assert "Nguyễn Văn An" in page(course)
