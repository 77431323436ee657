"""A question's form: filled from the record, saved at every change, marked where keys are in reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from ..companies import cases
from ..files import as_design
from ..keeping import keep, opened
from ..language import Trouble, Words, current, say
from ..prose import as_html
from ..questions import Marked, Marker, Question, QuestionSet, marker, read_answer, shown
from ..records import Record, now
from .words import box, bundle, gaps, points_of, status_of, style, title_of, verdict

_WORDS: dict[str, Words] = {
    "rubric": {"vi": "Người chấm sẽ xem:", "en": "What the marker looks for:"},
    "understood": {"vi": "Hiểu là:", "en": "Understood as:"},
    "off": {
        "vi": "⚠ Câu trả lời chưa ghi được vào answers.yaml: {why} Anh chị cứ làm tiếp: câu trả lời nằm trong kết quả của ô này. "
        "Hãy lưu notebook (Ctrl+S) và nộp chính notebook.",
        "en": "⚠ The answer could not be written to answers.yaml: {why} Carry on: it is kept in this cell's output. "
        "Save the notebook (Ctrl+S) and hand in the notebook itself.",
    },
    "check": {"vi": "Kiểm tra", "en": "Check"},
    "hint": {"vi": "Gợi ý", "en": "Hint"},
    "solution": {"vi": "Lời giải", "en": "Solution"},
    "checklist": {"vi": "Soi 24 câu checklist", "en": "Run the 24 checks"},
    "untried": {
        "vi": "○ Chưa có câu trả lời đọc được để kiểm tra. Hãy trả lời trước đã.",
        "en": "○ There is no readable answer to check yet. Answer first.",
    },
    "no_solution": {"vi": "Câu này không có lời giải viết sẵn.", "en": "There is no written solution to this one."},
    "not_marked": {
        "vi": "⚠ Lúc này chưa chấm được ({why}). Câu trả lời vẫn được lưu.",
        "en": "⚠ It cannot be checked right now ({why}). The answer is saved all the same.",
    },
}


class Form:
    """A question's form: ``box`` is what is shown, ``handle`` the cell's copy of the answer."""

    def __init__(self, set_: QuestionSet, question: Question, folder: Path) -> None:
        import ipywidgets as w

        from .design import Design
        from .fields import FIELDS

        self.set, self.question, self.folder, self.lang = set_, question, folder, current()
        self.handle: Any = None
        self.state: tuple[Any, datetime | None] = (None, None)
        field = Design if question.kind == "design" else FIELDS[question.kind]
        self.field = field(question, self.lang, self.changed)
        self.status, self.said = w.HTML(), w.HTML()
        self.marker = _marker_of(set_)
        self.marked: Marked | None = None
        self.buttons = {name: w.Button(description=_WORDS[name][self.lang]) for name in self._actions()}
        for name, button in self.buttons.items():
            button.on_click(getattr(self, name))
        self.box = w.VBox(
            [w.HTML(self._head()), self.field.box, self.status, w.HBox(list(self.buttons.values())), self.said]
        )
        self.box.add_class("kpikit-form")
        self.refill()

    def _actions(self) -> list[str]:
        """The buttons: the public checklist for a whole design, and what needs keys where they are in reach."""
        public = ["checklist"] if self.question.kind == "design" and self.question.part == "all" else []
        guess = self.set.lesson and self.question.right is None  # nobody marks a guess
        if self.marker is None or guess:
            return public
        return [*public, "check", *(["hint"] if self.question.hint else []), "solution"]

    def _head(self) -> str:
        question, lang = self.question, self.lang
        head = f"<style>{style()}</style><div class='kpikit-tag'>{escape(title_of(self.set, question, lang))}</div>{as_html(question.ask[lang])}"
        if question.rubric:
            lines = "".join(
                f"<tr><td>{escape(getattr(r, lang))}</td><td>{points_of(r.points, lang)}</td></tr>"
                for r in question.rubric
            )
            head += f"<div class='kpikit-box'>{_WORDS['rubric'][lang]}<table class='kpikit-list'>{lines}</table></div>"
        return head

    def display(self) -> None:
        """Show the form, and under it the copy that the notebook's file carries."""
        from IPython.display import display

        display(self.box)
        self.handle = display(self.bundle(), raw=True, display_id=True)

    def bundle(self) -> dict[str, Any]:
        raw, saved = self.state
        return bundle(self.question, raw, saved, self.lang)

    def refill(self) -> None:
        """Show what the record says now."""
        trouble = news = None
        try:
            record, news = opened(self.set, self.folder)
            raw = record.answers.get(self.question.id)
            self.state = raw, record.saved or now() if self.question.id in record.answers else None
            self.hear_of(record)
            self.field.fill(raw)
        except (Trouble, OSError) as error:
            trouble = error
        self._show(trouble, news)

    def hear_of(self, record: Record) -> None:
        """Which of the course's companies the answers are about: the one chosen in this set, else the set's own."""
        self.field.about(case_chosen(self.set, record.answers) or self.set.case)

    def changed(self, raw: Any) -> None:
        """A learner changed the answer: keep it, say so, renew the copy."""
        trouble = None
        try:
            record = keep(self.set, {self.question.id: raw}, self.folder)
            self.state = raw, record.saved
            if self.question.kind == "choice":
                for form in _in(self.folder):
                    form.hear_of(record)
        except (Trouble, OSError) as error:
            self.state, trouble = (raw, now()), error
        if self.said.value:
            self.marked, self.said.value = None, ""
        self._show(trouble)
        if tell := after_change.get(self.folder):
            tell()

    def _show(self, trouble: Exception | None = None, news: Words | None = None) -> None:
        raw, saved = self.state
        parts = [box([say(news, self.lang)])] if news else []
        if trouble:
            why = str(trouble) if isinstance(trouble, Trouble) else f"{getattr(trouble, 'strerror', None) or trouble}."
            parts.append(box([say(_WORDS["off"], self.lang, why=why)], "warn"))
        else:
            parts.append(self._status(raw, saved))
        self.status.value = f"<div role='status' aria-live='polite'>{''.join(parts)}</div>"
        if "solution" in self.buttons:
            self.buttons["solution"].disabled = self.marked is None
        if self.handle is not None:
            self.handle.update(self.bundle(), raw=True)

    def _status(self, raw: Any, saved: datetime | None) -> str:
        faults, notes = self.field.told(raw)
        read, line = read_answer(self.question, raw, self.lang), status_of(self.question, raw, saved, self.lang)
        remarks = [say(r, self.lang) for r in read.remarks]
        if faults or (raw is not None and read.value is None):
            return box([line, *(faults or remarks)], "warn")
        if read.value is not None and self.question.kind == "design":
            line += f" · {self.field.summary(read.value)}"
        elif read.value is not None and self.question.kind == "number":
            line += f" · {_WORDS['understood'][self.lang]} {'; '.join(shown(self.question, read.value, self.lang))}"
        look = "" if read.value is None else "part" if gaps(self.question, read.value) else "good"
        return box([line, *(notes or remarks)], look)

    # what the buttons do

    def checklist(self, button: Any = None) -> None:
        """Show what the 24 checks say of the design so far; they are public, in class too."""
        from ..checklist import check

        raw, case = self.state[0], getattr(self.field, "case", None)
        try:
            report = check(as_design(raw or {}, self.question.id, self.lang), case)
        except Trouble as trouble:
            self.said.value = box([say(trouble.words, self.lang)], "warn")
            return
        self.marked = None
        self.said.value = f"<div class='kpikit-box kpikit-checks' role='region' tabindex='0' aria-label='{escape(_WORDS['checklist'][self.lang])}'>{report._repr_html_()}</div>"
        self._lock()

    def check(self, button: Any = None) -> None:
        """Mark the answer and say why."""
        value = read_answer(self.question, self.state[0], self.lang).value
        if value is None or self.marker is None:
            self.said.value = box([_WORDS["untried"][self.lang]])
            return
        try:
            self.marked = self.marker(self.question, value, self._earlier())
        except Exception as error:  # whatever a key does, the notebook goes on
            self.said.value = box([say(_WORDS["not_marked"], self.lang, why=str(error)[:200])], "warn")
            return
        self.said.value = self._verdict(self.marked)
        self._lock()

    def _earlier(self) -> dict[str, Any]:
        """What is answered elsewhere in this set: a later answer may rest on it."""
        record, _ = opened(self.set, self.folder)
        others = (q for q in self.set.questions if q.id != self.question.id)
        read = {q.id: read_answer(q, record.answers.get(q.id), record.lang).value for q in others}
        return {id: value for id, value in read.items() if value is not None}

    def hint(self, button: Any = None) -> None:
        """Show the hint."""
        self.said.value = box([say(self.question.hint or {}, self.lang)])

    def solution(self, button: Any = None) -> None:
        """Show the solution, below what the check said."""
        if self.marked is None:
            return
        words = say(self.marked.solution, self.lang) if self.marked.solution else _WORDS["no_solution"][self.lang]
        self.said.value = self._verdict(self.marked) + box([f"{_WORDS['solution'][self.lang]}:", *words.splitlines()])

    def _verdict(self, marked: Marked) -> str:
        """Right or wrong, and why; a question of an exercise that is worth nothing has no right and wrong."""
        if self.question.points or self.set.lesson or not marked.reasons:
            return verdict(marked, self.lang, guess=self.set.lesson)
        return box([say(reason, self.lang) for reason in marked.reasons])

    def _lock(self) -> None:
        """A solution is for who has checked an answer."""
        if "solution" in self.buttons:
            self.buttons["solution"].disabled = self.marked is None


def case_chosen(set_: QuestionSet, answers: Mapping[str, Any]) -> str | None:
    """The course's company that a choice of this set names, as the capstone's first question does; else None."""
    there = cases()
    chosen = (read_answer(q, answers.get(q.id)).value for q in set_.questions if q.kind == "choice")
    return next((case for case in chosen if case in there), None)


def _marker_of(set_: QuestionSet) -> Marker | None:
    try:
        return marker(set_)
    except Exception:  # keys that cannot be opened are keys out of reach
        return None


def in_notebook() -> bool:
    """True where a kernel can carry forms to a front end."""
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return getattr(get_ipython(), "kernel", None) is not None


_live: dict[tuple[Path, str], Form] = {}  # the form last shown for a question, refilled when code answers it
after_change: dict[Path, Callable[[], None]] = {}  # who wants to hear of every change in a folder
asked_last: list[str] = []  # the exercise or lesson asked last in this kernel


def shown_now(form: Form) -> None:
    """Remember the form as the one that stands for its question in this folder."""
    _live[form.folder, form.question.id] = form


def form_on(folder: Path, id: str) -> Form | None:
    """The form last shown for a question, or None."""
    return _live.get((folder, id))


def _in(folder: Path) -> list[Form]:
    return [form for (place, _), form in _live.items() if place == folder]


def refill(folder: Path) -> None:
    """Fill every form of a folder anew from its record."""
    for form in _in(folder):
        form.refill()
