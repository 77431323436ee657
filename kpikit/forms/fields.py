"""The widgets of the short kinds of question: values in, values out; what is kept and marked stands in `form`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import ipywidgets as w

from ..design import TEXT_LIMIT
from ..keeping import yaml_number
from ..language import Trouble, Words, clean, number, say, show
from ..questions import Question, read_answer

CHOOSE: Words = {"vi": "– chọn –", "en": "– choose –"}
_WORDS: dict[str, Words] = {
    "number": {"vi": "Con số của anh chị", "en": "Your number"},
    "unit": {"vi": "(đơn vị: {unit})", "en": "(unit: {unit})"},
    "text": {"vi": "Bài viết của anh chị", "en": "Your text"},
    "typed": {"vi": "{n} ký tự", "en": "{n} characters"},
    "too_long": {
        "vi": "⚠ {n} ký tự, quá mức {most}: hãy rút ngắn.",
        "en": "⚠ {n} characters, over the limit of {most}: shorten it.",
    },
}


class Ear:
    """Hears what a learner changes, and nothing while a form is being filled."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed, self._filling = changed, 0

    def to(self, *inputs: w.Widget, first: Callable[[Any], None] | None = None) -> None:
        """Listen to these widgets; ``first`` hears of a learner's change before it is told."""

        def hear(change: Any) -> None:
            if not self._filling:
                if first:
                    first(change)
                self._changed()

        for one in inputs:
            one.observe(hear, names="value")

    def tell(self) -> None:
        """A learner changed something by a button."""
        self._changed()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """While this lasts, what changes is no learner's doing."""
        self._filling += 1
        try:
            yield
        finally:
            self._filling -= 1


class Field(ABC):
    """One question's widgets: ``box`` shows them, ``fill`` sets them, ``changed(raw)`` hears what a learner changes."""

    def __init__(self, question: Question, lang: str, changed: Callable[[Any], None]) -> None:
        self.question, self.lang = question, lang
        self.ear = Ear(lambda: changed(self.raw()))
        self.box: w.Box = self.build()

    @abstractmethod
    def build(self) -> w.Box:
        """The widgets, empty."""

    @abstractmethod
    def raw(self) -> Any:
        """The answer as it goes into the record; None where nothing is filled in."""

    @abstractmethod
    def put(self, raw: Any) -> None:
        """Show a raw answer in the widgets."""

    def about(self, case: str | None) -> None:  # noqa: B027 - most kinds do not care
        """Which of the course's companies the answer is about."""

    def told(self, raw: Any) -> tuple[list[str], list[str]]:
        """Words on the answer beside what every kind shows: things to mend, and how it was understood."""
        return [], []

    def summary(self, value: Any) -> str:
        """What was understood, in a few words."""
        return ""

    def say(self, key: str, **facts: Any) -> str:
        return say(_WORDS[key], self.lang, **facts)

    def fill(self, raw: Any) -> None:
        """Show a raw answer without telling it as the learner's change."""
        with self.ear.closed():
            self.put(raw)

    def value(self, raw: Any) -> Any:
        """What the raw answer is read as, None where it cannot be."""
        return read_answer(self.question, raw, self.lang).value


def typed(raw: Any, lang: str) -> str:
    """A raw value as its field shows it: text as it was typed, a number the reader's way and exact."""
    if raw is None or isinstance(raw, (Mapping, list)):
        return ""
    try:
        value = number(raw).value if isinstance(raw, (int, float)) or yaml_number(raw) else None
        if value is None or number(text := show(value, lang=lang), lang=lang).value == value:
            return str(raw) if value is None else text
        return repr(value).replace(".", ",") if lang == "vi" and "e" not in repr(value) else repr(value)
    except Trouble:
        return str(raw)


class Choice(Field):
    """One of several: radio buttons whose labels wrap."""

    def build(self) -> w.Box:
        options = [(text[self.lang], id) for id, text in self.question.options.items()]
        self.radio = w.RadioButtons(options=options, value=None)
        self.ear.to(self.radio)
        return w.VBox([self.radio])

    def raw(self) -> Any:
        return self.radio.value

    def put(self, raw: Any) -> None:
        self.radio.value = self.value(raw)


class Choices(Field):
    """Any of several: a box to tick for each."""

    def build(self) -> w.Box:
        self.ticks = {
            id: w.Checkbox(description=text[self.lang], indent=False) for id, text in self.question.options.items()
        }
        self.ear.to(*self.ticks.values())
        return w.VBox(list(self.ticks.values()))

    def raw(self) -> Any:
        return [id for id, tick in self.ticks.items() if tick.value] or None

    def put(self, raw: Any) -> None:
        chosen = self.value(raw) or []
        for id, tick in self.ticks.items():
            tick.value = id in chosen


class Classify(Field):
    """Items to sort: a line an item, its group chosen beside it; Tab goes from line to line, a letter chooses."""

    def build(self) -> w.Box:
        options = [(CHOOSE[self.lang], ""), *((text[self.lang], id) for id, text in self.question.options.items())]
        self.lines = {
            id: w.Dropdown(description=text[self.lang], options=options, value="")
            for id, text in self.question.items.items()
        }
        self.ear.to(*self.lines.values())
        box = w.VBox(list(self.lines.values()))
        box.add_class("kpikit-sort")
        return box

    def raw(self) -> Any:
        return {id: line.value for id, line in self.lines.items() if line.value} or None

    def put(self, raw: Any) -> None:
        chosen = self.value(raw) or {}
        for id, line in self.lines.items():
            line.value = chosen.get(id, "")


class Number(Field):
    """A number, typed the reader's way; what was understood is echoed under the form."""

    def build(self) -> w.Box:
        unit = self.question.unit
        in_words = show(0, unit, self.lang)[1:].strip()
        label = self.say("number") + (f" {self.say('unit', unit=in_words)}" if unit else "")
        self.text = w.Text(
            description=label, placeholder=_example(unit, self.lang), style={"description_width": "auto"}
        )
        self.text.add_class("kpikit-short")
        self.ear.to(self.text)
        return w.VBox([self.text])

    def raw(self) -> Any:
        return clean(self.text.value) or None

    def put(self, raw: Any) -> None:
        self.text.value = typed(raw, self.lang)


def _example(unit: str | None, lang: str) -> str:
    if unit in ("VND", "USD"):
        return {"vi": "ví dụ: 12,5 tỷ", "en": "e.g. 12.5bn"}[lang]
    return {"vi": "ví dụ: 12,5", "en": "e.g. 12.5"}[lang]


class Text(Field):
    """A written answer with its count of characters; every keystroke is kept."""

    def build(self) -> w.Box:
        self.text = w.Textarea(description=self.say("text"), rows=6, continuous_update=True)
        self.text.add_class("kpikit-stack")
        self.count = w.HTML()
        self.text.observe(self._count, names="value")
        self._count()
        self.ear.to(self.text)
        return w.VBox([self.text, self.count])

    def _count(self, change: Any = None) -> None:
        n = len(self.text.value)
        key = "too_long" if n > TEXT_LIMIT else "typed"
        self.count.value = self.say(key, n=show(n, lang=self.lang), most=show(TEXT_LIMIT, lang=self.lang))

    def raw(self) -> Any:
        return self.text.value if clean(self.text.value) else None

    def put(self, raw: Any) -> None:
        self.text.value = "" if raw is None or isinstance(raw, (Mapping, list)) else str(raw)


FIELDS: dict[str, type[Field]] = {
    "choice": Choice,
    "choices": Choices,
    "classify": Classify,
    "number": Number,
    "text": Text,
}
