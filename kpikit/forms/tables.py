"""Tables of cells: rows of the same fields, a line each; a list of texts is a table of one column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import ipywidgets as w

from ..language import Words
from .cells import Cell, Column, Item, Options, heard
from .fields import Ear

_REMOVE: Words = {"vi": "Bỏ dòng này", "en": "Remove this line"}


class _Row:
    """One line of a table: its cells, and under them what is wrong in it."""

    def __init__(self, table: Table, place: int) -> None:
        self.table, self.place, self.base = table, place, dict[str, Any]()
        lang, what = table.lang, table.what[table.lang]
        self.cells = {
            c.name: Cell(c, f"{what} {place}: {c.heading[lang]}".removesuffix(": "), lang) for c in table.columns
        }
        for name, options in table.offered.items():
            self.cells[name].offer(options)
        self.name, self.fault = w.HTML(), w.HTML()
        line = [cell.box for cell in self.cells.values()]
        for cell in self.cells.values():
            cell.box.layout = table.width(cell.column)
        if table.ids:
            self.name.layout = w.Layout(flex="0 0 44px")
            line.insert(0, self.name)
        if table.removable:
            button = w.Button(description="✕", tooltip=_REMOVE[lang], layout=w.Layout(flex="0 0 38px"))
            button.add_class("kpikit-small")
            button.on_click(lambda _: table.remove(self))
            line.append(button)
        self.line = w.HBox(line)
        self.line.add_class("kpikit-row")
        self.box = w.VBox([self.line, self.fault])

    def raw(self) -> Item:
        said = {name: v for name, cell in self.cells.items() if (v := cell.value()) is not None}
        kept = {k: v for k, v in self.base.items() if k not in self.cells}
        if not said and not set(kept) - {"id"}:
            return {}
        if self.table.ids and not kept.get("id"):
            kept = self.base = {"id": self.table.free_id(), **kept}
        return {**kept, **said}

    def put(self, item: Item) -> None:
        self.base = dict(item)
        for name, cell in self.cells.items():
            cell.put(item.get(name))

    def told(self) -> tuple[list[str], list[str]]:
        unit = self.cells["unit"].value() if "unit" in self.cells else self.base.get("unit")
        faults, remarks = heard(self.cells, unit or self.table.unit, self.table.lang)
        lines = "".join(f"<div>⚠ {escape(fault)}</div>" for fault in faults)
        self.fault.value = f"<div class='kpikit-fault'>{lines}</div>" if lines else ""
        self.fault.layout.display = "" if lines else "none"
        if self.table.ids:
            self.name.value = f"<b>{escape(str(self.base.get('id') or '·'))}</b>"
        place = f"{self.table.what[self.table.lang]} {self.place}, "
        return [place + fault for fault in faults], [place + remark for remark in remarks]


class Table:
    """Rows of the same fields, a line each; an emptied row is gone. A table of one column has no headings.

    ``ids``: rows have ids of this letter, given as they are filled. ``unit``: of numbers where the row says none.
    ``flat``, ``deep``: an item of the document as a row, and back.
    """

    def __init__(
        self,
        columns: Iterable[Column],
        ear: Ear,
        lang: str,
        *,
        what: Words,
        add: Words,
        rows: int = 2,
        most: int = 20,
        ids: str = "",
        taken: Iterable[str] = (),
        unit: str | None = None,
        removable: bool = True,
        flat: Callable[[Any], Item] = lambda one: dict(one) if isinstance(one, Mapping) else {},
        deep: Callable[[Item], Any] = dict,
    ) -> None:
        self.columns, self.ear, self.lang = tuple(columns), ear, lang
        self.what, self.least, self.most, self.ids, self.unit = what, rows, most, ids, unit
        self.taken, self.removable, self._flat, self._deep = set(taken), removable, flat, deep
        self.offered: dict[str, Options] = {}
        self.rows: list[_Row] = []
        self.body = w.VBox()
        self.body.add_class("kpikit-table")
        self.more = w.Button(description=add[lang])
        self.more.on_click(lambda _: self._grow(len(self.rows) + 1))
        self.box = w.VBox([self.body, self.more])
        self._grow(rows)

    def width(self, column: Column) -> w.Layout:
        return w.Layout(flex=f"{column.width} 1 0px", width="auto")

    def _head(self) -> list[w.Widget]:
        if len(self.columns) == 1:
            return []
        cells = [w.HTML(escape(c.heading[self.lang]), layout=self.width(c)) for c in self.columns]
        if self.ids:
            cells.insert(0, w.HTML(layout=w.Layout(flex="0 0 44px")))
        if self.removable:
            cells.append(w.HTML(layout=w.Layout(flex="0 0 38px")))
        head = w.HBox(cells)
        head.add_class("kpikit-row")
        head.add_class("kpikit-head")
        return [head]

    def _grow(self, rows: int) -> None:
        while len(self.rows) < rows:
            row = _Row(self, len(self.rows) + 1)
            self.ear.to(*(cell.input for cell in row.cells.values()))
            self.rows.append(row)
            row.told()
        self._lay()

    def _lay(self) -> None:
        head = self.body.children[: 1 if len(self.columns) > 1 else 0] or self._head()
        self.body.children = (*head, *(row.box for row in self.rows))
        self.more.disabled = len(self.rows) >= max(self.most, self.least)

    def offer(self, name: str, options: Options) -> None:
        """What can be chosen in a column."""
        self.offered[name] = options
        with self.ear.closed():
            for row in self.rows:
                row.cells[name].offer(options)

    def free_id(self) -> str:
        """The first id of this table's letter that no row has."""
        there = self.taken | {str(row.base.get("id")) for row in self.rows}
        return next(id for n in range(1, 10_000) if (id := f"{self.ids}{n}") not in there)

    def remove(self, row: _Row) -> None:
        """Take a row out; the ones below move up."""
        left = [raw for other in self.rows if other is not row and (raw := other.raw())]
        with self.ear.closed():
            self._put(left)
        self.ear.tell()

    def raw(self) -> list[Any] | None:
        """The items, those with nothing in them left out; None where there is none."""
        return [self._deep(raw) for row in self.rows if (raw := row.raw())] or None

    def put(self, raw: Any) -> None:
        """Show the items of a document."""
        items = [self._flat(one) for one in raw if isinstance(one, (Mapping, str))] if isinstance(raw, list) else []
        self._put(items)

    def _put(self, items: list[Item]) -> None:
        self.rows = self.rows[: max(len(items), self.least)]
        self._grow(len(items))
        for n, row in enumerate(self.rows):
            row.put(items[n] if n < len(items) else {})
            row.told()

    def told(self) -> tuple[list[str], list[str]]:
        """Numbers that cannot be read, and those that were read one way of two; each is marked in its place."""
        parts = [row.told() for row in self.rows]
        return [f for faults, _ in parts for f in faults], [r for _, remarks in parts for r in remarks]


def texts(ear: Ear, lang: str, *, what: Words, add: Words, sample: Words, rows: int = 2) -> Table:
    """A short list of texts; an item that says more than its text keeps that."""
    column = Column("text", {"vi": "", "en": ""}, sample=sample)
    return Table(
        [column],
        ear,
        lang,
        what=what,
        add=add,
        rows=rows,
        flat=lambda one: {"text": one} if isinstance(one, str) else dict(one),
        deep=lambda row: row["text"] if set(row) == {"text"} else dict(row),
    )
