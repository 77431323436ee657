"""A sample class: sixteen hand-ins of every shape, the honest and the other, graded from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from kpikit.language import Trouble, say

from ..collect import collect
from ..course import Course, init
from ..release import release

EXERCISE = "ex01"
HAND_INS = Path(__file__).parent / "hand-ins"
STUDENTS = Path(__file__).parent / "students.csv"

LAID = {
    "vi": "Lớp mẫu ở {folder}: đã phát {exercise} và thu bài của {n} học viên. Đang chấm…",
    "en": "The sample class is in {folder}: {exercise} released, hand-ins of {n} learners collected. Grading…",
}
ABSENT = {
    "vi": "Bản cài này không kèm lớp mẫu và đáp án. Hãy chạy autograder demo trong bản mã nguồn (make demo).",
    "en": "This installation holds no sample class and no keys. Run autograder demo in a checkout (make demo).",
}


def demo(folder: Path, tell: Callable[[str], None] = print) -> Course:
    """Set the sample class up in a folder, ready to be graded; a second run finds the same. Raises `Trouble`."""
    if not HAND_INS.is_dir():
        raise Trouble(**ABSENT)
    course = init(folder)
    shutil.copyfile(STUDENTS, folder / STUDENTS.name)
    if not course.release(EXERCISE).is_dir():
        release(course, EXERCISE)
    found = collect(course, EXERCISE, HAND_INS)
    tell(say(LAID, folder=folder, exercise=EXERCISE, n=len({c.learner for c in found if not c.refused})))
    return Course.at(folder)
