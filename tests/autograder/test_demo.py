"""The sample class: sixteen hand-ins of every shape, graded from nothing, the same at every run."""

import pytest

from autograder.demo import HAND_INS, demo
from autograder.demo.make import hand_ins
from autograder.grade import grade


@pytest.fixture
def entries(course):
    """The sample class in a class that is released already, graded."""
    demo(course.root, lambda text: None)
    return {e.learner: e for e in grade(course, "ex01", jobs=1)}


def test_the_files_are_byte_for_byte_those_the_script_makes():
    """Made by a script, so that nobody wonders what is in them."""
    made = hand_ins()
    assert {p.relative_to(HAND_INS).as_posix() for p in HAND_INS.rglob("*") if p.is_file()} == set(made)
    assert not [name for name, data in made.items() if (HAND_INS / name).read_bytes() != data]


def test_sixteen_have_their_row_and_one_is_missing(entries):
    """Moodle's name and loose files found their ids."""
    assert len(entries) == 17
    assert [e.learner for e in entries.values() if e.status == "missing"] == ["uyen.ta"]
    assert {"binh.tran", "chi.le", "frank.vo"} <= {e.learner for e in entries.values() if e.score}


def test_the_cheat_has_the_score_of_its_honest_twin(entries):
    """Code, forged outputs, forged points: nothing gained, nothing lost."""
    assert entries["phuc.dinh"].score == entries["quynh.mai"].score > 0
    assert entries["phuc.dinh"].status == entries["quynh.mai"].status == "graded"


def test_the_damaged_notebook_has_the_score_of_its_whole_twin(entries):
    """Deleted, doubled and retyped cells."""
    assert entries["hai.bui"].score == entries["giang.do"].score > 0


def test_the_unreadable_are_named_with_the_reason(entries):
    """Cut short, and binary."""
    for learner in ("nam.ho", "oanh.dang"):
        assert (entries[learner].status, entries[learner].score) == ("unreadable", 0)
        assert "ex01.ipynb" in entries[learner].message


def test_nothing_in_a_hand_in_was_executed(entries, course):
    """The cheat would have left its mark, and no gradebook."""
    assert not list(course.root.rglob("CHEATED"))
    assert (course.root / "gradebook.db").is_file()


def test_strong_is_above_average_above_weak(entries):
    """The sample class looks like a class."""
    assert (
        entries["an.nguyen"].score
        == entries["emily.tran"].score
        > entries["frank.vo"].score
        > entries["dung.pham"].score
        > entries["tam.cao"].score
        == 0
    )


def test_a_second_run_says_the_same(entries, course):
    """Laid out, collected and graded again."""
    demo(course.root, lambda text: None)
    assert {e.learner: e for e in grade(course, "ex01", jobs=1)} == entries
