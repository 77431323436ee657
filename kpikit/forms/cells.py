"""A cell of a design's form: one field to fill in, and what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import ipywidgets as w

from ..language import Number, Trouble, Words, clean, number, same, say, scale_word, show
from .fields import CHOOSE, typed

OF_ROW = "the row's unit"
Options = list[tuple[str, str]]  # what is read, what it stands for
Item = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One field: its name in the document, its heading, its sort of cell, the share of a row it takes.

    ``sort``: text, long (several lines), number, choice (of ``options``) or suggest (any text, some offered).
    ``unit``: the unit a number is in; `OF_ROW` where the row says it.
    """

    name: str
    heading: Words
    sort: str = "text"
    width: int = 16
    options: Mapping[str, Words] = field(default_factory=dict)
    unit: str | None = OF_ROW
    sample: Words | None = None


def read_number(raw: Any, unit: str | None, lang: str) -> Number | Words:
    """The number as it is read, or what is wrong with it."""
    try:
        return number(clean(raw)[:-1] if unit == "%" and str(raw).strip().endswith("%") else raw, unit or None, lang)
    except Trouble as trouble:
        return trouble.words


def money(raw: Any, lang: str) -> str | None:
    """A large round number as one writes it, “500 tỷ”; None for any other.

    >>> money(500_000_000_000, "vi"), money(450, "vi")
    ('500 tỷ', None)
    """
    if not isinstance(raw, (int, float)) or abs(raw) < 1e6:
        return None
    text = show(raw, "VND", lang).removesuffix(" VND")
    return text if number(text, lang=lang).value == raw else None


# ---------------------------------------------------------------- a cell


class Cell:
    """One field to fill in: an input with its label, and under a number what was understood."""

    def __init__(self, column: Column, label: str, lang: str) -> None:
        self.column, self.lang = column, lang
        self._kept: tuple[str, Any] = ("", None)  # what was put: as it is shown, as it was given
        self._ids: dict[str, str] = {}  # what is offered, by its name
        self.input = self._made(label)
        self.echo = w.HTML()
        self.box = w.VBox([self.input, self.echo]) if column.sort == "number" else self.input
        self.box.add_class("kpikit-cell")
        self.offer([(words[lang], id) for id, words in column.options.items()])

    def _made(self, label: str) -> Any:
        sort = self.column.sort
        if sort == "choice":
            return w.Dropdown(description=label, options=[(CHOOSE[self.lang], "")], value="")
        kind = {"long": w.Textarea, "suggest": w.Combobox}.get(sort, w.Text)
        made = kind(description=label, continuous_update=True)
        if self.column.sample:
            made.placeholder = self.column.sample[self.lang]
        if sort == "long":
            made.rows = 2
        return made

    def offer(self, options: Options) -> None:
        """What can be chosen, or what is suggested; what stands in the cell stays."""
        if self.column.sort == "suggest":
            value, self._ids = self.value(), {same(name): id for name, id in options}
            names = tuple(name for name, _ in options)
            if self.input.options != names:
                self.input.options = names
                self.put(value)
        elif self.column.sort == "choice":
            now = self.input.value
            known = now in ("", *(id for _, id in options))
            there = ((CHOOSE[self.lang], ""), *options, *([] if known else [(now, now)]))
            if self.input.options != there:
                self.input.options, self.input.value = there, now

    def value(self) -> Any:
        """What stands in the cell, as it was given where nobody touched it; None where it is empty."""
        shown = clean(self.input.value or "")
        if not shown:
            return None
        return self._kept[1] if shown == self._kept[0] else self._ids.get(same(shown), shown)

    def put(self, raw: Any) -> None:
        """Show a raw value."""
        if self.column.sort == "choice":
            shown = self._option(raw)
        else:
            named = next((n for n in getattr(self.input, "options", ()) if self._ids[same(n)] == raw), "")
            shown = named or clean(self._written(raw))
        self._kept = (shown, raw if shown and not (isinstance(raw, str) and self.column.sort == "choice") else shown)
        self.input.value = shown

    def _written(self, raw: Any) -> str:
        if self.column.sort != "number" and isinstance(raw, (int, float)):
            return str(raw)  # a year, not an amount
        return (self.column.sort == "number" and money(raw, self.lang)) or typed(raw, self.lang)

    def _option(self, raw: Any) -> str:
        """The option that is meant; letter case, spaces and underscores do not matter. What is not offered is kept."""

        def letters(word: str) -> str:
            return "".join(word.casefold().split()).replace("_", "").replace("-", "")

        text = ", ".join(map(str, raw)) if isinstance(raw, list) else typed(raw, self.lang)
        found = next((id for _, id in self.input.options if letters(id) == letters(text)), None)
        if found is None:
            self.input.options = (*self.input.options, (text, text))
        return text if found is None else found

    def hear(self, unit: str | None) -> tuple[str | None, str | None]:
        """Show under a number what it was read as, and mark it where it is none; gives fault and remark in words."""
        if self.column.sort != "number":
            return None, None
        raw, fault, remark, shown = self.value(), None, None, ""
        if raw is not None:
            unit = unit if self.column.unit == OF_ROW else self.column.unit
            unit = None if unit and scale_word(unit) else unit  # “tỷ” as a unit is how large, not of what
            read = read_number(raw, unit, self.lang)
            if isinstance(read, Number):
                bare = None if unit else money(read.value, self.lang)
                shown = f"= {bare or show(read.value, unit, self.lang)}"
                remark = say(read.echo, self.lang) if read.echo else None
            else:
                fault = say(read, self.lang)
        self.echo.value = f"<span class='kpikit-echo'>{escape(shown)}</span>"
        (self.input.add_class if fault else self.input.remove_class)("kpikit-off")
        return fault, remark


def heard(cells: Mapping[str, Cell], unit: Any, lang: str) -> tuple[list[str], list[str]]:
    """Have every number of a row read: what is wrong, and what had two readings, each with its heading."""
    faults, remarks = [], []
    for cell in cells.values():
        fault, remark = cell.hear(unit if isinstance(unit, str) else None)
        faults += [f"{cell.column.heading[lang]}: {fault}"] if fault else []
        remarks += [f"{cell.column.heading[lang]}: {remark}"] if remark else []
    return faults, remarks
