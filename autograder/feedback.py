"""A page for each learner: what was understood, what is right, what is not and why, and the two things to mend first.

It reads the gradebook (scores and comments, by machine and by hand) and the autograded notebooks, never a hand-in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kpikit.documents import write_text
from kpikit.language import Trouble, show
from kpikit.prose import as_html
from kpikit.questions import QuestionSet, questions_of

from .course import Course
from .grade import entry_of, graded_record, hand_marks, mark_of
from .pour import WORDS as POURED
from .pour import score_line
from .score import KEYS, load_keys

WORDS = {
    "question": {"vi": "Câu", "en": "Question"},
    "total": {"vi": "Tổng điểm đến lúc này", "en": "Points so far"},
    "waiting": {"vi": "chờ người chấm", "en": "waiting to be marked by a person"},
    "comment": {"vi": "Người chấm viết", "en": "The marker writes"},
    "solution": {"vi": "Lời giải mẫu", "en": "Model answer"},
    "lesson": {"vi": "Xem lại bài học", "en": "See lesson"},
    "mend": {"vi": "Hai điều nên sửa trước", "en": "The two things to mend first"},
    "nothing_to_mend": {
        "vi": "Không có điều gì phải sửa gấp. Hãy sang bài tiếp theo.",
        "en": "Nothing needs mending now. Go on to the next lesson.",
    },
    "understood": POURED["understood"],
    "nothing": POURED["nothing"],
}


@cache
def pages() -> Any:
    """The page templates; everything put into them is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def graded(course: Course, exercise: str) -> Iterator[dict[str, Any]]:
    """The graded records of an exercise, by learner."""
    for path in sorted((course.root / "autograded").glob(f"*/{exercise}/{exercise}.ipynb")):
        if record := graded_record(path):
            yield record


def feedback(
    course: Course, exercise: str, *, with_solutions: bool = False, keys_folder: Path | None = None
) -> list[Path]:
    """Write feedback/<learner>/<EX>/<EX>.html for each graded hand-in; gives the pages."""
    questions = course.questions(exercise)
    solutions: dict[str, Any] = {}
    if with_solutions:
        keys = load_keys(exercise, (keys_folder or KEYS).resolve(), questions.case)
        solutions = {id: entry.get("solution") for id, entry in keys.entries.items()}
    with course.gradebook() as gradebook:
        by_hand = hand_marks(gradebook, exercise)
    written = []
    for record in graded(course, exercise):
        page = course.feedback(record["learner"], exercise)
        page.parent.mkdir(parents=True, exist_ok=True)
        write_text(page, page_of(course, questions, record, by_hand.get(record["learner"], {}), solutions))
        written.append(page)
    return written


def page_of(
    course: Course,
    questions: QuestionSet,
    record: dict[str, Any],
    by_hand: dict[str, dict[str, Any]],
    solutions: dict[str, Any],
) -> str:
    """One learner's page as HTML, in the language of the hand-in."""
    lang = record["lang"]
    entry = entry_of(record, by_hand, lang)
    student = course.student(record["learner"])
    shown = [_question(questions, q, by_hand, solutions.get(q["id"]), lang) for q in record["questions"]]
    page: str = (
        pages()
        .get_template("feedback.html.j2")
        .render(
            lang=lang,
            title=questions.title[lang],
            name=(student and student.name) or record["learner"],
            w={k: v[lang] for k, v in WORDS.items()},
            total=show(entry.score, lang=lang),
            most=show(entry.max_score, lang=lang),
            waiting=show(entry.waiting, lang=lang) if entry.waiting else "",
            notes=[n[lang] for n in record["notes"]],
            questions=shown,
            mend=_mend_first(record, by_hand, lang),
        )
    )
    return page


def _question(
    questions: QuestionSet, q: dict[str, Any], by_hand: dict[str, dict[str, Any]], solution: Any, lang: str
) -> dict[str, Any]:
    marked, hand = {**q, "earned": mark_of(q, by_hand)}, by_hand.get(q["id"], {})
    return {
        "id": f"{WORDS['question'][lang]} {q['id'].rpartition('-q')[2]}",
        "ask": Markup(as_html(questions.find(q["id"]).ask[lang])),  # escapes what it does not mark up itself
        "score": score_line(marked, lang),
        "read": q["read"][lang],
        "reasons": [r[lang] for r in q["reasons"]],
        "comment": hand.get("comment"),
        "lessons": [_lesson(number, lang) for number in q["lessons"]],
        "solution": solution[lang] if solution else "",
    }


@cache
def _lesson(number: str, lang: str) -> str:
    """A lesson as a learner knows it: its number and its title, where the kit ships it."""
    try:
        return f"{number} {questions_of(f'l{number}').title[lang]}"
    except Trouble:
        return number


def _mend_first(record: dict[str, Any], by_hand: dict[str, dict[str, Any]], lang: str) -> list[str]:
    """The two questions that lost most points, with their first reason and the lesson that helps."""
    lost = []
    for q in record["questions"]:
        earned = mark_of(q, by_hand)
        if earned is not None and earned < q["points"]:
            lost.append((q["points"] - earned, q))
    lines = []
    for _, q in sorted(lost, key=lambda pair: -pair[0])[:2]:
        told = [*q["named"].values(), *q["reasons"]]  # a named misconception says best where to begin
        why = told[0][lang] if told else ""
        lesson = (
            f" ({WORDS['lesson'][lang]}: {', '.join(_lesson(n, lang) for n in q['lessons'])})" if q["lessons"] else ""
        )
        lines.append(f"{q['id']}: {why}{lesson}")
    return lines
