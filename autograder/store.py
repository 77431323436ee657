"""What is done already, by content; and the gradebook's rows, written in short transactions."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import timezone
from pathlib import Path
from typing import Any

from kpikit.questions import QuestionSet

from .hand_ins import BYTES_LIMIT, FILES_LIMIT
from .pour import comment

AT_ONCE = 50  # hand-ins a transaction: short enough for an open formgrader


def fingerprint(what: Path | Iterable[Path], salt: str) -> str:
    """A hash of a folder's (or some files') names and content; links count by their target's name, not followed."""
    digest = hashlib.sha256(salt.encode())
    paths = sorted(what.rglob("*")) if isinstance(what, Path) else what
    left = BYTES_LIMIT
    for n, path in enumerate(paths):
        if n > 10 * FILES_LIMIT and isinstance(what, Path):
            break
        name = path.relative_to(what) if isinstance(what, Path) else path.name
        digest.update(f"\0{name}\0".encode("utf-8", "surrogateescape"))
        if path.is_symlink():
            digest.update(os.readlink(path).encode("utf-8", "surrogateescape"))
        elif path.is_file():
            with path.open("rb") as f:
                data = f.read(left + 1)
            digest.update(data)
            left = max(0, left - len(data)) if isinstance(what, Path) else left
    return digest.hexdigest()


def known_submissions(gradebook: Any, exercise: str) -> set[str]:
    """Learners whose hand-in of this exercise the gradebook has."""
    from nbgrader.api import Assignment, Student, SubmittedAssignment

    rows = (gradebook.db.query(Student.id).join(SubmittedAssignment, SubmittedAssignment.student_id == Student.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id).filter(Assignment.name == exercise))
    return {row[0] for row in rows}


def keep(gradebook: Any, course: Any, questions: QuestionSet, records: list[dict[str, Any]]) -> None:
    """Write records into the gradebook: automatic scores and comments; what a hand marked stays."""
    from nbgrader.api import Student

    there = {row[0] for row in gradebook.db.query(Student.id)}
    with gradebook.db.no_autoflush:
        for n, record in enumerate(records, 1):
            if record["learner"] not in there:
                student = course.students.get(record["learner"])
                gradebook.db.add(Student(id=record["learner"], email=student.email if student else None,
                                         first_name=student.name if student else None))
            if n % AT_ONCE == 0:
                gradebook.db.commit()
        gradebook.db.commit()
        kept = _Kept(gradebook, questions.id)
        for n, record in enumerate(records, 1):
            kept.record(record, course)
            if n % AT_ONCE == 0:
                gradebook.db.commit()
        gradebook.db.commit()


class _Kept:
    """The rows of one assignment, found once: cells by name, submissions by learner."""

    def __init__(self, gradebook: Any, exercise: str) -> None:
        self.db = gradebook.db
        self.assignment = gradebook.find_assignment(exercise)
        self.notebook = next(n for n in self.assignment.notebooks if n.name == exercise)
        self.grade_cells = {c.name: c for c in self.notebook.grade_cells}
        self.solution_cells = {c.name: c for c in self.notebook.solution_cells}
        self.submitted = {s.student_id: s for s in self.assignment.submissions}

    def record(self, record: dict[str, Any], course: Any) -> None:
        from nbgrader.api import Comment, Grade, SubmittedAssignment, SubmittedNotebook

        from .grade import timestamp

        submission = self.submitted.get(record["learner"])
        if submission is None:
            submission = SubmittedAssignment(assignment=self.assignment, student_id=record["learner"])
            notebook = SubmittedNotebook(notebook=self.notebook, assignment=submission)
            for cell in self.grade_cells.values():
                Grade(cell=cell, notebook=notebook)
            for cell in self.solution_cells.values():
                Comment(cell=cell, notebook=notebook)
            self.db.add(submission)
            self.submitted[record["learner"]] = submission
        handed = timestamp(course.submitted(record["learner"], record["exercise"]))
        submission.timestamp = handed.astimezone(timezone.utc).replace(tzinfo=None) if handed else None
        notebook = next(n for n in submission.notebooks if n.notebook_id == self.notebook.id or n.notebook is self.notebook)
        questions = {q["id"]: q for q in record["questions"]}
        for grade in notebook.grades:
            mark(grade, questions[grade.cell.name])
        for note in notebook.comments:
            note.auto_comment = comment(questions[note.cell.name], record["lang"])


def mark(grade: Any, question: dict[str, Any]) -> None:
    """One automatic score into one grade row; a manual score outweighs it and needs no second look."""
    grade.auto_score = question["earned"]
    grade.needs_manual_grade = question["earned"] is None and grade.manual_score is None
