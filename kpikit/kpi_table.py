"""The short table of KPIs that a design question is answered in: a row a KPI, plain headings, no YAML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as w

from .form_kinds import CHOOSE, Choice, Choices, Classify, Field, Number, Text, typed
from .language import Trouble, Words, clean, number, say
from .questions import KIND_WORDS, Question

MOST_ROWS = 8

_WORDS: dict[str, Words] = {
    "add": {"vi": "+ Thêm một KPI", "en": "+ Add a KPI"},
    "later": {
        "vi": "Form cho phần này của bản thiết kế sẽ có ở bản sau. Tạm thời hãy dùng kpikit.answer(...).",
        "en": "The form for this part of a design comes in a later version. Use kpikit.answer(...) until then.",
    },
}
_LISTS: dict[str, dict[str, Words]] = {
    "kind": {
        **KIND_WORDS,
        "driver": {"vi": "yếu tố tác động", "en": "driver"},
        "activity": {"vi": "hoạt động", "en": "activity"},
        "compliance": {"vi": "tuân thủ", "en": "compliance"},
    },  # short enough for a cell
    "level": {
        "company": {"vi": "công ty", "en": "company"},
        "department": {"vi": "phòng ban", "en": "department"},
        "individual": {"vi": "cá nhân", "en": "person"},
    },
    "direction": {
        "up": {"vi": "càng cao càng tốt", "en": "higher is better"},
        "down": {"vi": "càng thấp càng tốt", "en": "lower is better"},
    },
    "cadence": {
        "daily": {"vi": "ngày", "en": "daily"},
        "weekly": {"vi": "tuần", "en": "weekly"},
        "monthly": {"vi": "tháng", "en": "monthly"},
        "quarterly": {"vi": "quý", "en": "quarterly"},
        "half_yearly": {"vi": "nửa năm", "en": "half-yearly"},
        "yearly": {"vi": "năm", "en": "yearly"},
    },
    "origin": {
        "aop": {"vi": "từ AOP", "en": "the AOP"},
        "job": {"vi": "từ mô tả công việc", "en": "the job"},
        "habit": {"vi": "thói quen cũ", "en": "habit"},
    },
}
_HEADINGS: dict[str, Words] = {
    "name": {"vi": "Tên KPI", "en": "KPI"},
    "kind": {"vi": "Loại chỉ số", "en": "Kind"},
    "goal": {"vi": "Mục tiêu", "en": "Goal it serves"},
    "metric": {"vi": "Chỉ số", "en": "Metric"},
    "floor": {"vi": "Ngưỡng tối thiểu", "en": "Floor"},
    "target": {"vi": "Mức đạt", "en": "Target"},
    "stretch": {"vi": "Mức vượt kỳ vọng", "en": "Stretch"},
    "baseline": {"vi": "Mức năm trước", "en": "Last year"},
    "decision": {"vi": "Quyết định điều chỉnh", "en": "Decision it serves"},
    "unit": {"vi": "Đơn vị", "en": "Unit"},
    "weight": {"vi": "Trọng số (%)", "en": "Weight (%)"},
    "owner": {"vi": "Người chịu trách nhiệm", "en": "Owner"},
    "level": {"vi": "Cấp", "en": "Level"},
    "scorecard": {"vi": "Bảng KPI của", "en": "Scorecard of"},
    "contributes": {"vi": "Đóng góp vào KPI cấp trên", "en": "How it contributes"},
    "parent": {"vi": "KPI cấp trên", "en": "Parent KPI"},
    "cadence": {"vi": "Nhịp theo dõi", "en": "Cadence"},
    "direction": {"vi": "Chiều tốt", "en": "Better is"},
    "origin": {"vi": "Vì sao có", "en": "Why it is here"},
    "evidence": {"vi": "Bằng chứng", "en": "Evidence"},
    "source": {"vi": "Nguồn số liệu", "en": "Source"},
    "formula": {"vi": "Cách tính", "en": "Formula"},
    "lag_days": {"vi": "Trễ (ngày)", "en": "Lag (days)"},
}
_COLUMNS = ("name", "kind", "goal", "floor", "target", "stretch", "decision")
_SCALE = ("floor", "target", "stretch")
_NUMBERS = (*_SCALE, "baseline", "weight", "lag_days")
_WIDE = ("name", "decision", "contributes", "evidence", "formula", "source")


class Design(Field):
    """A short table of KPIs, a row each; numbers are typed the reader's way."""

    def build(self) -> w.Box:
        self.rest: dict[str, Any] = {}  # what a design made elsewhere says beyond its KPIs
        self.rows: list[_Row] = []
        if self.question.part not in ("all", "kpis"):
            return w.VBox([w.HTML(_WORDS["later"][self.lang])])
        self.columns = self.question.columns or _COLUMNS
        head = w.HBox([w.HTML(_heading(c, self.lang), layout=_width(c)) for c in self.columns])
        head.add_class("kpikit-row")
        self.table = w.VBox([head])
        self.table.add_class("kpikit-table")
        self.more = w.Button(description=_WORDS["add"][self.lang])
        self.more.on_click(lambda _: self._add())
        for _ in range(min(self.question.rows, MOST_ROWS)):
            self._add()
        goals = " · ".join(escape(name) for name, _ in _goals(self.question, self.lang))
        return w.VBox(
            [w.HTML(f"<b>{_heading('goal', self.lang)}:</b> {goals}" if goals else ""), self.table, self.more]
        )

    def _add(self) -> None:
        row = _Row(len(self.rows) + 1, self.columns, _goals(self.question, self.lang), self.lang)
        self.hear(*row.cells.values())
        self.rows.append(row)
        self.table.children = (*self.table.children, row.box)
        self.more.disabled = len(self.rows) >= max(MOST_ROWS, self.question.rows)

    def raw(self) -> Any:
        kpis = [kpi for row in self.rows if (kpi := row.raw())]
        if self.question.part == "kpis" and not self.rest:
            return kpis or None
        return {**self.rest, "kpis": kpis} if kpis or self.rest else None

    def put(self, raw: Any) -> None:
        if self.question.part not in ("all", "kpis"):
            return
        kpis = raw.get("kpis") if isinstance(raw, Mapping) else raw
        kpis = [k for k in kpis if isinstance(k, Mapping)] if isinstance(kpis, list) else []
        self.rest = {k: v for k, v in raw.items() if k != "kpis"} if isinstance(raw, Mapping) else {}
        if self.question.part == "kpis":
            self.rest.pop("version", None)
        while len(self.rows) < len(kpis):
            self._add()
        for n, row in enumerate(self.rows):
            row.put(kpis[n] if n < len(kpis) else {})

    def told(self, raw: Any) -> tuple[list[str], list[str]]:
        faults, notes = [], []
        for row in self.rows:
            row_faults, row_notes = row.told()
            faults += row_faults
            notes += row_notes
        return faults, notes


class _Row:
    """One KPI of the table."""

    def __init__(self, place: int, columns: tuple[str, ...], goals: list[tuple[str, str]], lang: str) -> None:
        self.place, self.lang, self.base = place, lang, dict[str, Any]()
        lists = {name: [(text[lang], id) for id, text in words.items()] for name, words in _LISTS.items()}
        if goals:
            lists["goal"] = goals
        self.cells = {c: _cell(c, f"KPI {place}: {_heading(c, lang)}", lists.get(c), lang) for c in columns}
        self.box = w.HBox(list(self.cells.values()))
        self.box.add_class("kpikit-row")

    def raw(self) -> dict[str, Any]:
        said = {c: clean(cell.value) for c, cell in self.cells.items() if cell.value and clean(cell.value)}
        kpi = {k: v for k, v in self.base.items() if k not in self.cells and k != "scale"}
        kpi.update({c: text for c, text in said.items() if c not in _SCALE})
        kept = self.base.get("scale")
        scale = {k: v for k, v in kept.items() if k not in self.cells} if isinstance(kept, Mapping) else {}
        scale.update({c: said[c] for c in _SCALE if c in said})
        return {**kpi, "scale": scale} if scale else kpi

    def put(self, kpi: Mapping[str, Any]) -> None:
        self.base = dict(kpi)
        scale = kpi.get("scale")
        for column, cell in self.cells.items():
            inside = scale if column in _SCALE else kpi
            text = typed(inside.get(column), self.lang) if isinstance(inside, Mapping) else ""
            cell.value = _listed(cell, text) if isinstance(cell, w.Dropdown) else text
        self.told()

    def told(self) -> tuple[list[str], list[str]]:
        """Numbers that cannot be read, and those that were read one way of two; the former are marked in the table."""
        faults, notes = [], []
        unit = self.cells["unit"].value if "unit" in self.cells else self.base.get("unit")
        for column in (c for c in _NUMBERS if c in self.cells):
            cell, fault = self.cells[column], None
            try:
                read = number(cell.value, unit or None, self.lang) if clean(cell.value) else None
                if read and read.echo:
                    notes.append(f"KPI {self.place}, {_heading(column, self.lang)}: {say(read.echo, self.lang)}")
            except Trouble as trouble:
                fault = say(trouble.words, self.lang)
                faults.append(f"KPI {self.place}, {_heading(column, self.lang)}: {fault}")
            (cell.add_class if fault else cell.remove_class)("kpikit-off")
        return faults, notes


def _cell(column: str, label: str, options: list[tuple[str, str]] | None, lang: str) -> Any:
    if options:
        return w.Dropdown(description=label, options=[(CHOOSE[lang], ""), *options], layout=_width(column))
    kind = w.Textarea if column in _WIDE else w.Text
    cell = kind(description=label, layout=_width(column), continuous_update=True)
    if kind is w.Textarea:
        cell.rows = 3
    return cell


def _listed(cell: Any, text: str) -> str:
    """The option that the text means; letter case, spaces and underscores do not matter, as in a design."""

    def letters(word: str) -> str:
        return "".join(word.casefold().split()).replace("_", "").replace("-", "")

    return next((id for _, id in cell.options if letters(id) == letters(text)), "")


def _heading(column: str, lang: str) -> str:
    return _HEADINGS[column][lang] if column in _HEADINGS else column


def _width(column: str) -> dict[str, str]:
    share = 24 if column in _WIDE else 11 if column in _NUMBERS else 21 if column == "kind" else 16
    return {"flex": f"{share} 1 0px", "width": "auto"}


def _goals(question: Question, lang: str) -> list[tuple[str, str]]:
    """The goals that the question lays down, by name, for a drop-down."""
    aop = question.given.get("aop")
    goals = aop.get("goals") if isinstance(aop, Mapping) else None
    named = [(g.get("name"), str(g.get("id"))) for g in goals or [] if isinstance(g, Mapping) and g.get("id")]
    return [(f"{id} {name[lang] if isinstance(name, Mapping) else name or ''}".strip(), id) for name, id in named]


FIELDS: dict[str, type[Field]] = {
    "choice": Choice,
    "choices": Choices,
    "classify": Classify,
    "number": Number,
    "text": Text,
    "design": Design,
}
