"""Every exercise goes through a class: released, the model and a blank handed in, graded, told on a page, in both languages."""

import re

import pytest

from autograder.build import sources
from autograder.course import Course, init
from autograder.feedback import feedback
from autograder.grade import grade
from autograder.release import release
from autograder.report import report
from autograder.score import KEYS, load_keys
from kpikit.documents import as_yaml
from kpikit.questions import questions_of

EXERCISES = [s.name for s in sources(only=("ex", "capstone"))]


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    return init(tmp_path_factory.mktemp("every") / "class", "vi")


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_model_earns_all_a_machine_gives_and_a_blank_nothing(class_: Course, exercise):
    set_ = questions_of(exercise)
    keys = load_keys(exercise, KEYS, set_.case)
    release(class_, exercise)
    models = {q.id: keys.entries[q.id]["model"] for q in set_.questions}
    for learner, lang, answers in (("an", "vi", models), ("ben", "en", models), ("chi", "vi", {})):
        folder = class_.submitted(learner, exercise)
        folder.mkdir(parents=True)
        record = {"version": 1, "exercise": exercise, "lang": lang, "answers": answers}
        (folder / "answers.yaml").write_text(as_yaml(record), "utf-8")
    entries = {e.learner: e for e in grade(class_, exercise, jobs=1)}
    by_hand = sum(q.points for q in set_.questions if q.by_hand)
    assert (entries["an"].score, entries["an"].waiting, entries["an"].status) == (100 - by_hand, by_hand, "graded")
    assert entries["ben"].waiting == by_hand
    assert (entries["chi"].score, entries["chi"].status) == (0, "partial")
    pages = feedback(class_, exercise, with_solutions=True)
    assert len(pages) == 3
    for page in pages:
        text = page.read_text("utf-8")
        assert not re.search(r"\{\w+\}", text), "no place of a text is left unfilled"
        assert "Traceback" not in text
    assert exercise in report(class_, exercise).read_text("utf-8")
