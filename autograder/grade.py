"""Grade an exercise of a class: read, score, pour, side by side on all cores; then one gradebook, in one go."""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpikit.documents import write_text
from kpikit.language import LANGUAGES, Trouble, Words
from kpikit.questions import QuestionSet, shown

from .course import Course, import_nbgrader, nfc
from .hand_ins import HandIn, read_hand_in, understood
from .pour import pour, words_of
from .score import KEYS, Keys, Scored, load_keys, score
from .store import enter, fingerprint, keep, known_submissions, timestamp

AT_ONCE = 16  # hand-ins a worker takes at a time
WORTH = 100  # hand-ins that are worth one more worker: each imports pandas and reads the case for itself


@dataclass(frozen=True)
class Job:
    """What a worker needs to grade one hand-in of a class; small, and the same for all but the learner."""

    course: Course
    exercise: str
    questions: QuestionSet
    keys_folder: Path
    marks: str  # the fingerprint of release, keys and grader


@dataclass(frozen=True)
class Entry:
    """One line of the result, a learner's."""

    learner: str
    exercise: str
    score: float
    max_score: float
    waiting: float
    status: str  # graded | partial | unreadable | missing
    message: str

    def as_dict(self) -> dict[str, Any]:
        return dict(vars(self))


# ---------------------------------------------------------------- one hand-in


def grade_one(job: Job, learner: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Grade a learner's hand-in: the record, and the poured notebook that carries it."""
    folder = job.course.submitted(learner, job.exercise)
    hand_in = read_hand_in(folder, job.questions, job.course.lang)
    _notes_from_outside(hand_in, learner, folder, job)
    scored, read = _score_all(hand_in, job.questions, load_keys(job.exercise, job.keys_folder, job.questions.case))
    record = {
        "learner": learner,
        "exercise": job.exercise,
        "lang": hand_in.lang,
        "status": _status(hand_in, scored),
        "notes": words_of(hand_in.notes),
        "fingerprint": fingerprint(folder, job.marks),
        "questions": [
            {
                "id": s.id,
                "points": s.points,
                "earned": s.earned,
                "answered": s.answered,
                "read": read[s.id],
                "reasons": words_of(s.reasons),
                "named": dict(zip(s.named, words_of(s.named.values()), strict=True)),
                "lessons": list(s.lessons),
            }
            for s in scored
        ],
    }
    return record, pour(job.course.pristine(job.exercise, hand_in.lang), record, job.questions)


def _score_all(
    hand_in: HandIn, questions: QuestionSet, keys: Keys
) -> tuple[list[Scored], dict[str, dict[str, list[str]]]]:
    scored, read = [], {}
    values: dict[str, Any] = {}
    for question in questions.questions:
        raw, lang = hand_in.answers.get(question.id, (None, hand_in.lang))
        answer = understood(question, raw, lang)
        scored.append(score(question, answer, keys, values))
        values[question.id] = answer.value
        read[question.id] = {code: shown(question, answer.value, code) for code in LANGUAGES}
    return scored, read


def _status(hand_in: HandIn, scored: list[Scored]) -> str:
    if not hand_in.readable:
        return "unreadable"
    return "graded" if all(s.answered for s in scored) else "partial"


def _notes_from_outside(hand_in: HandIn, learner: str, folder: Path, job: Job) -> None:
    """What the hand-in itself does not decide: who it is from, and whether it came late."""
    if other := sorted(hand_in.claims - {nfc(learner)}):
        hand_in.notes.append(
            {
                "vi": f"Bên trong ghi tên {', '.join(other)}, nhưng bài được nộp bởi {learner}.",
                "en": f"Inside it says {', '.join(other)}, but {learner} handed it in.",
            }
        )
    due, handed = job.course.due_at(job.exercise), timestamp(folder)
    if due and handed and handed > due:
        hours = (handed - due).total_seconds() / 3600
        hand_in.notes.append(
            {"vi": f"Nộp trễ {hours:.1f} giờ.".replace(".", ",", 1), "en": f"Late by {hours:.1f} hours."}
        )


def _work(job: Job, learners: list[str], force: bool) -> list[tuple[dict[str, Any], bool]]:
    """In a worker: grade these, or take what was graded before from the same content."""
    results = []
    for learner in learners:
        path = job.course.autograded(learner, job.exercise)
        before = None if force else graded_record(path)
        if before and before["fingerprint"] == fingerprint(job.course.submitted(learner, job.exercise), job.marks):
            results.append((before, True))
            continue
        record, notebook = grade_one(job, learner)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, json.dumps(notebook, ensure_ascii=False) + "\n")
        results.append((record, False))
    return results


def graded_record(path: Path) -> dict[str, Any] | None:
    """The record in an autograded notebook; None where there is none."""
    try:
        return json.loads(path.read_text("utf-8"))["metadata"]["kpikit"]["graded"]  # type: ignore[no-any-return]
    except (OSError, ValueError, KeyError, TypeError):
        return None


# ---------------------------------------------------------------- a class

Progress = Callable[[int, int, int], None]  # done, all, of them unchanged since the last run


def prepare(course: Course, exercise: str, keys_folder: Path | None = None) -> Job:
    """Everything that is the same for all hand-ins of an exercise. Raises `Trouble` for what is missing."""
    folder = (keys_folder or KEYS).resolve()
    questions = course.questions(exercise)
    load_keys(exercise, folder, questions.case)  # a missing key is said before any work
    return Job(course, exercise, questions, folder, marks_of(course, exercise, folder))


def marks_of(course: Course, exercise: str, keys_folder: Path) -> str:
    """The fingerprint of all that decides a score besides the hand-in: release, keys, the grader itself."""
    own = [*Path(__file__).parent.glob("*.py"), *(Path(__file__).parent.parent / "kpikit").rglob("*.[py]*")]
    files = [*keys_folder.glob(f"{exercise}.*"), *course.release(exercise).rglob("*.*"), *own]
    return fingerprint(
        sorted(f for f in files if f.is_file() and f.suffix != ".pyc"), f"{course.lang} {course.due_at(exercise)}"
    )


def grade(
    course: Course,
    exercise: str,
    *,
    jobs: int | None = None,
    force: bool = False,
    keys_folder: Path | None = None,
    progress: Progress = lambda done, all, same: None,
    moved: Callable[[Words], None] = lambda words: None,
) -> list[Entry]:
    """Grade every hand-in of an exercise and write the gradebook; one entry a learner, those of the class list too.

    ``jobs``: how many side by side (all cores where None). ``force``: also what has not changed. ``moved`` is told
    each mark that a regrade moved. Raises `Trouble` where release, keys or configuration are missing.
    """
    job = prepare(course, exercise, keys_folder)
    learners = course.learners(exercise)
    before = {name: record for name in learners if (record := graded_record(course.autograded(name, exercise)))}
    records: list[dict[str, Any]] = []
    unchanged: set[str] = set()
    for record, same in _side_by_side(job, learners, force, jobs):
        records.append(record)
        if same:
            unchanged.add(record["learner"])
        progress(len(records), len(learners), len(unchanged))
        for words in _moves(before.get(record["learner"]), record):
            moved(words)
    records.sort(key=lambda r: r["learner"])
    with course.gradebook() as gradebook:
        enter(gradebook, course, exercise)
        there = known_submissions(gradebook, exercise)
        keep(gradebook, course, job.questions, [r for r in records if r["learner"] not in unchanged & there])
        by_hand = hand_marks(gradebook, exercise)
    entries = [entry_of(record, by_hand.get(record["learner"], {}), course.lang) for record in records]
    most = sum(q.points for q in job.questions.questions)
    missing = [Entry(s, exercise, 0.0, most, 0.0, "missing", _MISSING[course.lang]) for s in absent(course, records)]
    return sorted(entries + missing, key=lambda e: e.learner)


def absent(course: Course, records: list[dict[str, Any]]) -> list[str]:
    """Who stands in the class list and has handed nothing in; ids compare in NFC."""
    there = {nfc(r["learner"]) for r in records}
    return [id for id in course.students if id not in there]


_MISSING = {"vi": "Có trong danh sách lớp, chưa nộp bài.", "en": "In the class list, nothing handed in."}


def _side_by_side(
    job: Job, learners: list[str], force: bool, jobs: int | None
) -> Iterator[tuple[dict[str, Any], bool]]:
    """Grade in workers, while nbgrader is imported here."""
    parts = [learners[i : i + AT_ONCE] for i in range(0, len(learners), AT_ONCE)]
    if jobs == 1 or not parts:
        for part in parts:
            yield from _work(job, part, force)
        return
    jobs = jobs or min(os.cpu_count() or 1, 1 + len(learners) // WORTH)
    # fork where there is fork: workers start with the code already read
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(min(jobs, len(parts)), multiprocessing.get_context(method)) as pool:
        results = pool.map(_work, [job] * len(parts), parts, [force] * len(parts))
        threading.Thread(target=import_nbgrader, daemon=True).start()  # after the workers are forked
        for done in results:
            yield from done


def _moves(before: dict[str, Any] | None, after: dict[str, Any]) -> Iterator[Words]:
    """Whose mark a regrade moved, from, to, at which question and why."""
    old = {q["id"]: q["earned"] for q in before["questions"]} if before else {}
    for question in after["questions"]:
        was, now = old.get(question["id"]), question["earned"]
        if question["id"] in old and was != now:
            why = question["reasons"][0] if question["reasons"] else dict.fromkeys(LANGUAGES, "")
            yield {
                "vi": f"{after['learner']} · {question['id']}: {was} → {now}. {why['vi']}",
                "en": f"{after['learner']} · {question['id']}: {was} → {now}. {why['en']}",
            }


def hand_marks(gradebook: Any, exercise: str) -> dict[str, dict[str, dict[str, Any]]]:
    """What people marked: learner → question → {"score", "extra", "comment"}; only what a hand has touched."""
    from nbgrader.api import (
        Assignment,
        BaseCell,
        Comment,
        Grade,
        Notebook,
        Student,
        SubmittedAssignment,
        SubmittedNotebook,
    )

    found: dict[str, dict[str, dict[str, Any]]] = {}
    for table, column, name in (
        (Grade, Grade.manual_score, "score"),
        (Grade, Grade.extra_credit, "extra"),
        (Comment, Comment.manual_comment, "comment"),
    ):
        rows = (
            gradebook.db.query(Student.id, BaseCell.name, column)
            .select_from(table)
            .join(SubmittedNotebook, table.notebook_id == SubmittedNotebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Student, SubmittedAssignment.student_id == Student.id)
            .join(BaseCell, table.cell_id == BaseCell.id)
            .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
            .join(Assignment, Notebook.assignment_id == Assignment.id)
            .filter(Assignment.name == exercise, column.isnot(None))
        )
        for learner, cell, value in rows:
            found.setdefault(learner, {}).setdefault(cell, {})[name] = value
    return found


def mark_of(question: dict[str, Any], by_hand: dict[str, dict[str, Any]]) -> float | None:
    """A question's mark as nbgrader counts it: a hand's outweighs the machine's, extra credit is added; None: it waits."""
    hand = by_hand.get(question["id"], {})
    mark = question["earned"] if hand.get("score") is None else hand["score"]
    return None if mark is None else mark + (hand.get("extra") or 0)


def entry_of(record: dict[str, Any], by_hand: dict[str, dict[str, Any]], lang: str) -> Entry:
    """The result line of a record: what is marked so far, by machine and by hand."""
    total = waiting = 0.0
    for question in record["questions"]:
        mark = mark_of(question, by_hand)
        if mark is None:
            waiting += question["points"]
        else:
            total += mark
    most = sum(q["points"] for q in record["questions"])
    message = " ".join(note[lang] for note in record["notes"])
    return Entry(
        record["learner"], record["exercise"], round(total, 2), most, round(waiting, 2), record["status"], message
    )


__all__ = ["Entry", "Job", "Trouble", "grade", "grade_one", "prepare"]
