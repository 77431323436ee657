"""Asking and answering: a question's form in a notebook, its text elsewhere, an answer from code or from a file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..documents import READERS, read_tree
from ..files import as_design
from ..keeping import keep, opened
from ..language import LANGUAGES, Trouble, Words, current, say
from ..questions import Question, QuestionSet, plain, questions_of, read_answer, set_id
from .form import Form, asked_last, form_on, in_notebook, shown_now
from .words import bundle, copy_lines, title_of

_WORDS: dict[str, Words] = {
    "how": {"vi": 'Trả lời: kpikit.answer("{id}", ...)', "en": 'To answer: kpikit.answer("{id}", ...)'},
    "unfit": {
        "vi": "Chưa lưu câu {id}: nội dung đưa vào không phải một câu trả lời.",
        "en": "{id} was not saved: what was given is no answer.",
    },
    "sample": {
        "vi": 'Ví dụ: kpikit.answer("{id}", {sample})',
        "en": 'For example: kpikit.answer("{id}", {sample})',
    },
}
_DESIGNS = {
    "all": '"my.yaml"',
    "aop": '{"priority": "growth", "goals": [...]}',
    "kpis": '[{"name": "...", "kind": "outcome", "scale": {"floor": 1, "target": 2, "stretch": 3}}]',
    "review": '{"cadence": "monthly", "analyst": "..."}',
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
    shown_now(form)
    form.display()


def answer(id: str, value: Any) -> None:
    """Set an answer from code, as its form would; None withdraws it.

    ``value`` by kind: an option's id; a list of ids; ``{item: option}``; a number in the question's unit, or text
    such as ``"12,5 tỷ"``; text; a design, its part, or the path of a design's file. Raises `Trouble` that says what
    was expected where the value is no answer, and then saves nothing.
    """
    set_ = questions_of(set_id(id))
    question, folder, lang = set_.find(id), Path.cwd(), current()
    asked_last[:] = [set_.id]
    raw = plain_tree(_from_file(value, lang) if question.kind == "design" else value)
    read = read_answer(question, raw, lang)
    if read.value is None and raw not in (None, "", [], {}):
        raise _unfit(question, read.remarks)
    raw = raw if read.value is not None else None
    record = keep(set_, {id: raw}, folder)
    if not in_notebook():
        print(copy_lines(question, raw, record.saved, lang)[0])
        return
    from IPython.display import display

    display(bundle(question, raw, record.saved, lang), raw=True)
    if form := form_on(folder, id):
        form.refill()


def _unfit(question: Question, remarks: tuple[Words, ...]) -> Trouble:
    """What is wrong with an answer from code, and what one of its kind looks like."""
    first = next(iter(question.options), "")
    sample = {
        "choice": repr(first),
        "choices": f"[{first!r}, ...]",
        "classify": f"{{{next(iter(question.items), '')!r}: {first!r}, ...}}",
        "number": "12.5",
        "text": '"..."',
        "design": _DESIGNS[question.part],
    }[question.kind]

    def told(code: str) -> str:
        parts = [say(_WORDS["unfit"], code, id=question.id), *(r[code] for r in remarks)]
        return " ".join([*parts, _WORDS["sample"][code].format(id=question.id, sample=sample)])

    return Trouble(**{code: told(code) for code in LANGUAGES})


def _from_file(value: Any, lang: str) -> Any:
    """The design in a file, where ``value`` names one. Raises `Unreadable` for a file that holds none."""
    named = isinstance(value, os.PathLike) or (isinstance(value, str) and Path(value).suffix.casefold() in READERS)
    return as_design(read_tree(value), str(value), lang).as_document() if named else value


def plain_tree(value: Any) -> Any:
    """A value from code as plain values: pandas' and numpy's numbers become Python's, sets and tuples lists."""
    value = plain(value)
    if isinstance(value, Mapping):
        return {str(k): plain_tree(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_tree(v) for v in value]
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
    lines = [title_of(set_, question, lang), question.ask[lang], *choices, say(news, lang) if news else None]
    return "\n".join(filter(None, [*lines, last[0], *last[1], say(_WORDS["how"], lang, id=question.id)]))
