"""Answers into a pristine notebook: what was understood and why it earned what it did, every learner's word escaped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from kpikit.language import Words, clean, show
from kpikit.questions import Question, QuestionSet

WORDS = {
    "understood": {"vi": "Hệ thống hiểu câu trả lời là", "en": "What was understood"},
    "nothing": {"vi": "Chưa có trả lời", "en": "No answer"},
    "waits": {"vi": "chờ người chấm", "en": "waits to be marked by a person"},
    "points": {"vi": "điểm", "en": "points"},
    "rubric": {"vi": "Người chấm xem", "en": "What the marker looks for"},
}


def pour(pristine: Path, graded: dict[str, Any], questions: QuestionSet) -> dict[str, Any]:
    """A copy of the released notebook with the graded record in its metadata and each question's output filled.

    The output holds what a marker needs: the question, its rubric, the answer as read, the reasons.

    Sources stay as released, so nbgrader's own paths see an unchanged solution cell: 0, never full marks.
    """
    notebook: dict[str, Any] = json.loads(pristine.read_text("utf-8"))
    by_id = {q["id"]: q for q in graded["questions"]}
    asked = {q.id: q for q in questions.questions}
    for cell in notebook["cells"]:
        question = by_id.get((cell["metadata"].get("nbgrader") or {}).get("grade_id"))
        if cell["cell_type"] == "code":
            cell["outputs"] = [_output(question, asked[question["id"]], graded["lang"])] if question else []
            cell["execution_count"] = None
    notebook["metadata"].setdefault("kpikit", {})["graded"] = graded
    return notebook


def _output(question: dict[str, Any], asked: Question, lang: str) -> dict[str, Any]:
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {
            "text/plain": as_text(question, lang).splitlines(keepends=True),
            "text/html": as_html(question, asked, lang),
        },
    }


def score_line(question: dict[str, Any], lang: str) -> str:
    """“18 / 24 điểm”, or that it waits for a hand."""
    most, points = _number(question["points"], lang), WORDS["points"][lang]
    if question["earned"] is None:
        return f"– / {most} {points}: {WORDS['waits'][lang]}"
    return f"{_number(question['earned'], lang)} / {most} {points}"


@cache
def _number(value: float, lang: str) -> str:
    return show(value, lang=lang)


def as_text(question: dict[str, Any], lang: str) -> str:
    """A graded question for reading without a page."""
    read = question["read"][lang] or [WORDS["nothing"][lang]]
    lines = [
        f"{question['id']}: {score_line(question, lang)}",
        f"{WORDS['understood'][lang]}:",
        *(f"  {line}" for line in read),
    ]
    return "\n".join([*lines, *(f"- {reason[lang]}" for reason in question["reasons"])])


def as_html(question: dict[str, Any], asked: Question, lang: str) -> str:
    """A graded question as HTML, escaped; only tags that nbgrader's pages let pass (``p`` and ``br`` are not among them)."""
    read = question["read"][lang] or [WORDS["nothing"][lang]]
    body = "".join(f"<div>{escape(line) or '&nbsp;'}</div>" for line in read)
    reasons = "".join(f"<li>{escape(reason[lang])}</li>" for reason in question["reasons"])
    return (
        '<div class="kpikit-graded tex2jax_ignore mathjax_ignore">'
        f"<div><b>{escape(question['id'])}</b>: {escape(score_line(question, lang))}</div>{_asked_html(asked, lang)}"
        f"<div><i>{escape(WORDS['understood'][lang])}:</i></div>"
        f"<blockquote>{body}</blockquote><ul>{reasons}</ul></div>"
    )


def _asked_html(asked: Question, lang: str) -> str:
    """The question as asked and, where a person marks it, the rubric with its points."""
    text = "".join(f"<div>{escape(line)}</div>" for line in asked.ask[lang].splitlines() if line.strip(" |:-"))
    lines = "".join(
        f"<li>{escape(getattr(r, lang))} ({_number(r.points, lang)} {WORDS['points'][lang]})</li>" for r in asked.rubric
    )
    return text + (f"<div><i>{WORDS['rubric'][lang]}:</i></div><ul>{lines}</ul>" if lines else "")


def comment(question: dict[str, Any], lang: str) -> str:
    """The reasons as nbgrader's automatic comment: plain text whose pages render it, so escaped too."""
    return "\n\n".join(escape(reason[lang], quote=False) for reason in question["reasons"])


def words_of(reasons: Iterable[Words]) -> list[dict[str, str]]:
    """Reasons as plain JSON values, without the control characters and broken letters a learner may have put into them."""
    return [{code: clean(text) for code, text in reason.items()} for reason in reasons]
