"""What learners receive: the pristine notebook with nbgrader's locks, and the questions without their keys."""

from __future__ import annotations

import json
from pathlib import Path

from kpikit.documents import write_text
from kpikit.language import Trouble

from .course import Course, others, source_folder
from .store import set_due


def release(course: Course, exercise: str) -> Path:
    """Make release/<EX>/ and enter the exercise in the gradebook; gives the folder.

    The class's language lies at the top, the other beside it in its own folder. Raises `Trouble`.
    """
    source = source_folder(course.lang) / exercise
    if not source.is_dir():
        there = ", ".join(sorted(p.name for p in source.parent.iterdir() if p.is_dir()))
        raise Trouble(
            vi=f"Không có bài tập {exercise}. Các bài có sẵn: {there}.",
            en=f"There is no exercise {exercise}. There are: {there}.",
        )
    api = course.nbgrader()
    api.log.setLevel("ERROR")
    result = api.generate_assignment(exercise, force=True)
    if not result["success"]:
        raise Trouble(
            vi=f"nbgrader không phát được {exercise}:\n{result.get('log') or result.get('error')}",
            en=f"nbgrader could not release {exercise}:\n{result.get('log') or result.get('error')}",
        )
    for lang in others(course.lang):
        beside = source_folder(lang) / exercise / f"{exercise}.ipynb"
        if beside.is_file():
            folder = course.release(exercise) / lang
            folder.mkdir(exist_ok=True)
            write_text(folder / beside.name, _without_outputs(beside.read_text("utf-8")))
    with course.gradebook() as gradebook:
        set_due(gradebook, course, exercise)
    return course.release(exercise)


def _without_outputs(text: str) -> str:
    """A notebook as it was built: what somebody tried in the source stays there."""
    tree = json.loads(text)
    for cell in tree["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"
