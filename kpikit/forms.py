"""A question as a form: asked, filled from the record, saved at every change, marked where keys are in reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from .form_words import (
    box,
    bundle,
    copy_lines,
    gaps,
    paragraphs,
    points_of,
    status_of,
    style,
    title_of,
    verdict,
)
from .keeping import keep, opened
from .language import Trouble, Words, current, say
from .questions import Marked, Marker, Question, QuestionSet, marker, plain, questions_of, read_answer, set_id, shown
from .records import now

_WORDS: dict[str, Words] = {
    "rubric": {"vi": "Người chấm sẽ xem:", "en": "What the marker looks for:"},
    "understood": {"vi": "Hiểu là:", "en": "Understood as:"},
    "off": {
        "vi": "⚠ Câu trả lời chưa ghi được vào answers.yaml: {why} Bạn cứ làm tiếp: câu trả lời nằm trong kết quả của ô này. "
        "Hãy lưu notebook (Ctrl+S) và nộp chính notebook.",
        "en": "⚠ The answer could not be written to answers.yaml: {why} Carry on: it is kept in this cell's output. "
        "Save the notebook (Ctrl+S) and hand in the notebook itself.",
    },
    "check": {"vi": "Kiểm tra", "en": "Check"},
    "hint": {"vi": "Gợi ý", "en": "Hint"},
    "solution": {"vi": "Lời giải", "en": "Solution"},
    "untried": {
        "vi": "○ Chưa có câu trả lời đọc được để kiểm tra. Hãy trả lời trước đã.",
        "en": "○ There is no readable answer to check yet. Answer first.",
    },
    "no_solution": {"vi": "Câu này không có lời giải viết sẵn.", "en": "There is no written solution to this one."},
    "not_marked": {
        "vi": "⚠ Lúc này chưa chấm được ({why}). Câu trả lời vẫn được lưu.",
        "en": "⚠ It cannot be checked right now ({why}). The answer is saved all the same.",
    },
    "how": {"vi": 'Trả lời: kpikit.answer("{id}", ...)', "en": 'To answer: kpikit.answer("{id}", ...)'},
    "unfit": {
        "vi": "Chưa lưu câu {id}: nội dung đưa vào không phải một câu trả lời.",
        "en": "{id} was not saved: what was given is no answer.",
    },
}


def ask(id: str) -> None:
    """Show a question's form, filled with what was answered before; every change is saved at once.

    ``id``: the question's, such as ``"ex01-q1"``. The cell's output carries a copy of the answer. Without a
    notebook the question is printed. Raises `Trouble` where there is no such question.

    >>> ask("ex99-q1")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kpikit.language.Trouble: ...“ex99”...
    """
    set_ = questions_of(set_id(id))
    question, folder = set_.find(id), Path.cwd()
    asked_last[:] = [set_.id]
    if not in_notebook():
        print(as_text(set_, question, folder))
        return
    form = Form(set_, question, folder)
    _live[folder, id] = form
    form.display()


def answer(id: str, value: Any) -> None:
    """Set an answer from code, as its form would; None withdraws it.

    ``value`` by kind: an option's id; a list of ids; ``{item: option}``; a number in the question's unit, or text
    such as ``"12,5 tỷ"``; text; a design or its KPIs. Raises `Trouble` that says what was expected where the
    value is no answer, and then saves nothing.
    """
    set_ = questions_of(set_id(id))
    question, folder, lang = set_.find(id), Path.cwd(), current()
    asked_last[:] = [set_.id]
    raw = _plain_tree(value)
    read = read_answer(question, raw, lang)
    if read.value is None and raw not in (None, "", [], {}):
        raise Trouble(
            **{
                code: " ".join(
                    [say(_WORDS["unfit"], code, id=id), *(r[code] for r in read.remarks), _expected(question, code)]
                )
                for code in ("vi", "en")
            }
        )
    raw = raw if read.value is not None else None
    record = keep(set_, {id: raw}, folder)
    if in_notebook():
        from IPython.display import display

        display(bundle(question, raw, record.saved, lang), raw=True)
        if form := _live.get((folder, id)):
            form.refill()
    else:
        print(copy_lines(question, raw, record.saved, lang)[0])


def _expected(question: Question, lang: str) -> str:
    """What an answer of this kind looks like in code."""
    first = next(iter(question.options), "")
    sample = {
        "choice": repr(first),
        "choices": f"[{first!r}, ...]",
        "classify": f"{{{next(iter(question.items), '')!r}: {first!r}, ...}}",
        "number": "12.5",
        "text": '"..."',
        "design": '[{"name": "...", "kind": "outcome", "scale": {"floor": 1, "target": 2, "stretch": 3}}]',
    }[question.kind]
    return {
        "vi": f'Ví dụ: kpikit.answer("{question.id}", {sample})',
        "en": f'For example: kpikit.answer("{question.id}", {sample})',
    }[lang]


def _plain_tree(value: Any) -> Any:
    """A value from code as plain values: pandas' and numpy's numbers become Python's, sets and tuples lists."""
    value = plain(value)
    if isinstance(value, Mapping):
        return {str(k): _plain_tree(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain_tree(v) for v in value]
    return value.item() if hasattr(value, "item") and not isinstance(value, (str, int)) else value


def as_text(set_: QuestionSet, question: Question, folder: Path) -> str:
    """The question and its answer so far where no form can be shown."""
    lang = current()
    try:
        record, news = opened(set_, folder)
        saved = record.saved if question.id in record.answers else None
        last = copy_lines(question, record.answers.get(question.id), saved, lang)
    except (Trouble, OSError) as error:
        news, last = None, (str(error), [])
    choices = [f"  {id} = {text[lang]}" for part in (question.items, question.options) for id, text in part.items()]
    return "\n".join(
        filter(
            None,
            [
                title_of(set_, question, lang),
                question.ask[lang],
                *choices,
                say(news, lang) if news else None,
                last[0],
                *last[1],
                say(_WORDS["how"], lang, id=question.id),
            ],
        )
    )


# ---------------------------------------------------------------- the form


class Form:
    """A question's form: ``box`` is what is shown, ``handle`` the cell's copy of the answer."""

    def __init__(self, set_: QuestionSet, question: Question, folder: Path) -> None:
        import ipywidgets as w

        from .kpi_table import FIELDS

        self.set, self.question, self.folder, self.lang = set_, question, folder, current()
        self.handle: Any = None
        self.state: tuple[Any, datetime | None] = (None, None)
        self.field = FIELDS[question.kind](question, self.lang, self.changed)
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
        if self.marker is None:
            return []
        return ["check", *(["hint"] if self.question.hint else []), "solution"]

    def _head(self) -> str:
        question, lang = self.question, self.lang
        head = f"<style>{style()}</style><div class='kpikit-tag'>{escape(title_of(self.set, question, lang))}</div>{paragraphs(question.ask[lang])}"
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
            self.field.fill(raw)
        except (Trouble, OSError) as error:
            trouble = error
        self._show(trouble, news)

    def changed(self, raw: Any) -> None:
        """A learner changed the answer: keep it, say so, renew the copy."""
        trouble = None
        try:
            record = keep(self.set, {self.question.id: raw}, self.folder)
            self.state = raw, record.saved
        except (Trouble, OSError) as error:
            self.state, trouble = (raw, now()), error
        if self.marked:
            self.marked, self.said.value = None, ""
        self._show(trouble)
        if tell := after_change.get(self.folder):
            tell()

    def _show(self, trouble: Exception | None = None, news: Words | None = None) -> None:
        raw, saved = self.state
        faults, notes = self.field.told(raw)
        parts = [box([say(news, self.lang)])] if news else []
        if trouble:
            why = str(trouble) if isinstance(trouble, Trouble) else f"{getattr(trouble, 'strerror', None) or trouble}."
            parts.append(box([say(_WORDS["off"], self.lang, why=why)], "warn"))
        else:
            parts.append(self._status(raw, saved, faults, notes))
        self.status.value = f"<div role='status' aria-live='polite'>{''.join(parts)}</div>"
        if "solution" in self.buttons:
            self.buttons["solution"].disabled = self.marked is None
        if self.handle is not None:
            self.handle.update(self.bundle(), raw=True)

    def _status(self, raw: Any, saved: datetime | None, faults: list[str], notes: list[str]) -> str:
        read, line = read_answer(self.question, raw, self.lang), status_of(self.question, raw, saved, self.lang)
        remarks = [say(r, self.lang) for r in read.remarks]
        if faults or (raw is not None and read.value is None):
            return box([line, *(faults or remarks)], "warn")
        if read.value is not None and self.question.kind in ("number", "design"):
            line += f" · {_WORDS['understood'][self.lang]} {'; '.join(shown(self.question, read.value, self.lang))}"
        look = "" if read.value is None else "part" if gaps(self.question, read.value) else "good"
        return box([line, *(notes or remarks)], look)

    # what the buttons do

    def check(self, button: Any = None) -> None:
        """Mark the answer and say why."""
        value = read_answer(self.question, self.state[0], self.lang).value
        if value is None or self.marker is None:
            self.said.value = box([_WORDS["untried"][self.lang]])
            return
        try:
            self.marked = self.marker(self.question, value)
        except Exception as error:  # whatever a key does, the notebook goes on
            self.said.value = box([say(_WORDS["not_marked"], self.lang, why=str(error)[:200])], "warn")
            return
        self.said.value = verdict(self.marked, self.lang)
        self.buttons["solution"].disabled = False

    def hint(self, button: Any = None) -> None:
        """Show the hint."""
        self.said.value = box([say(self.question.hint or {}, self.lang)])

    def solution(self, button: Any = None) -> None:
        """Show the solution, below what the check said."""
        if self.marked is None:
            return
        words = say(self.marked.solution, self.lang) if self.marked.solution else _WORDS["no_solution"][self.lang]
        self.said.value = verdict(self.marked, self.lang) + box(
            [f"{_WORDS['solution'][self.lang]}:", *words.splitlines()]
        )


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


def refill(folder: Path) -> None:
    """Fill every form of a folder anew from its record."""
    for (place, _), form in _live.items():
        if place == folder:
            form.refill()
