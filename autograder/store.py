"""What is done already, by content; and the gradebook's rows, written in short transactions."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from kpikit.questions import QuestionSet
from kpikit.sources import BYTES_LIMIT, FILES_LIMIT

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
            try:
                with path.open("rb") as f:
                    data = f.read(left + 1)
            except OSError:  # no right to read it: named, not read
                continue
            digest.update(data)
            left = max(0, left - len(data)) if isinstance(what, Path) else left
    return digest.hexdigest()


def enter(gradebook: Any, course: Any, exercise: str) -> None:
    """The released exercise in the gradebook, where a gradebook deleted or replaced since then has none."""
    from nbgrader.api import MissingEntry

    try:
        gradebook.find_notebook(exercise, exercise)
        return
    except MissingEntry:
        gradebook.update_or_create_assignment(exercise)
    tree = json.loads(course.pristine(exercise, course.lang).read_text("utf-8"))
    gradebook.add_notebook(exercise, exercise, kernelspec=json.dumps(tree["metadata"].get("kernelspec", {})))
    for cell in tree["cells"]:
        if not (own := cell["metadata"].get("nbgrader")):
            continue
        place, kind = (own["grade_id"], exercise, exercise), cell["cell_type"]
        if own.get("grade"):
            gradebook.add_grade_cell(*place, max_score=float(own["points"]), cell_type=kind)
        if own.get("solution"):
            gradebook.add_solution_cell(*place)
        gradebook.add_source_cell(
            *place,
            cell_type=kind,
            locked=bool(own.get("locked")),
            source="".join(cell["source"]),
            checksum=own.get("checksum"),
        )
    set_due(gradebook, course, exercise)


def set_due(gradebook: Any, course: Any, exercise: str) -> None:
    """The exercise's due time, as the class's configuration has it."""
    if due := course.due_at(exercise):
        gradebook.update_or_create_assignment(exercise, duedate=f"{due.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")


def known_submissions(gradebook: Any, exercise: str) -> set[str]:
    """Learners whose hand-in of this exercise the gradebook has."""
    from nbgrader.api import Assignment, Student, SubmittedAssignment

    rows = (
        gradebook.db.query(Student.id)
        .join(SubmittedAssignment, SubmittedAssignment.student_id == Student.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == exercise)
    )
    return {row[0] for row in rows}


def keep(gradebook: Any, course: Any, questions: QuestionSet, records: list[dict[str, Any]]) -> None:
    """Write records into the gradebook: automatic scores and comments; what a hand marked stays."""
    kept = _Kept(gradebook, course, questions.id)
    for first in range(0, len(records), AT_ONCE):
        part = records[first : first + AT_ONCE]
        kept.make_rows([r for r in part if r["learner"] not in kept.submitted])
        kept.fill_rows(part)
        gradebook.db.commit()


class _Kept:
    """The rows of one assignment, many at a time: nbgrader's tables, without an object for each row."""

    def __init__(self, gradebook: Any, course: Any, exercise: str) -> None:
        from nbgrader.api import Student, SubmittedAssignment, SubmittedNotebook

        self.db, self.course = gradebook.db, course
        notebook = gradebook.find_notebook(exercise, exercise)
        self.notebook, self.assignment = notebook.id, notebook.assignment.id
        self.grade_cells = {c.id: c.name for c in notebook.grade_cells}
        self.solution_cells = {c.id: c.name for c in notebook.solution_cells}
        self.students = {row[0] for row in self.db.query(Student.id)}
        rows = (
            self.db.query(SubmittedAssignment.student_id, SubmittedAssignment.id, SubmittedNotebook.id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .filter(SubmittedNotebook.notebook_id == self.notebook)
        )
        self.submitted = {student: (submission, notebook) for student, submission, notebook in rows}

    def make_rows(self, records: list[dict[str, Any]]) -> None:
        """The rows of learners whom the gradebook does not have yet, empty."""
        from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook

        new = {r["learner"]: (uuid4().hex, uuid4().hex) for r in records}
        strangers = [(id, self.course.student(id)) for id in new if id not in self.students]
        self._insert(
            Student,
            [
                {"id": id, "first_name": s.name if s else None, "last_name": None, "email": s.email if s else None}
                for id, s in strangers
            ],
        )
        self._insert(
            SubmittedAssignment,
            [
                {"id": submission, "assignment_id": self.assignment, "student_id": learner}
                for learner, (submission, _) in new.items()
            ],
        )
        self._insert(
            SubmittedNotebook,
            [
                {"id": notebook, "assignment_id": submission, "notebook_id": self.notebook}
                for submission, notebook in new.values()
            ],
        )
        self._insert(Grade, [{"notebook_id": n, "cell_id": c} for _, n in new.values() for c in self.grade_cells])
        self._insert(Comment, [{"notebook_id": n, "cell_id": c} for _, n in new.values() for c in self.solution_cells])
        self.submitted |= new

    def _insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.db.bulk_insert_mappings(table, rows)

    def fill_rows(self, records: list[dict[str, Any]]) -> None:
        """Scores, comments and times of these learners; cells that are no question of ours are nbgrader's own."""
        from nbgrader.api import Comment, Grade, SubmittedAssignment

        by_notebook = {self.submitted[r["learner"]][1]: (r, {q["id"]: q for q in r["questions"]}) for r in records}
        grades, comments = [], []
        rows = self.db.query(Grade.id, Grade.notebook_id, Grade.cell_id, Grade.manual_score).filter(
            Grade.notebook_id.in_(by_notebook)
        )
        for id, notebook, cell, manual in rows:
            if question := by_notebook[notebook][1].get(self.grade_cells.get(cell)):
                grades.append({"id": id, **automatic(question, manual)})
        for id, notebook, cell in self.db.query(Comment.id, Comment.notebook_id, Comment.cell_id).filter(
            Comment.notebook_id.in_(by_notebook)
        ):
            record, questions = by_notebook[notebook]
            if question := questions.get(self.solution_cells.get(cell)):
                comments.append({"id": id, "auto_comment": comment(question, record["lang"])})
        self.db.bulk_update_mappings(Grade, grades)
        self.db.bulk_update_mappings(Comment, comments)
        self.db.bulk_update_mappings(
            SubmittedAssignment,
            [{"id": self.submitted[r["learner"]][0], "timestamp": self._handed(r)} for r in records],
        )

    def _handed(self, record: dict[str, Any]) -> datetime | None:
        handed = timestamp(self.course.submitted(record["learner"], record["exercise"]))
        return handed.astimezone(UTC).replace(tzinfo=None) if handed else None


def automatic(question: dict[str, Any], manual_score: float | None) -> dict[str, Any]:
    """What the machine says in a grade's row; a manual score outweighs it and needs no second look."""
    return {"auto_score": question["earned"], "needs_manual_grade": question["earned"] is None and manual_score is None}


def timestamp(folder: Path) -> datetime | None:
    """When it was handed in, by nbgrader's timestamp.txt; None where there is none."""
    try:
        return read_stamp((folder / "timestamp.txt").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def read_stamp(text: str) -> datetime | None:
    """The time in a timestamp.txt, UTC where it names no zone."""
    try:
        read = datetime.fromisoformat(text.strip().removesuffix(" UTC"))
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
