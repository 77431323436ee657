"""The class at a glance: sentences to read aloud, shares, what to teach again, who waits."""

import re

import pytest

from autograder.demo.make import average, record, strong, weak
from autograder.report import report


def lay(answers, learner):
    return {"answers.yaml": record(answers, "vi", learner, "2027-01-12T09:30:00+07:00")}


@pytest.fixture
def text(graded, course):
    """The report of a small class: one of each, one unreadable, one missing."""
    (course.root / "students.csv").write_text("id,name,email\nan,Nguyễn Văn An,\nzoe,Zoe,\n", "utf-8")
    graded(
        {
            "an": lay(strong("vi"), "an"),
            "binh": lay(average("vi"), "binh"),
            "chi#1 %": lay(weak(), "chi#1 %"),
            "dung": {"x.bin": b"\0"},
        }
    )
    return report(course, "ex01").read_text("utf-8")


def test_it_opens_with_three_sentences(text):
    """Who handed in, how it went, what to teach again."""
    leads = re.findall(r'<p class="lead">(.*?)</p>', text)
    assert len(leads) == 3
    assert leads[0].startswith("4 bài đã nộp")
    assert "1 bài không đọc được, 1 người chưa nộp" in leads[0]


def test_every_question_has_its_share_the_weakest_first(text):
    """What waits for a hand has none and stands last."""
    shares = re.findall(r'class="id">(ex01-q\d)</b>.*?<td class="n">(.*?)</td>', text)
    assert sorted(id for id, _ in shares) == [f"ex01-q{n}" for n in range(1, 8)]
    numbers = [int(s.rstrip("%")) for _, s in shares if s != "–"]
    assert numbers == sorted(numbers)
    assert shares[-1] == ("ex01-q6", "–")


def test_misconceptions_are_counted(text):
    """Each named one with how many learners hold it."""
    again = text.partition("Cần giảng lại</h2>")[2].partition("<h2>")[0]
    assert re.search(r'<td class="n">\d+</td>', again)


def test_who_waits_for_a_hand_is_listed(text):
    """Learner and question; an empty text waits for nobody."""
    waiting = text.partition("Chờ chấm tay</h2>")[2].partition("<h2>")[0]
    assert "an: ex01-q6" in waiting
    assert "chi" not in waiting


def test_learners_link_to_their_pages(text, course):
    """Also an id with letters that mean something in an address."""
    assert 'href="../feedback/chi%231%20%25/ex01/ex01.html"' in text
    assert "Nguyễn Văn An</a>" in text


def test_who_is_missing_is_listed(text):
    """From the class list."""
    assert "Zoe" in text


def test_a_report_on_nothing_says_so(graded, course):
    """No hand-in, no average."""
    graded()
    assert "Chưa có bài nào chấm được" in report(course, "ex01").read_text("utf-8")
