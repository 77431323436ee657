"""What a form says, as plain text and as HTML: the question's head, the answer's state, the verdict, the cell's copy.

Everything a learner wrote is escaped here, in `box` and `bundle`, and nowhere else.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from ..keeping import settle
from ..language import Words, say, show
from ..questions import Marked, Question, QuestionSet, read_answer, shown
from ..sources import MIME

_WORDS: dict[str, Words] = {
    "title": {"vi": "Câu {n}/{all}", "en": "Question {n} of {all}"},
    "points": {"vi": "{points} điểm", "en": "{points} points"},
    "empty": {
        "vi": "○ Chưa trả lời. Mỗi thay đổi được lưu ngay, không cần bấm gì.",
        "en": "○ Not answered yet. Every change is saved at once; there is nothing to press.",
    },
    "withdrawn": {"vi": "○ Đã lưu {time}: câu này để trống.", "en": "○ Saved {time}: left empty."},
    "saved": {"vi": "✔ Đã lưu {time}", "en": "✔ Saved {time}"},
    "sorted": {"vi": "◐ Đã lưu {time}: đã xếp {n}/{all} dòng", "en": "◐ Saved {time}: {n} of {all} lines sorted"},
    "unclear": {
        "vi": "⚠ Đã lưu {time} đúng như anh chị viết, nhưng chưa đọc được:",
        "en": "⚠ Saved {time} as you typed it, but it cannot be read yet:",
    },
    "copy": {"vi": "Bản ghi câu trả lời", "en": "The answer on record"},
    "no_copy": {"vi": "chưa có", "en": "none yet"},
    "right": {"vi": "✔ Đúng.", "en": "✔ Right."},
    "partly": {"vi": "◐ Đúng một phần ({share}).", "en": "◐ Partly right ({share})."},
    "not_this": {
        "vi": "○ Chưa phải. Đọc vì sao rồi đi tiếp, hoặc thử lại.",
        "en": "○ Not this one. Read why, then go on or try again.",
    },
    "wrong": {"vi": "✘ Chưa đúng. Xem lý do rồi thử lại.", "en": "✘ Not yet right. Read why, then try again."},
    "by_hand": {
        "vi": "✎ Câu này do người chấm đọc. Hãy tự đối chiếu với các ý ở trên; bấm Lời giải để xem bài mẫu, nếu có.",
        "en": "✎ A person marks this one. Compare it with the points above; press Solution for a model answer, if there is one.",
    },
}


def bundle(question: Question, raw: Any, saved: datetime | None, lang: str) -> dict[str, Any]:
    """The copy of an answer in the cell's output: the answer as data, with readable twins. ``saved`` None: never answered."""
    first, lines = copy_lines(question, raw, saved, lang)
    head = f"{_WORDS['copy'][lang]}: {escape(first if saved else _WORDS['no_copy'][lang])}"
    if question.kind == "design":
        inside = f"<pre style='white-space:pre-wrap'>{escape(chr(10).join(lines))}</pre>"
    else:
        inside = f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
    data: dict[str, Any] = {
        "text/plain": "\n".join([first, *lines]),
        "text/html": f"<details style='font-size:14px'><summary>{head}</summary>{inside}</details>"
        if lines
        else f"<div style='font-size:14px'>{head}</div>",
    }
    if saved:
        data[MIME] = {"question": question.id, "answer": json_ready(settle(question, raw)), "saved": saved.isoformat()}
    return data


def json_ready(value: Any) -> Any:
    """The value as JSON carries it."""
    return json.loads(json.dumps(value, ensure_ascii=False, default=str))


def copy_lines(question: Question, raw: Any, saved: datetime | None, lang: str) -> tuple[str, list[str]]:
    first, read = status_of(question, raw, saved, lang), read_answer(question, raw, lang)
    lines = [line for text in shown(question, read.value, lang) for line in text.splitlines()]
    return first, [*lines, *(r[lang] for r in read.remarks)]


def status_of(question: Question, raw: Any, saved: datetime | None, lang: str) -> str:
    """One line: saved when, or not answered yet."""
    if saved is None:
        return _WORDS["empty"][lang]
    time = f"{saved:%H:%M}"
    if raw is None:
        return say(_WORDS["withdrawn"], lang, time=time)
    value = read_answer(question, raw, lang).value
    if value is None:
        return say(_WORDS["unclear"], lang, time=time)
    if gaps(question, value):
        return say(_WORDS["sorted"], lang, time=time, n=len(value), all=len(question.items))
    return say(_WORDS["saved"], lang, time=time)


def gaps(question: Question, value: Any) -> bool:
    """True where items of a question that sorts are not sorted yet."""
    return question.kind == "classify" and value is not None and len(value) < len(question.items)


def title_of(set_: QuestionSet, question: Question, lang: str) -> str:
    """“Câu 1/5 · 24 điểm”."""
    place = say(_WORDS["title"], lang, n=set_.questions.index(question) + 1, all=len(set_.questions))
    return place + (
        f" · {say(_WORDS['points'], lang, points=show(question.points, lang=lang))}" if question.points else ""
    )


def verdict(marked: Marked, lang: str, guess: bool = False) -> str:
    """Right, partly or wrong, and why. ``guess``: a lesson asks before it explains, so a miss there is no fault."""
    if marked.share is None:
        key, look = "by_hand", ""
    elif marked.share >= 1 - 1e-9:
        key, look = "right", "good"
    else:
        key, look = ("partly", "part") if marked.share > 1e-9 else ("not_this", "") if guess else ("wrong", "bad")
    share = show(round(100 * (marked.share or 0)), "%", lang)
    return box([say(_WORDS[key], lang, share=share), *(say(r, lang) for r in marked.reasons)], look)


def box(lines: list[str], look: str = "") -> str:
    """Lines in a box; everything is escaped here, and only here."""
    rest = "".join(f"<li>{escape(line)}</li>" for line in lines[1:])
    return f"<div class='kpikit-box kpikit-{look}'>{escape(lines[0])}{f'<ul>{rest}</ul>' if rest else ''}</div>"


def points_of(points: float, lang: str) -> str:
    return escape(say(_WORDS["points"], lang, points=show(points, lang=lang)))


@cache
def style() -> str:
    return Path(__file__).with_name("forms.css").read_text("utf-8")
